"""前提条件：某个条目或部分得分达不到规定的比例，等级就受限制，或者另外扣分。

An item or a section that must reach a share of its points, else the effects act: no top grade,
a grade lower, points taken from the total. While its score is open, so is whether it acts.
"""

import pytest

from spec.examples import effects, result, total

EXAMPLE = """\
points: 100
sections:
  - title: 基础
    id: base
    points: 40
    criteria:
      - {id: P, title: 重点条目, points: 40, rule: judged}
  - title: 其他
    points: 60
    criteria:
      - {id: Q, title: 其他条目, points: 60, rule: judged}
preconditions:
  - {id: K, title: 基础部分不到六成的不得评优, of: base, share: 60, cap: B}
"""


@pytest.mark.form("R15")
@pytest.mark.parametrize(
    ("base", "other", "expected", "grade"),
    [
        ("40", "55", "95", "A"),
        ("31", "60", "91", "A"),
        ("24", "60", "84", "B"),  # 恰好六成，前提满足，按分就是 B
        ("40", None, "40..100", None),
        (None, "60", "60..100", None),
    ],
)
def test_a_share_must_be_reached(
    base: str | None, other: str | None, expected: str, grade: str | None
) -> None:
    """基础部分要得到 40 分的六成，即 24 分。

    Sixty per cent of forty points is twenty-four.
    """
    given = {"P": base, "Q": other}
    points = {part: score for part, score in given.items() if score is not None}
    scored = result(EXAMPLE, points=points)

    assert (total(scored), scored.grade) == (expected, grade)


@pytest.mark.form("R15")
@pytest.mark.parametrize(
    ("base", "share", "grade", "steps"),
    [
        ("31", "80", "B", [("cap", "K", "0", "0")]),
        ("32", "80", "A", []),  # 恰好八成
        ("31.99", "80", "B", [("cap", "K", "0", "0")]),
        ("33.3", "83.3", "B", [("cap", "K", "0", "0")]),  # 需要 33.32
        ("33.32", "83.3", "A", []),
    ],
)
def test_the_share_is_exact(
    base: str, share: str, grade: str, steps: list[tuple[str, str, str, str]]
) -> None:
    """比例精确比较，不取整；受限时写进得分说明。

    The share is compared exactly, and what acts stands in the trace.
    """
    rubric = EXAMPLE.replace("share: 60", f"share: {share}")
    scored = result(rubric, points={"P": base, "Q": "60"})

    assert (scored.grade, effects(scored)) == (grade, steps)


def test_an_exempt_item_is_not_asked() -> None:
    """不适用的条目不问前提。

    A part that does not apply fails no precondition.
    """
    rubric = EXAMPLE + "not_applicable: {treatment: full}\n"
    scored = result(rubric, exempt={"P": "没有此项工作"}, points={"Q": "55"})

    assert (total(scored), scored.grade) == ("95", "A")
