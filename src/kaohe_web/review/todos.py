"""What review asks of a person now (待办): marks to give, parts without assessor, disagreements."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.clock import starts
from kaohe_web.cycles.calendar import window
from kaohe_web.cycles.models import Cycle, StageKind
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.jobs.todo import Todo
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.review.queue import lines_of, markable
from kaohe_web.review.standing import items, tally

SOON = 3
"""So many days before a due day it is urgent."""

AHEAD = dt.timedelta(days=14)
"""So long before judging begins the office is told of parts without assessor."""


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """What the person must do in every running year."""
    asks = {Role.ASSESSOR: of_assessor, Role.OFFICE: of_office}
    if by.role is None or by.role not in asks:
        return []
    running = visible_cycles(by).filter(state=Cycle.State.OPEN)
    return [todo for cycle in running for todo in asks[by.role](by, cycle, at)]


def of_assessor(by: Actor, cycle: Cycle, at: dt.datetime) -> Iterator[Todo]:
    """The marks that can be given now, and those to be looked at again."""
    stage = window(cycle, StageKind.REVIEW)
    if stage is None or at < starts(stage.stage.first_day):
        return
    link = reverse("queue", kwargs={"cycle_id": cycle.pk})
    urgent = stage.days_left(at) <= SOON
    lines = lines_of(by, cycle)
    waiting = markable(lines)
    if waiting:
        yield Todo(_("评审打分"), len(waiting), link, stage.last_day, cycle.name, urgent=urgent)
    stale = [line for line in lines if line.state == "stale"]
    if stale:
        title = _("评分后又重新提交，请复看")
        yield Todo(
            title, len(stale), f"{link}?state=stale", stage.last_day, cycle.name, urgent=urgent
        )


def of_office(by: Actor, cycle: Cycle, at: dt.datetime) -> Iterator[Todo]:
    """Marks without an assessor once judging is near, and disagreements."""
    stage = window(cycle, StageKind.REVIEW)
    if stage is None or at < starts(stage.stage.first_day) - AHEAD:
        return
    sums = tally(items(by, cycle))
    here = {"cycle_id": cycle.pk}
    urgent = stage.days_left(at) <= SOON
    if sums.lacking:
        link = reverse("assignments", kwargs=here) + "?state=missing"
        yield Todo(_("缺评审员"), sums.lacking, link, stage.last_day, cycle.name, urgent=urgent)
    if sums.apart:
        yield Todo(
            _("评分分歧"),
            sums.apart,
            reverse("disagreements", kwargs=here),
            stage.last_day,
            cycle.name,
            urgent=True,
        )
