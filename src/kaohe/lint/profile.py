"""What lint needs to know of a rule, whatever its type: one short function per type says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from typing import Literal, NamedTuple

from kaohe.intervals import INFINITY, Interval
from kaohe.lint.finding import Severity
from kaohe.lint.ladder import Ladder
from kaohe.lint.stretch import EVERYTHING
from kaohe.quantity import ZERO, write_number
from kaohe.rubric.model import Indicator
from kaohe.rules.base import IndicatorId, Rule


class Amount(NamedTuple):
    """A number of points that a rule names, and the most that makes sense for it."""

    words: str
    number: Decimal
    most: Decimal


class Silence(NamedTuple):
    """A case of which the rule says nothing, told apart by ``subject``."""

    subject: str
    message: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Profile:
    """A rule as lint sees it.

    ``least`` and ``most`` are the scores of the worst and the best value that can be, ``None``
    where the document leaves them open. ``unending`` says why a score may not end as a decimal
    though no rounding is named; ``against`` how a better value comes to score less.
    """

    least: Decimal | None
    most: Decimal | None
    ladder: Ladder | None = None
    amounts: tuple[Amount, ...] = ()
    silences: tuple[Silence, ...] = ()
    against: tuple[str, ...] = ()
    unending: str = ""


class Measure(NamedTuple):
    """An indicator as far as it is known: title, possible values, which way is better."""

    title: str
    domain: Interval
    whole: bool
    better: Literal["higher", "lower", ""]

    @property
    def grid(self) -> int | None:
        """The decimals of its values, where these are limited."""
        return 0 if self.whole else None

    def against(self, works: Literal["higher", "lower"], how: str) -> tuple[str, ...]:
        """The complaint, if the rule works towards the other side than the indicator."""
        if self.better in ("", works):
            return ()
        side = {"higher": "越高越好", "lower": "越低越好"}
        return (f"{how}，即{side[works]}，而指标“{self.title}”写明{side[self.better]}",)


class Setting(NamedTuple):
    """Where a rule stands: the points of its part, and the indicators of the rubric."""

    points: Decimal
    indicators: Mapping[IndicatorId, Indicator]

    def measure(self, indicator_id: IndicatorId) -> Measure:
        """What is known of an indicator; of one that is not defined (K302), nothing."""
        indicator = self.indicators.get(indicator_id)
        if indicator is None:
            return Measure(f"{indicator_id}", EVERYTHING, whole=False, better="")
        unit = indicator.unit
        low, high = unit.low, unit.high
        if unit.name == "grade" and indicator.values:
            high = Decimal(len(indicator.values))
        domain = Interval(
            -INFINITY if low is None else low,
            INFINITY if high is None else high,
            holds_low=low is not None,
            holds_high=high is not None,
        )
        better = "lower" if unit.name in ("rank", "grade") else indicator.better
        return Measure(indicator.title, domain, unit.whole, better)


def points_of(number: Decimal) -> str:
    """A number of points for a sentence."""
    return f"{write_number(number)} 分"


def roughly(number: Fraction) -> Decimal:
    """A number for a sentence and a comparison, to twelve decimals and never too high."""
    return Decimal(number.numerator * 10**12 // number.denominator).scaleb(-12)


def awards(words: str, number: Decimal | None, most: Decimal) -> tuple[Amount, ...]:
    """An award that the rule may name, as an amount."""
    return () if number is None else (Amount(words, number, most),)


def deductible(points: Decimal, floor: Decimal) -> tuple[Decimal, tuple[Amount, ...]]:
    """How much can be lost, and the floor as an amount."""
    lowest = min(floor, ZERO)
    return points - min(floor, points), (Amount("下限（floor）", floor - lowest, points),)


@singledispatch
def profile(rule: Rule, at: Setting) -> Profile:
    """The profile of a rule at its place; each rule type registers its own."""
    del at
    raise NotImplementedError(f"no lint profile for {type(rule).__name__}")
