"""The objections of a year: their list, and the office's answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.results import forms
from kaohe_web.pages.results.around import crumbs
from kaohe_web.people.rights import may
from kaohe_web.results import objections as actions
from kaohe_web.results import queries
from kaohe_web.results.models import Objection

PER_PAGE = 20


@page("results.objections", cycle=True)
def objections(request: Asked, cycle: Cycle) -> HttpResponse:
    """The objections that the person may see, the unanswered first."""
    return list_page(request, cycle)


def list_page(
    request: Asked, cycle: Cycle, wrong: tuple[int, forms.Answer] | None = None
) -> HttpResponse:
    """The list; ``wrong`` is an answer that came back with what is missing."""
    rows = rows_of(request, cycle).order_by(F("answered_at").asc(nulls_first=True), "-at", "-id")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    answers = may(request.by, "results.run")
    listed = []
    for row in shown:
        form = None
        if answers and row.answered_at is None:
            form = forms.Answer(initial={"version": row.version}, auto_id=f"answer_{row.pk}_%s")
            if wrong is not None and wrong[0] == row.pk:
                form = wrong[1]
        listed.append((row, form))
    context = {
        "breadcrumbs": crumbs(cycle, (_("异议"), "")),
        "page": shown,
        "rows": listed,
        "answers": answers,
    }
    status = 200 if wrong is None else 422
    return render(request, "results/objections.html", context, status=status)


@page("results.run", methods=("POST",), cycle=True)
def objection_answer(request: Asked, cycle: Cycle, objection_id: int) -> HttpResponse:
    """Answer an objection."""
    row = find(request, rows_of(request, cycle), objection_id)
    form = forms.Answer(request.POST, auto_id=f"answer_{row.pk}_%s")
    if not form.is_valid():
        return list_page(request, cycle, (row.pk, form))
    actions.answer(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已经答复，并通知了提出异议的单位"))
    return redirect("objections", cycle_id=cycle.pk)


def rows_of(request: Asked, cycle: Cycle) -> QuerySet[Objection]:
    """The objections of a year that the person may see."""
    return queries.objections(request.by).filter(cycle=cycle)
