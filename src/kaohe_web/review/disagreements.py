"""A disagreement of two marks: the office calls a third, who does not see the two."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_open
from kaohe_web.cycles.models import AssessedUnit, StageKind
from kaohe_web.errors import NotThere, WrongState
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post
from kaohe_web.review import queries, tell
from kaohe_web.review.assignments import require_assessors
from kaohe_web.review.chance import order_of
from kaohe_web.review.conflicts import Conflicts
from kaohe_web.review.judgements import lock_marks
from kaohe_web.review.models import Assignment
from kaohe_web.review.standing import Item, item
from kaohe_web.review.verdicts import THIRD


@action("third_mark.called", right="review.assign")
def call_third(
    assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime, part: str, assessor: Post
) -> Assignment:
    """Ask somebody else for a third mark, which decides with the nearer of the two."""
    found = apart(assessed, part, by=by, at=at)
    require_assessors([assessor], at)
    if found.third is not None and found.third.assessor_id == assessor.pk:
        return found.third
    if found.third is not None:
        raise WrongState(_("已经请过第三人评分；仍有分歧的，请组织会商"))
    if found.conference is not None:
        raise WrongState(_("已经召集会商；要请第三人评分，请先取消会商"))
    if assessor.pk in {row.assessor_id for row in found.assignments}:
        raise WrongState(_("第三人应是前两人以外的评审员；请另选一人"))
    Conflicts(found.assessed.cycle, [assessor]).require_none(assessor, found.assessed)
    row = Assignment.objects.create(
        cycle=found.assessed.cycle,
        assessed=found.assessed,
        part=part,
        assessor=assessor,
        turn=THIRD,
        order=order_of(found.assessed.cycle.name, str(assessor.pk), found.assessed.unit.code, part),
    )
    details = {"assessor": assessor.user.login}
    trail.record("third_mark.called", row, by=by, at=at, details=details)
    tell.assigned(row.cycle, {assessor: 1}, at=at)
    return row


def apart(assessed: AssessedUnit, part: str, *, by: Actor, at: dt.datetime) -> Item:
    """A part whose marks disagree, locked.

    :raises WrongState: if they do not, or no longer.
    """
    lock_marks(assessed, part)
    unit = locked(queries.units_to_review(by, assessed.cycle), assessed.pk)
    require_open(unit.cycle, StageKind.REVIEW, at=at, assessed=unit)
    found = item(by, unit, part)
    if found is None:
        raise NotThere(_("没有这一项，或者您不能办理它；请返回列表查看"))
    if not found.is_apart:
        raise WrongState(_("这一条现在没有分歧，不用第三人评分或会商；请刷新页面"))
    return found
