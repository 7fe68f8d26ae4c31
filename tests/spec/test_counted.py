"""计数：每项加多少分，或每起扣多少分，可按级别，可封顶。

按级别计数的从登记表来：同一事项只计一次，按最高级别。得分默认不低于 0，`floor` 为负数时可以倒扣。

So much for each registered thing, or off for each event, by level where there are levels. The
same thing counts once, at its highest level; a floor below zero lets a score be negative.
"""

import pytest

from spec.examples import score

POINTS = "5"
EXAMPLE = """\
rule: counted
indicator: honour_count
levels:
  - {level: national, award: 3}
  - {level: provincial, award: 2}
  - {level: city, award: 1}
"""


@pytest.mark.form("R12")
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], "0"),
        ([("甲奖", "city")], "1"),
        ([("甲奖", "national"), ("乙奖", "city")], "4"),
        ([("甲奖", "national"), ("乙奖", "national")], "5"),  # 不超过分值
        (None, "0..5"),  # 没有登记，不等于没有
    ],
)
def test_each_thing_counts_by_its_level(
    entries: list[tuple[str, str]] | None, expected: str
) -> None:
    """国家级 3 分、省级 2 分、市级 1 分，最多 5 分。

    Three, two and one points by level, five at most.
    """
    assert score(EXAMPLE, points="5", entries=entries) == expected


@pytest.mark.form("R17", "R12")
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([("甲奖", "national"), ("甲奖", "city")], "3"),  # 就高
        ([("甲奖", "city"), ("甲奖", "provincial")], "2"),
        ([("甲奖", "city"), ("甲奖", "city")], "1"),
        ([("甲奖", "city"), ("乙奖", "city")], "2"),
    ],
)
def test_the_same_thing_counts_once_at_its_highest_level(
    entries: list[tuple[str, str]], expected: str
) -> None:
    """同名同主体的事项只计一次，按最高级别（就高不重复）。

    The same name with the same holder counts once, at its highest level.
    """
    assert score(EXAMPLE, points="5", entries=entries) == expected


@pytest.mark.form("R12")
@pytest.mark.parametrize(
    ("value", "cap", "expected"),
    [("0", "", "0"), ("3", "", "1.5"), ("30", "", "5"), ("30", "cap: 2", "2")],
)
def test_a_plain_count_may_award(value: str, cap: str, expected: str) -> None:
    """每次 0.5 分；不写 `cap` 时最多得本条分值。

    Half a point each, up to the cap or the points.
    """
    rule = f"rule: counted\nindicator: campaign_count\naward: 0.5\n{cap}\n"
    assert score(rule, value, points="5") == expected


@pytest.mark.form("R13", "R23")
@pytest.mark.parametrize(
    ("value", "bounds", "expected"),
    [
        ("0", "", "5"),
        ("3", "", "2"),
        ("6", "", "0"),  # 扣完为止
        ("6", "floor: -3", "-1"),
        ("60", "floor: -3", "-3"),
        ("60", "cap: 4", "1"),
    ],
)
def test_events_may_cost_points(value: str, bounds: str, expected: str) -> None:
    """每起扣 1 分；`floor: -3` 时最低 −3 分。

    One point off for each event, down to zero or to a floor below it.
    """
    rule = f"rule: counted\nindicator: accident_count\ndeduct: 1\n{bounds}\n"
    assert score(rule, value, points="5") == expected


@pytest.mark.form("R13", "R23")
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], "0"),
        ([("甲事", "city")], "-1"),
        ([("甲事", "national"), ("乙事", "city")], "-4"),
        ([("甲事", "national"), ("乙事", "national")], "-5"),
    ],
)
def test_events_may_cost_by_severity_outside_the_points(
    entries: list[tuple[str, str]], expected: str
) -> None:
    """0 分的条目从总分中倒扣：按级别，最多扣 5 分（`floor: -5`）。

    An item of no points that only takes away, by level, down to its floor.
    """
    rule = EXAMPLE + "deducts: yes\nfloor: -5\n"
    assert score(rule, points="0", entries=entries) == expected
