"""What a unit's office does with its departments' filing: check, return, sign off and submit."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.models import AssessedUnit, Duty, Exemption
from kaohe_web.errors import Conflict, Invalid, NotThere, Refused, WrongState
from kaohe_web.filing import queries, tell
from kaohe_web.filing.clauses import Clause, Year, year_of
from kaohe_web.filing.contents import as_accepted, contents_of
from kaohe_web.filing.models import SignOff, Submission
from kaohe_web.filing.opened import clause_of
from kaohe_web.filing.submissions import put_back, with_lead
from kaohe_web.filing.windows import Windows, check_due, is_open, require_filing
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor

State = Submission.State


@action("submission.checked", right="filing.check")
def check(submission: Submission, /, *, by: Actor, at: dt.datetime, version: int) -> Submission:
    """Accept what a department handed in (审核通过), and remember what it held."""
    row = locked(queries.submissions_to_check(by, submission.cycle), submission.pk)
    if row.state == State.CHECKED and row.version == version + 1:
        return row
    require_version(row, version)
    if row.state != State.HANDED_IN:
        raise WrongState(_("这一条现在不在“待审核”，不能审核；请刷新页面看它的状态"))
    require_filing(row.cycle, Windows(row.cycle).of_unit(row.assessed), row, at)
    clause = clause_of(year_of(row.cycle), row.assessed, row.part)
    row.state = State.CHECKED
    content = contents_of(row.assessed, [clause], {row.part: row})[row.part]
    row.accepted = as_accepted(content)
    row.version += 1
    row.save(update_fields=["state", "accepted", "version"])
    trail.record("submission.checked", row, by=by, at=at, details={"part": row.part})
    return row


def check_all(
    submissions: Iterable[tuple[Submission, int]], *, by: Actor, at: dt.datetime
) -> tuple[int, list[str]]:
    """Accept several, each by itself: how many were accepted, and why the others were not."""
    accepted, refused = 0, []
    for submission, version in submissions:
        try:
            check(submission, by=by, at=at, version=version)
            accepted += 1
        except Refused as refusal:
            refused.append(f"{submission.part}：{refusal.sentence}")
    return accepted, refused


@action("submission.returned", right="filing.check")
def return_to_department(
    submission: Submission,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    reason: str,
    due: dt.date | None = None,
) -> Submission:
    """Return a part to its department (退回) before the unit submits; only this part opens again.

    Where the department's own deadline has passed, it gets until ``due``, or until the unit's.
    """
    row = with_lead(locked(queries.submissions_to_check(by, submission.cycle), submission.pk))
    require_version(row, version)
    if row.state not in (State.HANDED_IN, State.CHECKED):
        raise WrongState(_("这一条现在不在您手里，不能退回；请刷新页面看它的状态"))
    windows = Windows(row.cycle)
    window = windows.of_unit(row.assessed)
    require_filing(row.cycle, window, row, at)
    if row.returned_at is not None and row.due_on is not None and not is_open(window, None, at):
        last = row.due_on
    else:
        assert window is not None, "filing is open"  # noqa: S101 -- require_filing has asked
        last = window.last_day
    check_due(due, at=at, last=last)
    own = windows.of_department(row.assessed, row.department_id)
    closed = not (own is not None and own.open_at(at))
    put_back(row, by=by, at=at, reason=reason, due=due or (last if closed else None))
    details = {"due": str(row.due_on or ""), "part": row.part}
    trail.record("submission.returned", row, by=by, at=at, reason=reason, details=details)
    tell.returned(row, clause_of(year_of(row.cycle), row.assessed, row.part), at=at, office=False)
    return row


def require_version(row: Submission, version: int) -> None:
    """:raises Conflict: if the part changed since the actor saw it."""
    if row.version != version:
        raise Conflict(_("部门刚刚改过这一条，您看到的已不是最新内容；请刷新页面，看过再办理"))


@action("filing.signed_off", right="filing.check")
def sign_off(
    assessed: AssessedUnit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    note: str,
    missing: Mapping[str, str],
) -> SignOff:
    """Sign the unit's filing and submit it to the office (签署提交).

    Every part is accepted, or in ``missing`` with the reason why it is not filed. After that only
    what is returned opens again.
    """
    unit = own_unit(assessed, by=by)
    cycle, year = unit.cycle, year_of(unit.cycle)
    duties = duties_of(unit)
    if SignOff.objects.filter(assessed=unit).exists():
        raise WrongState(_("本单位已经签署提交；退回后补报的条目，请用“重新提交”"))
    require_filing(cycle, Windows(cycle).of_unit(unit), None, at)
    rows = {row.part: row for row in locked_all(unit, by=by)}
    asked = clauses_asked(year, unit)
    if problems := list(unfinished(asked, rows, duties, missing)):
        raise Invalid(problems)
    for clause in asked:
        part = clause.part.id
        row = rows.get(part) or Submission(
            assessed=unit, cycle=cycle, part=part, department=duties[part].department, version=0
        )
        if row.state == State.CHECKED:
            submit(row, at=at)
        else:
            row.state, row.missing_reason = State.MISSING, missing[part].strip()
            row.version += 1
            row.save()
    signed = SignOff.objects.create(
        assessed=unit, cycle=cycle, by=f"{by.name}（{by.title}）", at=at, note=note
    )
    parts = [clause.part.id for clause in asked]
    lacks = {part: missing[part] for part in parts if part in missing}
    details = {"parts": parts, "missing": lacks}
    trail.record("filing.signed_off", unit, by=by, at=at, reason=note, details=details)
    tell.submitted(unit, at=at, count=len(asked), again=False)
    return signed


@action("filing.resubmitted", right="filing.check")
def resubmit(assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime) -> int:
    """Submit again what was returned after the sign-off and is accepted now; says how many."""
    unit = own_unit(assessed, by=by)
    duties_of(unit)
    if not SignOff.objects.filter(assessed=unit).exists():
        raise WrongState(_("本单位还没有签署提交；请先签署提交"))
    ready = [row for row in locked_all(unit, by=by) if row.state == State.CHECKED]
    if not ready:
        raise WrongState(_("没有审核通过、等待重新提交的条目"))
    window = Windows(unit.cycle).of_unit(unit)
    for row in ready:
        require_filing(unit.cycle, window, row, at)
        submit(row, at=at)
    details = {"parts": [row.part for row in ready]}
    trail.record("filing.resubmitted", unit, by=by, at=at, details=details)
    tell.submitted(unit, at=at, count=len(ready), again=True)
    return len(ready)


def submit(row: Submission, *, at: dt.datetime) -> None:
    """Send an accepted part to the office; an earlier return is answered by it."""
    row.state, row.submitted_at = State.SUBMITTED, at
    row.returned_note = row.returned_by = ""
    row.returned_at = row.due_on = None
    row.version += 1
    row.save()


def own_unit(assessed: AssessedUnit, *, by: Actor) -> AssessedUnit:
    """The unit whose office the actor is; not locked, because whoever files refers to it.

    :raises NotThere: if it is another.
    """
    unit = queries.units_to_check(by, assessed.cycle).filter(pk=assessed.pk).first()
    if unit is None:
        raise NotThere(_("没有这个单位，或者您不能办理它；请从“本单位填报”进入"))
    return unit


def duties_of(unit: AssessedUnit) -> dict[str, Duty]:
    """Who leads each part of a unit, locked: nobody else saves, signs or submits meanwhile."""
    rows = Duty.objects.filter(assessed=unit, kind=Duty.Kind.LEAD).select_related("department")
    return {duty.part: duty for duty in rows.select_for_update(of=("self",)).order_by("pk")}


def locked_all(unit: AssessedUnit, *, by: Actor) -> list[Submission]:
    """Every submission of a unit, locked."""
    rows = queries.submissions_to_check(by, unit.cycle).filter(assessed=unit)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def clauses_asked(year: Year, unit: AssessedUnit) -> list[Clause]:
    """The clauses that a unit files for, without those that it is exempt from."""
    exempt = set(Exemption.objects.filter(assessed=unit).values_list("part", flat=True))
    return [each for each in year.clauses(unit.type).filed() if each.part.id not in exempt]


def unfinished(
    asked: Iterable[Clause],
    rows: Mapping[str, Submission],
    duties: Mapping[str, Duty],
    missing: Mapping[str, str],
) -> Iterable[str]:
    """What still stands in the way of signing, part by part."""
    for clause in asked:
        row = rows.get(clause.part.id)
        state = State(row.state) if row else State.DRAFT
        named = tell.named(clause)
        if state == State.CHECKED:
            continue
        if clause.part.id not in duties:
            yield _("%(clause)s：还没有分给牵头部门，请先分工") % {"clause": named}
        elif state == State.HANDED_IN:
            yield _("%(clause)s：已报审，请先审核或退回") % {"clause": named}
        elif not missing.get(clause.part.id, "").strip():
            yield (
                _("%(clause)s：%(state)s，还没有审核通过；请催办，或写明缺报原因")
                % {"clause": named, "state": state.label}
            )
