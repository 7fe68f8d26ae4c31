"""Recusal: an assessor's own word, the office's, and the list of both."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.review import forms
from kaohe_web.pages.review.marking import queue_page
from kaohe_web.pages.review.words import here, in_year
from kaohe_web.people.rights import may
from kaohe_web.review import queries
from kaohe_web.review import recusals as actions
from kaohe_web.review.models import Assignment


@page("review.see", cycle=True)
def recusals(request: Asked, cycle: Cycle) -> HttpResponse:
    """Who is kept from judging which unit, and why."""
    return list_page(request, cycle)


def list_page(request: Asked, cycle: Cycle, form: forms.Impose | None = None) -> HttpResponse:
    """The list, with the office's form."""
    given = Assignment.State.GIVEN
    marked = {
        (row.assessor_id, row.assessed_id)
        for row in queries.assignments(request.by, cycle).filter(state=given)
    }
    context = {
        "breadcrumbs": in_year(cycle, (_("回避"), "")),
        "rows": [
            {"recusal": row, "marked": (row.assessor_id, row.assessed_id) in marked}
            for row in queries.recusals(request.by, cycle)
        ],
        "form": (form or impose_form(request, cycle)) if may(request.by, "review.assign") else None,
    }
    status = 422 if form is not None else 200
    return render(request, "review/recusals.html", context, status=status)


def impose_form(request: Asked, cycle: Cycle, data: "forms.Data" = None) -> forms.Impose:
    """The office's form."""
    units = queries.units_to_review(request.by, cycle)
    return forms.Impose(queries.assessors(request.at), units, data)


@page("review.assign", methods=("POST",), cycle=True)
def recusal_impose(request: Asked, cycle: Cycle) -> HttpResponse:
    """Keep an assessor from a unit."""
    form = impose_form(request, cycle, request.POST)
    if not form.is_valid():
        return list_page(request, cycle, form)
    actions.impose(
        cycle,
        assessor=form.cleaned_data["assessor"],
        assessed=form.cleaned_data["unit"],
        reason=form.cleaned_data["reason"],
        by=request.by,
        at=request.at,
    )
    messages.success(request, _("已登记回避；未评的任务要重新分派，已评的保留并注明"))
    return redirect(here(cycle, "recusals"))


@page("review.recuse", methods=("POST",), cycle=True)
def recuse(request: Asked, cycle: Cycle) -> HttpResponse:
    """Keep oneself from a unit."""
    units = queries.units_to_recuse_from(request.by, cycle)
    form = forms.Recuse(units, request.POST, auto_id="recuse-%s")
    if not form.is_valid():
        return queue_page(request, cycle, form)
    unit = form.cleaned_data["unit"]
    actions.declare(unit, reason=form.cleaned_data["reason"], by=request.by, at=request.at)
    said = _("您对%(unit)s已回避，未评的任务由考核办重新分派")
    messages.success(request, said % {"unit": unit.unit.name})
    return redirect(here(cycle, "queue") if still_here(request, cycle) else reverse("home"))


def still_here(request: Asked, cycle: Cycle) -> bool:
    """Whether the assessor has anything left in the year."""
    return queries.own_assignments(request.by, cycle).exists()
