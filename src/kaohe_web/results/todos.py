"""What is to be done about results: announce, answer, approve, finalise; and look at one's own."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.jobs.todo import Todo
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import queries
from kaohe_web.results.models import ScoringRun
from kaohe_web.results.windows import is_over, why_waiting

State = ScoringRun.State


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """What this person must do about the results of running years."""
    if by.role not in (Role.OFFICE, Role.LEADER, Role.UNIT_OFFICE):
        return []
    running = visible_cycles(by).filter(state=Cycle.State.OPEN)
    found: list[Todo] = []
    for run in latest(by, running):
        match by.role:
            case Role.OFFICE:
                found += of_office(by, run, at)
            case Role.LEADER:
                found += of_leader(run, at)
            case _:
                found += of_unit(by, run, at)
    return found


def latest(by: Actor, cycles: QuerySet[Cycle]) -> list[ScoringRun]:
    """The latest run of each of these years that the actor may see and that is not superseded."""
    rows = queries.runs(by).filter(cycle__in=cycles.values("pk")).exclude(state=State.SUPERSEDED)
    found: dict[int, ScoringRun] = {}
    for run in rows.defer("inputs", "result", "edition__text"):
        found.setdefault(run.cycle_id, run)
    return list(found.values())


def of_office(by: Actor, run: ScoringRun, at: dt.datetime) -> Iterator[Todo]:
    """Announce what is provisional, answer objections, finalise what is approved."""
    link = reverse("run", kwargs={"cycle_id": run.cycle_id, "run_id": run.pk})
    detail = str(run)
    if run.state == State.PROVISIONAL:
        yield Todo(_("初步结果待公示"), 1, link, detail=detail)
    if run.state == State.APPROVED:
        yield Todo(_("结果已批准，待定稿"), 1, link, detail=detail)
    unanswered = queries.objections(by).filter(run=run, answered_at=None).count()
    if unanswered:
        late = is_over(run.objections_until, at)
        where = reverse("objections", kwargs={"cycle_id": run.cycle_id})
        due = run.objections_until
        yield Todo(_("异议待答复"), unanswered, where, due=due, detail=detail, urgent=late)


def of_leader(run: ScoringRun, at: dt.datetime) -> Iterator[Todo]:
    """Approve what was announced, once nothing may come or is pending."""
    if run.state == State.ANNOUNCED and not why_waiting(run, at):
        link = reverse("run", kwargs={"cycle_id": run.cycle_id, "run_id": run.pk})
        yield Todo(_("结果待批准"), 1, link, detail=str(run))


def of_unit(by: Actor, run: ScoringRun, at: dt.datetime) -> Iterator[Todo]:
    """Look at the announced result while objections may be raised."""
    if run.state != State.ANNOUNCED or is_over(run.objections_until, at):
        return
    own = queries.unit_results(by).filter(run=run).first()
    if own is not None:
        sheet = {"cycle_id": run.cycle_id, "result_id": own.pk}
        link = reverse("score_sheet", kwargs=sheet)
        yield Todo(_("核对公示的成绩单"), 1, link, due=run.objections_until, detail=str(run))
