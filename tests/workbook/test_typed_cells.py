"""What people type for a number, and what becomes of it."""

import datetime as dt
from decimal import Decimal

import pytest

from kaohe.nodes import Scalar, walk
from kaohe.rules.base import IndicatorId
from workbook.desk import Desk, changed

RATE = "value:vegetable_pass_rate"
COUNT = "value:tourism_campaign_count"


def the_value(desk: Desk, indicator: str) -> Decimal:
    return desk.data().units[0].values[IndicatorId(indicator)]


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [
        (Decimal("93.2"), "General", "93.2"),
        (Decimal("0.932"), "0.00%", "93.2"),
        (Decimal("0.932"), "0%", "93.2"),
        ("93.2", "@", "93.2"),
        ("93.2%", "@", "93.2"),
        ("93.2 %", "@", "93.2"),
        ("９３．２％", "@", "93.2"),
        ("９３．２", "General", "93.2"),
        ("　93.2　", "General", "93.2"),
        ("93.2﹪", "@", "93.2"),
        (Decimal("93.200000000000003"), "General", "93.2"),
        (Decimal("0.10000000000000001"), "General", "0.1"),
        (Decimal("0.93200000000000005"), "0.00%", "93.2"),
        ("12.123456789012", "@", "12.123456789012"),
        (100, "General", "100"),
    ],
)
def test_a_rate_is_understood_however_it_is_typed(
    desk: Desk, typed: object, shown: str, value: str
) -> None:
    desk.put("values", "1", RATE, typed, shown=shown)
    assert the_value(desk, "vegetable_pass_rate") == Decimal(value)


@pytest.mark.parametrize("typed", ["−5", "－5", "-5", "﹣５"])
def test_every_minus_of_a_chinese_keyboard_is_one(desk: Desk, typed: str) -> None:
    at = desk.put("values", "1", RATE, typed)
    message = "蔬菜监测合格率（vegetable_pass_rate）：-5 小于 0；请核对数值和单位"
    assert desk.mistakes() == {at: message}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "待查",
            "“待查”不是数字；还没有数就留空，并在右边“无此项/待定”一栏选“待定”",
        ),
        ("1,234.5", "“1,234.5”带有千分号；请去掉，只写数字"),
        ("１，２３４", "“１，２３４”带有千分号；请去掉，只写数字"),
    ],
)
def test_what_is_no_number_says_what_to_do(desk: Desk, typed: str, message: str) -> None:
    at = desk.put("values", "1", RATE, typed)
    assert desk.mistakes() == {at: message}


@pytest.mark.parametrize(
    "typed", ["5O%", "约95", "94.5%%", "1e2", "9²", "١٢", "①", "½", "+5", "1_0", "NaN", "93。2"]
)
def test_nothing_else_passes_for_a_number(desk: Desk, typed: str) -> None:
    at = desk.put("values", "1", RATE, typed)
    assert list(desk.mistakes()) == [at]


def test_a_percent_sign_is_a_mistake_where_nothing_is_per_cent(desk: Desk) -> None:
    at = desk.put("values", "1", "value:water_project_quality_score", "85%")
    message = "“85%”：这一项不是百分数；请去掉百分号，核对数值"
    assert desk.mistakes() == {at: message}


def test_so_is_a_cell_that_shows_per_cent(desk: Desk) -> None:
    at = desk.put("values", "1", COUNT, Decimal("0.02"), shown="0%")
    message = "这一项不是百分数，而单元格是百分数格式；请把格式改成“常规”后重新填数"
    assert desk.mistakes() == {at: message}


def test_a_day_is_no_number(desk: Desk) -> None:
    at = desk.put("values", "1", COUNT, dt.date(2017, 1, 2))
    message = "这里要填数，而单元格是日期（2017-01-02）；请把格式改成“常规”后重新填数"
    assert desk.mistakes() == {at: message}


def test_a_truth_value_is_no_number(desk: Desk) -> None:
    at = desk.put("values", "1", COUNT, value=True)
    message = "这里要填数，而单元格是 TRUE；请直接填数"
    assert desk.mistakes() == {at: message}


def test_a_rate_below_one_is_read_and_warned_of(desk: Desk) -> None:
    at = desk.put("values", "1", RATE, Decimal("0.932"))
    assert the_value(desk, "vegetable_pass_rate") == Decimal("0.932")
    said = "蔬菜监测合格率填的是 0.932，按 0.932% 计；如果是 93.2%，请填 93.2"
    assert desk.read()[1] == [f"{at}: {said}"]


def test_a_rate_below_one_that_says_per_cent_is_not_warned_of(desk: Desk) -> None:
    desk.put("values", "1", RATE, "0.9%")
    assert the_value(desk, "vegetable_pass_rate") == Decimal("0.9")
    assert desk.read()[1] == []


def test_values_keep_the_place_of_their_cell(desk: Desk) -> None:
    at = desk.put("values", "1", RATE, 95)
    node, _ = desk.read()
    places = [str(n.at) for n in walk(node) if isinstance(n, Scalar) and n.text == "95"]
    assert places == [at]


def test_a_formula_counts_as_the_value_it_shows(desk: Desk) -> None:
    cell = desk.cell("values", "1", RATE)
    cell.value = "=90+3.2"
    without = rf'(<c r="{cell.coordinate}"[^>]*><f>[^<]*</f>)<v[^<]*(?:/>|</v>)'
    computed = r"\1<v>93.200000000000003</v>"
    desk.raw.append(changed("xl/worksheets/sheet3.xml", without, computed))
    assert the_value(desk, "vegetable_pass_rate") == Decimal("93.2")


def test_a_formula_that_was_never_computed_is_a_mistake(desk: Desk) -> None:
    at = desk.put("values", "1", RATE, "=90+3.2")
    message = "公式还没有算出结果；请在 Excel 或 WPS 中打开这个文件保存一次，或直接填数"
    assert desk.mistakes() == {at: message}


@pytest.mark.parametrize(
    ("typed", "shown", "digits"),
    [
        (Decimal("33.33333333333333"), "General", "33.3333333333333"),
        (Decimal("0.3333333333333333"), "0.00%", "33.3333333333333"),
        ("33.3333333333333", "@", "33.3333333333333"),
        ("33.3333333333333%", "@", "33.3333333333333"),
    ],
)
def test_more_decimals_than_are_read_are_to_be_rounded(
    desk: Desk, typed: object, shown: str, digits: str
) -> None:
    at = desk.put("values", "1", RATE, typed, shown=shown)
    do = "请在 Excel 中四舍五入到需要的位数，如 =ROUND(原来的公式或数,2)"
    assert desk.mistakes() == {at: f"“{digits}”的小数超过 12 位；{do}"}


def test_a_number_too_large_is_a_mistake(desk: Desk) -> None:
    at = desk.put("values", "1", COUNT, Decimal(1234567890123))
    do = "请写成 93.2 这样的数字（小数点前后各不超过 12 位，不用指数、千分号、下划线和正号）"
    assert desk.mistakes() == {at: f"“1234567890123”不是普通十进制数；{do}"}


def test_an_error_value_is_a_mistake(desk: Desk) -> None:
    at = desk.put("values", "1", RATE, "#REF!")
    desk.cell("values", "1", RATE).data_type = "e"
    assert desk.mistakes() == {at: "单元格是错误值 #REF!；请改正公式或直接填数"}
