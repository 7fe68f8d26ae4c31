"""Checks of what names refer to, K301–K306: departments, indicators, places, readings."""

from collections.abc import Iterable, Iterator

from kaohe.lint.check import check
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Flaw
from kaohe.lint.places import department_names, pointers, section_ids
from kaohe.rubric.model import Indicator, Rubric
from kaohe.rules.base import IndicatorId, Need, Rule


@check("K301", "error")
def departments_are_defined(seen: Examined) -> Iterator[Flaw]:
    """写到的部门都在部门名单里，并用名单上的名称。

    为什么：同一个部门写成三个名字，分工、催办和汇总就成了三家；名单之外的没有人认领。
    见于：双台子 2016-2017，“区市监局”“市监局”“市场监督管理部门”是一家，“市质监局”是另一家。
    怎样改：改用 departments 里的名称；另有写法的记在它的 aliases 里；漏了的补进名单。
    """
    departments = seen.rubric.departments
    names = {department.name for department in departments}
    aliases = {alias: d.name for d in departments for alias in d.aliases}
    for place, name in dict.fromkeys(department_names(seen.rubric)):
        if name in names:
            continue
        if name in aliases:
            message = f"“{name}”是“{aliases[name]}”的别名；请改写为“{aliases[name]}”"
        else:
            message = f"部门名单里没有“{name}”；请在 departments 中补上，或改用名单上的名称"
        yield Flaw(place, name, message)


@check("K302", "error")
def indicators_are_defined(seen: Examined) -> Iterator[Flaw]:
    """规则读取的指标、目标值和参考值都有定义。

    为什么：没有定义的指标没有单位和取值范围，数据无处填写；规则要用目标值或另一个平均值的，指标也要写明有。
    见于：指标改名而规则没有跟着改；规则写 on: shortfall 而指标没有 target: yes。
    怎样改：在 indicators 中补上指标，或改正名称；
    有目标值的写 target: yes，有参考值的写 references。
    """
    indicators = seen.rubric.indicators
    for _, part, _ in seen.looks:
        for need in part.rule.needs():
            indicator = indicators.get(need.indicator)
            message = unmet(need, indicator)
            if message:
                yield Flaw(part.id, f"{need.kind} {need.indicator} {need.of}", message)
    for indicator_id in seen.rubric.registers:
        if indicator_id not in indicators:
            message = f"登记表“{indicator_id}”没有对应的指标；请在 indicators 中补上，或改正名称"
            yield Flaw(indicator_id, "register", message)


def unmet(need: Need, indicator: Indicator | None) -> str:
    """Why a need of a rule can never be met; empty if it can."""
    if indicator is None:
        if need.kind not in ("value", "tally"):
            return ""
        return f"没有定义指标“{need.indicator}”；请在 indicators 中补上，或改正名称"
    if need.kind == "target" and not indicator.target:
        return f"规则要用“{indicator.title}”的目标值，而指标没有写 target: yes；请补上"
    if need.kind == "mean" and need.of and need.of not in indicator.references:
        return (
            f"规则要用“{indicator.title}”的参考平均值“{need.of}”，"
            f"而指标的 references 中没有；请补上 references: [{need.of}]"
        )
    return ""


@check("K304", "error")
def places_are_defined(seen: Examined) -> Iterator[Flaw]:
    """前提条件、只取其一、清零、单位类别和口径所指的条目都存在。

    为什么：指向不存在的条目，规则就悄悄不起作用；口径写了设置而条目没有指向它，设置也不会生效。
    见于：条目重新编号而前提条件没有跟着改。
    怎样改：改成现有的条目编号、部分编号或单位类别；在条目上写 reading 指向这条口径。
    """
    rubric = seen.rubric
    known = known_places(rubric)
    for place, named in named_places(rubric):
        if named not in known:
            yield Flaw(place, named, f"没有编号为“{named}”的条目、分项或部分；请改正编号")
    for _, part, _ in seen.looks:
        for kind in part.applies_to:
            if kind not in rubric.unit_types:
                message = f"没有“{kind}”这类单位；请在 unit_types 中补上，或改正 applies_to"
                yield Flaw(part.id, f"type {kind}", message)
    yield from sets_without_effect(rubric)


def known_places(rubric: Rubric) -> set[str]:
    """The ids of sections, criteria and parts."""
    criteria = list(rubric.all_criteria())
    parts = (part.id for criterion in criteria for part in criterion.parts)
    return {*section_ids(rubric), *(criterion.id for criterion in criteria), *parts}


def named_places(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """The places that what acts across items names, each with who names it."""
    for source, effects in rubric.effects():
        yield from ((source, place) for place in effects.zero)
    for precondition in rubric.preconditions:
        yield precondition.id, precondition.of
    for rule in rubric.exclusive:
        yield from ((rule.id, place) for place in rule.among)


def sets_without_effect(rubric: Rubric) -> Iterator[Flaw]:
    """What readings set at places that do not point at them, though others do."""
    pointed = pointers(rubric)
    used = {reading for readings in pointed.values() for reading in readings}
    for reading in rubric.readings:
        if reading.id not in used:
            continue
        for place in dict.fromkeys(change.place for c in reading.choices for change in c.set):
            if reading.id not in pointed.get(place, ()):
                message = (
                    f"口径对 {place} 有设置，而 {place} 没有指向它，设置不会生效；"
                    f"请在 {place} 写 reading: {reading.id}，或删去这项设置"
                )
                yield Flaw(reading.id, f"set {place}", message)


@check("K305", "error")
def pointers_find_their_reading(seen: Examined) -> Iterator[Flaw]:
    """所指的口径都在口径登记里。

    为什么：指向不存在的口径，等于没有口径，原文的不清楚之处仍然没有着落。
    见于：口径改名而条目没有跟着改。
    怎样改：改正口径编号，或在 readings 中补上这一条。
    """
    known = {reading.id for reading in seen.rubric.readings}
    for place, pointed in pointers(seen.rubric, own=True).items():
        for reading in dict.fromkeys(pointed):
            if reading not in known:
                message = f"口径登记里没有“{reading}”；请在 readings 中补上，或改正编号"
                yield Flaw(place, reading, message)


@check("K306", "advice")
def nothing_is_left_over(seen: Examined) -> Iterator[Flaw]:
    """没有用不上的口径、指标、登记表和部门。

    为什么：用不上的多半是改了一处忘了另一处：口径没有条目指向它就不起作用，指标没有规则读它就白填。
    见于：删去条目以后留下的指标和口径。
    怎样改：在该用的地方指向它，或者删去。
    """
    rubric = seen.rubric
    pointed = pointers(rubric, own=True)
    used_readings = {reading for readings in pointed.values() for reading in readings}
    for reading in rubric.readings:
        if reading.id not in used_readings:
            message = "没有条目指向这条口径，它不起作用；请在相应条目写 reading，或删去"
            yield Flaw(reading.id, "reading", message)
    used = {need.indicator for rule in all_rules(rubric) for need in rule.needs()}
    yield from unread(
        used, rubric.indicators, "没有规则读取这个指标；请补上规则，或删去", "indicator"
    )
    yield from unread(
        used, rubric.registers, "没有规则用到这张登记表；请补上规则，或删去", "register"
    )
    named = {name for _, name in department_names(rubric)}
    for department in rubric.departments:
        if department.name not in named:
            message = f"没有条目写到“{department.name}”；请核对分工，或从名单删去"
            yield Flaw(department.name, "department", message)


def unread(
    used: set[IndicatorId], ids: Iterable[IndicatorId], message: str, subject: str
) -> Iterator[Flaw]:
    """The indicators or registers that nothing reads."""
    for indicator_id in ids:
        if indicator_id not in used:
            yield Flaw(indicator_id, subject, message)


def all_rules(rubric: Rubric) -> Iterator[Rule]:
    """The rules of the parts, and those that a reading may put in their place."""
    for part in rubric.all_parts():
        yield part.rule
    for reading in rubric.readings:
        for choice in reading.choices:
            yield from (change.rule for change in choice.set if change.rule is not None)
