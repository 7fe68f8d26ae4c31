"""Exact numbers and the units they are measured in; no binary float ever enters here."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import (
    ROUND_HALF_UP,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from fractions import Fraction
from typing import NamedTuple

from kaohe.errors import KaoheError

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

Exact = Decimal | Fraction
"""A number without error: a decimal where it ends, a fraction where it does not (thirds)."""

EXACT = Context(prec=400, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Clamped])
"""Arithmetic that raises rather than round: a lost digit is a bug, never a result."""

QUOTIENTS = Context(prec=60, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Clamped])
"""Division that soon says whether it ends; what does not end in 60 digits becomes a fraction."""

ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)

PLAIN = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?", re.ASCII)


class NotANumber(KaoheError):  # noqa: N818 -- it says what the text is
    """A text that is not a plain decimal of at most 12 digits before and 12 after the point."""

    def __init__(self, text: str) -> None:
        self.text = text
        shown = text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 -- a line's worth
        super().__init__(
            f"“{shown}”不是普通十进制数；请写成 93.2 这样的数字"
            "（小数点前后各不超过 12 位，不用指数、千分号、下划线和正号）"
        )


class NeedsRounding(KaoheError):  # noqa: N818 -- it says what the number needs
    """A score that does not end as a decimal, in a rule that names no rounding."""

    def __init__(self, number: Fraction) -> None:
        self.number = number
        super().__init__(
            f"得分 {number} 不能写成有限小数，而评分规则没有写明保留几位；请在规则中加上 round: 2"
        )


def exact() -> AbstractContextManager[Context]:
    """Arithmetic inside is exact or raises; every public scoring function works inside it."""
    return localcontext(EXACT)


def read_number(text: str) -> Decimal:
    """Read a plain decimal by its printed digits.

    >>> read_number("-0.50")
    Decimal('-0.50')

    :raises NotANumber: for anything else: exponents, signs, separators, other digits, blanks.
    """
    if PLAIN.fullmatch(text) is None:
        raise NotANumber(text)
    number = Decimal(text)
    return number or ZERO


def write_number(number: Decimal) -> str:
    """Write a number in plain digits without trailing zeros: the one form used in every output.

    >>> write_number(Decimal("2.850")), write_number(Decimal("-0.0")), write_number(Decimal("1E+2"))
    ('2.85', '0', '100')
    """
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def divide(number: Decimal, by: Decimal) -> Exact:
    """The exact quotient; ``by`` is not zero.

    >>> divide(Decimal(1), Decimal(8)), divide(Decimal(1), Decimal(3))
    (Decimal('0.125'), Fraction(1, 3))
    """
    try:
        return QUOTIENTS.divide(number, by)
    except Inexact:
        return settle(Fraction(number) / Fraction(by))


def settle(number: Exact) -> Exact:
    """The number as a decimal if it ends, else as the fraction it is."""
    if isinstance(number, Decimal) or not ends(number):
        return number
    return EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))


def ends(number: Fraction) -> bool:
    """Whether a fraction ends as a decimal: only twos and fives below the line."""
    below = number.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    return below == 1


def rounded(number: Exact, places: int) -> Decimal:
    """The number rounded half up (四舍五入), away from zero at the half.

    >>> rounded(Decimal("2.345"), 2), rounded(Fraction(1, 3), 2), rounded(Decimal("-0.5"), 0)
    (Decimal('2.35'), Decimal('0.33'), Decimal('-1'))
    """
    if isinstance(number, Fraction):
        scaled = abs(number) * 10**places + Fraction(1, 2)
        whole = scaled.numerator // scaled.denominator
        return Decimal(whole if number >= 0 else -whole).scaleb(-places, ROUNDING)
    return number.quantize(ONE.scaleb(-places, ROUNDING), context=ROUNDING)


def to_score(number: Exact, places: int | None) -> Decimal:
    """A rule's result as a score: rounded where the rubric says so, and only there.

    :raises NeedsRounding: if it does not end and the rubric names no rounding (lint: K108).
    """
    if places is not None:
        return rounded(number, places)
    number = settle(number)
    if isinstance(number, Fraction):
        raise NeedsRounding(number)
    return number


class Mean(NamedTuple):
    """An arithmetic mean kept as sum and size, so that it is compared without being divided."""

    total: Decimal
    size: int

    def times(self, multiple: Decimal) -> "Mean":
        """The stated multiple of the mean (1.2 倍)."""
        return Mean(self.total * multiple, self.size)

    def compare(self, value: Decimal, multiple: Decimal = ONE) -> int:
        """-1, 0 or 1 as ``value`` is below, at or above the mean, or a multiple of it."""
        scaled, marked = value * self.size, self.total * multiple
        return (scaled > marked) - (scaled < marked)

    def value(self) -> Exact:
        """The mean itself, a fraction where it does not end."""
        return divide(self.total, Decimal(self.size))


@dataclass(frozen=True, slots=True)
class Unit:
    """What an indicator is measured in, and between which ends its values lie (both held)."""

    name: str
    zh: str
    low: Decimal | None
    high: Decimal | None
    whole: bool = False

    def fault(self, value: Decimal) -> str | None:
        """What is wrong with a value in this unit, in words; ``None`` if nothing."""
        shown = write_number(value)
        if self.whole and value != value.to_integral_value():
            return f"{shown} 不是整数；{self.zh}只能是整数"
        if self.low is not None and value < self.low:
            return f"{shown} 小于 {write_number(self.low)}；请核对数值和单位"
        if self.high is not None and value > self.high:
            high = write_number(self.high)
            return f"{shown} 大于 {high}；{self.zh}应在 0–{high} 之间，请核对数值和单位"
        return None


UNITS = {
    unit.name: unit
    for unit in (
        Unit("percent", "百分数", ZERO, HUNDRED),
        Unit("score", "得分（百分制）", ZERO, HUNDRED),
        Unit("count", "个数", ZERO, None, whole=True),
        Unit("index", "指数", ZERO, None),
        Unit("amount", "数量", None, None),
        Unit("days", "天数", ZERO, None, whole=True),
        Unit("rank", "名次", ONE, None, whole=True),
        Unit("grade", "等级", ONE, None, whole=True),
    )
}
"""The units an indicator can have; ``grade`` is the place of a named grade, best first."""

UNIT_BY_SUFFIX = {"_rate": "percent", "_score": "score", "_count": "count", "_index": "index"}
"""What the end of an indicator's name already says of its unit."""
