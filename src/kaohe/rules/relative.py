"""Relative (与平均值比较): tiers of multiples of a mean, the first that holds deciding."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from kaohe.quantity import ZERO, Mean
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
class Tier:
    """One tier: a multiple of a mean to be reached, exceeded or fallen short of, and its award.

    ``over`` is for 高于 where the document does not say whether the edge itself is held. ``of``
    names another mean than the rule's (全省 in a rule of 全市).
    """

    award: Decimal
    at_least: Decimal | None = None
    more_than: Decimal | None = None
    over: Decimal | None = None
    below: Decimal | None = None
    of: str = ""

    def __post_init__(self) -> None:
        given = [self.at_least, self.more_than, self.over, self.below]
        if sum(multiple is not None for multiple in given) != 1:
            raise RuleFault("tiers", "每一档要写 at_least、more_than、over、below 其中一个倍数")

    @property
    def multiple(self) -> Decimal:
        """The multiple of the mean at this tier's edge."""
        for multiple in (self.at_least, self.more_than, self.over, self.below):
            if multiple is not None:
                return multiple
        raise AssertionError("one of the four is given")

    def holds(self, value: Decimal, mean: Mean) -> bool | None:
        """Whether the value is in this tier; ``None`` on an edge that the document leaves open."""
        if self.at_least is not None:
            return mean.compare(value, self.at_least) >= 0
        if self.below is not None:
            return mean.compare(value, self.below) < 0
        side = mean.compare(value, self.multiple)
        if self.over is not None and side == 0:
            return None
        return side > 0


@dataclass(frozen=True, slots=True)
class InTier(Reason):
    """The tier that the value reached against the mean."""

    indicator: IndicatorId
    value: Decimal
    mean: Mean
    tier: Tier


@dataclass(frozen=True, slots=True)
class ZeroCase(Reason):
    """The value is zero, which is decided before any mean is looked at."""

    indicator: IndicatorId
    award: Decimal


@dataclass(frozen=True, slots=True)
class BetweenTiers(Reason):
    """The document leaves an edge open, so that two tiers are possible."""

    indicator: IndicatorId
    value: Decimal
    mean: Mean
    tiers: tuple[Tier, ...]

    settled: ClassVar[bool] = False
    awaits_award: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Relative(Rule):
    """The award of the first tier that holds; a value of zero is decided first by ``zero``.

    ``to: mean`` compares with the mean over the cohort, the unit itself included unless ``others``;
    ``of`` names whose mean it is, for people. Exact: nothing is divided. Form R8.
    """

    type: ClassVar[str] = "relative"

    indicator: IndicatorId
    tiers: tuple[Tier, ...]
    of: str = ""
    to: Literal["mean"] = "mean"
    zero: Decimal | None = None
    others: bool = False

    def needs(self) -> tuple[Need, ...]:
        means = dict.fromkeys(tier.of for tier in self.tiers)
        value = Need("value", self.indicator)
        return (value, *(Need("mean", self.indicator, of) for of in means))

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value = facts.value(self.indicator)
        if value is None:
            return missing((Need("value", self.indicator),), points)
        if value == ZERO and self.zero is not None:
            return settled(self.zero, ZeroCase(self.indicator, self.zero))
        possible: list[tuple[Tier, Mean]] = []
        for tier in self.tiers:
            mean = facts.mean(self.indicator, tier.of, others=self.others)
            if mean is None:
                return missing((Need("mean", self.indicator, tier.of),), points)
            held = tier.holds(value, mean)
            if held and not possible:
                return settled(tier.award, InTier(self.indicator, value, mean, tier))
            if held is not False:
                possible.append((tier, mean))
            if held:
                break
        return self.decide(value, possible, points)

    def decide(self, value: Decimal, possible: list[tuple[Tier, Mean]], points: Decimal) -> Outcome:
        """The outcome once the tiers that may hold are known."""
        if not possible:
            return Outcome(ZERO, points, Silent(value, self.indicator, "outside the tiers"))
        awards = {tier.award for tier, _ in possible}
        tier, mean = possible[0]
        last, last_mean = possible[-1]
        sure = last.holds(value, last_mean) is True
        if len(awards) == 1 and sure:
            return settled(tier.award, InTier(self.indicator, value, mean, tier))
        between = BetweenTiers(self.indicator, value, mean, tuple(tier for tier, _ in possible))
        if not sure:  # on an edge that may be held, with no tier below it
            return Outcome(ZERO, points, between)
        return Outcome(min(awards), max(awards), between)
