"""What the set-up of a year leaves for each person to do (待办)."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.calendar import window
from kaohe_web.cycles.duties import divisions
from kaohe_web.cycles.models import Cycle, StageKind, Target
from kaohe_web.cycles.queries import rubric_of, visible_cycles, visible_units
from kaohe_web.cycles.readings import register
from kaohe_web.cycles.targets import lines
from kaohe_web.cycles.waiting import without_lead
from kaohe_web.jobs.todo import Todo
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

SOON = 3
"""Days before a last day from which a thing is urgent."""


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """What the office has to set up, decide and confirm; what a unit's office has to file."""
    match by.role:
        case Role.OFFICE:
            return [
                todo
                for year in visible_cycles(by).exclude(state=Cycle.State.ARCHIVED)
                for todo in of_office(year)
            ]
        case Role.UNIT_OFFICE:
            return [
                todo
                for year in visible_cycles(by).filter(state=Cycle.State.OPEN)
                for todo in of_unit(by, year, at)
            ]
        case _:
            return []


def of_office(year: Cycle) -> Iterator[Todo]:
    """What the assessment office has to do in a year."""
    here = {"cycle_id": year.pk}
    if year.state == Cycle.State.SETUP:
        yield Todo(_("完成设置并启动考核年度"), 1, reverse("cycle", kwargs=here), detail=str(year))
    undecided = sum(standing.state == "undecided" for standing in register(year))
    if undecided:
        yield Todo(_("口径待定"), undecided, reverse("readings", kwargs=here), detail=str(year))
    filed = year.targets.filter(state=Target.State.FILED).count()
    if filed:
        yield Todo(_("目标待确认"), filed, reverse("targets", kwargs=here), detail=str(year))


def of_unit(by: Actor, year: Cycle, at: dt.datetime) -> Iterator[Todo]:
    """What a unit's office has to do in a year."""
    rubric = rubric_of(year)
    for unit, targets in lines(by, year).items():
        here = {"cycle_id": year.pk, "assessed_id": unit.pk}
        left = [line for line in targets if line.open_to_unit]
        stage = window(year, StageKind.TARGETS, unit)
        if left and stage is not None and stage.open_at(at):
            returned = sum(line.state == Target.State.RETURNED for line in left)
            yield Todo(
                _("目标被退回，待重新报备") if returned else _("目标待报备"),
                len(left),
                reverse("targets_file", kwargs=here),
                due=stage.last_day,
                detail=str(year),
                urgent=bool(returned) or stage.days_left(at) < SOON,
            )
    for unit in visible_units(by, year):
        open_parts = len(without_lead(unit, rubric, divisions(unit)))
        if open_parts:
            here = {"cycle_id": year.pk, "assessed_id": unit.pk}
            yield Todo(
                _("条目待指定牵头部门"),
                open_parts,
                reverse("duties_unit", kwargs=here),
                detail=str(year),
                urgent=True,
            )
