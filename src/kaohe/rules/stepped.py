"""Stepped (每少…扣…): so many points off for each unit away from where nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import ClassVar, Literal, TypeVar

from kaohe.quantity import ONE, ZERO, Exact, divide, to_score
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

N = TypeVar("N", Decimal, Fraction)


@dataclass(frozen=True, slots=True)
class NothingLost(Reason):
    """The value is where nothing is deducted, or better."""

    indicator: IndicatorId
    value: Decimal
    from_: Decimal


@dataclass(frozen=True, slots=True)
class SteppedDown(Reason):
    """So many steps were charged."""

    indicator: IndicatorId
    value: Decimal
    away: Decimal
    steps: Exact
    lost: Decimal
    rule: "Stepped"


@dataclass(frozen=True, slots=True)
class StepUndecided(Reason):
    """The document does not say what a part of a step costs."""

    indicator: IndicatorId
    value: Decimal
    away: Decimal
    rule: "Stepped"

    settled: ClassVar[bool] = False
    awaits_award: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Stepped(Rule):
    """A deduction of ``deduct`` for each ``per`` by which the value is worse than ``from``.

    ``worse: below`` (每少、每差) or ``above`` (每发生、每迟). ``counting`` says what a part of a
    step costs: its share (``pro_rata``), nothing until it is full (``full``), a whole step as soon
    as it is begun (``started``), or ``undecided``. ``repeat_after`` and ``repeat_times`` make each
    step after the first so many cost a multiple (加倍扣分). ``cap`` bounds the deduction (最高扣),
    ``floor`` the score (扣完为止 is 0). Forms R3, R13, R21, R22, R23.
    """

    type: ClassVar[str] = "stepped"

    indicator: IndicatorId
    from_: Decimal
    per: Decimal
    deduct: Decimal
    unit: Literal["", "count", "percentage_point", "day"] = ""
    worse: Literal["below", "above"] = "below"
    counting: Literal["pro_rata", "full", "started", "undecided"] = "undecided"
    repeat_after: int | None = None
    repeat_times: Decimal = ONE
    cap: Decimal | None = None
    floor: Decimal = ZERO
    round: int | None = None

    def __post_init__(self) -> None:
        if self.per <= ZERO:
            raise RuleFault("per", "每一步的大小 per 应大于 0")
        if self.deduct <= ZERO:
            raise RuleFault("deduct", "每一步的扣分 deduct 应大于 0（写正数）")

    def needs(self) -> tuple[Need, ...]:
        return (Need("value", self.indicator),)

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value = facts.value(self.indicator)
        if value is None:
            return missing(self.needs(), points, self.least(points))
        away = self.from_ - value if self.worse == "below" else value - self.from_
        if away <= ZERO:
            return settled(points, NothingLost(self.indicator, value, self.from_))
        full, pro_rata, started = self.steps(away)
        match self.counting:
            case "full":
                steps = full
            case "pro_rata":
                steps = pro_rata
            case "started":
                steps = started
            case "undecided":
                return self.between(value, away, (full, pro_rata, started), points)
        score = self.after(steps, points)
        because = SteppedDown(self.indicator, value, away, steps, points - score, self)
        return settled(score, because)

    def between(
        self, value: Decimal, away: Decimal, steps: tuple[Exact, ...], points: Decimal
    ) -> Outcome:
        """The range left open by counting that nobody has decided; settled where all agree."""
        scores = [self.after(count, points) for count in steps]
        low, high = min(scores), max(scores)
        if low == high:
            return settled(
                low, SteppedDown(self.indicator, value, away, steps[0], points - low, self)
            )
        return Outcome(low, high, StepUndecided(self.indicator, value, away, self))

    def steps(self, away: Decimal) -> tuple[Exact, Exact, Exact]:
        """The steps to be charged: full ones, pro rata, and every started one."""
        steps = divide(away, self.per)
        full = floor(steps)
        return Decimal(full), steps, Decimal(full if steps == full else full + 1)

    def after(self, steps: Exact, points: Decimal) -> Decimal:
        """The score after so many steps; rounding does not take more than the cap and floor do."""
        if isinstance(steps, Fraction):
            left = to_score(Fraction(points) - self.charge(steps, Fraction), self.round)
        else:
            left = to_score(points - self.charge(steps, Decimal), self.round)
        return min(max(left, self.least(points)), points)

    def charge(self, steps: N, number: Callable[[Decimal], N]) -> N:
        """What so many steps cost, held by the cap."""
        charge = steps * number(self.deduct)
        if self.repeat_after is not None and steps > self.repeat_after:
            again = (steps - self.repeat_after) * number(self.deduct)
            charge += again * (number(self.repeat_times) - 1)
        return charge if self.cap is None else min(charge, number(self.cap))

    def least(self, points: Decimal) -> Decimal:
        lowest = self.floor if self.cap is None else max(points - self.cap, self.floor)
        return min(lowest, points)
