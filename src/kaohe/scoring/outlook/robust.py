"""Robustness: each value moved to its nearest edge, each reading switched, and what gives way."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import Exact, NeedsRounding, exact
from kaohe.rubric.interpretation import choose, in_force
from kaohe.rubric.model import Indicator, Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.edges import Mover, edges
from kaohe.scoring.outlook.grid import at_step, on_grid, places_of, stops, upward
from kaohe.scoring.outlook.moved import Setting, Tally
from kaohe.scoring.outlook.standing import Standing
from kaohe.scoring.outlook.whatif import Move, Range, compare, range_of
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import score


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
    """What gives way, what each unit rests on, and how many moves were tried."""

    fragile: tuple[Fragile, ...]
    footings: tuple[Footing, ...]
    values_tried: int
    readings_tried: int

    @property
    def safe(self) -> bool:
        """Whether no single move changes any grade or rank."""
        return not self.fragile


def robustness(rubric: Rubric, data: Dataset) -> Robustness:
    """Move each known value to its nearest edge both ways, and switch each reading: what changes?

    A value's nearest edge is the nearest value at which any score in its group changes, its own or
    another's through the mean, in steps of the value's own precision (of the indicator's decimals,
    else two; one for counts). Where a score slides, the next step is its edge. Each move is made
    alone; moves that lead to grades and ranks as they are say nothing and are left out.
    """
    with exact():
        standing = Standing(rubric, data)
        before = {result.facts.unit.id: result for result in standing.scores}
        tried: list[tuple[ValueEdge | OtherReading, dict[str, UnitScore]]] = []
        tried += [found for result in standing.scores for found in nearest(standing, result.facts)]
        values_tried = len(tried)
        tried += list(other_readings(rubric, data))
        fragile = []
        for cause, after in tried:
            shifts = tuple(shifted(before, after))
            if shifts:
                fragile.append(Fragile(cause, shifts))
    footings = tuple(footing(result, fragile) for result in standing.scores)
    return Robustness(tuple(fragile), footings, values_tried, len(tried) - values_tried)


def footing(result: UnitScore, fragile: list[Fragile]) -> Footing:
    """The moves among these that change the unit's grade, and those that change its rank."""
    unit = result.facts.unit
    mine = [(f, s) for f in fragile for s in f.shifts if s.unit == unit.id]
    grade = tuple(cause for cause, shift in mine if shift.grade.moves)
    rank = tuple(cause for cause, shift in mine if shift.rank.moves)
    return Footing(unit.id, unit.name, result.grade, result.rank, grade, rank)


def shifted(before: dict[str, UnitScore], after: dict[str, UnitScore]) -> Iterator[Shift]:
    """The units whose grade or rank differs."""
    for unit_id, new in after.items():
        old = before[unit_id]
        if (old.grade, old.rank) != (new.grade, new.rank):
            yield Shift(
                unit_id,
                old.facts.unit.name,
                Move(range_of(old), range_of(new)),
                Move(old.grade, new.grade),
                Move(old.rank, new.rank),
            )


def nearest(
    standing: Standing, facts: UnitFacts
) -> Iterator[tuple[ValueEdge, dict[str, UnitScore]]]:
    """The nearest edge of each known value of a unit, both ways, and the results past it."""
    unit = facts.unit
    for indicator in standing.rubric.indicators.values():
        if indicator.id not in standing.own:
            continue
        tally = facts.tally(indicator.id)
        if tally is not None:
            yield from one_thing(standing, facts, indicator, tally)
            continue
        value = facts.value(indicator.id)
        if value is None:
            continue
        for way, up in ((-1, False), (1, True)):
            found = first_change(standing, facts, indicator, value, way)
            if found is not None:
                other, after = found
                move, better = Move(value, other), up == upward(indicator)
                yield ValueEdge(unit.id, unit.name, indicator.id, "", move, better), after


def first_change(
    standing: Standing, facts: UnitFacts, indicator: Indicator, value: Decimal, way: int
) -> tuple[Decimal, dict[str, UnitScore]] | None:
    """The nearest value on one side at which a score in the group changes, and the results there.

    Between two stops a score only moves one way, so that halving finds where it first differs.
    """
    places = places_of(indicator, value)
    same = value
    for stop in outward(standing, facts, indicator, value, way):
        after = moved(standing, facts, indicator.id, stop)
        if after is None:
            same = stop
            continue
        found = stop
        near, far = on_grid(same, places), on_grid(stop, places)
        while abs(far - near) > 1:
            middle = (near + far) // 2
            there = moved(standing, facts, indicator.id, at_step(middle, places))
            if there is None:
                near = middle
            else:
                far, found, after = middle, at_step(middle, places), there
        return found, after
    return None


def outward(
    standing: Standing, facts: UnitFacts, indicator: Indicator, value: Decimal, way: int
) -> list[Decimal]:
    """The values worth trying on one side of a value, the nearest first."""
    places = places_of(indicator, value)
    mover = Mover(facts, indicator.id)
    found: list[Exact] = [at_step(on_grid(value, places) + way, places)]
    for result in standing.scores:
        if result.facts.unit.group == facts.unit.group:
            for item in result.items:
                for scored in item.parts:
                    if scored.part.id in standing.own[indicator.id]:
                        part = scored.part
                        found += edges(part.rule, result.facts, part.points, mover)
    beside = [stop for stop in stops(indicator, found, places) if (stop - value) * way > 0]
    return sorted(beside, key=lambda stop: abs(stop - value))


def one_thing(
    standing: Standing, facts: UnitFacts, indicator: Indicator, tally: Tally
) -> Iterator[tuple[ValueEdge, dict[str, UnitScore]]]:
    """One thing fewer and one more at each level of a register."""
    unit = facts.unit
    for level, have in tally.items():
        for way, up in ((-1, False), (1, True)):
            if have + way < 0:
                continue
            after = moved(standing, facts, indicator.id, {**tally, level: have + way})
            if after is not None:
                move = Move(Decimal(have), Decimal(have + way))
                better = up == upward(indicator)
                yield ValueEdge(unit.id, unit.name, indicator.id, level, move, better), after


def moved(
    standing: Standing, facts: UnitFacts, indicator: IndicatorId, setting: Setting
) -> dict[str, UnitScore] | None:
    """The group's results after a move, or ``None`` if no score in the group changes.

    A value whose score would need a rounding that the rubric does not name is no place to move to.
    """
    try:
        after = standing.after(facts, {indicator: setting})
    except NeedsRounding:
        return None
    for result in standing.scores:
        new = after.get(result.facts.unit.id)
        if new is not None and compare(result, new).items:
            return after
    return None


def other_readings(
    rubric: Rubric, data: Dataset
) -> Iterator[tuple[OtherReading, dict[str, UnitScore]]]:
    """The results under each choice that is not the chosen one."""
    force = in_force(rubric)
    for reading in rubric.readings:
        chosen = force.get(reading.id, "")
        for choice in reading.choices:
            if choice.id != chosen:
                results = score(choose(rubric, {reading.id: choice.id}), data)
                after = {result.facts.unit.id: result for result in results}
                yield OtherReading(reading.id, Move(chosen, choice.id)), after
