"""What papers ask of a person (待办): sealed sheets and the report, once the filing is signed."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles, visible_units
from kaohe_web.filing.models import SignOff
from kaohe_web.filing.papers import why_closed, window_of
from kaohe_web.filing.papers_queries import shelves
from kaohe_web.filing.windows import Windows
from kaohe_web.jobs.todo import Todo
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

SOON = 3
"""So many days before a due day it is urgent."""


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """The papers that a department, or a unit's office, still has to hand in."""
    if by.role not in (Role.LIAISON, Role.UNIT_OFFICE):
        return []
    running = visible_cycles(by).filter(state=Cycle.State.OPEN)
    return [todo for cycle in running for todo in of_year(by, cycle, at)]


def of_year(by: Actor, cycle: Cycle, at: dt.datetime) -> list[Todo]:
    """The same in one year; before the signature the figures still move, and nothing is asked."""
    unit = visible_units(by, cycle).first()
    if unit is None or not SignOff.objects.filter(assessed=unit).exists():
        return []
    own = by.department_id
    wanting = [
        kind
        for shelf in shelves(by, cycle, [unit])
        if (shelf.department.pk if shelf.department else None) == own
        for kind in shelf.missing
    ]
    windows = Windows(cycle)
    asked = [kind for kind in wanting if not why_closed(unit, kind, windows, at)]
    if not asked:
        return []
    found = [window for kind in asked if (window := window_of(unit, kind, windows))]
    due = min(window.last_day for window in found)
    link = reverse("papers", kwargs={"cycle_id": cycle.pk})
    urgent = (due - day_of(at)).days <= SOON
    return [Todo(_("上传盖章件和自评报告"), len(asked), link, due, cycle.name, urgent=urgent)]
