"""Ranked (按排名): the place in the cohort names the award."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from kaohe.quantity import ZERO, divide, to_score
from kaohe.rules.base import (
    UNDECIDED,
    Facts,
    IndicatorId,
    Need,
    Outcome,
    Place,
    Reason,
    Rule,
    Silent,
    Undecided,
    missing,
    settled,
)


@dataclass(frozen=True, slots=True)
class Places:
    """A run of places, both ends held, and the award of each of them."""

    from_: int
    to: int
    award: Decimal


@dataclass(frozen=True, slots=True)
class Stood(Reason):
    """The place in the cohort and how ties were read."""

    indicator: IndicatorId
    value: Decimal
    place: Place
    rank: int


@dataclass(frozen=True, slots=True)
class TieUndecided(Reason):
    """Units tie across an edge and the document does not say how ties are read."""

    indicator: IndicatorId
    value: Decimal
    place: Place

    settled: ClassVar[bool] = False
    awaits_award: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Ranked(Rule):
    """Awards by place; ``order`` says which end is first.

    ``ties: better`` gives all who tie the better place (1, 2, 2, 4), ``worse`` the worse one,
    ``mean`` the mean of the awards they stand on. Places not named give ``beyond``. Form R9.
    """

    type: ClassVar[str] = "ranked"

    indicator: IndicatorId
    places: tuple[Places, ...]
    order: Literal["highest_first", "lowest_first"] = "highest_first"
    ties: Literal["better", "worse", "mean", "undecided"] = "undecided"
    beyond: Decimal | Undecided = UNDECIDED
    round: int | None = None

    def needs(self) -> tuple[Need, ...]:
        return (Need("value", self.indicator), Need("place", self.indicator))

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value = facts.value(self.indicator)
        if value is None:
            return missing((Need("value", self.indicator),), points)
        place = facts.place(self.indicator, lowest_first=self.order == "lowest_first")
        if place is None:
            return missing((Need("place", self.indicator),), points)
        stood = range(place.rank, place.rank + place.shared)
        awards = [self.award_of(rank) for rank in stood]
        known = [award for award in awards if award is not None]
        if len(known) < len(awards):
            return Outcome(ZERO, points, Silent(value, self.indicator, "place not named"))
        return self.decide(value, place, known)

    def award_of(self, rank: int) -> Decimal | None:
        """What one place gives; ``None`` where the document does not say."""
        for run in self.places:
            if run.from_ <= rank <= run.to:
                return run.award
        return None if isinstance(self.beyond, Undecided) else self.beyond

    def decide(self, value: Decimal, place: Place, awards: list[Decimal]) -> Outcome:
        """One award out of those the tied units stand on."""
        last = place.rank + place.shared - 1
        match self.ties:
            case "better":
                return settled(awards[0], Stood(self.indicator, value, place, place.rank))
            case "worse":
                return settled(awards[-1], Stood(self.indicator, value, place, last))
            case "mean":
                mean = to_score(divide(sum(awards, ZERO), Decimal(place.shared)), self.round)
                return settled(
                    min(mean, max(awards)), Stood(self.indicator, value, place, place.rank)
                )
            case "undecided":
                low, high = min(awards), max(awards)
                if low == high:
                    return settled(low, Stood(self.indicator, value, place, place.rank))
                return Outcome(low, high, TieUndecided(self.indicator, value, place))
