"""The rubrics that workbooks are made for."""

from collections.abc import Callable
from importlib import resources

import pytest

from kaohe.reading.load import load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.rubric.model import Rubric
from workbook.desk import Desk

GRADED = """
rubric: graded
title: 只有一项的细则
points: 10
unit_types: {county: 县, district: 区}
indicators:
  outside_grade: {title: 上级考核等级, unit: grade, values: [优秀, 良好, 合格], target: yes}
  score_change: {title: 指数变化, unit: amount}
sections:
  - title: 全部
    points: 10
    criteria:
      - id: A
        title: 上级考核
        points: 10
        applies_to: county
        rule: converted
        indicator: outside_grade
        grades: [{grade: 优秀, award: 10, place: 1}]
grades: {合格: 0}
"""


@pytest.fixture(scope="session")
def seed() -> Rubric:
    """The built-in rubric of the seed."""
    return load_rubric("shuangtaizi-2017")


@pytest.fixture(scope="session")
def county() -> Rubric:
    """The other built-in rubric: kinds of units, levels, last year's values."""
    return load_rubric("example-county")


@pytest.fixture(scope="session")
def graded() -> Rubric:
    """A rubric with an indicator whose values are names of grades."""
    return read_rubric(GRADED, "graded.yaml")


@pytest.fixture
def desk(seed: Rubric) -> Desk:
    """A template of the seed's rubric with one unit filled in."""
    desk = Desk(seed)
    desk.unit()
    return desk


@pytest.fixture
def desk_for() -> Callable[[Rubric], Desk]:
    """A template of any rubric."""
    return Desk


@pytest.fixture
def sample() -> str:
    """The path of the sample city's data."""
    return str(resources.files("kaohe") / "samples" / "sample-city.json")
