"""Spreading parts over assessors: random but reproducible, even, and nobody where they may not.

Every wanted mark gets an assessor who may judge the unit and does not mark that part yet. Among the
possible ways the loads are as even as they can be: no chain of exchanges would make them more even.
Which of the even ways it is follows from the seed alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kaohe_web.review.chance import lot


class Place(NamedTuple):
    """A part of a unit."""

    unit: str
    part: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A part of a unit that wants so many more assessors than those who have it already."""

    place: Place
    more: int
    held: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spread:
    """Who gets what, in the order of the wants, and what nobody could be found for."""

    given: tuple[tuple[Place, str], ...]
    lacking: tuple[tuple[Place, int], ...] = ()


def spread(
    wanted: Iterable[Wanted],
    loads: Mapping[str, int],
    barred: Collection[tuple[str, str]],
    seed: str,
) -> Spread:
    """Assessors for every wanted mark, as far as there are any.

    ``loads`` holds each assessor and how many marks they have already; ``barred`` holds pairs of
    assessor and unit that must not come together.
    """
    spreading = _Spreading(tuple(wanted), dict(loads), frozenset(barred), seed)
    spreading.give()
    spreading.even_out()
    return spreading.result()


@dataclass(slots=True)
class _Spreading:
    """Wants being met: who has which part, old and new, and how many in all."""

    wanted: tuple[Wanted, ...]
    loads: dict[str, int]
    barred: frozenset[tuple[str, str]]
    seed: str
    has: dict[Place, set[str]] = field(default_factory=dict)
    new: dict[str, list[Place]] = field(default_factory=dict)
    lacking: dict[Place, int] = field(default_factory=dict)

    def may(self, assessor: str, place: Place) -> bool:
        """Whether an assessor could have a part that they do not have."""
        return (assessor, place.unit) not in self.barred and assessor not in self.has[place]

    def give(self) -> None:
        """Meet the wants one by one, those with the fewest candidates first."""
        self.has = {want.place: set(want.held) for want in self.wanted}
        self.new = {assessor: [] for assessor in self.loads}
        candidates = {
            want.place: [assessor for assessor in self.loads if self.may(assessor, want.place)]
            for want in self.wanted
        }
        chances = {want.place: len(candidates[want.place]) - want.more for want in self.wanted}
        for want in sorted(
            self.wanted, key=lambda w: (chances[w.place], lot(self.seed, *w.place), w.place)
        ):
            able = sorted(
                candidates[want.place],
                key=lambda a: (self.loads[a], lot(self.seed, *want.place, a)),
            )
            for assessor in able[: want.more]:
                self.take(assessor, want.place)
            if len(able) < want.more:
                self.lacking[want.place] = want.more - len(able)

    def take(self, assessor: str, place: Place) -> None:
        """Give a part to an assessor."""
        self.has[place].add(assessor)
        self.new[assessor].append(place)
        self.loads[assessor] += 1

    def drop(self, assessor: str, place: Place) -> None:
        """Take it from them again."""
        self.has[place].remove(assessor)
        self.new[assessor].remove(place)
        self.loads[assessor] -= 1

    def even_out(self) -> None:
        """Pass parts on along chains of assessors for as long as that makes the loads more even."""
        while chain := self.chain():
            for giver, place, taker in reversed(chain):
                self.drop(giver, place)
                self.take(taker, place)

    def chain(self) -> list[tuple[str, Place, str]]:
        """Steps by which a loaded assessor relieves themselves onto one with at least two less."""
        for start in sorted(self.loads, key=lambda a: (-self.loads[a], a)):
            came: dict[str, tuple[str, Place]] = {}
            reached = [start]
            for giver in reached:
                for taker in sorted(self.loads, key=lambda a: (self.loads[a], a)):
                    if taker == start or taker in came:
                        continue
                    place = next((p for p in self.new[giver] if self.may(taker, p)), None)
                    if place is None:
                        continue
                    came[taker] = (giver, place)
                    if self.loads[taker] <= self.loads[start] - 2:
                        return path(start, taker, came)
                    reached.append(taker)
        return []

    def result(self) -> Spread:
        """Who got what, in the order of the wants."""
        given = [
            (want.place, assessor)
            for want in self.wanted
            for assessor in sorted(self.has[want.place] - want.held)
        ]
        lacking = [
            (want.place, self.lacking[want.place])
            for want in self.wanted
            if want.place in self.lacking
        ]
        return Spread(tuple(given), tuple(lacking))


def path(
    start: str, end: str, came: Mapping[str, tuple[str, Place]]
) -> list[tuple[str, Place, str]]:
    """The steps from the start to the end of a chain."""
    steps, taker = [], end
    while taker != start:
        giver, place = came[taker]
        steps.append((giver, place, taker))
        taker = giver
    return steps[::-1]
