"""按比例：分值乘以完成比例，可设起算线和封顶。

The points times a ratio: to a number, the unit's target, the best unit, or another indicator;
with a cut-off below and a cap above.
"""

import pytest

from spec.examples import score

POINTS = "10"
EXAMPLE = """\
rule: proportional
indicator: coverage_rate
of: 80
cut_off: 0.6
round: 2
"""


@pytest.mark.form("R7")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("80", "10"),
        ("100", "10"),  # 封顶
        ("79.99", "10"),  # 9.99875，四舍五入
        ("79.95", "9.99"),  # 9.99375
        ("60", "7.5"),
        ("48", "6"),  # 恰好 60%，计分
        ("47.99", "0"),  # 低于 60%
        ("0", "0"),
        (None, "0..10"),
    ],
)
def test_the_ratio_gives_its_share_of_the_points(value: str | None, expected: str) -> None:
    """完成值 ÷ 80，低于 60% 不得分，最高按 100% 计。

    Value ÷ 80, nothing below 60%, no more than 100%.
    """
    assert score(EXAMPLE, value) == expected


@pytest.mark.form("R7")
@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [("45", "90", "5"), ("90", "90", "10"), ("30", "90", "3.33"), ("30", None, "0..10")],
)
def test_the_divisor_may_be_the_target(value: str, target: str | None, expected: str) -> None:
    """`of: target` 除以本单位的目标值。

    `of: target` divides by the unit's own target.
    """
    rule = "rule: proportional\nindicator: pass_rate\nof: target\nround: 2\n"
    assert score(rule, value, target=target) == expected


@pytest.mark.form("R9")
@pytest.mark.parametrize(
    ("value", "cohort", "expected"),
    [
        ("3", ["6", "1.5"], "5"),  # 与第一名之比
        ("6", ["6", "3"], "10"),
        ("0", ["0", "0"], "0..10"),  # 都是 0：没有写明
        ("3", ["6", None], "0..10"),
    ],
)
def test_the_divisor_may_be_the_best_unit(
    value: str, cohort: list[str | None], expected: str
) -> None:
    """`of: best` 除以参评单位中的最高值；有单位没有报数时，最高值未知。

    `of: best` divides by the highest value of the cohort, unknown while any is missing.
    """
    rule = "rule: proportional\nindicator: quality_index\nof: best\n"
    assert score(rule, value, cohort=cohort) == expected


def test_the_best_is_unknown_where_the_data_does_not_hold_all_units() -> None:
    """数据不含全部参评单位（参考值 `mean` 写 `unknown`）时，最高值未知。

    With a `mean` that is `unknown`, not all units are in the data, and the best may be elsewhere.
    """
    rule = "rule: proportional\nindicator: quality_index\nof: best\n"
    assert score(rule, "6", cohort=["3"], reference={"mean": "unknown"}) == "0..10"


@pytest.mark.form("R7")
@pytest.mark.parametrize(
    ("done", "planned", "zero", "expected"),
    [
        ("3", "4", "", "7.5"),
        ("5", "4", "", "10"),
        ("0", "0", "zero: 10", "10"),  # 没有计划，按规定得满分
        ("0", "0", "", "0..10"),  # 没有写明
        ("0", "4", "zero: 10", "0"),
    ],
)
def test_the_divisor_may_be_another_indicator(
    done: str, planned: str, zero: str, expected: str
) -> None:
    """完成数 ÷ 计划数；`zero` 写明除数为 0（0/0）时得多少分。

    Done ÷ planned; `zero` says what a divisor of zero gives.
    """
    rule = f"rule: proportional\nindicator: campaign_count\nof: planned_count\n{zero}\n"
    assert score(rule, done, values={"planned_count": planned}) == expected


@pytest.mark.form("R7")
@pytest.mark.parametrize(("value", "expected"), [("60", "7.5"), ("70", "8"), ("100", "8")])
def test_a_cap_may_lie_below_all_of_the_points(value: str, expected: str) -> None:
    """`cap: 0.8` 最多给八成。

    A cap of 0.8 gives at most eight tenths.
    """
    rule = "rule: proportional\nindicator: coverage_rate\nof: 80\ncap: 0.8\n"
    assert score(rule, value) == expected
