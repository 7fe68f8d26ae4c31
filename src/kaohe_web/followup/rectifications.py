"""Rectification (整改): ordered from lost points, planned, reported, checked, closed (销号)."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from kaohe.quantity import write_number
from kaohe_web.clock import day_of
from kaohe_web.cycles.calendar import require_running
from kaohe_web.cycles.models import Duty
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.filing.stored_files import Kept
from kaohe_web.followup import queries
from kaohe_web.followup.models import Rectification, Step
from kaohe_web.followup.steps import Way, moved, note, save, tell
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post, Role
from kaohe_web.results.losses import losses_of
from kaohe_web.results.models import UnitResult
from kaohe_web.results.queries import PUBLIC, unit_results

State, What, NEWS = Rectification.State, Step.What, Notice.Kind.NEWS
WAYS: dict[str, Way] = {
    "plan": ((State.ORDERED, State.PLANNED), State.PLANNED),
    "report": ((State.PLANNED,), State.REPORTED),
    "send_back": ((State.REPORTED,), State.PLANNED),
    "close": ((State.REPORTED,), State.CLOSED),
}


@action("rectification.ordered", right="rectification.order")
def order(
    result: UnitResult,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    part: str,
    demand: str,
    due_on: dt.date,
    papers: Iterable[Kept] = (),
) -> Rectification:
    """Order a unit to mend what cost it points in one part of its announced result (下达整改).

    The same order sent twice is one: the second gets the first one's answer.
    """
    row = locked(unit_results(by), result.pk)
    require_running(row.run.cycle)
    before = Rectification.objects.filter(assessed=row.assessed_id, part=part).first()
    if before is not None:
        if (before.demand, before.due_on, before.state) == (demand, due_on, State.ORDERED):
            return before
        raise WrongState(_("这个条目已经下达过整改"))
    if row.run.state not in PUBLIC:
        raise WrongState(_("要对现行结果下达整改：先公示结果；已被取代的，请打开现行的成绩单"))
    lost = losses_of(row).get(part)
    if lost is None:
        raise Invalid([_("这个条目没有失分，或得分还未定，不用整改")])
    check_due(due_on, at)
    made = Rectification.objects.create(
        cycle_id=row.cycle_id,
        result=row,
        assessed=row.assessed,
        part=part,
        lost=lost,
        demand=demand,
        due_on=due_on,
        ordered_at=at,
    )
    details = {"part": part, "lost": write_number(lost), "due_on": due_on.isoformat()}
    note(made, What.MEND_ORDERED, by=by, at=at, text=demand, papers=papers, details=details)
    title = _("请制定整改方案：%(what)s") % {"what": made}
    tell(made, below(made, at), title, at=at, text=demand)
    return made


@action("rectification.planned", right="rectification.report")
def plan(
    rectification: Rectification,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    text: str,
    papers: Iterable[Kept] = (),
) -> Rectification:
    """The unit's plan (整改方案); it may be changed until the work is reported."""
    row = moved(queries.rectifications(by), rectification, WAYS["plan"], version=version)
    row.plan = text
    save(row, "plan")
    note(row, What.MEND_PLANNED, by=by, at=at, text=text, papers=papers)
    title = _("整改方案已报：%(what)s") % {"what": row}
    tell(row, posts_of(Role.OFFICE, at), title, at=at, text=text, kind=NEWS)
    return row


@action("rectification.reported", right="rectification.report")
def report(
    rectification: Rectification,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    text: str,
    papers: Iterable[Kept] = (),
) -> Rectification:
    """Report what was done, with evidence (整改情况); late is allowed, and shows."""
    row = moved(queries.rectifications(by), rectification, WAYS["report"], version=version)
    row.reported_at = at
    save(row, "reported_at")
    details = {"late": is_late(row, at)}
    note(row, What.MEND_REPORTED, by=by, at=at, text=text, papers=papers, details=details)
    title = _("整改已报告，请检查：%(what)s") % {"what": row}
    tell(row, posts_of(Role.OFFICE, at), title, at=at, text=text)
    return row


@action("rectification.returned", right="rectification.order")
def send_back(
    rectification: Rectification,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    reason: str,
    due_on: dt.date,
    papers: Iterable[Kept] = (),
) -> Rectification:
    """Not accepted: back to the unit with the reason and a new last day (退回整改)."""
    row = moved(queries.rectifications(by), rectification, WAYS["send_back"], version=version)
    check_due(due_on, at)
    row.due_on, row.reported_at = due_on, None
    save(row, "due_on", "reported_at")
    details = {"due_on": due_on.isoformat()}
    note(row, What.MEND_RETURNED, by=by, at=at, text=reason, papers=papers, details=details)
    title = _("整改未通过检查：%(what)s") % {"what": row}
    tell(row, below(row, at), title, at=at, text=reason)
    return row


@action("rectification.closed", right="rectification.order")
def close(
    rectification: Rectification,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    text: str,
    papers: Iterable[Kept] = (),
) -> Rectification:
    """Checked and found mended (销号)."""
    row = moved(queries.rectifications(by), rectification, WAYS["close"], version=version)
    row.closed_at = at
    save(row, "closed_at")
    note(row, What.MEND_CLOSED, by=by, at=at, text=text, papers=papers)
    title = _("整改已销号：%(what)s") % {"what": row}
    tell(row, below(row, at), title, at=at, text=text, kind=NEWS)
    return row


def is_late(row: Rectification, at: dt.datetime) -> bool:
    """Whether it was reported after its last day, or was not reported when that had passed."""
    return day_of(row.reported_at or at) > row.due_on


def check_due(due_on: dt.date, at: dt.datetime) -> None:
    """:raises Invalid: unless there is at least a day left to mend something."""
    if due_on <= day_of(at):
        raise Invalid([_("整改期限要晚于今天")])


def below(row: Rectification, at: dt.datetime) -> list[Post]:
    """Who must mend it: the unit's office and the department that leads the part."""
    posts = posts_of(Role.UNIT_OFFICE, at, unit_id=row.assessed.unit_id)
    led = Duty.objects.filter(assessed=row.assessed_id, part=row.part, kind=Duty.Kind.LEAD).first()
    if led is not None:
        posts += posts_of(Role.LIAISON, at, department_id=led.department_id)
    return posts
