"""What filing asks of a person now (待办): parts to file, check and submit, values to provide."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles, visible_units
from kaohe_web.filing import provided
from kaohe_web.filing.board import department_lines, progress
from kaohe_web.filing.models import Submission
from kaohe_web.filing.windows import Windows
from kaohe_web.jobs.todo import Todo
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

SOON = 3
"""So many days before a due day it is urgent."""

State = Submission.State


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """What the person must do in every running year."""
    asks = {
        Role.LIAISON: of_liaison,
        Role.UNIT_OFFICE: of_unit_office,
        Role.PROVIDER: of_provider,
    }
    if by.role is None or by.role not in asks:
        return []
    running = visible_cycles(by).filter(state=Cycle.State.OPEN)
    return [todo for cycle in running for todo in asks[by.role](by, cycle, at)]


def of_liaison(by: Actor, cycle: Cycle, at: dt.datetime) -> list[Todo]:
    """Parts that were returned, and parts that are not handed in yet."""
    unit = visible_units(by, cycle).first()
    if unit is None or not begun(cycle, at):
        return []
    lines = department_lines(by, cycle, unit, at, scores=False)
    waiting = [line for line in lines if line.leads and line.with_department]
    link = reverse("filing", kwargs={"cycle_id": cycle.pk})
    found = []
    for title, returned in ((_("补报退回的条目"), True), (_("填报条目并报审"), False)):
        here = [line for line in waiting if (line.state == State.RETURNED) is returned]
        if here:
            due = min((line.due for line in here if line.due), default=None)
            query = "?state=returned" if returned else "?state=open"
            late = due is not None and (due - day_of(at)).days <= SOON
            found.append(
                Todo(title, len(here), link + query, due, cycle.name, urgent=returned or late)
            )
    return found


def of_unit_office(by: Actor, cycle: Cycle, at: dt.datetime) -> list[Todo]:
    """Parts to check, and a filing to sign or to submit again."""
    unit = visible_units(by, cycle).first()
    if unit is None or not begun(cycle, at):
        return []
    [here] = progress(by, cycle, [unit])
    window = Windows(cycle).of_unit(unit)
    due = window.last_day if window else None
    urgent = due is not None and (due - day_of(at)).days <= SOON
    link = reverse("filing_board", kwargs={"cycle_id": cycle.pk})
    to_check = here.by_state.get(State.HANDED_IN, 0)
    checked = here.by_state.get(State.CHECKED, 0)
    found = []
    if to_check:
        title = _("审核部门报审的条目")
        found.append(
            Todo(title, to_check, f"{link}?state=handed_in", due, cycle.name, urgent=urgent)
        )
    if here.signed is None and here.asked:
        title = _("审核齐全后签署提交")
        found.append(Todo(title, here.asked - checked, link, due, cycle.name, urgent=urgent))
    if here.signed is not None and checked:
        found.append(Todo(_("重新提交补报的条目"), checked, link, None, cycle.name, urgent=True))
    return found


def of_provider(by: Actor, cycle: Cycle, at: dt.datetime) -> list[Todo]:
    """Values that are not entered yet."""
    if not begun(cycle, at):
        return []
    grid = provided.grid(by, cycle)
    missing = sum(column.missing for column in grid.columns)
    if not missing:
        return []
    due = max((row.window.last_day for row in grid.rows if row.window), default=None)
    urgent = due is not None and (due - day_of(at)).days <= SOON
    link = reverse("provider_grid", kwargs={"cycle_id": cycle.pk})
    return [Todo(_("填报各单位的指标数值"), missing, link, due, cycle.name, urgent=urgent)]


def begun(cycle: Cycle, at: dt.datetime) -> bool:
    """Whether filing has begun."""
    stage = Windows(cycle).stages.get("filing")
    return stage is not None and stage.first_day <= day_of(at)
