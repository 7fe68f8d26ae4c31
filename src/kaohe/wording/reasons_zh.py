"""Each reason as the Chinese sentence that goes into the score sheet (得分说明)."""

from decimal import Decimal
from functools import singledispatch

from kaohe.quantity import HUNDRED, ZERO
from kaohe.rules.attained import Reached
from kaohe.rules.banded import BetweenBands, InBand, MetTarget
from kaohe.rules.base import (
    AwaitingApproval,
    Award,
    CohortPartial,
    IndicatorId,
    Missing,
    Need,
    NotJudged,
    Reason,
    Silent,
)
from kaohe.rules.composite import Combined
from kaohe.rules.converted import Graded, PlacedOutside, Scaled
from kaohe.rules.counted import CameTo
from kaohe.rules.proportional import InProportion, ZeroBase
from kaohe.rules.ranked import Stood, TieUndecided
from kaohe.rules.relative import BetweenTiers, InTier, ZeroCase
from kaohe.rules.stepped import NothingLost, SteppedDown, StepUndecided
from kaohe.rules.trend import Moved
from kaohe.wording import phrases_zh as zh
from kaohe.wording.words import Words, shown


@singledispatch
def reason_words(reason: Reason, points: Decimal, words: Words) -> str:
    """Why the score is what it is, in words, without a full stop.

    :raises NotImplementedError: for a reason that has no Chinese words yet.
    """
    raise NotImplementedError(f"no Chinese words for the reason {type(reason).__name__}")


def measured(indicator: IndicatorId, value: Decimal, words: Words) -> str:
    """制造业产品质量合格率 93.1%。"""
    return f"{words.title(indicator)} {words.value(indicator, value)}"


NEEDS = {
    "value": "{}",
    "target": "{}的目标值",
    "previous": "{}的上年值",
    "mean": "{}的{}平均值",
    "place": "{}的排名",
    "best": "{}的最高值",
    "tally": "{}的登记",
}


def need_words(need: Need, words: Words) -> str:
    """A value that is not there, by name."""
    return NEEDS[need.kind].format(words.title(need.indicator), zh.WHOSE.get(need.of, need.of))


@reason_words.register
def _(reason: Missing, points: Decimal, words: Words) -> str:
    del points
    return f"缺少{'、'.join(need_words(need, words) for need in reason.needs)}，得分未定"


@reason_words.register
def _(reason: AwaitingApproval, points: Decimal, words: Words) -> str:
    del points
    titles = "、".join(dict.fromkeys(words.title(need.indicator) for need in reason.needs))
    return f"{titles}的登记中有 {reason.waiting} 项在清单之外，还没有批准，得分未定"


@reason_words.register
def _(reason: CohortPartial, points: Decimal, words: Words) -> str:
    del points
    lacking = [need_words(need, words) for need in reason.needs if need not in reason.unknown]
    unknown = "、".join(need_words(need, words) for need in reason.unknown)
    told = f"缺少{'、'.join(lacking)}，" if lacking else ""
    advice = "，请给出参考值" if any(need.kind == "mean" for need in reason.unknown) else ""
    return f"{told}{unknown}未知（数据不含全部单位{advice}），得分未定"


SILENCES = {
    "outside the bands": "原文没有写明这个值属于哪一档",
    "not reached": "没有达到要求，而原文没有写明未达到时如何计分",
    "divisor is zero": "除数为 0，原文没有写明这时如何计分",
    "outside the tiers": "原文没有写明这个值属于哪一档",
    "place not named": "原文没有写明所在名次的得分",
    "outside the conversion": "原文没有写明这个结果如何折算",
    "no conversion": "原文没有写明折算办法",
    "no formula": "原文没有写明测算办法",
    "mean is zero": "平均值为 0，原文没有写明这时如何测算",
    "below the steps": "测算结果低于最低一档，原文没有写明这时如何计分",
    "steady": "与上年持平，原文没有写明持平如何计分",
    "worse": "没有达到要求的变化，原文没有写明这时如何计分",
}


@reason_words.register
def _(reason: Silent, points: Decimal, words: Words) -> str:
    del points
    about = SILENCES[reason.about]
    return f"{measured(reason.indicator, reason.value, words)}，{about}，由评审给分"


@reason_words.register
def _(reason: NotJudged, points: Decimal, words: Words) -> str:
    del reason, points, words
    return "待评审给分"


@reason_words.register
def _(reason: Award, points: Decimal, words: Words) -> str:
    del words
    given = f"评审给分，{zh.gives(reason.score, points)}"
    return f"{given}，理由：{reason.reason}" if reason.reason else given


@reason_words.register
def _(reason: MetTarget, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    target = words.value(reason.indicator, reason.target)
    return f"{value}，达到目标值 {target}，{zh.gives(points, points)}"


@reason_words.register
def _(reason: InBand, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    shortfall = reason.target is not None
    if reason.target is not None:
        target = words.value(reason.indicator, reason.target)
        short = words.change(reason.indicator, reason.measured)
        value = f"{value}，低于目标值 {target} {short}"
    elif reason.measured != reason.value:
        value = f"{value}，按 {words.value(reason.indicator, reason.measured)} 计"
    band = zh.band_stretch(reason.band, reason.indicator, words, shortfall=shortfall)
    what = zh.takes(reason.band.points) if reason.deducts else zh.gives(reason.band.points, points)
    return f"{value}，属“{band}”一档，{what}"


@reason_words.register
def _(reason: BetweenBands, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    told = "、".join(f"“{band.within}”" for band in reason.bands)
    if len(reason.bands) == 1:
        return f"{value}，恰在{told}这一档的端点上，原文没有写明是否含此数，得分未定"
    return f"{value}，按原文可属{told}中的任何一档，得分未定"


@reason_words.register
def _(reason: NothingLost, points: Decimal, words: Words) -> str:
    edge = words.value(reason.indicator, reason.from_)
    value = measured(reason.indicator, reason.value, words)
    return f"{value}，达到不扣分的 {edge}，{zh.gives(points, points)}"


@reason_words.register
def _(reason: SteppedDown, points: Decimal, words: Words) -> str:
    del points
    way = zh.away(reason.rule.worse, whole=words.whole(reason.indicator))
    edge = words.value(reason.indicator, reason.rule.from_)
    away = words.change(reason.indicator, reason.away)
    value = measured(reason.indicator, reason.value, words)
    steps = f"按 {shown(reason.steps)} 步" if reason.steps != reason.away else "共"
    return f"{value}，比 {edge}{way} {away}，{steps}{zh.takes(reason.lost)}"


@reason_words.register
def _(reason: StepUndecided, points: Decimal, words: Words) -> str:
    del points
    away = words.change(reason.indicator, reason.away)
    value = measured(reason.indicator, reason.value, words)
    return f"{value}，相差 {away}，原文没有写明不足一步的如何扣，得分未定"


@reason_words.register
def _(reason: Reached, points: Decimal, words: Words) -> str:
    del points
    mark = words.value(reason.indicator, reason.mark)
    met, missed = ("不低于", "低于") if reason.at_least else ("不高于", "高于")
    verdict = "达到要求" if reason.reached else "没有达到要求"
    value = measured(reason.indicator, reason.value, words)
    return f"{value}，{met if reason.reached else missed} {mark}，{verdict}"


@reason_words.register
def _(reason: InProportion, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    said = f"{value}，与 {shown(reason.of)} 之比为 {shown(reason.ratio * 100)}%"
    if reason.ratio < reason.rule.cut_off:
        return f"{said}，低于 {shown(reason.rule.cut_off * HUNDRED)}%，不得分"
    if reason.ratio > reason.rule.cap:
        return f"{said}，按 {shown(reason.rule.cap * HUNDRED)}% 计"
    return f"{said}，按比例得分"


@reason_words.register
def _(reason: ZeroBase, points: Decimal, words: Words) -> str:
    del points
    return f"{measured(reason.indicator, reason.value, words)}，除数为 0，按规定的这种情形计分"


@reason_words.register
def _(reason: InTier, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    mean, edge = reason.mean.value(), reason.mean.times(reason.tier.multiple).value()
    told = f"{zh.mean_of(reason.tier.of)} {shown(mean)}"
    if mean != edge:
        told += f"（其 {shown(reason.tier.multiple)} 倍为 {shown(edge)}）"
    what = zh.gives(reason.tier.award, points)
    return f"{value}，{told}，{zh.tier_edge(reason.tier)}，{what}"


@reason_words.register
def _(reason: ZeroCase, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, ZERO, words)
    return f"{value}，为 0 的先按规定计分，{zh.gives(reason.award, points)}"


@reason_words.register
def _(reason: BetweenTiers, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    told = "、".join(f"“{zh.tier_edge(t)}{zh.gives(t.award, points)}”" for t in reason.tiers)
    mean = shown(reason.mean.value())
    return f"{value}，平均值 {mean}，恰在{told}的界线上，原文未写明，得分未定"


@reason_words.register
def _(reason: Stood, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    place = f"在 {reason.place.size} 个单位中排第 {reason.place.rank} 名"
    if reason.place.shared > 1:
        place += f"（{reason.place.shared} 个单位并列）"
    if reason.rank != reason.place.rank:
        place += f"，按第 {reason.rank} 名计"
    return f"{value}，{place}"


@reason_words.register
def _(reason: TieUndecided, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    place = f"{reason.place.shared} 个单位并列第 {reason.place.rank} 名"
    return f"{value}，{place}，原文没有写明并列如何计分，得分未定"


@reason_words.register
def _(reason: Scaled, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    return f"{value}，满分 {shown(reason.scale)}，按比例折算"


@reason_words.register
def _(reason: Graded, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    grade = zh.grade_edge(reason.grade, reason.indicator, words)
    return f"{value}，属 {grade}，{zh.gives(reason.grade.award, points)}"


@reason_words.register
def _(reason: PlacedOutside, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    return f"{value}，在{zh.run_of(reason.places)}之内，{zh.gives(reason.places.award, points)}"


@reason_words.register
def _(reason: Combined, points: Decimal, words: Words) -> str:
    values = "，".join(measured(term.of, value, words) for term, value, _ in reason.terms)
    said = f"{values}，综合测算结果 {shown(reason.ratio)}"
    if reason.step is None:
        return f"{said}，按比例得分"
    edge = shown(reason.step.at_least)
    return f"{said}，不低于 {edge}，{zh.gives(reason.step.award, points)}"


@reason_words.register
def _(reason: Moved, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    change = reason.value - reason.previous
    way = "上升" if change > ZERO else "下降"
    moved = f"{way} {words.change(reason.indicator, abs(change))}" if change else "持平"
    verdict = {
        "better": "达到要求",
        "at_limit": "已到限值，视同达到要求",
        "steady": "按持平计分",
        "worse": "没有达到要求",
    }[reason.verdict]
    return f"{value}，上年 {words.value(reason.indicator, reason.previous)}，{moved}，{verdict}"


@reason_words.register
def _(reason: CameTo, points: Decimal, words: Words) -> str:
    del points
    kinds = [
        f"{words.level(reason.indicator, level)} {shown(Decimal(number))} 项"
        if level
        else f" {words.counted(reason.indicator, Decimal(number))}"
        for level, number, _ in reason.tally
    ]
    verb = "扣" if reason.deducts else "得"
    listed = "、".join(kinds)
    space = "" if listed.startswith(" ") else "："
    return f"{words.title(reason.indicator)}{space}{listed}，应{verb} {shown(reason.came_to)} 分"
