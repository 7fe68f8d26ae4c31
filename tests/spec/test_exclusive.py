"""就高不重复：几个条目互斥，只计得分最高的一个。

Of exclusive items only the best counts.
"""

import pytest

from spec.examples import effects, result, total

EXAMPLE = """\
points: 20
sections:
  - title: 全部
    points: 10
    criteria:
      - {id: P, title: 日常工作, points: 10, rule: judged}
adjustments:
  - {id: X, title: 国家级试点, points: 5, rule: judged}
  - {id: Y, title: 省级试点, points: 3, rule: judged}
  - {id: Z, title: 市级试点, points: 2, rule: judged}
exclusive:
  - {id: E, title: 试点只计最高的一项, among: [X, Y, Z]}
"""


@pytest.mark.form("R17")
@pytest.mark.parametrize(
    ("scores", "expected", "steps"),
    [
        (("5", "3", "2"), "15", [("exclusive", "E", "-5", "-5")]),
        (("0", "3", "2"), "13", [("exclusive", "E", "-2", "-2")]),
        (("0", "0", "0"), "10", [("exclusive", "E", "0", "0")]),
        ((None, "3", "2"), "13..15", [("exclusive", "E", "-2", "-5")]),  # 5 分的还没有评
        (("5", None, None), "15", [("exclusive", "E", "0", "-5")]),  # 再评也不会更高，总分已定
    ],
)
def test_only_the_best_counts(
    scores: tuple[str | None, ...], expected: str, steps: list[tuple[str, str, str, str]]
) -> None:
    """其余的得分在总分中减去，单列一步。

    What the others gave is taken off in one step.
    """
    given = {"P": "10"} | dict(zip(("X", "Y", "Z"), scores, strict=True))
    points = {part: score for part, score in given.items() if score is not None}
    scored = result(EXAMPLE, points=points)

    assert (total(scored), effects(scored)) == (expected, steps)
