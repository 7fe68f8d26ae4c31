"""分项：一个考核要点的分值分到几个分项，各按自己的规则计分，得分相加。

A criterion whose points the document divides: each part has its own rule, and their scores add
up; where one is open the sum is a range.
"""

from typing import Any

import pytest

from kaohe.quantity import write_number
from spec.examples import result, told

EXAMPLE = """\
points: 6
sections:
  - title: 全部
    points: 6
    criteria:
      - id: P
        title: 示例要点
        points: 6
        parts:
          - id: P.1
            title: 抽检
            points: 2.5
            rule: attained
            indicator: pass_rate
            at_least: 95
            below: 0
          - id: P.2
            title: 活动
            points: 2
            rule: stepped
            indicator: campaign_count
            from: 2
            per: 1
            deduct: 1
          - {id: P.3, title: 制度, points: 1.5, rule: judged}
"""


@pytest.mark.parametrize(
    ("indicators", "points", "parts", "item"),
    [
        (("95", "1"), {"P.3": "1.2"}, ["2.5", "1", "1.2"], "4.7"),
        (("94", "2"), {"P.3": "1.5"}, ["0", "2", "1.5"], "3.5"),
        (("95", "2"), {}, ["2.5", "2", "0..1.5"], "4.5..6"),  # 还没有评
        (("95", None), {"P.3": "0"}, ["2.5", "0..2", "0"], "2.5..4.5"),  # 还没有报
    ],
)
def test_parts_add_up(
    indicators: tuple[str, str | None], points: dict[str, str], parts: list[str], item: str
) -> None:
    """分项定了的相加；有一项未定，合计就是范围。

    Settled parts add up; one that is open makes the sum a range.
    """
    named: dict[str, Any] = dict(zip(("pass_rate", "campaign_count"), indicators, strict=True))
    known = {name: value for name, value in named.items() if value is not None}
    scored = result(EXAMPLE, indicators=known, points=points).items[0]

    assert [told(part) for part in scored.parts] == parts
    low, high = write_number(scored.low), write_number(scored.high)
    assert (low if scored.settled else f"{low}..{high}") == item
