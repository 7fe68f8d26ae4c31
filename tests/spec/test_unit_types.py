"""按单位类别考核不同条目：有的条目只考核县区，有的只考核开发区；平均值只在被考核的单位之间取。

Items for some kinds of unit only. A unit is scored on those that apply to it, and a mean or a
rank is taken over the units that are asked.
"""

import pytest

from kaohe.nodes import Mistaken
from spec.examples import result, results, total, whole_rubric

EXAMPLE = """\
points: 100
unit_types: {district: 区, zone: 开发区}
sections:
  - title: 全部
    points: 100
    criteria:
      - {id: P, title: 共同条目, points: 60, rule: judged}
      - {id: D, title: 区的条目, points: 40, rule: judged, applies_to: district}
      - {id: Z, title: 开发区的条目, points: 40, rule: judged, applies_to: zone}
"""

MEAN = """\
points: 10
unit_types: {district: 区, zone: 开发区}
sections:
  - title: 全部
    points: 10
    criteria:
      - id: P
        title: 与平均值比较
        points: 10
        applies_to: district
        rule: relative
        indicator: quality_index
        tiers: [{at_least: 1, award: 10}, {below: 1, award: 0}]
      - {id: Q, title: 开发区的条目, points: 10, rule: judged, applies_to: zone}
"""


@pytest.mark.form("R24")
@pytest.mark.parametrize(
    ("type_", "points", "items", "expected"),
    [
        ("district", {"P": "50", "D": "40"}, ["P", "D"], "90"),
        ("zone", {"P": "50", "Z": "30"}, ["P", "Z"], "80"),
        ("zone", {"P": "50"}, ["P", "Z"], "50..90"),
    ],
)
def test_each_kind_of_unit_has_its_items(
    type_: str, points: dict[str, str], items: list[str], expected: str
) -> None:
    """共同条目加上本类单位自己的条目，满分相同。

    What all have in common, and what is each kind's own.
    """
    scored = result(EXAMPLE, type=type_, points=points)

    assert [item.criterion.id for item in scored.items] == items
    assert total(scored) == expected


def test_points_for_an_item_of_another_kind_are_a_mistake() -> None:
    """给不考核的条目打分是数据错误。

    Points on an item that does not apply are a mistake in the data.
    """
    with pytest.raises(Mistaken, match="不考核这类单位；请删去得分"):
        result(EXAMPLE, type="zone", points={"D": "40"})


@pytest.mark.form("R24", "R8")
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("6", "4", None), ["10", "0"]),  # 开发区没有值，不影响平均
        (("6", "4", "99"), ["10", "0"]),  # 有值也不算在内
        (("6", None, None), ["0..10", "0..10"]),  # 被考核的区缺值
    ],
)
def test_means_are_over_the_units_that_are_asked(
    values: tuple[str | None, ...], expected: list[str]
) -> None:
    """前两个单位是区，第三个是开发区，不考核这个指标。

    Two districts, and a zone that is not asked.
    """
    types = ("district", "district", "zone")
    units = [
        {"type": kind, "indicators": {"quality_index": value} if value is not None else {}}
        for kind, value in zip(types, values, strict=True)
    ]
    scored = results(whole_rubric(MEAN), units)

    assert [total(unit) for unit in scored[:2]] == expected
