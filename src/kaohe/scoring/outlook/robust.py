"""Robustness: each value moved to its nearest edge, each reading switched, and what gives way."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from kaohe.errors import UnknownName
from kaohe.quantity import exact
from kaohe.rubric.interpretation import choose, in_force
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.nearest import nearest
from kaohe.scoring.outlook.standing import Place, Stand, Standing, readers
from kaohe.scoring.outlook.whatif import Move, Range
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import Scorer, score


class Shift(NamedTuple):
    """A unit whose grade or rank is another one after."""

    unit: str
    name: str
    total: Move[Range]
    grade: Move[str | None]
    rank: Move[int | None]


class ValueEdge(NamedTuple):
    """A unit's value, moved just far enough for some score to change.

    ``level`` names the register's level that has one thing more or fewer; the values are then
    how many it has. ``better`` says whether the move is in the indicator's better direction.
    """

    unit: str
    name: str
    indicator: IndicatorId
    level: str
    move: Move[Decimal]
    better: bool


class OtherReading(NamedTuple):
    """A reading, switched to another of its choices."""

    reading: str
    move: Move[str]


@dataclass(frozen=True, slots=True)
class Fragile:
    """A small move that changes a grade or a rank, and whose; ``shifts`` is never empty."""

    cause: ValueEdge | OtherReading
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Footing:
    """What one unit's grade and rank rest on: the moves that change them.

    Of a reading, which acts on every group, only the shifts in the unit's own group are told.
    ``grade_safe`` and ``rank_safe``: none of the moves tried changes it. An open grade or rank is
    ``None`` here, and is safe only in that nothing tried settles it.
    """

    unit: str
    name: str
    grade: str | None
    rank: int | None
    grade_rests_on: tuple[Fragile, ...]
    rank_rests_on: tuple[Fragile, ...]

    @property
    def grade_safe(self) -> bool:
        """Whether no single move tried changes the grade."""
        return not self.grade_rests_on

    @property
    def rank_safe(self) -> bool:
        """Whether no single move tried changes the rank."""
        return not self.rank_rests_on


@dataclass(frozen=True, slots=True)
class Robustness:
    """What gives way, what each unit rests on, and how many moves were tried.

    Where some units were asked about, ``fragile`` is of their whole groups.
    """

    fragile: tuple[Fragile, ...]
    footings: tuple[Footing, ...]
    values_tried: int
    readings_tried: int

    @property
    def safe(self) -> bool:
        """Whether no single move changes any grade or rank."""
        return not self.fragile


def robustness(rubric: Rubric, data: Dataset, units: Collection[str] | None = None) -> Robustness:
    """Move each known value to its nearest edge both ways, and switch each reading: what changes?

    A value's nearest edge is the nearest value at which any score in its group changes, its own or
    another's through the mean, in steps of the value's own precision (of the indicator's decimals,
    else two; one for counts). Where a score slides, the next step is its edge. Each move is made
    alone; moves that lead to grades and ranks as they are say nothing and are left out.

    Where only some ``units`` are asked about, only their groups are worked on, and the footings
    are theirs alone, the same as if all were asked about.

    :raises UnknownName: for a unit that is not there.
    """
    known = {unit.id: unit.group for unit in data.units}
    wanted = known.keys() if units is None else frozenset(units)
    for unit in wanted:
        if unit not in known:
            raise UnknownName("单位", unit, known)
    groups = {known[unit] for unit in wanted}
    data = replace(data, units=tuple(unit for unit in data.units if unit.group in groups))
    with exact():
        scorer = Scorer(rubric)
        standings = in_groups(scorer, data)
        order = {unit.id: place for place, unit in enumerate(data.units)}
        tried = [found for standing in standings.values() for found in values_moved(standing)]
        tried.sort(key=lambda found: order[found[0].unit])
        before = {
            result.facts.unit.id: result
            for standing in standings.values()
            for result in standing.scores
        }
        switched = list(other_readings(rubric, data, standings))
    fragile = [Fragile(cause, found) for cause, found in tried if found]
    fragile += [Fragile(cause, tuple(found)) for cause, found in switched if found]
    rests = resting(fragile, known)
    footings = (footing(before[unit], rests) for unit in order if unit in wanted)
    return Robustness(tuple(fragile), tuple(footings), len(tried), len(switched))


def in_groups(scorer: Scorer, data: Dataset) -> dict[str, Standing]:
    """Where the units of each group stand."""
    groups: dict[str, list[UnitFacts]] = {}
    for facts in assemble(scorer.rubric, data):
        groups.setdefault(facts.unit.group, []).append(facts)
    reads = readers(scorer.rubric)
    return {name: Standing(scorer, reads, group) for name, group in groups.items()}


def values_moved(standing: Standing) -> Iterator[tuple[ValueEdge, tuple[Shift, ...]]]:
    """Each value of a group at its nearest edges, and whose grade or rank is another one there."""
    for result in standing.scores:
        unit = result.facts.unit
        for near in nearest(standing, result.facts):
            cause = ValueEdge(
                unit.id, unit.name, near.indicator, near.level, near.move, near.better
            )
            yield cause, tuple(shifts(standing, standing.ranked(near.changed)))


def other_readings(
    rubric: Rubric, data: Dataset, standings: Mapping[str, Standing]
) -> Iterator[tuple[OtherReading, list[Shift]]]:
    """Each choice that is not the chosen one, and whose grade or rank is another one under it."""
    force = in_force(rubric)
    for reading in rubric.readings:
        chosen = force.get(reading.id, "")
        for choice in reading.choices:
            if choice.id == chosen:
                continue
            found: list[Shift] = []
            for new in score(choose(rubric, {reading.id: choice.id}), data):
                unit = new.facts.unit
                standing = standings[unit.group]
                after = (standing.places[unit.id], Stand.of(new), new.rank)
                found += shifts(standing, [after])
            yield OtherReading(reading.id, Move(chosen, choice.id)), found


def shifts(standing: Standing, after: Iterable[tuple[Place, Stand, int | None]]) -> Iterator[Shift]:
    """Those of the units that have another grade or rank after."""
    for place, new, new_rank in after:
        result, old = standing.scores[place], standing.stands[place]
        grade, rank = Move(old.grade, new.grade), Move(result.rank, new_rank)
        if grade.moves or rank.moves:
            unit = result.facts.unit
            yield Shift(unit.id, unit.name, Move(old.range, new.range), grade, rank)


class Resting(NamedTuple):
    """By unit: the moves that change its grade, and those that change its rank."""

    grade: dict[str, list[Fragile]]
    rank: dict[str, list[Fragile]]


def resting(fragile: Iterable[Fragile], group_of: Mapping[str, str]) -> Resting:
    """What each unit rests on; of a move that acts on several groups only what its own does."""
    found = Resting({}, {})
    for whole in fragile:
        apart: dict[str, list[Shift]] = {}
        for shift in whole.shifts:
            apart.setdefault(group_of[shift.unit], []).append(shift)
        for together in apart.values():
            here = whole if len(apart) == 1 else Fragile(whole.cause, tuple(together))
            for shift in together:
                if shift.grade.moves:
                    found.grade.setdefault(shift.unit, []).append(here)
                if shift.rank.moves:
                    found.rank.setdefault(shift.unit, []).append(here)
    return found


def footing(result: UnitScore, rests: Resting) -> Footing:
    """What one unit's grade and rank rest on."""
    unit = result.facts.unit
    grade, rank = (tuple(moves.get(unit.id, ())) for moves in rests)
    return Footing(unit.id, unit.name, result.grade, result.rank, grade, rank)
