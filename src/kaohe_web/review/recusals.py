"""Recusal (回避): by the assessor's own word, or the office's; open marks are assigned again."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_running
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import WrongState
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post
from kaohe_web.review import queries, tell
from kaohe_web.review.assignments import open_year, require_assessors, require_reason
from kaohe_web.review.models import Assignment, Recusal


@action("recusal.declared", right="review.recuse")
def declare(assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime, reason: str) -> Recusal:
    """Keep oneself from judging a unit that one was to judge."""
    rows = queries.units_to_recuse_from(by, assessed.cycle).order_by()
    unit = locked(AssessedUnit.objects.filter(pk__in=rows.values("pk")), assessed.pk)
    require_running(unit.cycle)
    require_reason(reason)
    assert by.post is not None, "an assessor holds a post"  # noqa: S101 -- the query asked
    recusal, back = write(unit, by.post, by=by, at=at, reason=reason)
    details = {"assessor": by.login, "back": str(back)}
    trail.record("recusal.declared", recusal, by=by, at=at, reason=reason, details=details)
    tell.recused(recusal, at=at, back=back)
    return recusal


@action("recusal.imposed", right="review.assign")
def impose(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    assessor: Post,
    assessed: AssessedUnit,
    reason: str,
) -> Recusal:
    """Keep an assessor from judging a unit, whether or not it was given to them already."""
    year = open_year(cycle, by)
    unit = locked(visible_units(by, year), assessed.pk)
    require_assessors([assessor], at)
    require_reason(reason)
    if Recusal.objects.filter(assessor=assessor, assessed=unit).exists():
        raise WrongState(
            _("%(name)s对%(unit)s已经回避，不必重复")
            % {"name": assessor.user.name, "unit": unit.unit.name}
        )
    recusal, back = write(unit, assessor, by=by, at=at, reason=reason)
    details = {"assessor": assessor.user.login, "back": str(back)}
    trail.record("recusal.imposed", recusal, by=by, at=at, reason=reason, details=details)
    tell.told_recused(recusal, at=at)
    return recusal


def write(
    unit: AssessedUnit, assessor: Post, *, by: Actor, at: dt.datetime, reason: str
) -> tuple[Recusal, int]:
    """Write a recusal and take back the open marks; given ones stay, and are shown as such."""
    recusal = Recusal.objects.create(
        cycle=unit.cycle,
        assessor=assessor,
        assessed=unit,
        reason=reason.strip(),
        by=f"{by.name}（{by.title}）"[:200],
        at=at,
    )
    open_ones = Assignment.objects.filter(
        assessed=unit, assessor=assessor, state=Assignment.State.OPEN
    )
    back, _details = open_ones.delete()
    return recusal, back
