"""整组不得分：某个事件使一个条目、一个分项或整个部分的得分都不计。

An event after which the points of an item, a part or a whole section do not count.
"""

import pytest

from spec.examples import effects, result, total

EXAMPLE = """\
points: 100
sections:
  - title: 安全
    id: safety
    points: 40
    criteria:
      - {id: P, title: 安全生产, points: 25, rule: judged}
      - {id: Q, title: 安全培训, points: 15, rule: judged}
  - title: 其他
    points: 60
    criteria:
      - {id: R, title: 其他条目, points: 60, rule: judged}
vetoes:
  - {id: S, title: 发生安全事故, zero: safety}
  - {id: T, title: 培训造假, zero: Q}
"""


@pytest.mark.form("R16")
@pytest.mark.parametrize(
    ("points", "events", "expected", "steps"),
    [
        (("20", "10", "50"), [], "80", []),
        (("20", "10", "50"), ["S"], "50", [("zero", "S", "-30", "-30")]),
        (("20", "10", "50"), ["T"], "70", [("zero", "T", "-10", "-10")]),
        (
            ("20", "10", "50"),
            ["T", "S"],
            "50",
            [("zero", "T", "-10", "-10"), ("zero", "S", "-20", "-20")],
        ),  # 同一条目不重复扣
        ((None, "10", "50"), ["S"], "50", [("zero", "S", "-10", "-35")]),  # 未定的也清零，总分已定
    ],
)
def test_the_points_of_a_group_do_not_count(
    points: tuple[str | None, str, str],
    events: list[str],
    expected: str,
    steps: list[tuple[str, str, str, str]],
) -> None:
    """三个条目的得分依次列出；清零的一步写明减去多少，先清零的不再减第二次。

    What was emptied once is not taken off again.
    """
    given = dict(zip(("P", "Q", "R"), points, strict=True))
    scored = result(
        EXAMPLE,
        points={part: score for part, score in given.items() if score is not None},
        vetoes=events,
    )

    assert (total(scored), effects(scored)) == (expected, steps)


def test_a_failed_precondition_may_empty_a_group() -> None:
    """前提条件也可以使一组不得分；还没有确定时，总分是范围。

    A precondition may empty a group too, and leaves a range while it is open.
    """
    rubric = (
        EXAMPLE
        + "preconditions:\n  - {id: K, title: 安全生产不到六成, of: P, share: 60, zero: Q}\n"
    )
    failed = result(rubric, points={"P": "14.9", "Q": "10", "R": "50"})
    reached = result(rubric, points={"P": "15", "Q": "10", "R": "50"})
    unsure = result(rubric, points={"Q": "10", "R": "50"})

    assert [total(scored) for scored in (failed, reached, unsure)] == ["64.9", "75", "50..85"]
    assert effects(failed) == [("zero", "K", "-10", "-10")]
    assert effects(unsure) == [("zero", "K", "-10", "0")]
