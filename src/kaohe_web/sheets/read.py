"""A filled workbook read back: every cell by its keys, every mistake at its cell, all at once."""

from kaohe.location import Location, Mistake
from kaohe.nodes import Mistaken, Mistakes, unseen
from kaohe.workbook.cells import Cell, Holds, SheetCells, read_cells
from kaohe.workbook.grid import (
    MAKE_ANEW,
    Grid,
    check_merged,
    check_outside,
    hidden_input,
    keyed,
    require,
)
from kaohe.workbook.keys import MARK
from kaohe.workbook.read import in_order
from kaohe.workbook.typed import short
from kaohe_web.sheets.hidden import ANEW, check_issue, read_hidden
from kaohe_web.sheets.keys import key_text
from kaohe_web.sheets.kinds import doubt
from kaohe_web.sheets.model import (
    Filled,
    Form,
    Issue,
    Key,
    Line,
    Page,
    Record,
    Rejected,
    Slot,
    is_new,
    slot_of,
)
from kaohe_web.sheets.source import Source, named, workbook_bytes
from kaohe_web.sheets.texts import tidy

UNTOUCHED = (Holds.NUMBER, Holds.TEXT, Holds.DAY)
"""What a cell may hold that stands as it was issued, and so is no mistake of whoever fills."""


class Noted(Mistakes):
    """Mistakes whose advice is the site's own: its sheets are downloaded, not generated."""

    __slots__ = ()

    def add(self, at: Location, message: str) -> None:
        """Note a mistake."""
        super().add(at, message.replace(MAKE_ANEW, ANEW))


def read_issue(source: Source, file: str, *, secret: bytes) -> Issue:
    """For which year, whom and which edition an uploaded workbook was handed out.

    :raises Mistaken: if it is no .xlsx, not safe to open, or none of the site's.
    """
    file = named(file)
    sheets = read_cells(workbook_bytes(source, file), file)
    return read_hidden(sheets, file, secret=secret).issue


def read_form(source: Source, file: str, form: Form, *, secret: bytes) -> Filled:
    """What was filled into a workbook that was handed out for this form, perhaps some time ago.

    ``form`` is the form as it is now: it says what may stand in each cell. ``file`` is what
    messages call the workbook.

    :raises Rejected: if cells have mistakes; all of them, in the order of the sheets.
    :raises Mistaken: if the whole workbook cannot be taken: it is no .xlsx, not safe to open, or
        was handed out for something else.
    """
    file = named(file)
    sheets = read_cells(workbook_bytes(source, file), file)
    issued = read_hidden(sheets, file, secret=secret)
    check_issue(issued.issue, form.issue, file)
    reader = _Reader(sheets, form, Filled(file, issued))
    found = reader.mistakes_in_all()
    if found:
        raise Rejected(in_order(found, sheets), reader.filled)
    return reader.filled


class _Reader:
    """Reads the sheets one after the other; gathers values, mistakes and warnings."""

    def __init__(self, sheets: list[SheetCells], form: Form, filled: Filled) -> None:
        self.sheets, self.form, self.filled = sheets, form, filled
        self.mistakes = Noted()

    def mistakes_in_all(self) -> list[Mistake]:
        """Read every sheet; gives what is wrong."""
        try:
            for page in self.form.pages:
                if page.kind in self.filled.issued.rows:
                    self.read_page(page)
        except Mistaken as too_many:
            return list(too_many.mistakes)
        return self.mistakes.found

    def read_page(self, page: Page) -> None:
        """One sheet, by the rows and columns that were issued."""
        grid = self.grid(page)
        if grid is None:
            return
        rows = self.filled.issued.rows[page.kind]
        columns = self.filled.issued.columns[page.kind]
        heads = {column.key: column.head.replace("\n", "") for column in page.columns}
        wanted = {key_text(row): self.called(row, label) for row, label in rows.items()}
        wanted = {text: what for text, what in wanted.items() if what}
        require(grid, wanted, {key_text(c): heads.get(c, c[-1]) for c in columns}, self.mistakes)
        check_merged(grid, self.mistakes)
        if grid.whole:
            check_outside(grid, self.mistakes)
        self.filled.warnings += hidden_input(grid)
        lines = {line.key: line for line in page.lines}
        touched: dict[Key, Record] = {}
        for row, label in rows.items():
            for column in columns:
                record = self.read_cell(grid, page, (row, column), lines.get(row))
                if record is not None:
                    touched[slot_of(row, column)[0]] = record
            self.check_label(grid, page, row, label)
            self.tell_withdrawn(grid, row, label, columns)
        for key, record in touched.items():
            self.check_record(key, record)

    def called(self, row: Key, label: str) -> str:
        """What to call a row that is missing; empty if it was free for a new entry."""
        record = None if is_new(row) else self.form.record(row)
        return label or ("" if record is None else record.title)

    def grid(self, page: Page) -> Grid | None:
        """A sheet by its mark, whatever it is now called; ``None`` if it is not there."""
        mark = MARK + page.kind
        found: Grid | None = None
        for sheet in self.sheets:
            place = next((at for at, cell in sheet.cells.items() if cell.text == mark), None)
            if place is None:
                continue
            if found is None:
                found = keyed(sheet, page.kind, place, self.filled.file, self.mistakes)
            else:
                first = found.sheet.name
                message = f"与“{first}”表是同一张（复制出来的）；请删去多余的一张"
                self.mistakes.add(Location(self.filled.file, sheet.name), message)
        if found is None:
            at = Location(self.filled.file, page.name)
            message = f"缺少“{page.name}”表（或它隐藏的标记被删掉了）；{ANEW}"
            self.mistakes.add(at, message)
        return found

    def read_cell(
        self, grid: Grid, page: Page, where: tuple[Key, Key], line: Line | None
    ) -> Record | None:
        """One cell; gives its record if it is one to be filled and the site still asks for it."""
        row, column = where
        slot = slot_of(row, column)
        record = self.form.record(slot[0])
        place = key_text(row), key_text(column)
        cell = grid.cell(*place)
        asked = record is not None and slot[1] in record.fields
        if record is None or not asked or not self.was_asked(slot):
            if cell is not None:
                grey = line is not None and is_grey(page, line, column)
                self.tell_unasked(slot, cell, grid.place(*place), record, grey=grey)
            return None
        if place[0] not in grid.rows or place[1] not in grid.columns:
            return record
        at = grid.place(*place)
        self.filled.places[slot] = at.place
        values = self.filled.values.setdefault(slot[0], {})
        if cell is None:
            values[slot[1]] = ""
        else:
            self.filled.typed[slot] = cell
            self.read_value(slot, record, cell, at)
        return record

    def tell_unasked(
        self, slot: Slot, cell: Cell, at: Location, record: Record | None, *, grey: bool
    ) -> None:
        """Say that a cell is not read: it never was to be filled, or not any more, or not yet."""
        if record is None or slot[1] not in record.fields:
            if record is not None and self.was_asked(slot):
                self.filled.warnings.append(f"{at}: 这一格现在不再填报，没有读入")
            elif grey:
                self.mistakes.add(at, "这一格（灰色）不用填；请清空")
        elif cell.text != record.fields[slot[1]].kind.words(record.held().values[slot[1]]):
            message = "这一格在下载以后才要填报，没有读入；请重新下载这张表再填"
            self.filled.warnings.append(f"{at}: {message}")

    def read_value(self, slot: Slot, record: Record, cell: Cell, at: Location) -> None:
        """What stands in a cell that is not empty."""
        key, field = slot
        kind, base = record.fields[field].kind, self.base(slot)
        if base and cell.holds in UNTOUCHED and not cell.percent and cell.text == kind.words(base):
            self.filled.values[key][field] = base
            return
        value = kind.read(cell, at, self.mistakes)
        if value is None:
            return
        hidden = unseen(value)
        if hidden and value != base:
            message = f"文字里有看不见的字符 U+{ord(hidden):04X}；请删去它，重新键入"
            self.mistakes.add(at, message)
            return
        self.filled.values[key][field] = value
        odd = doubt(kind, cell, at, value)
        if odd and value != base:
            self.filled.warnings.append(odd)

    def was_asked(self, slot: Slot) -> bool:
        """Whether a cell was to be filled when the workbook was handed out."""
        held = self.filled.issued.base.get(slot[0])
        return held is not None and slot[1] in held.values

    def base(self, slot: Slot) -> str:
        """The value with which a cell was handed out."""
        held = self.filled.issued.base.get(slot[0])
        return held.values.get(slot[1], "") if held is not None else ""

    def check_label(self, grid: Grid, page: Page, row: Key, label: str) -> None:
        """Note a label that somebody typed over: what is filled in might be of something else."""
        if page.label is None or not label:
            return
        place = key_text(row), key_text(page.label)
        cell = grid.cell(*place)
        if cell is not None and tidy(cell.text) != label:
            message = (
                f"这里写的是“{short(cell.text)}”，而这一行是“{short(label)}”，填的数都算它的；"
                "请照原样改回来，别的数请移到它自己的行"
            )
            self.mistakes.add(grid.place(*place), message)

    def tell_withdrawn(self, grid: Grid, row: Key, label: str, columns: tuple[Key, ...]) -> None:
        """Warn of what the site no longer asks for here, and that it was not read."""
        slots = [(slot_of(row, column), column) for column in columns]
        for key in dict.fromkeys(slot[0] for slot, _ in slots):
            held = self.filled.issued.base.get(key)
            if held is None or self.form.record(key) is not None:
                continue
            filled = [c for (k, f), c in slots if k == key and f in held.values]
            place = next((grid.place(key_text(row), key_text(c)) for c in filled), grid.itself())
            self.filled.warnings.append(
                f"{place}: “{short(label)}”已经不由这张表填报（分工或指标已调整），没有读入"
            )

    def check_record(self, key: Key, record: Record) -> None:
        """Note what does not go together in a record that somebody changed."""
        values = self.filled.values.get(key, {})
        if all(value == self.base((key, field)) for field, value in values.items()):
            return
        for fault in record.check(values):
            place = self.filled.places.get((key, fault.field))
            if place is None:
                continue
            at = Location(self.filled.file, place)
            if fault.serious:
                self.mistakes.add(at, fault.message)
            else:
                self.filled.warnings.append(f"{at}: {fault.message}")


def is_grey(page: Page, line: Line, column: Key) -> bool:
    """Whether a cell that is not filled in is one that says nothing either."""
    return column not in line.labels and any(column == known.key for known in page.columns)
