"""Recorded exceptions (例外): a stage kept open or opened again, for one unit or for all."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of, starts
from kaohe_web.cycles.calendar import require_running, window
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageException, StageKind
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post, Role


@action("exception.granted", right="cycles.exceptions")
def grant(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    kind: StageKind,
    unit: AssessedUnit | None,
    last_day: dt.date,
    reason: str,
) -> StageException:
    """Let a stage last longer, to a day that is held, for one unit or (``None``) for all.

    :raises WrongState: if the year is not open, or the stage is not held or has not begun.
    :raises Invalid: without a reason, or for a day that has passed or grants nothing.
    """
    year = locked(visible_cycles(by), cycle.pk)
    require_running(year)
    found = window(year, kind, unit)
    if found is None:
        raise WrongState(_("本年度没有安排“%(stage)s”环节") % {"stage": kind.label})
    if at < starts(found.stage.first_day):
        raise WrongState(
            _("“%(stage)s”环节 %(day)s 才开始，不需要例外；要改日期请到日程")
            % {"stage": kind.label, "day": found.stage.first_day}
        )
    problems = []
    if not reason.strip():
        problems.append(_("请写明批准例外的理由"))
    if unit is not None and unit.cycle_id != year.pk:
        problems.append(_("所选单位不在本考核年度；请从列表中选择"))
    if last_day < day_of(at):
        problems.append(_("延至的日期 %(day)s 已经过去；请另选一天") % {"day": last_day})
    if last_day <= found.last_day:
        problems.append(
            _("“%(stage)s”本来就到 %(day)s 24 时；延至的日期应在它之后")
            % {"stage": kind.label, "day": found.last_day}
        )
    if problems:
        raise Invalid(problems)
    exception = StageException.objects.create(
        stage=found.stage,
        cycle=year,
        unit=unit.unit if unit is not None else None,
        last_day=last_day,
        reason=reason,
        by=by.name,
        at=at,
    )
    details = {
        "stage": kind.value,
        "unit": str(unit or ""),
        "last_day": [str(found.last_day), str(last_day)],
    }
    trail.record("exception.granted", exception, by=by, at=at, reason=reason, details=details)
    notify(
        concerned(year, unit, at),
        kind=Notice.Kind.NEWS,
        title=_("“%(stage)s”延至 %(day)s 24 时") % {"stage": kind.label, "day": last_day},
        text=reason,
        at=at,
        key=f"exception:{exception.pk}",
        link=reverse("calendar", kwargs={"cycle_id": year.pk}),
    )
    return exception


def concerned(cycle: Cycle, unit: AssessedUnit | None, at: dt.datetime) -> list[Post]:
    """The posts of the unit offices and liaisons that a stage of a unit, or of all, concerns."""
    units = [unit] if unit is not None else list(cycle.units.all())
    return [
        post
        for of in units
        for role in (Role.UNIT_OFFICE, Role.LIAISON)
        for post in posts_of(role, at, unit_id=of.unit_id)
    ]


@action("exception.withdrawn", right="cycles.exceptions")
def withdraw(
    exception: StageException, /, *, by: Actor, at: dt.datetime, reason: str
) -> StageException:
    """Withdraw an exception; it stays on record, and the stage ends on the day it ended before.

    :raises WrongState: if it was withdrawn before, or the year is archived.
    :raises Invalid: without a reason.
    """
    year = locked(visible_cycles(by), exception.cycle_id)
    require_running(year)
    row = locked(StageException.objects.filter(cycle=year), exception.pk)
    if row.withdrawn_at is not None:
        raise WrongState(_("这个例外已经撤销"))
    if not reason.strip():
        raise Invalid([_("请写明撤销例外的理由")])
    row.withdrawn_at, row.withdrawn_why = at, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])
    details = {"last_day": str(row.last_day), "unit": str(row.unit or "")}
    trail.record("exception.withdrawn", row, by=by, at=at, reason=reason, details=details)
    return row
