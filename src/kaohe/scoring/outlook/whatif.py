"""What-if: other values, targets or readings, and every figure that moves with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from kaohe.quantity import Mean, exact
from kaohe.rubric.interpretation import choose, in_force
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.setting import Settings, apply
from kaohe.scoring.result import ItemScore, PartScore, UnitScore
from kaohe.scoring.score import score

T = TypeVar("T")

NOTHING: Settings = MappingProxyType({})
AS_CHOSEN: Mapping[str, str] = MappingProxyType({})


class Move(NamedTuple, Generic[T]):
    """One figure, before and after."""

    before: T
    after: T

    @property
    def moves(self) -> bool:
        """Whether it is another one after."""
        return self.before != self.after


class Range(NamedTuple):
    """A score: settled where nothing is open, else everything from ``low`` to ``high``."""

    low: Decimal
    high: Decimal
    settled: bool

    @property
    def score(self) -> Decimal | None:
        """The score, once settled."""
        return self.low if self.settled else None


class PartMove(NamedTuple):
    """A part whose score moves; both outcomes with their reasons."""

    before: PartScore
    after: PartScore

    @property
    def ranges(self) -> Move[Range]:
        """Its score before and after."""
        return Move(range_of_part(self.before), range_of_part(self.after))


class ItemMove(NamedTuple):
    """An item whose score moves, and those of its parts that do."""

    before: ItemScore
    after: ItemScore
    parts: tuple[PartMove, ...]

    @property
    def ranges(self) -> Move[Range]:
        """Its score before and after."""
        return Move(range_of(self.before), range_of(self.after))


class UnitMove(NamedTuple):
    """One unit before and after, and the items in it that move."""

    before: UnitScore
    after: UnitScore
    items: tuple[ItemMove, ...]

    @property
    def total(self) -> Move[Range]:
        """The total."""
        return Move(range_of(self.before), range_of(self.after))

    @property
    def grade(self) -> Move[str | None]:
        """The grade; ``None`` while it is open."""
        return Move(self.before.grade, self.after.grade)

    @property
    def rank(self) -> Move[int | None]:
        """The rank in its group; ``None`` while it is open."""
        return Move(self.before.rank, self.after.rank)

    @property
    def moves(self) -> bool:
        """Whether any figure of the unit moves."""
        return bool(self.items) or self.total.moves or self.grade.moves or self.rank.moves


class MeanMove(NamedTuple):
    """A cohort's mean that moves; ``None`` while a value is missing."""

    group: str
    indicator: IndicatorId
    mean: Move[Mean | None]


class Change(NamedTuple, Generic[T]):
    """One thing that was changed: a value, a target or a reading."""

    kind: str
    unit: str
    name: str
    change: Move[T]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Everything that moves: what was changed, the means, and the units in the order of the data.

    ``units`` holds every unit, also those of which nothing moves.
    """

    values: tuple[Change[Decimal | None], ...]
    readings: tuple[Change[str], ...]
    means: tuple[MeanMove, ...]
    units: tuple[UnitMove, ...]

    @property
    def moved(self) -> tuple[UnitMove, ...]:
        """The units of which something moves."""
        return tuple(unit for unit in self.units if unit.moves)

    def unit(self, unit_id: str) -> UnitMove | None:
        """The unit of that id."""
        for unit in self.units:
            if unit.before.facts.unit.id == unit_id:
                return unit
        return None


def what_if(
    rubric: Rubric,
    data: Dataset,
    *,
    values: Settings = NOTHING,
    targets: Settings = NOTHING,
    readings: Mapping[str, str] = AS_CHOSEN,
) -> WhatIf:
    """Score the data as it is and as it would be, and compare the two figure by figure.

    A typed value takes the place of what a register comes to. Both sides are whole scorings, so
    nothing that moves can be overlooked.

    :raises UnknownName: for a unit, an indicator, a reading or a choice that is not there.
    :raises BadSetting: for a value that the indicator cannot have.
    """
    other = choose(rubric, readings)
    was, now = in_force(rubric), in_force(other)
    before = score(rubric, data)
    after = score(other, apply(rubric, data, values, targets))
    with exact():
        units = tuple(compare(old, new) for old, new in zip(before, after, strict=True))
        means = tuple(mean_moves(rubric, before, after))
    return WhatIf(
        values=tuple(_changes(before, values, targets)),
        readings=tuple(
            Change("reading", "", name, Move(was.get(name, ""), now[name])) for name in readings
        ),
        means=means,
        units=units,
    )


def compare(before: UnitScore, after: UnitScore) -> UnitMove:
    """One unit's two results, item by item; only what moves is in ``items``."""
    items = []
    for old, new in zip(before.items, after.items, strict=True):
        if old is new:
            continue
        pairs = zip(old.parts, new.parts, strict=True)
        parts = tuple(p for p in (PartMove(*pair) for pair in pairs) if p.ranges.moves)
        if parts:
            items.append(ItemMove(old, new, parts))
    return UnitMove(before, after, tuple(items))


def mean_moves(
    rubric: Rubric, before: list[UnitScore], after: list[UnitScore]
) -> Iterator[MeanMove]:
    """The means of the cohorts that some rule asks for, where they move."""
    needs = (need for part in rubric.all_parts() for need in part.rule.needs())
    asked = dict.fromkeys(need.indicator for need in needs if need.kind == "mean" and not need.of)
    cohorts = {
        old.facts.unit.group: (old.facts.cohort, new.facts.cohort)
        for old, new in zip(before, after, strict=True)
    }
    for group, (old, new) in cohorts.items():
        for indicator in asked:
            mean = Move(old.mean(indicator), new.mean(indicator))
            if _value(mean.before) != _value(mean.after):
                yield MeanMove(group, indicator, mean)


def range_of(scored: ItemScore | UnitScore) -> Range:
    """An item's score or a unit's total."""
    return Range(scored.low, scored.high, scored.settled)


def range_of_part(part: PartScore) -> Range:
    """A part's score."""
    return Range(part.outcome.low, part.outcome.high, part.settled)


def _changes(
    before: list[UnitScore], values: Settings, targets: Settings
) -> Iterator[Change[Decimal | None]]:
    facts = {result.facts.unit.id: result.facts for result in before}
    for (unit, name), value in values.items():
        old = facts[unit].value(IndicatorId(name))
        yield Change("value", unit, name, Move(old, value))
    for (unit, name), value in targets.items():
        old = facts[unit].target(IndicatorId(name))
        yield Change("target", unit, name, Move(old, value))


def _value(mean: Mean | None) -> object:
    return None if mean is None else mean.value()
