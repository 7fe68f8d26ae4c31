"""Checks of bands and tiers, K201–K206: every value has one score, and a better one no less."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kaohe.intervals import Interval
from kaohe.lint.check import check
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Flaw, Severity
from kaohe.lint.ladder import Hole, Ladder, alike, tight
from kaohe.quantity import ZERO, write_number
from kaohe.rules.banded import Banded

FEWEST_STEPS = 4
"""So many steps between bands make a pattern that one of them can break."""


@check("K201", "error")
def bands_meet(seen: Examined) -> Iterator[Flaw]:
    """档与档之间没有空档。

    为什么：落在两档之间的值没有得分，谁来算都说不清。
    见于：双台子 2016-2017 第 3 条，92–94.4% 扣 0.1 分，94.5% 起满分：94.45% 得几分没有写明。
    怎样改：把相邻两档写成首尾相接，例如 "[92, 94.5)" 和 "[94.5, ∞)"；
    或者写明先四舍五入到几位小数（round: 1）。
    """
    for _, part, profile in seen.looks:
        if profile.ladder is None:
            continue
        for hole in profile.ladder.holes():
            if hole.below is not None and hole.above is not None:
                yield Flaw(
                    part.id, str(hole.within), gap(hole, profile.ladder), severity(profile.ladder)
                )


def gap(hole: Hole, ladder: Ladder) -> str:
    """The sentence of a gap between two bands."""
    assert hole.below is not None, "a gap has neighbours"  # noqa: S101 -- bands_meet saw to it
    assert hole.above is not None, "a gap has neighbours"  # noqa: S101 -- bands_meet saw to it
    lower, upper = hole.below.within, hole.above.within
    joined = Interval(lower.low, upper.low, lower.holds_low, not upper.holds_low)
    named = hole.below.label or ladder.grid == 0
    mend = "请补上这一档" if named else f"请写成首尾相接，例如前一档写到 {joined}"
    return tight(
        f"{hole.below.name} 与 {hole.above.name} 之间的 {hole.within} 没有归属，"
        f"{write_number(hole.sample)} 得几分没有写明；{mend}"
    )


def severity(ladder: Ladder) -> Severity:
    """A silence that the rubric itself states is a warning; one that it does not see, an error."""
    return "warning" if ladder.known_silent else "error"


@check("K202", "error")
def bands_do_not_overlap(seen: Examined) -> Iterator[Flaw]:
    """一个值不会落在得分不同的两档里。

    为什么：同一个值有两个得分，取哪个都有人不服；几档都写“以上”而先写低的一档，高的一档永远轮不到。
    见于：双台子 2016-2017 第 3 条，水产品 93% 起满分，而 90–93.4% 扣 0.1 分：93.2% 两样都算。
    怎样改：改正其中一档的端点；写“以上”的各档从高到低排列。
    """
    for _, part, profile in seen.looks:
        if profile.ladder is None:
            continue
        for within, one, other, inside in profile.ladder.clashes():
            cascade = profile.ladder.first_wins and alike(one, other)
            mend = "请把高的一档写在前面" if cascade else "请改正其中一档的端点"
            message = (
                f"{one.name} {one.says}，{other.name} {other.says}，两档在 {within} 重叠："
                f"{write_number(inside)} 两样都算；{mend}"
            )
            yield Flaw(part.id, f"{within} {one.name} {other.name}", tight(message))


@check("K203", "error")
def every_value_has_a_score(seen: Examined) -> Iterator[Flaw]:
    """可能出现的每个值都写明了得几分。

    为什么：最好或最差的一头没有写，遇到的单位就不能自动计分，只能由评审员给分。
    细则自己写明 undecided（知道原文没有说）的是提醒，没有写明的是错误。
    见于：双台子 2016-2017 第 3 条，畜禽产品 98% 起满分，98% 以下一句也没有；
    第 30 条，覆盖率 100% 得 2 分，不到 100% 没有写。
    怎样改：补上缺的一档；原文确实没有的，用口径写明怎样办。
    """
    for _, part, profile in seen.looks:
        for silence in profile.silences:
            yield Flaw(part.id, silence.subject, silence.message, silence.severity)
        ladder = profile.ladder
        if ladder is None:
            continue
        for hole in ladder.holes():
            if hole.below is None or hole.above is None:
                message = (
                    f"{ladder.axis}在 {hole.within} 的没有写明得几分，"
                    f"例如 {write_number(hole.sample)}；请补上这一档，或用口径写明怎样办"
                )
                yield Flaw(part.id, str(hole.within), message, severity(ladder))


@check("K204", "error")
def ends_are_decided(seen: Examined) -> Iterator[Flaw]:
    """相邻两档的交界写明归哪一档。

    为什么：“1–3 个百分点扣 3 分”没有说恰好 1 个百分点算不算，差一档就差几分。
    见于：双台子 2016-2017 第 2 条，各档只写明“含”上端，1、3、5、10 处的下端没有说明。
    怎样改：把“?”改成“[”“]”（含）或“(”“)”（不含）；“以上”“以下”是否含本数，以文件的说明为准。
    """
    for _, part, profile in seen.looks:
        if not isinstance(part.rule, Banded) or profile.ladder is None:
            continue
        for band in part.rule.bands:
            ends = (
                (band.within.low, band.within.holds_low),
                (band.within.high, band.within.holds_high),
            )
            for end, held in ends:
                if held is None and open_at(profile.ladder, end):
                    subject = f"{band.within} {write_number(end)}"
                    yield Flaw(part.id, subject, undecided_end(band.within, end))


def open_at(ladder: Ladder, end: Decimal) -> bool:
    """Whether the score at an end is left open by it."""
    if not ladder.domain.holds(end):
        return False
    sure = {rung.score for rung in ladder.rungs if rung.within.holds(end)}
    if any(rung.implied and rung.within.holds(end) for rung in ladder.rungs):
        return False
    unsure = {rung.score for rung in ladder.rungs if rung.within.holds(end) is None}
    return not sure or sure != sure | unsure


def undecided_end(within: Interval, end: Decimal) -> str:
    """The sentence of an end of which nothing is said."""
    shown = write_number(end)
    return (
        f"{within} 一档没有写明是否含 {shown}，恰为 {shown} 的得几分不确定；"
        "请把“?”改成方括号（含）或圆括号（不含）"
    )


@check("K205", "error")
def better_never_scores_less(seen: Examined) -> Iterator[Flaw]:
    """结果更好，得分不会更少。

    为什么：做得更好反而少得分，多半是档次写颠倒了，或者指标的方向（better）没有写对。
    见于：各地细则里“每发生一起扣分”的指标没有写明越低越好；名次从低到高排反。
    怎样改：核对各档的得分；越低越好的指标写 better: lower。
    """
    for _, part, profile in seen.looks:
        for complaint in profile.against:
            message = f"{complaint}：结果更好的反而得分更少；请改正规则的方向，或改正指标的 better"
            yield Flaw(part.id, complaint, message)
        if profile.ladder is None:
            continue
        for (_, lower), (_, upper) in pairwise(profile.ladder.pieces()):
            worse, better = (lower, upper) if profile.ladder.rising else (upper, lower)
            if better.score < worse.score:
                message = (
                    f"{better.name} 比 {worse.name} 更好，得分却更少"
                    f"（前者{better.says}，后者{worse.says}）；"
                    "请核对各档得分，或改正指标的 better"
                )
                yield Flaw(part.id, f"{worse.name} {better.name}", tight(message))


@check("K206", "advice")
def steps_are_even(seen: Examined) -> Iterator[Flaw]:
    """各档的级差均匀。

    为什么：别处都差 2 分，只有一处差 1 分，可能是印错了一个数字。
    见于：双台子 2016-2017 第 2 条，依次扣 1、3、5、6、8、10 分，5 到 6 只差 1 分。
    怎样改：对照原文核对；确实如此的，用口径说明照印。
    """
    for _, part, profile in seen.looks:
        if profile.ladder is None:
            continue
        rungs = [rung for _, rung in profile.ladder.pieces() if not rung.implied]
        steps = [abs(upper.score - lower.score) for lower, upper in pairwise(rungs)]
        odd = odd_one(steps)
        if odd is None:
            continue
        shown = "、".join(write_number(step) for step in steps)
        message = (
            f"各档依次{'、'.join(rung.says for rung in rungs)}，相邻之差为 {shown}，"
            f"只有 {rungs[odd].name} 与 {rungs[odd + 1].name} 之间不同；请核对是否印错"
        )
        yield Flaw(part.id, "steps", tight(message))


def odd_one(steps: list[Decimal]) -> int | None:
    """Where the one step inside stands that differs while all others are equal."""
    usual = max(steps, key=steps.count, default=ZERO)
    odd = [place for place, step in enumerate(steps) if step != usual]
    if len(steps) < FEWEST_STEPS or len(odd) != 1 or odd[0] in (0, len(steps) - 1):
        return None
    return odd[0]
