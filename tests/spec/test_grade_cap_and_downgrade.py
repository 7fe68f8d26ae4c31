"""降级和封顶：有的事件使等级降低几级（降一级），有的使等级最高只能是某一级（一票否优）。

Some events lower the grade by so many, others cap it: no better than B. Fixed grades come
first, then lowering, then caps.
"""

import pytest

from spec.examples import result, total

EXAMPLE = """\
points: 100
sections:
  - title: 全部
    points: 100
    criteria:
      - {id: P, title: 示例条目, points: 100, rule: judged}
vetoes:
  - {id: X, title: 不得评优, cap: B}
  - {id: Y, title: 弄虚作假, downgrade: 1}
  - {id: Z, title: 重大事件, grade: D}
"""


@pytest.mark.form("R15")
@pytest.mark.parametrize(
    ("points", "events", "grade"),
    [
        ("95", ["X"], "B"),  # 一票否优
        ("85", ["X"], "B"),  # 本来就不是优
        ("65", ["X"], "C"),
        ("95", ["Y"], "B"),  # 降一级
        ("65", ["Y"], "D"),
        ("40", ["Y"], "D"),  # 最低一级不能再降
        ("95", ["X", "Y"], "B"),  # 先降级，后封顶
        ("85", ["X", "Y"], "C"),
        ("95", ["X", "Y", "Z"], "D"),
    ],
)
def test_events_lower_or_cap_the_grade(points: str, events: list[str], grade: str) -> None:
    """等级变了，总分不变。

    The grade moves and the total stays.
    """
    scored = result(EXAMPLE, points={"P": points}, vetoes=events)

    assert (scored.grade, total(scored)) == (grade, points)


def test_a_cap_settles_the_grade_of_a_range() -> None:
    """得分在 80–100 之间、又不得评优的，已经可以定为 B 级。

    Between 80 and 100 with A ruled out, B is certain while the points are not.
    """
    rubric = EXAMPLE.replace(
        "      - {id: P, title: 示例条目, points: 100, rule: judged}",
        "      - {id: P, title: 示例条目, points: 80, rule: judged}\n"
        "      - {id: Q, title: 另一条目, points: 20, rule: judged}",
    )

    scored = result(rubric, points={"P": "80"}, vetoes=["X"])

    assert (total(scored), scored.grade) == ("80..100", "B")
