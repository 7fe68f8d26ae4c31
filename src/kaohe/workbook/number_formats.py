"""What a number format makes of a number: a percentage, a day, or just itself."""

import re
from enum import Enum
from xml.etree.ElementTree import Element

from kaohe.workbook.tags import Tags, local


class Shows(Enum):
    """How a cell shows its number."""

    PLAIN = "plain"
    PERCENT = "percent"
    DAY = "day"


BUILT_IN_PERCENT = frozenset({9, 10})
BUILT_IN_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The formats that have a number but no code in the file; 27 to 58 are the Chinese ones."""

LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
DAY_SIGNS = re.compile(r"[ymdhs]", re.IGNORECASE)


def shown_by(code: str) -> Shows:
    """What a format code shows.

    >>> shown_by("0.00%"), shown_by('yyyy"年"m"月"'), shown_by('0.0"days"'), shown_by("General")
    (<Shows.PERCENT: 'percent'>, <Shows.DAY: 'day'>, <Shows.PLAIN: 'plain'>, <Shows.PLAIN: 'plain'>)
    """
    bare = LITERAL.sub("", code)
    if "%" in bare:
        return Shows.PERCENT
    return Shows.DAY if DAY_SIGNS.search(bare) else Shows.PLAIN


def read_formats(tags: Tags) -> list[Shows]:
    """For each cell style in ``styles.xml``, by number, how it shows numbers."""
    codes: dict[str, str] = {}
    styles: list[Shows] = []
    for name, element in tags:
        if name == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif name == "cellXfs":
            styles = [_of(element_.get("numFmtId", "0"), codes) for element_ in _xfs(element)]
    return styles


def _xfs(element: Element) -> list[Element]:
    return [child for child in element if local(child) == "xf"]


def _of(number: str, codes: dict[str, str]) -> Shows:
    if number in codes:
        return shown_by(codes[number])
    if not number.isascii() or not number.isdigit():
        return Shows.PLAIN
    if int(number) in BUILT_IN_PERCENT:
        return Shows.PERCENT
    return Shows.DAY if int(number) in BUILT_IN_DAYS else Shows.PLAIN
