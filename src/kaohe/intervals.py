"""Stretches of numbers that say of each end whether it is held (含), not held, or not said."""

import re
from dataclasses import dataclass
from decimal import Decimal

from kaohe.errors import KaoheError
from kaohe.quantity import PLAIN, rounded, write_number

INFINITY = Decimal("Infinity")


class NotAnInterval(KaoheError):  # noqa: N818 -- it says what the text is
    """A text that does not name a stretch of numbers."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f'“{text}”不是区间；请写成 "(1, 3]"、"[92, 94.5)"、"(15, ∞)"，'
            "方括号表示含端点，圆括号表示不含，“?”表示原文没有写明"
        )


END = r"-?[0-9.]+|[-−]?∞"
PATTERN = re.compile(rf"([\[(?])\s*({END})\s*[,，]\s*({END})\s*([\])?])")
HOLDS_LOW = {"[": True, "(": False, "?": None}
HOLDS_HIGH = {"]": True, ")": False, "?": None}


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of numbers; an end is held (``True``), not held, or left unsaid (``None``).

    >>> one_to_three = Interval.read("?1, 3]")
    >>> [one_to_three.holds(Decimal(n)) for n in (1, 2, 3, 4)]
    [None, True, True, False]
    """

    low: Decimal
    high: Decimal
    holds_low: bool | None
    holds_high: bool | None

    @classmethod
    def read(cls, text: str) -> "Interval":
        """Read ``"(0, 1]"``, ``"[92, 94.5)"``, ``"(15, ∞)"`` or ``"?1, 3]"`` (low end not said).

        :raises NotAnInterval: if it is none of these or its ends are the wrong way round.
        """
        match = PATTERN.fullmatch(text.strip())
        if match is None:
            raise NotAnInterval(text)
        opening, low_text, high_text, closing = match.groups()
        low, high = _end(low_text, text), _end(high_text, text)
        holds_low, holds_high = HOLDS_LOW[opening], HOLDS_HIGH[closing]
        empty = low > high or (low == high and not (holds_low and holds_high))
        endless = low == INFINITY or high == -INFINITY
        if empty or endless or (low.is_infinite() and holds_low is not False):
            raise NotAnInterval(text)
        if high.is_infinite() and holds_high is not False:
            raise NotAnInterval(text)
        return cls(low, high, holds_low, holds_high)

    def __str__(self) -> str:
        opening = {True: "[", False: "(", None: "?"}[self.holds_low]
        closing = {True: "]", False: ")", None: "?"}[self.holds_high]
        return f"{opening}{_write_end(self.low)}, {_write_end(self.high)}{closing}"

    def holds(self, value: Decimal) -> bool | None:
        """Whether the value lies inside; ``None`` at an end of which the document says nothing."""
        if value < self.low or value > self.high:
            return False
        if value == self.low and self.holds_low is not True:
            return self.holds_low
        if value == self.high and self.holds_high is not True:
            return self.holds_high
        return True

    def on_grid(self, places: int) -> "Interval":
        """The same stretch told of rounded values: [92, 94.4] at one decimal is [92, 94.5).

        Ends are moved to the next grid point that is not held, so that two stretches which touch
        on the grid also meet as stretches of numbers.
        """
        step = Decimal(1).scaleb(-places)
        high, holds_high = self.high, self.holds_high
        if holds_high and high.is_finite() and high == rounded(high, places):
            high, holds_high = high + step, False
        low, holds_low = self.low, self.holds_low
        if holds_low is False and low.is_finite() and low == rounded(low, places):
            low, holds_low = low + step, True
        return Interval(low, high, holds_low, holds_high)


def _end(text: str, whole: str) -> Decimal:
    if text.endswith("∞"):
        return -INFINITY if len(text) > 1 else INFINITY
    if PLAIN.fullmatch(text) is None:
        raise NotAnInterval(whole)
    return Decimal(text)


def _write_end(end: Decimal) -> str:
    if end.is_infinite():
        return "∞" if end > 0 else "-∞"
    return write_number(end)
