"""Filing a part: saving a draft, handing it in, taking it back, and being sent back."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.models import Duty
from kaohe_web.errors import Conflict, Invalid, WrongState
from kaohe_web.filing import checks, queries, tell, values
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.contents import (
    Entered,
    content_of,
    content_of_entered,
    differences,
    settled,
)
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.filing.opened import OPEN_STATES, Opened, clause_of
from kaohe_web.filing.values import ValueEntry
from kaohe_web.filing.windows import Windows, check_due, require_sending_back
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor

State = Submission.State
Changes = dict[str, list[str]]
"""The old and the new text of each field that changed."""

SENT_BACK_FROM = (State.SUBMITTED, State.MISSING)


@action("submission.saved", right="filing.fill")
def save(
    duty: Duty, /, *, by: Actor, at: dt.datetime, version: int, entered: Entered
) -> Submission:
    """Save what a department entered for a part it leads; the first time makes the submission.

    Saving what stands there already writes nothing, whichever version was seen: a press of the
    button twice, or a draft saved once more after a lost answer, gets the first one's answer.

    :raises Conflict: if somebody else changed it since ``version``; with the differences.
    """
    opened = Opened(duty, by=by, at=at)
    opened.require_open()
    changes = write(opened, version=version, entered=entered)
    if changes is not None:
        record_of(opened, "submission.saved", changes)
    return opened.begun()


@action("submission.handed_in", right="filing.fill")
def hand_in(
    duty: Duty, /, *, by: Actor, at: dt.datetime, version: int, entered: Entered
) -> Submission:
    """Save what was entered and hand it to the unit's office (报审); nothing may be missing."""
    opened = Opened(duty, by=by, at=at)
    if is_repeated(opened, entered):
        return opened.begun()
    opened.require_open()
    changes = write(opened, version=version, entered=entered)
    lacks = checks.lacking(opened.clause, entered_of(opened), opened.registered())
    if found := checks.sentences(opened.clause, lacks):
        raise Invalid(found)
    submission = opened.begun()
    submission.state = State.HANDED_IN
    submission.handed_in_at = at
    submission.version += 1
    submission.save()
    record_of(opened, "submission.handed_in", changes)
    tell.handed_in(submission, opened.clause, at=at)
    return submission


@action("submission.withdrawn", right="filing.fill")
def withdraw(duty: Duty, /, *, by: Actor, at: dt.datetime, version: int) -> Submission:
    """Take a part back (撤回) before the unit's office has checked it."""
    opened = Opened(duty, by=by, at=at)
    submission = opened.submission
    if submission and submission.state in OPEN_STATES and submission.version == version + 1:
        return submission
    if submission is None or submission.state != State.HANDED_IN:
        raise WrongState(_("这一条现在不在“待审核”，不能撤回；请刷新页面看它的状态"))
    if submission.version != version:
        raise Conflict(_("这一条刚刚有变动，请刷新页面后再撤回"))
    submission.state = State.RETURNED if submission.returned_at else State.DRAFT
    submission.version += 1
    submission.save(update_fields=["state", "version"])
    trail.record("submission.withdrawn", submission, by=by, at=at)
    return submission


@action("submission.sent_back", right="filing.send_back")
def send_back(
    submission: Submission,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    reason: str,
    due: dt.date | None = None,
) -> Submission:
    """Send a part that a unit submitted back to its department (退回), by office or assessor.

    Only this part opens again. Where the unit's filing is over, ``due`` says until when.
    """
    visible = queries.submissions_to_send_back(by, submission.cycle)
    row = with_lead(locked(visible, submission.pk, version=version))
    windows = Windows(row.cycle)
    require_sending_back(row.cycle, span := windows.sending_back(row.assessed), at)
    assert span is not None, "it is open"  # noqa: S101 -- require_sending_back has asked
    if row.state not in SENT_BACK_FROM:
        raise WrongState(_("这一条还没有提交，或者已经退回，不能再退回"))
    check_due(due, at=at, last=span.last_day)
    window = windows.of_department(row.assessed, row.department_id)
    if due is None and not (window is not None and window.open_at(at)):
        raise Invalid([_("该单位的填报已经截止；退回时请写明补报截止日")])
    put_back(row, by=by, at=at, reason=reason, due=due)
    details = {"due": str(due or ""), "part": row.part}
    trail.record("submission.sent_back", row, by=by, at=at, reason=reason, details=details)
    clause = clause_of(year_of(row.cycle), row.assessed, row.part)
    tell.returned(row, clause, at=at, office=True)
    return row


def with_lead(row: Submission) -> Submission:
    """The submission, referred to the department that leads its part by now."""
    lead = queries.lead_of(row.assessed, row.part)
    if lead is not None:
        row.department = lead.department
    return row


def put_back(
    row: Submission, *, by: Actor, at: dt.datetime, reason: str, due: dt.date | None
) -> None:
    """Give a part back to its department, with the reason and the day it is due."""
    if not reason.strip():
        raise Invalid([_("请写明退回理由，填报人要按它修改")])
    row.state = State.RETURNED
    row.returned_note = reason.strip()
    row.returned_by = f"{by.name}（{by.title}）"
    row.returned_at = at
    row.due_on = due
    row.missing_reason = ""
    row.version += 1
    row.save()


def write(opened: Opened, *, version: int, entered: Entered) -> Changes | None:
    """Write what was entered, and say what it changed; ``None`` if it stood there already."""
    clause = opened.clause
    entered = settled(clause, entered, opened.rows)
    now = content_of(clause, opened.submission, opened.rows)
    mine = content_of_entered(clause, entered)
    found = differences(clause, now, mine)
    if version != opened.version and found:
        raise Conflict(
            _("别人刚刚改过这一条，您的修改没有写入；请核对差异，选定用哪一边后再保存"),
            list(found.values()),
        )
    faults = checks.faults(clause, entered, opened.registered())
    if problems := checks.sentences(clause, faults):
        raise Invalid(problems)
    if not found and opened.submission is not None:
        return None
    for name, entry in entered.values.items():
        write_value(opened, name, entry)
    submission = opened.begun()
    submission.self_score = entered.self_score
    submission.lost_reason, submission.note = entered.lost_reason, entered.note
    submission.version += 1
    submission.save()
    return {name: [now.get(name, ""), mine[name]] for name in found}


def write_value(opened: Opened, indicator: str, entry: ValueEntry) -> None:
    """Write one value, if it is another one than stands there."""
    row = opened.rows.get(indicator)
    if values.entry_of(row) == entry:
        return
    if row is None:
        row = ReportedValue(
            assessed=opened.assessed,
            cycle=opened.assessed.cycle,
            indicator=indicator,
            version=0,
        )
        opened.rows[indicator] = row
    values.put(row, entry, source=str(opened.duty.department), by=opened.by, at=opened.at)


def entered_of(opened: Opened) -> Entered:
    """What the part holds now."""
    submission = opened.begun()
    rows = opened.rows
    typed = [indicator.id for indicator in opened.clause.typed]
    return Entered(
        self_score=submission.self_score,
        lost_reason=submission.lost_reason,
        note=submission.note,
        values={name: values.entry_of(rows.get(name)) for name in typed},
    )


def is_repeated(opened: Opened, entered: Entered) -> bool:
    """Whether a part was just handed in with the same content: a second press of the button."""
    submission = opened.submission
    if submission is None or submission.state != State.HANDED_IN:
        return False
    clause, rows = opened.clause, opened.rows
    mine = content_of_entered(clause, settled(clause, entered, rows))
    return not differences(clause, content_of(clause, submission, rows), mine)


def record_of(opened: Opened, what: str, changes: Changes | None) -> None:
    """Leave the entry of a change, field by field."""
    details = {"part": opened.duty.part, "changes": changes or {}}
    trail.record(what, opened.begun(), by=opened.by, at=opened.at, details=details)
