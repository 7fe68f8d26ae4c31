"""Any table as .xlsx and CSV: numbers by their digits, text that never becomes a formula (T09)."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from counts import count
from kaohe.quantity import write_number
from kaohe.workbook.cells import Holds, read_cells
from kaohe_web.sheets.csv_text import csv_table
from kaohe_web.sheets.table import Content, TableColumn, sheet_name, write_table
from kaohe_web.sheets.texts import tidy

CASES = settings(max_examples=count(full=500, reduced=40), deadline=None)
DANGEROUS = [
    *("=1+1", "+1-1", "@SUM(A1)", "-2+3", "\t=1", "\r=1", "\n=1", "  =1", "\u3000=1", "\u00a0=1"),
    *("＝1", "＋1", "－1", "＠x", "  ＠x", '"=1+1"', "'=1", "−1", "=cmd|' /C calc'!A0", "\u200b=1"),
]
HARMLESS = ["-2.5", "-0", "第 3 条", "1-2", "a=b", "示例区", "", "（-5）", "'", "94.5%"]
NUMBERS = st.decimals(
    min_value=Decimal(-(10**6)), max_value=Decimal(10**6), places=4, allow_nan=False
)


def workbook(*rows: list[Content], total: list[Content] | None = None, **more: str) -> Workbook:
    target = io.BytesIO()
    columns: list[TableColumn | str] = [TableColumn("单位", 20), "得分"]
    write_table(
        more.get("title", "得分表"), columns, rows, target, total=total, note=more.get("note", "")
    )
    return load_workbook(target)


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_has_its_title_note_head_rows_and_total() -> None:
    book = workbook(
        ["示例一区", Decimal("91.25")],
        ["示例二县", None],
        total=["平均", Decimal("91.25")],
        note="版次 0123",
    )
    sheet = book.worksheets[0]
    assert [[str(c.value) for c in row] for row in sheet.iter_rows()] == [
        ["得分表", "None"],
        ["版次 0123", "None"],
        ["单位", "得分"],
        ["示例一区", "91.25"],
        ["示例二县", "None"],
        ["平均", "91.25"],
    ]
    assert sheet.title == "得分表"
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


@pytest.mark.parametrize("text", DANGEROUS)
def test_T09_no_text_of_a_table_is_a_formula(text: str) -> None:
    book = workbook([text, Decimal("-2.5")], title=text, note=text, total=[text, 1])
    types = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert types == {"s", "n"}
    assert str(book.worksheets[0]["B4"].value) == "-2.5"


@pytest.mark.parametrize("text", DANGEROUS)
def test_T09_a_text_like_a_formula_gets_an_apostrophe_in_csv(text: str) -> None:
    rows = csv_rows(csv_table([text], [[text]]))
    assert rows == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize("text", HARMLESS)
def test_T09_other_texts_and_negative_numbers_stay_as_they_are(text: str) -> None:
    assert csv_rows(csv_table(["数", "文"], [[Decimal("-2.5"), text]]))[1] == ["-2.5", text]


def test_csv_is_utf8_with_its_mark_and_lines_as_excel_has_them() -> None:
    data = csv_table(
        ["单位", TableColumn("得分")], [["示例,区", Decimal("91.250")], ["甲\n乙", None]]
    )
    assert data == '\ufeff单位,得分\r\n"示例,区",91.25\r\n"甲\n乙",\r\n'.encode()


@CASES
@given(NUMBERS)
def test_numbers_are_numbers_to_the_last_digit(number: Decimal) -> None:
    target = io.BytesIO()
    write_table("表", ["数"], [[number]], target)
    cells = read_cells(target.getvalue(), "表.xlsx")[0].cells
    assert (cells[2, 0].holds, cells[2, 0].text) == (Holds.NUMBER, write_number(number))
    assert csv_rows(csv_table(["数"], [[number]]))[1] == [write_number(number)]


def test_a_number_longer_than_excel_keeps_is_text_with_all_its_digits() -> None:
    target = io.BytesIO()
    write_table("表", ["数"], [[Decimal("123456789012.123456789012")]], target)
    cell = read_cells(target.getvalue(), "表.xlsx")[0].cells[2, 0]
    assert (cell.holds, cell.text) == (Holds.TEXT, "123456789012.123456789012")


@CASES
@given(st.text(), st.text())
def test_any_text_makes_a_workbook_that_opens(title: str, text: str) -> None:
    target = io.BytesIO()
    write_table(title, [text], [[text]], target)
    cells = read_cells(target.getvalue(), "表.xlsx")[0].cells
    assert cells.get((2, 0)) is None or cells[2, 0].text == tidy(text)


@CASES
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_csv_is_read_back_with_nothing_lost_but_the_apostrophe(rows: list[list[str]]) -> None:
    found = csv_rows(csv_table(["甲", "乙"], rows))[1:]
    plain = [[text.replace("\r\n", "\n") for text in row] for row in found]
    wanted = [[text.replace("\r\n", "\n") for text in row] for row in rows]
    for row, asked in zip(plain, wanted, strict=True):
        for text, original in zip(row, asked, strict=True):
            assert text in (original, f"'{original}")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("得分[1]:a/b\\c*?", "得分　1　　a　b　c"),
        ("长" * 40, "长" * 31),
        ("𠅤" * 20, "𠅤" * 15),
        ("'引'", "引"),
        ("\n", "表"),
    ],
)
def test_a_title_becomes_a_name_that_a_sheet_can_have(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_an_empty_table_is_a_table_with_a_head() -> None:
    assert [cell.value for cell in workbook().worksheets[0][2]] == ["单位", "得分"]
    assert csv_rows(csv_table(["单位"], [])) == [["单位"]]
