"""Draws of units for site visits: made by the office, run again by anybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.review import forms, visit_forms
from kaohe_web.pages.review.words import here, in_year
from kaohe_web.people.rights import may
from kaohe_web.review import draws as actions
from kaohe_web.review import queries, visits
from kaohe_web.review.drawing import lines_of, lots
from kaohe_web.review.models import Draw


@page("draws.see", cycle=True)
def draws(request: Asked, cycle: Cycle) -> HttpResponse:
    """Every draw of the year, none ever taken away."""
    return list_page(request, cycle)


def list_page(
    request: Asked, cycle: Cycle, form: visit_forms.DrawUnits | None = None
) -> HttpResponse:
    """The list, with the office's form."""
    found = list(queries.draws(request.by, cycle))
    context = {
        "breadcrumbs": in_year(cycle, (_("抽取核查单位"), "")),
        "draws": [
            {"draw": each, "drawn": lines_of(each.drawn), "of": len(lines_of(each.candidates))}
            for each in found
        ],
        "form": (form or draw_form(request, cycle, again=bool(found)))
        if may(request.by, "review.assign")
        else None,
        "rerun": visit_forms.Rerun(auto_id="rerun-%s"),
    }
    status = 422 if form is not None else 200
    return render(request, "review/draws.html", context, status=status)


def draw_form(
    request: Asked, cycle: Cycle, *, again: bool, data: "forms.Data" = None
) -> visit_forms.DrawUnits:
    """The office's form; every unit is a candidate to begin with."""
    units = queries.units_to_review(request.by, cycle)
    initial = {"candidates": [unit.pk for unit in units]}
    return visit_forms.DrawUnits(units, data, again=again, initial=initial)


@page("review.assign", methods=("POST",), cycle=True)
def draw_make(request: Asked, cycle: Cycle) -> HttpResponse:
    """Draw, and publish what went in and what came out."""
    again = queries.draws(request.by, cycle).exists()
    form = draw_form(request, cycle, again=again, data=request.POST)
    if not form.is_valid():
        return list_page(request, cycle, form)
    asked = form.cleaned_data
    made = actions.draw(
        cycle,
        candidates=[unit.pk for unit in asked["candidates"]],
        seed=asked["seed"],
        many=asked["many"],
        note=asked["note"],
        by=request.by,
        at=request.at,
    )
    messages.success(request, _("已抽取；种子、名单和结果已对本年度的所有人公布"))
    return redirect(here(cycle, "draw", draw_id=made.pk))


@page("draws.see", cycle=True)
def draw(request: Asked, cycle: Cycle, draw_id: int) -> HttpResponse:
    """One draw: everything that is needed to run it again."""
    return draw_page(request, find(request, queries.draws(request.by, cycle), draw_id))


def draw_page(request: Asked, row: Draw) -> HttpResponse:
    """The page of a draw."""
    candidates = lines_of(row.candidates)
    initial = {"seed": row.seed, "many": row.many, "candidates": row.candidates}
    planned = set(row.visits.values_list("assessed__unit__name", flat=True))
    context = {
        "breadcrumbs": in_year(
            row.cycle, (_("抽取核查单位"), here(row.cycle, "draws")), (str(row.seed), "")
        ),
        "draw": row,
        "lots": lots(candidates, row.seed, row.many),
        "first": candidates[0],
        "form": visit_forms.Rerun(initial=initial, auto_id="rerun-%s"),
        "may_plan": may(request.by, "review.assign") and not planned,
        "planned": planned,
    }
    return render(request, "review/draw.html", context)


@page("draws.see", methods=("POST",), cycle=True)
def draw_rerun(request: Asked, cycle: Cycle) -> HttpResponse:
    """Compute a draw from whatever the person typed; nothing is written."""
    form = visit_forms.Rerun(request.POST, auto_id="rerun-%s")
    context: dict[str, Any] = {
        "breadcrumbs": in_year(cycle, (_("抽取核查单位"), here(cycle, "draws")), (_("验算"), "")),
        "form": form,
    }
    if form.is_valid():
        asked = form.cleaned_data
        context["lots"] = lots(asked["candidates"], asked["seed"], asked["many"])
        context["same"] = same_as(request, cycle, asked)
    return render(request, "review/rerun.html", context, status=200 if form.is_valid() else 422)


def same_as(request: Asked, cycle: Cycle, asked: dict[str, Any]) -> Draw | None:
    """The published draw with the same seed, list and number."""
    rows = queries.draws(request.by, cycle).filter(seed=asked["seed"], many=asked["many"])
    wanted = set(asked["candidates"])
    return next((row for row in rows if set(lines_of(row.candidates)) == wanted), None)


@page("review.assign", methods=("POST",), cycle=True)
def draw_plan(request: Asked, cycle: Cycle, draw_id: int) -> HttpResponse:
    """Put the drawn units on the list of visits."""
    row = find(request, queries.draws(request.by, cycle), draw_id)
    made = visits.plan_drawn(row, by=request.by, at=request.at)
    if made:
        messages.success(request, _("抽中的单位已列入实地核查，请安排日期和核查组"))
    else:
        messages.info(request, _("抽中的单位都已在核查名单里"))
    return redirect(here(cycle, "visits"))
