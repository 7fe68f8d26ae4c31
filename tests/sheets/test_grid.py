"""The provider's workbook: all units by all its indicators, by the same machinery as a filing."""

from dataclasses import replace
from decimal import Decimal

from kaohe_web.sheets.grid import GridSheet, GridUnit, grid_form
from kaohe_web.sheets.measured import Measured
from kaohe_web.sheets.merge import Standing
from kaohe_web.sheets.preview import preview
from sheets.desk import FILE, RATE, Desk, grid

SHEET = "数据表"


def with_rate(unit: str, value: str, version: int, locked: str = "") -> GridSheet:
    """The grid with one value changed on the site."""
    held = Measured(RATE, Decimal(value), version=version, locked=locked)
    units = tuple(
        GridUnit(each.id, each.name, {**each.values, RATE.id: held}) if each.id == unit else each
        for each in grid().units
    )
    return replace(grid(), units=units)


def test_values_of_many_units_are_read_at_once() -> None:
    desk = Desk.of_grid()
    desk.put(SHEET, "value/u01", "vegetable_pass_rate/value", "94.5%")
    desk.put(SHEET, "value/u02", "vegetable_pass_rate/value", Decimal("88.125"))
    desk.put(SHEET, "value/u02", "tourism_campaign_count/state", "无此项")
    desk.put(SHEET, "value/u03", "outside_grade/value", "合格")
    found = preview(desk.form, desk.read())
    assert {
        write.key[1:]: (write.version, dict(write.values)) for write in found.merge.writes()
    } == {
        ("u01", "vegetable_pass_rate"): (3, {"value": "94.5"}),
        ("u02", "vegetable_pass_rate"): (0, {"value": "88.125"}),
        ("u02", "tourism_campaign_count"): (0, {"state": "none"}),
        ("u03", "outside_grade"): (0, {"value": "3"}),
    }
    assert [(row.title, row.what, row.before, row.after) for row in found.rows][:1] == [
        ("示例一区 蔬菜监测合格率（示例）", "数值", "93.2", "94.5")
    ]


def test_an_untouched_grid_changes_nothing() -> None:
    desk = Desk.of_grid()
    assert preview(desk.form, desk.read()).rows == ()


def test_mistakes_are_told_at_their_cells() -> None:
    desk = Desk.of_grid()
    one = desk.put(SHEET, "value/u01", "vegetable_pass_rate/value", "101")
    other = desk.put(SHEET, "value/u02", "tourism_campaign_count/value", "2.5")
    third = desk.put(SHEET, "value/u02", "outside_grade/value", "优秀")
    assert desk.mistakes() == {
        one: "101 大于 100；百分数应在 0–100 之间，请核对数值和单位",
        other: "2.5 不是整数；个数只能是整数",
        third: "这一格（灰色）不用填；请清空",
    }


def test_a_row_pasted_over_another_unit_is_told() -> None:
    desk = Desk.of_grid()
    at = desk.put(SHEET, "value/u02", "name", "示例一区")
    assert desk.mistakes() == {
        at: (
            "这里写的是“示例一区”，而这一行是“示例二县”，填的数都算它的；"
            "请照原样改回来，别的数请移到它自己的行"
        )
    }


def test_two_sides_of_one_value_conflict() -> None:
    desk = Desk.of_grid()
    desk.put(SHEET, "value/u01", "vegetable_pass_rate/value", "94")
    form = grid_form(with_rate("u01", "95", 4))
    (row,) = preview(form, desk.read(form)).conflicts
    assert (row.issued, row.filled, row.before, row.standing) == (
        "93.2",
        "94",
        "95",
        Standing.CONFLICT,
    )


def test_a_value_that_is_closed_is_not_changed() -> None:
    desk = Desk.of_grid()
    at = desk.put(SHEET, "value/u01", "vegetable_pass_rate/value", "94")
    form = grid_form(with_rate("u01", "93.2", 3, "已公示"))
    (error,) = preview(form, desk.read(form)).errors
    assert at == f"{FILE}:数据表!E9"
    assert (error.at, error.message) == (
        at,
        (
            "“示例一区 蔬菜监测合格率（示例）”现在不能改（已公示），而表里改了这一格；"
            "请改回原来的内容，或等退回后再改"
        ),
    )


def test_two_hundred_units_are_written_and_read() -> None:
    units = tuple(
        GridUnit(f"u{n:03d}", f"示例单位{n}", {RATE.id: Measured(RATE, Decimal(n).scaleb(-1))})
        for n in range(200)
    )
    desk = Desk.of_grid(replace(grid(), units=units))
    values = desk.read().values
    assert len(values) == 200
    assert values["value", "u123", "vegetable_pass_rate"]["value"] == "12.3"
