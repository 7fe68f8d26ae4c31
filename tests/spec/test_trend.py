"""与上年比：逐年上升（或下降）得分；已到限值、持平、相反各怎么算要写明。

This year against last year: moved as asked, at a limit that cannot be bettered, unchanged, or
the other way. What the document does not say of the last two is for an assessor.
"""

import pytest

from spec.examples import score

POINTS = "2"
EXAMPLE = """\
rule: trend
indicator: settlement_rate
at_limit: 100
steady: 1
otherwise: 0
"""


@pytest.mark.form("R10")
@pytest.mark.parametrize(
    ("value", "previous", "expected"),
    [
        ("96.01", "96", "2"),
        ("100", "96", "2"),
        ("100", "100", "2"),  # 已是 100%，不能再升
        ("96", "96", "1"),  # 持平
        ("95.99", "96", "0"),
        ("96", None, "0..2"),
        (None, "96", "0..2"),
    ],
)
def test_a_rise_gives_the_points(value: str | None, previous: str | None, expected: str) -> None:
    """比上年上升得满分，保持 100% 视同上升。

    A rise gives the points, and so does staying at 100%.
    """
    assert score(EXAMPLE, value, points="2", previous=previous) == expected


@pytest.mark.form("R10")
@pytest.mark.parametrize(
    ("value", "previous", "expected"),
    [
        ("9", "10", "2"),
        ("9.01", "10", "0..2"),  # 降得不够，按持平
        ("10", "10", "0..2"),
        ("10.5", "10", "0"),
        ("0", "0", "0..2"),
    ],
)
def test_a_fall_may_have_to_be_large_enough(value: str, previous: str, expected: str) -> None:
    """`direction: down`，至少下降 10%；`in: per_cent` 是上年值的百分比。持平没有写明。

    A fall of at least 10% of last year's value; what no change gives is not said.
    """
    rule = """
rule: trend
indicator: quality_index
direction: down
by: 10
in: per_cent
otherwise: 0
"""
    assert score(rule, value, points="2", previous=previous) == expected


@pytest.mark.form("R10")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("92", "1.5"),
        ("91.99", "0.5"),  # 升了但不够，按持平
        ("90", "0.5"),
        ("89.99", "0..2"),
    ],
)
def test_a_rise_may_be_asked_in_points(value: str, expected: str) -> None:
    """至少上升 2 个百分点得 1.5 分；上年为 90%。升了但不够的按持平；下降的没有写明。

    At least two percentage points; a smaller rise counts as no change.
    """
    rule = "rule: trend\nindicator: settlement_rate\nby: 2\naward: 1.5\nsteady: 0.5\n"
    assert score(rule, value, points="2", previous="90") == expected
