"""不适用：经批准不适用的条目，其分值由其余条目重新折算、按满分计，或者不计入；没有写明时得分未定。

What becomes of the points of an approved exemption: the rest is scaled up in their place, they
are given in full, they are left out, or nobody said and the score is a range.
"""

import pytest

from spec.examples import effects, result, total

EXAMPLE = """\
points: 100
sections:
  - title: 甲
    points: 60
    criteria:
      - {id: P, title: 水产品抽检, points: 20, rule: judged}
      - {id: Q, title: 农产品抽检, points: 40, rule: judged}
  - title: 乙
    points: 40
    criteria:
      - {id: R, title: 其他条目, points: 40, rule: judged}
not_applicable: {treatment: rebase, within: rubric, round: 2}
"""


def treated(text: str) -> str:
    """The example with another treatment."""
    return EXAMPLE.replace("{treatment: rebase, within: rubric, round: 2}", text)


@pytest.mark.form("R18")
@pytest.mark.parametrize(
    ("treatment", "expected", "steps"),
    [
        (
            "{treatment: rebase, within: rubric, round: 2}",
            "87.5",
            [("rebase", "示例细则", "17.5", "17.5")],
        ),
        ("{treatment: rebase, within: section, round: 2}", "85", [("rebase", "甲", "15", "15")]),
        ("{treatment: full}", "90", []),
        ("{treatment: leave_out}", "70", []),
        ("{treatment: undecided}", "70..90", []),
    ],
)
def test_the_points_of_an_exemption(
    treatment: str, expected: str, steps: list[tuple[str, str, str, str]]
) -> None:
    """P 不适用，Q 得 30，R 得 40。全卷折算是 70 × 100 ÷ 80，按部分折算是 30 × 60 ÷ 40 + 40。

    P does not apply, Q has 30 of 40 and R 40 of 40.
    """
    scored = result(
        treated(treatment), exempt={"P": "本地没有水产养殖"}, points={"Q": "30", "R": "40"}
    )

    assert (total(scored), effects(scored)) == (expected, steps)


@pytest.mark.form("R18")
@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({"Q": "40", "R": "40"}, "100"),
        ({"Q": "0", "R": "0"}, "0"),
        ({"Q": "10", "R": "0"}, "12.5"),
        ({"R": "40"}, "50..100"),  # 还没有评的，两端都折算
    ],
)
def test_the_rest_is_scaled_up(points: dict[str, str], expected: str) -> None:
    """折算后的满分还是 100 分，两端都按同一比例。

    The rest is worth the full points again, both ends alike.
    """
    assert total(result(EXAMPLE, exempt={"P": "没有"}, points=points)) == expected


def test_a_scale_that_does_not_end_is_rounded_where_the_rubric_says() -> None:
    """除不尽时按 `round` 四舍五入。

    Thirds are rounded as the rubric says.
    """
    scored = result(EXAMPLE, exempt={"Q": "没有"}, points={"P": "20", "R": "39"})

    assert total(scored) == "98.33"  # 59 × 100 ÷ 60


def test_where_nothing_is_left_nothing_can_be_scaled() -> None:
    """一个部分的条目全部不适用时，没有可供折算的得分，得分未定。

    With no part left in a section its points are open.
    """
    text = treated("{treatment: rebase, within: section, round: 2}")
    scored = result(text, exempt={"R": "没有"}, points={"P": "20", "Q": "40"})

    assert (total(scored), scored.grade) == ("60..100", None)
    assert effects(scored) == [("rebase_nothing_left", "乙", "0", "40")]
