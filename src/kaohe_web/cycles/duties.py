"""Who answers for which part in which unit (分工): prefilled by name, divided anew by hand."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaohe.rubric.model import Part, Rubric
from kaohe_web.audit import trail
from kaohe_web.cycles.asks import filed_parts
from kaohe_web.cycles.calendar import require_changeable, window
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.matching import Bodies, folded
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, StageKind
from kaohe_web.cycles.queries import rubric_of, visible_units
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department, Role


@dataclass(frozen=True, slots=True)
class Division:
    """Who leads a part in a unit, and who supports: the keys of departments."""

    lead: int | None = None
    supporting: tuple[int, ...] = ()


def divisions(assessed: AssessedUnit) -> dict[str, Division]:
    """Who answers for what in a unit, by part."""
    found: dict[str, Division] = {}
    for duty in assessed.duties.order_by("id"):
        so_far = found.get(duty.part, Division())
        if duty.kind == Duty.Kind.LEAD:
            found[duty.part] = Division(duty.department_id, so_far.supporting)
        else:
            supporting = tuple(sorted((*so_far.supporting, duty.department_id)))
            found[duty.part] = Division(so_far.lead, supporting)
    return found


@action("duties.divided", right="cycles.divide")
def divide(
    assessed: AssessedUnit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edits: Mapping[str, Edit[Division]],
    reason: str = "",
) -> AssessedUnit:
    """Say who answers for the parts of a unit; parts that are not named stay as they are.

    :raises WrongState: if the year is archived, or the unit's own filing has closed.
    :raises Invalid: for a part or a department that is not the unit's, or a part left alone.
    :raises Conflict: if somebody divided one of the parts meanwhile.
    """
    unit = locked(visible_units(by, assessed.cycle), assessed.pk)
    require_dividable(unit, by=by, at=at)
    departments = {of.pk: of for of in Department.objects.filter(unit=unit.unit_id)}
    parts = {part.id: part for part in filed_parts(rubric_of(unit.cycle))}
    standing = divisions(unit)
    problems = [
        problem
        for part, edit in edits.items()
        for problem in faults(part, edit.now, parts, departments)
    ]
    problems += left_alone(unit.cycle, edits, standing)
    if problems:
        raise Invalid(problems)

    def words(division: Division) -> str:
        return in_words(division, departments)

    changed = require_unchanged(
        edits,
        lambda part: standing.get(part, Division()),
        label=lambda part: f"{part} {parts[part].title}",
        words=words,
    )
    for part, division in changed.items():
        write(unit, part, division)
    details = {
        "unit": str(unit),
        "parts": {
            part: [words(standing.get(part, Division())), words(division)]
            for part, division in changed.items()
        },
    }
    trail.record("duties.divided", unit, by=by, at=at, reason=reason, details=details)
    return unit


def require_dividable(unit: AssessedUnit, *, by: Actor, at: dt.datetime) -> None:
    """:raises WrongState: if the year is archived, or a unit's own office comes too late."""
    require_changeable(unit.cycle)
    filing = window(unit.cycle, StageKind.FILING, unit)
    over = filing is not None and filing.days_left(at) < 0
    if by.role != Role.OFFICE and over:
        raise WrongState(_("自我评价已经截止，分工不能再调整；确需调整的，请考核办办理"))


def faults(
    part: str,
    division: Division,
    parts: Mapping[str, Part],
    departments: Mapping[int, Department],
) -> Iterable[str]:
    """What is wrong with one part's division."""
    if part not in parts:
        yield _("“%(part)s”不是本年度要报送的条目；请刷新页面后重试") % {"part": part}
        return
    named = [division.lead, *division.supporting]
    if any(key is not None and key not in departments for key in named):
        yield _("%(part)s：所选部门不属于本单位；请从列表中选择") % {"part": part}
    if division.lead is not None and division.lead in division.supporting:
        yield _("%(part)s：“%(department)s”已经牵头，不能同时配合；请去掉其中一个") % {
            "part": part,
            "department": departments.get(division.lead, ""),
        }


def left_alone(
    cycle: Cycle, edits: Mapping[str, Edit[Division]], standing: Mapping[str, Division]
) -> Iterable[str]:
    """The parts that would lose their leading department while the year is under way."""
    if cycle.state != Cycle.State.OPEN:
        return
    for part, edit in edits.items():
        had = standing.get(part, Division()).lead
        if had is not None and edit.now.lead is None:
            yield _("%(part)s：考核年度已经启动，不能没有牵头部门；请另选一个") % {"part": part}


def in_words(division: Division, departments: Mapping[int, Department]) -> str:
    """A division as people say it."""
    lead = departments.get(division.lead or 0)
    said = [_("牵头：%(name)s") % {"name": lead or "—"}]
    supporting = [departments[key].name for key in division.supporting if key in departments]
    if supporting:
        said.append(_("配合：%(names)s") % {"names": "、".join(supporting)})
    return "；".join(said)


def write(unit: AssessedUnit, part: str, division: Division) -> None:
    """Put one part's division in the place of what stood there."""
    unit.duties.filter(part=part).delete()
    kinds = [(division.lead, Duty.Kind.LEAD)]
    kinds += [(key, Duty.Kind.SUPPORTING) for key in division.supporting]
    Duty.objects.bulk_create(
        Duty(assessed=unit, cycle=unit.cycle, part=part, department_id=key, kind=kind)
        for key, kind in kinds
        if key is not None
    )


@action("duties.prefilled", right="cycles.set_up")
def prefill(
    cycle: Cycle, /, *, by: Actor, at: dt.datetime, reason: str = ""
) -> dict[str, list[str]]:
    """Give every part that has no leading department the ones its printed names mean.

    Of several printed names the first leads (排在首位的牵头). Names that no department goes by
    are left for a person. Returns the parts that were filled, by unit.
    """
    year = year_to_change(by, cycle, reason)
    filled = prefill_units(locked_units(year), rubric_of(year))
    trail.record("duties.prefilled", year, by=by, at=at, reason=reason, details=filled)
    return filled


def locked_units(year: Cycle) -> QuerySet[AssessedUnit]:
    """The units of a year, locked, so that nobody divides one of them meanwhile."""
    return year.units.select_related("unit", "cycle").select_for_update(of=("self",))


def prefill_units(units: Iterable[AssessedUnit], rubric: Rubric) -> dict[str, list[str]]:
    """Prefill the duties of some units; the parts that were filled, by the unit's name."""
    filled: dict[str, list[str]] = {}
    for unit in units:
        bodies = Bodies.of(rubric, unit.unit.departments.all())
        standing = divisions(unit)
        for part in filed_parts(rubric):
            stood = standing.get(part.id, Division())
            if stood.lead is None and part.applies(unit.type):
                division = by_print(part, bodies, stood)
                if division != stood:
                    write(unit, part.id, division)
                    filled.setdefault(str(unit), []).append(part.id)
    return filled


def by_print(part: Part, bodies: Bodies[Department], stood: Division) -> Division:
    """The division that a part's printed names mean, beside whoever supports it already."""
    first = bodies.match(part.lead[0]) if part.lead else None
    others = [bodies.match(name) for name in (*part.lead[1:], *part.supporting)]
    keys = {body.pk for body in others if body is not None} | set(stood.supporting)
    lead = first.pk if first is not None else None
    return Division(lead, tuple(sorted(keys - {lead})))


@action("duties.resolved", right="cycles.divide")
def resolve(
    assessed: AssessedUnit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    printed: str,
    department: int,
    reason: str = "",
) -> list[str]:
    """Say which department of a unit a printed name means (a group's named one, for instance).

    It leads where the name stands first and nobody leads yet, and supports where it stands later.
    Returns the parts that it now answers for.

    :raises Invalid: for another unit's department, or a name that stands nowhere.
    """
    unit = locked(visible_units(by, assessed.cycle), assessed.pk)
    require_dividable(unit, by=by, at=at)
    meant = Department.objects.filter(unit=unit.unit_id, pk=department).first()
    if meant is None:
        raise Invalid([_("所选部门不属于本单位；请从列表中选择")])
    standing = divisions(unit)
    written = []
    for part in filed_parts(rubric_of(unit.cycle)):
        stood = standing.get(part.id, Division())
        division = resolved(part, folded(printed), meant.pk, stood)
        if division != stood and part.applies(unit.type):
            write(unit, part.id, division)
            written.append(part.id)
    if not written:
        raise Invalid(
            [_("没有条目在等“%(name)s”；可能已经指定过，请刷新页面核对") % {"name": printed}]
        )
    details = {"unit": str(unit), "printed": printed, "department": str(meant), "parts": written}
    trail.record("duties.resolved", unit, by=by, at=at, reason=reason, details=details)
    return written


def resolved(part: Part, printed: str, department: int, stood: Division) -> Division:
    """A part's division once it is known whom a printed name means."""
    if part.lead and folded(part.lead[0]) == printed and stood.lead is None:
        supporting = tuple(key for key in stood.supporting if key != department)
        return Division(department, supporting)
    later = {folded(name) for name in (*part.lead[1:], *part.supporting)}
    if printed in later and department not in (stood.lead, *stood.supporting):
        return Division(stood.lead, tuple(sorted((*stood.supporting, department))))
    return stood
