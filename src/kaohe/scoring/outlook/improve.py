"""The cheapest way to a better grade: the fewest parts changed, or the least cost, then points."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple

from kaohe.errors import KaoheError, UnknownName
from kaohe.quantity import ONE, ZERO, exact, write_number
from kaohe.rubric.model import Rubric
from kaohe.rules.base import Award
from kaohe.scoring.cohort import assemble
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.goal import Goal
from kaohe.scoring.outlook.levers import Lever, levers
from kaohe.scoring.outlook.moved import with_settings
from kaohe.scoring.outlook.search import Found, Search
from kaohe.scoring.outlook.whatif import Move
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import Scorer

EQUAL: Mapping[str, Decimal] = MappingProxyType({})


class BadCost(KaoheError):  # noqa: N818 -- it says which cost
    """A cost below zero: then changing more would cost less."""

    def __init__(self, part: str, cost: Decimal) -> None:
        self.part, self.cost = part, cost
        super().__init__(f"{part} 的成本 {write_number(cost)} 小于 0；成本应不小于 0，请改正")


class Step(NamedTuple):
    """One thing to do: bring an indicator to a value, or earn a part's points from an assessor.

    ``name`` is the indicator or the part. ``level`` names a level of the indicator's register, of
    which there are to be so many things; the values are then numbers of things.
    """

    kind: Literal["value", "things", "award"]
    name: str
    level: str
    move: Move[Decimal | None]


class PartGain(NamedTuple):
    """A part whose score moves on the way; what was open before counts as its lowest."""

    part: str
    title: str
    was_open: bool
    move: Move[Decimal]
    cost: Decimal

    @property
    def gained(self) -> Decimal:
        """What the part gains."""
        return self.move.after - self.move.before


@dataclass(frozen=True, slots=True)
class Improvement:
    """The cheapest way to a grade, scored again by the engine.

    ``before`` and ``after`` are the unit's whole results, without rank. ``total`` and ``grade``
    count everything open as lost (``open_parts``): the start and the end of the way. ``cost`` is
    the sum of the parts' costs, their number unless costs were given; ``gained`` is what the
    total rises by.
    """

    unit: str
    name: str
    wanted: str
    steps: tuple[Step, ...]
    parts: tuple[PartGain, ...]
    total: Move[Decimal]
    grade: Move[str | None]
    open_parts: tuple[str, ...]
    cost: Decimal
    before: UnitScore
    after: UnitScore

    @property
    def gained(self) -> Decimal:
        """What the total rises by."""
        return self.total.after - self.total.before


@dataclass(frozen=True, slots=True)
class NoWay:
    """There is no way, and why.

    ``best``: there is no better grade. ``reached``: it has the grade asked for, or a better one.
    ``veto``: the vetoes in ``by`` keep it out of reach. ``precondition``: those in ``by`` cannot
    be met. ``points``: even at its best the total is only ``most``.
    """

    unit: str
    name: str
    wanted: str
    why: Literal["best", "reached", "veto", "precondition", "points"]
    by: tuple[str, ...]
    total: Decimal
    grade: str | None
    most: Decimal | None
    open_parts: tuple[str, ...]


def cheapest(
    rubric: Rubric,
    data: Dataset,
    unit_id: str,
    *,
    grade: str | None = None,
    costs: Mapping[str, Decimal] | None = None,
) -> Improvement | NoWay:
    """The cheapest improvements that bring a unit to its next better grade, or to ``grade``.

    It starts from the lowest total still possible: what is open counts as lost, and may be part of
    the way. Cheapest is the least sum of the ``costs`` of the parts whose score changes (one each
    where none is given), then the fewest such parts, then the smallest rise of the total.

    A way sets indicators, in their better direction and within their limits, to values told as
    finely as the indicator is (two decimals unless the rubric says otherwise) or exactly to an edge
    that is finer; and gives points where an assessor decides. Of several indicators combined by one
    rule at most one stops between edges. Means, ranks and bests follow the unit's own value; the
    other units stay as they are. A rule that lacks a rounding (lint: K108) is moved to edges only.
    The result is the exact optimum over these: see :mod:`kaohe.scoring.outlook.search`. The engine
    confirms it.

    :raises UnknownName: for a unit, a grade, or a part with a cost that is not there.
    :raises BadCost: for a cost below zero.
    """
    costs = EQUAL if costs is None else costs
    with exact():
        scorer = Scorer(rubric)
        check_costs(scorer.rubric, costs)
        units = {facts.unit.id: facts for facts in assemble(scorer.rubric, data)}
        if unit_id not in units:
            raise UnknownName("单位", unit_id, units)
        result = scorer.score_unit(units[unit_id])
        return way_up(scorer, result, grade, costs)


def check_costs(rubric: Rubric, costs: Mapping[str, Decimal]) -> None:
    """See that costs are of parts that exist, and none below zero."""
    known = [part.id for part in rubric.all_parts()]
    for part, cost in costs.items():
        if part not in known:
            raise UnknownName("计分条目", part, known)
        if not cost >= ZERO:
            raise BadCost(part, cost)


def way_up(
    scorer: Scorer, result: UnitScore, grade: str | None, costs: Mapping[str, Decimal]
) -> Improvement | NoWay:
    """The cheapest way from a unit's result to a grade, the next better one if none is named."""
    names = scorer.rubric.grades.names
    if grade is not None and grade not in names:
        raise UnknownName("等级", grade, names)
    start = Goal(scorer.across, result, 0)
    place = start.place_now()
    if grade is None and place == 0:
        return no_way(start, names[0], "best")
    wanted = names[place - 1] if grade is None else grade
    goal = Goal(scorer.across, result, names.index(wanted))
    if place <= names.index(wanted):
        return no_way(goal, wanted, "reached")
    if blocking := goal.blocking():
        return no_way(goal, wanted, "veto", blocking)
    found_levers = levers(scorer, result)
    found = Search(goal, found_levers, costs).run()
    if found is None:
        return stuck(goal, wanted, found_levers)
    return improvement(scorer, goal, wanted, found, costs)


def improvement(
    scorer: Scorer, goal: Goal, wanted: str, found: Found, costs: Mapping[str, Decimal]
) -> Improvement:
    """The way that was found, carried out and scored again."""
    before = goal.result
    facts = with_settings(before.facts, found.settings, scorer.rubric)
    given = {part: Award(score) for part, score in found.awards.items()}
    facts.unit = replace(facts.unit, awards={**facts.unit.awards, **given})
    after = scorer.score_unit(facts)
    check = Goal(scorer.across, after, goal.place)
    assert check.total == found.total, "the engine agrees"  # noqa: S101 -- else the search is wrong
    assert check.graded({}), "the engine agrees"  # noqa: S101 -- the same
    parts = tuple(part_gains(before, after, costs))
    return Improvement(
        unit=before.facts.unit.id,
        name=before.facts.unit.name,
        wanted=wanted,
        steps=tuple(steps(before, found)),
        parts=parts,
        total=Move(goal.total, check.total),
        grade=Move(goal.grade, check.grade),
        open_parts=open_parts(before),
        cost=sum((part.cost for part in parts), ZERO),
        before=before,
        after=after,
    )


def part_gains(
    before: UnitScore, after: UnitScore, costs: Mapping[str, Decimal]
) -> Iterator[PartGain]:
    """The parts whose lowest score moved."""
    for old_item, new_item in zip(before.items, after.items, strict=True):
        for old, new in zip(old_item.parts, new_item.parts, strict=True):
            move = Move(old.outcome.low, new.outcome.low)
            if move.moves:
                part, cost = old.part, costs.get(old.part.id, ONE)
                yield PartGain(part.id, part.title, not old.settled, move, cost)


def steps(before: UnitScore, found: Found) -> Iterator[Step]:
    """What the way sets, indicators first."""
    facts = before.facts
    for indicator, setting in found.settings.items():
        if isinstance(setting, Decimal):
            yield Step("value", indicator, "", Move(facts.value(indicator), setting))
            continue
        had = facts.tally(indicator)
        for level, things in setting.items():
            old = None if had is None else Decimal(had[level])
            if old != things:
                yield Step("things", indicator, level, Move(old, Decimal(things)))
    for part, score in found.awards.items():
        scored = before.part(part)
        old = None if scored is None else scored.score
        yield Step("award", part, "", Move(old, score))


def open_parts(result: UnitScore) -> tuple[str, ...]:
    """The parts that are not settled."""
    return tuple(p.part.id for item in result.items for p in item.parts if not p.settled)


def stuck(goal: Goal, wanted: str, found: Iterable[Lever]) -> NoWay:
    """Why even everything at its best does not reach the grade."""
    best: dict[str, Decimal] = {}
    for lever in found:
        gains = [(sum((g for _, g in goal.gains(o.scores)), ZERO), o.scores) for o in lever.options]
        best |= max(gains, key=lambda pair: pair[0])[1]
    most, _ = goal.after(best)
    open_rows = [row.need for row in goal.rows()[1:]]
    barred = [p for p in goal.failing if goal.bars(p.otherwise)]
    unmet = tuple(
        p.id
        for p, need in zip(barred, open_rows, strict=True)
        if sum(
            (best.get(part, goal.lows[part]) - goal.lows[part] for part in goal.asked(p.of)), ZERO
        )
        < need
    )
    if unmet:
        return no_way(goal, wanted, "precondition", unmet, most)
    return no_way(goal, wanted, "points", (), most)


def no_way(
    goal: Goal,
    wanted: str,
    why: Literal["best", "reached", "veto", "precondition", "points"],
    by: tuple[str, ...] = (),
    most: Decimal | None = None,
) -> NoWay:
    """The answer that there is none, and why."""
    unit = goal.result.facts.unit
    return NoWay(
        unit.id, unit.name, wanted, why, by, goal.total, goal.grade, most, open_parts(goal.result)
    )
