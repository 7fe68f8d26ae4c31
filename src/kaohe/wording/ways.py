"""Ways to a better score: the values tried, each scored by the engine itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kaohe.quantity import ONE, Exact, NeedsRounding
from kaohe.rubric.model import Part, Rubric
from kaohe.rules.base import IndicatorId, Need, Outcome
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.result import PartScore
from kaohe.wording.what_if import with_value

PLACES = 2
"""Decimals of a needed value, where the rubric does not say how finely it is reported."""


@dataclass(frozen=True, slots=True)
class ValueNeeded:
    """A value that would have given a better score, all else as it was."""

    indicator: IndicatorId
    now: Decimal
    needed: Decimal
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TallyNeeded:
    """So many things at one level of a register that would have given a better score."""

    indicator: IndicatorId
    level: str
    now: int
    needed: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AssessorNeeded:
    """An assessor decides: the most to be had, the level that gives it, the evidence expected."""

    most: Decimal
    level: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataNeeded:
    """Values are missing; with them the score lies between these ends."""

    needs: tuple[Need, ...]
    low: Decimal
    high: Decimal


Way = ValueNeeded | TallyNeeded | AssessorNeeded | DataNeeded


@dataclass(frozen=True, slots=True)
class Seen:
    """A part as it was scored, and what may be asked about its unit."""

    scored: PartScore
    facts: UnitFacts
    rubric: Rubric

    @property
    def part(self) -> Part:
        """The part."""
        return self.scored.part

    @property
    def score(self) -> Decimal:
        """What is sure of its score."""
        return self.scored.outcome.low

    def outcome(self, facts: UnitFacts) -> Outcome | None:
        """What other facts would give; ``None`` unless it is settled and better."""
        try:
            outcome = self.part.rule.assess(facts, self.part.points)
        except NeedsRounding:
            return None
        better = outcome.because.settled and outcome.low > self.score
        return outcome if better else None


def grid(seen: Seen, indicator: IndicatorId) -> Decimal:
    """The smallest difference between two reported values."""
    known = seen.rubric.indicators.get(indicator)
    if known is None:
        return ONE.scaleb(-PLACES)
    if known.unit.whole:
        return ONE
    return ONE.scaleb(-(PLACES if known.decimals is None else known.decimals))


def up(edge: Exact, step: Decimal) -> Decimal:
    """The first reported value at or above an edge."""
    return step * -(-Fraction(edge) // Fraction(step))


def down(edge: Exact, step: Decimal) -> Decimal:
    """The last reported value at or below an edge."""
    return step * (Fraction(edge) // Fraction(step))


def around(edge: Exact, step: Decimal) -> tuple[Decimal, ...]:
    """The reported values on both sides of an edge, and on it."""
    low, high = down(edge, step), up(edge, step)
    return (low - step, low, high, high + step)


def by_value(
    seen: Seen, indicator: IndicatorId, candidates: Iterable[Decimal]
) -> Iterator[ValueNeeded]:
    """The nearest candidate that scores better, and the nearest that scores best."""
    now = seen.facts.value(indicator)
    known = seen.rubric.indicators.get(indicator)
    if now is None:
        return
    found = []
    for value in dict.fromkeys(candidates):
        if known is not None and known.unit.fault(value) is not None:
            continue
        outcome = seen.outcome(with_value(seen.facts, seen.rubric, indicator, value))
        if outcome is not None:
            found.append(ValueNeeded(indicator, now, value, outcome))
    found.sort(key=lambda way: (abs(way.needed - now), way.needed))
    best = sorted(found, key=lambda way: -way.outcome.low)
    yield from dict.fromkeys(found[:1] + best[:1])
