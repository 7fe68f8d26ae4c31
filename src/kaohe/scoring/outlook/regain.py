"""What would have earned the points back: the nearest value that scores better, and the best.

Tried are the values at and just past every edge; the engine itself scores each with the cohort's
means and places recomputed, so that what is offered cannot differ from what would be scored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kaohe.quantity import ONE, NeedsRounding, exact
from kaohe.rubric.model import Indicator, Part, Rubric
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import IndicatorId, Missing, Need, Outcome, Rule
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.stepped import Stepped
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.outlook.edges import edges
from kaohe.scoring.outlook.grid import admits, around, decimals_of, places_of
from kaohe.scoring.outlook.means import Mover
from kaohe.scoring.outlook.moved import Setting, with_settings
from kaohe.scoring.result import PartScore


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


NAMED = (Attained, Banded)
"""Their edges stand in the rubric or are targets: told in full, however finely the value is."""

Way = ValueNeeded | TallyNeeded | AssessorNeeded | DataNeeded


def regain(scored: PartScore, facts: UnitFacts, rubric: Rubric) -> tuple[Way, ...]:
    """The ways to a better score on one part; none where it is full or exempt.

    For every indicator the nearest better value comes first, then the nearest that gives the most;
    where any better value scores better, one natural step stands for the nearest.
    """
    outcome, part = scored.outcome, scored.part
    if scored.exempted is not None:
        return ()
    if isinstance(outcome.because, Missing):
        return (DataNeeded(outcome.because.needs, outcome.low, outcome.high),)
    if scored.settled and outcome.low >= part.rule.most(part.points):
        return ()
    with exact():
        return tuple(Lost(part, outcome.low, facts, rubric).ways())


@dataclass(frozen=True, slots=True)
class Lost:
    """A part that could score better than it did, and the unit whose part it is."""

    part: Part
    score: Decimal
    facts: UnitFacts
    rubric: Rubric

    def ways(self) -> Iterator[Way]:
        """The ways back, by what the rule reads; by an assessor where it reads nothing."""
        rule = self.part.rule
        needs = rule.needs()
        if not needs:
            yield by_assessor(self.part)
        if isinstance(rule, Proportional):
            needs = needs[:1]  # nobody is told to lower what the value is divided by
        for need in dict.fromkeys(needs):
            now = self.facts.value(need.indicator)
            if isinstance(rule, Counted) and rule.levels:
                yield from self.by_level(rule)
            elif need.kind == "value" and now is not None:
                yield from self.by_value(self.rubric.indicators[need.indicator], now)

    def by_value(self, indicator: Indicator, now: Decimal) -> Iterator[ValueNeeded]:
        """The nearest value that scores better, and the nearest that scores best."""
        most = self.part.rule.most(self.part.points)
        found: list[ValueNeeded] = []
        for value in self.nearest_first(indicator, now):
            outcome = self.better({indicator.id: value})
            if outcome is not None:
                found.append(ValueNeeded(indicator.id, now, value, outcome))
                if outcome.low >= most:
                    break
        if found:
            best = max(found, key=lambda way: way.outcome.low)
            yield from found[:1] if best is found[0] else (found[0], best)

    def nearest_first(self, indicator: Indicator, now: Decimal) -> list[Decimal]:
        """The values worth trying: one step on, and at and just past every edge."""
        part, places = self.part, places_of(indicator)
        tried = beside(part.rule, now, places)
        for edge in edges(part.rule, self.facts, part.points, Mover(self.facts, indicator.id)):
            ahead = Fraction(edge) - Fraction(now)
            for value in around(edge, places) if ahead else ():
                told = isinstance(part.rule, NAMED) or decimals_of(value) <= places
                if told and (Fraction(value) - Fraction(edge)) * ahead >= 0:
                    tried.add(value)
        fit = (value for value in tried if admits(indicator, value))
        return sorted(fit, key=lambda value: (abs(value - now), value))

    def by_level(self, rule: Counted) -> Iterator[TallyNeeded]:
        """For each level of a register: one more thing; where things cost, one fewer or none."""
        tally = self.facts.tally(rule.indicator) or {}
        for level in (each.level for each in rule.levels if each.level in tally):
            now = tally[level]
            for needed in dict.fromkeys([max(now - 1, 0), 0] if rule.takes else [now + 1]):
                outcome = self.better({rule.indicator: {**tally, level: needed}})
                if outcome is not None:
                    yield TallyNeeded(rule.indicator, level, now, needed, outcome)

    def better(self, settings: Mapping[IndicatorId, Setting]) -> Outcome | None:
        """What the unit would get with these settings; ``None`` unless settled and better."""
        facts = with_settings(self.facts, settings, self.rubric)
        try:
            outcome = self.part.rule.assess(facts, self.part.points)
        except NeedsRounding:
            return None
        return outcome if outcome.because.settled and outcome.low > self.score else None


def by_assessor(part: Part) -> AssessorNeeded:
    """The most an assessor can give, and the level that gives it where levels are named."""
    if not isinstance(part.rule, Levels):
        return AssessorNeeded(part.rule.most(part.points), "", part.evidence)
    best = max(part.rule.levels, key=lambda level: level.award)
    return AssessorNeeded(min(best.award, part.points), best.text, part.evidence)


def beside(rule: Rule, now: Decimal, places: int) -> set[Decimal]:
    """The values one step on: a natural one where any better value scores better, else the least.

    Of a minimum both, since the least may be rounded away.
    """
    match rule:
        case Stepped(counting="pro_rata"):
            return {now - rule.per, now + rule.per}
        case Composite(formula="min", steps=()):
            return {now - ONE, now + ONE, *around(now, places)}
        case Converted(scale=Decimal()) | Proportional() | Counted() | Composite(steps=()):
            return {now - ONE, now + ONE}
        case _:
            return set(around(now, places))
