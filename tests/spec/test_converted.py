"""按外部结果折算：另一项考核的得分、等次或名次，折成本条目的分。

Another assessment's score, grade or rank becomes points here, by scale, by grade or by place.
Where the document names that assessment and no conversion, the score stays open.
"""

import pytest

from spec.examples import score

POINTS = "6"
EXAMPLE = """\
rule: converted
indicator: audit_score
scale: 100
round: 2
"""


@pytest.mark.form("R11")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("100", "6"),
        ("91.25", "5.48"),  # 5.475，四舍五入
        ("91.24", "5.47"),  # 5.4744
        ("0", "0"),
        (None, "0..6"),
    ],
)
def test_a_score_is_scaled(value: str | None, expected: str) -> None:
    """分值 × 得分 ÷ 满分，保留两位小数。

    Points × score ÷ full mark, rounded half up to two decimals.
    """
    assert score(EXAMPLE, value, points="6") == expected


def test_rounding_does_not_rise_above_the_points() -> None:
    """取整不会高出本条分值。

    Rounding gives no more than the points.
    """
    rule = "rule: converted\nindicator: audit_score\nscale: 100\nround: 0\n"
    assert score(rule, "100", points="2.5") == "2.5"
    assert score(rule, "60", points="2.5") == "2"


@pytest.mark.form("R11")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("90", "6"), ("89.99", "4"), ("80", "4"), ("60", "2"), ("59.99", "0..6")],
)
def test_grades_may_be_named_by_their_marks(value: str, expected: str) -> None:
    """按分数线分等次，从高到低写；没有写到的等次待评审给分。

    Grades by their marks, best first; a grade that is not written is for an assessor.
    """
    rule = """
rule: converted
indicator: audit_score
grades:
  - {grade: A, at_least: 90, award: 6}
  - {grade: B, at_least: 80, award: 4}
  - {grade: C, at_least: 60, award: 2}
"""
    assert score(rule, value, points="6") == expected


@pytest.mark.form("R11")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("优秀", "6"), ("良好", "4"), ("一般", "0..6")],
)
def test_grades_may_be_told_by_name(value: str, expected: str) -> None:
    """指标本身就是等次时，数据里写等次的名称，规则里写第几等。

    Where the indicator is a grade, the data says its name and the rule its place.
    """
    rule = """
rule: converted
indicator: outside_grade
grades:
  - {grade: 优秀, place: 1, award: 6}
  - {grade: 良好, place: 2, award: 4}
"""
    assert score(rule, value, points="6") == expected


@pytest.mark.form("R11")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", "6"), ("3", "6"), ("4", "3"), ("10", "3"), ("11", "0..6")],
)
def test_places_outside_may_be_worth_points(value: str, expected: str) -> None:
    """按在外部排名中的名次折算，两端都含。

    By the place in another body's ranking, both ends held.
    """
    rule = """
rule: converted
indicator: outside_rank
places: [{from: 1, to: 3, award: 6}, {from: 4, to: 10, award: 3}]
"""
    assert score(rule, value, points="6") == expected


def test_without_a_conversion_an_assessor_gives_the_points() -> None:
    """原文只说「按考核结果核算得分」时，待评审给分。

    Where only the other assessment is named, an assessor settles the score.
    """
    rule = "rule: converted\nindicator: audit_score\n"
    assert score(rule, "91", points="6") == "0..6"
    assert score(rule, "91", points="6", award="5.5") == "5.5"
