"""等级：总分落在哪一段就是哪一级；两端同级时，得分未定也能定级。

只写分数线时，不低于分数线就是这一级。写成整数区间（80–89）的等级表有空档，89.5 分不属于任何一级。

The grade of a total. A scale by thresholds has no holes; one of whole-number stretches has,
unless totals are rounded first. A range has a grade as soon as both its ends agree.
"""

import pytest

from spec.examples import GRADES, result, results, total, whole_rubric

EXAMPLE = """\
points: 100
grades: {A: 90, B: 80, C: 60, D: 0}
sections:
  - title: 全部
    points: 100
    criteria:
      - {id: P, title: 示例条目, points: 90, rule: judged}
      - {id: Q, title: 另一条目, points: 10, rule: judged}
"""
HOLES = 'grades: {scale: {A: "[90, ∞)", B: "[80, 89]", C: "[60, 79]", D: "(-∞, 59]"}}\n'


@pytest.mark.parametrize(
    ("points", "grade", "with_holes", "rounded_first"),
    [
        ("90", "A", "A", "A"),
        ("89.99", "B", None, "A"),
        ("89.5", "B", None, "A"),
        ("89.49", "B", None, "B"),
        ("80", "B", "B", "B"),
        ("79.5", "C", None, "B"),
        ("60", "C", "C", "C"),
        ("59.99", "D", None, "C"),
        ("0", "D", "D", "D"),
    ],
)
def test_the_total_names_the_grade(
    points: str, grade: str, with_holes: str | None, rounded_first: str
) -> None:
    """三种等级表：分数线；照整数写的区间；照整数写、先把总分四舍五入到整数。

    Thresholds; whole-number stretches; the same with totals rounded half up first.
    """
    given = {"P": points, "Q": "0"}
    holes = EXAMPLE.replace(GRADES, HOLES)
    first = EXAMPLE.replace(GRADES, HOLES.replace("grades: {", "grades: {round: 0, "))

    found = [result(text, points=given).grade for text in (EXAMPLE, holes, first)]
    assert found == [grade, with_holes, rounded_first]


@pytest.mark.parametrize(
    ("points", "expected", "grade"),
    [
        ({"P": "90"}, "90..100", "A"),
        ({"P": "85"}, "85..95", None),
        ({"P": "60"}, "60..70", "C"),
    ],
)
def test_a_range_has_a_grade_once_both_ends_agree(
    points: dict[str, str], expected: str, grade: str | None
) -> None:
    """另一条目 10 分还没有评。

    Ten points are still to be judged.
    """
    scored = result(EXAMPLE, points=points)

    assert (total(scored), scored.grade) == (expected, grade)


@pytest.mark.form("R9")
@pytest.mark.parametrize(
    ("totals", "ranks"),
    [
        (["90", "80", "80", "70"], [1, 2, 2, 4]),
        (["70", "90"], [2, 1]),
        (["80.001", "80"], [1, 2]),  # 不取整
        (["90", None], [None, None]),  # 有单位未定，都不排
    ],
)
def test_ranks_are_by_total_within_the_group(
    totals: list[str | None], ranks: list[int | None]
) -> None:
    """并列的名次相同，后面的名次空出（1、2、2、4）；排名不取整。

    Ties share the better rank and leave a gap; totals are not rounded.
    """
    units = [{"points": {"P": own, "Q": "0"} if own is not None else {}} for own in totals]

    assert [scored.rank for scored in results(whole_rubric(EXAMPLE), units)] == ranks
