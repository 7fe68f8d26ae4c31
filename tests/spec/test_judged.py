"""评审给分：原文只写了一个总分，由评审在 0 到满分之间给分并说明理由。

An assessor gives points from 0 to the part's, in steps where the rubric says so; or takes off
something within a stretch that is left to discretion (酌情扣 5–15 分).
"""

import pytest

from kaohe.nodes import Mistaken
from spec.examples import score

POINTS = "3"
EXAMPLE = """\
rule: judged
step: 0.5
"""
DISCRETION = 'rule: judged\ndiscretion: "[5, 15]"\n'


@pytest.mark.form("R6")
@pytest.mark.parametrize(
    ("award", "expected"), [(None, "0..3"), ("0", "0"), ("2.5", "2.5"), ("3", "3")]
)
def test_an_assessor_gives_points(award: str | None, expected: str) -> None:
    """没有给分之前是 0 到满分的范围；0 分也是给了分。

    Until it is judged the score lies anywhere; zero is a judgement too.
    """
    assert score(EXAMPLE, points="3", award=award) == expected


@pytest.mark.parametrize(
    ("rule", "award", "fault"),
    [
        (EXAMPLE, "2.3", "得分应是 0.5 的倍数"),
        (EXAMPLE, "3.5", "得分应在 0–3 之间"),
        (EXAMPLE, "-0.5", "得分应在 0–3 之间"),
    ],
)
def test_points_out_of_step_are_mistakes(rule: str, award: str, fault: str) -> None:
    """不合给分单位、超出范围的得分是数据错误，当场指出。

    Points out of step or out of range are mistakes in the data.
    """
    with pytest.raises(Mistaken, match=fault):
        score(rule, points="3", award=award)


@pytest.mark.form("R19")
@pytest.mark.parametrize(
    ("award", "expected"), [("20", "20"), ("15", "15"), ("5", "5"), (None, "0..20")]
)
def test_a_deduction_may_be_left_to_discretion(award: str | None, expected: str) -> None:
    """20 分的条目，酌情扣 5–15 分：不扣，或者扣 5 到 15 分。

    Either nothing is taken off, or something within the stretch.
    """
    assert score(DISCRETION, points="20", award=award) == expected


@pytest.mark.form("R19")
@pytest.mark.parametrize("award", ["19", "15.01", "4.99"])
def test_discretion_has_its_ends(award: str) -> None:
    """扣 1 分、4.99 分或 15.01 分都不行。

    Outside the stretch discretion ends.
    """
    with pytest.raises(Mistaken, match="扣分应为 0，或在"):
        score(DISCRETION, points="20", award=award)
