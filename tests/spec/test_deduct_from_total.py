"""从总分中扣：有的事件在各条目之外，另从总分中扣分；还没有确定是否发生的，总分是范围。

Some events take points from the total, outside any item. While it is open whether one acts, the
total is a range.
"""

import pytest

from spec.examples import effects, result, total

EXAMPLE = """\
points: 100
sections:
  - title: 全部
    points: 100
    criteria:
      - {id: P, title: 重点条目, points: 40, rule: judged}
      - {id: Q, title: 其他条目, points: 60, rule: judged}
vetoes:
  - {id: W, title: 发生较大事故, deduct: 10}
preconditions:
  - {id: K, title: 重点条目不到一半的另扣, of: P, share: 50, deduct: 5}
"""


@pytest.mark.form("R16")
@pytest.mark.parametrize(
    ("points", "events", "expected", "grade", "steps"),
    [
        ({"P": "40", "Q": "52"}, [], "92", "A", []),
        ({"P": "40", "Q": "52"}, ["W"], "82", "B", [("deduct", "W", "-10", "-10")]),
        ({"P": "19", "Q": "60"}, [], "74", "C", [("deduct", "K", "-5", "-5")]),
        ({"P": "20", "Q": "60"}, [], "80", "B", []),  # 恰好一半
        ({"Q": "60"}, [], "55..100", None, [("deduct", "K", "-5", "0")]),  # 未定
        (
            {"P": "0", "Q": "10"},
            ["W"],
            "-5",
            None,
            [("deduct", "W", "-10", "-10"), ("deduct", "K", "-5", "-5")],
        ),  # 总分为负，等级表没有写到
    ],
)
def test_points_are_taken_from_the_total(
    points: dict[str, str],
    events: list[str],
    expected: str,
    grade: str | None,
    steps: list[tuple[str, str, str, str]],
) -> None:
    """各条目的得分不变，扣分单列一步。

    The items keep their points; the deduction is a step of its own.
    """
    scored = result(EXAMPLE, points=points, vetoes=events)

    assert (total(scored), scored.grade, effects(scored)) == (expected, grade, steps)
