"""The runs of a year: their list, one run with its ranking, and the steps of its way."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.results import forms
from kaohe_web.pages.results.around import address, crumbs, run_crumbs, run_tabs
from kaohe_web.pages.results.narrowed import narrowed
from kaohe_web.people.rights import may
from kaohe_web.results import queries
from kaohe_web.results import runs as actions
from kaohe_web.results.models import ScoringRun
from kaohe_web.results.moves import moved
from kaohe_web.results.ranking import ranking
from kaohe_web.results.readme import command_of
from kaohe_web.results.stored import inputs_in, readings_in, result_in
from kaohe_web.results.tables import rubric_of
from kaohe_web.results.windows import why_waiting

State = ScoringRun.State
PER_PAGE = 20


@page("results.see", cycle=True)
def runs(request: Asked, cycle: Cycle) -> HttpResponse:
    """All runs for the office and leaders; for units their own announced results."""
    if may(request.by, "results.see_all"):
        return list_page(request, cycle, None)
    own = queries.unit_results(request.by).filter(cycle=cycle).order_by("-run__number")
    context = {"breadcrumbs": crumbs(cycle)[:2], "results": own.defer("detail")}
    return render(request, "results/own_results.html", context)


def list_page(request: Asked, cycle: Cycle, form: forms.Run | None) -> HttpResponse:
    """The list of runs, with the form that asks for another."""
    rows = queries.listed_runs(request.by, cycle).annotate(
        size=Count("units"), settled=Count("units", filter=Q(units__total__isnull=False))
    )
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    last = cycle.runs.values_list("number", flat=True).first()
    context = {
        "breadcrumbs": crumbs(cycle)[:2],
        "page": shown,
        "form": form or forms.Run(initial={"after": last or 0}),
        "may_run": may(request.by, "results.run") and cycle.state == Cycle.State.OPEN,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "results/runs.html", context, status=status)


@page("results.run", methods=("POST",), cycle=True)
def run_new(request: Asked, cycle: Cycle) -> HttpResponse:
    """Score the year as it stands."""
    form = forms.Run(request.POST)
    if not form.is_valid():
        return list_page(request, cycle, form)
    made = actions.run(cycle, **form.cleaned_data, by=request.by, at=request.at)
    return redirect(address("run", made))


@page("results.see_all", cycle=True)
def run(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """One run: what it rests on, its ranking, and the next step."""
    return run_page(request, find(request, runs_of(request, cycle), run_id))


def run_page(request: Asked, row: ScoringRun, form: Form | None = None) -> HttpResponse:
    """The page of a run; with a form that came back if it has mistakes."""
    keys = dict(row.units.values_list("assessed__unit__code", "pk"))
    moves = moved(row.supersedes, row) if row.supersedes else None
    whole = ranking(rubric_of(row), result_in(row), inputs_in(row), moves=moves, keys=keys)
    shown, narrowing = narrowed(request, whole, moved=moves is not None)
    context = {
        "breadcrumbs": run_crumbs(row),
        "tabs": run_tabs(row, "run"),
        "run": row,
        "whole": whole,
        "ranking": shown,
        "moves": moves,
        "narrowing": narrowing,
        "readings": readings_in(row),
        "command": command_of(row),
        "public": row.state in queries.PUBLIC and row.cycle.scope == Cycle.Scope.CITY,
        "unanswered": row.objections.filter(answered_at=None).count(),
        **steps(request, row, whole.left_open, form),
    }
    status = 422 if form is not None else 200
    return render(request, "results/run.html", context, status=status)


def steps(request: Asked, row: ScoringRun, left_open: int, form: Form | None) -> dict[str, object]:
    """The next step that this person may take, with its form."""
    newest = not row.cycle.runs.filter(number__gt=row.number).exists()
    if not newest or row.cycle.state != Cycle.State.OPEN:
        return {"newest": newest}
    by, fresh = request.by, {"version": row.version}
    found: dict[str, object] = {"newest": True}
    if row.state == State.PROVISIONAL and may(by, "results.run"):
        kind = forms.AnnounceOpen if left_open else forms.Announce
        found["announce_form"] = form or kind(initial=fresh)
    waits = why_waiting(row, request.at) if row.state == State.ANNOUNCED else ""
    found["waits"] = waits
    if row.state == State.ANNOUNCED and not waits and may(by, "results.approve"):
        found["approve_form"] = form or forms.Approve(initial=fresh)
    if row.state == State.APPROVED and may(by, "results.run"):
        found["finalise_form"] = form or forms.Finalise(initial=fresh)
    return found


@page("results.run", methods=("POST",), cycle=True)
def run_announce(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """Announce a run."""
    row = find(request, runs_of(request, cycle), run_id)
    left_open = row.units.filter(total=None).exists()
    form = forms.AnnounceOpen(request.POST) if left_open else forms.Announce(request.POST)
    if not form.is_valid():
        return run_page(request, row, form)
    actions.announce(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已经公示，并通知了各单位"))
    return redirect(address("run", row))


@page("results.approve", methods=("POST",), cycle=True)
def run_approve(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """Approve a run."""
    row = find(request, runs_of(request, cycle), run_id)
    form = forms.Approve(request.POST)
    if not form.is_valid():
        return run_page(request, row, form)
    actions.approve(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已经批准，请考核办定稿"))
    return redirect(address("run", row))


@page("results.run", methods=("POST",), cycle=True)
def run_finalise(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """Make a run final."""
    row = find(request, runs_of(request, cycle), run_id)
    form = forms.Finalise(request.POST)
    if not form.is_valid():
        return run_page(request, row, form)
    actions.finalise(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已经定稿，并通知了各单位"))
    return redirect(address("run", row))


@page("results.see_all", methods=("POST",), cycle=True)
def run_reproduce(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """Compute a run again, and say whether it is the same to the last digit."""
    row = find(request, runs_of(request, cycle), run_id)
    found = actions.reproduce(row, by=request.by, at=request.at)
    if found.holds:
        messages.success(request, _("重新计算的结果与存档逐字相同，校验值也相符"))
    elif not found.intact:
        messages.error(request, _("存档与校验值不符：存档被改动过；请查操作留痕，从备份恢复"))
    else:
        messages.error(
            request, _("重新计算的结果与存档不同；请保留存档，联系系统管理员核对程序版本")
        )
    return redirect(address("run", row))


@page("results.see_all", cycle=True)
def run_moved(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """Who moved since the run before."""
    row = find(request, runs_of(request, cycle), run_id)
    moves = moved(row.supersedes, row) if row.supersedes else None
    context = {
        "breadcrumbs": run_crumbs(row, _("与上次相比")),
        "tabs": run_tabs(row, "run_moved"),
        "run": row,
        "moves": moves,
    }
    return render(request, "results/moved.html", context)


def runs_of(request: Asked, cycle: Cycle) -> QuerySet[ScoringRun]:
    """The runs of a year that the person may see."""
    return queries.runs(request.by).filter(cycle=cycle).select_related("supersedes__edition")
