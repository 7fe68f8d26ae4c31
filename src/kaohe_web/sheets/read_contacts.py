"""A contact list read from a workbook that anybody made: columns by their heads, in any order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kaohe.location import Location
from kaohe.nodes import Mistaken, Mistakes
from kaohe.workbook.cells import Cell, SheetCells, read_cells
from kaohe.workbook.package import refuse
from kaohe.workbook.places import address
from kaohe.workbook.read import in_order
from kaohe.workbook.typed import broken
from kaohe_web.sheets.contact_fields import read_field
from kaohe_web.sheets.contacts import HEADS, Contact
from kaohe_web.sheets.source import Source, named, workbook_bytes
from kaohe_web.sheets.texts import folded

KNOWN_AS = {
    "name": ("姓名", "联系人", "联系人姓名", "联络员", "联络员姓名", "名字"),
    "gender": ("性别",),
    "body": ("所在单位", "单位", "工作单位", "单位名称", "部门", "所在部门", "单位(部门)"),
    "duty": ("职务", "职位", "职务职称", "职务/职称"),
    "phone": ("办公电话", "办公室电话", "固定电话", "座机", "联系电话", "电话", "单位电话"),
    "mobile": ("手机", "手机号", "手机号码", "移动电话"),
    "fax": ("传真", "传真号码", "传真电话"),
    "email": ("电子邮件", "电子邮箱", "邮箱", "邮件地址", "e-mail", "email", "电子信箱"),
}
"""What the columns are called by the people who make such lists."""

NEEDED = {"name": "姓名", "body": "所在单位"}
IGNORED = ("序号", "编号", "no.")
FEWEST_HEADS = 3
"""A row with fewer known heads is not taken for the head of a list."""

NOTE_WIDTH = 3
"""A text that spans so many columns is a note, not a person."""

MOST_PEOPLE = 5_000

Block = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One person of a list that was read, and the cell in which the name stands (Sheet1!B4)."""

    contact: Contact
    place: str


@dataclass(frozen=True, slots=True)
class ContactList:
    """The people of a list in its order, and what was left unread."""

    rows: tuple[ContactRow, ...]
    warnings: tuple[str, ...]


def read_contacts(source: Source, file: str) -> ContactList:
    """The people in a workbook: its first visible sheet that has the heads of a contact list.

    :raises Mistaken: with every mistake at its cell; or if it is no .xlsx, not safe to open, or
        has no such sheet.
    """
    file = named(file)
    sheets = read_cells(workbook_bytes(source, file), file)
    lists = [(sheet, head) for sheet in sheets if (head := head_of(sheet)) is not None]
    visible = [(sheet, head) for sheet, head in lists if not sheet.hidden]
    if not visible:
        heads = "、".join(HEADS.values())
        refuse(file, f"没有找到联系人名单：表头要有“姓名”和“所在单位”；可用的列有：{heads}")
    sheet, head = visible[0]
    reader = _Reader(sheet, head, file)
    rows = tuple(reader.rows())
    if reader.mistakes.found:
        raise Mistaken(in_order(reader.mistakes.found, sheets))
    if not rows:
        refuse(file, f"“{sheet.name}”表里一个人也没有；请填好再导入")
    others = [other.name for other, _ in lists if other is not sheet]
    if others:
        reader.warnings.append(f"{file}: 只读了“{sheet.name}”表；“{'”“'.join(others)}”没有读入")
    return ContactList(rows, tuple(reader.warnings))


@dataclass(frozen=True, slots=True)
class Head:
    """Where a list begins: the row of its heads, its columns by field, and columns not known."""

    row: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str]


def head_of(sheet: SheetCells) -> Head | None:
    """The first row with most known heads, or the one below it where a head has two rows."""
    covered = covering(sheet)
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in {**sheet.cells, **covered}.items():
        rows.setdefault(row, {})[column] = folded(cell.text)
    best: Head | None = None
    for row, texts in sorted(rows.items()):
        found = Head(row, *columns_in(texts))
        known, most = len(found.columns), len(best.columns) if best else FEWEST_HEADS - 1
        if known > most or (best is not None and known == most and row == best.row + 1):
            best = found
    return best if best is not None and NEEDED.keys() <= best.columns.keys() else None


def columns_in(texts: Mapping[int, str]) -> tuple[dict[str, int], dict[int, str]]:
    """The columns of a row of heads by field, and those that are not known."""
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for column, text in sorted(texts.items()):
        name = next((n for n, names in KNOWN_AS.items() if text in map(folded, names)), None)
        if name is not None and name not in columns:
            columns[name] = column
        elif text not in IGNORED:
            unknown[column] = text
    return columns, unknown


def covering(sheet: SheetCells) -> dict[tuple[int, int], Cell]:
    """For cells that lie under a merged one, what it holds: blocks of one column, or of heads."""
    found: dict[tuple[int, int], Cell] = {}
    for top, left, bottom, right in sheet.merged:
        cell = sheet.cells.get((top, left))
        if cell is None or right - left >= NOTE_WIDTH or bottom - top > MOST_PEOPLE:
            continue
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) not in sheet.cells:
                    found[row, column] = cell
    return found


class _Reader:
    """Reads one sheet below its head; gathers mistakes and warnings."""

    def __init__(self, sheet: SheetCells, head: Head, file: str) -> None:
        self.sheet, self.head, self.file = sheet, head, file
        self.mistakes, self.warnings = Mistakes(), list[str]()
        self.covered = covering(sheet)
        self.seen: dict[tuple[str, ...], int] = {}

    def at(self, row: int, column: int) -> Location:
        """A cell as people point at it."""
        return Location(self.file, f"{self.sheet.name}!{address(row, column)}")

    def rows(self) -> Iterator[ContactRow]:
        """The people, each from one row."""
        whole = Location(self.file, self.sheet.name)
        for text in self.head.unknown.values():
            self.warnings.append(f"{whole}: 不认识的列“{text[:20]}”没有读入")
        below = sorted({row for row, _ in self.sheet.cells if row > self.head.row})
        hidden = [row for row in below if row in self.sheet.hidden_rows]
        if hidden:
            named_ = "、".join(str(row + 1) for row in hidden[:20])
            self.warnings.append(f"{whole}: 第 {named_} 行被隐藏了，其中的人照常读入；请确认无误")
        for count, row in enumerate(below):
            if count == MOST_PEOPLE:
                self.mistakes.add(self.at(row, 0), f"超过 {MOST_PEOPLE} 行；请分成几份导入")
                return
            contact = self.contact(row)
            if contact is not None:
                place = f"{self.sheet.name}!{address(row, self.head.columns['name'])}"
                yield ContactRow(contact, place)

    def contact(self, row: int) -> Contact | None:
        """The person in a row; none if nobody stands there."""
        cells = {name: self.cell(row, column) for name, column in self.head.columns.items()}
        own = [name for name, c in self.head.columns.items() if (row, c) in self.sheet.cells]
        if not own or self.is_head(cells) or self.is_note(row):
            return None
        before = len(self.mistakes.found)
        texts = {n: self.field(row, n, cell) for n, cell in cells.items() if cell is not None}
        for name, title in NEEDED.items():
            if cells[name] is None:
                message = f"没有填“{title}”；请补上，或清空这一行"
                self.mistakes.add(self.at(row, self.head.columns[name]), message)
        if len(self.mistakes.found) > before:
            return None
        contact = Contact(**texts)
        self.check_repeated(row, contact)
        return contact

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell, or the merged one that lies over it."""
        return self.sheet.cells.get((row, column)) or self.covered.get((row, column))

    def is_head(self, cells: Mapping[str, Cell | None]) -> bool:
        """Whether a row is the head once more, as on every printed page."""
        texts = {name: folded(cell.text) for name, cell in cells.items() if cell is not None}
        return texts.get("name") in KNOWN_AS["name"] and texts.get("body") in KNOWN_AS["body"]

    def is_note(self, row: int) -> bool:
        """Whether a row is one text over many columns, such as who made the list."""
        wide = [b for b in self.sheet.merged if b[0] <= row <= b[2] and b[3] - b[1] >= NOTE_WIDTH]
        if not wide:
            return False
        self.warnings.append(f"{self.at(row, wide[0][1])}: 这一行是跨列的说明，没有读入")
        return True

    def field(self, row: int, name: str, cell: Cell) -> str:
        """One field in its one form; empty if it is wrong, with the mistake noted."""
        at = self.at(row, self.head.columns[name])
        if broken(cell, at, self.mistakes):
            return ""
        value, fault = read_field(name, cell.text)
        if fault:
            self.mistakes.add(at, fault)
        return value

    def check_repeated(self, row: int, contact: Contact) -> None:
        """Note a person who stands there already, or whose mobile is somebody else's."""
        keys: dict[str, tuple[str, ...]] = {"name": (contact.name, contact.body)}
        if contact.mobile and "mobile" in self.head.columns:
            keys["mobile"] = (contact.mobile,)
        for name, key in keys.items():
            first = self.seen.setdefault((name, *key), row)
            if first != row:
                what = "同一个人（姓名和单位都相同）" if name == "name" else "手机号码相同"
                message = f"与第 {first + 1} 行重复：{what}；请核对，只留一行"
                self.mistakes.add(self.at(row, self.head.columns[name]), message)
                return
