"""How much room text takes on a sheet, so that nobody meets words that are cut off."""

from decimal import ROUND_CEILING, Decimal
from unicodedata import east_asian_width

LINE = Decimal(15)
"""The height in points of one line of the body's type."""

TALLEST = Decimal(405)
"""Excel shows no row taller than 409 points."""


def text_width(text: str) -> int:
    """How many digits' widths a line of text takes: a Chinese character takes two.

    >>> text_width("93.2"), text_width("合格率")
    (4, 6)
    """
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def lines(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width, wrapped.

    A little of the column is lost to its margins, and a word is not broken, so the estimate is on
    the side of more room.
    """
    room = max(Decimal(width) * Decimal("0.94") - 1, Decimal(2))
    taken = 0
    for paragraph in text.splitlines() or [""]:
        needed = (Decimal(text_width(paragraph)) / room).to_integral_value(ROUND_CEILING)
        taken += max(int(needed), 1)
    return taken


def row_height(cells: list[tuple[str, int]], line: Decimal = LINE) -> Decimal:
    """The height in points that shows every one of these texts in its column's width."""
    most = max((lines(text, width) for text, width in cells), default=1)
    return min(most * line + 6, TALLEST)
