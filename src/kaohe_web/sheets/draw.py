"""The sheets of a form drawn: keys, heads, labels, cells to fill with hints and drop-downs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from kaohe.quantity import ZERO, exact, write_number
from kaohe.workbook import looks
from kaohe.workbook.book import Book, Look, Sheet
from kaohe.workbook.cells import Cell, Holds
from kaohe.workbook.dates import serial_of
from kaohe.workbook.fitting import row_height
from kaohe.workbook.form import SHORT_LIST
from kaohe.workbook.hints import shown
from kaohe.workbook.keys import HIDDEN, MARK
from kaohe.workbook.places import address, column_letters
from kaohe_web.sheets.hidden import LISTS_FROM
from kaohe_web.sheets.keys import key_text
from kaohe_web.sheets.kinds import Day
from kaohe_web.sheets.model import Column, Field, Form, Line, Page, Slot
from kaohe_web.sheets.texts import tidy

KEY_ROW, KEY_COLUMN = 0, 0
TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3
FIRST_COLUMN = 1
SCALE = 78
"""The percentage at which a sheet that is wider than a page is printed."""

BAD: Look = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 2, "border_color": "#C00000"}
LOCKED: Look = {"locked": True, "bg_color": "#F5F5F5"}
GREY: Look = {**looks.LINE, "bg_color": "#D9D9D9"}
COMMENT = {"author": "考核系统", "width": 300, "font_name": "宋体", "font_size": 10}
COMMENT_LINE, COMMENT_ROOM = 18, 20
"""The height of a comment's line in pixels, and the characters that stand in it."""


@dataclass(slots=True)
class Drawing:
    """A workbook being drawn: what stands in cells instead of what is held, and what is bad."""

    book: Book
    form: Form
    typed: Mapping[Slot, Cell] | None = None
    bad: Mapping[Slot, str] = field(default_factory=dict)
    lists: list[tuple[str, ...]] = field(default_factory=list)
    places: dict[Slot, tuple[str, str]] = field(default_factory=dict)
    """Where each cell has come to stand: its sheet and its address."""

    def choices(self, names: list[str]) -> list[str] | str:
        """A drop-down of these names: named on the spot, or kept on the hidden sheet."""
        listed = tuple(dict.fromkeys(names))
        plain = not any(set(name) & set(',"') for name in listed)
        if plain and len(",".join(listed)) <= SHORT_LIST:
            return list(listed)
        if listed not in self.lists:
            self.lists.append(listed)
        column = column_letters(LISTS_FROM + self.lists.index(listed))
        return f"={HIDDEN}!${column}$1:${column}${len(listed)}"


def draw_page(drawing: Drawing, page: Page) -> None:
    """One sheet."""
    _Painter(drawing, page, drawing.book.sheet(page.name)).paint()


class _Painter:
    """Draws one sheet, and notes which cells ask for what, so that each rule is written once."""

    def __init__(self, drawing: Drawing, page: Page, sheet: Sheet) -> None:
        self.drawing, self.page, self.sheet = drawing, page, sheet
        self.asked: dict[Field, list[tuple[int, int]]] = {}
        self.locked: dict[str, list[tuple[int, int]]] = {}
        self.first = HEAD_ROW

    def paint(self) -> None:
        """The whole sheet."""
        sheet, page = self.sheet, self.page
        sheet.columns([column.width for column in page.columns], FIRST_COLUMN)
        sheet.text(KEY_ROW, KEY_COLUMN, MARK + page.kind, looks.KEY)
        sheet.text(TITLE_ROW, FIRST_COLUMN, tidy(page.title), looks.TITLE)
        sheet.height(TITLE_ROW, Decimal(26))
        sheet.text(NOTE_ROW, FIRST_COLUMN, tidy(page.note), looks.NOTE)
        sheet.height(NOTE_ROW, Decimal(20))
        self.first = draw_heads(sheet, page)
        for row, line in enumerate(page.lines, self.first):
            sheet.text(row, KEY_COLUMN, key_text(line.key), looks.KEY)
            if line.band:
                self.band(row, line)
            else:
                self.line(row, line)
        for what, cells in self.asked.items():
            rule = what.kind.rule(what.title, what.hint, self.drawing.choices)
            sheet.validate(blocks(cells), rule)
        for why, cells in self.locked.items():
            sheet.validate(blocks(cells), {"validate": "any", **shown("现在不能改", why)})
        self.finish()

    def finish(self) -> None:
        """Heads that stay in sight, a print that can be read, cells locked against slips."""
        sheet, page = self.sheet, self.page
        begin, end = FIRST_COLUMN + page.fixed, FIRST_COLUMN + len(page.columns)
        sheet.hide_row(KEY_ROW)
        sheet.hide_column(KEY_COLUMN)
        sheet.raw.freeze_panes(self.first, begin)
        if page.a_page:
            sheet.print_on_a4((TITLE_ROW, self.first - 1), left=(1, begin - 1), scale=SCALE)
            sheet.raw.set_v_pagebreaks(list(range(begin + page.a_page, end, page.a_page)))
        else:
            sheet.print_on_a4((TITLE_ROW, self.first - 1))
        last = address(self.first + len(page.lines), end - 1)
        whole = f"{address(self.first, FIRST_COLUMN)}:{last}"
        sheet.raw.ignore_errors({"number_stored_as_text": whole})
        sheet.protect()

    def band(self, row: int, line: Line) -> None:
        """A heading over the whole width."""
        for place, column in enumerate(self.page.columns, FIRST_COLUMN):
            self.sheet.text(row, place, tidy(str(line.labels.get(column.key, ""))), looks.SECTION)
        self.sheet.height(row, Decimal(22))

    def line(self, row: int, line: Line) -> None:
        """One row: labels, sums, cells to fill."""
        slots = {column.key: slot for column, slot in self.drawing.form.slots(self.page, line)}
        texts: dict[int, str] = {}
        for place, column in enumerate(self.page.columns, FIRST_COLUMN):
            if column.key in slots:
                texts[place] = self.slot((row, place), slots[column.key])
            elif column.key in line.sums:
                self.sum((row, place), column)
            elif column.key in line.labels:
                texts[place] = self.label((row, place), line, column)
            else:
                self.sheet.text(row, place, "", GREY)
        self.sheet.fit(row, texts)

    def label(self, at: tuple[int, int], line: Line, column: Column) -> str:
        """What a row says by itself; gives it as text."""
        look = looks.FIXED_CENTRE if column.centred else looks.FIXED
        if line.sums:
            look = {**look, "bold": True}
        label = line.labels[column.key]
        if isinstance(label, Decimal):
            self.sheet.number(*at, label, look)
            return write_number(label)
        self.sheet.text(*at, tidy(label), look)
        return tidy(label)

    def slot(self, at: tuple[int, int], slot: Slot) -> str:
        """A cell to fill, with what is held or what was typed; gives its text."""
        drawing, sheet = self.drawing, self.sheet
        record = drawing.form.record(slot[0])
        assert record is not None  # noqa: S101 -- Form.slots() gave it
        asked = record.fields[slot[1]]
        look = {**asked.kind.look, **LOCKED} if record.locked else asked.kind.look
        if record.locked:
            self.locked.setdefault(tidy(record.locked), []).append(at)
        else:
            self.asked.setdefault(asked, []).append(at)
        drawing.places[slot] = sheet.name, address(*at)
        message = drawing.bad.get(slot)
        if message is not None:
            look = {**look, **BAD}
            height = COMMENT_LINE * (2 + len(message) // COMMENT_ROOM)
            sheet.raw.write_comment(*at, tidy(message), {**COMMENT, "height": height})
        if drawing.typed is not None:
            day = isinstance(asked.kind, Day)
            return put_typed(sheet, at, drawing.typed.get(slot), look, day=day)
        value = record.held().values[slot[1]]
        asked.kind.put(sheet, at, value, look)
        return asked.kind.words(value)

    def sum(self, at: tuple[int, int], column: Column) -> None:
        """A sum that Excel keeps: over the column above, with what it comes to now."""
        letters = column_letters(at[1])
        with exact():
            total = sum((self.number(line, column) for line in self.page.lines), ZERO)
        formula = f"=ROUND(SUM({letters}{self.first + 1}:{letters}{at[0]}),6)"
        look = {**looks.FIXED_CENTRE, "bold": True}
        self.sheet.formula(*at, formula, write_number(total), look)

    def number(self, line: Line, column: Column) -> Decimal:
        """The number in a cell of a column that is added up; zero where there is none."""
        form, typed = self.drawing.form, self.drawing.typed
        label = line.labels.get(column.key)
        if isinstance(label, Decimal):
            return label
        slot = next((s for c, s in form.slots(self.page, line) if c is column), None)
        if slot is None:
            return ZERO
        if typed is not None:
            cell = typed.get(slot)
            return Decimal(cell.text) if cell is not None and cell.holds is Holds.NUMBER else ZERO
        record = form.record(slot[0])
        value = record.held().values[slot[1]] if record is not None else ""
        return Decimal(value) if value else ZERO


def draw_heads(sheet: Sheet, page: Page) -> int:
    """The keys and heads of all columns; gives the first row below them."""
    said = [n for n in range(len(page.over)) if any(c.over[n] for c in page.columns if c.over)]
    for row, depth in enumerate(said, HEAD_ROW):
        draw_over(sheet, row, page, depth)
    row = HEAD_ROW + len(said)
    heads = {}
    for place, column in enumerate(page.columns, FIRST_COLUMN):
        sheet.text(KEY_ROW, place, key_text(column.key), looks.KEY)
        sheet.text(row, place, column.head, looks.HEAD)
        heads[place] = column.head
    sheet.fit(row, heads)
    return row + 1


def draw_over(sheet: Sheet, row: int, page: Page, depth: int) -> None:
    """One row above the heads, with a text over each group of columns."""
    look = looks.SMALL_HEAD if depth else looks.HEAD
    first = FIRST_COLUMN + page.fixed
    sheet.span(row, FIRST_COLUMN, (row, first - 1), page.over[depth], looks.HEAD)
    texts = []
    for _, columns in groupby(page.columns[page.fixed :], lambda column: column.group):
        group = list(columns)
        text = tidy(group[0].over[depth])
        sheet.span(row, first, (row, first + len(group) - 1), text, look)
        texts.append((text, sum(column.width for column in group)))
        first += len(group)
    sheet.height(row, row_height(texts))


def put_typed(
    sheet: Sheet, at: tuple[int, int], cell: Cell | None, look: Look, *, day: bool
) -> str:
    """What somebody typed, as it was: no formula, but what it came to."""
    if cell is None:
        sheet.text(*at, "", look)
        return ""
    serial = serial_of(cell.text) if cell.holds is Holds.DAY and day else None
    text = f"{cell.text}%" if cell.percent else tidy(cell.text)
    if serial is not None:
        sheet.number(*at, Decimal(serial), look)
    elif cell.holds is Holds.NUMBER and not cell.percent and not day:
        sheet.number(*at, Decimal(cell.text), {**look, "num_format": "General"})
    else:
        sheet.text(*at, text, look)
    return text


def blocks(cells: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The cells as blocks of one column each."""
    found: list[tuple[int, int, int, int]] = []
    for row, column in sorted(cells, key=lambda at: (at[1], at[0])):
        if found and found[-1][3] == column and found[-1][2] == row - 1:
            top = found.pop()
            found.append((top[0], column, row, column))
        else:
            found.append((row, column, row, column))
    return found
