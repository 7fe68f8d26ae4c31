"""What changed in a rubric outside its parts: its frame, its grades, what acts across items."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaohe.quantity import write_number
from kaohe.rubric.grading import GradeScale
from kaohe.rubric.model import Rubric
from kaohe.rubric.readings import Reading
from kaohe_web.rubrics.impact import Change, Impact
from kaohe_web.rubrics.plain import apart, plain_words
from kaohe_web.rubrics.side import Side

Named = Mapping[str, Any]


def by_id(things: Iterable[Any]) -> Named:
    """Things by their ids."""
    return {thing.id: thing for thing in things}


def by_title(things: Iterable[Any]) -> Named:
    """Things by their printed names."""
    return {thing.title: thing for thing in things}


def reading_words(reading: Reading) -> str:
    """A reading by what it means: what is unclear, the choice in force, the others."""
    said = [
        f"{'●' if choice.id == reading.chosen else '○'} {choice.id}：{choice.means}"
        for choice in reading.choices
    ]
    return "；".join([reading.unclear, *said])


REGISTERS: tuple[tuple[Promise, Impact, Callable[[Rubric], Named]], ...] = (
    (_("否决项"), Impact.RESCORE, lambda rubric: by_id(rubric.vetoes)),
    (_("前提条件"), Impact.RESCORE, lambda rubric: by_id(rubric.preconditions)),
    (_("就高不重复"), Impact.RESCORE, lambda rubric: by_id(rubric.exclusive)),
    (_("口径登记"), Impact.WORDING, lambda r: {of.id: reading_words(of) for of in r.readings}),
    (_("部门名称"), Impact.WORDING, lambda r: {of.name: of for of in r.departments}),
    (_("依据文件"), Impact.WORDING, lambda rubric: by_title(rubric.sources)),
    (_("联系人员表"), Impact.WORDING, lambda rubric: by_title(rubric.contacts)),
)
"""What a rubric lists by name; a changed reading that changes a rule stands at that part too."""


def whole_changes(before: Side, after: Side) -> Iterator[Change]:
    """Every change outside the parts, the frame first."""
    yield from frame(before.rubric, after.rubric)
    yield from sections(before.rubric, after.rubric)
    yield from across(before.interpreted, after.interpreted)
    for aspect, impact, names in REGISTERS:
        yield from listed(aspect, impact, names(before.rubric), names(after.rubric))
    yield from unread(before, after)


def frame(old: Rubric, new: Rubric) -> Iterator[Change]:
    """Its name, its year, its points."""
    if (old.id, old.title) != (new.id, new.title):
        names = f"{old.title}（{old.id}）", f"{new.title}（{new.id}）"
        yield Change(_("名称"), *names, Impact.WORDING)
    if old.period != new.period:
        yield Change(_("考核年度"), *apart(old.period, new.period), Impact.WORDING)
    if old.points != new.points:
        points = write_number(old.points), write_number(new.points)
        yield Change(_("总分值"), *points, Impact.RESCORE)
    if old.unit_types != new.unit_types:
        kinds = "、".join(old.unit_types.values()), "、".join(new.unit_types.values())
        yield Change(_("单位类别"), *kinds, Impact.RESCORE)


def sections(old: Rubric, new: Rubric) -> Iterator[Change]:
    """The divisions and their points."""
    points = [
        {section.title: write_number(section.points) for section in rubric.all_sections()}
        for rubric in (old, new)
    ]
    for title in dict.fromkeys((*points[0], *points[1])):
        before, after = points[0].get(title, ""), points[1].get(title, "")
        if before != after:
            yield Change(_("部分"), before, after, Impact.WORDING, name=title)


def across(old: Rubric, new: Rubric) -> Iterator[Change]:
    """The grades, and what becomes of items that do not apply, as the readings have them."""
    if old.grades != new.grades:
        words = grades_words(old.grades), grades_words(new.grades)
        yield Change(_("等级"), *words, Impact.RESCORE)
    if old.not_applicable != new.not_applicable:
        words = apart(old.not_applicable, new.not_applicable)
        yield Change(_("不适用的条目"), *words, Impact.RESCORE)


def grades_words(grades: GradeScale) -> str:
    """A scale in one line, with its rounding and its source."""
    said = "、".join(f"{grade.name} {grade.within}" for grade in grades.scale)
    more = {"round": grades.round, "source": grades.source}
    return "；".join(
        [said, *(f"{key}: {value}" for key, value in more.items() if value is not None)]
    )


def listed(aspect: Promise, impact: Impact, old: Named, new: Named) -> Iterator[Change]:
    """What came, went or changed in a list of named things."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield Change(aspect, *apart(before, after), impact, name=name)


def unread(before: Side, after: Side) -> Iterator[Change]:
    """Indicators that changed and that no rule of the new edition reads."""
    read = {need.indicator for part in after.read.values() for need in part.rule.needs()}
    old, new = before.rubric.indicators, after.rubric.indicators
    for indicator in dict.fromkeys((*old, *new)):
        if indicator in read and indicator in old:
            continue
        if old.get(indicator) != new.get(indicator):
            words = plain_words(old.get(indicator)), plain_words(new.get(indicator))
            yield Change(_("指标"), *words, Impact.WORDING, name=str(indicator))
