"""The nearest edges of a unit's values: how far each must move for a score in its group to change.

Between two edges a score only moves one way, so that halving finds where it first differs.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import Exact, NeedsRounding
from kaohe.rubric.model import Indicator
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.outlook.edges import edges
from kaohe.scoring.outlook.grid import at_step, on_grid, places_of, stops, upward
from kaohe.scoring.outlook.means import Mover
from kaohe.scoring.outlook.moved import Setting, Tally
from kaohe.scoring.outlook.standing import Place, Stand, Standing
from kaohe.scoring.outlook.whatif import Move

Changed = Mapping[Place, Stand]
"""The units of a group of which some score changes."""


class Near(NamedTuple):
    """A value's nearest edge on one side, and who changes there; ``level`` as of a register."""

    indicator: IndicatorId
    level: str
    move: Move[Decimal]
    better: bool
    changed: Changed


def nearest(standing: Standing, facts: UnitFacts) -> Iterator[Near]:
    """The nearest edge of each known value of a unit, both ways."""
    for indicator in standing.scorer.rubric.indicators.values():
        if indicator.id not in standing.reads.own:
            continue
        tally = facts.tally(indicator.id)
        value = facts.value(indicator.id)
        if tally is not None:
            yield from one_thing(standing, facts, indicator, tally)
        elif value is not None:
            yield from both_ways(standing, facts, indicator, value)


def both_ways(
    standing: Standing, facts: UnitFacts, indicator: Indicator, value: Decimal
) -> Iterator[Near]:
    """The nearest value below and above at which a score in the group changes."""
    places = places_of(indicator, value)
    beside = [at_step(on_grid(value, places) + way, places) for way in (-1, 1)]
    found = stops(indicator, {*beside, *edges_of(standing, facts, indicator)}, places)
    below = [stop for stop in reversed(found) if stop < value]
    above = [stop for stop in found if stop > value]
    for outward, up in ((below, False), (above, True)):
        change = first_change(standing, facts, indicator, value, outward)
        if change is not None:
            other, changed = change
            better = up == upward(indicator)
            yield Near(indicator.id, "", Move(value, other), better, changed)


def first_change(
    standing: Standing,
    facts: UnitFacts,
    indicator: Indicator,
    value: Decimal,
    outward: list[Decimal],
) -> tuple[Decimal, Changed] | None:
    """The nearest value on one side at which a score in the group changes, and whose."""
    places = places_of(indicator, value)
    same = value
    for stop in outward:
        changed = moved(standing, facts, indicator.id, stop)
        if not changed:
            same = stop
            continue
        found = stop
        near, far = on_grid(same, places), on_grid(stop, places)
        while abs(far - near) > 1:
            middle = (near + far) // 2
            there = moved(standing, facts, indicator.id, at_step(middle, places))
            if there:
                far, found, changed = middle, at_step(middle, places), there
            else:
                near = middle
        return found, changed
    return None


def edges_of(standing: Standing, facts: UnitFacts, indicator: Indicator) -> set[Exact]:
    """The values of a unit's indicator at which a score in its group may change."""
    mover, place = Mover(facts, indicator.id), standing.places[facts.unit.id]
    found: set[Exact] = set()
    for part_id in standing.reads.own[indicator.id]:
        scored = standing.scored(place, part_id)
        if scored is not None:
            found.update(edges(scored.part.rule, facts, scored.part.points, mover))
    for part_id in standing.reads.cohort.get(indicator.id, ()):
        for first, _ in standing.others(part_id, place):
            part, there = standing.known(first, part_id).part, standing.scores[first].facts
            found.update(edges(part.rule, there, part.points, mover))
    return found


def one_thing(
    standing: Standing, facts: UnitFacts, indicator: Indicator, tally: Tally
) -> Iterator[Near]:
    """One thing fewer and one more at each level of a register."""
    for level, have in tally.items():
        for way, up in ((-1, False), (1, True)):
            if have + way < 0:
                continue
            changed = moved(standing, facts, indicator.id, {**tally, level: have + way})
            if changed:
                move = Move(Decimal(have), Decimal(have + way))
                yield Near(indicator.id, level, move, up == upward(indicator), changed)


def moved(
    standing: Standing, facts: UnitFacts, indicator: IndicatorId, setting: Setting
) -> Changed:
    """The units of which a score changes after a move; none if no score in the group does.

    A value whose score would need a rounding that the rubric does not name is no place to move to.
    """
    try:
        return standing.after(facts, indicator, setting)
    except NeedsRounding:
        return {}
