"""The sheets that are lists: what is registered, vetoes, references."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.observations import Entry
from workbook.desk import Desk

AWARDS = IndicatorId("quality_award_count")
ROW = {
    "unit": "双台子区",
    "indicator": "质量激励项目数",
    "name": "鲁班奖",
    "level": "国家级",
    "date": "2017-05-31",
    "document": "建协〔2017〕1号",
}


def enter(desk: Desk, row: str = "1", **changes: object) -> dict[str, str]:
    """Fill in a row of the register; gives the places of its cells."""
    return {
        column: desk.put("entries", row, column, value)
        for column, value in {**ROW, **changes}.items()
    }


def entries(desk: Desk) -> tuple[Entry, ...]:
    (unit,) = desk.data().units
    return unit.entries[AWARDS]


def test_a_row_becomes_an_entry_with_the_level_by_its_id(desk: Desk) -> None:
    enter(desk, holder="某工程", approval="市考核办函")
    known = Entry("鲁班奖", "national", "2017-05-31", "建协〔2017〕1号", "某工程", "市考核办函")
    assert entries(desk) == (known,)


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2017, 5, 31),
        dt.datetime(2017, 5, 31, 14, 30),  # noqa: DTZ001 -- a cell has no time zone
        "2017/5/31",
        "2017年5月31日",
        "2017.05.31",
        "2017-05-31",
    ],
)
def test_a_day_is_understood_however_it_is_written(desk: Desk, day: object) -> None:
    enter(desk, date=day)
    assert entries(desk)[0].date == "2017-05-31"


def test_the_1904_calendar_of_old_macs_is_understood(desk: Desk) -> None:
    desk.book.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001 -- a cell has no time zone
    enter(desk, date=dt.date(2017, 5, 31))
    assert entries(desk)[0].date == "2017-05-31"


def test_what_is_no_day_is_named(desk: Desk) -> None:
    at = enter(desk, date="去年")["date"]
    assert desk.mistakes() == {at: "“去年”不是日期；请写成 2017-05-31"}


def test_what_an_entry_lacks_is_named_cell_by_cell(desk: Desk) -> None:
    at = enter(desk, date=None, document=None, level=None)
    do = "没有的不能计数，请补上，或清空这一行"
    assert desk.mistakes() == {
        at["level"]: f"没有填“级别”；{do}",
        at["date"]: f"没有填“日期”；{do}",
        at["document"]: f"没有填“证明文件及文号”；{do}",
    }


@pytest.mark.parametrize(
    ("column", "typed", "said"),
    [
        ("unit", "双台区", "“单位”表中没有“双台区”；是不是“双台子区”？"),
        ("indicator", "zz", "没有“zz”这一登记项目；可用的有：质量激励项目数"),
    ],
)
def test_a_row_is_read_to_its_end_whatever_is_wrong_in_it(
    desk: Desk, column: str, typed: str, said: str
) -> None:
    at = enter(desk, level="宇宙级", date="2017-02-30", document=None, **{column: typed})
    found = desk.mistakes()
    levels = found.pop(at["level"])
    assert levels.startswith("没有“宇宙级”这一级；可用的有：国家级、")
    assert found == {
        at[column]: said,
        at["date"]: "“2017-02-30”不是日期；请写成 2017-05-31",
        at["document"]: "没有填“证明文件及文号”；没有的不能计数，请补上，或清空这一行",
    }


def test_what_nobody_sees_in_an_entry_is_named_once(desk: Desk) -> None:
    at = enter(desk, name="鲁班\u200b奖")["name"]
    said = "“名称”含有看不见的字符 U+200B；请删去它，重新键入"
    assert desk.mistakes() == {at: said}


def test_the_only_register_need_not_be_chosen(desk: Desk) -> None:
    enter(desk, indicator=None)
    assert len(entries(desk)) == 1


def test_where_there_are_two_registers_one_must_be_chosen(
    county: Rubric, desk_for: Callable[[Rubric], Desk]
) -> None:
    desk = desk_for(county)
    desk.unit()
    desk.put("units", "1", "type", "区")
    at = enter(desk, indicator=None)["indicator"]
    assert desk.mistakes() == {at: "没有填“登记项目”；请补上，或清空这一行"}


def test_nothing_to_register_is_said_and_is_not_the_same_as_unknown(desk: Desk) -> None:
    (unit,) = desk.data().units
    assert AWARDS not in unit.entries
    desk.put("entries", "1", "unit", "双台子区")
    desk.put("entries", "1", "name", "无")
    assert entries(desk) == ()


def test_nothing_and_something_contradict_each_other(desk: Desk) -> None:
    enter(desk)
    desk.put("entries", "2", "unit", "双台子区")
    at = desk.put("entries", "2", "name", "无")
    said = "同一单位的同一项既登记了事项，又填了“无”；请只留一种"
    assert desk.mistakes() == {at: said}


def test_a_typed_count_and_a_register_exclude_each_other(desk: Desk) -> None:
    at = enter(desk)["name"]
    desk.put("values", "1", f"value:{AWARDS}", 3)
    said = f"“{AWARDS}”既在 indicators 中填了个数，又有登记；请只留一种"
    assert desk.mistakes() == {at: said}


def test_a_unit_that_is_not_there_is_named_with_the_nearest(desk: Desk) -> None:
    at = enter(desk, unit="双台区")["unit"]
    assert desk.mistakes() == {at: "“单位”表中没有“双台区”；是不是“双台子区”？"}


def test_a_row_about_no_unit_is_named(desk: Desk) -> None:
    at = enter(desk, unit=None)["unit"]
    assert desk.mistakes() == {at: "没有填“单位”；请补上，或清空这一行"}


def test_of_two_units_with_one_name_the_id_says_which(desk: Desk) -> None:
    desk.unit("2", "双台子区", "营口市")
    at = enter(desk)["unit"]
    assert desk.mistakes() == {at: "有不止一个单位叫“双台子区”；请改填单位的编号"}
    enter(desk, unit="u02")
    assert [list(unit.entries) for unit in desk.data().units] == [[], [AWARDS]]


def test_an_id_is_not_taken_for_the_number_of_a_row(desk: Desk) -> None:
    desk.unit("2", "兴隆台区")
    desk.put("units", "2", "id", "1")
    enter(desk, unit="1")
    assert [list(unit.entries) for unit in desk.data().units] == [[], [AWARDS]]


def test_a_veto_is_read_and_asks_for_its_document(desk: Desk, seed: Rubric) -> None:
    (veto,) = seed.vetoes
    desk.put("vetoes", "1", "unit", "双台子区")
    at = desk.put("vetoes", "1", "veto", veto.title)
    assert desk.data().units[0].vetoes == ("V1",)
    said = "否决没有填认定机关、文号；否决要有书面认定，请补上依据"
    assert desk.read()[1] == [f"{at}: {said}"]
    desk.put("vetoes", "1", "authority", "国务院")
    desk.put("vetoes", "1", "document", "国函〔2017〕1号")
    assert desk.read()[1] == []


def test_an_unknown_veto_is_named(desk: Desk, seed: Rubric) -> None:
    desk.put("vetoes", "1", "unit", "双台子区")
    at = desk.put("vetoes", "1", "veto", "别的事")
    assert list(desk.mistakes()) == [at]
    assert desk.mistakes()[at].startswith(
        f"没有“别的事”这一否决项；可用的有：{seed.vetoes[0].title}"
    )


def test_references_are_read_by_group_indicator_and_name(desk: Desk) -> None:
    desk.put("references", "1", "group", "盘锦市")
    desk.put("references", "1", "indicator", "质量技术基础综合指数")
    desk.put("references", "1", "mean", Decimal("1.05"))
    desk.put("references", "1", "reference:province", "0.98")
    desk.put("references", "2", "group", "盘锦市")
    desk.put("references", "2", "indicator", "蔬菜监测合格率")
    desk.put("references", "2", "mean", "95%")
    index = IndicatorId("quality_infrastructure_index")
    assert desk.data().references == {
        ("盘锦市", index, ""): Decimal("1.05"),
        ("盘锦市", index, "province"): Decimal("0.98"),
        ("盘锦市", IndicatorId("vegetable_pass_rate"), ""): Decimal(95),
    }


def test_only_a_groups_own_mean_may_be_said_to_be_unknown(desk: Desk) -> None:
    desk.put("references", "1", "group", "盘锦市")
    desk.put("references", "1", "indicator", "质量技术基础综合指数")
    desk.put("references", "1", "mean", "未知")
    index = IndicatorId("quality_infrastructure_index")
    assert desk.data().references == {("盘锦市", index, ""): None}
    province = desk.put("references", "1", "reference:province", "未知")
    assert desk.mistakes() == {province: "“未知”不是数字；还没有数就留空"}


def test_a_reference_without_a_mean_twice_or_for_an_unknown_group_is_named(desk: Desk) -> None:
    for row in ("1", "2", "3"):
        desk.put("references", row, "group", "盘锦市")
        desk.put("references", row, "indicator", "蔬菜监测合格率")
    first = desk.put("references", "1", "mean", 95)
    again = desk.put("references", "2", "mean", 96)
    empty = desk.put("references", "3", "mean", None)
    group = desk.put("references", "4", "group", "盘绵市")
    desk.put("references", "4", "indicator", "蔬菜监测合格率")
    desk.put("references", "4", "mean", 95)
    place = first.partition(":")[2]
    assert desk.mistakes() == {
        again: f"与 {place} 处重复；同一组的同一指标只写一个平均值",
        empty: "没有填平均值；请补上，或清空这一行",
        group: "没有单位属于“盘绵市”；是不是“盘锦市”？",
    }


def test_everything_wrong_in_a_row_of_references_is_named(desk: Desk, seed: Rubric) -> None:
    group = desk.put("references", "1", "group", "他市")
    indicator = desk.put("references", "1", "indicator", "zz")
    mean = desk.put("references", "1", "mean", "a")
    titles = "、".join(each.title for each in seed.indicators.values())
    assert desk.mistakes() == {
        group: "没有单位属于“他市”；可用的有：盘锦市",
        indicator: f"没有“zz”这一指标；可用的有：{titles}",
        mean: "“a”不是数字；还没有数就留空",
    }


def test_a_mean_without_its_group_is_read_too(desk: Desk) -> None:
    group = desk.put("references", "1", "group", None)
    desk.put("references", "1", "indicator", "旅游市场秩序综合整治次数")
    mean = desk.put("references", "1", "mean", "5%")
    assert desk.mistakes() == {
        group: "没有填“参评组”；请补上，或清空这一行",
        mean: "“5%”：这一项不是百分数；请去掉百分号，核对数值",
    }
