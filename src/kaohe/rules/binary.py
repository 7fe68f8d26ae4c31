"""Binary (有得无不得): there or not there, all or nothing."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kaohe.quantity import ZERO, write_number
from kaohe.rules.base import Facts, Need, NotJudged, Outcome, Rule


@dataclass(frozen=True, slots=True)
class Binary(Rule):
    """``award`` (default: all points) if the assessor finds it there, else nothing (form R4)."""

    type: ClassVar[str] = "binary"

    award: Decimal | None = None

    def needs(self) -> tuple[Need, ...]:
        return ()

    def most(self, points: Decimal) -> Decimal:
        return points if self.award is None else min(self.award, points)

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        del facts
        return Outcome(ZERO, self.most(points), NotJudged())

    def award_fault(self, score: Decimal, points: Decimal) -> str | None:
        if score in (ZERO, self.most(points)):
            return None
        return f"得分只能是 0（没有）或 {write_number(self.most(points))}（有）"
