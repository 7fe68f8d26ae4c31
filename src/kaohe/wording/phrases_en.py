"""The English phrases that rules and reasons share: scores, stretches, bands, tiers, places."""

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

UNSAID = " (whether the edge is held is not said)"


def points_of(number: Decimal) -> str:
    """3 points, 1 point."""
    return f"{shown(number)} point" if number == ONE else f"{shown(number)} points"


def gives(score: Decimal, points: Decimal) -> str:
    """Full points, 3 points, no points."""
    if score == points and score > ZERO:
        return "full points"
    return points_of(score) if score else "no points"


def gives_if_said(score: Decimal | Undecided | None, points: Decimal) -> str:
    """The same, for what the document may leave open; ``None`` is all of the points."""
    if isinstance(score, Undecided):
        return "not said"
    return gives(points if score is None else score, points)


def takes(deduction: Decimal) -> str:
    """3 points off, nothing off."""
    return f"{points_of(deduction)} off" if deduction else "nothing off"


def stretch(within: Interval, told: Callable[[Decimal], str]) -> str:
    """A stretch in words: at least 92%, below 94.5%."""
    if within.low == within.high:
        return f"exactly {told(within.low)}"
    ends = []
    if within.low.is_finite():
        word = "at least" if within.holds_low else "above"
        ends.append(f"{word} {told(within.low)}{UNSAID if within.holds_low is None else ''}")
    if within.high.is_finite():
        word = "up to" if within.holds_high else "below"
        ends.append(f"{word} {told(within.high)}{UNSAID if within.holds_high is None else ''}")
    return ", ".join(ends) or "any value"


def amounts(within: Interval, told: Callable[[Decimal], str]) -> str:
    """A stretch of amounts, the unit said once: above 1, up to 3 percentage points."""
    if within.low.is_infinite() or within.high.is_infinite() or within.low == within.high:
        return stretch(within, told)
    return stretch(within, lambda number: shown(number) if number == within.low else told(number))


def band_stretch(band: Band, indicator: IndicatorId, words: Words, *, shortfall: bool) -> str:
    """Where a band lies: of the value, or of the shortfall against the target."""
    if shortfall:
        return amounts(band.within, lambda number: words.change(indicator, number))
    return stretch(band.within, lambda number: words.value(indicator, number))


def multiple(tier: Tier) -> str:
    """The mean, 1.2 times the mean, 0.5 times the mean of 全省."""
    mean = f"the mean of {tier.of}" if tier.of else "the mean"
    return mean if tier.multiple == ONE else f"{shown(tier.multiple)} times {mean}"


def tier_edge(tier: Tier) -> str:
    """What a tier asks of the value."""
    if tier.at_least is not None:
        return f"at least {multiple(tier)}"
    if tier.below is not None:
        return f"below {multiple(tier)}"
    unsaid = " (not said for a value just on it)" if tier.over is not None else ""
    return f"above {multiple(tier)}{unsaid}"


def run_of(places: Places) -> str:
    """Places 1–3."""
    if places.from_ == places.to:
        return f"place {places.from_}"
    return f"places {places.from_}–{places.to}"


def grade_edge(grade: GradeAward, indicator: IndicatorId, words: Words) -> str:
    """What another assessment's grade asks: a mark, or the grade itself."""
    if grade.at_least is not None:
        return f"{grade.grade} (at least {words.value(indicator, grade.at_least)})"
    return grade.grade


def floor_words(floor: Decimal) -> str:
    """How far a score can fall."""
    return "down to zero" if floor == ZERO else f"not below {shown(floor)}"
