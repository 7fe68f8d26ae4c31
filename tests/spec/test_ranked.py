"""按排名：在同组单位中排第几名，得第几名的分。

并列怎么算要写明：都按靠前 `better`、都按靠后 `worse`、取平均 `mean`，没有写明就是 `undecided`。

The place in the cohort names the award. How ties count has to be said, or the score stays open
where they straddle an edge.
"""

import pytest

from spec.examples import score

POINTS = "5"
EXAMPLE = """\
rule: ranked
indicator: quality_index
places:
  - {from: 1, to: 1, award: 5}
  - {from: 2, to: 3, award: 4}
beyond: 2
ties: better
"""


@pytest.mark.form("R9")
@pytest.mark.parametrize(
    ("value", "cohort", "expected"),
    [
        ("9", ["8", "7", "6"], "5"),
        ("7", ["9", "8", "6"], "4"),
        ("1", ["9", "8", "7"], "2"),  # 其余名次
        ("5", [], "5"),
        ("5", ["9", None], "0..5"),  # 有单位没有报数，名次未知
        (None, ["9"], "0..5"),
    ],
)
def test_the_place_names_the_award(
    value: str | None, cohort: list[str | None], expected: str
) -> None:
    """默认从高到低；`beyond` 是没有列出的名次的得分。

    Highest first unless said otherwise; `beyond` is what places not named give.
    """
    assert score(EXAMPLE, value, points="5", cohort=cohort) == expected


@pytest.mark.form("R9")
@pytest.mark.parametrize(
    ("cohort", "better", "worse", "mean", "undecided"),
    [
        (["9"], "5", "4", "4.5", "4..5"),  # 两个单位并列第 1
        (["9", "9"], "5", "4", "4.33", "4..5"),  # 三个单位并列第 1
        (["10", "9"], "4", "4", "4", "4"),  # 并列第 2、3，怎么算都一样
        (["10", "9", "9"], "4", "2", "3.33", "2..4"),
    ],
)
def test_ties(cohort: list[str], better: str, worse: str, mean: str, undecided: str) -> None:
    """本单位为 9；四种并列算法并列如下。

    The unit has 9; the four ways to count a tie.
    """
    ways = ("better", "worse", "mean", "undecided")
    rules = [EXAMPLE.replace("ties: better", f"ties: {way}") + "round: 2\n" for way in ways]
    scores = [score(rule, "9", points="5", cohort=cohort) for rule in rules]
    assert scores == [better, worse, mean, undecided]


@pytest.mark.form("R9")
@pytest.mark.parametrize(("value", "expected"), [("0", "5"), ("2", "4"), ("5", "2")])
def test_the_lowest_may_be_first(value: str, expected: str) -> None:
    """`order: lowest_first` 用于越少越好的指标。

    `order: lowest_first` is for what should be few.
    """
    rule = EXAMPLE.replace("quality_index", "accident_count") + "order: lowest_first\n"
    assert score(rule, value, points="5", cohort=["1", "2", "3"]) == expected


def test_a_place_that_is_not_named_may_be_open() -> None:
    """没有写 `beyond` 时，列出之外的名次待评审给分。

    Without `beyond` places that are not named are for an assessor.
    """
    rule = EXAMPLE.replace("beyond: 2\n", "")
    assert score(rule, "1", points="5", cohort=["2", "3", "4"]) == "0..5"
    assert score(rule, "1", points="5", cohort=["2", "3", "4"], award="1") == "1"


def test_no_place_is_known_where_the_data_does_not_hold_all_units() -> None:
    """数据不含全部参评单位（参考值 `mean` 写 `unknown`）时，名次未知。

    With a `mean` that is `unknown`, not all units are in the data, and no place is known.
    """
    given = {"mean": "unknown"}
    assert score(EXAMPLE, "9", points="5", cohort=["8"], reference=given) == "0..5"


def test_rounding_a_shared_award_gives_no_more_than_its_places() -> None:
    """并列取平均再取整，不会高于所占名次中最高的得分。

    The rounded mean of tied places is no more than the best of them.
    """
    rule = "rule: ranked\nindicator: quality_index\nties: mean\nround: 0\nbeyond: 0\n"
    rule += "places: [{from: 1, to: 2, award: 2.5}]\n"
    assert score(rule, "9", points="2.5", cohort=["9"]) == "2.5"
