"""Composite (综合测算): several indicators combined by a stated formula, then scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from kaohe.quantity import HUNDRED, ONE, ZERO, to_score
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
class Term:
    """One indicator of the formula: its weight, and the full mark it is measured against."""

    of: IndicatorId
    weight: Decimal = ONE
    scale: Decimal = HUNDRED

    def __post_init__(self) -> None:
        if self.scale <= ZERO or self.weight <= ZERO:
            raise RuleFault("terms", "权重 weight 和满分 scale 应大于 0")


@dataclass(frozen=True, slots=True)
class Step:
    """The award from a combined ratio on."""

    at_least: Decimal
    award: Decimal


@dataclass(frozen=True, slots=True)
class Combined(Reason):
    """The ratios of the terms, what the formula made of them, and the step reached if any."""

    terms: tuple[tuple[Term, Decimal, Fraction], ...]
    ratio: Fraction
    formula: str
    step: Step | None


@dataclass(frozen=True, slots=True)
class Composite(Rule):
    """A formula over the ratios of several indicators.

    ``weighted_sum`` and ``min`` are of value ÷ scale, ``mean_of_ratios`` of value ÷ cohort mean.
    The combined ratio (1 is everything) gives its share of the points, or the award of the first
    of ``steps`` it reaches. ``formula: undecided`` where the document gives none. Form R20.
    """

    type: ClassVar[str] = "composite"

    terms: tuple[Term, ...]
    formula: Literal["weighted_sum", "min", "mean_of_ratios", "undecided"] = "undecided"
    steps: tuple[Step, ...] = ()
    round: int | None = None

    def needs(self) -> tuple[Need, ...]:
        values = tuple(Need("value", term.of) for term in self.terms)
        if self.formula != "mean_of_ratios":
            return values
        return values + tuple(Need("mean", term.of) for term in self.terms)

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        values = [facts.value(term.of) for term in self.terms]
        lacking = [
            Need("value", t.of) for t, v in zip(self.terms, values, strict=True) if v is None
        ]
        bases = list(self.bases(facts))
        lacking += [Need("mean", t.of) for t, b in zip(self.terms, bases, strict=True) if b is None]
        if lacking:
            return missing(tuple(lacking), points)
        known = [value for value in values if value is not None]
        over = [base for base in bases if base is not None]
        if self.formula == "undecided" or not all(over):
            about = "no formula" if self.formula == "undecided" else "mean is zero"
            return Outcome(ZERO, points, Silent(known[0], self.terms[0].of, about))
        ratios = [Fraction(value) / base for value, base in zip(known, over, strict=True)]
        return self.decide(known, ratios, points)

    def bases(self, facts: Facts) -> Iterable[Fraction | None]:
        """What each value is divided by."""
        for term in self.terms:
            if self.formula != "mean_of_ratios":
                yield Fraction(term.scale)
                continue
            mean = facts.mean(term.of, "", others=False)
            yield None if mean is None else Fraction(mean.total) / mean.size

    def combine(self, ratios: list[Fraction]) -> Fraction:
        """The formula itself."""
        if self.formula == "min":
            return min(ratios)
        weights = [Fraction(term.weight) for term in self.terms]
        total = sum((w * r for w, r in zip(weights, ratios, strict=True)), Fraction(0))
        return total / sum(weights)

    def decide(self, values: list[Decimal], ratios: list[Fraction], points: Decimal) -> Outcome:
        """The score of the combined ratio."""
        ratio = self.combine(ratios)
        terms = tuple(zip(self.terms, values, ratios, strict=True))
        if not self.steps:
            share = min(max(ratio, Fraction(0)), Fraction(1))
            score = to_score(Fraction(points) * share, self.round)
            return settled(min(score, points), Combined(terms, ratio, self.formula, None))
        for step in self.steps:
            if ratio >= Fraction(step.at_least):
                return settled(step.award, Combined(terms, ratio, self.formula, step))
        silent = Silent(values[0], self.terms[0].of, "below the steps")
        return Outcome(ZERO, points, silent)
