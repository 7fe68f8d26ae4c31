"""A desk to fill in and damage workbooks at, the way Excel, WPS and people do."""

import io
import re
import zipfile
from collections.abc import Callable

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kaohe.nodes import Mistaken, Node
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.observations import Dataset
from kaohe.workbook.keys import SHEETS
from kaohe.workbook.read import read_workbook
from kaohe.workbook.template import write_template

FILE = "数据表.xlsx"


class Desk:
    """One workbook on the desk; cells are found by their keys, as the reader finds them."""

    def __init__(self, rubric: Rubric, data: Dataset | None = None, slots: int = 2) -> None:
        self.rubric = rubric
        self.book: Workbook = load_workbook(io.BytesIO(template(rubric, data, slots)))
        self.raw: list[Callable[[bytes], bytes]] = []

    def sheet(self, kind: str) -> Worksheet:
        """The sheet of one kind of input."""
        return self.book[SHEETS[kind]]

    def cell(self, kind: str, row: str, column: str) -> Cell:
        """The cell of two keys."""
        sheet = self.sheet(kind)
        keys = {str(cell.value): row for row, cell in enumerate(sheet["A"], 1)}
        heads = {str(cell.value): column for column, cell in enumerate(sheet[1], 1)}
        found = sheet.cell(keys[row], heads[column])
        assert isinstance(found, Cell)
        return found

    def put(self, kind: str, row: str, column: str, value: object, *, shown: str = "") -> str:
        """Fill in a cell; gives its place as messages name it."""
        cell = self.cell(kind, row, column)
        cell.value = value  # type: ignore[assignment]  # whatever a person may type
        if shown:
            cell.number_format = shown
        return f"{FILE}:{SHEETS[kind]}!{cell.coordinate}"

    def unit(self, slot: str = "1", name: str = "双台子区", group: str = "盘锦市") -> None:
        """Fill in a unit."""
        self.put("units", slot, "name", name)
        self.put("units", slot, "group", group)

    def saved(self) -> bytes:
        """The file as it is now."""
        target = io.BytesIO()
        self.book.save(target)
        data = target.getvalue()
        for change in self.raw:
            data = change(data)
        return data

    def read(self) -> tuple[Node, list[str]]:
        """What the reader makes of it."""
        return read_workbook(self.saved(), FILE, self.rubric)

    def data(self) -> Dataset:
        """The observations in it."""
        return read_data(self.read()[0], self.rubric)

    def mistakes(self) -> dict[str, str]:
        """What is wrong with it, by place."""
        try:
            self.data()
        except Mistaken as error:
            return {mistake.at: mistake.message for mistake in error.mistakes}
        return {}


def template(rubric: Rubric, data: Dataset | None = None, slots: int = 3) -> bytes:
    """A template's bytes."""
    target = io.BytesIO()
    write_template(rubric, target, data=data, slots=slots)
    return target.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return target.getvalue()


def changed(member: str, pattern: str, by: str) -> Callable[[bytes], bytes]:
    """A change of a member's XML that must find its place exactly once."""

    def change(data: bytes) -> bytes:
        content = members(data)
        text, count = re.subn(pattern, by, content[member].decode(), flags=re.DOTALL)
        assert count == 1
        return packed({**content, member: text.encode()})

    return change


def one_sheet(rows: str, *, strings: str = "", styles: str = "", workbook: str = "") -> bytes:
    """A bare workbook with these rows of XML on its only sheet."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"

    def relations(**targets: str) -> bytes:
        links = "".join(
            f'<Relationship Id="{kind}" Type="{office}/{kind}" Target="{target}"/>'
            for kind, target in targets.items()
        )
        return f'<Relationships xmlns="{package}">{links}</Relationships>'.encode()

    content = {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook {main} xmlns:r="{office}">{workbook}<sheets>'
            '<sheet name="表" sheetId="1" r:id="worksheet"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="worksheets/sheet1.xml",
            sharedStrings="sharedStrings.xml",
            styles="styles.xml",
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {main}>{rows}</worksheet>".encode(),
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>".encode(),
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>".encode(),
    }
    return packed(content)
