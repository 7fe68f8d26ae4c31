"""Banded (分档): the stretch that holds the value or the shortfall names the award or deduction."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from kaohe.intervals import Interval
from kaohe.quantity import ZERO, rounded
from kaohe.rules.base import (
    Facts,
    IndicatorId,
    Need,
    Outcome,
    Reason,
    Rule,
    RuleFault,
    Silent,
    missing,
    settled,
)


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch, and the points awarded or deducted in it (positive)."""

    within: Interval
    points: Decimal


@dataclass(frozen=True, slots=True)
class MetTarget(Reason):
    """The value reached its target: full points."""

    indicator: IndicatorId
    value: Decimal
    target: Decimal


@dataclass(frozen=True, slots=True)
class InBand(Reason):
    """The value, or its shortfall against the target, lies in a band."""

    indicator: IndicatorId
    value: Decimal
    target: Decimal | None
    measured: Decimal
    band: Band
    deducts: bool


@dataclass(frozen=True, slots=True)
class BetweenBands(Reason):
    """The value may lie in several bands, or on an end of which the document says nothing."""

    indicator: IndicatorId
    value: Decimal
    measured: Decimal
    bands: tuple[Band, ...]
    deducts: bool

    settled: ClassVar[bool] = False
    awaits_award: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Banded(Rule):
    """Points by band of the value, or of the shortfall against the unit's target.

    ``on: shortfall`` measures target − value, in percentage points for a rate; at or above the
    target it gives full points. One of ``award`` and ``deduct`` holds the bands. ``round`` rounds
    the value half up to so many decimals before it is looked up. ``elsewhere: undecided`` says
    that the document is known to be silent outside the bands (forms R2, R1).
    """

    type: ClassVar[str] = "banded"

    indicator: IndicatorId
    on: Literal["value", "shortfall"] = "value"
    award: tuple[Band, ...] = ()
    deduct: tuple[Band, ...] = ()
    elsewhere: Literal["", "undecided"] = ""
    round: int | None = None
    floor: Decimal = ZERO

    def __post_init__(self) -> None:
        if bool(self.award) == bool(self.deduct):
            raise RuleFault("deduct", "分档规则要写 award（得分）或 deduct（扣分）其中一种")

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands as written."""
        return self.award or self.deduct

    def gives(self, band: Band, points: Decimal) -> Decimal:
        """The score that a band leads to."""
        return max(points - band.points, self.floor) if self.deduct else band.points

    def needs(self) -> tuple[Need, ...]:
        value = Need("value", self.indicator)
        if self.on == "value":
            return (value,)
        return (value, Need("target", self.indicator))

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value, target = facts.value(self.indicator), None
        if self.on == "shortfall":
            target = facts.target(self.indicator)
        if value is None or (target is None and self.on == "shortfall"):
            return missing(self.missing_of(value, target), points, self.floor)
        measured = value if self.round is None else rounded(value, self.round)
        if target is not None:
            measured = target - measured
            if measured <= ZERO:
                return settled(points, MetTarget(self.indicator, value, target))
        return self.look_up(value, target, measured, points)

    def missing_of(self, value: Decimal | None, target: Decimal | None) -> tuple[Need, ...]:
        """Which of the needed values are not there."""
        found = (value, target)
        return tuple(n for n, have in zip(self.needs(), found, strict=False) if have is None)

    def look_up(
        self, value: Decimal, target: Decimal | None, measured: Decimal, points: Decimal
    ) -> Outcome:
        """The band that holds what was measured; a range where none or several do."""
        sure, unsure = [], []
        for band in self.award or self.deduct:
            within = band.within
            if within.low <= measured <= within.high:
                held = within.holds(measured)
                if held:
                    sure.append(band)
                elif held is None:
                    unsure.append(band)
        deducts = bool(self.deduct)
        if len(sure) == 1 and not unsure:
            because = InBand(self.indicator, value, target, measured, sure[0], deducts)
            return settled(self.gives(sure[0], points), because)
        found = (*sure, *unsure)
        if not found:
            silent = Silent(value, self.indicator, "outside the bands")
            return Outcome(min(self.floor, points), points, silent)
        scores = {self.gives(band, points) for band in found}
        if len(scores) == 1 and (sure or len(found) > 1):
            because = InBand(self.indicator, value, target, measured, found[0], deducts)
            return settled(scores.pop(), because)
        between = BetweenBands(self.indicator, value, measured, found, deducts)
        if len(found) == 1:  # in this band, or in none
            return Outcome(self.least(points), points, between)
        return Outcome(min(scores), max(scores), between)

    def least(self, points: Decimal) -> Decimal:
        return min(self.floor, points)
