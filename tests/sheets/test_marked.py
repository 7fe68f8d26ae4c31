"""A rejected workbook handed back: what was typed is kept, bad cells are red and listed."""

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kaohe_web.sheets.filing import filing_form
from kaohe_web.sheets.marked import write_marked
from kaohe_web.sheets.model import Filled, Form, Rejected
from kaohe_web.sheets.preview import preview
from sheets.desk import FILE, SECRET, Desk, filing, with_part

RED = "FFFFC7CE"
LIST = "错误清单"


def rejected(desk: Desk, form: Form | None = None) -> Rejected:
    """What the reader raises."""
    with pytest.raises(Rejected) as caught:
        desk.read(form)
    return caught.value


def marked(form: Form, error: Rejected) -> bytes:
    """The file as it is handed back."""
    target = io.BytesIO()
    write_marked(form, error.filled, error.mistakes, target, secret=SECRET)
    return target.getvalue()


def sheet_of(book: Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def red_cells(book: Workbook) -> dict[str, str]:
    """The red cells with their comments."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text if cell.comment else ""
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == RED
    }


def two_bad_cells() -> Desk:
    desk = Desk.of_filing()
    desk.put("填报表", "part/G2.1", "self_score", "待查")
    desk.put("填报表", "part/M9", "self_score", 3)
    desk.put("填报表", "part/M9", "note", "=不是公式")
    desk.cell("填报表", "part/M9", "note").data_type = "s"
    return desk


def test_two_bad_cells_come_back_red_with_what_is_wrong_and_what_was_typed() -> None:
    desk = two_bad_cells()
    book = load_workbook(io.BytesIO(marked(desk.form, rejected(desk))))
    assert red_cells(book) == {
        "填报表!K7": "“待查”不是数字；还没有自评就留空",
        "填报表!K11": "3 大于 1；分数应在 0–1 之间，请核对数值和单位",
    }
    sheet = sheet_of(book, "填报表")
    assert (sheet["K7"].value, sheet["K11"].value) == ("待查", 3)
    assert (sheet["M11"].value, sheet["M11"].data_type) == ("=不是公式", "s")
    assert str(sheet["I6"].value) == "93.2"


def test_the_list_of_mistakes_leads_to_each_cell() -> None:
    desk = two_bad_cells()
    book = load_workbook(io.BytesIO(marked(desk.form, rejected(desk))))
    assert book.active is not None
    assert book.active.title == LIST
    sheet = sheet_of(book, LIST)
    rows = [[cell.value for cell in row] for row in sheet["B4:F6"]]
    assert rows == [
        ["序号", "位置", "哪一项", "填的是", "问题和改法"],
        [1, "填报表!K7", "蔬菜监测合格率：自评得分", "待查", "“待查”不是数字；还没有自评就留空"],
        [
            2,
            "填报表!K11",
            "示例条目：安全责任落实：自评得分",
            "3",
            "3 大于 1；分数应在 0–1 之间，请核对数值和单位",
        ],
    ]
    links = [sheet[place].hyperlink for place in ("C5", "C6")]
    assert [link.location for link in links if link] == ["'填报表'!K7", "'填报表'!K11"]


def test_it_is_mended_and_taken_with_the_issue_it_was_handed_out_with() -> None:
    desk = two_bad_cells()
    first = rejected(desk)
    again = Desk(desk.form, marked(desk.form, first))
    assert again.mistakes() == desk.mistakes()
    again.put("填报表", "part/G2.1", "self_score", "2.3")
    again.put("填报表", "part/M9", "self_score", 1)
    filled = again.read()
    assert filled.issued.issue == first.filled.issued.issue
    assert filled.issued.base == first.filled.issued.base
    changes = {(w.key[-1], *w.values.values()) for w in preview(desk.form, filled).merge.writes()}
    assert changes == {("G2.1", "2.3"), ("M9", "1", "=不是公式")}


def test_a_stale_workbook_stays_three_way_after_it_was_marked() -> None:
    desk = two_bad_cells()
    now = filing_form(with_part("G2.1", version=9, self_score=Decimal("2.2")))
    again = Desk(now, marked(now, rejected(desk, now)))
    again.put("填报表", "part/G2.1", "self_score", "2.3")
    again.put("填报表", "part/M9", "self_score", 1)
    (conflict,) = preview(now, again.read()).conflicts
    assert (conflict.issued, conflict.filled, conflict.before) == ("2.4", "2.3", "2.2")


@pytest.mark.parametrize(
    ("typed", "shown", "kept"),
    [
        ("#REF!", "General", "#REF!"),
        (True, "General", "TRUE"),
        (Decimal("0.5"), "0%", "50%"),
        (dt.date(2017, 1, 5), "yyyy-mm-dd", "2017-01-05"),
        ("=1/3", "General", None),
        ("５０％", "@", "５０％"),
    ],
)
def test_whatever_was_typed_is_still_there_as_far_as_it_can_be(
    typed: object, shown: str, kept: str | None
) -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/M9", "self_score", typed, shown=shown)
    book = load_workbook(io.BytesIO(marked(desk.form, rejected(desk))))
    assert sheet_of(book, "填报表")["K11"].value == kept
    assert list(red_cells(book)) == ["填报表!K11"]


def test_a_mistake_at_no_cell_to_fill_is_listed_with_its_old_place() -> None:
    desk = Desk.of_filing()
    desk.sheet("填报表")["P7"].value = "另写的"
    desk.book.remove(desk.sheet("登记"))
    book = load_workbook(io.BytesIO(marked(desk.form, rejected(desk))))
    assert red_cells(book) == {}
    sheet = sheet_of(book, LIST)
    assert [sheet[place].value for place in ("C5", "C6")] == ["登记", "原表 填报表!P7"]
    assert "登记" in book.sheetnames


def test_rows_that_were_moved_are_marked_where_they_now_stand() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/M9", "self_score", 3)
    desk.sheet("填报表").insert_rows(4, 3)
    error = rejected(desk)
    assert [mistake.at for mistake in error.mistakes] == [f"{FILE}:填报表!K14"]
    book = load_workbook(io.BytesIO(marked(desk.form, error)))
    assert list(red_cells(book)) == ["填报表!K11"]
    assert sheet_of(book, LIST)["C5"].value == "填报表!K11"


def test_an_award_that_the_site_removed_meanwhile_keeps_its_row() -> None:
    desk = Desk.of_filing()
    desk.put("登记", "entry/17", "level", "世界级")
    now = filing_form(replace(filing(), awards=()))
    again = Desk(now, marked(now, rejected(desk, now)))
    assert again.cell("登记", "entry/17", "name").value == "示例质量奖"
    again.put("登记", "entry/17", "level", "国家级")
    assert {row.title for row in preview(now, again.read()).conflicts} == {"示例质量奖"}


def test_changes_that_may_not_be_made_are_marked_like_mistakes() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/M12.1", "self_score", Decimal("0.5"))
    desk.put("填报表", "part/M12.1", "lost_reason", "示例")
    filled: Filled = desk.read()
    errors = preview(desk.form, filled).errors
    target = io.BytesIO()
    write_marked(desk.form, filled, errors, target, secret=SECRET)
    assert set(red_cells(load_workbook(target))) == {"填报表!K12", "填报表!L12"}


def test_signs_of_xml_in_what_was_typed_do_no_harm() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/M9", "self_score", "<b>&amp;\"'_x0041_")
    data = marked(desk.form, rejected(desk))
    book = load_workbook(io.BytesIO(data))
    assert list(red_cells(book)) == ["填报表!K11"]
    assert "<b>&amp;" in str(sheet_of(book, "填报表")["K11"].value)
    assert Desk(desk.form, data).mistakes().keys() == desk.mistakes().keys()
