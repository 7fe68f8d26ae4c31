"""Profiles of the rule types that reckon or are judged, without a ladder."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kaohe.lint.profile import (
    Amount,
    Measure,
    Profile,
    Setting,
    Silence,
    awards,
    deductible,
    profile,
    roughly,
)
from kaohe.quantity import ZERO, ends, write_number
from kaohe.rules.base import Undecided
from kaohe.rules.binary import Binary
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend


@profile.register
def _(rule: Stepped, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    lost, amounts = deductible(at.points, rule.floor)
    amounts += (
        Amount("每步扣分（deduct）", rule.deduct, lost),
        Amount("加倍的倍数（repeat_times）", rule.repeat_times, max(rule.repeat_times, ZERO)),
        *awards("最多扣分（cap）", rule.cap, lost),
    )
    below = rule.worse == "below"
    ends_of = (measure.domain.low, measure.domain.high)
    worst, best = ends_of if below else ends_of[::-1]
    how = "每少一步扣分（worse: below）" if below else "每多一步扣分（worse: above）"
    return Profile(
        at_value(rule, worst, at.points, rule.least(at.points)),
        at_value(rule, best, at.points, at.points),
        amounts=amounts,
        against=measure.against("higher" if below else "lower", how),
        unending=unending_steps(rule),
    )


def at_value(rule: Stepped, value: Decimal, points: Decimal, endless: Decimal) -> Decimal:
    """The score at an end of the possible values; ``endless`` where there is no such end."""
    if value.is_infinite():
        return endless
    away = rule.from_ - value if rule.worse == "below" else value - rule.from_
    if away <= ZERO:
        return points
    full, pro_rata, started = rule.steps(away)
    counted = {"full": full, "pro_rata": pro_rata, "started": started}
    steps = counted.get(rule.counting, started)
    return replace(rule, round=12 if rule.round is None else rule.round).after(steps, points)


def unending_steps(rule: Stepped) -> str:
    """Why a deduction may not end as a decimal; empty if it always does."""
    shared = rule.counting in ("pro_rata", "undecided") and rule.round is None
    if not shared or ends(Fraction(rule.deduct) / Fraction(rule.per)):
        return ""
    return f"扣分 {write_number(rule.deduct)} 除以每步 {write_number(rule.per)} 除不尽"


@profile.register
def _(rule: Proportional, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    zero = None if isinstance(rule.zero, Undecided) else rule.zero
    amounts = (
        *awards("除数为零的得分（zero）", zero, at.points),
        Amount("上限（cap）", rule.cap, max(rule.cap, ZERO)),
        Amount("下限（cut_off）", rule.cut_off, max(rule.cut_off, ZERO)),
    )
    known_base = isinstance(rule.of, Decimal) and rule.of > ZERO
    silences: tuple[Silence, ...] = ()
    if not known_base and zero is None:
        silences = (
            Silence(
                "zero",
                "按比例计分的除数为 0 时（例如应办数为 0）得几分没有写明；"
                "请用 zero: 写明，例如 zero: 0",
            ),
        )
    return Profile(
        min(ZERO, at.points),
        best_share(rule, measure, at.points),
        amounts=amounts,
        silences=silences,
        against=measure.against("higher", "按比例得分"),
        unending=unending_share(rule, at.points),
    )


def best_share(rule: Proportional, measure: Measure, points: Decimal) -> Decimal | None:
    """The score of the best ratio that can be reached."""
    high = measure.domain.high
    ratio = Fraction(max(rule.cap, rule.cut_off))
    if rule.of == "best":
        ratio = Fraction(1)
    elif isinstance(rule.of, Decimal):
        if rule.of <= ZERO:
            return None if isinstance(rule.zero, Undecided) else rule.zero
        if high.is_finite():
            ratio = Fraction(high) / Fraction(rule.of)
    share = rule.counted(ratio)
    return points if share >= 1 else roughly(Fraction(points) * share)


def unending_share(rule: Proportional, points: Decimal) -> str:
    """Why a share may not end as a decimal; empty if it always does."""
    if rule.round is not None:
        return ""
    if not isinstance(rule.of, Decimal):
        return "除以目标值、最好值或另一指标，可能除不尽"
    if rule.of <= ZERO or ends(Fraction(points) / Fraction(rule.of)):
        return ""
    return f"{write_number(points)} 分除以 {write_number(rule.of)} 除不尽"


@profile.register
def _(rule: Trend, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    award = at.points if rule.award is None else rule.award
    steady = None if isinstance(rule.steady, Undecided) else rule.steady
    otherwise = None if isinstance(rule.otherwise, Undecided) else rule.otherwise
    amounts = (
        *awards("得分（award）", award, at.points),
        *awards("持平的得分（steady）", steady, at.points),
        *awards("未达到的得分（otherwise）", otherwise, at.points),
    )
    upward = rule.direction == "up"
    how = "比上年上升得分（direction: up）" if upward else "比上年下降得分（direction: down）"
    against = measure.against("higher" if upward else "lower", how)
    said = [("做到的", award), ("持平的", steady), ("未做到的", otherwise)]
    known = [(words, number) for words, number in said if number is not None]
    against += tuple(
        f"{worse[0]}得 {write_number(worse[1])} 分，比{better[0]}还多"
        for better, worse in pairwise(known)
        if worse[1] > better[1]
    )
    return Profile(
        otherwise,
        max(number for _, number in known),
        amounts=amounts,
        silences=trend_silences(rule),
        against=against,
    )


def trend_silences(rule: Trend) -> tuple[Silence, ...]:
    """The movements of which nothing is said."""
    moves = (("steady", "与上年持平或变动不足", rule.steady), ("otherwise", "变差", rule.otherwise))
    return tuple(
        Silence(key, f"{words}的得几分没有写明；请用 {key} 写明得分")
        for key, words, given in moves
        if isinstance(given, Undecided)
    )


@profile.register
def _(rule: Counted, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    if rule.takes:
        lost, amounts = deductible(at.points, rule.floor)
        each, how, works = lost, "每起扣分", "lower"
    else:
        amounts, each, how, works = (), at.points, "每项得分", "higher"
    amounts += (
        *awards("每项得分（award）", rule.award, each),
        *awards("每起扣分（deduct）", rule.deduct, each),
        *awards("上限（cap）", rule.cap, each),
        *(Amount(f"级别 {level.level} 的分值", level.award, each) for level in rule.levels),
    )
    worth = [n for n in (rule.award, rule.deduct, *(lv.award for lv in rule.levels)) if n]
    most = rule.most(at.points) if rule.takes or worth else ZERO
    least = rule.least(at.points) if worth or not rule.takes else at.points
    against = measure.against("lower" if works == "lower" else "higher", how)
    return Profile(least, most, amounts=amounts, against=against)


@profile.register
def _(rule: Levels, at: Setting) -> Profile:
    given = [level.award for level in rule.levels]
    amounts = tuple(Amount(f"“{lv.text}”的得分", lv.award, at.points) for lv in rule.levels)
    return Profile(min(given), max(given), amounts=amounts)


@profile.register
def _(rule: Judged, at: Setting) -> Profile:
    taken, amounts = at.points, awards("给分单位（step）", rule.step, at.points)
    if rule.discretion is not None:
        taken = min(rule.discretion.high, at.points)
        amounts += (
            Amount("酌情扣分的下端", rule.discretion.low, at.points),
            Amount("酌情扣分的上端", rule.discretion.high, at.points),
        )
    return Profile(at.points - taken, at.points, amounts=amounts)


@profile.register
def _(rule: Binary, at: Setting) -> Profile:
    award = at.points if rule.award is None else rule.award
    return Profile(ZERO, award, amounts=awards("得分（award）", award, at.points))
