"""Examples in the rubric's own YAML, read by the reader and scored by the engine."""

import json
from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import Any

from kaohe.quantity import write_number
from kaohe.reading.reader import read_rubric
from kaohe.rubric.model import Rubric
from kaohe.scoring import score as engine
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.result import PartScore, UnitScore
from kaohe.wording.effects import effect_sentence, grade_sentence
from kaohe.wording.trace import trace_part
from kaohe.wording.words import Lang, Words

LANGUAGES: tuple[Lang, ...] = ("zh", "en")

VOCABULARY = """\
rubric: spec
title: 示例细则
indicators:
  pass_rate: {title: 抽检合格率, target: yes, provider: 市质监局, decimals: 2}
  coverage_rate: {title: 监督覆盖率}
  settlement_rate: {title: 投诉办结率}
  award_count: {title: 质量奖项数, references: [province]}
  campaign_count: {title: 宣传活动次数}
  planned_count: {title: 计划活动次数}
  accident_count: {title: 事故起数, better: lower}
  quality_index: {title: 质量指数, references: [province]}
  audit_score: {title: 外部审核得分}
  late_days: {title: 迟报天数, unit: days, better: lower}
  outside_rank: {title: 全省排名, unit: rank, better: lower}
  outside_grade: {title: 上级考核等次, unit: grade, values: [优秀, 良好, 一般]}
  honour_count: {title: 表彰个数}
registers:
  honour_count:
    title: 表彰登记
    levels:
      - {id: national, title: 国家级}
      - {id: provincial, title: 省级}
      - {id: city, title: 市级}
"""
"""The indicators and the register that all examples share."""

GRADES = "grades: {A: 90, B: 80, C: 60, D: 0}\n"


def rubric_of(rule: str, points: str = "10") -> Rubric:
    """A rubric of one item, ``P``, of so many points, decided by a rule in YAML."""
    text = (
        f"{VOCABULARY}{GRADES}points: {points}\nsections:\n  - title: 全部\n    points: {points}\n"
    )
    text += f"    criteria:\n      - id: P\n        title: 示例条目\n        points: {points}\n"
    return read_rubric(text + indent(rule.strip("\n"), " " * 8) + "\n", "spec.yaml")


def whole_rubric(text: str) -> Rubric:
    """A rubric of the shared vocabulary and what the example adds to it."""
    grades = "" if "\ngrades:" in f"\n{text}" else GRADES
    return read_rubric(f"{VOCABULARY}{grades}{text}", "spec.yaml")


def score(  # noqa: PLR0913 -- each is a thing that may be known of a unit
    rule: str,
    value: str | None = None,
    *,
    points: str = "10",
    values: Mapping[str, str] | None = None,
    target: str | None = None,
    previous: str | None = None,
    cohort: Iterable[str | None] = (),
    reference: Mapping[str, str] | None = None,
    award: str | None = None,
    entries: Iterable[tuple[str, str]] | None = None,
) -> str:
    """What one unit scores under a rule: ``9``, or ``0..2`` while it is open.

    ``value``, ``target``, ``previous`` and ``cohort`` (the values of the other units) are of the
    rule's own indicator; ``values`` are of any. ``award`` are an assessor's points.
    """
    rubric = rubric_of(rule, points)
    indicator = str(getattr(next(rubric.all_parts()).rule, "indicator", ""))
    own = dict(values or {}) | ({indicator: value} if value is not None else {})
    unit: dict[str, Any] = {"indicators": own}
    unit |= {"targets": {indicator: target}} if target is not None else {}
    unit |= {"previous": {indicator: previous}} if previous is not None else {}
    unit |= {"points": {"P": award}} if award is not None else {}
    if entries is not None:
        unit["entries"] = {indicator: [entry(*named) for named in entries]}
    others = [{"indicators": {indicator: other} if other is not None else {}} for other in cohort]
    references = {"市": {indicator: dict(reference)}} if reference else {}
    scored = results(rubric, [unit, *others], references)[0].part("P")
    assert scored is not None
    return told(scored)


def entry(name: str, level: str) -> dict[str, str]:
    """A registered thing with the papers that a count asks for."""
    return {"name": name, "level": level, "date": "2017-05-31", "document": "〔2017〕1号"}


def results(
    rubric: Rubric, units: Iterable[Mapping[str, Any]], references: Mapping[str, Any] | None = None
) -> list[UnitScore]:
    """The results of units of one group, in the shape of a data file."""
    named = [
        {"id": f"u{place}", "name": f"单位{place}", "group": "市"} | dict(unit)
        for place, unit in enumerate(units, start=1)
    ]
    data = json.dumps({"units": named, "references": references or {}})
    scored = engine.score(rubric, read_data(read_json(data, "data.json"), rubric))
    for unit in scored:
        explained(rubric, unit)
    return scored


def explained(rubric: Rubric, scored: UnitScore) -> None:
    """Every example is explained as well: no score without its words, its steps in words too."""
    for lang in LANGUAGES:
        words = Words.of(rubric, lang)
        parts = [part for item in scored.items for part in item.parts]
        assert all(trace_part(part, scored.facts, rubric, lang).explanation for part in parts)
        assert all(effect_sentence(effect, rubric, words) for effect in scored.effects)
        assert grade_sentence(scored, rubric, words)


def result(text: str, **unit: Any) -> UnitScore:
    """The result of one unit under a whole rubric."""
    return results(whole_rubric(text), [unit])[0]


def told(scored: PartScore) -> str:
    """A part's score, or its range."""
    low, high = write_number(scored.outcome.low), write_number(scored.outcome.high)
    return low if scored.settled else f"{low}..{high}"


def total(scored: UnitScore) -> str:
    """A unit's total, or its range."""
    low, high = write_number(scored.low), write_number(scored.high)
    return low if scored.settled else f"{low}..{high}"


def effects(scored: UnitScore) -> list[tuple[str, str, str, str]]:
    """The steps across items: kind, source, and what each did to either end of the total."""
    return [(e.kind, e.source, write_number(e.low), write_number(e.high)) for e in scored.effects]
