"""What a register's counts could become: things added, or where fewer are better taken away."""

from collections.abc import Iterable, Iterator
from itertools import product

from kaohe.quantity import ZERO
from kaohe.rubric.model import Indicator, Part, Rubric
from kaohe.rules.counted import Counted
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.outlook.grid import upward
from kaohe.scoring.outlook.moved import Tally

MOST_THINGS = 20
"""More things of one level than this are not looked for."""

MOST_MIXTURES = 5_000
"""Where levels can be mixed in more ways than this, one level at a time is moved."""


def tallies(
    indicator: Indicator, facts: UnitFacts, rubric: Rubric, parts: Iterable[Part]
) -> Iterator[Tally]:
    """The counts by level that are better than those there, the fewest things moved first."""
    levels = [level.id for level in rubric.registers[indicator.id].levels]
    now = facts.tally(indicator.id)
    have = dict.fromkeys(levels, 0) if now is None else now
    if upward(indicator):
        ranges = [range(room(level, parts) + 1) for level in levels]
    else:
        ranges = [range(0, -have[level] - 1, -1) for level in levels]
    ways = 1
    for each in ranges:
        ways *= len(each)
    mixed: Iterable[tuple[int, ...]] = product(*ranges)
    if ways > MOST_MIXTURES:
        mixed = one_at_a_time(ranges)
    for moves in sorted(mixed, key=lambda moves: (sum(map(abs, moves)), moves)):
        if any(moves) or now is None:
            yield {level: have[level] + move for level, move in zip(levels, moves, strict=True)}


def one_at_a_time(ranges: list[range]) -> Iterator[tuple[int, ...]]:
    """Each level moved alone."""
    for place, moves in enumerate(ranges):
        yield from (tuple(move * (place == i) for i in range(len(ranges))) for move in moves)


def room(level: str, parts: Iterable[Part]) -> int:
    """How many more things of a level can count before the points are full."""
    most = 0
    for part in parts:
        rule = part.rule
        if not isinstance(rule, Counted):
            return MOST_THINGS
        limit = part.points if rule.cap is None else min(rule.cap, part.points)
        for each in rule.levels:
            if each.level == level and each.award > ZERO and not rule.takes:
                most = max(most, int(-(-limit // each.award)))
    return min(most, MOST_THINGS)
