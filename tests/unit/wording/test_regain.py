"""What would have earned the points back, in words."""

from typing import Any

import pytest

from kaohe.scoring.result import PartScore, UnitScore
from kaohe.wording.trace import trace_part
from spec import (
    test_attained,
    test_banded,
    test_binary,
    test_composite,
    test_converted,
    test_counted,
    test_judged,
    test_levels,
    test_proportional,
    test_ranked,
    test_relative,
    test_stepped,
    test_trend,
)
from spec.examples import entry, results, rubric_of


def part_of(scored: UnitScore) -> PartScore:
    part = scored.part("P")
    assert part is not None
    return part


def said(rule: str, points: str, *units: dict[str, Any]) -> list[str]:
    """What would have earned the first unit its points."""
    rubric = rubric_of(rule, points)
    scored = results(rubric, units)[0]
    return list(trace_part(part_of(scored), scored.facts, rubric).regain)


def valued(name: str, *values: str) -> list[dict[str, Any]]:
    return [{"indicators": {name: value}} for value in values]


FULL = "counting: full"
STARTED = "counting: started"
CAPPED = """
rule: stepped
indicator: accident_count
from: 0
per: 1
deduct: 1
worse: above
cap: 3
"""

WAYS: list[tuple[str, str, list[dict[str, Any]], list[str]]] = [
    (
        test_banded.ON_VALUE,
        "2.5",
        valued("pass_rate", "91"),
        ["抽检合格率达到 92% 得 2.4 分（+0.1）。", "抽检合格率达到 94.5% 得满分（+0.2）。"],
    ),
    (
        test_banded.PRINTED + "round: 1\n",
        "1.5",
        valued("pass_rate", "91"),
        ["抽检合格率达到 93.45% 得满分（+0.1）。"],  # 93.4 以下两档都写到了
    ),
    (
        test_banded.EXAMPLE,
        "10",
        [{"indicators": {"pass_rate": "70"}, "targets": {"pass_rate": "95"}}],
        ["抽检合格率达到 80% 得 2 分（+2）。", "抽检合格率达到 95% 得满分（+10）。"],
    ),
    (test_banded.ON_VALUE, "2.5", valued("pass_rate", "95"), []),
    (
        test_attained.EXAMPLE,
        "2",
        valued("coverage_rate", "98"),
        ["监督覆盖率达到 100% 得满分。"],  # 原文没有写明的，先不说能多得多少
    ),
    (
        test_stepped.EXAMPLE,
        "3",
        valued("settlement_rate", "97.5"),
        ["投诉办结率达到 98.5% 得 2.55 分（+0.3）。", "投诉办结率达到 100% 得满分（+0.75）。"],
    ),
    (
        test_stepped.EXAMPLE,
        "3",
        valued("settlement_rate", "60"),
        ["投诉办结率达到 90.01% 得 0.003 分（+0.003）。", "投诉办结率达到 100% 得满分（+3）。"],
    ),
    (
        test_stepped.EXAMPLE.replace("counting: pro_rata", FULL),
        "3",
        valued("settlement_rate", "97.5"),
        ["投诉办结率达到 98.01% 得 2.7 分（+0.3）。", "投诉办结率达到 99.01% 得满分（+0.6）。"],
    ),
    (
        test_stepped.EXAMPLE.replace("counting: pro_rata", STARTED),
        "3",
        valued("settlement_rate", "97.5"),
        ["投诉办结率达到 98% 得 2.4 分（+0.3）。", "投诉办结率达到 100% 得满分（+0.9）。"],
    ),
    (
        CAPPED,
        "10",
        valued("accident_count", "9"),
        ["事故起数降到 2 起得 8 分（+1）。", "事故起数降到 0 起得满分（+3）。"],
    ),
    (
        test_proportional.EXAMPLE,
        "10",
        valued("coverage_rate", "40"),
        ["监督覆盖率达到 48% 得 6 分（+6）。", "监督覆盖率达到 80% 得满分（+10）。"],
    ),
    (
        test_relative.EXAMPLE,
        "4",
        valued("award_count", "3", "0", "7"),
        [
            "质量奖项数达到 4 项（平均值 ≈3.6667）得 3 分（+1）。",
            "质量奖项数达到 5 项（平均值 4）得满分（+2）。",
        ],
    ),
    (
        test_relative.EXAMPLE,
        "4",
        valued("award_count", "0", "9", "9"),
        [
            "质量奖项数达到 1 项（平均值 ≈6.3333）得 1 分（+1）。",
            "质量奖项数达到 12 项（平均值 10）得满分（+4）。",
        ],
    ),
    (
        test_ranked.EXAMPLE,
        "5",
        valued("quality_index", "5", "9", "8", "7"),
        [
            "质量指数达到 7（排第 3 名）得 4 分（+2）。",
            "质量指数达到 9（排第 1 名）得满分（+3）。",
        ],
    ),
    (
        test_converted.EXAMPLE,
        "6",
        valued("audit_score", "91"),
        [
            "外部审核得分达到 92 分得 5.52 分（+0.06）。",
            "外部审核得分达到 100 分得满分（+0.54）。",
        ],
    ),
    (
        test_composite.EXAMPLE,
        "5",
        [{"indicators": {"pass_rate": "90", "coverage_rate": "80"}}],
        [
            "抽检合格率达到 91% 得 4.33 分（+0.03）。",
            "监督覆盖率达到 81% 得 4.32 分（+0.02）。",
        ],
    ),
    (
        test_composite.EXAMPLE.replace("weighted_sum", "min"),
        "5",
        [{"indicators": {"pass_rate": "90", "coverage_rate": "80"}}],
        [
            "监督覆盖率达到 80.01% 得 4.0005 分（+0.0005）。",
            "监督覆盖率达到 90% 得 4.5 分（+0.5）。",
        ],
    ),
    (
        test_trend.EXAMPLE,
        "2",
        [{"indicators": {"settlement_rate": "95"}, "previous": {"settlement_rate": "96"}}],
        ["投诉办结率达到 96% 得 1 分（+1）。", "投诉办结率达到 96.01% 得满分（+2）。"],
    ),
    (
        test_counted.EXAMPLE,
        "5",
        [{"entries": {"honour_count": [entry("甲奖", "city")]}}],
        [
            "表彰个数（国家级）由 0 项变为 1 项，得 4 分（+3）。",
            "表彰个数（省级）由 0 项变为 1 项，得 3 分（+2）。",
            "表彰个数（市级）由 1 项变为 2 项，得 2 分（+1）。",
        ],
    ),
    (
        "rule: counted\nindicator: accident_count\ndeduct: 1\n",
        "5",
        valued("accident_count", "7"),
        ["事故起数降到 4 起得 1 分（+1）。", "事故起数降到 0 起得满分（+5）。"],
    ),
    (
        test_judged.EXAMPLE + "evidence: [方案, 照片]\n",
        "3",
        [{"points": {"P": "2"}}],
        ["由评审给分，最高可得满分（+1）；请提交证据：方案、照片。"],
    ),
    (test_levels.EXAMPLE, "2", [{}], ["由评审认定为“全面落实”的得满分；请提交证据。"]),
    (test_binary.EXAMPLE, "1", [{"points": {"P": "1"}}], []),
    (
        test_relative.EXAMPLE,
        "4",
        [*valued("award_count", "3"), {}],
        ["补齐质量奖项数的平均值后才能计分，得分在 0–4 分之间。"],
    ),
    (test_binary.EXAMPLE, "1", [{"exempt": {"P": "没有"}}], []),
]


@pytest.mark.parametrize(("rule", "points", "units", "expected"), WAYS)
def test_the_nearest_better_value_and_the_best_are_named(
    rule: str, points: str, units: list[dict[str, Any]], expected: list[str]
) -> None:
    assert said(rule, points, *units) == expected


def test_a_mean_that_cannot_be_reached_offers_nothing() -> None:
    rule = "rule: relative\nindicator: award_count\ntiers:\n"
    rule += "  - {at_least: 3, award: 4}\n  - {below: 3, award: 1}\n"

    assert said(rule, "4", *valued("award_count", "5", "1", "1")) == []  # 3 倍要求其余都是 0


def test_ways_are_told_in_english_too() -> None:
    rubric = rubric_of(test_relative.EXAMPLE, "4")
    scored = results(rubric, valued("award_count", "3", "0", "7"))[0]

    assert trace_part(part_of(scored), scored.facts, rubric, "en").regain == (
        "质量奖项数 up to 4 (the mean is ≈3.6667): 3 points (+1).",
        "质量奖项数 up to 5 (the mean is 4): full points (+2).",
    )
