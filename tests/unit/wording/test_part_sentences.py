"""What a score sheet says beside a score, word for word."""

from typing import Any

import pytest

from kaohe.wording.sentences import explain_item, explain_part, reason_sentence
from kaohe.wording.words import Words
from spec import (
    test_attained,
    test_banded,
    test_binary,
    test_composite,
    test_converted,
    test_judged,
    test_parts,
    test_ranked,
    test_relative,
    test_stepped,
    test_trend,
)
from spec.examples import results, rubric_of, whole_rubric


def explained(rule: str, points: str, unit: dict[str, Any], *others: dict[str, Any]) -> list[str]:
    """One unit's score in both languages."""
    rubric = rubric_of(rule, points)
    scored = results(rubric, [unit, *others])[0].part("P")
    assert scored is not None
    return [
        explain_part(scored, Words.of(rubric, "zh")),
        explain_part(scored, Words.of(rubric, "en")),
    ]


def rate(value: str) -> dict[str, Any]:
    return {"indicators": {"pass_rate": value}, "targets": {"pass_rate": "95"}}


def indicator(name: str, value: str) -> dict[str, Any]:
    return {"indicators": {name: value}}


PARTS: list[tuple[str, str, list[dict[str, Any]], str, str]] = [
    (
        test_banded.EXAMPLE,
        "10",
        [rate("93.1")],
        (
            "抽检合格率 93.1%，低于目标值 95% 1.9 个百分点，属“超过 1、不超过 3 个百分点”一档，"
            "扣 3 分：10 − 3 = 7（数据：市质监局）。"
        ),
        (
            "抽检合格率 93.1%, 1.9 percentage points short of its target of 95%, in the band "
            "“above 1, up to 3 percentage points”: 3 points off; 10 − 3 = 7 (data: 市质监局)."
        ),
    ),
    (
        test_banded.EXAMPLE,
        "10",
        [rate("95")],
        "抽检合格率 95%，达到目标值 95%，得满分（数据：市质监局）。",
        "抽检合格率 95% reaches its target of 95%: full points (data: 市质监局).",
    ),
    (
        test_banded.PRINTED + "round: 1\n",
        "1.5",
        [indicator("pass_rate", "89.95")],
        (
            "抽检合格率 89.95%，按 90% 计，属“不低于 90%、不高于 93.4%”一档，扣 0.1 分："
            "1.5 − 0.1 = 1.4（数据：市质监局）。"
        ),
        (
            "抽检合格率 89.95%, taken as 90%, in the band “at least 90%, up to 93.4%”: 0.1 "
            "points off; "
            "1.5 − 0.1 = 1.4 (data: 市质监局)."
        ),
    ),
    (
        test_banded.PRINTED,
        "1.5",
        [indicator("pass_rate", "93.2")],
        (
            "抽检合格率 93.2%，按原文可属“[93, ∞)”、“[90, 93.4]”中的任何一档，得分未定"
            "（1.4–1.5 分）（数据：市质监局）。"
        ),
        (
            "抽检合格率 93.2% lies in any of the bands [93, ∞), [90, 93.4] by the "
            "document's words; "
            "the score is open (1.4–1.5 points) (data: 市质监局)."
        ),
    ),
    (
        test_stepped.EXAMPLE,
        "3",
        [indicator("settlement_rate", "97.5")],
        "投诉办结率 97.5%，比 100%低 2.5 个百分点，共扣 0.75 分：3 − 0.3 × 2.5 = 2.25。",
        (
            "投诉办结率 97.5%, 2.5 percentage points below 100%: 0.75 points off; 3 − 0.3 × "
            "2.5 = 2.25."
        ),
    ),
    (
        test_stepped.EXAMPLE,
        "3",
        [indicator("settlement_rate", "80")],
        "投诉办结率 80%，比 100%低 20 个百分点，共扣 3 分：3 − 0.3 × 20 = −3，取 0。",
        (
            "投诉办结率 80%, 20 percentage points below 100%: 3 points off; "
            "3 − 0.3 × 20 = −3, taken as 0."
        ),
    ),
    (
        test_relative.EXAMPLE,
        "4",
        [
            indicator("award_count", "3"),
            indicator("award_count", "3"),
            indicator("award_count", "4"),
        ],
        (
            "质量奖项数 3 项，全市平均值 ≈3.3333（其 0.5 倍为 ≈1.6667），不低于全市平均值的 "
            "0.5 倍，"
            "得 2 分。"
        ),
        (
            "质量奖项数 3; the mean of 全市 is ≈3.3333 (0.5 times it is ≈1.6667); "
            "at least 0.5 times the mean of 全市: 2 points."
        ),
    ),
    (
        test_relative.EXAMPLE,
        "4",
        [indicator("award_count", "3"), {}],
        "缺少质量奖项数的平均值，得分未定（0–4 分）。",
        "missing: the mean of 质量奖项数; the score is open (0–4 points).",
    ),
    (
        test_ranked.EXAMPLE.replace("better", "mean"),
        "5",
        [indicator("quality_index", "9"), indicator("quality_index", "9")],
        "质量指数 9，在 2 个单位中排第 1 名（2 个单位并列）：(5 + 4) ÷ 2 = 4.5。",
        "质量指数 9, place 1 of 2 (shared by 2); (5 + 4) ÷ 2 = 4.5.",
    ),
    (
        test_converted.EXAMPLE,
        "6",
        [indicator("audit_score", "91.237")],
        "外部审核得分 91.237 分，满分 100，按比例折算：6 × 91.237 ÷ 100 = 5.47422，取 5.47。",
        (
            "外部审核得分 91.237 of 100, carried over in proportion; "
            "6 × 91.237 ÷ 100 = 5.47422, taken as 5.47."
        ),
    ),
    (
        test_composite.EXAMPLE,
        "5",
        [{"indicators": {"pass_rate": "90", "coverage_rate": "80"}}],
        (
            "抽检合格率 90%，监督覆盖率 80%，综合测算结果 0.86，按比例得分："
            "0.6 × 0.9 + 0.4 × 0.8 = 0.86；5 × 0.86 = 4.3（数据：市质监局）。"
        ),
        (
            "抽检合格率 90%, 监督覆盖率 80%; combined 0.86: points in proportion; "
            "0.6 × 0.9 + 0.4 × 0.8 = 0.86; 5 × 0.86 = 4.3 (data: 市质监局)."
        ),
    ),
    (
        test_trend.EXAMPLE,
        "2",
        [{"indicators": {"settlement_rate": "97"}, "previous": {"settlement_rate": "96"}}],
        "投诉办结率 97%，上年 96%，上升 1 个百分点，达到要求。",
        "投诉办结率 97%, last year 96%, up 1 percentage point: as asked.",
    ),
    (
        "rule: counted\nindicator: accident_count\ndeduct: 1\n",
        "5",
        [indicator("accident_count", "7")],
        "事故起数 7 起，应扣 7 分：5 − 1 × 7 = −2，取 0。",
        "事故起数 7: 7 points off; 5 − 1 × 7 = −2, taken as 0.",
    ),
    (
        test_judged.EXAMPLE,
        "3",
        [{"points": {"P": {"score": "2.5", "reason": "缺一份方案"}}}],
        "评审给分，得 2.5 分，理由：缺一份方案。",
        "given by an assessor: 2.5 points, because: 缺一份方案.",
    ),
    (
        test_attained.EXAMPLE,
        "2",
        [
            indicator("coverage_rate", "98")
            | {"points": {"P": {"score": "1.5", "reason": "已整改"}}}
        ],
        (
            "监督覆盖率 98%，没有达到要求，而原文没有写明未达到时如何计分，由评审给分；"
            "评审给分，得 1.5 分，理由：已整改。"
        ),
        (
            "监督覆盖率 98%: not reached, and the document does not say what then; "
            "for an assessor to settle; given by an assessor: 1.5 points, because: 已整改."
        ),
    ),
    (
        test_binary.EXAMPLE,
        "1",
        [{"exempt": {"P": "没有此项工作"}}],
        "不适用（没有此项工作），1 分如何处理原文没有写明。",
        (
            "not applicable (没有此项工作); 1 point: the document does not say what becomes "
            "of its points."
        ),
    ),
]


@pytest.mark.parametrize(("rule", "points", "units", "zh", "en"), PARTS)
def test_a_part_is_explained_in_one_line(
    rule: str, points: str, units: list[dict[str, Any]], zh: str, en: str
) -> None:
    assert explained(rule, points, *units) == [zh, en]


@pytest.mark.parametrize(
    ("rule", "name", "value", "zh", "en"),
    [
        (
            test_relative.EXAMPLE,
            "award_count",
            "3",
            "质量奖项数的平均值未知（数据不含全部单位，请给出参考值），得分未定（0–5 分）。",
            (
                "not known: the mean of 质量奖项数 (not all units are in the data; "
                "give a reference value); the score is open (0–5 points)."
            ),
        ),
        (
            test_ranked.EXAMPLE,
            "quality_index",
            "9",
            "质量指数的排名未知（数据不含全部单位），得分未定（0–5 分）。",
            (
                "not known: the ranks of 质量指数 (not all units are in the data); "
                "the score is open (0–5 points)."
            ),
        ),
        (
            "rule: proportional\nindicator: quality_index\nof: best\n",
            "quality_index",
            None,
            "缺少质量指数，质量指数的最高值未知（数据不含全部单位），得分未定（0–5 分）。",
            (
                "missing: 质量指数; not known: the best value of 质量指数 "
                "(not all units are in the data); the score is open (0–5 points)."
            ),
        ),
    ],
)
def test_what_is_unknown_since_units_are_not_in_the_data_says_so(
    rule: str, name: str, value: str | None, zh: str, en: str
) -> None:
    rubric = rubric_of(rule, "5")
    unit = indicator(name, value) if value else {}
    scored = results(rubric, [unit], {"市": {name: {"mean": "unknown"}}})[0].part("P")
    assert scored is not None
    assert explain_part(scored, Words.of(rubric, "zh")) == zh
    assert explain_part(scored, Words.of(rubric, "en")) == en


def test_an_item_is_explained_part_by_part() -> None:
    rubric = whole_rubric(test_parts.EXAMPLE)
    unit = {"indicators": {"pass_rate": "96", "campaign_count": "1"}, "points": {"P.3": "1"}}
    item = results(rubric, [unit])[0].items[0]

    assert explain_item(item, Words.of(rubric)) == (
        "P.1 抽检：抽检合格率 96%，不低于 95%，达到要求（数据：市质监局）。".replace(
            "P.1 抽检：", "P.1 "
        )
        + "P.2 活动：宣传活动次数 1 次，比 2 次少 1 次，共扣 1 分：2 − 1 × 1 = 1。"
        "P.3 制度：评审给分，得 1 分。"
    )


def test_a_reason_ends_as_a_sentence() -> None:
    rubric = rubric_of(test_judged.EXAMPLE, "3")
    scored = results(rubric, [{}])[0].part("P")
    assert scored is not None
    because, points = scored.outcome.because, scored.part.points

    assert reason_sentence(because, points, Words.of(rubric)) == "待评审给分。"
    assert (
        reason_sentence(because, points, Words.of(rubric, "en")) == "Not yet judged by an assessor."
    )
