"""What can be wrong with a filled workbook: each thing at its cell, all at once."""

from collections.abc import Callable

import pytest

from kaohe.nodes import Mistaken
from kaohe.rubric.model import Rubric
from kaohe.scoring.observations import Observations
from workbook.desk import FILE, Desk, changed

DeskFor = Callable[[Rubric], Desk]
RATE = "value:vegetable_pass_rate"
ANEW = "请用 kaohe template 重新生成数据表，再把数据粘贴过去"


def only(desk: Desk) -> Observations:
    (unit,) = desk.data().units
    return unit


def told(desk: Desk) -> list[str]:
    with pytest.raises(Mistaken) as caught:
        desk.data()
    return [str(mistake) for mistake in caught.value.mistakes]


# -- units


def test_an_empty_template_has_no_unit(seed: Rubric, desk_for: DeskFor) -> None:
    said = "一个单位也没有填；请至少填写一个被考核单位"
    assert told(desk_for(seed)) == [f"{FILE}:单位: {said}"]


def test_without_a_unit_only_that_is_told_of_the_lists(seed: Rubric, desk_for: DeskFor) -> None:
    desk = desk_for(seed)
    desk.put("references", "1", "group", "盘锦市")
    desk.put("references", "1", "indicator", "蔬菜监测合格率")
    desk.put("references", "1", "mean", 95)
    desk.put("entries", "1", "unit", "双台子区")
    desk.put("entries", "1", "name", "无")
    said = "一个单位也没有填；请至少填写一个被考核单位"
    assert told(desk) == [f"{FILE}:单位: {said}"]


def test_a_unit_needs_its_name_and_group(seed: Rubric, desk_for: DeskFor) -> None:
    desk = desk_for(seed)
    name = desk.put("units", "1", "group", "盘锦市").replace("D5", "C5")
    group = desk.put("units", "2", "name", "兴隆台区").replace("C6", "D6")
    assert desk.mistakes() == {
        name: "没有填单位的“名称”；请补上，或清空这一行",
        group: "没有填单位的“所属市（参评组）”；请补上，或清空这一行",
    }


def test_two_units_with_one_id_are_named(desk: Desk) -> None:
    desk.unit("2", "兴隆台区")
    at = desk.put("units", "2", "id", "u01")
    said = "单位编号“u01”与 单位!B5 处重复；每个单位要有自己的编号"
    assert desk.mistakes() == {at: said}


def test_a_value_without_a_unit_is_named_once_for_each_sheet(desk: Desk) -> None:
    at = desk.put("values", "2", RATE, 95)
    desk.put("values", "2", "value:livestock_pass_rate", 95)
    points = desk.put("points", "M9", "points:2", 1)
    said = "第 2 个单位在“单位”表中没有填，而这里有数据"
    do = "请先在“单位”表填写单位，或清空这些格"
    assert desk.mistakes() == {at: f"{said}（这个位置共有 2 处）；{do}", points: f"{said}；{do}"}


def test_the_kind_of_unit_is_chosen_by_its_title(county: Rubric, desk_for: DeskFor) -> None:
    desk = desk_for(county)
    desk.unit()
    missing = desk.put("units", "1", "type", None)
    said = "没有填单位的“类别”；请补上，或清空这一行"
    assert desk.mistakes() == {missing: said}
    desk.put("units", "1", "type", "开发区")
    assert only(desk).type == "zone"
    desk.put("units", "1", "type", "镇")
    assert list(desk.mistakes()) == [missing]


# -- 无此项 and 待定


def test_pending_is_missing(desk: Desk) -> None:
    desk.put("values", "1", "state:vegetable_pass_rate", "待定")
    desk.put("points", "M9", "state:1", "待定")
    assert (only(desk).values, only(desk).awards, only(desk).exempt) == ({}, {}, {})


def test_not_applicable_exempts_every_part_that_asks_for_the_indicator(desk: Desk) -> None:
    desk.put("values", "1", "state:vegetable_pass_rate", "无此项")
    desk.put("values", "1", "state:aquatic_pass_rate", "无此项：本区没有水产养殖")
    assert only(desk).exempt == {"G2.1": "无此项", "G2.3": "本区没有水产养殖"}


def test_not_applicable_exempts_a_part_with_its_reason(desk: Desk) -> None:
    desk.put("points", "M9", "state:1", "无此项")
    desk.put("points", "M9", "reason:1", "经批准不考核")
    desk.put("points", "M10", "state:1", "无此项")
    assert only(desk).exempt == {"M9": "经批准不考核", "M10": "无此项"}


def test_the_reason_of_the_part_stands_before_that_of_the_indicator(desk: Desk) -> None:
    desk.put("values", "1", "state:aquatic_pass_rate", "无此项：没有")
    desk.put("points", "G2.3", "state:1", "无此项")
    desk.put("points", "G2.3", "reason:1", "经批准不考核")
    assert only(desk).exempt == {"G2.3": "经批准不考核"}


@pytest.mark.parametrize("word", ["待定", "无此项"])
def test_a_value_beside_a_state_is_a_contradiction(desk: Desk, word: str) -> None:
    desk.put("values", "1", RATE, 95)
    value = desk.put("values", "1", "state:vegetable_pass_rate", word)
    desk.put("points", "M9", "points:1", 1)
    points = desk.put("points", "M9", "state:1", word)
    said = f"既填了数，又选了“{word}”，互相矛盾；请只留一样"
    assert desk.mistakes() == {value: said, points: said}


def test_another_word_is_no_state(desk: Desk) -> None:
    at = desk.put("values", "1", "state:vegetable_pass_rate", "没有")
    said = "“没有”不行；这一栏只能选“待定”或“无此项”（可写成“无此项：理由”），没有就留空"
    assert desk.mistakes() == {at: said}


# -- points


def test_a_reason_becomes_that_of_the_points(desk: Desk) -> None:
    desk.put("points", "M9", "points:1", "0.5")
    desk.put("points", "M9", "reason:1", "缺少公开截图")
    award = only(desk).awards["M9"]
    assert (str(award.score), award.reason) == ("0.5", "缺少公开截图")


def test_a_reason_without_points_is_warned_of(desk: Desk) -> None:
    at = desk.put("points", "M9", "reason:1", "缺少公开截图")
    assert only(desk).awards == {}
    assert desk.read()[1] == [f"{at}: 有理由而没有得分，没有计入；请补上得分，或清空理由"]


def test_points_beyond_the_part_are_named_at_their_cell(desk: Desk) -> None:
    at = desk.put("points", "M9", "points:1", 2)
    (found,) = desk.mistakes().items()
    assert found[0] == at
    assert found[1].endswith("得 2 分不行：得分应在 0–1 之间")


def test_points_for_a_part_that_a_rule_decides_are_named(desk: Desk) -> None:
    desk.put("values", "1", RATE, 95)
    at = desk.put("points", "G2.1", "points:1", 2)
    said = "G2.1（蔬菜监测合格率）由规则计分，不能直接给分；请删去得分，改填指标值"
    assert desk.mistakes() == {at: said}


# -- all at once


def test_every_mistake_is_told_at_once_in_the_order_of_the_sheets(desk: Desk) -> None:
    points = desk.put("points", "M9", "points:1", "缺")
    target = desk.put("targets", "1", "target:manufacturing_pass_rate", 120)
    other = desk.put("values", "1", "value:livestock_pass_rate", 101)
    rate = desk.put("values", "1", RATE, "待查")
    desk.unit("2", "兴隆台区")
    unit = desk.put("units", "2", "id", "u01")
    assert list(desk.mistakes()) == [unit, rate, other, target, points]


def test_a_mistake_is_told_once_although_two_would_find_it(desk: Desk) -> None:
    at = desk.put("targets", "1", "target:manufacturing_pass_rate", "未定")
    assert desk.mistakes() == {at: "“未定”不是数字；还没有数就留空"}


def test_a_shared_formula_without_a_value_is_a_formula_too(desk: Desk) -> None:
    cell = desk.cell("values", "1", RATE)
    empty = rf'<c r="{cell.coordinate}"[^>]*/>'
    shared = f'<c r="{cell.coordinate}"><f t="shared" si="0"/></c>'
    desk.raw.append(changed("xl/worksheets/sheet3.xml", empty, shared))
    said = "公式还没有算出结果；请在 Excel 或 WPS 中打开这个文件保存一次，或直接填数"
    assert desk.mistakes() == {f"{FILE}:指标值!{cell.coordinate}": said}
