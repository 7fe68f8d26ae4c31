"""Checks of the grade scale and the vetoes: K215, K303, K308, K311."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kaohe.intervals import Interval
from kaohe.lint.check import check
from kaohe.lint.examined import Examined
from kaohe.lint.finding import Flaw
from kaohe.lint.ladder import Ladder, Rung
from kaohe.quantity import ZERO, write_number
from kaohe.rubric.model import Rubric

VAGUE = ("严重", "重大", "较大")
"""Words of size that need a threshold or an authority to mean anything."""


@check("K215", "error")
def grades_hold_every_total(seen: Examined) -> Iterator[Flaw]:
    """每个可能的总分都有等级，并且只有一个。

    为什么：分数线写成整数（80–89 为 B），总分 89.5 就没有等级；两级重叠，一个总分就有两个等级。
    加分能使总分超过满分、扣分能使总分低于零的，两头也要有等级。
    见于：国办发〔2013〕47号及各地办法，A 级 90 分及以上、B 级 80–89 分。
    怎样改：写成首尾相接（A: 90，B: 80，即“及以上”），或写明总分先取整（round: 0）。
    """
    ladder = scale_of(seen.rubric)
    for hole in ladder.holes():
        shown = write_number(hole.sample)
        if hole.below is None and hole.above is not None:
            message = (
                f"总分在 {hole.within} 的没有等级（低于最低一级 {hole.above.label}），"
                f"例如 {shown}；请把最低一级写到底"
            )
            yield Flaw("grades", str(hole.within), message, "advice")
            continue
        message = f"总分在 {hole.within} 的没有等级，{shown} 算哪一级没有写明"
        if hole.below is not None and hole.above is not None:
            message = f"{hole.above.label} 级与 {hole.below.label} 级之间：{message}"
        mend = "；请把各级写成首尾相接，或写明总分先取整（round: 0）"
        yield Flaw("grades", str(hole.within), message + mend)
    for within, one, other, inside in ladder.clashes():
        message = (
            f"{one.label} 级与 {other.label} 级在 {within} 重叠，"
            f"总分 {write_number(inside)} 两级都算；"
            "请改正分数线，各级从高到低排列"
        )
        yield Flaw("grades", f"{within} {one.name} {other.name}", message)


def scale_of(rubric: Rubric) -> Ladder:
    """The grade scale as a ladder over the totals that can be."""
    scale = rubric.grades.scale
    rungs = [
        Rung(said(grade.within), Decimal(len(scale) - place), grade.name, grade.name)
        for place, grade in enumerate(scale)
    ]
    high = rubric.points + sum((max(c.points, ZERO) for c in rubric.adjustments), ZERO)
    low = sum((min(part.rule.least(part.points), ZERO) for part in rubric.all_parts()), ZERO)
    low -= sum((max(effects.deduct, ZERO) for _, effects in rubric.effects()), ZERO)
    domain = Interval(min(low, ZERO), max(high, ZERO), holds_low=True, holds_high=True)
    return Ladder("总分", domain, tuple(rungs), grid=rubric.grades.round, first_wins=True)


def said(within: Interval) -> Interval:
    """A grade's totals, where an end of which nothing is said does not count as held."""
    return replace(
        within, holds_low=within.holds_low or False, holds_high=within.holds_high or False
    )


@check("K303", "error")
def grades_are_defined(seen: Examined) -> Iterator[Flaw]:
    """否决项和前提条件所说的等级都在等级表里。

    为什么：“一律为 D 级”而等级表里没有 D，结果就定不出来。
    见于：等级改名（优秀、良好）而否决项仍写 D。
    怎样改：改成等级表里有的名称。
    """
    names = seen.rubric.grades.names
    for source, effects in seen.rubric.effects():
        for grade in dict.fromkeys((effects.grade, effects.cap)):
            if grade and grade not in names:
                known = "、".join(names)
                yield Flaw(source, grade, f"等级表里没有“{grade}”级；请改成 {known} 之一")


@check("K308", "warning")
def the_grade_scale_has_its_source(seen: Examined) -> Iterator[Flaw]:
    """等级表出自本细则，或写明出处。

    为什么：分数线不在细则里，被考核单位查不到依据。
    source 写的不是 sources 的第一份文件（本细则），就是借用的。
    见于：双台子 2016-2017 只提到 D 级，分数线要到国办发〔2013〕47号里找。
    怎样改：在细则里补上等级表；借用上级办法的，用口径说明。
    """
    source, sources = seen.rubric.grades.source, seen.rubric.sources
    if not source:
        message = "等级的分数线没有写明出处；请在 grades 的 source 中写明出自哪份文件"
        yield Flaw("grades", "source", message)
    elif not sources or source not in (sources[0].title, sources[0].number):
        message = (
            f"等级的分数线出自“{source}”，不在本细则之内；请在细则中补上等级表，或用口径说明借用"
        )
        yield Flaw("grades", "source", message)


@check("K311", "error")
def vetoes_can_be_decided(seen: Examined) -> Iterator[Flaw]:
    """否决项写明由谁、按什么认定。

    为什么：一票否决的后果最重，没有认定机关和认定条件就没法执行，也没法申辩。
    “严重”“重大”“较大”没有界限的是提醒：要由有权机关认定，不由计算得出。
    见于：双台子 2016-2017 否决项，“造成严重财产损失或人身伤害”。
    怎样改：在 test 中逐条写明认定条件，在 authority 中写明认定机关。
    """
    for veto in seen.rubric.vetoes:
        lacking = {"test": not veto.test, "authority": not veto.authority}
        words = {"test": "认定条件（test）", "authority": "认定机关（authority）"}
        for key, missing in lacking.items():
            if missing:
                yield Flaw(veto.id, key, f"否决项没有写明{words[key]}；请补上")
        vague = [word for word in VAGUE if any(word in question for question in veto.test)]
        if vague:
            named = "、".join(f"“{word}”" for word in vague)
            message = f"认定条件中的{named}没有界限；请写明标准，或用口径写明以有权机关的认定为准"
            yield Flaw(veto.id, " ".join(vague), message, "warning")
