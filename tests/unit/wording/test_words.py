"""Numbers with their units, as officials write them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kaohe.quantity import Exact, exact
from kaohe.rules.base import IndicatorId
from kaohe.wording.words import Words, exactly, shown, spread
from spec.examples import rubric_of

RUBRIC = rubric_of("rule: judged\n")


@pytest.mark.parametrize(
    ("indicator", "number", "zh", "en"),
    [
        ("pass_rate", "93.10", "93.1%", "93.1%"),
        ("audit_score", "88", "88 分", "88"),
        ("campaign_count", "2", "2 次", "2"),  # 宣传活动次数
        ("accident_count", "3", "3 起", "3"),  # 事故起数
        ("award_count", "4", "4 项", "4"),  # 质量奖项数
        ("quality_index", "1.25", "1.25", "1.25"),
        ("late_days", "1", "1 天", "1 day"),
        ("late_days", "30", "30 天", "30 days"),
        ("outside_rank", "7", "第 7 名", "place 7"),
        ("outside_grade", "2", "良好", "良好"),
        ("unknown", "5", "5", "5"),
    ],
)
def test_a_value_has_its_unit(indicator: str, number: str, zh: str, en: str) -> None:
    name, value = IndicatorId(indicator), Decimal(number)

    assert Words.of(RUBRIC).value(name, value) == zh
    assert Words.of(RUBRIC, "en").value(name, value) == en


@pytest.mark.parametrize(
    ("indicator", "number", "zh", "en"),
    [
        ("pass_rate", "1", "1 个百分点", "1 percentage point"),
        ("pass_rate", "1.9", "1.9 个百分点", "1.9 percentage points"),
        ("audit_score", "1", "1 分", "1 point"),
        ("campaign_count", "1", "1 次", "1"),
        ("outside_rank", "2", "2 个名次", "2 places"),
        ("outside_grade", "1", "1 个等级", "1 grade"),
        ("quality_index", "0.5", "0.5", "0.5"),
    ],
)
def test_a_difference_of_rates_is_in_percentage_points(
    indicator: str, number: str, zh: str, en: str
) -> None:
    name, value = IndicatorId(indicator), Decimal(number)

    assert Words.of(RUBRIC).change(name, value) == zh
    assert Words.of(RUBRIC, "en").change(name, value) == en


@pytest.mark.parametrize(
    ("number", "people", "programs"),
    [
        (Decimal("2.50"), "2.5", "2.5"),
        (Decimal(-1), "−1", "-1"),
        (Fraction(1, 4), "0.25", "0.25"),
        (Fraction(10, 3), "≈3.3333", "10/3"),
        (Fraction(-5, 3), "≈−1.6667", "-5/3"),
        (Fraction(2, 3), "≈0.6667", "2/3"),
    ],
)
def test_what_does_not_end_is_rounded_for_people_only(
    number: Exact, people: str, programs: str
) -> None:
    with exact():
        assert (shown(number), exactly(number)) == (people, programs)


def test_a_range_has_two_ends() -> None:
    assert spread(Decimal(0), Decimal("2.5")) == "0–2.5"
    assert spread(Decimal(2), Decimal(2)) == "2"


def test_a_level_goes_by_its_printed_name() -> None:
    words = Words.of(RUBRIC)

    assert words.level(IndicatorId("honour_count"), "national") == "国家级"
    assert words.level(IndicatorId("award_count"), "national") == "national"
