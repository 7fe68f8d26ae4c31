"""Which parts take an assessor's points: judged ones, and ones whose rule can be silent."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import singledispatch
from itertools import pairwise
from typing import Literal

from kaohe.quantity import ONE, ZERO, exact, rounded
from kaohe.rubric.model import Indicator, Part
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import IndicatorId, Rule, Undecided
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend

Decides = Literal["assessor", "silent", "rule"]
Indicators = Mapping[IndicatorId, Indicator]
HALF = Decimal("0.5")


def who_decides(part: Part, indicators: Indicators) -> Decides:
    """Whether an assessor gives the points, or only where the rule is silent, or the rule alone."""
    if not part.rule.needs():
        return "assessor"
    with exact():
        return "silent" if can_be_silent(part.rule, part.points, indicators) else "rule"


@singledispatch
def can_be_silent(rule: Rule, points: Decimal, indicators: Indicators) -> bool:
    """Whether some values leave the score to an assessor; in doubt, yes.

    :raises NotImplementedError: for a rule type that nobody has thought about here.
    """
    raise NotImplementedError(f"{type(rule).__name__}: say in {__name__} when it is silent")


@can_be_silent.register
def _(rule: Judged | Levels | Binary, points: Decimal, indicators: Indicators) -> bool:
    del rule, points, indicators
    return True


@can_be_silent.register
def _(rule: Counted, points: Decimal, indicators: Indicators) -> bool:
    del rule, points, indicators
    return False


@can_be_silent.register
def _(rule: Attained, points: Decimal, indicators: Indicators) -> bool:
    del points, indicators
    return isinstance(rule.below, Undecided)


@can_be_silent.register
def _(rule: Banded, points: Decimal, indicators: Indicators) -> bool:
    ends = ends_of(rule.indicator, indicators)
    if rule.on == "shortfall":
        ends = (ZERO, None if None in ends else _width(ends))
    return any(
        not rule.look_up(measured, None, measured, points).because.settled
        for measured in probes(rule, ends)
    )


@can_be_silent.register
def _(rule: Relative, points: Decimal, indicators: Indicators) -> bool:
    del points
    low, _ = ends_of(rule.indicator, indicators)
    if low is None or low < ZERO or any(tier.over is not None for tier in rule.tiers):
        return True
    if len({tier.of for tier in rule.tiers}) > 1:
        return True
    reached = [t.multiple for t in rule.tiers if t.at_least is not None]
    exceeded = [t.multiple for t in rule.tiers if t.more_than is not None]
    below = max((t.multiple for t in rule.tiers if t.below is not None), default=ZERO)
    closed = any(multiple <= below for multiple in reached)
    return not (closed or any(multiple < below for multiple in exceeded))


@can_be_silent.register
def _(rule: Stepped, points: Decimal, indicators: Indicators) -> bool:
    del points
    known = indicators.get(rule.indicator)
    whole_steps = rule.per == ONE and rule.from_ == rule.from_.to_integral_value()
    never_parts = known is not None and known.unit.whole and whole_steps
    return rule.counting == "undecided" and not never_parts


@can_be_silent.register
def _(rule: Converted, points: Decimal, indicators: Indicators) -> bool:
    del points
    low, _ = ends_of(rule.indicator, indicators)
    if rule.scale is not None:
        return False
    known = indicators.get(rule.indicator)
    if known is not None and known.values:
        named = {grade.place for grade in rule.grades}
        return not named.issuperset(range(1, len(known.values) + 1))
    lines = [grade.at_least for grade in rule.grades if grade.at_least is not None]
    return low is None or not lines or min(lines) > low


@can_be_silent.register
def _(rule: Composite, points: Decimal, indicators: Indicators) -> bool:
    del points, indicators
    if rule.formula in ("undecided", "mean_of_ratios"):
        return True
    return bool(rule.steps) and min(step.at_least for step in rule.steps) > ZERO


@can_be_silent.register
def _(rule: Trend, points: Decimal, indicators: Indicators) -> bool:
    del points, indicators
    return isinstance(rule.steady, Undecided) or isinstance(rule.otherwise, Undecided)


@can_be_silent.register
def _(rule: Proportional, points: Decimal, indicators: Indicators) -> bool:
    del points, indicators
    never_zero = isinstance(rule.of, Decimal) and rule.of > ZERO
    return isinstance(rule.zero, Undecided) and not never_zero


@can_be_silent.register
def _(rule: Ranked, points: Decimal, indicators: Indicators) -> bool:
    del points, indicators
    return isinstance(rule.beyond, Undecided) or rule.ties == "undecided"


Ends = tuple[Decimal | None, Decimal | None]


def ends_of(indicator: IndicatorId, indicators: Indicators) -> Ends:
    """Between which ends the values of an indicator lie; ``None`` for no end."""
    known = indicators.get(indicator)
    return (None, None) if known is None else (known.unit.low, known.unit.high)


def _width(ends: Ends) -> Decimal | None:
    low, high = ends
    return None if low is None or high is None else high - low


def probes(rule: Banded, ends: Ends) -> Iterator[Decimal]:
    """One measured value for each stretch on which the bands say the same: ends and middles."""
    low, high = ends
    named = {e for b in rule.bands for e in (b.within.low, b.within.high) if e.is_finite()}
    named |= {end for end in ends if end is not None}
    edges = sorted(named)
    middles = [(one + other) * HALF for one, other in pairwise(edges)]
    beyond = [edges[0] - ONE, edges[-1] + ONE] if edges else [ONE]
    for measured in (*edges, *middles, *beyond):
        inside = (low is None or measured >= low) and (high is None or measured <= high)
        if rule.on == "shortfall":
            if inside and measured > ZERO:
                yield measured
        elif inside:
            yield measured if rule.round is None else rounded(measured, rule.round)
