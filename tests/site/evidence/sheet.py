"""A workbook on somebody's desk: filled in as WPS would, brought back to the site."""

import io
from dataclasses import dataclass
from typing import Any

from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from evidence.desk import Desk, as_file
from kaohe_web.filing.models import WorkbookUpload


@dataclass
class Sheet:
    """A workbook that was handed out; cells are found by their hidden keys."""

    book: Workbook

    @classmethod
    def fetched(cls, desk: Desk, who: str) -> "Sheet":
        """The workbook that somebody downloads now."""
        answer = desk.world.client(who).get(desk.address("workbook_download"))
        assert answer.status_code == 200
        return cls.of(answer.content)

    @classmethod
    def of(cls, content: bytes) -> "Sheet":
        """A workbook as a file."""
        return cls(load_workbook(io.BytesIO(content)))

    def cell(self, name: str, row: str, column: str) -> Cell:
        """The cell of two keys."""
        sheet = self.book[name]
        rows = {str(cell.value): number for number, cell in enumerate(sheet["A"], 1)}
        columns = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
        found = sheet.cell(rows[row], columns[column])
        assert isinstance(found, Cell)
        return found

    def put(self, name: str, row: str, column: str, value: Any) -> str:
        """Fill in a cell; gives its place as messages name it."""
        cell = self.cell(name, row, column)
        cell.value = value
        return f"{name}!{cell.coordinate}"

    def saved(self) -> bytes:
        """The file as it is now."""
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()

    def brought_back(
        self, desk: Desk, who: str, name: str = "填报表.xlsx"
    ) -> tuple[Client, WorkbookUpload, str]:
        """Uploaded by somebody: the browser, what is kept, and the page of the preview."""
        client = desk.world.client(who)
        answer = client.post(
            desk.address("workbook_upload"), {"file": as_file(self.saved(), name)}, follow=True
        )
        assert answer.status_code == 200, answer.content.decode()
        found = WorkbookUpload.objects.latest("pk")
        return client, found, answer.content.decode()


def seen_in(page: str) -> str:
    """What stands for what a preview shows."""
    return page.partition('name="seen" value="')[2].partition('"')[0]
