"""How little must be spent for so much: the bound that keeps the search short."""

from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import ZERO

Spent = tuple[Decimal, int]
"""The cost of the parts changed and how many they are, compared in this order."""

NOTHING_SPENT: Spent = (ZERO, 0)


def both(one: Spent, other: Spent) -> Spent:
    """Two spendings together."""
    return one[0] + other[0], one[1] + other[1]


class Frontier(NamedTuple):
    """Spendings in rising order, and the most that each can gain: strictly more each time."""

    spents: tuple[Spent, ...]
    gains: tuple[Decimal, ...]

    def least_for(self, need: Decimal) -> Spent | None:
        """The least that must be spent to gain so much; ``None`` if nothing does."""
        if need <= ZERO:
            return NOTHING_SPENT
        place = bisect_left(self.gains, need)
        return self.spents[place] if place < len(self.spents) else None


def best_of(pairs: Iterable[tuple[Spent, Decimal]]) -> Frontier:
    """The pairs that no other beats: none gains as much for less."""
    spents: list[Spent] = []
    gains: list[Decimal] = []
    for spent, gain in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if not gains or gain > gains[-1]:
            spents.append(spent)
            gains.append(gain)
    return Frontier(tuple(spents), tuple(gains))


def frontiers(levers: list[list[tuple[Spent, Decimal]]], need: Decimal) -> list[Frontier]:
    """For every place in the order of levers, what those from there on can gain together.

    One choice per lever. Gains beyond the need are as good as the need itself.
    """
    found = [best_of([(NOTHING_SPENT, ZERO)])]
    for choices in reversed(levers):
        after = found[-1]
        own = best_of([(NOTHING_SPENT, ZERO), *choices])
        found.append(
            best_of(
                (both(spent, more), min(gain + further, max(need, ZERO)))
                for spent, gain in zip(*own, strict=True)
                for more, further in zip(*after, strict=True)
            )
        )
    return found[::-1]
