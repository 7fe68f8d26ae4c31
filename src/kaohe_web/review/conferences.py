"""A conference (会商) over marks too far apart: called, held with minutes, or called off."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import write_number
from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_open
from kaohe_web.cycles.models import AssessedUnit, StageKind
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.rights import may
from kaohe_web.review import queries, tell
from kaohe_web.review.assignments import require_reason
from kaohe_web.review.awaiting import clause_of, require_awardable
from kaohe_web.review.disagreements import apart
from kaohe_web.review.judgements import judgement_of, lock_marks, put
from kaohe_web.review.models import Assignment, Conference, Judgement


@action("conference.called", right="review.assign")
def call(assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime, part: str) -> Conference:
    """Call a conference over a part whose marks disagree; called twice, it is the same one."""
    found = apart(assessed, part, by=by, at=at)
    if found.conference is not None:
        return found.conference
    if found.third is not None and found.third.state == Assignment.State.OPEN:
        raise WrongState(_("已经请第三人评分，还没有评；要改为会商，请先撤下第三人的任务"))
    conference = Conference.objects.create(
        assessed=found.assessed,
        cycle=found.assessed.cycle,
        part=part,
        called_by=f"{by.name}（{by.title}）"[:200],
        called_at=at,
    )
    trail.record("conference.called", conference, by=by, at=at)
    assessors = [row.assessor for row in found.assignments]
    tell.conference_called(conference, found.clause, assessors, at=at)
    return conference


@action("conference.held", right="review.assign")
def hold(
    conference: Conference,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    attendees: str,
    minutes: str,
    score: Decimal,
    reason: str,
) -> Conference:
    """Record a conference: who took part, what was said, what it decided; it decides the part."""
    row = called(conference, by=by, version=version)
    require_open(row.cycle, StageKind.REVIEW, at=at, assessed=row.assessed)
    clause = clause_of(row.assessed, row.part)
    lacking = {_("参加人"): attendees, _("纪要"): minutes, _("决定理由"): reason}
    problems = [
        _("请写明%(what)s") % {"what": what} for what, text in lacking.items() if not text.strip()
    ]
    if problems:
        raise Invalid(problems)
    if judgement_of(row.assessed, row.part) is not None:
        raise WrongState(_("这一条已经评定，不用会商；请取消会商"))
    require_awardable(row.assessed, clause, score)
    row.attendees, row.minutes = attendees.strip(), minutes.strip()
    row.score, row.reason, row.held_at = score, reason.strip(), at
    row.version += 1
    row.save()
    said = put(
        row.assessed,
        clause,
        score=score,
        reason=row.reason,
        how=Judgement.How.CONFERENCE,
        by=_("会商：%(attendees)s") % {"attendees": "、".join(row.attendees.split("\n"))},
        at=at,
    )
    details = {"score": write_number(score), "attendees": row.attendees, **said}
    trail.record("conference.held", row, by=by, at=at, reason=row.reason, details=details)
    return row


@action("conference.called_off", right="review.assign")
def call_off(
    conference: Conference, /, *, by: Actor, at: dt.datetime, version: int, reason: str
) -> None:
    """Call a conference off before it is held."""
    row = called(conference, by=by, version=version)
    require_open(row.cycle, StageKind.REVIEW, at=at, assessed=row.assessed)
    require_reason(reason)
    named = trail.named(row)
    row.delete()
    trail.record("conference.called_off", named, by=by, at=at, reason=reason)


def called(conference: Conference, *, by: Actor, version: int) -> Conference:
    """A conference that is not held yet, locked, for whoever may hold it."""
    lock_marks(conference.assessed, conference.part)
    visible = queries.conferences(by, conference.cycle)
    row = locked(
        visible if may(by, "review.assign") else visible.none(), conference.pk, version=version
    )
    if row.held_at is not None:
        raise WrongState(_("会商已经记录，不能再改；有异议的，按申诉办理"))
    return row
