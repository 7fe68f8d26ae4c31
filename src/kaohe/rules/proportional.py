"""Proportional (按比例): the points times a ratio, with a cut-off below and a cap above."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from kaohe.quantity import ONE, ZERO, to_score
from kaohe.rules.base import (
    UNDECIDED,
    Facts,
    IndicatorId,
    Need,
    Outcome,
    Reason,
    Rule,
    Silent,
    Undecided,
    missing,
    settled,
)


@dataclass(frozen=True, slots=True)
class InProportion(Reason):
    """The ratio, and what the cut-off and the cap made of it."""

    indicator: IndicatorId
    value: Decimal
    of: Decimal
    ratio: Fraction
    rule: "Proportional"


@dataclass(frozen=True, slots=True)
class ZeroBase(Reason):
    """The number to divide by is zero, and the rubric says what then."""

    indicator: IndicatorId
    value: Decimal


@dataclass(frozen=True, slots=True)
class Proportional(Rule):
    """Points × value ÷ ``of``, with a cut-off below and a cap above.

    ``of`` is a number, the unit's ``target``, the cohort's ``best`` value, or another indicator.
    Below ``cut_off`` (a ratio) nothing; above ``cap`` no more.
    ``zero`` says what a divisor of zero gives (0/0); ``undecided`` leaves it open. Forms R7, R9.
    """

    type: ClassVar[str] = "proportional"

    indicator: IndicatorId
    of: Decimal | Literal["target", "best"] | IndicatorId
    cap: Decimal = ONE
    cut_off: Decimal = ZERO
    zero: Decimal | Undecided = UNDECIDED
    round: int | None = None

    def needs(self) -> tuple[Need, ...]:
        value = Need("value", self.indicator)
        match self.of:
            case Decimal():
                return (value,)
            case "target" | "best":
                return (value, Need(self.of, self.indicator))
            case _:
                return (value, Need("value", IndicatorId(self.of)))

    def base(self, facts: Facts) -> Decimal | None:
        """The number to divide by."""
        match self.of:
            case Decimal():
                return self.of
            case "target":
                return facts.target(self.indicator)
            case "best":
                return facts.best(self.indicator)
            case _:
                return facts.value(IndicatorId(self.of))

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value, base = facts.value(self.indicator), self.base(facts)
        if value is None or base is None:
            found = (value, base)
            lacking = (n for n, have in zip(self.needs(), found, strict=False) if have is None)
            return missing(tuple(lacking), points)
        if base <= ZERO:
            if isinstance(self.zero, Undecided):
                return Outcome(ZERO, points, Silent(value, self.indicator, "divisor is zero"))
            return settled(self.zero, ZeroBase(self.indicator, value))
        ratio = Fraction(value) / Fraction(base)
        counted = self.counted(ratio)
        score = min(to_score(Fraction(points) * counted, self.round), points)
        return settled(score, InProportion(self.indicator, value, base, ratio, self))

    def counted(self, ratio: Fraction) -> Fraction:
        """The ratio that counts: nothing below the cut-off, no more than the cap."""
        if ratio < Fraction(self.cut_off) or ratio < 0:
            return Fraction(0)
        return min(ratio, Fraction(self.cap))
