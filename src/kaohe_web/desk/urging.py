"""Urging (催办): the office presses units and departments, a unit's office its departments."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_running
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles, visible_units
from kaohe_web.errors import Invalid, NotThere
from kaohe_web.jobs.models import Notice, Urge
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department, Post, Role, Unit

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Urged:
    """What came of urging: who was told, and who could not be for want of a person."""

    told: int
    nobody: tuple[str, ...]


@action("urge.sent", right="urge.send")
def urge(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    text: str,
    units: Collection[int] = (),
    departments: Collection[int] = (),
) -> Urged:
    """Press units' offices and departments to do what is due; each of their people is told.

    :raises NotThere: if one of them is not in the year, or not the actor's to urge.
    :raises Invalid: if nobody is chosen, or nothing is said.
    """
    year = locked(visible_cycles(by), cycle.pk)
    require_running(year)
    said = text.strip()
    check(said, units, departments)
    bodies = [*urged_units(by, year, units), *urged_departments(by, year, departments)]
    told, nobody = 0, []
    for unit, department in bodies:
        row = Urge.objects.create(
            cycle=year.pk,
            unit=unit,
            department=department,
            from_unit=by.role == Role.UNIT_OFFICE,
            text=said,
            by=f"{by.name}（{by.title}）",
            at=at,
        )
        count = tell(row, year, at)
        told += count
        if not count:
            nobody.append(str(row))
    names = [str(department or unit) for unit, department in bodies]
    trail.record("urge.sent", year, by=by, at=at, reason=said, details={"to": names, "told": told})
    return Urged(told, tuple(nobody))


def check(text: str, units: Collection[int], departments: Collection[int]) -> None:
    """:raises Invalid: if nobody is chosen, or nothing or too much is said."""
    problems = []
    if not units and not departments:
        problems.append(_("请至少选择一个要催办的单位或部门"))
    if not text:
        problems.append(_("请写明催办内容"))
    if len(text) > LONGEST:
        problems.append(_("催办内容不超过 %(most)s 字") % {"most": LONGEST})
    if problems:
        raise Invalid(problems)


def urged_units(
    by: Actor, cycle: Cycle, chosen: Collection[int]
) -> list[tuple[Unit, Department | None]]:
    """The units of the year whose offices are urged: only the assessment office does that.

    :raises NotThere: if one is not in the year.
    """
    if not chosen:
        return []
    if by.role != Role.OFFICE:
        raise NotThere(_("没有这个单位，或者不由您催办；请从页面上选择"))
    found = [each.unit for each in visible_units(by, cycle).filter(unit__in=chosen)]
    if len(found) != len(set(chosen)):
        raise NotThere(_("没有这个单位，或者不由您催办；请从页面上选择"))
    return [(unit, None) for unit in found]


def urged_departments(
    by: Actor, cycle: Cycle, chosen: Collection[int]
) -> list[tuple[Unit, Department | None]]:
    """The departments that are urged: of the year's units, or of the actor's own.

    :raises NotThere: if one is not.
    """
    if not chosen:
        return []
    units = visible_units(by, cycle).values("unit")
    found = Department.objects.filter(pk__in=chosen, unit__in=units).select_related("unit")
    if len(found) != len(set(chosen)):
        raise NotThere(_("没有这个部门，或者不由您催办；请从页面上选择"))
    return [(department.unit, department) for department in found]


def tell(row: Urge, cycle: Cycle, at: dt.datetime) -> int:
    """Tell everybody who works for the body that is urged; how many."""
    with translation.override(settings.LANGUAGE_CODE):
        title = _("催办：%(cycle)s") % {"cycle": cycle.name}
    return notify(
        people_of(row, at),
        kind=Notice.Kind.URGE,
        title=title,
        text=f"{row.text}\n—— {row.by}",
        link=reverse("home"),
        at=at,
        key=f"urge:{row.pk}",
        urge=row,
    )


def people_of(row: Urge, at: dt.datetime) -> list[Post]:
    """The posts of the body that is urged."""
    if row.department_id is not None:
        return posts_of(Role.LIAISON, at, department_id=row.department_id)
    return posts_of(Role.UNIT_OFFICE, at, unit_id=row.unit_id)
