"""与平均值比较：按达到参评单位平均值的几倍分档，先满足的一档算。

平均值包括本单位，不取整、不相除地比较；`others: yes` 则不含本单位。为 0 的可以先单独规定。

Tiers of multiples of the cohort's mean, the first that holds deciding. The mean includes the unit
itself and is compared exactly; a value of zero may be decided before any mean is looked at.
"""

import pytest

from spec.examples import score

POINTS = "4"
EXAMPLE = """\
rule: relative
indicator: award_count
of: 全市
zero: 0
tiers:
  - {at_least: 1.2, award: 4}
  - {at_least: 1, award: 3}
  - {at_least: 0.5, award: 2}
  - {below: 0.5, award: 1}
"""


@pytest.mark.form("R8")
@pytest.mark.parametrize(
    ("value", "cohort", "expected"),
    [
        ("6", ["5", "4"], "4"),  # 平均 5，恰为 1.2 倍
        ("5", ["5", "5"], "3"),  # 恰为平均
        ("2", ["3", "7"], "2"),  # 平均 4，恰为一半
        ("1", ["4", "5"], "1"),  # 平均 10/3，低于一半
        ("4", ["3", "3"], "4"),  # 平均 10/3，1.2 倍恰为 4
        ("3", ["3", "4"], "2"),  # 平均 10/3，3 低于它
        ("2", ["2", "1"], "4"),  # 平均 5/3，1.2 倍恰为 2
        ("0", ["0", "0"], "0"),  # 为 0 的先定，平均值为 0 也一样
        ("1", ["0", "0"], "4"),
        ("0", [None, "3"], "0"),  # 为 0 的不看平均值
        ("3", [None, "3"], "0..4"),  # 有单位没有报数，平均值未知
        (None, ["3"], "0..4"),
    ],
)
def test_tiers_of_the_mean(value: str | None, cohort: list[str | None], expected: str) -> None:
    """`cohort` 是同组其他单位的值；平均值把本单位也算进去，除不尽也精确比较。

    `cohort` are the other units' values; the mean counts the unit itself, and thirds are exact.
    """
    assert score(EXAMPLE, value, points="4", cohort=cohort) == expected


@pytest.mark.parametrize(
    ("value", "mean", "expected"),
    [("4.2", "3.5", "4"), ("4.19", "3.5", "3"), ("1.75", "3.5", "2"), ("1.74", "3.5", "1")],
)
def test_a_reference_takes_the_place_of_the_mean(value: str, mean: str, expected: str) -> None:
    """给出参考平均值时用它，不再计算；其他单位缺值也不要紧。

    A reference mean is used instead of the computed one, whoever lacks a value.
    """
    rule = EXAMPLE.replace("award_count", "quality_index")
    given = {"mean": mean}
    assert score(rule, value, points="4", cohort=[None], reference=given) == expected


@pytest.mark.parametrize(
    ("value", "cohort", "expected"),
    [
        ("4", [], "0..4"),  # 只有本单位：它自己的值不是平均值
        ("4", ["3", "3"], "0..4"),
        ("0", [], "0"),  # 为 0 的不看平均值
    ],
)
def test_a_mean_may_be_said_to_be_unknown(value: str, cohort: list[str], expected: str) -> None:
    """数据不含全部参评单位时，参考值 `mean` 写 `unknown`：平均值未知，得分是一个范围。

    Where the data does not hold all units compared with, the reference `mean` is `unknown`.
    """
    given = {"mean": "unknown"}
    assert score(EXAMPLE, value, points="4", cohort=cohort, reference=given) == expected


@pytest.mark.form("R8")
@pytest.mark.parametrize(
    ("value", "cohort", "expected"),
    [("4", ["4", "2"], "4"), ("3", ["4", "2"], "4"), ("2", ["4", "2"], "0"), ("5", [], "0..4")],
)
def test_the_mean_may_leave_the_unit_out(value: str, cohort: list[str], expected: str) -> None:
    """`others: yes` 只与其他单位的平均值比较；没有其他单位时平均值未知。

    `others: yes` compares with the mean of the others; alone, there is none.
    """
    rule = "rule: relative\nindicator: award_count\nothers: yes\ntiers:\n"
    rule += "  - {at_least: 1, award: 4}\n  - {below: 1, award: 0}\n"
    assert score(rule, value, points="4", cohort=cohort) == expected


OPEN_EDGE = """\
rule: relative
indicator: award_count
tiers:
  - {over: 1.2, award: 4}
  - {at_least: 1, award: 3}
"""


@pytest.mark.parametrize(
    ("value", "cohort", "expected"),
    [
        ("7", ["4", "4"], "4"),  # 平均 5，超过 1.2 倍
        ("6", ["5", "4"], "3..4"),  # 恰为 1.2 倍，「高于」含不含没有写明
        ("5", ["5", "5"], "3"),
        ("4", ["5", "6"], "0..4"),  # 低于平均，没有写明
    ],
)
def test_an_edge_may_be_left_open(value: str, cohort: list[str], expected: str) -> None:
    """`over` 用于原文写「高于」而没有说恰好等于时怎样；`more_than` 则明确不含。

    `over` leaves open what happens just on the edge; `more_than` does not hold it.
    """
    assert score(OPEN_EDGE, value, points="4", cohort=cohort) == expected
    strict = OPEN_EDGE.replace("over", "more_than")
    settled = {"3..4": "3"}.get(expected, expected)
    assert score(strict, value, points="4", cohort=cohort) == settled


def test_an_open_edge_with_nothing_below_it_leaves_everything_open() -> None:
    """只有一档、又恰在没有写明的界线上时，可能得分，也可能没有规定。

    Just on the open edge of the only tier, the document may mean it or nothing.
    """
    rule = "rule: relative\nindicator: award_count\ntiers:\n  - {over: 1, award: 3}\n"
    assert score(rule, "4", points="4", cohort=["4"]) == "0..4"
    assert score(rule, "5", points="4", cohort=["4"]) == "3"


@pytest.mark.parametrize(
    ("value", "province", "expected"),
    [("3", "2", "2"), ("1", "4", "1"), ("1", "2", "0..4"), ("1", None, "0..4")],
)
def test_a_tier_may_name_another_mean(value: str, province: str | None, expected: str) -> None:
    """某一档与另一个平均值（全省）比：低于全市一半、而不低于全省一半的，原文没有写到。

    One tier may compare with another mean (the province's), which can leave a hole between them.
    """
    rule = """
rule: relative
indicator: quality_index
tiers:
  - {at_least: 1, award: 4}
  - {at_least: 0.5, award: 2}
  - {below: 0.5, award: 1, of: province}
"""
    given = {"mean": "6"} | ({"province": province} if province else {})
    assert score(rule, value, points="4", reference=given) == expected
