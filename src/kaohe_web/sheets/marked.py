"""A rejected workbook handed back: what was typed still there, what is wrong red and explained."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from kaohe.location import Location, Mistake
from kaohe.nodes import shown
from kaohe.workbook import looks
from kaohe.workbook.book import Book, Sheet
from kaohe_web.sheets.draw import Drawing, draw_page
from kaohe_web.sheets.guide import write_guide
from kaohe_web.sheets.hidden import write_hidden
from kaohe_web.sheets.model import ENTRY, Filled, Form, Issued, Line, Page, Slot
from kaohe_web.sheets.texts import tidy
from kaohe_web.sheets.write import Target

LIST = "错误清单"
HEADS = {"序号": 6, "位置": 16, "哪一项": 34, "填的是": 24, "问题和改法": 70}
HEAD_ROW = 3


def write_marked(
    form: Form, filled: Filled, mistakes: Iterable[Mistake], target: Target, *, secret: bytes
) -> None:
    """Write the workbook anew with everything that was typed, its bad cells red with a comment.

    ``form`` is the form as it is now. ``filled`` comes with :class:`Rejected`, or is what a
    preview found errors in. The sheet ``错误清单`` leads to each cell. The workbook remembers the
    same issue, so that it can be mended and uploaded again.

    :raises CannotWrite: if the place is not writable, or a text is too long for a cell.
    """
    mistakes = tuple(mistakes)
    form = with_removed(form, filled)
    book = Book(target, form.title)
    slots = slots_of(filled, mistakes)
    bad: dict[Slot, str] = {}
    for mistake in mistakes:
        slot = slots.get(mistake.at)
        if slot is not None:
            bad[slot] = f"{bad[slot]}\n{mistake.message}" if slot in bad else mistake.message
    drawing = Drawing(book, form, filled.typed, bad)
    listed = book.sheet(LIST)
    write_guide(book, form)
    for page in form.pages:
        draw_page(drawing, page)
    write_list(listed, drawing, filled, [(each, slots.get(each.at)) for each in mistakes])
    write_hidden(book, reissued(form, filled), drawing.lists, secret=secret)
    listed.raw.activate()
    book.close()


def slots_of(filled: Filled, mistakes: Iterable[Mistake]) -> Mapping[str, Slot]:
    """The cells to fill by their places, as mistakes name them."""
    wanted = {mistake.at for mistake in mistakes}
    named = ((shown(str(Location(filled.file, at))), slot) for slot, at in filled.places.items())
    return {at: slot for at, slot in named if at in wanted}


def with_removed(form: Form, filled: Filled) -> Form:
    """The form with rows for entries that the site no longer has and the workbook still shows."""
    missing = [
        key
        for key in filled.issued.base
        if key[:1] == (ENTRY,) and key not in form.records and form.blank is not None
    ]
    if not missing or form.blank is None:
        return form
    records = dict(form.records)
    for key in missing:
        records[key] = replace(form.blank, key=key)
    lines = tuple(Line(key, {}) for key in missing)
    pages = tuple(
        replace(page, lines=page.lines + lines) if lists_entries(page) else page
        for page in form.pages
    )
    return replace(form, records=records, pages=pages)


def lists_entries(page: Page) -> bool:
    """Whether a sheet is a list of entries."""
    return any(line.key[:1] == (ENTRY,) for line in page.lines)


def reissued(form: Form, filled: Filled) -> Issued:
    """What the workbook remembers: the issue and values of old, for the rows that it has now."""
    now = form.issued()
    base = {key: filled.issued.base.get(key, held) for key, held in now.base.items()}
    return now._replace(issue=filled.issued.issue, base=base)


def write_list(
    sheet: Sheet,
    drawing: Drawing,
    filled: Filled,
    mistakes: list[tuple[Mistake, Slot | None]],
) -> None:
    """The list of mistakes, each with a link to its cell."""
    sheet.columns(HEADS.values(), 1)
    sheet.columns([2], 0)
    sheet.raw.hide_gridlines(2)
    sheet.text(0, 1, f"{LIST}（共 {len(mistakes)} 处）", looks.TITLE)
    sheet.height(0, Decimal(30))
    note = (
        "点“位置”到那一格，照说明改好，存盘后重新导入这个文件。红格里也有批注。没有写入任何数据。"
    )
    sheet.text(1, 1, note, looks.NOTE)
    for column, head in enumerate(HEADS, 1):
        sheet.text(HEAD_ROW, column, head, looks.HEAD)
    sheet.height(HEAD_ROW, Decimal(22))
    for number, (mistake, slot) in enumerate(mistakes, 1):
        row = HEAD_ROW + number
        what, typed = told(drawing.form, filled, slot)
        sheet.number(row, 1, Decimal(number), looks.FIXED_CENTRE)
        place = mistake.at.removeprefix(shown(f"{filled.file}:"))
        draw_place(sheet, row, place, drawing.places.get(slot) if slot is not None else None)
        texts = {3: what, 4: typed, 5: tidy(mistake.message)}
        for column, text in texts.items():
            sheet.text(row, column, text, looks.CELL)
        sheet.fit(row, texts)
    sheet.raw.freeze_panes(HEAD_ROW + 1, 0)
    sheet.print_on_a4((HEAD_ROW, HEAD_ROW))


def draw_place(sheet: Sheet, row: int, place: str, now: tuple[str, str] | None) -> None:
    """Where a mistake is: a link to the cell as it stands in this workbook, or just words."""
    if now is not None:
        name, address = now
        look = sheet.book.format(looks.LINK)
        sheet.raw.write_url(row, 2, f"internal:'{name}'!{address}", look, f"{name}!{address}")
    else:
        sheet.text(row, 2, tidy(f"原表 {place}" if "!" in place else place), looks.CELL)


def told(form: Form, filled: Filled, slot: Slot | None) -> tuple[str, str]:
    """Which thing and field a cell is for, and what was typed into it."""
    record = form.record(slot[0]) if slot is not None else None
    if slot is None or record is None:
        return "", ""
    cell = filled.typed.get(slot)
    typed = "" if cell is None else f"{cell.text}%" if cell.percent else cell.text
    title, field = tidy(record.title), record.fields[slot[1]].title
    return title if field == title else f"{title}：{field}", tidy(typed)
