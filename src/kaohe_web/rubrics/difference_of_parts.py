"""What changed in one part of a rubric, and what each change asks to be done over."""

import dataclasses
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaohe.quantity import write_number
from kaohe.rubric.model import Indicator, Part
from kaohe_web.rubrics.impact import Change, Impact
from kaohe_web.rubrics.plain import apart
from kaohe_web.rubrics.side import Side, asked

LADDERS = {"award", "deduct", "tiers", "places", "levels", "grades"}
"""The fields of rules that hold bands (分档)."""

TEXTS: dict[str, Promise] = {
    "title": _("名称"),
    "clauses": _("条款号"),
    "evidence": _("佐证材料"),
    "note": _("备注"),
}
FILINGS: dict[str, Promise] = {"units": _("由单位报送"), "none": _("无需报送，由数据提供单位填报")}


def added(part: Part, before: Side, after: Side) -> Change:
    """The change of a part that only the new edition has."""
    impact = Impact.REFILE if part.filing == "units" else done_over(part, before)
    return Change(_("新增条目"), "", described(part, after), impact)


def removed(part: Part, before: Side) -> Change:
    """The change of a part that only the old edition has."""
    return Change(_("删去条目"), described(part, before), "", Impact.RESCORE)


def described(part: Part, side: Side) -> str:
    """A part in a sentence: its points and its rule."""
    points = write_number(part.points)
    rule = side.rule(part.id)
    return f"{points} 分；{rule}" if side.words.lang == "zh" else f"{points} points; {rule}"


def changes(part_id: str, before: Side, after: Side) -> Iterator[Change]:
    """Every way in which a part that both editions have is not the same."""
    yield from points_and_rule(part_id, before, after)
    yield from who(before.printed[part_id], after.printed[part_id], before, after)
    yield from measures(part_id, before, after)
    yield from texts(before.printed[part_id], after.printed[part_id], before, after)
    if before.sections.get(part_id) != after.sections.get(part_id):
        old, new = before.sections.get(part_id, ""), after.sections.get(part_id, "")
        yield Change(_("所在部分"), old, new, Impact.RESCORE)


def points_and_rule(part_id: str, before: Side, after: Side) -> Iterator[Change]:
    """Its points, its rule as printed, and its rule as the readings have it."""
    old, new = before.read[part_id], after.read[part_id]
    again = done_over(new, before)
    if old.points != new.points:
        points = write_number(old.points), write_number(new.points)
        judged = Impact.RESCORE if new.rule.needs() else Impact.REMARK
        yield Change(_("分值"), *points, judged)
    rules = before.rule(part_id), after.rule(part_id)
    if before.printed[part_id].rule != after.printed[part_id].rule:
        yield Change(aspect_of(old, new), *rules, again)
    elif old.rule != new.rule:
        yield Change(_("口径"), *rules, again)
    elif before.pointers[part_id] != after.pointers[part_id]:
        named = before.list(before.pointers[part_id]), after.list(after.pointers[part_id])
        yield Change(_("口径"), *named, Impact.WORDING)


def done_over(new: Part, before: Side) -> Impact:
    """What a new rule asks for: values nobody has filed, another marking, or only another sum."""
    if asked(new) - before.asks:
        return Impact.REFILE
    return Impact.RESCORE if new.rule.needs() else Impact.REMARK


def aspect_of(old: Part, new: Part) -> Promise:
    """Whether only the bands of a rule changed, or the rule itself."""
    if type(old.rule) is not type(new.rule):
        return _("计分规则")
    fields = {
        field.name
        for field in dataclasses.fields(old.rule)
        if getattr(old.rule, field.name) != getattr(new.rule, field.name)
    }
    return _("分档") if fields and fields <= LADDERS else _("计分规则")


def who(old: Part, new: Part, before: Side, after: Side) -> Iterator[Change]:
    """Who answers for it, who files for it, and for which kinds of unit."""
    if (old.lead, old.supporting) != (new.lead, new.supporting):
        people = departments(old, before), departments(new, after)
        yield Change(_("负责部门"), *people, Impact.WORDING)
    if (old.filing, old.provider) != (new.filing, new.provider):
        impact = Impact.WORDING if old.filing == new.filing else Impact.REFILE
        yield Change(_("报送方式"), filing(old), filing(new), impact)
    if old.applies_to != new.applies_to:
        wider = not new.applies_to or set(new.applies_to) - set(old.applies_to or new.applies_to)
        kinds = kinds_of(old, before), kinds_of(new, after)
        yield Change(_("适用范围"), *kinds, Impact.REFILE if wider else Impact.RESCORE)


def departments(part: Part, side: Side) -> str:
    """Who leads and who supports."""
    supporting = side.list(part.supporting)
    if not supporting:
        return side.list(part.lead)
    between = "；配合：" if side.words.lang == "zh" else "; supported by "
    return f"{side.list(part.lead)}{between}{supporting}"


def filing(part: Part) -> str:
    """How it is filed, and by which provider."""
    return (
        f"{FILINGS[part.filing]}（{part.provider}）" if part.provider else str(FILINGS[part.filing])
    )


def kinds_of(part: Part, side: Side) -> str:
    """The kinds of unit it applies to, by their names; all where it names none."""
    names = (side.rubric.unit_types.get(kind, kind) for kind in part.applies_to)
    return side.list(names) or str(_("全部单位"))


def measures(part_id: str, before: Side, after: Side) -> Iterator[Change]:
    """The indicators and registers that its rule reads."""
    read = [need.indicator for need in after.read[part_id].rule.needs()]
    for indicator in dict.fromkeys(read):
        old, new = before.rubric.indicators.get(indicator), after.rubric.indicators.get(indicator)
        if old is not None and new is not None and old != new:
            yield Change(_("指标"), *apart(old, new), measured_anew(old, new), name=new.title)
        registers = before.rubric.registers.get(indicator), after.rubric.registers.get(indicator)
        if registers[0] != registers[1]:
            yield Change(_("登记簿"), *apart(*registers), Impact.RESCORE)


def measured_anew(old: Indicator, new: Indicator) -> Impact:
    """What a change of an indicator asks for."""
    if (old.unit, old.values) != (new.unit, new.values) or (new.target and not old.target):
        return Impact.REFILE
    if (old.better, old.references, old.target) != (new.better, new.references, new.target):
        return Impact.RESCORE
    return Impact.WORDING


def texts(old: Part, new: Part, before: Side, after: Side) -> Iterator[Change]:
    """What is only words."""
    for name, title in TEXTS.items():
        if getattr(old, name) != getattr(new, name):
            yield Change(title, text(old, name, before), text(new, name, after), Impact.WORDING)


def text(part: Part, name: str, side: Side) -> str:
    """A field of words, a list in a row."""
    value = getattr(part, name)
    return value if isinstance(value, str) else side.list(value)
