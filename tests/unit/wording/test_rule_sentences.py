"""What a clerk reads of a rule, word for word."""

from typing import Any

import pytest

from kaohe.wording.sentences import rule_sentence
from kaohe.wording.words import Words
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
from spec.examples import rubric_of

RULES = [
    (
        test_banded,
        (
            "抽检合格率达到目标值得满分；低于目标值：超过 0、不超过 1 个百分点的扣 1 分；"
            "超过 1、不超过 3 个百分点的扣 3 分；超过 3、不超过 5 个百分点的扣 5 分；"
            "超过 5、不超过 10 个百分点的扣 6 分；超过 10、不超过 15 个百分点的扣 8 分；"
            "超过 15 个百分点的扣 10 分。"
        ),
        (
            "抽检合格率 at or above its target: full points; short of it by: "
            "above 0, up to 1 percentage point: 1 point off; "
            "above 1, up to 3 percentage points: 3 points off; "
            "above 3, up to 5 percentage points: 5 points off; "
            "above 5, up to 10 percentage points: 6 points off; "
            "above 10, up to 15 percentage points: 8 points off; "
            "above 15 percentage points: 10 points off."
        ),
    ),
    (
        test_stepped,
        "投诉办结率不低于 100%得满分；每低 1 个百分点扣 0.3 分，不足一步的按比例扣，扣完为止。",
        (
            "投诉办结率 at least 100%: full points; 0.3 points off for each 1 percentage "
            "point below it, "
            "a part of a step costs its share, down to zero."
        ),
    ),
    (
        test_attained,
        "监督覆盖率不低于 100%得满分；低于 100%原文未规定。",
        "监督覆盖率 at least 100%: full points; below 100%: not said.",
    ),
    (
        test_proportional,
        (
            "按比例得分：10 × 监督覆盖率 ÷ 80%，四舍五入保留 2 位小数；比例低于 60% 不得分；"
            "得分不超过 10 分。"
        ),
        (
            "In proportion: 10 × 监督覆盖率 ÷ 80%, rounded half up to 2 decimals; "
            "a ratio below 60% gives no points; not above 10 points."
        ),
    ),
    (
        test_relative,
        (
            "质量奖项数与全市平均值比较，按先满足的一档计；质量奖项数为 0 不得分；"
            "不低于平均值的 1.2 倍得满分；不低于平均值得 3 分；不低于平均值的 0.5 倍得 2 分；"
            "低于平均值的 0.5 倍得 1 分。"
        ),
        (
            "质量奖项数 against the mean of 全市, the first that holds; 质量奖项数 of 0: no "
            "points; "
            "at least 1.2 times the mean: full points; at least the mean: 3 points; "
            "at least 0.5 times the mean: 2 points; below 0.5 times the mean: 1 point."
        ),
    ),
    (
        test_ranked,
        (
            "按质量指数从高到低排名；第 1 名得满分；第 2–3 名得 4 分；其余名次得 2 分；"
            "并列的都按靠前的名次。"
        ),
        (
            "By rank of 质量指数, highest first; place 1: full points; places 2–3: 4 points; "
            "other places: 2 points; units that tie all take the better place."
        ),
    ),
    (
        test_converted,
        "按外部审核得分折算：6 × 外部审核得分 ÷ 100，四舍五入保留 2 位小数。",
        "Converted: 6 × 外部审核得分 ÷ 100, rounded half up to 2 decimals.",
    ),
    (
        test_composite,
        (
            "由抽检合格率（权重 0.6，满分 100）、监督覆盖率（权重 0.4，满分 100）综合测算；"
            "各项除以满分后加权平均；得分 = 5 × 结果，不超过 5 分。"
        ),
        (
            "抽检合格率 (weight 0.6, full mark 100), 监督覆盖率 (weight 0.4, full mark 100) "
            "combined; "
            "the weighted mean of value ÷ full mark; score = 5 × that, not above 5."
        ),
    ),
    (
        test_trend,
        "投诉办结率比上年上升得满分；已是 100%的视同上升；持平得 1 分；其他情形不得分。",
        (
            "投诉办结率 up on last year: full points; staying at 100% counts as up; "
            "no change: 1 point; otherwise: no points."
        ),
    ),
    (
        test_counted,
        (
            "表彰个数每项国家级得 3 分、省级得 2 分、市级得 1 分，同一事项只按最高级别计一次，"
            "最多得 5 分。"
        ),
        (
            "Each of 表彰个数: 国家级 3 points, 省级 2 points, 市级 1 point, "
            "the same thing once, at its highest level, at most 5 points."
        ),
    ),
    (
        test_levels,
        "由评审认定：全面落实得满分；部分落实得 1 分；未落实不得分。",
        "Found by an assessor: 全面落实: full points; 部分落实: 1 point; 未落实: no points.",
    ),
    (
        test_judged,
        "由评审在 0–3 分之间给分，以 0.5 分为单位。",
        "An assessor gives 0–3 points, in steps of 0.5.",
    ),
    (
        test_binary,
        "由评审认定：有，得满分；没有，不得分。",
        "Found by an assessor: there, full points; not there, none.",
    ),
]


@pytest.mark.parametrize(("module", "zh", "en"), RULES)
def test_a_rule_reads_as_in_the_standard(module: Any, zh: str, en: str) -> None:
    rubric = rubric_of(module.EXAMPLE, module.POINTS)
    part = next(rubric.all_parts())

    assert rule_sentence(part.rule, part.points, Words.of(rubric)) == zh
    assert rule_sentence(part.rule, part.points, Words.of(rubric, "en")) == en


VARIANTS = [
    (
        (
            "rule: banded\nindicator: pass_rate\nround: 1\nelsewhere: undecided\nfloor: -2\n"
            'deduct: {"[95, 95]": 0, "?90, 95)": 3, "(-∞, 90?": 15}'
        ),
        (
            "抽检合格率：等于 95%的不扣分；高于 90%（原文未写明是否含此数）、低于 95%的扣 3 分；"
            "低于 90%（原文未写明是否含此数）的扣 15 分；先把抽检合格率四舍五入到 1 位小数；"
            "最低 −2 分；其余情形原文未规定。"
        ),
    ),
    (
        (
            "rule: stepped\nindicator: late_days\nfrom: 5\nper: 30\ndeduct: 1\nworse: "
            "above\ncap: 4\n"
            "repeat_after: 2\nrepeat_times: 2\nround: 1"
        ),
        (
            "迟报天数不高于 5 天得满分；每多 30 天扣 1 分，不足一步的如何扣原文未写明，"
            "超过 60 天的部分按 2 倍扣，最多扣 4 分，四舍五入保留 1 位小数。"
        ),
    ),
    (
        "rule: stepped\nindicator: campaign_count\nfrom: 2\nper: 1\ndeduct: 1",
        "宣传活动次数不低于 2 次得满分；每少 1 次扣 1 分，扣完为止。",
    ),
    (
        "rule: attained\nindicator: pass_rate\nat_most: target\naward: 4\nbelow: 0",
        "抽检合格率不高于目标值得 4 分；高于目标值不得分。",
    ),
    (
        "rule: proportional\nindicator: campaign_count\nof: planned_count\nzero: 10\ncap: 0.8",
        (
            "按比例得分：10 × 宣传活动次数 ÷ 计划活动次数；比例最高按 80% 计；得分不超过 10 分；"
            "除数为 0 时得满分。"
        ),
    ),
    (
        (
            "rule: relative\nindicator: quality_index\nothers: yes\n"
            "tiers: [{over: 1, award: 10}, {more_than: 0.5, award: 5, of: province}]"
        ),
        (
            "质量指数与平均值比较（平均值不含本单位），按先满足的一档计；"
            "高于平均值（恰好等于时原文未写明）得满分；高于全省平均值的 0.5 倍得 5 分。"
        ),
    ),
    (
        (
            "rule: ranked\nindicator: accident_count\norder: lowest_first\nround: 0\nties: mean\n"
            "places: [{from: 1, to: 3, award: 10}]"
        ),
        (
            "按事故起数从低到高排名；第 1–3 名得满分；其余名次原文未规定；"
            "并列的取所占名次得分的平均，"
            "四舍五入取整。"
        ),
    ),
    (
        (
            "rule: converted\nindicator: audit_score\n"
            "grades: [{grade: A, at_least: 90, award: 10}, {grade: B, at_least: 80, award: 8}]"
        ),
        "按外部审核得分折算：A（不低于 90 分）得满分；B（不低于 80 分）得 8 分。",
    ),
    ("rule: converted\nindicator: audit_score", "按外部审核得分核算得分，原文没有写明折算办法。"),
    (
        (
            "rule: composite\nformula: mean_of_ratios\nterms: [{of: pass_rate}, {of: "
            "award_count}]\n"
            "steps: [{at_least: 1, award: 10}]"
        ),
        (
            "由抽检合格率、质量奖项数综合测算；各项与参评单位平均值之比的加权平均；"
            "结果不低于 1 得满分。"
        ),
    ),
    (
        "rule: trend\nindicator: accident_count\ndirection: down\nby: 10\nin: per_cent",
        "事故起数比上年下降至少 10%得满分；持平或下降不足的原文未规定；其他情形原文未规定。",
    ),
    (
        "rule: counted\nindicator: accident_count\ndeduct: 2\ncap: 6\nfloor: 1",
        "事故起数每 1 起扣 2 分，最多扣 6 分，最低 1 分。",
    ),
    (
        'rule: judged\ndiscretion: "[5, 15]"',
        "由评审酌情扣分：不扣，或扣分不少于 5、不超过 15 分。",
    ),
]


@pytest.mark.parametrize(("rule", "zh"), VARIANTS)
def test_every_setting_of_a_rule_is_said(rule: str, zh: str) -> None:
    rubric = rubric_of(rule)
    part = next(rubric.all_parts())

    assert rule_sentence(part.rule, part.points, Words.of(rubric)) == zh
