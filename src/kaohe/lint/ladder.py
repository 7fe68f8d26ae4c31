"""A rule as a ladder: stretches of one line, each with its score; where it has holes or clashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from kaohe.intervals import Interval
from kaohe.lint.stretch import Stretch, cut, left_of, sample, shared


@dataclass(frozen=True, slots=True)
class Rung:
    """A stretch and its score; ``label`` and ``says`` are how the document puts the two.

    ``implied`` marks what the rule adds by itself (full points at the target), not a printed band.
    """

    within: Interval
    score: Decimal
    says: str
    label: str = ""
    implied: bool = False

    @property
    def name(self) -> str:
        """The stretch in the words of the document, or as an interval."""
        return f"“{self.label}”" if self.label else str(self.within)


def tight(sentence: str) -> str:
    """The sentence without blanks beside Chinese quotation marks."""
    return sentence.replace(" “", "“").replace("” ", "”")


class Hole(NamedTuple):
    """A stretch of which nothing is said, its neighbours, and a number inside."""

    within: Interval
    below: Rung | None
    above: Rung | None
    sample: Decimal


class Clash(NamedTuple):
    """A stretch of which two different things are said, and a number inside."""

    within: Interval
    one: Rung
    other: Rung
    sample: Decimal


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a rule along one line (``axis``, in words).

    ``domain`` are the values that can be; only those of ``grid`` decimals if that is given.
    ``rising`` says that a better value lies higher. With ``first_wins`` the first rung that holds
    decides, so that 90 以上 and 80 以上 do not clash. ``known_silent`` is set where the rubric
    itself says that nothing is said elsewhere.
    """

    axis: str
    domain: Interval
    rungs: tuple[Rung, ...]
    rising: bool = True
    grid: int | None = None
    first_wins: bool = False
    known_silent: bool = False

    def stretch(self, rung: Rung, *, unsaid: bool = True) -> Stretch | None:
        """The rung's stretch inside the domain, if any number lies there."""
        inside = shared(cut(rung.within, unsaid=unsaid), cut(self.domain, unsaid=True))
        if inside is None or sample(inside, self.grid) is None:
            return None
        return inside

    def pieces(self) -> list[tuple[Stretch, Rung]]:
        """What each rung decides, from low to high."""
        found: list[tuple[Stretch, Rung]] = []
        taken: list[Stretch] = []
        for rung in self.rungs:
            own = self.stretch(rung)
            if own is None:
                continue
            left = left_of(own, taken) if self.first_wins else [own]
            found += [(piece, rung) for piece in left if sample(piece, self.grid) is not None]
            taken.append(own)
        return sorted(found, key=lambda pair: pair[0])

    def holes(self) -> Iterator[Hole]:
        """The stretches of the domain that no rung holds, from low to high."""
        domain = cut(self.domain, unsaid=True)
        if domain is None:
            return
        held = [(own, rung) for rung in self.rungs if (own := self.stretch(rung)) is not None]
        for hole in left_of(domain, (own for own, _ in held)):
            inside = sample(hole, self.grid)
            if inside is None:
                continue
            below = [(own.end, rung) for own, rung in held if own.end <= hole.start]
            above = [(own.start, rung) for own, rung in held if own.start >= hole.end]
            yield Hole(
                hole.interval,
                max(below, key=lambda pair: pair[0])[1] if below else None,
                min(above, key=lambda pair: pair[0])[1] if above else None,
                inside,
            )

    def clashes(self) -> Iterator[Clash]:
        """The stretches where two rungs say different things, in the order of the document."""
        for one, other in combinations(self.rungs, 2):
            both = shared(self.stretch(one, unsaid=False), self.stretch(other, unsaid=False))
            inside = None if both is None else sample(both, self.grid)
            if both is None or inside is None or one.score == other.score:
                continue
            if self.first_wins and alike(one, other) and both != self.stretch(other, unsaid=False):
                continue
            yield Clash(both.interval, one, other, inside)

    def least(self) -> Decimal | None:
        """The lowest score that is said; ``None`` if nothing is said of the worst values."""
        scores = [rung.score for _, rung in self.pieces()]
        return None if self.open_at(start=self.rising) else min(scores)

    def most(self) -> Decimal | None:
        """The highest score that is said; ``None`` if nothing is said of the best values."""
        scores = [rung.score for _, rung in self.pieces()]
        return None if self.open_at(start=not self.rising) else max(scores)

    def open_at(self, *, start: bool) -> bool:
        """Whether nothing is said at the low or the high end of the domain."""
        holes = list(self.holes())
        if not self.pieces():
            return True
        if start:
            return any(hole.below is None for hole in holes)
        return any(hole.above is None for hole in holes)


def alike(one: Rung, other: Rung) -> bool:
    """Whether both are open towards the same side: 90 以上 and 80 以上."""
    above = one.within.high.is_infinite() and other.within.high.is_infinite()
    return above or (one.within.low.is_infinite() and other.within.low.is_infinite())
