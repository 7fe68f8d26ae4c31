"""What a workbook is like to fill in: locked, guided, frozen, ready for A4; nothing a formula."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from counts import count
from kaohe_web.sheets.filing import PartRow, filing_form
from kaohe_web.sheets.grid import GridUnit, grid_form
from kaohe_web.sheets.measured import Measured
from sheets.desk import COUNT, GRADE, RATE, Desk, filing, grid, issue, written

DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "  =1",
    "{=1}",
)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(written(filing_form(filing()))))


def sheet_of(book: Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def formulas(book: Workbook) -> list[str]:
    """Every formula with its place."""
    return [
        f"{sheet.title}!{cell.coordinate}{cell.value}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def rules(sheet: Worksheet) -> dict[str, tuple[str | None, str | None, str | None]]:
    """What is allowed where: its kind, its source, the title of its hint."""
    return {
        str(rule.sqref): (rule.type, rule.formula1, rule.promptTitle)
        for rule in sheet.data_validations.dataValidation
    }


def test_the_sheets_are_guide_form_awards_and_a_hidden_memory(book: Workbook) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert states == {
        "填写说明": "visible",
        "填报表": "visible",
        "登记": "visible",
        "_kaohe": "veryHidden",
    }


def test_labels_and_sums_are_locked_and_cells_to_fill_are_not(book: Workbook) -> None:
    sheet = sheet_of(book, "填报表")
    assert sheet.protection.sheet
    assert [sheet[place].protection.locked for place in ("C7", "E7", "K13", "I7")] == [True] * 4
    assert [sheet[place].protection.locked for place in ("K7", "L7", "M7", "I6")] == [False] * 4


def test_a_row_that_is_not_open_is_locked_and_says_why(book: Workbook) -> None:
    sheet = sheet_of(book, "填报表")
    assert [sheet[place].protection.locked for place in ("K12", "L12", "M12")] == [True] * 3
    (why,) = [r for r in sheet.data_validations.dataValidation if r.promptTitle == "现在不能改"]
    assert (str(why.sqref), why.prompt) == ("K12 L12 M12", "已提交，等待审核")


def test_heads_stay_in_sight_and_a4_lies_sideways(book: Workbook) -> None:
    for name, panes in (("填报表", "D5"), ("登记", "E5")):
        sheet = sheet_of(book, name)
        assert sheet.freeze_panes == panes
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$2:$4"
        assert sheet.row_dimensions[1].hidden
        assert sheet.column_dimensions["A"].hidden


def test_every_cell_to_fill_has_its_hint_and_choices_a_list(book: Workbook) -> None:
    found = rules(sheet_of(book, "填报表"))
    assert found["K7"] == ("decimal", "0", "自评得分")
    assert found["I6"] == ("decimal", "0", "本年值")
    assert found["I9"] == ("list", '"优秀,良好,合格"', "本年值")
    assert found["J6 J8:J9"] == ("list", '"无此项,待定,见说明"', "无此项、待定、见说明")
    awards = rules(sheet_of(book, "登记"))
    assert awards["E5:E35"] == ("list", '"国家级,省级,市级"', "级别")


def test_a_long_list_of_choices_is_kept_on_the_hidden_sheet() -> None:
    names = tuple(f"第{number}等级，“一”,{'长' * 20}" for number in range(1, 30))
    long = replace(GRADE, values=names)
    unit = GridUnit("u01", "示例区", {long.id: Measured(long)})
    desk = Desk(grid_form(replace(grid(), indicators=(long,), units=(unit,))))
    found = rules(desk.sheet("数据表"))
    (source,) = {rule[1] for rule in found.values() if rule[0] == "list" and "$" in str(rule[1])}
    assert source == "_kaohe!$C$1:$C$29"
    assert [cell.value for cell in desk.sheet("_kaohe")["C"][:29]] == list(names)
    desk.put("数据表", "value/u01", f"{long.id}/value", names[4])
    assert desk.read().values["value", "u01", long.id]["value"] == "5"


def test_the_only_formulas_are_the_sums(book: Workbook) -> None:
    assert formulas(book) == [
        "填报表!D13=ROUND(SUM(D5:D12),6)",
        "填报表!K13=ROUND(SUM(K5:K12),6)",
    ]
    shown = load_workbook(io.BytesIO(written(filing_form(filing()))), data_only=True)
    assert [str(sheet_of(shown, "填报表")[at].value) for at in ("D13", "K13")] == ["4.5", "3.4"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_T09_no_text_of_the_site_becomes_a_formula(text: str) -> None:
    head = issue(unit_title=text, owner_title=text, cycle_title=text, at=text)
    part = PartRow("A", text, (text,), filing().rows[1].points, text, 1, None, text, text, text)  # type: ignore[union-attr]  # it is a part
    award = replace(filing().awards[0], name=text, document=text, holder=text, level=text)
    sheet = replace(filing(issue=head), rows=(part,), awards=(award,), due=text)
    assert all(
        "ROUND(SUM(" in formula
        for formula in formulas(load_workbook(io.BytesIO(written(filing_form(sheet)))))
    )
    unit = GridUnit(text, text, {COUNT.id: Measured(replace(COUNT, title=text, definition=text))})
    shown = replace(COUNT, title=text, definition=text)
    numbers = replace(grid(issue=replace(head, kind="grid")), indicators=(shown,), units=(unit,))
    assert formulas(load_workbook(io.BytesIO(written(grid_form(numbers))))) == []


@settings(
    max_examples=count(full=300, reduced=20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.text(max_size=40), st.text(min_size=1, max_size=12))
def test_whatever_the_site_holds_the_workbook_opens_and_is_read(text: str, name: str) -> None:
    units = (GridUnit(name, text, {RATE.id: Measured(RATE, note=text)}),)
    desk = Desk(grid_form(replace(grid(), units=units)))
    assert list(desk.read().values) == [("value", name, RATE.id)]


def test_a_sheet_of_awards_alone_and_an_empty_one_can_be_made() -> None:
    desk = Desk(filing_form(replace(filing(), rows=())))
    assert desk.book.sheetnames == ["填写说明", "登记", "_kaohe"]
    assert desk.mistakes() == {}
    desk = Desk(filing_form(replace(filing(), rows=(), registers=(), awards=())))
    assert desk.read().values == {}
