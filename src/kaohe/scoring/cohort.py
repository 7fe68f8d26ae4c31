"""A cohort (参评范围): the units of one group, and the means, ranks and bests over them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kaohe.quantity import ZERO, Mean
from kaohe.rubric.model import Rubric
from kaohe.rules.base import Award, IndicatorId, Outcome, Place, settled
from kaohe.scoring.observations import Dataset, Observations, count, tally

OF_COHORT = ("mean", "place", "best")
"""What a rule may ask about an indicator of the whole cohort."""


class Cohort:
    """What units of one group are compared with; a value missing anywhere makes a mean unknown.

    A reference mean takes the place of the computed one; ``None`` there says that not all units
    are here, and then mean, places and best are unknown. Nothing is rounded or divided.
    """

    def __init__(
        self,
        members: Iterable["UnitFacts"],
        references: Mapping[tuple[IndicatorId, str], Decimal | None],
        asked_of: Mapping[IndicatorId, frozenset[str]],
    ) -> None:
        self.members = tuple(members)
        self.references = references
        self.asked_of = asked_of
        self._means: dict[IndicatorId, Mean | None] = {}
        self._ordered: dict[IndicatorId, tuple[Decimal, ...] | None] = {}

    def asked(self, indicator: IndicatorId) -> list["UnitFacts"]:
        """The members whose kind of unit is scored on the indicator."""
        types = self.asked_of.get(indicator)
        return [m for m in self.members if types is None or m.unit.type in types]

    def partial(self, indicator: IndicatorId) -> bool:
        """Whether the data says that not all units compared with are in it."""
        return self.references.get((indicator, ""), ZERO) is None

    def ordered(self, indicator: IndicatorId) -> tuple[Decimal, ...] | None:
        """The values of all members from low to high, or ``None`` if one is not known."""
        if indicator not in self._ordered:
            values = [member.values.get(indicator) for member in self.asked(indicator)]
            known = [value for value in values if value is not None]
            complete = len(known) == len(values) and not self.partial(indicator)
            self._ordered[indicator] = tuple(sorted(known)) if complete else None
        return self._ordered[indicator]

    def mean(self, indicator: IndicatorId) -> Mean | None:
        """The arithmetic mean over all members, or the reference given in its place."""
        if indicator not in self._means:
            self._means[indicator] = self._mean(indicator)
        return self._means[indicator]

    def _mean(self, indicator: IndicatorId) -> Mean | None:
        reference = self.references.get((indicator, ""))
        if reference is not None:
            return Mean(reference, 1)
        values = self.ordered(indicator)
        return Mean(sum(values, ZERO), len(values)) if values else None

    def missing(self, indicator: IndicatorId) -> tuple[str, ...]:
        """The names of the members that lack the value."""
        return tuple(m.unit.name for m in self.asked(indicator) if m.values.get(indicator) is None)


class UnitFacts:
    """What the rules may ask about one unit: its own values and those of its cohort."""

    __slots__ = (
        *("_awards", "_given"),
        *("cohort", "last_year", "tallies", "targets", "unit", "values", "waiting"),
    )

    def __init__(self, rubric: Rubric, unit: Observations) -> None:
        self.unit = unit
        self.cohort = Cohort((), {}, {})
        self.targets = unit.targets
        self.last_year = unit.previous
        self._awards: Mapping[str, Award] = {}
        self._given: dict[str, Outcome] = {}
        self.values: Mapping[IndicatorId, Decimal] = unit.values
        self.tallies: dict[IndicatorId, dict[str, int]] = {}
        self.waiting: dict[IndicatorId, int] = {}
        for indicator, entries in unit.entries.items():
            counted = tally(rubric.registers[indicator], entries)
            if counted.waiting:
                self.waiting[indicator] = counted.waiting
                continue
            self.tallies[indicator] = counted.by_level
            number = count(rubric.registers[indicator], counted.by_level)
            self.values = {**self.values, indicator: number}

    def given(self) -> Mapping[str, Outcome]:
        """What assessors have given, by part: worked out once for the same awards."""
        if self._awards is not self.unit.awards:
            self._awards = self.unit.awards
            self._given = {part: settled(a.score, a) for part, a in self._awards.items()}
        return self._given

    def value(self, indicator: IndicatorId) -> Decimal | None:
        """This year's value."""
        return self.values.get(indicator)

    def target(self, indicator: IndicatorId) -> Decimal | None:
        """The target filed for the unit."""
        return self.targets.get(indicator)

    def previous(self, indicator: IndicatorId) -> Decimal | None:
        """Last year's value."""
        return self.last_year.get(indicator)

    def mean(self, indicator: IndicatorId, of: str, *, others: bool) -> Mean | None:
        """The mean named ``of`` (empty: the cohort's), without the unit itself if ``others``."""
        if of:
            reference = self.cohort.references.get((indicator, of))
            return None if reference is None else Mean(reference, 1)
        mean = self.cohort.mean(indicator)
        if not others or mean is None or (indicator, "") in self.cohort.references:
            return mean
        if mean.size == 1:
            return None
        return Mean(mean.total - self.values[indicator], mean.size - 1)

    def place(self, indicator: IndicatorId, *, lowest_first: bool) -> Place | None:
        """The unit's place in its cohort; ``None`` also if its kind is not asked for it."""
        values, own = self.cohort.ordered(indicator), self.values.get(indicator)
        if values is None or own is None:
            return None
        ahead = sum(value < own if lowest_first else value > own for value in values)
        shared = sum(value == own for value in values)
        return Place(ahead + 1, shared, len(values)) if shared else None

    def best(self, indicator: IndicatorId) -> Decimal | None:
        """The highest value in the cohort."""
        values = self.cohort.ordered(indicator)
        return values[-1] if values else None

    def tally(self, indicator: IndicatorId) -> dict[str, int] | None:
        """How many registered things count at each level."""
        return self.tallies.get(indicator)


def assemble(rubric: Rubric, data: Dataset) -> list[UnitFacts]:
    """The facts of every unit, each with the cohort of its group, in the order of the data."""
    facts = [UnitFacts(rubric, unit) for unit in data.units]
    asked_of = types_asked(rubric)
    for group in dict.fromkeys(unit.group for unit in data.units):
        members = [fact for fact in facts if fact.unit.group == group]
        references = {(i, of): mean for (g, i, of), mean in data.references.items() if g == group}
        cohort = Cohort(members, references, asked_of)
        for member in members:
            member.cohort = cohort
    return facts


def types_asked(rubric: Rubric) -> dict[IndicatorId, frozenset[str]]:
    """For indicators that only some kinds of unit are scored on: which kinds."""
    types: dict[IndicatorId, frozenset[str]] = {}
    everyone = frozenset(rubric.unit_types)
    for part in rubric.all_parts():
        for need in part.rule.needs():
            asked = frozenset(part.applies_to) or everyone
            types[need.indicator] = types.get(need.indicator, frozenset()) | asked
    return {indicator: asked for indicator, asked in types.items() if asked != everyone}
