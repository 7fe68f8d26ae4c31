"""Which parts have a cell for an assessor's points: checked against what the rules really say."""

from decimal import Decimal

import pytest

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
indicators: {{x_rate: {{title: 甲}}, y_rate: {{title: 乙, target: yes}}, n_count: {{title: 丙}}}}
sections:
  - title: 全部
    points: 10
    criteria:
      - {{id: A, title: 条目, points: 10, {rule}}}
grades: {{合格: 0}}
"""

SILENT = {
    "a mark, nothing said below": "rule: attained, indicator: x_rate, at_least: 100",
    "bands with a hole": 'rule: banded, indicator: x_rate, award: {"[90, 100]": 10, "[0, 89.9]": 5}',
    "an end that is not said": 'rule: banded, indicator: x_rate, award: {"?90, 100]": 10, "[0, 90]": 5}',
    "bands that overlap": 'rule: banded, indicator: x_rate, award: {"[90, ∞)": 10, "(-∞, 91)": 5}',
    "shortfalls beyond the last band": 'rule: banded, indicator: y_rate, on: shortfall, deduct: {"(0, 5]": 1}',
    "tiers that end above nothing": "rule: relative, indicator: n_count, tiers: [{at_least: 1, award: 10}]",
    "a step nobody decided": "rule: stepped, indicator: x_rate, from: 100, per: 1, deduct: 1",
    "no conversion": "rule: converted, indicator: x_rate",
    "grades that end above nothing": "rule: converted, indicator: x_rate, grades: [{grade: A, award: 10, at_least: 60}]",
    "no formula": "rule: composite, terms: [{of: x_rate}]",
    "steps that end above nothing": "rule: composite, terms: [{of: x_rate}], formula: min, steps: [{at_least: 0.5, award: 10}]",
    "no movement": "rule: trend, indicator: x_rate, otherwise: 0",
    "nothing to divide by": "rule: proportional, indicator: n_count, of: best",
    "places nobody named": "rule: ranked, indicator: n_count, ties: better, places: [{from: 1, to: 2, award: 10}]",
    "ties nobody decided": "rule: ranked, indicator: n_count, places: [{from: 1, to: 2, award: 10}], beyond: 0",
}
SETTLED = {
    "a mark with its below": "rule: attained, indicator: x_rate, at_least: 100, below: 0",
    "bands that meet": 'rule: banded, indicator: x_rate, award: {"[90, ∞)": 10, "(-∞, 90)": 5}',
    "bands that meet once rounded": 'rule: banded, indicator: x_rate, round: 1, award: {"[90, 100]": 10, "[0, 89.9]": 5}',
    "overlap of one award": 'rule: banded, indicator: x_rate, award: {"[90, ∞)": 5, "(-∞, 91)": 5}',
    "every shortfall": 'rule: banded, indicator: y_rate, on: shortfall, deduct: {"(0, ∞)": 1}',
    "tiers down to nothing": "rule: relative, indicator: n_count, tiers: [{at_least: 1, award: 10}, {below: 1, award: 5}]",
    "counts step by step": "rule: stepped, indicator: n_count, from: 2, per: 1, deduct: 1",
    "started steps": "rule: stepped, indicator: x_rate, from: 100, per: 1, deduct: 1, counting: started",
    "a scale": "rule: converted, indicator: x_rate, scale: 100",
    "grades down to nothing": "rule: converted, indicator: x_rate, grades: [{grade: A, award: 10, at_least: 60}, {grade: B, award: 0, at_least: 0}]",
    "a formula": "rule: composite, terms: [{of: x_rate}], formula: min",
    "every movement": "rule: trend, indicator: x_rate, steady: 5, otherwise: 0",
    "a number to divide by": "rule: proportional, indicator: x_rate, of: 100",
    "every place": "rule: ranked, indicator: n_count, ties: better, places: [{from: 1, to: 2, award: 10}], beyond: 0",
    "a count": "rule: counted, indicator: n_count, award: 1",
}
PROBES = [Decimal(n) / 20 for n in range(0, 2_001, 7)] + [Decimal("89.95"), Decimal("90.5")]


def part_of(rule: str) -> tuple[Rubric, Part]:
    rubric = read_rubric(RUBRIC.format(rule=rule), "r.yaml")
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


@pytest.mark.parametrize("rule", ["judged", "binary", "levels, levels: [{text: 好, award: 10}]"])
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
