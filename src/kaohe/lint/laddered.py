"""Profiles of the rule types that look a value up on a ladder."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kaohe.intervals import INFINITY, Interval
from kaohe.lint.ladder import Ladder, Rung
from kaohe.lint.profile import (
    Amount,
    Profile,
    Setting,
    awards,
    deductible,
    points_of,
    profile,
    roughly,
)
from kaohe.lint.stretch import EVERYTHING
from kaohe.quantity import ONE, ZERO, ends, write_number
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import Undecided
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.ranked import Places, Ranked
from kaohe.rules.relative import Relative, Tier

PLACES_DOMAIN = Interval(ONE, INFINITY, holds_low=True, holds_high=False)
RATIO_DOMAIN = Interval(ZERO, INFINITY, holds_low=True, holds_high=False)


def onward(low: Decimal, *, held: bool | None = True) -> Interval:
    """Everything from a number on."""
    return Interval(low, INFINITY, holds_low=held, holds_high=False)


def up_to(high: Decimal, *, held: bool = False) -> Interval:
    """Everything below a number."""
    return Interval(-INFINITY, high, holds_low=False, holds_high=held)


def gives(award: Decimal) -> str:
    """What a rung gives, in words."""
    return f"得 {points_of(award)}"


def on(ladder: Ladder, amounts: Iterable[Amount], against: tuple[str, ...] = ()) -> Profile:
    """The profile of a rule that is nothing but its ladder."""
    return Profile(ladder.least(), ladder.most(), ladder, tuple(amounts), against=against)


@profile.register
def _(rule: Banded, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    verb = "扣" if rule.deduct else "得"
    rungs = [
        Rung(band.within, rule.gives(band, at.points), f"{verb} {points_of(band.points)}")
        for band in rule.bands
    ]
    lost, amounts = deductible(at.points, rule.floor)
    limit = lost if rule.deduct else at.points
    amounts += tuple(Amount(f"{b.within} 一档{verb}分", b.points, limit) for b in rule.bands)
    axis, domain, rising = measure.title, measure.domain, measure.better != "lower"
    grid = measure.grid if rule.round is None else rule.round
    against: tuple[str, ...] = ()
    if rule.on == "shortfall":
        rungs.insert(
            0, Rung(up_to(ZERO, held=True), at.points, "得满分", "达到目标值", implied=True)
        )
        high = domain.high - max(domain.low, ZERO) if domain.low.is_finite() else INFINITY
        domain = Interval(ZERO, high, holds_low=True, holds_high=high.is_finite())
        axis, rising, grid = f"{axis}低于目标值的差距", False, measure.grid
        against = measure.against("higher", "差距按目标值减实际值计算")
    silent = rule.elsewhere == "undecided"
    ladder = Ladder(axis, domain, tuple(rungs), rising, grid, known_silent=silent)
    return on(ladder, amounts, against)


@profile.register
def _(rule: Attained, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    upward = rule.at_least is not None
    award = at.points if rule.award is None else rule.award
    axis, domain, mark = measure.title, measure.domain, rule.mark
    if mark == "target":
        spread = domain.high - domain.low if domain.low.is_finite() else INFINITY
        finite = spread.is_finite()
        domain = Interval(-spread, spread, holds_low=finite, holds_high=finite)
        axis, mark = f"{axis}减目标值", ZERO
    reached = onward(mark) if upward else up_to(mark, held=True)
    rungs = [Rung(reached, award, gives(award))]
    below = None if isinstance(rule.below, Undecided) else rule.below
    if below is not None:
        missed = up_to(mark) if upward else onward(mark, held=False)
        rungs.append(Rung(missed, below, gives(below)))
    amounts = awards("达到的得分（award）", award, at.points)
    amounts += awards("未达到的得分（below）", below, at.points)
    how = "达到或超过得分（at_least）" if upward else "不高于得分（at_most）"
    against = measure.against("higher" if upward else "lower", how)
    ladder = Ladder(axis, domain, tuple(rungs), upward, measure.grid, known_silent=below is None)
    return on(ladder, amounts, against)


@profile.register
def _(rule: Relative, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    amounts = awards("零的得分（zero）", rule.zero, at.points)
    amounts += tuple(Amount(f"{tier_name(t)}一档得分", t.award, at.points) for t in rule.tiers)
    if len({tier.of for tier in rule.tiers}) > 1:
        given = [tier.award for tier in rule.tiers]
        return Profile(min(given), max(given), amounts=amounts)
    rungs = tuple(tier_rung(tier) for tier in rule.tiers)
    domain = EVERYTHING
    if measure.domain.low == ZERO:
        domain = onward(ZERO, held=rule.zero is None)
    rising = measure.better != "lower"
    axis = f"{measure.title}与平均值之比"
    found = on(Ladder(axis, domain, rungs, rising, first_wins=True), amounts)
    return found if rule.zero is None else beside_zero(found, rule.zero)


def beside_zero(found: Profile, zero: Decimal) -> Profile:
    """The profile of tiers that leave zero to a case of its own."""
    assert found.ladder is not None, "tiers are a ladder"  # noqa: S101 -- its caller saw to it
    rising, against = found.ladder.rising, found.against
    lowest = next((rung for _, rung in found.ladder.pieces()), None)
    if lowest is not None and (zero > lowest.score if rising else zero < lowest.score):
        how = "多于" if rising else "少于"
        against = (f"值为 0 的{gives(zero)}，{how}{lowest.name}（{lowest.says}）",)
    least, most = found.least, found.most
    if rising:
        least = None if least is None else min(least, zero)
    else:
        most = None if most is None else max(most, zero)
    return replace(found, least=least, most=most, against=against)


def tier_name(tier: Tier) -> str:
    """A tier in the words of the document."""
    multiple = write_number(tier.multiple)
    if tier.below is not None:
        return f"低于平均值 {multiple} 倍"
    return f"{'高于' if tier.at_least is None else '达到'}平均值 {multiple} 倍"


def tier_rung(tier: Tier) -> Rung:
    """A tier as a rung."""
    if tier.below is not None:
        within = up_to(tier.below)
    else:
        held = True if tier.at_least is not None else None if tier.over is not None else False
        within = onward(tier.multiple, held=held)
    return Rung(within, tier.award, gives(tier.award), tier_name(tier))


def place_rungs(places: Iterable[Places]) -> list[Rung]:
    """Runs of places as rungs."""
    return [
        Rung(
            Interval(Decimal(run.from_), Decimal(run.to), holds_low=True, holds_high=True),
            run.award,
            gives(run.award),
            f"第 {run.from_}–{run.to} 名",
        )
        for run in places
    ]


def place_amounts(places: Iterable[Places], points: Decimal) -> tuple[Amount, ...]:
    """The awards of runs of places, as amounts."""
    return tuple(Amount(f"第 {run.from_}–{run.to} 名得分", run.award, points) for run in places)


@profile.register
def _(rule: Ranked, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    rungs = place_rungs(rule.places)
    axis, first = f"{measure.title}的名次", rule.order == "highest_first"
    ladder = Ladder(axis, PLACES_DOMAIN, tuple(rungs), rising=False, grid=0)
    beyond = None if isinstance(rule.beyond, Undecided) else rule.beyond
    if beyond is not None:
        rungs += [
            Rung(hole.within, beyond, gives(beyond), "其余名次", implied=True)
            for hole in ladder.holes()
        ]
        ladder = Ladder(axis, PLACES_DOMAIN, tuple(rungs), rising=False, grid=0)
    amounts = place_amounts(rule.places, at.points) + awards("其余名次", beyond, at.points)
    how = "数值大的排在前面" if first else "数值小的排在前面"
    found = on(ladder, amounts, measure.against("higher" if first else "lower", how))
    unlike = len({rung.score for rung in rungs}) > 1
    if rule.ties == "mean" and rule.round is None and unlike:
        return replace(found, unending="并列的取平均，可能除不尽")
    return found


@profile.register
def _(rule: Converted, at: Setting) -> Profile:
    measure = at.measure(rule.indicator)
    if rule.scale is not None:
        return scaled(rule, rule.scale, at)
    if rule.places:
        runs = tuple(place_rungs(rule.places))
        ladder = Ladder(measure.title, PLACES_DOMAIN, runs, rising=False, grid=0)
        against = measure.against("lower", "名次靠前的得分多")
        return on(ladder, place_amounts(rule.places, at.points), against)
    if not rule.grades:
        return Profile(None, None)
    rungs, rising = [], measure.better != "lower"
    for grade in rule.grades:
        if grade.at_least is not None:
            within = onward(grade.at_least)
        else:
            place = Decimal(grade.place or 0)
            within, rising = Interval(place, place, holds_low=True, holds_high=True), False
        rungs.append(Rung(within, grade.award, gives(grade.award), f"{grade.grade}等"))
    amounts = [Amount(f"{g.grade} 等得分", g.award, at.points) for g in rule.grades]
    ladder = Ladder(
        measure.title, measure.domain, tuple(rungs), rising, measure.grid, first_wins=True
    )
    return on(ladder, amounts)


def scaled(rule: Converted, scale: Decimal, at: Setting) -> Profile:
    """The profile of a conversion in proportion."""
    measure = at.measure(rule.indicator)
    points, high = Fraction(at.points), measure.domain.high
    share = (
        Fraction(1) if high.is_infinite() else min(Fraction(high) / Fraction(scale), Fraction(1))
    )
    full = share == 1
    most = at.points if full else roughly(points * share)
    unending = ""
    if rule.round is None and not ends(points / Fraction(scale)):
        unending = f"{points_of(at.points)}除以 {write_number(scale)} 除不尽"
    against = measure.against("higher", "按得分比例折算")
    return Profile(min(ZERO, at.points), most, against=against, unending=unending)


@profile.register
def _(rule: Composite, at: Setting) -> Profile:
    if rule.formula == "undecided":
        return Profile(None, None)
    against = tuple(
        complaint
        for term in rule.terms
        for complaint in at.measure(term.of).against("higher", "在综合测算中按比值加分")
    )
    if rule.steps:
        rungs = tuple(
            Rung(onward(step.at_least), step.award, gives(step.award)) for step in rule.steps
        )
        amounts = [
            Amount(f"综合比值 {write_number(step.at_least)} 起得分", step.award, at.points)
            for step in rule.steps
        ]
        return on(Ladder("综合比值", RATIO_DOMAIN, rungs, first_wins=True), amounts, against)
    unending = unending_formula(rule, at.points) if rule.round is None else ""
    return Profile(
        min(ZERO, at.points), best_combined(rule, at), against=against, unending=unending
    )


def unending_formula(rule: Composite, points: Decimal) -> str:
    """Why the combined score may not end as a decimal; empty if it always does."""
    if rule.formula == "mean_of_ratios":
        return "与平均值之比可能除不尽"
    whole = sum((Fraction(term.weight) for term in rule.terms), Fraction(0))
    for term in rule.terms:
        share = Fraction(term.weight) / whole if rule.formula == "weighted_sum" else Fraction(1)
        if not ends(Fraction(points) * share / Fraction(term.scale)):
            return f"“{term.of}”一项的权重和满分除不尽"
    return ""


def best_combined(rule: Composite, at: Setting) -> Decimal:
    """The score when every term is at its best."""
    if rule.formula == "mean_of_ratios" or not rule.terms:
        return at.points
    highs = [at.measure(term.of).domain.high for term in rule.terms]
    if not all(high.is_finite() for high in highs):
        return at.points
    ratios = [Fraction(h) / Fraction(t.scale) for h, t in zip(highs, rule.terms, strict=True)]
    share = rule.combine(ratios)
    return at.points if share >= 1 else roughly(Fraction(at.points) * share)
