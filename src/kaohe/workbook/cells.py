"""A workbook as cells: every number by its digits, every text whole, every cell with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from typing import NamedTuple
from xml.etree.ElementTree import Element

from kaohe.quantity import write_number
from kaohe.workbook.dates import iso_of
from kaohe.workbook.keys import NUMBER_DIGITS
from kaohe.workbook.number_formats import Shows, read_formats
from kaohe.workbook.package import Package, refuse, target_of
from kaohe.workbook.places import block_of, column_of, whole
from kaohe.workbook.tags import local, read_tags

MOST_CELLS = 200_000
MOST_ROWS = 100_000
MOST_EXPONENT = 40
"""Beyond this a number is no measured value, and its plain digits would fill pages."""

NOT_A_WORKBOOK = "不是 Excel 工作簿；请核对文件"

AS_EXCEL = Context(prec=NUMBER_DIGITS, rounding=ROUND_HALF_EVEN)
DIGITS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Holds(Enum):
    """What a cell holds."""

    NUMBER = "数字"
    TEXT = "文字"
    DAY = "日期"
    BOOLEAN = "TRUE/FALSE"
    ERROR = "错误值"
    NOT_COMPUTED = "没有算出来的公式"


class Cell(NamedTuple):
    """One cell that is not empty; ``text`` is its text or the exact digits of its number."""

    holds: Holds
    text: str
    percent: bool = False
    formula: bool = False


@dataclass(slots=True)
class SheetCells:
    """One sheet: its cells by row and column from 0, what is merged in it, what is hidden."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def read_cells(data: bytes, file: str) -> list[SheetCells]:
    """The sheets of a workbook in their order.

    :raises Mistaken: if it is no workbook, or one that is not safe to open.
    """
    package = Package(data, file)
    return _Reader(package).sheets()


class _Reader:
    """Reads the members of one package; counts what it has read."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.count = self.rows = 0
        self.since_1904 = False
        self.strings: list[str] = []
        self.formats: list[Shows] = []

    def sheets(self) -> list[SheetCells]:
        """Every sheet."""
        main = self.main()
        targets = dict(self.relations(main))
        listed: list[tuple[str, bool, str]] = []
        for tag, element in read_tags(self.package, main):
            if tag == "workbookPr":
                self.since_1904 = element.get("date1904") in ("1", "true")
            elif tag == "sheet":
                link = next((v for k, v in element.items() if k.endswith("}id")), "")
                hidden = element.get("state", "visible") != "visible"
                listed.append((element.get("name", ""), hidden, link))
        by_type = dict(targets.values())
        if "sharedStrings" in by_type:
            self.strings = list(self.shared_strings(by_type["sharedStrings"]))
        if "styles" in by_type:
            self.formats = read_formats(read_tags(self.package, by_type["styles"]))
        found = []
        for name, hidden, link in listed:
            kind, member = targets.get(link, ("", ""))
            if kind == "worksheet":
                found.append(self.sheet(SheetCells(name, hidden), member))
        return found

    def main(self) -> str:
        """The member that is the workbook."""
        by_kind = dict(dict(self.relations("")).values())
        if "officeDocument" not in by_kind:
            refuse(self.package.file, NOT_A_WORKBOOK)
        return by_kind["officeDocument"]

    def relations(self, of: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """What a member points at: by id, the kind and the member."""
        folder, _, name = of.rpartition("/")
        member = f"{folder}/_rels/{name}.rels" if of else "_rels/.rels"
        if member not in self.package:
            refuse(self.package.file, NOT_A_WORKBOOK)
        for tag, element in read_tags(self.package, member):
            if tag == "Relationship" and element.get("TargetMode") != "External":
                kind = element.get("Type", "").rpartition("/")[2]
                yield element.get("Id", ""), (kind, target_of(of, element.get("Target", "")))

    def shared_strings(self, member: str) -> Iterator[str]:
        """The texts that cells share."""
        for tag, element in read_tags(self.package, member):
            if tag == "si":
                self.counted()
                yield text_of(element)
                element.clear()

    def counted(self) -> None:
        """One more cell or text."""
        self.count += 1
        if self.count > MOST_CELLS:
            refuse(self.package.file, f"单元格超过 {MOST_CELLS} 个，不像是数据表；请核对文件")

    def sheet(self, sheet: SheetCells, member: str) -> SheetCells:
        """The cells of one sheet."""
        row = -1
        for tag, element in read_tags(self.package, member):
            if tag == "row":
                row = self.row(sheet, element, row)
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                first, last = whole(element.get("min")), whole(element.get("max"))
                if first is not None and last is not None:
                    sheet.hidden_columns.append((first - 1, last - 1))
            elif tag == "mergeCell":
                block = block_of(element.get("ref", ""))
                if block is not None:
                    sheet.merged.append(block)
        return sheet

    def row(self, sheet: SheetCells, element: Element, before: int) -> int:
        """The cells of one row, which need not say where they stand; gives the row."""
        self.rows += 1
        if self.rows > MOST_ROWS:
            refuse(self.package.file, f"工作表超过 {MOST_ROWS} 行，不像是数据表；请删去多余的行")
        number = whole(element.get("r"))
        row = before + 1 if number is None else number - 1
        if element.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(row)
        column = -1
        for child in element:
            if local(child) != "c":
                continue
            self.counted()
            letters = child.get("r", "").rstrip("0123456789")
            column = column_of(letters) if letters else column + 1
            cell = self.cell(child)
            if cell is not None:
                sheet.cells[row, column] = cell
        element.clear()
        return row

    def cell(self, element: Element) -> Cell | None:
        """One cell; ``None`` if nothing is in it."""
        parts = {local(child): child for child in element}
        cell = self.content(element, parts)
        return cell._replace(formula=True) if cell is not None and "f" in parts else cell

    def content(self, element: Element, parts: dict[str, Element]) -> Cell | None:
        """What a cell holds, whether it was typed or computed."""
        if "is" in parts:
            return text_cell(text_of(parts["is"]))
        value = parts["v"].text or "" if "v" in parts else ""
        kind = element.get("t", "n")
        if "f" in parts and not value and kind != "str":
            return Cell(Holds.NOT_COMPUTED, "")
        if not value:
            return None
        if kind == "s":
            return text_cell(self.shared(value))
        return self.number(value, element.get("s", "0")) if kind == "n" else other(kind, value)

    def shared(self, number: str) -> str:
        """A shared text by its number."""
        index = whole(number)
        if index is None or index >= len(self.strings):
            refuse(self.package.file, "工作簿里的文字表残缺；请在 Excel 或 WPS 中打开并重新保存")
        return self.strings[index]

    def number(self, digits: str, style: str) -> Cell:
        """A number by its digits, at the precision that Excel itself shows."""
        index = whole(style)
        shows = Shows.PLAIN
        if index is not None and index < len(self.formats):
            shows = self.formats[index]
        number = read_digits(digits)
        if number is None:
            return Cell(Holds.TEXT, digits.strip())
        if shows is Shows.DAY:
            day = iso_of(number, since_1904=self.since_1904)
            return Cell(Holds.DAY, day or write_number(number))
        if shows is Shows.PERCENT:
            return Cell(Holds.NUMBER, write_number(number.scaleb(2, AS_EXCEL)), percent=True)
        return Cell(Holds.NUMBER, write_number(number))


def read_digits(digits: str) -> Decimal | None:
    """The number that Excel means by the digits in its file; ``None`` if it is not one.

    Excel keeps binary fractions and writes 17 digits of them, and shows at most 15.

    >>> read_digits("93.200000000000003"), read_digits("0.10000000000000001")
    (Decimal('93.2000000000000'), Decimal('0.100000000000000'))
    """
    if DIGITS.fullmatch(digits.strip()) is None:
        return None
    number = Decimal(digits.strip())
    if number and abs(number.adjusted()) > MOST_EXPONENT:
        return None
    return AS_EXCEL.plus(number)


def other(kind: str, value: str) -> Cell | None:
    """A cell that holds neither a number nor a shared text."""
    match kind:
        case "b":
            return Cell(Holds.BOOLEAN, "TRUE" if value == "1" else "FALSE")
        case "e":
            return Cell(Holds.ERROR, value)
        case "d":
            return Cell(Holds.DAY, value[:10])
        case _:
            return text_cell(unescaped(value))


def text_cell(text: str) -> Cell | None:
    """A cell of text; blanks are nothing."""
    return Cell(Holds.TEXT, text.strip()) if text.strip() else None


def text_of(element: Element) -> str:
    """The text of a shared or inline string: its runs joined, its phonetic guide left out."""
    words = []
    for child in element:
        name = local(child)
        if name == "t":
            words.append(child.text or "")
        elif name == "r":
            words += [part.text or "" for part in child if local(part) == "t"]
    return unescaped("".join(words))


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, which Excel writes as ``_x000D_``."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)
