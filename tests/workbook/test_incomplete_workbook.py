"""A workbook that has lost sheets or columns: what is there is read, what follows is not told."""

from collections.abc import Callable

import pytest

from kaohe.rubric.model import Rubric
from workbook.desk import FILE, Desk

ANEW = "请用 kaohe template 重新生成数据表，再把数据粘贴过去"
TOO_LARGE = "大于 100；百分数应在 0–100 之间，请核对数值和单位"


def lose_column(desk: Desk, kind: str, column: str) -> None:
    """Clear the key of a column."""
    sheet = desk.sheet(kind)
    (head,) = (cell for cell in sheet[1] if cell.value == column)
    head.value = None


def lost(sheet: str, title: str, key: str) -> dict[str, str]:
    """What is told of a column that is lost."""
    return {f"{FILE}:{sheet}": f"缺少“{title}”这一列（标记 {key} 不见了）；{ANEW}"}


def lost_sheet(sheet: str) -> dict[str, str]:
    """What is told of a sheet that is lost."""
    return {f"{FILE}:{sheet}": f"缺少“{sheet}”表（或它隐藏的标记被删掉了）；{ANEW}"}


def filled(desk: Desk) -> None:
    """Something on every sheet, all of it right."""
    desk.put("values", "1", "value:livestock_pass_rate", 97)
    desk.put("points", "G2.2", "points:1", 1)
    desk.put("points", "M9", "points:1", 1)
    entry = {"unit": "双台子区", "name": "鲁班奖", "level": "国家级", "date": "2017-05-31"}
    for column, value in {**entry, "document": "建协〔2017〕1号"}.items():
        desk.put("entries", "1", column, value)
    desk.put("references", "1", "group", "盘锦市")
    desk.put("references", "1", "indicator", "蔬菜监测合格率")
    desk.put("references", "1", "mean", 95)


@pytest.mark.parametrize(
    "sheet", ["单位", "指标值", "目标值", "评审得分", "登记", "否决", "参考值"]
)
def test_of_a_lost_sheet_nothing_but_that_is_told(desk: Desk, sheet: str) -> None:
    filled(desk)
    del desk.book[sheet]
    assert desk.mistakes() == lost_sheet(sheet)


@pytest.mark.parametrize(
    ("kind", "sheet", "column", "title"),
    [
        ("units", "单位", "id", "编号"),
        ("units", "单位", "name", "名称"),
        ("units", "单位", "group", "所属市（参评组）"),
        ("values", "指标值", "value:livestock_pass_rate", "畜禽产品监测合格率"),
        ("entries", "登记", "unit", "单位"),
        ("entries", "登记", "indicator", "登记哪一项"),
        ("entries", "登记", "name", "名称"),
        ("entries", "登记", "level", "级别"),
        ("entries", "登记", "date", "日期"),
        ("entries", "登记", "document", "证明文件及文号"),
        ("vetoes", "否决", "unit", "单位"),
        ("vetoes", "否决", "veto", "否决项"),
        ("references", "参考值", "group", "参评组"),
        ("references", "参考值", "indicator", "指标"),
        ("references", "参考值", "mean", "本组平均值"),
    ],
)
def test_of_a_lost_column_nothing_but_that_is_told(
    desk: Desk, kind: str, sheet: str, column: str, title: str
) -> None:
    filled(desk)
    lose_column(desk, kind, column)
    assert desk.mistakes() == lost(sheet, title, column)


def test_nothing_to_register_is_not_missed_in_a_lost_column(desk: Desk) -> None:
    desk.put("entries", "1", "unit", "双台子区")
    desk.put("entries", "1", "name", "无")
    lose_column(desk, "entries", "name")
    assert desk.mistakes() == lost("登记", "名称", "name")


def test_of_all_sheets_lost_each_is_told_and_nothing_more(desk: Desk) -> None:
    sheets = ["单位", "指标值", "目标值", "评审得分", "登记", "否决", "参考值"]
    for sheet in sheets:
        del desk.book[sheet]
    every = [lost_sheet(sheet) for sheet in sheets]
    assert desk.mistakes() == {place: said for each in every for place, said in each.items()}


def test_a_made_up_unit_is_not_taken_for_another(desk: Desk) -> None:
    desk.unit("2", "兴隆台区")
    desk.put("units", "2", "id", "1")
    desk.put("units", "1", "name", None)
    desk.put("units", "1", "group", None)
    lose_column(desk, "units", "name")
    assert desk.mistakes() == lost("单位", "名称", "name")


def test_a_lost_kind_of_unit_does_not_make_points_wrong(
    county: Rubric, desk_for: Callable[[Rubric], Desk]
) -> None:
    desk = desk_for(county)
    desk.unit()
    desk.put("units", "1", "type", "区")
    for part in county.all_parts():
        if part.applies_to and not part.rule.needs():
            desk.put("points", part.id, "points:1", 0)
    del desk.book["单位"]
    assert desk.mistakes() == lost_sheet("单位")


@pytest.mark.parametrize("sheet", ["单位", "指标值", "评审得分", "登记", "参考值"])
def test_mistakes_elsewhere_are_told_too(desk: Desk, sheet: str) -> None:
    target = desk.put("targets", "1", "target:manufacturing_pass_rate", 120)
    veto = desk.put("vetoes", "1", "veto", "别的事")
    del desk.book[sheet]
    found = desk.mistakes()
    assert found.pop(veto).startswith("没有“别的事”这一否决项；")
    unit = veto.replace("!C", "!B")
    assert found.pop(unit) == "没有填“单位”；请补上，或清空这一行"
    what = "制造业产品质量合格率（manufacturing_pass_rate）"
    assert found == {**lost_sheet(sheet), target: f"{what}：120 {TOO_LARGE}"}


def test_a_lost_column_and_a_bad_value_on_one_sheet_are_told_together(desk: Desk) -> None:
    at = desk.put("values", "1", "value:livestock_pass_rate", "待查")
    lose_column(desk, "values", "value:vegetable_pass_rate")
    do = "还没有数就留空，并在右边“无此项/待定”一栏选“待定”"
    column = lost("指标值", "蔬菜监测合格率", "value:vegetable_pass_rate")
    assert desk.mistakes() == {**column, at: f"“待查”不是数字；{do}"}
