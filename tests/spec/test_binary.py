"""有得无不得：有就得分，没有就不得分，由评审认定。

There or not there, found by an assessor: all or nothing.
"""

import pytest

from kaohe.nodes import Mistaken
from spec.examples import score

POINTS = "1"
EXAMPLE = "rule: binary\n"


@pytest.mark.form("R4")
@pytest.mark.parametrize(
    ("rule", "award", "expected"),
    [
        (EXAMPLE, "1", "1"),
        (EXAMPLE, "0", "0"),
        (EXAMPLE, None, "0..1"),
        ("rule: binary\naward: 0.5\n", "0.5", "0.5"),
        ("rule: binary\naward: 0.5\n", None, "0..0.5"),
    ],
)
def test_all_or_nothing(rule: str, award: str | None, expected: str) -> None:
    """默认给全部分值，`award` 可以写少一些。

    All of the points unless `award` says less.
    """
    assert score(rule, points="1", award=award) == expected


def test_nothing_between_is_accepted() -> None:
    """介于两者之间的得分不接受。

    A half is a mistake in the data.
    """
    with pytest.raises(Mistaken, match="得分只能是 0（没有）或 1（有）"):
        score(EXAMPLE, points="1", award="0.5")
