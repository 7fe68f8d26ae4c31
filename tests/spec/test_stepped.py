"""按步扣分：比不扣分的界线每差一步，扣多少分（每少 1 次、每差 1%、每发生 1 起、每迟 1 天）。

不足一步怎么算要写明：按比例 `pro_rata`、不扣 `full`、按一步 `started`，没写明就是 `undecided`。

So many points off for each step by which a value is worse than where nothing is lost. What a part
of a step costs has to be said; where nobody did, the score stays a range.
"""

import pytest

from spec.examples import score

POINTS = "3"
EXAMPLE = """\
rule: stepped
indicator: settlement_rate
from: 100
per: 1
deduct: 0.3
unit: percentage_point
counting: pro_rata
"""


def counting(word: str) -> str:
    return EXAMPLE.replace("pro_rata", word)


@pytest.mark.form("R3")
@pytest.mark.parametrize(
    ("value", "pro_rata", "full", "started", "undecided"),
    [
        ("100", "3", "3", "3", "3"),
        ("99.5", "2.85", "3", "2.7", "2.7..3"),
        ("99", "2.7", "2.7", "2.7", "2.7"),  # 恰好整步，怎么算都一样
        ("97.5", "2.25", "2.4", "2.1", "2.1..2.4"),
        ("90.01", "0.003", "0.3", "0", "0..0.3"),
        ("90", "0", "0", "0", "0"),  # 扣完
        ("12", "0", "0", "0", "0"),  # 扣完为止
    ],
)
def test_a_part_of_a_step(
    value: str, pro_rata: str, full: str, started: str, undecided: str
) -> None:
    """3 分的条目，每差 1 个百分点扣 0.3 分，扣完为止；四种读法并列如下。

    Three points, 0.3 off for each percentage point; the four ways to count a part of one.
    """
    ways = ("pro_rata", "full", "started", "undecided")
    scores = [score(counting(way), value, points="3") for way in ways]
    assert scores == [pro_rata, full, started, undecided]


@pytest.mark.form("R3")
@pytest.mark.parametrize(
    ("value", "expected"),
    [("3", "2"), ("2", "2"), ("1", "1"), ("0", "0")],  # 2 次以上得满分，每少 1 次扣 1 分
)
def test_steps_of_whole_counts(value: str, expected: str) -> None:
    """整数的指标没有不足一步的情形。

    Whole counts have no parts of a step.
    """
    rule = """
rule: stepped
indicator: campaign_count
from: 2
per: 1
deduct: 1
unit: count
"""
    assert score(rule, value, points="2") == expected


@pytest.mark.form("R13", "R21")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "10"),
        ("1", "9"),
        ("2", "8"),
        ("3", "6"),  # R21：第 3 起起加倍
        ("5", "2"),
        ("6", "0"),
        ("7", "0"),
    ],
)
def test_repeated_events_cost_more(value: str, expected: str) -> None:
    """每发生 1 起扣 1 分，超过 2 起的部分加倍（`worse: above`，`repeat_after`，`repeat_times`）。

    One point off for each event, two for each after the second.
    """
    rule = """
rule: stepped
indicator: accident_count
from: 0
per: 1
deduct: 1
worse: above
counting: full
repeat_after: 2
repeat_times: 2
"""
    assert score(rule, value) == expected


@pytest.mark.form("R22")
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("0", "5"),
        ("1", "4"),  # 迟 1 天也按 1 个月
        ("30", "4"),
        ("31", "3"),
        ("60", "3"),
        ("150", "0"),
        ("400", "0"),
    ],
)
def test_lateness_is_charged_by_the_month_begun(days: str, expected: str) -> None:
    """每迟一个月（30 天）扣 1 分，不足一个月按一个月。

    One point off for each month of thirty days that was begun.
    """
    rule = """
rule: stepped
indicator: late_days
from: 0
per: 30
deduct: 1
unit: day
worse: above
counting: started
"""
    assert score(rule, days, points="5") == expected


@pytest.mark.form("R3", "R23")
@pytest.mark.parametrize(
    ("value", "bounds", "expected"),
    [
        ("4", "cap: 2", "8"),  # 最高扣 2 分
        ("1", "cap: 2", "9"),
        ("4", "floor: 7", "7"),  # 最低 7 分
        ("12", "", "0"),  # 扣完为止
        ("12", "floor: -5", "-2"),  # 可以倒扣
        ("99", "floor: -5", "-5"),
        ("99", "{cap: 2, floor: 9}", "9"),  # 两者取先到的
    ],
)
def test_a_cap_bounds_the_deduction_and_a_floor_the_score(
    value: str, bounds: str, expected: str
) -> None:
    """`cap` 限的是扣分，`floor` 限的是得分；floor 为负数时得分可以为负。

    `cap` bounds what is taken off, `floor` what is left; a floor below zero allows a negative
    score.
    """
    rule = """
rule: stepped
indicator: accident_count
from: 0
per: 1
deduct: 1
worse: above
"""
    lines = bounds.strip("{}").replace(", ", "\n")
    assert score(rule + lines, value) == expected


@pytest.mark.parametrize(
    ("value", "counting_", "points", "round_", "expected"),
    [
        ("99", "pro_rata", "3", "2", "2.67"),  # 3 − 1/3
        ("98.5", "pro_rata", "3", "2", "2.5"),
        ("99.99", "full", "2.5", "0", "2.5"),  # 没有扣分，取整也不会变成 3
        ("1", "pro_rata", "2.5", "0", "0"),
    ],
)
def test_steps_that_do_not_end_are_rounded_where_the_rule_says(
    value: str, counting_: str, points: str, round_: str, expected: str
) -> None:
    """三分之一这样的步数要写明保留几位；四舍五入不会高出本条分值。

    Thirds of a step name their rounding, and no rounding rises above the points.
    """
    rule = counting(counting_).replace("per: 1", "per: 3").replace("0.3", "1")
    assert score(f"{rule}round: {round_}\n", value, points=points) == expected


def test_rounding_takes_no_more_than_the_cap() -> None:
    """最高扣 0.25 分：0.5 分扣 0.1 分剩 0.4 分，四舍五入到整数是 0，但至少仍有 0.25 分。

    At most 0.25 off: 0.4 would round to 0, which is more than the cap takes.
    """
    rule = counting("pro_rata").replace("0.3", "0.1") + "cap: 0.25\nround: 0\n"
    assert score(rule, "99", points="0.5") == "0.25"


def test_a_missing_value_leaves_everything_open() -> None:
    """缺值时，得分在最低与满分之间。

    Without a value the score lies between its floor and the points.
    """
    assert score(EXAMPLE, points="3") == "0..3"
    assert score(EXAMPLE + "cap: 1\n", points="3") == "2..3"
