"""The way of a scoring run: computed, announced, approved, final; a later one takes its place."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.cycles.calendar import require_running
from kaohe_web.cycles.models import Cycle, StageKind
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import Conflict, Invalid, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import queries
from kaohe_web.results.detail import details
from kaohe_web.results.models import ScoringRun, UnitResult
from kaohe_web.results.observed import observe
from kaohe_web.results.scoring import Scored, canonical, printed, readings_of, score_text
from kaohe_web.results.seal import Reproduced, digest_of, files_of, recompute
from kaohe_web.results.sources import sources_of
from kaohe_web.results.stored import readings_in
from kaohe_web.results.windows import require_stage, why_waiting

State = ScoringRun.State


@action("results.run", right="results.run")
def run(cycle: Cycle, /, *, by: Actor, at: dt.datetime, after: int, reason: str) -> ScoringRun:
    """Score a year as it stands, and freeze what was scored, by what, and what came of it.

    ``after`` is the number of the last run that the actor saw (0: none). A provisional run that
    nobody was told of is superseded at once, an announced one when this one is announced.

    :raises Conflict: if somebody else ran it meanwhile.
    :raises Mistaken: if the data has mistakes, with all of them.
    """
    row = locked(visible_cycles(by), cycle.pk)
    require_running(row)
    require_words(reason, _("请写明这次计分的原因"))
    last = row.runs.first()
    if (last.number if last else 0) != after:
        raise Conflict(_("刚刚有人计过分；请刷新页面，看过那一次的结果再决定"))
    made = freeze(row, last, reason=reason.strip(), by=by, at=at)
    if last is not None and last.state == State.PROVISIONAL:
        supersede(last)
    trail.record(
        "results.run",
        made,
        by=by,
        at=at,
        reason=made.reason,
        details={
            "number": str(made.number),
            "digest": made.digest,
            "fingerprint": made.edition.fingerprint,
            "supersedes": str(last.number) if last else "",
        },
    )
    return made


def freeze(
    cycle: Cycle, last: ScoringRun | None, *, reason: str, by: Actor, at: dt.datetime
) -> ScoringRun:
    """Write the run and a result for each unit."""
    readings = readings_of(cycle)
    found = observe(cycle)
    scored = score_text(cycle.edition, readings, found.text)
    made = ScoringRun.objects.create(
        cycle=cycle,
        number=last.number + 1 if last else 1,
        edition=cycle.edition,
        readings=canonical(readings),
        inputs=found.text,
        result=printed(scored.plain()),
        digest="",
        reason=reason,
        made_by=by.name,
        made_at=at,
        supersedes=last,
    )
    freeze_units(made, scored)
    made.digest = digest_of(files_of(made))
    made.save(update_fields=["digest"])
    return made


def freeze_units(made: ScoringRun, scored: Scored) -> None:
    """Each unit's line, with all that argues for it."""
    units = {unit.unit.code: unit for unit in made.cycle.units.select_related("unit")}
    UnitResult.objects.bulk_create(
        UnitResult(
            run=made,
            cycle=made.cycle,
            assessed=units[result.facts.unit.id],
            total=result.total,
            low=result.low,
            high=result.high,
            grade=result.grade or "",
            rank=result.rank,
            detail=canonical(detail),
        )
        for result, detail in details(scored, sources_of(made.cycle))
    )


@action("results.announced", right="results.run")
def announce(
    run: ScoringRun, /, *, by: Actor, at: dt.datetime, version: int, open_reason: str = ""
) -> ScoringRun:
    """Announce a run (公示): the units see their results and may object until the last day.

    Results that are still open are announced only with a reason. Whatever run was in force before
    is superseded now.

    :raises WrongState: unless it is the latest run and provisional, and the stage is open.
    """
    row = newest(run, State.PROVISIONAL, by=by, version=version)
    require_stage(row.cycle, StageKind.RESULTS, at)
    require_current(row)
    left_open = row.units.filter(total=None).select_related("assessed__unit")
    names = "、".join(str(each.assessed) for each in left_open)
    if names:
        message = _("这些单位的得分还未定：%(names)s；请先定分，确需公示的请写明理由")
        require_words(open_reason, message % {"names": names})
    for earlier in row.cycle.runs.filter(state__in=queries.PUBLIC):
        supersede(earlier)
    row.state, row.announced_at = State.ANNOUNCED, at
    row.objections_until = day_of(at) + dt.timedelta(days=row.cycle.objection_days)
    row.open_reason = open_reason.strip() if names else ""
    step(row, "announced_at", "objections_until", "open_reason")
    trail.record(
        "results.announced",
        row,
        by=by,
        at=at,
        reason=row.open_reason,
        details={"objections_until": row.objections_until.isoformat(), "digest": row.digest},
    )
    tell_units(
        row,
        at,
        what="announced",
        title=_("考核结果已公示，请核对本单位成绩单"),
        text=_("如有异议，请在 %(day)s 24 时前提出") % {"day": row.objections_until.isoformat()},
    )
    return row


@action("results.approved", right="results.approve")
def approve(
    run: ScoringRun, /, *, by: Actor, at: dt.datetime, version: int, note: str = ""
) -> ScoringRun:
    """Approve an announced run, once objections and appeals are over and answered.

    :raises WrongState: before that, or unless it is the latest run and announced.
    """
    row = newest(run, State.ANNOUNCED, by=by, version=version)
    require_settled(row, at)
    require_current(row)
    row.state, row.approved_at, row.approved_by = State.APPROVED, at, by.name
    step(row, "approved_at", "approved_by")
    trail.record(
        "results.approved", row, by=by, at=at, reason=note.strip(), details={"digest": row.digest}
    )
    tell(
        row,
        Role.OFFICE,
        at,
        what="approved",
        title=_("第 %(number)s 次计分的结果已经批准，请定稿") % {"number": row.number},
    )
    return row


@action("results.finalised", right="results.run")
def finalise(run: ScoringRun, /, *, by: Actor, at: dt.datetime, version: int) -> ScoringRun:
    """Make an approved run the final result.

    :raises WrongState: unless it is the latest run and approved, and nothing is pending.
    """
    row = newest(run, State.APPROVED, by=by, version=version)
    require_settled(row, at)
    require_current(row)
    row.state, row.final_at = State.FINAL, at
    step(row, "final_at")
    trail.record("results.finalised", row, by=by, at=at, details={"digest": row.digest})
    tell_units(row, at, what="final", title=_("考核结果已经定稿"))
    tell(row, Role.LEADER, at, what="final", title=_("考核结果已经定稿"))
    return row


@action("results.reproduced", right="results.see_all")
def reproduce(run: ScoringRun, /, *, by: Actor, at: dt.datetime) -> Reproduced:
    """Compute a stored run again from what it froze, and say whether all is identical."""
    row = locked(queries.runs(by), run.pk)
    found = recompute(row)
    trail.record(
        "results.reproduced",
        row,
        by=by,
        at=at,
        details={"intact": found.intact, "identical": found.identical, "digest": row.digest},
    )
    return found


def newest(run: ScoringRun, state: State, *, by: Actor, version: int) -> ScoringRun:
    """The run, locked with its year; it must be in this state, and no later one beside it.

    :raises WrongState: if it is not.
    """
    cycle = locked(visible_cycles(by), run.cycle_id)
    row = locked(queries.runs(by), run.pk, version=version)
    require_running(cycle)
    if row.state != state:
        message = _("这次计分现在是“%(now)s”，不是“%(wanted)s”，不能办理这一步")
        raise WrongState(message % {"now": row.get_state_display(), "wanted": State(state).label})
    later = cycle.runs.filter(number__gt=row.number).first()
    if later is not None:
        message = _("已经有更新的第 %(number)s 次计分；请办理那一次")
        raise WrongState(message % {"number": later.number})
    row.cycle = cycle
    return row


def require_settled(row: ScoringRun, at: dt.datetime) -> None:
    """:raises WrongState: while objections or appeals may still come or are not dealt with."""
    why = why_waiting(row, at)
    if why:
        raise WrongState(why)


def require_current(row: ScoringRun) -> None:
    """:raises WrongState: if the year's data, readings or edition are no longer what was scored."""
    cycle = row.cycle
    same = row.edition_id == cycle.edition_id and readings_in(row) == readings_of(cycle)
    if not same or observe(cycle).text != row.inputs:
        raise WrongState(
            _("计分以后，数据、评定、口径或细则又有变动；请重新计分，看过变动后再办理")
        )


def require_words(text: str, message: str) -> None:
    """:raises Invalid: if nothing was written."""
    if not text.strip():
        raise Invalid([message])


def supersede(row: ScoringRun) -> None:
    """Mark a run as superseded; all that it holds stays."""
    row.state = State.SUPERSEDED
    step(row)


def step(row: ScoringRun, *fields: str) -> None:
    """Write a run's new state, and these fields, as its next version."""
    row.version += 1
    row.save(update_fields=["state", "version", *fields])


def tell_units(row: ScoringRun, at: dt.datetime, *, what: str, title: str, text: str = "") -> None:
    """Tell each unit's office and liaisons, with the way to their own score sheet."""
    for result in row.units.select_related("assessed"):
        sheet = {"cycle_id": row.cycle_id, "result_id": result.pk}
        for role in (Role.UNIT_OFFICE, Role.LIAISON):
            notify(
                posts_of(role, at, unit_id=result.assessed.unit_id),
                kind=Notice.Kind.NEWS,
                title=title,
                text=text,
                link=reverse("score_sheet", kwargs=sheet),
                key=f"run:{row.pk}:{what}",
                at=at,
            )


def tell(row: ScoringRun, role: Role, at: dt.datetime, *, what: str, title: str) -> None:
    """Tell everybody of a role, with the way to the run."""
    notify(
        posts_of(role, at),
        kind=Notice.Kind.TODO if role == Role.OFFICE else Notice.Kind.NEWS,
        title=title,
        link=reverse("run", kwargs={"cycle_id": row.cycle_id, "run_id": row.pk}),
        key=f"run:{row.pk}:{what}",
        at=at,
    )
