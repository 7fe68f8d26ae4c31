"""Which parts have a cell for an assessor's points: checked against what the rules really say."""

from decimal import Decimal
from pathlib import Path
from textwrap import indent

import pytest
import yaml

from kaohe.reading.reader import read_rubric
from kaohe.rubric.interpretation import choose, interpret
from kaohe.rubric.model import Part, Rubric
from kaohe.rules.base import Rule
from kaohe.rules.catalogue import RULES
from kaohe.scoring.cohort import assemble
from kaohe.scoring.observations import Dataset, Observations
from kaohe.workbook.silence import can_be_silent, who_decides

RUBRIC = """
rubric: r
title: 细则
points: 10
indicators: {x_rate: {title: 甲}, y_rate: {title: 乙, target: yes}, n_count: {title: 丙}}
grades: {合格: 0}
sections:
  - title: 全部
    points: 10
    criteria:
      - id: A
        title: 条目
        points: 10
"""

CASES = yaml.safe_load((Path(__file__).parent / "silence.yaml").read_text("utf-8"))
SILENT, SETTLED = CASES["silent"], CASES["settled"]
PROBES = [Decimal(n) / 20 for n in range(0, 2_001, 7)] + [Decimal("89.95"), Decimal("90.5")]


def part_of(rule: str) -> tuple[Rubric, Part]:
    rubric = read_rubric(RUBRIC + indent(rule, " " * 8), "r.yaml")
    (part,) = rubric.all_parts()
    return rubric, part


def ever_silent(rubric: Rubric, part: Part) -> bool:
    """Whether the rule itself ever leaves the score to an assessor, over a sweep of values."""
    for value in PROBES:
        whole = value.to_integral_value()
        values = {i.id: whole if i.unit.whole else value for i in rubric.indicators.values()}
        targets = {i.id: Decimal(100) for i in rubric.indicators.values() if i.target}
        last_year = {i: min(Decimal(50), v) for i, v in values.items()}
        unit = Observations("a", "甲", "组", values=values, targets=targets, previous=last_year)
        other = Observations("b", "乙", "组", values={i: Decimal(3) for i in values})
        same = Observations("c", "丙", "组", values=values)
        facts = assemble(rubric, Dataset((unit, other, same)))[0]
        if part.rule.assess(facts, part.points).because.awaits_award:
            return True
    return False


@pytest.mark.parametrize("rule", SETTLED.values(), ids=SETTLED)
def test_a_rule_that_decides_everything_takes_no_points(rule: str) -> None:
    rubric, part = part_of(rule)
    assert who_decides(part, rubric.indicators) == "rule"
    assert not ever_silent(rubric, part)


@pytest.mark.parametrize("rule", SILENT.values(), ids=SILENT)
def test_a_rule_that_can_be_silent_takes_points(rule: str) -> None:
    rubric, part = part_of(rule)
    assert who_decides(part, rubric.indicators) == "silent"


@pytest.mark.parametrize("rule", ["judged", "binary", "levels\nlevels: [{text: 好, award: 10}]"])
def test_a_judged_part_takes_points(rule: str) -> None:
    rubric, part = part_of(f"rule: {rule}")
    assert who_decides(part, rubric.indicators) == "assessor"


def test_every_type_of_rule_is_thought_of() -> None:
    unknown = can_be_silent.dispatch(Rule)
    assert [name for name, rule in RULES.items() if can_be_silent.dispatch(rule) is unknown] == []


def test_the_seed_takes_points_where_its_document_is_silent(seed: Rubric) -> None:
    def silent(rubric: Rubric) -> list[str]:
        read = interpret(rubric)
        return [p.id for p in read.all_parts() if who_decides(p, read.indicators) == "silent"]

    assert silent(seed) == ["G2.2", "M30.1"]
    assert silent(choose(seed, {"M30.1-below": "zero"})) == ["G2.2"]
