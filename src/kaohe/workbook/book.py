"""XlsxWriter behind typed doors: exact digits, text that is never a formula, the same bytes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from kaohe.errors import KaoheError
from kaohe.quantity import write_number
from kaohe.workbook.fitting import LINE, row_height
from kaohe.workbook.keys import NUMBER_DIGITS
from kaohe.workbook.places import address

CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""A date that never changes: equal contents make equal files."""

LONGEST = 32_767
"""As many characters as a cell can hold."""

FONT = "宋体"
A4 = 9

Look = dict[str, Any]
"""The properties of a format, as XlsxWriter names them."""


class CannotWrite(KaoheError):  # noqa: N818 -- it says what cannot be done
    """A workbook that cannot be written: its place is not writable, or a text is too long."""


class Book:
    """A workbook in the making."""

    def __init__(self, target: str | Path | BinaryIO, title: str) -> None:
        import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow

        from kaohe.workbook.growing import GrowingSheet  # noqa: PLC0415 -- imports it too

        self.target = target
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        where = str(target) if isinstance(target, Path) else target
        self._book = xlsxwriter.Workbook(where, options)
        self._book.set_properties({"title": title, "author": "kaohe", "created": CREATED})
        self._sheet_class = GrowingSheet
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, look: Look) -> Any:  # noqa: ANN401 -- a format of an untyped library
        """The format of these properties, made once."""
        look = {"font_name": FONT, "font_size": 11, "valign": "vcenter"} | look
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def sheet(self, name: str) -> "Sheet":
        """A new sheet, after those there are."""
        return Sheet(self, self._book.add_worksheet(name, self._sheet_class), name)

    def close(self) -> None:
        """Write the file.

        :raises CannotWrite: if its place is not writable.
        """
        from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped] # noqa: PLC0415 -- as above

        try:
            self._book.close()
        except FileCreateError as error:
            message = (
                f"{self.target}: 写不了这个文件（{error}）；请关闭正在打开它的程序，或换一个位置"
            )
            raise CannotWrite(message) from error


class Sheet:
    """One sheet in the making; rows and columns are counted from 0."""

    def __init__(self, book: Book, raw: Any, name: str) -> None:  # noqa: ANN401 -- an untyped library
        self.book, self.raw, self.name = book, raw, name
        self.widths: dict[int, int] = {}

    def text(self, row: int, column: int, text: str, look: Look) -> None:
        """Text as text, whatever it begins with.

        :raises CannotWrite: if it is longer than a cell can hold.
        """
        if len(text) > LONGEST:
            place = f"{self.name}!{address(row, column)}"
            raise CannotWrite(f"{place}: 文字超过 {LONGEST} 个字符，单元格放不下；请缩短后再生成")
        form = self.book.format(look)
        if text:
            self.raw.write_string(row, column, text, form)
        else:
            self.raw.write_blank(row, column, None, form)

    def number(self, row: int, column: int, number: Decimal, look: Look) -> None:
        """A number by its exact digits; as text where Excel would not keep them all."""
        digits = Decimal(write_number(number))
        if len(digits.normalize().as_tuple().digits) > NUMBER_DIGITS:
            self.text(row, column, write_number(number), look)
        else:
            self.raw.write_number(row, column, digits, self.book.format(look))

    def formula(self, row: int, column: int, formula: str, shown: str, look: Look) -> None:
        """A formula with the text it shows until it is computed again."""
        self.raw.write_formula(row, column, formula, self.book.format(look), shown)

    def span(self, row: int, column: int, last: tuple[int, int], text: str, look: Look) -> None:
        """Text over a block of cells; a block of one cell is just a cell."""
        if last == (row, column):
            self.text(row, column, text, look)
        else:
            self.raw.merge_range(row, column, *last, text, self.book.format(look))

    def columns(self, widths: Iterable[int], first: int = 0) -> None:
        """The widths of columns from ``first`` on, in digits."""
        for column, width in enumerate(widths, first):
            self.widths[column] = width
            self.raw.set_column(column, column, width)

    def hide_column(self, column: int) -> None:
        """A column that only machines read."""
        self.raw.set_column(column, column, 4, None, {"hidden": True})

    def hide_row(self, row: int) -> None:
        """A row that only machines read."""
        self.raw.set_row(row, None, None, {"hidden": True})

    def height(self, row: int, height: Decimal) -> None:
        """The height of a row in points."""
        self.raw.set_row(row, int(height))

    def fit(self, row: int, texts: Mapping[int, str], line: Decimal = LINE) -> None:
        """A height that shows these texts, by column, in full."""
        self.height(row, row_height([(text, self.widths[c]) for c, text in texts.items()], line))

    def fit_blocks(self, row: int, texts: Iterable[str], width: int) -> None:
        """A height that shows texts which each span a block of that width."""
        self.height(row, row_height([(text, width) for text in texts]))

    def validate(self, cells: list[tuple[int, int, int, int]], rule: dict[str, Any]) -> None:
        """What Excel allows in these blocks of cells, and the hint it shows."""
        rest = [list(block) for block in cells[1:]]
        self.raw.data_validation(*cells[0], {**rule, "other_cells": rest} if rest else rule)

    def protect(self) -> None:
        """Locked against slips, without a password; widths and heights stay free."""
        self.raw.protect("", {"format_columns": True, "format_rows": True})

    def print_on_a4(
        self, heads: tuple[int, int], *, left: tuple[int, int] | None = None, scale: int = 0
    ) -> None:
        """A4 sideways, head rows and left columns on every page, pages numbered.

        ``scale`` is a percentage; without one the sheet is made to fit the width of a page.
        """
        half = Decimal("0.5")
        self.raw.set_landscape()
        self.raw.set_paper(A4)
        self.raw.set_margins(left=half, right=half, top=half, bottom=Decimal("0.7"))
        self.raw.set_footer("&L&A&C第 &P 页，共 &N 页")
        self.raw.repeat_rows(*heads)
        if left is not None:
            self.raw.repeat_columns(*left)
        if scale:
            self.raw.set_print_scale(scale)
        else:
            self.raw.fit_to_pages(1, 0)
