"""Where cells stand: addresses as people read them, rows and columns counted from 0."""

import re
from functools import cache

ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


def column_letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell counted from 0.

    >>> address(6, 3)
    'D7'
    """
    return f"{column_letters(column)}{row + 1}"


def whole(text: str | None) -> int | None:
    """A small whole number of the file's own."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 7:  # noqa: PLR2004 -- no sheet has more rows
        return None
    return int(text)


@cache
def column_of(letters: str) -> int:
    """A column from 0.

    >>> column_of("A"), column_of("Z"), column_of("AA")
    (0, 25, 26)
    """
    column = 0
    for letter in letters[:3]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def place_of(address: str) -> tuple[int, int] | None:
    """Row and column from 0.

    >>> place_of("D7"), place_of("AA1"), place_of("7")
    ((6, 3), (0, 26), None)
    """
    match = ADDRESS.fullmatch(address)
    if match is None:
        return None
    return int(match.group(2)) - 1, column_of(match.group(1))


def block_of(reference: str) -> tuple[int, int, int, int] | None:
    """First and last row and column of a block such as ``D7:E9``."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return None if start is None or end is None else (start[0], start[1], end[0], end[1])
