"""A small rubric to be changed in one place at a time."""

from kaohe.reading.reader import read_rubric
from kaohe.rubric.model import Rubric

TEXT = """\
rubric: small-example
title: 示例小细则
points: 10
period: {name: 2017, first: 2017-01-01, last: 2017-12-31}
departments:
  - {name: 甲局, aliases: [甲]}
  - {name: 乙局}
indicators:
  first_rate: {title: 一号合格率, provider: 甲局}
  second_rate: {title: 二号合格率, provider: 乙局}
sections:
  - title: 全部
    points: 10
    criteria:
      - id: A1
        clauses: 1
        title: 一号合格率
        points: 4
        lead: 甲局
        rule: banded
        indicator: first_rate
        award: {"[90, ∞)": 4, "(-∞, 90)": 0}
        reading: A1-edge
      - id: A2
        clauses: 2
        title: 制度建设
        points: 3
        lead: [甲局, 乙局]
        rule: judged
        evidence: [制度文件]
      - id: A3
        clauses: 3
        title: 二号合格率
        points: 3
        filing: none
        provider: 乙局
        rule: banded
        indicator: second_rate
        award: {"[80, ∞)": 3, "(-∞, 80)": 0}
grades: {scale: {好: 6, 差: 0}, source: 示例}
not_applicable: {treatment: full}
readings:
  - id: A1-edge
    unclear: 90 算不算
    chosen: held
    choices:
      held: {means: 90 算}
      not-held:
        means: 90 不算
        set:
          A1: {award: {"(90, ∞)": 4, "(-∞, 90]": 0}}
"""


def changed(old: str, new: str, text: str = TEXT) -> Rubric:
    """The rubric with one place of its text replaced; the place is there exactly once."""
    assert text.count(old) == 1, old
    return read_rubric(text.replace(old, new), "changed.yaml")


def small() -> Rubric:
    """The rubric as it is."""
    return read_rubric(TEXT, "small.yaml")
