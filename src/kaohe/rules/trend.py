"""Trend (逐年上升、同比): this year against last year, with the case that cannot rise further."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from kaohe.quantity import HUNDRED, ZERO
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
class Moved(Reason):
    """How the value moved against last year, or that it stays at its limit."""

    indicator: IndicatorId
    value: Decimal
    previous: Decimal
    verdict: Literal["better", "steady", "worse", "at_limit"]


@dataclass(frozen=True, slots=True)
class Trend(Rule):
    """``award`` (default: all points) if the value moved in ``direction`` by at least ``by``.

    ``by`` 0 asks for any movement. ``in`` is the unit of ``by``: points of the indicator, or per
    cent of last year's value. ``at_limit`` is a value that cannot be bettered and counts as moved;
    ``steady`` says what no movement gives, or too little of the right one; ``otherwise`` what the
    wrong movement gives. Form R10.
    """

    type: ClassVar[str] = "trend"

    indicator: IndicatorId
    direction: Literal["up", "down"] = "up"
    by: Decimal = ZERO
    in_: Literal["points", "per_cent"] = "points"
    at_limit: Decimal | None = None
    award: Decimal | None = None
    steady: Decimal | Undecided = UNDECIDED
    otherwise: Decimal | Undecided = UNDECIDED
    against: Literal["previous"] = "previous"

    def needs(self) -> tuple[Need, ...]:
        return (Need("value", self.indicator), Need("previous", self.indicator))

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value, previous = facts.value(self.indicator), facts.previous(self.indicator)
        if value is None or previous is None:
            found = (value, previous)
            lacking = (n for n, have in zip(self.needs(), found, strict=True) if have is None)
            return missing(tuple(lacking), points)
        verdict = self.verdict(value, previous)
        given: Decimal | Undecided | None
        match verdict:
            case "better" | "at_limit":
                given = points if self.award is None else self.award
            case "steady":
                given = self.steady
            case "worse":
                given = self.otherwise
        if isinstance(given, Undecided):
            return Outcome(ZERO, points, Silent(value, self.indicator, verdict))
        return settled(given, Moved(self.indicator, value, previous, verdict))

    def verdict(
        self, value: Decimal, previous: Decimal
    ) -> Literal["better", "steady", "worse", "at_limit"]:
        """How this year stands against last year."""
        change = value - previous if self.direction == "up" else previous - value
        asked = self.by if self.in_ == "points" else self.by * abs(previous) / HUNDRED
        if change > ZERO and change >= asked:
            return "better"
        if value == self.at_limit:
            return "at_limit"
        return "steady" if change >= ZERO else "worse"
