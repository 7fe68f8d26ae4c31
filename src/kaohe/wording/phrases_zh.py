"""The Chinese phrases that rules and reasons share: scores, stretches, bands, tiers, places."""

from collections.abc import Callable
from decimal import Decimal

from kaohe.intervals import Interval
from kaohe.quantity import ONE, ZERO
from kaohe.rules.banded import Band
from kaohe.rules.base import IndicatorId, Undecided
from kaohe.rules.converted import GradeAward
from kaohe.rules.ranked import Places
from kaohe.rules.relative import Tier
from kaohe.wording.words import Words, shown

UNSAID = "（原文未写明是否含此数）"
WHOSE = {"city": "全市", "province": "全省", "country": "全国"}
"""Names that rubrics give to means from outside the cohort."""


def gives(score: Decimal, points: Decimal) -> str:
    """得满分、得 3 分、不得分。"""
    if score == points and score > ZERO:
        return "得满分"
    return f"得 {shown(score)} 分" if score else "不得分"


def gives_if_said(score: Decimal | Undecided | None, points: Decimal) -> str:
    """The same, for what the document may leave open; ``None`` is all of the points."""
    if isinstance(score, Undecided):
        return "原文未规定"
    return gives(points if score is None else score, points)


def takes(deduction: Decimal) -> str:
    """扣 3 分、不扣分。"""
    return f"扣 {shown(deduction)} 分" if deduction else "不扣分"


def values(within: Interval, told: Callable[[Decimal], str]) -> str:
    """A stretch of values: 不低于 92%、低于 94.5%."""
    if within.low == within.high:
        return f"等于 {told(within.low)}"
    low = "不低于" if within.holds_low else "高于"
    high = "不高于" if within.holds_high else "低于"
    return _ends(within, f"{low} {told(within.low)}", f"{high} {told(within.high)}")


def amounts(within: Interval, told: Callable[[Decimal], str]) -> str:
    """A stretch of amounts, the unit said once: 超过 1、不超过 3 个百分点."""
    if within.low == within.high:
        return f"恰为 {told(within.low)}"
    low = "不少于" if within.holds_low else "超过"
    high = "不超过" if within.holds_high else "不足"
    first = shown(within.low) if within.high.is_finite() else told(within.low)
    return _ends(within, f"{low} {first}", f"{high} {told(within.high)}")


def _ends(within: Interval, low: str, high: str) -> str:
    """The words of the ends that are there, and of each whether the document leaves it open."""
    low += UNSAID if within.holds_low is None else ""
    high += UNSAID if within.holds_high is None else ""
    said = [low] if within.low.is_finite() else []
    return "、".join([*said, high] if within.high.is_finite() else said) or "任何值"


def band_stretch(band: Band, indicator: IndicatorId, words: Words, *, shortfall: bool) -> str:
    """Where a band lies: of the value, or of the shortfall against the target."""
    if shortfall:
        return amounts(band.within, lambda number: words.change(indicator, number))
    return values(band.within, lambda number: words.value(indicator, number))


def mean_of(whose: str) -> str:
    """平均值、全市平均值、全省平均值。"""
    return f"{WHOSE.get(whose, whose)}平均值"


def multiple(tier: Tier) -> str:
    """平均值、平均值的 1.2 倍、全省平均值的 0.5 倍。"""
    mean = mean_of(tier.of)
    return mean if tier.multiple == ONE else f"{mean}的 {shown(tier.multiple)} 倍"


def tier_edge(tier: Tier) -> str:
    """What a tier asks of the value."""
    if tier.at_least is not None:
        return f"不低于{multiple(tier)}"
    if tier.below is not None:
        return f"低于{multiple(tier)}"
    unsaid = "（恰好等于时原文未写明）" if tier.over is not None else ""
    return f"高于{multiple(tier)}{unsaid}"


def away(worse: str, *, whole: bool) -> str:
    """低、高 of rates, 少、多 of counts."""
    if whole:
        return "少" if worse == "below" else "多"
    return "低" if worse == "below" else "高"


def run_of(places: Places) -> str:
    """第 1–3 名。"""
    if places.from_ == places.to:
        return f"第 {places.from_} 名"
    return f"第 {places.from_}–{places.to} 名"


def grade_edge(grade: GradeAward, indicator: IndicatorId, words: Words) -> str:
    """What another assessment's grade asks: a mark, or the grade itself."""
    if grade.at_least is not None:
        return f"{grade.grade}（不低于 {words.value(indicator, grade.at_least)}）"
    return grade.grade


def floor_words(floor: Decimal) -> str:
    """How far a score can fall."""
    return "扣完为止" if floor == ZERO else f"最低 {shown(floor)} 分"
