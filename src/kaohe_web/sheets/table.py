"""Any table of the site as a workbook: text as text, numbers by their digits, ready to print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.quantity import write_number
from kaohe.workbook import looks
from kaohe.workbook.book import Book, Look, Sheet
from kaohe.workbook.fitting import text_width
from kaohe_web.sheets.texts import tidy
from kaohe_web.sheets.write import Target

Content = str | Decimal | int | None
"""What stands in a cell of a table; nothing is empty, not zero."""

Row = Sequence[Content]

NARROWEST, WIDEST = 6, 50
NAMELESS = "表"
MOST_NAME = 31
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "　"))
"""The signs that the name of a sheet cannot have."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; its width follows from what it holds unless it is told."""

    head: str
    width: int = 0
    centred: bool = False


Columns = Sequence[TableColumn | str]


def write_table(
    title: str,
    columns: Columns,
    rows: Iterable[Row],
    target: Target,
    *,
    total: Row | None = None,
    note: str = "",
) -> None:
    """Write a table with its title, a note under it, heads that stay in sight, perhaps a total.

    :raises CannotWrite: if the place is not writable, or a text is too long for a cell.
    """
    heads = [TableColumn(each) if isinstance(each, str) else each for each in columns]
    lines = [list(row) for row in rows]
    book = Book(target, tidy(title))
    sheet = book.sheet(sheet_name(title))
    sheet.columns([width_of(place, head, lines) for place, head in enumerate(heads)])
    sheet.raw.hide_gridlines(2)
    last = len(heads) - 1
    sheet.span(0, 0, (0, last), tidy(title), {"align": "center", **looks.TITLE})
    sheet.height(0, Decimal(30))
    top = 1
    if note:
        sheet.span(1, 0, (1, last), tidy(note), {**looks.NOTE, **looks.WRAP})
        sheet.fit_blocks(1, [note], sum(sheet.widths.values()))
        top = 2
    for column, head in enumerate(heads):
        sheet.text(top, column, tidy(head.head), looks.HEAD)
    sheet.fit(top, {column: head.head for column, head in enumerate(heads)})
    for row, line in enumerate(lines, top + 1):
        write_row(sheet, row, line, heads, looks.CELL)
    if total is not None:
        look = {**looks.SECTION, **looks.WRAP}
        write_row(sheet, top + 1 + len(lines), total, heads, look)
    sheet.raw.freeze_panes(top + 1, 0)
    whole = f"A1:XFD{top + 2 + len(lines)}"
    sheet.raw.ignore_errors({"number_stored_as_text": whole})
    sheet.print_on_a4((0, top))
    book.close()


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: short, and without the signs that no name can have.

    >>> sheet_name("得分/排名"), sheet_name("?")
    ('得分　排名', '表')
    """
    name = tidy(title.translate(NOT_IN_NAMES)).replace("\n", "　").replace("\t", "　")
    while len(name.encode("utf-16-le")) > 2 * MOST_NAME:
        name = name[:-1]
    return name.strip() or NAMELESS


def write_row(sheet: Sheet, row: int, line: Row, heads: Sequence[TableColumn], look: Look) -> None:
    """One row, tall enough for its texts."""
    texts: dict[int, str] = {}
    for column, (content, head) in enumerate(zip(line, heads, strict=True)):
        placed = {**look, "align": "center"} if head.centred else look
        if isinstance(content, Decimal | int):
            sheet.number(row, column, Decimal(content), placed)
        else:
            texts[column] = tidy(content or "")
            sheet.text(row, column, texts[column], placed)
    sheet.fit(row, texts)


def width_of(place: int, head: TableColumn, lines: Iterable[Row]) -> int:
    """A width that shows what a column holds, within reason."""
    if head.width:
        return head.width
    texts = [head.head, *(content_text(line[place]) for line in lines)]
    widest = max(text_width(part) for text in texts for part in (text.splitlines() or [""]))
    return min(max(widest + 3, NARROWEST), WIDEST)


def content_text(content: Content) -> str:
    """A cell's content as text."""
    if isinstance(content, Decimal):
        return write_number(content)
    return "" if content is None else str(content)
