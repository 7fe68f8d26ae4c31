"""Appeals (申诉): against one part of an announced result, reviewed by who did not mark it.

Lodged by the unit in its time, taken by the office, reviewed, then decided: the score is raised,
lowered or stands. What is corrected shows in the next scoring run, which supersedes the announced.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, write_number
from kaohe_web.clock import day_of
from kaohe_web.errors import Invalid
from kaohe_web.filing.evidence_words import clauses_in_words
from kaohe_web.filing.stored_files import Kept
from kaohe_web.followup import corrections, lodging, queries
from kaohe_web.followup.corrections import Correction
from kaohe_web.followup.models import Appeal, Step
from kaohe_web.followup.steps import Way, moved, note, save, tell
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post, Role
from kaohe_web.results.models import UnitResult
from kaohe_web.results.moves import leaves
from kaohe_web.results.queries import unit_results
from kaohe_web.results.scoring import figure
from kaohe_web.results.stored import detail_in
from kaohe_web.review.models import Assignment, Recusal

State, Outcome, What = Appeal.State, Appeal.Outcome, Step.What
NEWS = Notice.Kind.NEWS
WAYS: dict[str, Way] = {
    "take": ((State.LODGED, State.TAKEN), State.TAKEN),
    "review": ((State.TAKEN,), State.REVIEWED),
    "uphold": ((State.REVIEWED,), State.UPHELD),
    "dismiss": ((State.REVIEWED,), State.DISMISSED),
    "withdraw": (lodging.OPEN, State.WITHDRAWN),
}


@action("appeal.lodged", right="appeals.lodge")
def lodge(
    result: UnitResult,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    part: str,
    grounds: str,
    wants: Decimal | None = None,
    papers: Iterable[Kept] = (),
) -> Appeal:
    """Appeal against the score of one part of the unit's announced result.

    It is due as many days after it was lodged as a unit has for lodging. The same appeal sent
    twice is one: the second gets the first one's answer.

    :raises WrongState: outside its time, while another on the part is open, or once it is decided.
    """
    row = locked(unit_results(by), result.pk)
    unit, run = row.assessed, row.run
    before = unit.appeals.filter(part=part).exclude(state=State.WITHDRAWN).first()
    if before is not None and before.state == State.LODGED and before.grounds == grounds:
        return before
    lodging.require_time(row, at)
    leaf = leaves(detail_in(row)["zh"]["unit"]).get(part)
    if leaf is None:
        raise Invalid([_("成绩单里没有这个条目，请重新选择")])
    lodging.check_wanted(leaf, wants)
    score = None if leaf["score"] is None else figure(leaf["score"])
    if before is not None:
        lodging.require_new(before, row, score)
    appeal = Appeal.objects.create(
        cycle_id=run.cycle_id,
        run=run,
        assessed=unit,
        part=part,
        grounds=grounds,
        wants=wants,
        lodged_at=at,
        due_on=day_of(at) + dt.timedelta(days=run.cycle.appeal_days),
        score_before=score,
    )
    details = {"part": part, "wants": told_score(wants)}
    note(appeal, What.APPEAL_LODGED, by=by, at=at, text=grounds, papers=papers, details=details)
    title = _("%(unit)s提出申诉，请受理") % {"unit": unit}
    tell(appeal, posts_of(Role.OFFICE, at), title, at=at, text=grounds)
    return appeal


@action("appeal.taken", right="appeals.handle")
def take(
    appeal: Appeal,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    reviewer: Post,
    due_on: dt.date,
) -> Appeal:
    """Take an appeal up (受理) and name who reviews it: never who marked the part."""
    row = moved(queries.appeals(by), appeal, WAYS["take"], version=version)
    if due_on < day_of(at):
        raise Invalid([_("办结期限不能早于今天")])
    if reviewer.pk not in {post.pk for post in may_review(row, at)}:
        raise Invalid([_("这位评审员评过这一条、属于该单位或已回避，不能复核；请另选一位")])
    row.reviewer, row.due_on = reviewer, due_on
    save(row, "reviewer", "due_on")
    details = {"reviewer": reviewer.user.login, "due_on": due_on.isoformat()}
    text = _("办结期限 %(day)s") % {"day": due_on}
    note(row, What.APPEAL_TAKEN, by=by, at=at, text=text, details=details)
    what = f"{row.assessed} {clauses_in_words(row.cycle, [row.part])}"
    title = _("请复核申诉：%(appeal)s") % {"appeal": what}
    tell(row, [reviewer], title, at=at, text=row.grounds)
    return row


@action("appeal.reviewed", right="appeals.review")
def review(
    appeal: Appeal,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    opinion: str,
    correction: Correction,
    papers: Iterable[Kept] = (),
) -> Appeal:
    """The reviewer's opinion: other points, another value, or that the score stands."""
    row = moved(queries.appeals(by), appeal, WAYS["review"], version=version)
    corrections.check(row, correction)
    row.proposed_score, row.proposed_value = correction.score, correction.value
    row.indicator = correction.indicator if correction.value is not None else ""
    save(row, "proposed_score", "proposed_value", "indicator")
    said = corrections.sentence(row, correction) or _("维持原分")
    note(
        row,
        What.APPEAL_REVIEWED,
        by=by,
        at=at,
        text=_("%(opinion)s\n建议：%(said)s") % {"opinion": opinion, "said": said},
        papers=papers,
        details=corrections.in_words(correction),
    )
    title = _("申诉已复核，请作出决定：%(appeal)s") % {"appeal": row}
    tell(row, posts_of(Role.OFFICE, at), title, at=at, text=opinion)
    return row


@action("appeal.upheld", right="appeals.handle")
def uphold(
    appeal: Appeal,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    decision: str,
    correction: Correction,
    papers: Iterable[Kept] = (),
) -> Appeal:
    """Uphold an appeal (采纳): make the correction, which may raise the score or lower it.

    Where the unit corrected its own filing meanwhile (as it must for what is registered thing by
    thing), there is nothing left to correct, and the score of the part has moved already.
    """
    row = moved(queries.appeals(by), appeal, WAYS["uphold"], version=version)
    corrections.carry_out(row, correction, reason=decision, by=by, at=at)
    after = corrections.score_of(row)
    if correction.is_empty and after == row.score_before:
        raise Invalid([_("采纳申诉要写明更正后的得分或指标值；维持原分请选“驳回”")])
    row.score_after, row.outcome = after, outcome_of(row.score_before, after)
    said = corrections.sentence(row, correction)
    text = _("%(decision)s\n更正：%(said)s") % {"decision": decision, "said": said}
    details = {
        **corrections.in_words(correction),
        "before": told_score(row.score_before),
        "after": told_score(after),
    }
    told = text if said else decision
    close(row, What.APPEAL_UPHELD, told, by=by, at=at, papers=papers, details=details)
    return row


@action("appeal.dismissed", right="appeals.handle")
def dismiss(
    appeal: Appeal,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    decision: str,
    papers: Iterable[Kept] = (),
) -> Appeal:
    """Dismiss an appeal (驳回): the score stands."""
    row = moved(queries.appeals(by), appeal, WAYS["dismiss"], version=version)
    row.score_after, row.outcome = row.score_before, Outcome.STANDS
    close(row, What.APPEAL_DISMISSED, decision, by=by, at=at, papers=papers)
    return row


@action("appeal.withdrawn", right="appeals.lodge")
def withdraw(appeal: Appeal, /, *, by: Actor, at: dt.datetime, version: int) -> Appeal:
    """Take an appeal back (撤回) before it is decided."""
    row = moved(queries.appeals(by), appeal, WAYS["withdraw"], version=version)
    save(row)
    note(row, What.APPEAL_WITHDRAWN, by=by, at=at)
    told = [*posts_of(Role.OFFICE, at), *([row.reviewer] if row.reviewer else [])]
    tell(row, told, _("申诉已撤回：%(appeal)s") % {"appeal": row}, at=at, kind=NEWS)
    return row


def may_review(appeal: Appeal, at: dt.datetime) -> list[Post]:
    """The assessors who may review it: none who marked the part, of the unit, or recused."""
    marked = Assignment.objects.filter(assessed=appeal.assessed, part=appeal.part)
    recused = Recusal.objects.filter(assessed=appeal.assessed)
    barred = {
        *marked.values_list("assessor", flat=True),
        *recused.values_list("assessor", flat=True),
    }
    unit = appeal.assessed.unit_id
    found = [
        post
        for post in posts_of(Role.ASSESSOR, at)
        if post.pk not in barred and post.unit_id != unit
    ]
    prefetch_related_objects(found, "user", "unit", "department", "provider")
    return found


def told_score(score: Decimal | None) -> str:
    """A score as the trail keeps it; empty where there is none."""
    return "" if score is None else write_number(score)


def outcome_of(before: Decimal | None, after: Decimal | None) -> str:
    """Whether the score is raised, lowered, or stands; one that is open counts for nothing yet."""
    was, now = before or ZERO, after or ZERO
    if was == now:
        return Outcome.STANDS
    return Outcome.RAISED if now > was else Outcome.LOWERED


def close(
    appeal: Appeal,
    what: Step.What,
    decision: str,
    *,
    by: Actor,
    at: dt.datetime,
    papers: Iterable[Kept],
    details: Mapping[str, object] | None = None,
) -> None:
    """Write the decision, and tell the unit."""
    appeal.decided_at = at
    save(appeal, "outcome", "score_after", "decided_at")
    note(appeal, what, by=by, at=at, text=decision, papers=papers, details=details)
    told = posts_of(Role.UNIT_OFFICE, at, unit_id=appeal.assessed.unit_id)
    title = _("申诉已有决定：%(state)s") % {"state": appeal.get_state_display()}
    tell(appeal, told, title, at=at, text=decision, kind=NEWS)
