"""分级给分：评审在写明的几级（全面落实、部分落实、未落实）中认定一级。

An assessor finds one of a few described levels, each with its award; no other score is accepted.
"""

import pytest

from kaohe.nodes import Mistaken
from spec.examples import score

POINTS = "2"
EXAMPLE = """\
rule: levels
levels:
  - {text: 全面落实, award: 2}
  - {text: 部分落实, award: 1}
  - {text: 未落实, award: 0}
"""


@pytest.mark.form("R5")
@pytest.mark.parametrize(
    ("award", "expected"), [(None, "0..2"), ("2", "2"), ("1", "1"), ("0", "0")]
)
def test_an_assessor_finds_a_level(award: str | None, expected: str) -> None:
    """没有认定之前，得分在最低一级与最高一级之间。

    Until a level is found, the score lies between the lowest and the highest.
    """
    assert score(EXAMPLE, points="2", award=award) == expected


@pytest.mark.parametrize("award", ["1.5", "3", "-1"])
def test_no_other_score_is_accepted(award: str) -> None:
    """几级之外的得分不接受。

    A score between two levels is a mistake in the data.
    """
    with pytest.raises(Mistaken, match="得分应是各级分值之一：2（全面落实）、1（部分落实）"):
        score(EXAMPLE, points="2", award=award)
