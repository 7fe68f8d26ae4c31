"""The trace of one part: everything that explains its score, as values and as plain strings."""

from typing import Any

from kaohe.reading.load import load_rubric
from kaohe.wording.trace import PartTrace, trace_part
from spec.examples import results, rubric_of

RELATIVE = """\
rule: relative
indicator: award_count
of: 全市
clauses: [4]
zero: 0
tiers: [{at_least: 1.2, award: 4}, {at_least: 1, award: 3}, {below: 1, award: 1, of: province}]
"""


def traced(rule: str, *units: dict[str, Any], **references: dict[str, str]) -> PartTrace:
    """The trace of the first unit's part."""
    rubric = rubric_of(rule, "4")
    scored = results(rubric, units, {"市": references} if references else {})[0]
    part = scored.part("P")
    assert part is not None
    return trace_part(part, scored.facts, rubric)


def valued(*values: str | None) -> list[dict[str, Any]]:
    return [{"indicators": {"award_count": v} if v is not None else {}} for v in values]


def test_a_trace_is_plain_strings_for_json() -> None:
    assert traced(RELATIVE, *valued("4", "3", "3"), award_count={"province": "2"}).as_plain() == {
        "part": "P",
        "clauses": ["4"],
        "title": "示例条目",
        "points": "4",
        "score": "4",
        "low": "4",
        "high": "4",
        "rule": "质量奖项数与全市平均值比较，按先满足的一档计；质量奖项数为 0 不得分；"
        "不低于平均值的 1.2 倍得满分；不低于平均值得 3 分；低于全省平均值得 1 分。",
        "values": [
            {
                "indicator": "award_count",
                "title": "质量奖项数",
                "value": "4",
                "shown": "4 项",
                "provider": "",
            }
        ],
        "comparisons": [
            {
                "kind": "mean",
                "indicator": "award_count",
                "value": "10/3",
                "shown": "≈3.3333 项",
                "cohort": "市",
                "members": "3",
                "lacking": [],
                "reference": False,
            },
            {
                "kind": "mean",
                "indicator": "award_count",
                "value": "2",
                "shown": "2 项",
                "cohort": "province",
                "members": "0",
                "lacking": [],
                "reference": True,
            },
        ],
        "applied": "不低于平均值的 1.2 倍",
        "arithmetic": "",
        "explanation": "质量奖项数 4 项，全市平均值 ≈3.3333（其 1.2 倍为 4），"
        "不低于全市平均值的 1.2 倍，得满分。",
        "readings": [],
        "regain": [],
    }


def test_who_lacks_a_value_is_named() -> None:
    trace = traced(RELATIVE, *valued("4", None, "3", None))
    mean = trace.comparisons[0]

    assert (trace.score, mean.value, mean.members, mean.lacking) == (
        None,
        "",
        4,
        ("单位2", "单位4"),
    )


def test_a_mean_over_units_that_are_not_here_counts_no_members_and_names_nobody() -> None:
    trace = traced(RELATIVE, *valued("4"), award_count={"mean": "unknown"})
    mean = trace.comparisons[0]

    assert (mean.value, mean.members, mean.lacking, mean.reference) == ("", 0, (), False)
    assert trace.regain == ("补齐质量奖项数的平均值后才能计分，得分在 0–4 分之间。",)


def test_a_reference_mean_says_that_it_is_one() -> None:
    mean = traced(RELATIVE, *valued("4", None), award_count={"mean": "3.5"}).comparisons[0]

    assert (mean.value, mean.reference, mean.lacking) == ("3.5", True, ("单位2",))


def test_targets_last_year_bests_and_places_are_comparisons() -> None:
    unit = {
        "indicators": {"pass_rate": "90", "quality_index": "3"},
        "targets": {"pass_rate": "95"},
        "previous": {"pass_rate": "89.5"},
    }
    other = {"indicators": {"quality_index": "6"}}
    shortfall = 'rule: banded\nindicator: pass_rate\non: shortfall\ndeduct: {"(0, ∞)": 1}'
    rules = {
        "target": shortfall,
        "previous": "rule: trend\nindicator: pass_rate\n",
        "best": "rule: proportional\nindicator: quality_index\nof: best\n",
        "place": "rule: ranked\nindicator: quality_index\nties: better\n"
        "places: [{from: 1, to: 2, award: 4}]\n",
    }
    found = {
        name: [(c.kind, c.value, c.shown, c.cohort) for c in traced(rule, unit, other).comparisons]
        for name, rule in rules.items()
    }

    assert found == {
        "target": [("target", "95", "95%", "")],
        "previous": [("previous", "89.5", "89.5%", "")],
        "best": [("best", "6", "6", "市")],
        "place": [("place", "2", "第 2 名", "市")],
    }


def test_the_band_and_the_sum_stand_by_themselves() -> None:
    rule = 'rule: banded\nindicator: pass_rate\ndeduct: {"[95, ∞)": 0, "(-∞, 95)": 0.5}'
    trace = traced(rule, {"indicators": {"pass_rate": "94.99"}})

    assert (trace.applied, trace.arithmetic) == ("低于 95%", "4 − 0.5 = 3.5")
    assert (trace.values[0].provider, trace.values[0].shown) == ("市质监局", "94.99%")


def test_what_a_register_holds_is_told_by_level() -> None:
    rule = "rule: counted\nindicator: honour_count\nlevels:\n  - {level: national, award: 2}\n"
    thing = {"name": "甲", "level": "国家级", "date": "2017-05-31", "document": "1号"}
    trace = traced(rule, {"entries": {"honour_count": [thing]}})

    assert trace.values[0].shown == "国家级 1、省级 0、市级 0"
    assert (trace.arithmetic, trace.score) == ("2 × 1 = 2", trace.low)


def test_the_readings_of_a_part_come_with_what_was_chosen() -> None:
    rubric = load_rubric("shuangtaizi-2017")
    scored = results(rubric, [{"indicators": {"quality_award_count": "2"}}])[0]
    part = scored.part("G3")
    assert part is not None
    readings = trace_part(part, scored.facts, rubric).readings

    assert [(reading.id, reading.choice) for reading in readings] == [
        ("G3-fifth", "at-least"),
        ("G3-zero", "zero-first"),
        ("G3-counting", "one-each"),
    ]
    assert all(reading.meaning for reading in readings)


def test_every_part_of_the_built_in_rubrics_has_a_trace_in_both_languages() -> None:
    for name in ("shuangtaizi-2017", "example-county"):
        rubric = load_rubric(name)
        kinds = list(rubric.unit_types) or [""]
        for scored in results(rubric, [{"type": kind} if kind else {} for kind in kinds]):
            for item in scored.items:
                for part in item.parts:
                    chinese, english = (
                        trace_part(part, scored.facts, rubric, lang) for lang in ("zh", "en")
                    )
                    assert chinese.rule.endswith("。")
                    assert english.rule.endswith(".")
