from dataclasses import replace
from decimal import Decimal

import pytest

from kaohe.errors import KaoheError
from kaohe.scoring.outlook.setting import Typed, read_setting, read_settings
from outlook import demo

D = Decimal


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("u.1.pass_rate=94.5", ("u.1", "pass_rate", D("94.5"), False)),
        ("u.3.award_count=3.0", ("u.3", "award_count", D(3), False)),
        ("u.2.target:pass_rate=96", ("u.2", "pass_rate", D(96), True)),
        ("u.1.outside_grade=乙等", ("u.1", "outside_grade", D(2), False)),
    ],
)
def test_a_setting_names_unit_indicator_and_value(
    text: str, typed: tuple[str, str, Decimal, bool]
) -> None:
    assert read_setting(text, demo.rubric(), demo.data()) == typed


def test_the_longest_unit_id_that_fits_is_meant() -> None:
    one, two, three = demo.data().units
    data = replace(demo.data(), units=(replace(one, id="a"), replace(two, id="a.b=c"), three))

    found = [
        read_setting(text, demo.rubric(), data)
        for text in ("a.pass_rate=90", "a.b=c.pass_rate=91", "a.b=c.target:pass_rate=92")
    ]

    assert [tuple(typed)[:3] for typed in found] == [
        ("a", "pass_rate", D(90)),
        ("a.b=c", "pass_rate", D(91)),
        ("a.b=c", "pass_rate", D(92)),
    ]
    assert [typed.target for typed in found] == [False, False, True]
    assert isinstance(found[0], Typed)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "u.1.pass_rate",
            (
                "“u.1.pass_rate”：应写成 单位.指标=数值，例如 u01.vegetable_pass_rate=95；"
                "改目标值写成 单位.target:指标=数值"
            ),
        ),
        ("x.pass_rate=9", "没有名为“x”的单位；可用的有：u.1、u.2、u.3"),
        (
            "u.1.rate=9",
            "没有名为“rate”的指标；可用的有：pass_rate、award_count、outside_grade",
        ),
        (
            "u.1.pass_rate=9e1",
            (
                "u.1.pass_rate：“9e1”不是普通十进制数；请写成 93.2 这样的数字"
                "（小数点前后各不超过 12 位，不用指数、千分号、下划线和正号）"
            ),
        ),
        (
            "u.1.pass_rate=120",
            "u.1.pass_rate：120 大于 100；百分数应在 0–100 之间，请核对数值和单位",
        ),
        (
            "u.1.target:award_count=3",
            "u.1.target:award_count：指标“奖项数”没有目标值；请改设指标值本身",
        ),
        ("u.1.outside_grade=丁等", "u.1.outside_grade：应是 甲等、乙等、丙等 之一，而这里是“丁等”"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said(text: str, error: str) -> None:
    with pytest.raises(KaoheError) as caught:
        read_setting(text, demo.rubric(), demo.data())
    assert str(caught.value) == error


def test_several_settings_become_values_and_targets() -> None:
    texts = ["u.1.pass_rate=94", "u.1.target:pass_rate=95", "u.2.award_count=0"]
    assert read_settings(texts, demo.rubric(), demo.data()) == (
        {("u.1", "pass_rate"): D(94), ("u.2", "award_count"): D(0)},
        {("u.1", "pass_rate"): D(95)},
    )


def test_one_place_is_set_once() -> None:
    texts = ["u.1.pass_rate=94", "u.1.pass_rate=95"]
    with pytest.raises(KaoheError) as caught:
        read_settings(texts, demo.rubric(), demo.data())
    assert str(caught.value) == "u.1.pass_rate：设了两次；请只留一个"
