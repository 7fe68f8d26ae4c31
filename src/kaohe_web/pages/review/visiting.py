"""Site visits: their list, the day and the team, what was found, and what it changes."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles.calendar import window
from kaohe_web.cycles.models import Cycle, StageKind
from kaohe_web.errors import NotThere
from kaohe_web.filing.clauses import Clause, year_of
from kaohe_web.filing.stored_files import keep
from kaohe_web.pages.asked import Asked, find, note_refusal, page
from kaohe_web.pages.downloads import send_file
from kaohe_web.pages.review import forms, visit_forms
from kaohe_web.pages.review.forms import require_valid
from kaohe_web.pages.review.words import here, in_year
from kaohe_web.people.rights import may
from kaohe_web.review import queries
from kaohe_web.review import visits as actions
from kaohe_web.review.awaiting import clause_of
from kaohe_web.review.models import Judgement, Visit


@page("visits.see", cycle=True)
def visits(request: Asked, cycle: Cycle) -> HttpResponse:
    """The units that are visited, when and by whom."""
    return list_page(request, cycle)


def list_page(
    request: Asked, cycle: Cycle, form: visit_forms.PlanVisit | None = None
) -> HttpResponse:
    """The list, with the form by which the office adds a unit."""
    found = list(queries.visits(request.by, cycle).prefetch_related("findings"))
    may_plan = may(request.by, "review.assign")
    there = [visit.assessed_id for visit in found]
    units = queries.units_to_review(request.by, cycle).exclude(pk__in=there)
    context = {
        "breadcrumbs": in_year(cycle, (_("实地核查"), "")),
        "visits": found,
        "form": (form or visit_forms.PlanVisit(units)) if may_plan else None,
        "may_plan": may_plan,
        "stage": window(cycle, StageKind.VISITS),
    }
    status = 422 if form is not None else 200
    return render(request, "review/visits.html", context, status=status)


@page("review.assign", methods=("POST",), cycle=True)
def visit_plan(request: Asked, cycle: Cycle) -> HttpResponse:
    """Put a unit on the list that was not drawn."""
    form = visit_forms.PlanVisit(queries.units_to_review(request.by, cycle), request.POST)
    if not form.is_valid():
        return list_page(request, cycle, form)
    made = actions.plan(
        cycle,
        assessed=form.cleaned_data["unit"],
        reason=form.cleaned_data["reason"],
        by=request.by,
        at=request.at,
    )
    messages.success(request, _("已列入实地核查，请安排日期和核查组"))
    return redirect(here(cycle, "visit", visit_id=made.pk))


@page("visits.see", cycle=True)
def visit(request: Asked, cycle: Cycle, visit_id: int) -> HttpResponse:
    """One visit: its arrangement, its findings, and what they change."""
    return visit_page(request, find(request, queries.visits(request.by, cycle), visit_id))


def visit_page(
    request: Asked,
    row: Visit,
    *,
    arrange: visit_forms.Arrange | None = None,
    finding: visit_forms.AddFinding | None = None,
) -> HttpResponse:
    """The page of a visit, with the forms as they stand."""
    cycle = row.cycle
    clauses = clauses_of(row)
    running = row.closed_at is None and cycle.state == Cycle.State.OPEN
    stage = window(cycle, StageKind.VISITS, row.assessed)
    opened = running and stage is not None and stage.open_at(request.at)
    manages = running and may(request.by, "review.assign")
    fresh = {"version": row.version}
    context = {
        "breadcrumbs": in_year(
            cycle, (_("实地核查"), here(cycle, "visits")), (str(row.assessed), "")
        ),
        "visit": row,
        "stage": stage,
        "opened": opened,
        "arrange": (
            arrange
            or visit_forms.Arrange(initial={**fresh, "on_day": row.on_day, "team": row.team})
        )
        if manages
        else None,
        "cancel": forms.Reason(initial=fresh, auto_id="cancel-%s") if manages else None,
        "close": manages,
        "finding": (finding or visit_forms.AddFinding(clauses, auto_id="finding-%s"))
        if opened and may(request.by, "visits.record")
        else None,
        "parts": parts_of(
            request, row, clauses, judges=opened and may(request.by, "review.assign")
        ),
    }
    status = 422 if arrange is not None or finding is not None else 200
    return render(request, "review/visit.html", context, status=status)


def clauses_of(row: Visit) -> list[Clause]:
    """The clauses that the visited unit is scored on."""
    return list(year_of(row.cycle).clauses(row.assessed.type))


def parts_of(
    request: Asked, row: Visit, clauses: list[Clause], *, judges: bool
) -> list[dict[str, Any]]:
    """The parts for which something was found, each with its judgement as it stands.

    An assessor sees no judgement here: it could tell another's mark before their own is given.
    """
    found: dict[str, list[Any]] = {}
    for finding in queries.findings(request.by, row.cycle).filter(visit=row):
        found.setdefault(finding.part, []).append(finding)
    standing = {
        judgement.part: judgement
        for judgement in queries.judgements(request.by, row.cycle).filter(assessed=row.assessed)
    }
    return [
        {
            "clause": clause,
            "findings": found[clause.part.id],
            "judgement": standing.get(clause.part.id),
            "form": judged_form(clause, standing.get(clause.part.id)) if judges else None,
        }
        for clause in clauses
        if clause.part.id in found
    ]


def judged_form(clause: Clause, judgement: Judgement | None) -> forms.Judged:
    """The form by which a part is given other points."""
    initial = {"seen": judgement.version if judgement else 0}
    return forms.Judged(clause, initial=initial, auto_id=f"judged-{clause.part.id}-%s")


@page("review.assign", methods=("POST",), cycle=True)
def visit_arrange(request: Asked, cycle: Cycle, visit_id: int) -> HttpResponse:
    """Say on which day a visit is, and who goes."""
    row = find(request, queries.visits(request.by, cycle), visit_id)
    form = visit_forms.Arrange(request.POST)
    if not form.is_valid():
        return visit_page(request, row, arrange=form)
    actions.arrange(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已保存安排"))
    return redirect(here(cycle, "visit", visit_id=row.pk))


@page("review.assign", methods=("POST",), cycle=True)
def visit_cancel(request: Asked, cycle: Cycle, visit_id: int) -> HttpResponse:
    """Take a unit off the list."""
    row = find(request, queries.visits(request.by, cycle), visit_id)
    form = forms.Reason(request.POST)
    require_valid(form)
    actions.cancel(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已取消核查"))
    return redirect(here(cycle, "visits"))


@page("review.assign", methods=("POST",), cycle=True)
def visit_close(request: Asked, cycle: Cycle, visit_id: int) -> HttpResponse:
    """End a visit."""
    row = find(request, queries.visits(request.by, cycle), visit_id)
    form = forms.Version(request.POST)
    require_valid(form)
    actions.close(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("核查已结束"))
    return redirect(here(cycle, "visit", visit_id=row.pk))


@page("visits.record", methods=("POST",), cycle=True)
def finding_add(request: Asked, cycle: Cycle, visit_id: int) -> HttpResponse:
    """Record what was found for a part, with a file if there is one."""
    row = find(request, queries.visits(request.by, cycle), visit_id)
    form = visit_forms.AddFinding(
        clauses_of(row), request.POST, files=request.FILES, auto_id="finding-%s"
    )
    if not form.is_valid():
        return visit_page(request, row, finding=form)
    upload = form.cleaned_data["file"]
    file = keep(upload, by=request.by, at=request.at) if upload else None
    actions.add_finding(
        row,
        part=form.cleaned_data["part"],
        text=form.cleaned_data["text"],
        file=file,
        by=request.by,
        at=request.at,
    )
    messages.success(request, _("已记录"))
    return redirect(here(cycle, "visit", visit_id=row.pk))


@page("visits.see", cycle=True)
def finding_file(request: Asked, cycle: Cycle, finding_id: int) -> FileResponse:
    """The file of a finding."""
    row = find(request, queries.findings(request.by, cycle), finding_id)
    if row.file is None:
        refusal = NotThere(_("这条发现没有附件"))
        note_refusal(request, refusal)
        raise refusal
    return send_file(request, row, row.file, row.name)


@page("review.assign", methods=("POST",), cycle=True)
def visit_judge(request: Asked, cycle: Cycle, visit_id: int, part: str) -> HttpResponse:
    """Give a part other points for what was found."""
    row = find(request, queries.visits(request.by, cycle), visit_id)
    form = forms.Judged(clause_of(row.assessed, part), request.POST)
    require_valid(form)
    actions.judge(row, part=part, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已按实地核查调整得分"))
    return redirect(here(cycle, "visit", visit_id=row.pk))
