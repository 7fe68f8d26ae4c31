"""Giving a mark, and changing it: by its assessor alone, on what is filed, with a reason."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import write_number
from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_open
from kaohe_web.cycles.models import StageKind
from kaohe_web.errors import Conflict, Difference, Invalid, WrongState
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.models import Submission
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.review import queries, tell
from kaohe_web.review.awaiting import clause_of, require_awardable
from kaohe_web.review.conflicts import Conflicts
from kaohe_web.review.judgements import OF_MARKS, How, lock_marks, settle
from kaohe_web.review.models import Assignment, Judgement
from kaohe_web.review.verdicts import INDEPENDENT, THIRD, Kind

State = Assignment.State

REVIEWABLE = (Submission.State.SUBMITTED, Submission.State.MISSING)
"""The states in which a part that units file may be judged."""


@action("mark.given", right="review.mark")
def give(
    assignment: Assignment,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    filed_version: int,
    score: Decimal,
    reason: str,
) -> Assignment:
    """Give the mark of an assignment; ``filed_version`` is the version of the filing that was seen.

    The same press twice gets the first one's answer.

    :raises WrongState: if the part is not submitted, awaits no points, or its stage is closed.
    :raises Conflict: if the mark or the filing changed since it was seen.
    """
    row = own(assignment, by=by, at=at)
    if is_same(row, filed_version, score, reason):
        return row
    require_seen(row, version, score, reason)
    if row.state == State.GIVEN:
        raise WrongState(_("这一条您已经评过；要修改，请在“修改评分”里写明修改理由"))
    return write(row, filed_version, score, reason, by=by, at=at, why="")


@action("mark.changed", right="review.mark")
def change(
    assignment: Assignment,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    filed_version: int,
    score: Decimal,
    reason: str,
    why: str,
) -> Assignment:
    """Change a mark that was given, or confirm it on what was filed since; ``why`` says why.

    A change never takes back what was announced, nor what stands over the marks; and two assessors
    who disagreed do not come to agree by changing what they gave.

    :raises WrongState: if it would.
    :raises Conflict: if the mark or the filing changed since it was seen.
    """
    row = own(assignment, by=by, at=at)
    if is_same(row, filed_version, score, reason):
        return row
    require_seen(row, version, score, reason)
    if row.state != State.GIVEN:
        raise WrongState(_("这一条还没有评；请直接评分"))
    if not why.strip():
        raise Invalid([_("请写明修改理由，它会留痕")])
    require_changeable(row)
    return write(row, filed_version, score, reason, by=by, at=at, why=why.strip())


def own(assignment: Assignment, *, by: Actor, at: dt.datetime) -> Assignment:
    """The assignment, locked with its siblings, if the actor may mark it and its stage is open."""
    lock_marks(assignment.assessed, assignment.part)
    row = locked(queries.own_assignments(by, assignment.cycle), assignment.pk)
    require_open(row.cycle, StageKind.REVIEW, at=at, assessed=row.assessed)
    Conflicts(row.cycle, [row.assessor]).require_none(row.assessor, row.assessed)
    return row


def is_same(row: Assignment, filed_version: int, score: Decimal, reason: str) -> bool:
    """Whether the mark was just given so: a second press of the button."""
    now = (row.state, row.filed_version, row.score, row.reason)
    return now == (State.GIVEN, filed_version, score, reason.strip())


def require_seen(row: Assignment, version: int, score: Decimal, reason: str) -> None:
    """:raises Conflict: if the mark changed since ``version``, with the differences."""
    if row.version != version:
        raise Conflict(
            _("这条评分刚刚在别处改过，您的修改没有写入；请核对差异后再保存"),
            [
                Difference(_("得分"), points(row.score), points(score)),
                Difference(_("理由"), row.reason, reason),
            ],
        )


def require_changeable(row: Assignment) -> None:
    """:raises WrongState: if what came of the mark may no longer move by it."""
    if why := why_fixed(row):
        raise WrongState(why)


def why_fixed(row: Assignment) -> str:
    """Why a mark that was given can no longer be changed; empty if it can."""
    judgement = Judgement.objects.filter(assessed=row.assessed, part=row.part).first()
    if judgement is None:
        if all_given(list(Assignment.objects.filter(assessed=row.assessed, part=row.part))):
            return _("两人评分相差超过界限，等考核办请第三人评分或组织会商；评分不能再改")
        return ""
    if queries.is_announced(row.cycle):
        return _("成绩已经公示，评分不能再改；有异议的，按申诉办理")
    if judgement.how not in OF_MARKS:
        how = How(judgement.how).label
        return _("这一条已按“%(how)s”评定，评分不能再改") % {"how": how}
    if judgement.how == How.THIRD and row.turn != THIRD:
        return _("这一条已由第三人评分裁定，前两人的评分不能再改")
    return ""


def all_given(rows: Sequence[Assignment]) -> bool:
    """Whether two independent marks or more are there, and none is awaited."""
    given = [row for row in rows if row.state == State.GIVEN and row.turn in INDEPENDENT]
    return len(given) == len(INDEPENDENT)


def write(
    row: Assignment,
    filed_version: int,
    score: Decimal,
    reason: str,
    *,
    by: Actor,
    at: dt.datetime,
    why: str,
) -> Assignment:
    """Write a mark, what comes of it, and both into the trail."""
    clause = clause_of(row.assessed, row.part)
    require_filed(row, clause, filed_version)
    if not reason.strip():
        raise Invalid([_("请写明理由：满分、零分、失分都要说明依据")])
    require_awardable(row.assessed, clause, score)
    name = "mark.changed" if row.state == State.GIVEN else "mark.given"
    details: dict[str, object] = {
        "score": [points(row.score), points(score)],
        "reason": [row.reason, reason.strip()],
        "filed_version": str(filed_version),
    }
    if row.state == State.GIVEN and all_given(lock_marks(row.assessed, row.part)):
        details["revealed"] = "yes"
    row.score, row.reason = score, reason.strip()
    row.state, row.given_at, row.filed_version = State.GIVEN, at, filed_version
    row.version += 1
    row.save()
    settled = settle(row.assessed, clause, at=at)
    details |= settled.said
    trail.record(name, row, by=by, at=at, reason=why, details=details)
    if settled.verdict.kind is Kind.APART:
        tell.disagreement(row, clause, at=at)
    return row


def require_filed(row: Assignment, clause: Clause, filed_version: int) -> None:
    """Whether a part is there to be judged, as it was seen.

    :raises WrongState: unless it is submitted; parts that units do not file always are.
    :raises Conflict: if it is another version than was seen.
    """
    if clause.part.filing != "units":
        return
    rows = Submission.objects.filter(assessed=row.assessed_id, part=row.part)
    filed = rows.select_for_update(of=("self",)).first()
    if filed is None or filed.state not in REVIEWABLE:
        raise WrongState(why_not_filed(filed))
    if filed.version != filed_version:
        raise Conflict(_("您打开以后，这一条又重新提交过；请看过新的材料再评分"))


def why_not_filed(filed: Submission | None) -> str:
    """Why a part cannot be judged yet."""
    if filed is not None and filed.state == Submission.State.RETURNED:
        return _("这一条已退回，等单位补报后再评分")
    return _("这一条单位还没有提交，提交后才能评分")


def points(score: Decimal | None) -> str:
    """A score as text; empty where there is none."""
    return "" if score is None else write_number(score)
