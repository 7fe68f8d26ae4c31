"""Each rule as the Chinese sentence that a clerk would read in the scoring standard."""

from decimal import Decimal
from functools import singledispatch

from kaohe.quantity import HUNDRED, ONE, ZERO
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import UNDECIDED, IndicatorId, Rule
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend
from kaohe.wording import phrases_zh as zh
from kaohe.wording.words import Words, shown


@singledispatch
def rule_words(rule: Rule, points: Decimal, words: Words) -> str:
    """The rule of a part of so many points, in words, without a full stop.

    :raises NotImplementedError: for a rule type that has no Chinese words yet.
    """
    raise NotImplementedError(f"no Chinese words for the rule {type(rule).__name__}")


def kept(places: int | None) -> str:
    """保留几位小数。"""
    if places is None:
        return ""
    return f"，四舍五入保留 {places} 位小数" if places else "，四舍五入取整"


@rule_words.register
def _(rule: Banded, points: Decimal, words: Words) -> str:
    shortfall = rule.on == "shortfall"
    stretches = []
    for band in rule.bands:
        where = zh.band_stretch(band, rule.indicator, words, shortfall=shortfall)
        what = zh.takes(band.points) if rule.deduct else zh.gives(band.points, points)
        stretches.append(f"{where}的{what}")
    title = words.title(rule.indicator)
    head = f"{title}达到目标值得满分；低于目标值：" if shortfall else f"{title}："
    tail = [f"先把{title}四舍五入到 {rule.round} 位小数"] if rule.round is not None else []
    if rule.deduct and max(band.points for band in rule.deduct) > points - rule.floor:
        tail.append(zh.floor_words(rule.floor))
    if rule.elsewhere:
        tail.append("其余情形原文未规定")
    return "；".join([head + stretches[0], *stretches[1:], *tail])


def step_size(rule: Stepped, number: Decimal, words: Words) -> str:
    """一步有多大：1 个百分点、1 次、3 天。"""
    measure = {"percentage_point": "个百分点", "day": "天"}.get(rule.unit)
    if measure is not None:
        return f"{shown(number)} {measure}"
    return words.change(rule.indicator, number)


COUNTING = {
    "pro_rata": "不足一步的按比例扣",
    "full": "不足一步的不扣",
    "started": "不足一步的按一步扣",
    "undecided": "不足一步的如何扣原文未写明",
}


@rule_words.register
def _(rule: Stepped, points: Decimal, words: Words) -> str:
    title, edge = words.title(rule.indicator), words.value(rule.indicator, rule.from_)
    met = "不低于" if rule.worse == "below" else "不高于"
    way = zh.away(rule.worse, whole=words.whole(rule.indicator))
    said = [
        f"{title}{met} {edge}得满分",
        f"每{way} {step_size(rule, rule.per, words)}{zh.takes(rule.deduct)}",
    ]
    if not (words.whole(rule.indicator) and rule.per == ONE):
        said.append(COUNTING[rule.counting])
    if rule.repeat_after is not None:
        first = step_size(rule, rule.per * rule.repeat_after, words)
        said.append(f"超过 {first}的部分按 {shown(rule.repeat_times)} 倍扣")
    if rule.cap is not None:
        said.append(f"最多扣 {shown(rule.cap)} 分")
    if rule.cap is None or points - rule.cap < rule.floor:
        said.append(zh.floor_words(rule.floor))
    return "；".join([said[0], "，".join(said[1:])]) + kept(rule.round)


@rule_words.register
def _(rule: Attained, points: Decimal, words: Words) -> str:
    mark = "目标值" if rule.mark == "target" else words.value(rule.indicator, rule.mark)
    met, missed = ("不低于", "低于") if rule.at_least is not None else ("不高于", "高于")
    space = "" if rule.mark == "target" else " "
    return (
        f"{words.title(rule.indicator)}{met}{space}{mark}{zh.gives_if_said(rule.award, points)}；"
        f"{missed}{space}{mark}{zh.gives_if_said(rule.below, points)}"
    )


def divisor(rule: Proportional, words: Words) -> str:
    """按比例时除以什么。"""
    match rule.of:
        case Decimal():
            return words.value(rule.indicator, rule.of)
        case "target":
            return "目标值"
        case "best":
            return "参评单位中的最高值"
        case _:
            return words.title(IndicatorId(rule.of))


@rule_words.register
def _(rule: Proportional, points: Decimal, words: Words) -> str:
    title = words.title(rule.indicator)
    said = [f"按比例得分：{shown(points)} × {title} ÷ {divisor(rule, words)}{kept(rule.round)}"]
    if rule.cut_off > ZERO:
        said.append(f"比例低于 {shown(rule.cut_off * HUNDRED)}% 不得分")
    if rule.cap != ONE:
        said.append(f"比例最高按 {shown(rule.cap * HUNDRED)}% 计")
    said.append(f"得分不超过 {shown(points)} 分")
    if not isinstance(rule.of, Decimal) and rule.zero is not UNDECIDED:
        said.append(f"除数为 0 时{zh.gives_if_said(rule.zero, points)}")
    return "；".join(said)


@rule_words.register
def _(rule: Relative, points: Decimal, words: Words) -> str:
    title = words.title(rule.indicator)
    others = "（平均值不含本单位）" if rule.others else ""
    said = [f"{title}与{zh.mean_of(rule.of)}比较{others}，按先满足的一档计"]
    if rule.zero is not None:
        said.append(f"{title}为 0 {zh.gives(rule.zero, points)}")
    said += [f"{zh.tier_edge(tier)}{zh.gives(tier.award, points)}" for tier in rule.tiers]
    return "；".join(said)


TIES = {
    "better": "并列的都按靠前的名次",
    "worse": "并列的都按靠后的名次",
    "mean": "并列的取所占名次得分的平均",
    "undecided": "并列如何计原文未写明",
}


@rule_words.register
def _(rule: Ranked, points: Decimal, words: Words) -> str:
    order = "从高到低" if rule.order == "highest_first" else "从低到高"
    said = [f"按{words.title(rule.indicator)}{order}排名"]
    said += [f"{zh.run_of(run)}{zh.gives(run.award, points)}" for run in rule.places]
    said.append(f"其余名次{zh.gives_if_said(rule.beyond, points)}")
    said.append(TIES[rule.ties])
    return "；".join(said) + kept(rule.round)


@rule_words.register
def _(rule: Converted, points: Decimal, words: Words) -> str:
    title = words.title(rule.indicator)
    if rule.scale is not None:
        return f"按{title}折算：{shown(points)} × {title} ÷ {shown(rule.scale)}{kept(rule.round)}"
    said = [
        f"{zh.grade_edge(grade, rule.indicator, words)}{zh.gives(grade.award, points)}"
        for grade in rule.grades
    ]
    said += [f"{zh.run_of(run)}{zh.gives(run.award, points)}" for run in rule.places]
    if not said:
        return f"按{title}核算得分，原文没有写明折算办法"
    return f"按{title}折算：{'；'.join(said)}"


FORMULAS = {
    "weighted_sum": "各项除以满分后加权平均",
    "min": "各项除以满分后取最低的一项",
    "mean_of_ratios": "各项与参评单位平均值之比的加权平均",
    "undecided": "原文没有写明测算办法",
}


@rule_words.register
def _(rule: Composite, points: Decimal, words: Words) -> str:
    weighted = any(term.weight != rule.terms[0].weight for term in rule.terms)
    named = []
    for term in rule.terms:
        notes = [f"权重 {shown(term.weight)}"] if weighted else []
        if rule.formula in ("weighted_sum", "min"):
            notes.append(f"满分 {shown(term.scale)}")
        named.append(words.title(term.of) + (f"（{'，'.join(notes)}）" if notes else ""))
    said = [f"由{'、'.join(named)}综合测算", FORMULAS[rule.formula]]
    if rule.formula != "undecided" and not rule.steps:
        said.append(f"得分 = {shown(points)} × 结果，不超过 {shown(points)} 分{kept(rule.round)}")
    said += [
        f"结果不低于 {shown(step.at_least)} {zh.gives(step.award, points)}" for step in rule.steps
    ]
    return "；".join(said)


@rule_words.register
def _(rule: Trend, points: Decimal, words: Words) -> str:
    way = "上升" if rule.direction == "up" else "下降"
    by = ""
    if rule.by > ZERO:
        amount = f"{shown(rule.by)}%" if rule.in_ == "per_cent" else ""
        by = f"至少 {amount or words.change(rule.indicator, rule.by)}"
    said = [f"{words.title(rule.indicator)}比上年{way}{by}{zh.gives_if_said(rule.award, points)}"]
    if rule.at_limit is not None:
        said.append(f"已是 {words.value(rule.indicator, rule.at_limit)}的视同{way}")
    steady = f"持平或{way}不足的" if rule.by > ZERO else "持平"
    said.append(f"{steady}{zh.gives_if_said(rule.steady, points)}")
    said.append(f"其他情形{zh.gives_if_said(rule.otherwise, points)}")
    return "；".join(said)


@rule_words.register
def _(rule: Counted, points: Decimal, words: Words) -> str:
    title, verb = words.title(rule.indicator), "扣" if rule.takes else "得"
    if rule.levels:
        each = "、".join(
            f"{words.level(rule.indicator, level.level)}{verb} {shown(level.award)} 分"
            for level in rule.levels
        )
        said = [f"{title}每项{each}，同一事项只按最高级别计一次"]
    else:
        worth = rule.award if rule.award is not None else rule.deduct
        assert worth is not None, "one of the three is given"  # noqa: S101 -- Counted saw to it
        said = [f"{title}每 {words.counted(rule.indicator, ONE)}{verb} {shown(worth)} 分"]
    if rule.cap is not None:
        said.append(f"最多{verb} {shown(rule.cap)} 分")
    if rule.takes:
        said.append(zh.floor_words(rule.floor))
    elif rule.cap is None:
        said.append(f"最多得 {shown(points)} 分")
    return "，".join(said)


@rule_words.register
def _(rule: Levels, points: Decimal, words: Words) -> str:
    del words
    said = [f"{level.text}{zh.gives(level.award, points)}" for level in rule.levels]
    return f"由评审认定：{'；'.join(said)}"


@rule_words.register
def _(rule: Judged, points: Decimal, words: Words) -> str:
    del words
    step = f"，以 {shown(rule.step)} 分为单位" if rule.step is not None else ""
    if rule.discretion is None:
        return f"由评审在 0–{shown(points)} 分之间给分{step}"
    taken = zh.amounts(rule.discretion, lambda number: f"{shown(number)} 分")
    return f"由评审酌情扣分：不扣，或扣分{taken}{step}"


@rule_words.register
def _(rule: Binary, points: Decimal, words: Words) -> str:
    del words
    return f"由评审认定：有，{zh.gives(rule.most(points), points)}；没有，不得分"
