"""A rubric of ten points, and three units whose every figure can be worked by hand.

Awards: mean (3 + 2 + 1) ÷ 3 = 2. 甲区 93 of 95: 2 short, −3 of 4; 3 ≥ 1.2 × 2: 4; 1.5; in all 6.5.
乙区 met: 4; 2 ≥ 2: 3; 2; in all 9. 丙区 1 short, −1: 3; 1 ≥ 0.5 × 2: 2; 0.5; in all 5.5.
"""

import json
from copy import deepcopy
from typing import Any

from kaohe.reading.reader import read_rubric
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.observations import Dataset

TEXT = """
rubric: demo
title: 示例细则
points: 10
grades: {优: 8, 良: 6, 差: 0}
indicators:
  pass_rate: {title: 合格率, target: yes}
  award_count: {title: 奖项数}
  outside_grade: {title: 外部等级, unit: grade, values: [甲等, 乙等, 丙等]}
registers:
  award_count:
    title: 奖项登记
    levels:
      - {id: national, title: 国家级}
      - {id: city, title: 市级}
sections:
  - title: 目标
    id: goals
    points: 8
    criteria:
      - id: G1
        title: 合格率达到目标
        points: 4
        rule: banded
        indicator: pass_rate
        on: shortfall
        deduct: {"(0, 1]": 1, "(1, 3]": 3, "(3, ∞)": 4}
        reading: edges
      - id: G3
        title: 奖项
        points: 4
        rule: relative
        indicator: award_count
        zero: 0
        tiers:
          - {at_least: 1.2, award: 4}
          - {at_least: 1, award: 3}
          - {at_least: 0.5, award: 2}
          - {below: 0.5, award: 1}
  - title: 措施
    id: measures
    points: 2
    criteria:
      - {id: M1, title: 部署, points: 2, rule: judged}
EXTRA
readings:
  - id: edges
    unclear: 端点属哪一档
    chosen: upper-held
    choices:
      upper-held: {means: 含上端}
      lower-held:
        means: 含下端
        set:
          G1: {deduct: {"(0, 1)": 1, "[1, 3)": 3, "[3, ∞)": 4}}
"""

UNITS: list[dict[str, Any]] = [
    {
        "id": "u.1",
        "name": "甲区",
        "group": "市",
        "indicators": {"pass_rate": "93", "award_count": "3"},
        "targets": {"pass_rate": "95"},
        "points": {"M1": "1.5"},
    },
    {
        "id": "u.2",
        "name": "乙区",
        "group": "市",
        "indicators": {"pass_rate": "95", "award_count": "2"},
        "targets": {"pass_rate": "95"},
        "points": {"M1": "2"},
    },
    {
        "id": "u.3",
        "name": "丙区",
        "group": "市",
        "indicators": {"pass_rate": "94", "award_count": "1"},
        "targets": {"pass_rate": "95"},
        "points": {"M1": "0.5"},
    },
]


def rubric(extra: str = "") -> Rubric:
    """The rubric, with more of it where ``extra`` says so."""
    return read_rubric(TEXT.replace("EXTRA", extra), "demo.yaml")


def data(of: Rubric | None = None, **changes: dict[str, Any]) -> Dataset:
    """The three units; ``u1={"points": {"M1": None}}`` takes the first one's points away."""
    units = deepcopy(UNITS)
    for name, change in changes.items():
        unit = units[int(name[1:]) - 1]
        for key, given in change.items():
            value = {**unit.get(key, {}), **given} if isinstance(given, dict) else given
            if isinstance(value, dict):
                value = {k: v for k, v in value.items() if v is not None}
            unit[key] = value
    text = json.dumps({"units": units})
    return read_data(read_json(text, "demo.json"), of or rubric())
