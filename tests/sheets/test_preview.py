"""What people read before they confirm: each change with before and after, and what is not open."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kaohe_web.sheets.awards import AwardRow
from kaohe_web.sheets.filing import IndicatorRow, PartRow, filing_form
from kaohe_web.sheets.grid import GridUnit, grid_form
from kaohe_web.sheets.measured import Measured
from kaohe_web.sheets.merge import Standing, Undecided
from kaohe_web.sheets.model import Rejected
from kaohe_web.sheets.preview import PreviewRow, preview, settled
from sheets.desk import COUNT, FILE, RATE, Desk, filing, grid, with_part


def test_a_change_is_told_with_its_thing_field_before_and_after() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/G2.1", "self_score", "2.3")
    assert preview(desk.form, desk.read()).rows == (
        PreviewRow(
            ("part", "G2.1"),
            "self_score",
            "蔬菜监测合格率",
            "自评得分",
            Standing.FILE,
            issued="2.4",
            filled="2.3",
            before="2.4",
            after="2.3",
            place="填报表!K7",
        ),
    )


def test_an_older_issue_merges_with_what_changed_meanwhile() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/G2.1", "self_score", "2.3")
    desk.put("填报表", "part/M9", "note", "离线写的备注")
    now = with_part("G2.1", version=9, note="线上写的备注")
    form = filing_form(replace(now, issue=replace(now.issue, number=2, at="2017-10-20 08:00")))
    found = preview(form, desk.read(form))
    assert found.stale
    assert found.conflicts == ()
    assert {(row.key[-1], row.field): row.standing for row in found.rows} == {
        ("G2.1", "self_score"): Standing.FILE,
        ("G2.1", "note"): Standing.SITE,
        ("M9", "note"): Standing.FILE,
    }
    assert {
        write.key[-1]: (write.version, dict(write.values)) for write in found.merge.writes()
    } == {
        "G2.1": (9, {"self_score": "2.3"}),
        "M9": (2, {"note": "离线写的备注"}),
    }


def test_a_conflict_is_told_with_all_three_values() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/G2.1", "self_score", "2.3")
    form = filing_form(with_part("G2.1", version=9, self_score=Decimal("2.2")))
    (row,) = preview(form, desk.read(form)).conflicts
    assert (row.issued, row.filled, row.before, row.after) == ("2.4", "2.3", "2.2", "2.2")


def test_what_has_been_handed_in_meanwhile_is_not_changed_behind_its_back() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/G2.1", "self_score", "2.3")
    form = filing_form(with_part("G2.1", locked="已提交，等待审核"))
    found = preview(form, desk.read(form))
    assert [(error.at, error.message) for error in found.errors] == [
        (
            f"{FILE}:填报表!K7",
            (
                "“蔬菜监测合格率”现在不能改（已提交，等待审核），而表里改了这一格；"
                "请改回原来的内容，或等退回后再改"
            ),
        )
    ]


def test_a_locked_row_that_nobody_touched_is_no_error() -> None:
    desk = Desk.of_filing()
    assert preview(desk.form, desk.read()).errors == ()


def test_what_was_locked_when_it_was_issued_may_be_open_now() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/M12.1", "note", "退回后补的")
    form = filing_form(with_part("M12.1", locked="", status="已退回：缺少照片"))
    found = preview(form, desk.read(form))
    assert found.errors == ()
    assert [row.after for row in found.rows] == ["退回后补的"]


def test_a_row_that_now_belongs_to_others_is_left_unread_and_said_so() -> None:
    desk = Desk.of_filing()
    at = desk.put("填报表", "part/M9", "self_score", 1)
    rows = tuple(row for row in filing().rows if getattr(row, "part", "") != "M9")
    form = filing_form(replace(filing(), rows=rows))
    found = preview(form, desk.read(form))
    assert found.rows == ()
    assert found.warnings == (
        f"{at}: “示例条目：安全责任落实”已经不由这张表填报（分工或指标已调整），没有读入",
    )


def test_a_row_that_came_to_the_department_later_stays_as_it_is() -> None:
    desk = Desk.of_filing()
    later = PartRow("M20", "后来分来的", ("20",), Decimal("0.5"), "", 1, Decimal("0.5"))
    form = filing_form(replace(filing(), rows=(*filing().rows, later)))
    found = preview(form, desk.read(form))
    assert found.merge.writes() == ()
    assert [(row.title, row.standing) for row in found.rows] == [("后来分来的", Standing.SITE)]


def test_a_new_award_is_told_by_its_name_and_written_as_new() -> None:
    desk = Desk.of_filing()
    new = {
        "indicator": "质量激励项目（示例）",
        "name": "示例名牌",
        "level": "市级",
        "on_day": "2017年6月1日",
        "document": "示例文〔2017〕8号",
    }
    for field, value in new.items():
        desk.put("登记", "entry/+1", field, value)
    found = preview(desk.form, desk.read())
    assert {row.title for row in found.rows} == {"新登记：示例名牌"}
    (write,) = found.merge.writes()
    assert write.new
    assert dict(write.values) == {
        "indicator": "quality_award_count",
        "name": "示例名牌",
        "level": "city",
        "on_day": "2017-06-01",
        "document": "示例文〔2017〕8号",
    }


def test_an_award_uploaded_twice_is_entered_once() -> None:
    desk = Desk.of_filing()
    for field, value in {
        "indicator": "质量激励项目（示例）",
        "name": "示例名牌",
        "level": "市级",
        "on_day": "2017-06-01",
        "document": "示例文〔2017〕8号",
    }.items():
        desk.put("登记", "entry/+1", field, value)
    entered = AwardRow(
        "18", "quality_award_count", "示例名牌", "city", "2017-06-01", "示例文〔2017〕8号", 1
    )
    form = filing_form(replace(filing(), awards=(*filing().awards, entered)))
    assert preview(form, desk.read(form)).merge.writes() == ()


def test_an_award_whose_row_was_cleared_is_removed() -> None:
    desk = Desk.of_filing()
    for field in ("indicator", "name", "level", "on_day", "document", "holder"):
        desk.put("登记", "entry/17", field, None)
    (write,) = preview(desk.form, desk.read()).merge.writes()
    assert (write.key, write.gone, write.version) == (("entry", "17"), True, 2)


def test_an_award_that_the_site_removed_is_gone_and_told_by_its_name() -> None:
    desk = Desk.of_filing()
    form = filing_form(replace(filing(), awards=()))
    found = preview(form, desk.read(form))
    assert found.merge.writes() == ()
    assert {(row.title, row.standing) for row in found.rows} == {("示例质量奖", Standing.SITE)}


def test_two_sides_that_are_right_alone_may_contradict_together() -> None:
    desk = Desk.of_grid()
    row = "value/u02"
    at = desk.put("数据表", row, "vegetable_pass_rate/state", "无此项")
    held = Measured(RATE, Decimal(93), version=2)
    units = tuple(
        GridUnit(unit.id, unit.name, {**unit.values, RATE.id: held}) if unit.id == "u02" else unit
        for unit in grid().units
    )
    form = grid_form(grid(units=units))
    (error,) = preview(form, desk.read(form)).errors
    assert (error.at, error.message) == (
        at,
        (
            "“示例二县 蔬菜监测合格率（示例）”在下载以后系统里也改过，"
            "与这张表合起来不对：既填了数，又选了“无此项”，互相矛盾；请只留一样"
        ),
    )


def test_what_is_decided_is_looked_at_once_more_as_a_whole() -> None:
    desk = Desk.of_filing()
    row = "indicator/vegetable_pass_rate"
    desk.put("填报表", row, "value", None)
    desk.put("填报表", row, "state", "待定")
    changed = tuple(
        replace(each, measured=replace(each.measured, value=Decimal(94), version=5))
        if isinstance(each, IndicatorRow) and each.measured.indicator == RATE
        else each
        for each in filing().rows
    )
    form = filing_form(filing(rows=changed))
    filled = desk.read(form)
    found = preview(form, filled)
    slot = ("indicator", "vegetable_pass_rate"), "value"
    assert ([(c.key, c.field) for c in found.conflicts], found.errors) == ([slot], ())
    with pytest.raises(Undecided):
        settled(form, filled, found.merge, {})
    with pytest.raises(Rejected, match="既填了数，又选了“待定”"):
        settled(form, filled, found.merge, {slot: "site"})
    (write,) = settled(form, filled, found.merge, {slot: "file"})
    assert (write.version, dict(write.values)) == (5, {"value": "", "state": "pending"})


def test_what_may_not_be_changed_is_not_settled_either() -> None:
    desk = Desk.of_filing()
    desk.put("填报表", "part/G2.1", "self_score", "2.3")
    form = filing_form(with_part("G2.1", locked="已提交，等待审核"))
    filled = desk.read(form)
    with pytest.raises(Rejected, match="现在不能改"):
        settled(form, filled, preview(form, filled).merge, {})


def test_a_field_that_is_no_longer_asked_for_is_left_unread_and_said_so() -> None:
    desk = Desk.of_filing()
    at = desk.put("填报表", "indicator/tourism_campaign_count", "before", 2)
    rows = tuple(
        replace(each, measured=replace(each.measured, before=Decimal(3), asks_before=False))
        if isinstance(each, IndicatorRow) and each.measured.indicator == COUNT
        else each
        for each in filing().rows
    )
    form = filing_form(filing(rows=rows))
    found = preview(form, desk.read(form))
    assert (found.rows, found.merge.writes()) == ((), ())
    assert found.warnings == (f"{at}: 这一格现在不再填报，没有读入",)


def test_a_field_that_is_asked_for_only_now_stays_as_it_is() -> None:
    desk = Desk.of_filing()
    rows = tuple(
        replace(each, measured=replace(each.measured, asks_before=True, before=None))
        if isinstance(each, IndicatorRow)
        else each
        for each in filing().rows
    )
    form = filing_form(filing(rows=rows))
    found = preview(form, desk.read(form))
    assert (found.rows, found.merge.writes()) == ((), ())
    at = f"{FILE}:填报表!G6"
    assert found.warnings == (f"{at}: 这一格在下载以后才要填报，没有读入；请重新下载这张表再填",)
