"""Any table of the site as CSV that Excel opens rightly, and in which nothing is a formula."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable

from kaohe.quantity import PLAIN
from kaohe_web.sheets.table import Columns, Content, Row, TableColumn, content_text

BOM = "\ufeff"
STARTS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫−\t\r\n")
"""What makes a formula of a cell in one program or another."""

BLANKS = ("Zs", "Zl", "Zp", "Cf")
QUOTES = "\"'“”"
NEGATIVE = re.compile(rf"-{PLAIN.pattern.removeprefix('-?')}", re.ASCII)


def csv_table(columns: Columns, rows: Iterable[Row]) -> bytes:
    """A table as CSV: UTF-8 with its mark, numbers in plain digits, no text a formula."""
    heads = [each.head if isinstance(each, TableColumn) else each for each in columns]
    target = io.StringIO()
    target.write(BOM)
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([cell(content) for content, _ in zip(row, heads, strict=True)])
    return target.getvalue().encode("utf-8", "replace")


def cell(content: Content) -> str:
    """A cell of a table as CSV has it."""
    text = content_text(content)
    return harmless(text) if isinstance(content, str) else text


def harmless(text: str) -> str:
    """A text with an apostrophe before it if a program could take it for a formula.

    >>> harmless("=1+1"), harmless("  ＠某"), harmless("-2.5"), harmless("第 3 条")
    ("'=1+1", "'  ＠某", '-2.5', '第 3 条')
    """
    if NEGATIVE.fullmatch(text):
        return text
    for character in text:
        if character in STARTS:
            return f"'{text}"
        if character not in QUOTES and unicodedata.category(character) not in BLANKS:
            return text
    return text
