"""Counted (每项加分、每起扣分): so much for each registered thing, by its level."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kaohe.quantity import ZERO
from kaohe.rules.base import (
    Facts,
    IndicatorId,
    Need,
    Outcome,
    Reason,
    Rule,
    RuleFault,
    missing,
    settled,
)


@dataclass(frozen=True, slots=True)
class LevelAward:
    """What one thing of a level is worth, or costs."""

    level: str
    award: Decimal


@dataclass(frozen=True, slots=True)
class CameTo(Reason):
    """How many things counted, at which levels, and what they came to within the cap."""

    indicator: IndicatorId
    tally: tuple[tuple[str, Decimal, Decimal], ...]
    came_to: Decimal
    deducts: bool


@dataclass(frozen=True, slots=True)
class Counted(Rule):
    """``award`` or ``deduct`` for each thing, or by ``levels``; never beyond the points or ``cap``.

    Awards start at zero, deductions at the part's points and stop at ``floor`` (negative where the
    document lets a score fall below zero). With levels the things come from the indicator's
    register, each counted once at its highest level. Forms R12, R13, R17, R23.
    """

    type: ClassVar[str] = "counted"

    indicator: IndicatorId
    award: Decimal | None = None
    deduct: Decimal | None = None
    levels: tuple[LevelAward, ...] = ()
    deducts: bool = False
    cap: Decimal | None = None
    floor: Decimal = ZERO

    def __post_init__(self) -> None:
        if sum((self.award is not None, self.deduct is not None, bool(self.levels))) != 1:
            raise RuleFault("award", "计数规则要写 award、deduct、levels 其中一种")
        if self.deducts and not self.levels:
            raise RuleFault("deducts", "deducts 只与 levels 同用；每起扣分请写 deduct")

    @property
    def takes(self) -> bool:
        """Whether the things cost points."""
        return self.deduct is not None or self.deducts

    def needs(self) -> tuple[Need, ...]:
        return (Need("tally" if self.levels else "value", self.indicator),)

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        counts = self.counts(facts)
        if counts is None:
            return missing(self.needs(), self.most(points), self.least(points))
        came_to = sum((count * each for _, count, each in counts), ZERO)
        if self.cap is not None:
            came_to = min(came_to, self.cap)
        score = max(points - came_to, self.floor) if self.takes else min(came_to, points)
        return settled(score, CameTo(self.indicator, counts, came_to, self.takes))

    def counts(self, facts: Facts) -> tuple[tuple[str, Decimal, Decimal], ...] | None:
        """Level, number and worth of each kind of thing counted."""
        if self.levels:
            tally = facts.tally(self.indicator)
            if tally is None:
                return None
            return tuple(
                (lv.level, Decimal(tally.get(lv.level, 0)), lv.award) for lv in self.levels
            )
        value = facts.value(self.indicator)
        each = self.award if self.award is not None else self.deduct
        if value is None or each is None:
            return None
        return (("", value, each),)

    def least(self, points: Decimal) -> Decimal:
        if not self.takes:
            return min(ZERO, points)
        lowest = self.floor if self.cap is None else max(points - self.cap, self.floor)
        return min(lowest, points)

    def most(self, points: Decimal) -> Decimal:
        return points if self.takes or self.cap is None else min(self.cap, points)
