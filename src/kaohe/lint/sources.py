"""Checks of where things come from, K307–K313: readings decided, values provided, lists closed."""

from collections.abc import Iterator

from kaohe.lint.check import check
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Flaw
from kaohe.quantity import write_number
from kaohe.rubric.model import Part
from kaohe.rubric.register import Register
from kaohe.rules.base import IndicatorId, Need
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted

OUTSIDE = {
    "target": "目标值",
    "mean": "平均值",
    "best": "最好值",
    "place": "名次",
    "previous": "上年值",
    "external": "外部考核结果",
}
"""What rules need that no rubric prints, in words."""


@check("K307", "warning")
def readings_are_decided(seen: Examined) -> Iterator[Flaw]:
    """口径都已经选定。

    为什么：没有选定的口径不起作用，相应条目仍照原文计分，原文不清楚之处就只能是一个范围。
    见于：双台子 2016-2017，畜禽产品 98% 以下、不适用条目怎样计分，都要由考核办决定。
    怎样改：在口径的 chosen 中写明选哪一项，在 why、by、since 中写明理由、谁定的、何时起。
    """
    for reading in seen.rubric.readings:
        if not reading.chosen:
            choices = "、".join(choice.id for choice in reading.choices)
            message = f"还没有人选定这条口径；请在 chosen 中写明选哪一项（{choices}）"
            yield Flaw(reading.id, "chosen", message)


@check("K309", "advice")
def values_stand_in_the_document(seen: Examined) -> Iterator[Flaw]:
    """计分要用的数都在文件里，或写明从哪里来。

    为什么：目标值、平均值、外部考核结果不在细则里，来源不写明，年底就各说各的数。
    见于：双台子 2016-2017，“年度目标值”“全市平均值”都不在文件之内。
    怎样改：用口径写明目标值出自目标备案、平均值由哪些单位的数据算出、外部结果由谁提供。
    """
    outside: dict[str, dict[str, None]] = {}
    for _, part, _ in seen.looks:
        for need in needs_of(part):
            if need.kind in OUTSIDE:
                title = seen.title(need.indicator)
                outside.setdefault(need.kind, {})[f"{title}（{need.of}）" if need.of else title] = (
                    None
                )
    if outside:
        listed = "；".join(
            f"{OUTSIDE[kind]}：{'、'.join(titles)}" for kind, titles in outside.items()
        )
        message = f"计分要用而不在文件之内的数：{listed}；请用口径写明从哪里来"
        yield Flaw("rubric", "outside", message)


def needs_of(part: Part) -> Iterator[Need]:
    """What a part's rule needs; the value of a conversion comes from another assessment."""
    for need in part.rule.needs():
        yield Need("external", need.indicator) if isinstance(part.rule, Converted) else need


@check("K310", "warning")
def registers_say_what_counts(seen: Examined) -> Iterator[Flaw]:
    """登记的清单是封闭的，各级怎样计数写明了。

    为什么：清单以“等”结尾，清单之外的算不算就要争；国家级和市级都算一项，含金量差得很远。
    见于：双台子 2016-2017 第 4 条，三级奖项清单都以“等”结尾，只数项目多少。
    怎样改：写全清单，或写明清单之外的须经谁批准；各级分值不同的用 counts 写明。
    """
    valued = {
        need.indicator
        for look in seen.looks
        for need in look.part.rule.needs()
        if need.kind != "tally"
    }
    for indicator_id, register in seen.rubric.registers.items():
        if register.open_list:
            message = (
                f"“{register.title}”的清单没有列全（open_list），清单之外的算不算没有写明；"
                "请列全，或用口径写明须经批准"
            )
            yield Flaw(indicator_id, "open_list", message)
        if indicator_id in valued and weighs_alike(register):
            counts = write_number(register.levels[0].counts)
            names = "、".join(level.title for level in register.levels)
            message = (
                f"“{register.title}”的{names}每项都计 {counts}，是否等值没有写明；"
                "请用 counts 写明各级计几，或用口径写明等值"
            )
            yield Flaw(indicator_id, "counts", message)


def weighs_alike(register: Register) -> bool:
    """Whether several levels count the same."""
    counts = {level.counts for level in register.levels}
    return len(register.levels) > 1 and len(counts) == 1


@check("K312", "error")
def register_levels_are_defined(seen: Examined) -> Iterator[Flaw]:
    """登记表的种类和按级计分的规则所写的级别都有定义。

    为什么：写了没有定义的级别，登记的事项归不到任何一级，就不计分。
    见于：级别改名而种类清单或规则没有跟着改。
    怎样改：改成登记表 levels 里有的级别，或补上级别；按级计分的指标要有登记表。
    """
    registers = seen.rubric.registers
    for indicator_id, register in registers.items():
        known = [level.id for level in register.levels]
        for kind in register.kinds:
            for level in kind.levels:
                if level not in known:
                    listed = "、".join(known)
                    message = f"“{kind.name}”的级别“{level}”没有定义；请改成 {listed} 之一"
                    yield Flaw(indicator_id, f"{kind.name} {level}", message)
    for _, part, _ in seen.looks:
        if isinstance(part.rule, Counted) and part.rule.levels:
            yield from uncounted(part.id, part.rule, registers.get(part.rule.indicator))


def uncounted(place: str, rule: Counted, register: Register | None) -> Iterator[Flaw]:
    """The levels that a rule counts and no register knows."""
    if register is None:
        message = f"按级计分的指标“{rule.indicator}”没有登记表；请在 registers 中补上"
        yield Flaw(place, "register", message)
        return
    known = [level.id for level in register.levels]
    for level in rule.levels:
        if level.level not in known:
            message = f"登记表没有“{level.level}”这一级；请改成 {'、'.join(known)} 之一"
            yield Flaw(place, f"level {level.level}", message)


@check("K313", "advice")
def indicators_have_a_provider(seen: Examined) -> Iterator[Flaw]:
    """每个指标都写明由谁提供数据。

    为什么：没有写明谁提供，年底就没有人填，或者几家各填各的。
    见于：各地细则常在备注里才写“由某局负责”，与负责部门不是一家。
    怎样改：在指标（或读取它的条目）写 provider。
    """
    provided: set[IndicatorId] = {
        need.indicator
        for look in seen.looks
        if look.part.provider
        for need in look.part.rule.needs()
    }
    for indicator in seen.rubric.indicators.values():
        if not indicator.provider and indicator.id not in provided:
            message = f"“{indicator.title}”没有写明由谁提供数据；请在指标上写 provider"
            yield Flaw(indicator.id, "provider", message)
