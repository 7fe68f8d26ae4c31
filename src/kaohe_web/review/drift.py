"""Whether an assessor gives more or less than the others: exact, and shown to one decimal.

Compared are the shares of the points (得分占分值) that were given for the same parts, whichever the
unit: for each mark of the assessor the mean share that all others gave for that part. Parts that
nobody else marked do not count.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kaohe.quantity import HUNDRED, rounded


class Given(NamedTuple):
    """A mark: who gave it, for which part, and what share of its points it is."""

    assessor: int
    part: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Drift:
    """The mean share of an assessor's marks, and of the others' on the same parts."""

    marks: int
    own: Fraction
    others: Fraction

    @property
    def own_percent(self) -> Decimal:
        """The assessor's mean share in per cent, to one decimal."""
        return rounded(self.own * int(HUNDRED), 1)

    @property
    def others_percent(self) -> Decimal:
        """The others' in per cent, to one decimal."""
        return rounded(self.others * int(HUNDRED), 1)

    @property
    def difference(self) -> Decimal:
        """How many percentage points the assessor gives more, to one decimal."""
        return rounded((self.own - self.others) * int(HUNDRED), 1)


def share_of(score: Decimal, points: Decimal) -> Fraction:
    """The share of the points that a score is; ``points`` is not zero."""
    return Fraction(score) / Fraction(points)


def drifts(given: Iterable[Given]) -> dict[int, Drift]:
    """The drift of every assessor who marked a part that somebody else marked too."""
    by_part: dict[str, dict[int, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for mark in given:
        by_part[mark.part][mark.assessor].append(mark.share)
    pairs: dict[int, list[tuple[Fraction, Fraction]]] = defaultdict(list)
    for shares in by_part.values():
        total = sum((sum(each, Fraction(0)) for each in shares.values()), Fraction(0))
        number = sum(len(each) for each in shares.values())
        for assessor, own in shares.items():
            if number == len(own):
                continue
            others = (total - sum(own, Fraction(0))) / (number - len(own))
            pairs[assessor] += [(share, others) for share in own]
    return {
        assessor: Drift(len(found), mean(own for own, _ in found), mean(o for _, o in found))
        for assessor, found in pairs.items()
    }


def mean(shares: Iterable[Fraction]) -> Fraction:
    """The arithmetic mean of at least one share."""
    found = list(shares)
    return sum(found, Fraction(0)) / len(found)
