"""达标：达到某个值（或目标值）得分；没有达到时怎么计分，原文可能没有写。

Reaching a mark, or the unit's own target, gives the points; below it the document may be silent.
"""

import pytest

from spec.examples import score

POINTS = "2"
EXAMPLE = """\
rule: attained
indicator: coverage_rate
at_least: 100
"""


@pytest.mark.form("R1")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("100", "2"), ("99.99", "0..2"), ("0", "0..2"), (None, "0..2")],
)
def test_below_the_mark_the_document_may_be_silent(value: str | None, expected: str) -> None:
    """没有写 `below` 就是原文没有写明：达不到的待评审给分。

    Without `below` the score under the mark is for an assessor to settle.
    """
    assert score(EXAMPLE, value, points="2") == expected


@pytest.mark.form("R1", "R4")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("95", "4"), ("94.99", "1"), ("96", "4")],
)
def test_the_target_may_be_the_units_own(value: str, expected: str) -> None:
    """`at_least: target` 与各单位自己的目标值（95%）比较；`award` 和 `below` 写两种情形的得分。

    `target` is the unit's own; `award` and `below` say what either case gives.
    """
    rule = """
rule: attained
indicator: pass_rate
at_least: target
award: 4
below: 1
"""
    assert score(rule, value, points="5", target="95") == expected


@pytest.mark.form("R1")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", "3"), ("1", "3"), ("2", "0")],
)
def test_a_mark_may_be_a_most(value: str, expected: str) -> None:
    """`at_most` 用于越少越好的指标。

    `at_most` is for what should be few.
    """
    rule = "rule: attained\nindicator: accident_count\nat_most: 1\nbelow: 0\n"
    assert score(rule, value, points="3") == expected


def test_a_missing_target_is_not_a_target_of_zero() -> None:
    """缺目标值时得分未定。

    Without a target the score is open.
    """
    rule = "rule: attained\nindicator: pass_rate\nat_least: target\nbelow: 0\n"
    assert score(rule, "95", points="3") == "0..3"


def test_an_assessor_settles_what_the_document_left_open() -> None:
    """达不到而原文没有写明时，由评审给分。

    An assessor's points stand where the mark was missed and nothing was said.
    """
    assert score(EXAMPLE, "98", points="2", award="1.2") == "1.2"
