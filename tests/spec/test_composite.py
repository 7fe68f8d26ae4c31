"""综合测算：几个指标按公式合成一个比例，再折成分或分档。

公式有加权平均 `weighted_sum`、取最低 `min`、各项与平均值之比的平均 `mean_of_ratios`；
没有写明是 `undecided`。

Several indicators combined by a stated formula into one ratio, which gives its share of the
points or reaches a step. The rule is general: no indicator is called by name in the engine.
"""

import pytest

from spec.examples import results, rubric_of, score, told

POINTS = "5"
EXAMPLE = """\
rule: composite
formula: weighted_sum
terms:
  - {of: pass_rate, weight: 0.6}
  - {of: coverage_rate, weight: 0.4}
"""


def values(one: str | None, other: str | None) -> dict[str, str]:
    named = {"pass_rate": one, "coverage_rate": other}
    return {name: value for name, value in named.items() if value is not None}


@pytest.mark.form("R20")
@pytest.mark.parametrize(
    ("pass_rate", "coverage_rate", "expected"),
    [
        ("100", "100", "5"),
        ("90", "80", "4.3"),  # 5 × (0.54 + 0.32)
        ("0", "100", "2"),
        ("90", None, "0..5"),  # 缺一项就未定
    ],
)
def test_a_weighted_sum_gives_its_share(
    pass_rate: str, coverage_rate: str | None, expected: str
) -> None:
    """每项除以满分（默认 100），按权重平均，再乘分值。

    Each value over its full mark, averaged by weight, times the points.
    """
    assert score(EXAMPLE, points="5", values=values(pass_rate, coverage_rate)) == expected


@pytest.mark.form("R20")
@pytest.mark.parametrize(
    ("pass_rate", "coverage_rate", "expected"),
    [("90", "80", "4"), ("80", "90", "4"), ("100", "100", "5")],
)
def test_the_lowest_may_count(pass_rate: str, coverage_rate: str, expected: str) -> None:
    """`min` 取几项中最低的一项。

    `min` takes the lowest of the ratios.
    """
    rule = EXAMPLE.replace("weighted_sum", "min")
    assert score(rule, points="5", values=values(pass_rate, coverage_rate)) == expected


@pytest.mark.form("R20")
@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (("4", "80"), "4"),  # 平均值 3 和 70：(4/3 + 8/7) ÷ 2 ≥ 1.2
        (("3", "70"), "3"),  # 恰为平均：1
        (("2", "70"), "2"),
        (("0", "0"), "0..5"),  # 低于最低一档，没有写明
    ],
)
def test_ratios_to_the_mean_may_reach_steps(own: tuple[str, str], expected: str) -> None:
    """各项除以参评单位平均值，再平均，按结果分档；另一个单位使平均值为 3 和 70。

    Each value over the cohort's mean, averaged, then by steps; here the means are 3 and 70.
    """
    rule = """
rule: composite
formula: mean_of_ratios
terms: [{of: award_count}, {of: coverage_rate}]
steps: [{at_least: 1.2, award: 4}, {at_least: 1, award: 3}, {at_least: 0.5, award: 2}]
"""
    count, rate = own
    unit = {"indicators": {"award_count": count, "coverage_rate": rate}}
    other = {
        "indicators": {"award_count": str(6 - int(count)), "coverage_rate": str(140 - int(rate))}
    }
    if rate == "0":
        other["indicators"]["coverage_rate"] = "100"
    scored = results(rubric_of(rule, "5"), [unit, other])[0].part("P")
    assert scored is not None
    assert told(scored) == expected


def test_thirds_are_rounded_where_the_rule_says() -> None:
    """除不尽的结果要写明保留几位，并且不会高出分值。

    Thirds name their rounding, which gives no more than the points.
    """
    rule = """
rule: composite
formula: weighted_sum
round: 0
terms: [{of: pass_rate, weight: 1, scale: 90}, {of: coverage_rate, weight: 2}]
"""
    assert score(rule, points="2.5", values=values("90", "100")) == "2.5"
    assert score(rule, points="2.5", values=values("30", "100")) == "2"


def test_without_a_formula_an_assessor_gives_the_points() -> None:
    """原文只说「综合测算」时，几项的值都有了，由评审给分。

    Where no formula is given, an assessor settles the score once the values are there.
    """
    rule = EXAMPLE.replace("weighted_sum", "undecided")
    assert score(rule, points="5", values=values("90", "80")) == "0..5"
    assert score(rule, points="5", values=values("90", "80"), award="4") == "4"
