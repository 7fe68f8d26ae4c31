"""Checks of what a rule needs to be told, K207–K216: steps, means, zero cases, formulas, ties."""

from collections.abc import Iterator
from decimal import Decimal

from kaohe.lint.check import check
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Flaw
from kaohe.lint.laddered import tier_name
from kaohe.quantity import HUNDRED, ONE, ZERO, write_number
from kaohe.rubric.model import Indicator
from kaohe.rules.attained import Attained
from kaohe.rules.base import IndicatorId, Rule, Undecided
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend

STEP_OF = {"percent": "个百分点", "score": "分", "count": "个", "days": "天"}
"""What a step of each unit is called."""


@check("K207", "error")
def part_steps_are_decided(seen: Examined) -> Iterator[Flaw]:
    """不足一步的怎样扣已经写明。

    为什么：“每差 1% 扣 0.3 分”，差 1.5 个百分点是扣 0.3、0.45 还是 0.6，三种算法三个得分。
    指标是个数、每步为 1 的不会有不足一步，不必写。
    见于：双台子 2016-2017 第 7 条，旅游投诉办结率。
    怎样改：用 counting 写明 pro_rata（按比例）、full（满一步才扣）或 started（不足一步按一步扣）。
    """
    for _, part, _ in seen.looks:
        rule = part.rule
        if not isinstance(rule, Stepped) or rule.counting != "undecided":
            continue
        indicator = seen.rubric.indicators.get(rule.indicator)
        if indicator is not None and indicator.unit.whole and only_full_steps(rule):
            continue
        of = f" {STEP_OF.get(indicator.unit.name, '')}" if indicator else " "
        per, half = write_number(rule.per), write_number(rule.per / Decimal(2))
        message = (
            f"每 {per}{of}扣 {write_number(rule.deduct)} 分，"
            f"不足 {per}{of}的（例如差 {half}{of}）怎样扣没有写明；请用 counting 写明 "
            "pro_rata（按比例）、full（满才扣）或 started（不足按一步扣）"
        )
        yield Flaw(part.id, "counting", message)


def only_full_steps(rule: Stepped) -> bool:
    """Whether whole values are always whole steps away."""
    return rule.per == ONE and rule.from_ == rule.from_.to_integral_value()


@check("K208", "error")
def tiers_share_one_yardstick(seen: Examined) -> Iterator[Flaw]:
    """各档与同一个平均值比较。

    为什么：前几档比全市，最后一档忽然比全省，低于全市一半而高于全省一半的单位哪一档也不在。
    见于：双台子 2016-2017 第 5 条。
    怎样改：各档改用同一个平均值；照原文的，用口径写明两头不靠的怎样办。
    """
    for _, part, _ in seen.looks:
        if not isinstance(part.rule, Relative):
            continue
        means = list(dict.fromkeys(tier.of for tier in part.rule.tiers))
        if len(means) < 2:  # noqa: PLR2004 -- two are mixed
            continue
        own = part.rule.of or "参评单位"
        named = "、".join(f"“{of or own}”" for of in means)
        message = (
            f"各档分别与{named}的平均值比较，两个平均值之间的值可能哪一档也不在，也可能两档都在；"
            "请改用同一个平均值"
        )
        yield Flaw(part.id, " ".join(means), message)


@check("K209", "warning")
def zero_has_its_case(seen: Examined) -> Iterator[Flaw]:
    """与平均值比较时，零的得分已经写明，并且写明先看哪一句。

    为什么：一个也没有的单位既“低于平均值的一半”，又“没有的不得分”；全体都是零时，零又“达到平均值”。
    见于：双台子 2016-2017 第 4 条（没有激励项目）、第 5 条（指数为零没有单列）。
    怎样改：用 zero 写明零的得分（先于各档判定），并用口径说明与“低于”一档的先后。
    """
    for _, part, _ in seen.looks:
        rule = part.rule
        if not isinstance(rule, Relative):
            continue
        indicator = seen.rubric.indicators.get(rule.indicator)
        if indicator is not None and indicator.unit.low != ZERO:
            continue
        if rule.zero is None:
            message = (
                "值为 0 的单位没有单列：全体平均值也为 0 时，0 就“达到”平均值而得高分；"
                "请用 zero 写明零的得分，或用口径写明照各档比较"
            )
            yield Flaw(part.id, "zero", message)
        elif any(holds_zero(tier.below, tier.at_least) for tier in rule.tiers):
            message = (
                f"值为 0 得 {write_number(rule.zero)} 分，而另有一档也含 0，"
                "原文没有写明先看哪一句；请用口径写明先后"
            )
            yield Flaw(part.id, "order", message)


def holds_zero(below: Decimal | None, at_least: Decimal | None) -> bool:
    """Whether a tier holds zero too."""
    return (below is not None and below > ZERO) or (at_least is not None and at_least <= ZERO)


@check("K210", "error")
def tier_edges_are_decided(seen: Examined) -> Iterator[Flaw]:
    """与平均值比较的各档写明含不含端点。

    为什么：“高于平均值 20%”没有说恰为 1.2 倍算不算；平均值常常整除，恰好落在线上的单位并不少见。
    见于：双台子 2016-2017 第 4 条。
    怎样改：把 over 改成 at_least（含）或 more_than（不含）。
    """
    for _, part, _ in seen.looks:
        if not isinstance(part.rule, Relative):
            continue
        for tier in part.rule.tiers:
            if tier.over is not None:
                multiple = write_number(tier.over)
                message = (
                    f"{tier_name(tier)}一档没有写明含不含端点，恰为 {multiple} 倍的得几分不确定；"
                    "请把 over 改成 at_least（含）或 more_than（不含）"
                )
                yield Flaw(part.id, multiple, message)


@check("K211", "error")
def formulas_are_stated(seen: Examined) -> Iterator[Flaw]:
    """折算、综合测算的办法已经写明。

    为什么：只写“按考核结果核算得分”“综合测算”，没有公式，任何得分都说得通，也都站不住。
    见于：双台子 2016-2017 第 6 条（全市水利建设质量考核结果）。
    怎样改：converted 写明 scale（按满分比例）、grades（按等级）或 places（按名次）；
    composite 写明 formula 和权重。
    """
    for _, part, _ in seen.looks:
        match part.rule:
            case Converted(scale=None, grades=(), places=()):
                message = (
                    "写明按外部结果核算得分，没有写明怎样折算；"
                    "请写 scale（按满分比例）、grades（按等级）或 places（按名次）"
                )
            case Composite(terms=()):
                message = "写明综合测算，没有写明由哪些指标；请在 terms 中逐项写明"
            case Composite(formula="undecided"):
                message = "写明综合测算，没有写明公式；请写 formula（weighted_sum、min 等）和权重"
            case _:
                continue
        yield Flaw(part.id, "formula", message)


@check("K212", "warning")
def indices_are_defined(seen: Examined) -> Iterator[Flaw]:
    """指数写明怎样得来。

    为什么：指数是算出来的，不写明由哪些数怎样合成，各单位报的数就不能相比。
    见于：双台子 2016-2017 第 5 条，标准、计量、认证三项“综合测算”，没有公式。
    怎样改：在指标的 definition 里写明由什么数据怎样合成。
    """
    for indicator in seen.rubric.indicators.values():
        if indicator.unit.name == "index" and not indicator.definition:
            message = (
                f"“{indicator.title}”是综合指数，没有写明由哪些数怎样合成；请在 definition 中写明"
            )
            yield Flaw(indicator.id, "definition", message)


@check("K213", "error")
def ties_are_decided(seen: Examined) -> Iterator[Flaw]:
    """并列的名次怎样算已经写明。

    为什么：两个单位并列第二，下一档从第三名起，第三名给谁，差的就是一档的分。
    见于：按排名计分的细则大多没有写并列。
    怎样改：用 ties 写明 better（都按好的名次）、worse（都按差的名次）或 mean（取平均）。
    """
    for _, part, _ in seen.looks:
        rule = part.rule
        if not isinstance(rule, Ranked) or rule.ties != "undecided":
            continue
        given = {run.award for run in rule.places}
        if not isinstance(rule.beyond, Undecided):
            given.add(rule.beyond)
        if len(given) > 1:
            message = (
                "名次并列的怎样给分没有写明；请用 ties 写明 better（都按好的名次）、"
                "worse（都按差的名次）或 mean（取平均）"
            )
            yield Flaw(part.id, "ties", message)


@check("K214", "advice")
def empty_rates_are_defined(seen: Examined) -> Iterator[Flaw]:
    """没有可算的基数时，比率填几已经写明。

    为什么：全年没有投诉，办结率是 0 除以 0；填 100 还是不适用，关系到满分。
    凡以 100% 为满分、又没有写明定义的比率都可能遇到。
    见于：双台子 2016-2017 第 7 条，旅游投诉办结率。
    怎样改：在指标的 definition 里写明分子、分母，以及分母为零时填几。
    """
    for indicator_id in dict.fromkeys(full_at_hundred(look.part.rule) for look in seen.looks):
        indicator = seen.rubric.indicators.get(indicator_id) if indicator_id else None
        if indicator is None or indicator.unit.name != "percent" or indicator.definition:
            continue
        message = (
            f"“{indicator.title}”以 100% 为满分，没有基数（例如全年没有应办的事项）时填几没有写明；"
            "请在 definition 中写明分子、分母和分母为零时填几"
        )
        yield Flaw(indicator.id, "empty", message)


def full_at_hundred(rule: Rule) -> IndicatorId | None:
    """The indicator of a rule whose full mark is 100."""
    match rule:
        case Stepped(from_=mark, indicator=indicator) if mark == HUNDRED:
            return indicator
        case Attained(at_least=mark, indicator=indicator) if mark == HUNDRED:
            return indicator
        case Proportional(of=mark, indicator=indicator) if mark == HUNDRED:
            return indicator
    return None


@check("K216", "warning")
def trends_know_their_limit(seen: Examined) -> Iterator[Flaw]:
    """已经到顶、不能再好的单位怎样算已经写明。

    为什么：“逐年上升”对已经 100% 的单位无法做到，最好的反而丢分。
    见于：双台子 2016-2017 第 15 条，投诉办结率逐年上升。
    怎样改：用 at_limit 写明到顶的值（例如 100），保持在这个值的视同做到。
    """
    for _, part, _ in seen.looks:
        rule = part.rule
        if not isinstance(rule, Trend) or rule.at_limit is not None:
            continue
        limit = limit_of(seen.rubric.indicators.get(rule.indicator), rule.direction)
        if limit is not None:
            shown = write_number(limit)
            message = (
                f"“{seen.title(rule.indicator)}”最好只能到 {shown}，已经到 {shown} 的单位无法再"
                f"{'上升' if rule.direction == 'up' else '下降'}；请写 at_limit: {shown}"
            )
            yield Flaw(part.id, "at_limit", message)


def limit_of(indicator: Indicator | None, direction: str) -> Decimal | None:
    """The value beyond which an indicator cannot move in a direction."""
    if indicator is None:
        return None
    return indicator.unit.high if direction == "up" else indicator.unit.low
