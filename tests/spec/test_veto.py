"""一票否决：有关机关认定的事件使等级一律为最低一级，各条目的得分不变。

A recorded finding of an authority fixes the grade, whatever the points; the points stay as they
are. A veto is never computed.
"""

import pytest

from spec.examples import effects, result, total

EXAMPLE = """\
points: 100
sections:
  - title: 全部
    points: 100
    criteria:
      - {id: P, title: 示例条目, points: 100, rule: judged}
vetoes:
  - id: V1
    title: 发生重大质量安全事件
    grade: D
    test: [造成严重后果, 经有关机关认定]
    authority: 国务院或其授权的部门
"""


@pytest.mark.form("R14")
@pytest.mark.parametrize(
    ("points", "vetoes", "expected", "grade"),
    [
        ({"P": "95"}, [], "95", "A"),
        ({"P": "95"}, ["V1"], "95", "D"),  # 分数不变
        ({"P": "40"}, ["V1"], "40", "D"),
        ({}, [], "0..100", None),
        ({}, ["V1"], "0..100", "D"),  # 得分未定，等级已定
    ],
)
def test_a_veto_fixes_the_grade(
    points: dict[str, str], vetoes: list[str], expected: str, grade: str | None
) -> None:
    """有否决事件的，不论得分多少都是 D 级。

    With a veto the grade is D even while the points are still open.
    """
    scored = result(EXAMPLE, points=points, vetoes=vetoes)

    assert (total(scored), scored.grade) == (expected, grade)


def test_a_veto_stands_in_the_trace() -> None:
    """否决写进得分说明，总分没有变化。

    The veto is a step of its own, adding nothing to the total.
    """
    scored = result(EXAMPLE, points={"P": "95"}, vetoes=["V1"])

    assert effects(scored) == [("grade", "V1", "0", "0")]
