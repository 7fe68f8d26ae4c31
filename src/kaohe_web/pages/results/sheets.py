"""One unit's score sheet, and the objection to it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.followup.from_sheet import follow_ups
from kaohe_web.pages.results import forms
from kaohe_web.pages.results.around import crumbs, run_crumbs
from kaohe_web.people.rights import may
from kaohe_web.results import objections, queries
from kaohe_web.results.models import ScoringRun, UnitResult
from kaohe_web.results.sheet import sheet
from kaohe_web.results.stored import detail_in
from kaohe_web.results.tables import language, rubric_of
from kaohe_web.results.windows import is_over


@page("results.see", cycle=True)
def score_sheet(request: Asked, cycle: Cycle, result_id: int) -> HttpResponse:
    """Every score of a unit with its reason."""
    return sheet_page(request, find(request, results_of(request, cycle), result_id))


def sheet_page(
    request: Asked, result: UnitResult, form: forms.Objection | None = None
) -> HttpResponse:
    """The page of a sheet; with the form of an objection while one may be raised."""
    run, by = result.run, request.by
    sees_all = may(by, "results.see_all")
    found = sheet(rubric_of(run), detail_in(result), language(), with_names=sees_all)
    way = run_crumbs(run) if sees_all else crumbs(run.cycle)
    in_window = run.state == ScoringRun.State.ANNOUNCED and not is_over(
        run.objections_until, request.at
    )
    context = {
        "breadcrumbs": [*way, (str(result.assessed), "")],
        "run": run,
        "result": result,
        "sheet": found,
        "only_lost": request.GET.get("only") == "lost",
        "objections": queries.objections(by).filter(run=run, assessed=result.assessed_id),
        **follow_ups(request, result),
    }
    if in_window and may(by, "results.object"):
        context["objection_form"] = form or forms.Objection()
    status = 422 if form is not None else 200
    return render(request, "results/score_sheet.html", context, status=status)


@page("results.object", methods=("POST",), cycle=True)
def objection_raise(request: Asked, cycle: Cycle, result_id: int) -> HttpResponse:
    """Object to one's own announced result."""
    result = find(request, results_of(request, cycle), result_id)
    form = forms.Objection(request.POST)
    if not form.is_valid():
        return sheet_page(request, result, form)
    objections.raise_against(result, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("异议已经提交，考核办会答复"))
    return redirect("score_sheet", cycle_id=cycle.pk, result_id=result.pk)


def results_of(request: Asked, cycle: Cycle) -> QuerySet[UnitResult]:
    """The results of a year that the person may see."""
    return queries.unit_results(request.by).filter(cycle=cycle)
