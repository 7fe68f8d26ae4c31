"""Attained (达到…得): reaching a mark gives the points; below it the document may be silent."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from kaohe.rules.base import (
    UNDECIDED,
    Facts,
    IndicatorId,
    Need,
    Outcome,
    Reason,
    Rule,
    RuleFault,
    Silent,
    Undecided,
    missing,
    settled,
)


@dataclass(frozen=True, slots=True)
class Reached(Reason):
    """The mark was reached, or not and the document says what then."""

    indicator: IndicatorId
    value: Decimal
    mark: Decimal
    reached: bool
    at_least: bool


@dataclass(frozen=True, slots=True)
class Attained(Rule):
    """``award`` (default: all points) at or beyond a mark, ``below`` it so many or undecided.

    The mark is ``at_least`` or ``at_most``, a number or ``target``. Forms R1, R4.
    """

    type: ClassVar[str] = "attained"

    indicator: IndicatorId
    at_least: Decimal | Literal["target"] | None = None
    at_most: Decimal | Literal["target"] | None = None
    award: Decimal | None = None
    below: Decimal | Undecided = UNDECIDED

    def __post_init__(self) -> None:
        if (self.at_least is None) == (self.at_most is None):
            raise RuleFault(
                "at_least", "达标规则要写 at_least（不低于）或 at_most（不高于）其中一种"
            )

    @property
    def mark(self) -> Decimal | Literal["target"]:
        """The number to reach, or ``target`` for the unit's own."""
        mark = self.at_least if self.at_least is not None else self.at_most
        assert mark is not None, "one of the two is given"  # noqa: S101 -- __post_init__ saw to it
        return mark

    def needs(self) -> tuple[Need, ...]:
        value = Need("value", self.indicator)
        return (value, Need("target", self.indicator)) if self.mark == "target" else (value,)

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value = facts.value(self.indicator)
        mark = facts.target(self.indicator) if self.mark == "target" else self.mark
        if value is None or mark is None:
            found = (value, mark)
            lacking = (n for n, have in zip(self.needs(), found, strict=False) if have is None)
            return missing(tuple(lacking), points)
        upward = self.at_least is not None
        reached = value >= mark if upward else value <= mark
        if not reached and isinstance(self.below, Undecided):
            return Outcome(self.least(points), points, Silent(value, self.indicator, "not reached"))
        score = self.award if reached else self.below
        because = Reached(self.indicator, value, mark, reached, upward)
        return settled(points if score is None or isinstance(score, Undecided) else score, because)
