"""Judged (评审给分): an assessor gives points, with a reason, within what the rubric allows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kaohe.intervals import Interval
from kaohe.quantity import ZERO, write_number
from kaohe.rules.base import Facts, Need, NotJudged, Outcome, Rule, RuleFault


@dataclass(frozen=True, slots=True)
class Judged(Rule):
    """Any points from 0 to the part's, in multiples of ``step`` if one is set.

    ``discretion`` is a stretch of deductions (酌情扣 5–15 分): then either nothing or something
    within it is taken off. Forms R6, R19.
    """

    type: ClassVar[str] = "judged"

    step: Decimal | None = None
    discretion: Interval | None = None

    def __post_init__(self) -> None:
        if self.step is not None and self.step <= ZERO:
            raise RuleFault("step", "给分的最小单位 step 应大于 0")

    def needs(self) -> tuple[Need, ...]:
        return ()

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        del facts
        return Outcome(ZERO, points, NotJudged())

    def award_fault(self, score: Decimal, points: Decimal) -> str | None:
        if not ZERO <= score <= points:
            return f"得分应在 0–{write_number(points)} 之间"
        if self.step is not None and score % self.step and score != points:
            return f"得分应是 {write_number(self.step)} 的倍数"
        taken = points - score
        if self.discretion is not None and taken and not self.discretion.holds(taken):
            return f"扣分应为 0，或在 {self.discretion} 之内"
        return None
