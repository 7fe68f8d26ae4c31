"""The year as it stands: expected scores, heat map, cohorts; and the same views of a run."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.results.around import crumbs, run_crumbs, run_tabs
from kaohe_web.pages.results.narrowed import narrowed
from kaohe_web.pages.results.runs import runs_of
from kaohe_web.results.cohorts import frames
from kaohe_web.results.detail import live_detail
from kaohe_web.results.heat import heat_map as heat_map_of
from kaohe_web.results.moves import scored_of
from kaohe_web.results.observed import Basis
from kaohe_web.results.ranking import ranking
from kaohe_web.results.sheet import sheet
from kaohe_web.results.sources import sources_of
from kaohe_web.results.standing import standing as standing_of
from kaohe_web.results.stored import result_in
from kaohe_web.results.tables import language, rubric_of


def basis_of(request: Asked) -> Basis:
    """What the address asks to be taken into account; what was submitted, if it asks nothing."""
    asked = request.GET.get("basis", "")
    return Basis(asked) if asked in set(Basis) else Basis.SUBMITTED


def basis_tabs(request: Asked) -> list[dict[str, object]]:
    """The ways to look at the moment."""
    titles = {
        Basis.SUBMITTED: _("已提交的"),
        Basis.DRAFTS: _("含未提交的"),
        Basis.OWN: _("尚无评定的按自评"),
    }
    now = basis_of(request)
    return [
        {"title": title, "href": f"{request.path}?basis={basis}", "current": basis == now}
        for basis, title in titles.items()
    ]


@page("results.see_all", cycle=True)
def standing(request: Asked, cycle: Cycle) -> HttpResponse:
    """What every unit would score now: ranges while things are open."""
    found = standing_of(cycle, basis_of(request))
    context = live_context(request, cycle, _("当前得分"), found)
    if found.scored is not None and found.observed is not None:
        keys = dict(cycle.units.values_list("unit__code", "pk"))
        plain = found.scored.plain()
        whole = ranking(found.scored.rubric, plain, found.observed.data, keys=keys)
        shown, narrowing = narrowed(request, whole)
        context |= {"ranking": shown, "whole": whole, "narrowing": narrowing}
    return render(request, "results/standing.html", context)


@page("results.see_all", cycle=True)
def standing_sheet(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """Why one unit would score what it would."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    found = standing_of(cycle, basis_of(request))
    context = live_context(request, cycle, str(unit), found)
    context["unit"] = unit
    back = reverse("standing", kwargs={"cycle_id": cycle.pk})
    context["breadcrumbs"] = crumbs(cycle, (_("当前得分"), back), (str(unit), ""))
    if found.scored is not None:
        lang = language()
        detail = live_detail(found.scored, unit.unit.code, lang, sources_of(cycle))
        context["sheet"] = sheet(found.scored.rubric, detail, lang, with_names=True)
    return render(request, "results/standing_sheet.html", context)


@page("results.see_all", cycle=True)
def heat_map(request: Asked, cycle: Cycle) -> HttpResponse:
    """Units by items, as things stand."""
    found = standing_of(cycle, basis_of(request))
    context = live_context(request, cycle, _("热力图"), found)
    if found.scored is not None:
        plain = found.scored.plain()
        context["heat"] = heat_map_of(found.scored.rubric, plain, live_keys(cycle))
    return render(request, "results/heat_map.html", context)


@page("results.see_all", cycle=True)
def means(request: Asked, cycle: Cycle) -> HttpResponse:
    """The cohorts as things stand."""
    found = standing_of(cycle, basis_of(request))
    context = live_context(request, cycle, _("参评范围与平均值"), found)
    if found.scored is not None:
        context["frames"] = frames(found.scored, language())
    return render(request, "results/means.html", context)


def live_keys(cycle: Cycle) -> dict[str, int]:
    """Where each unit's sheet of the moment is."""
    return dict(cycle.units.values_list("unit__code", "pk"))


def live_context(request: Asked, cycle: Cycle, title: str, found: object) -> dict[str, object]:
    """What every page of the moment shows."""
    return {
        "breadcrumbs": crumbs(cycle, (title, "")),
        "title": title,
        "standing": found,
        "tabs": basis_tabs(request),
        "basis": basis_of(request),
    }


@page("results.see_all", cycle=True)
def run_heat_map(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """Units by items of a run."""
    row = find(request, runs_of(request, cycle), run_id)
    keys = dict(row.units.values_list("assessed__unit__code", "pk"))
    title = _("热力图")
    context = {
        "breadcrumbs": run_crumbs(row, title),
        "title": title,
        "tabs": run_tabs(row, "run_heat_map"),
        "run": row,
        "heat": heat_map_of(rubric_of(row), result_in(row), keys),
    }
    return render(request, "results/heat_map.html", context)


@page("results.see_all", cycle=True)
def run_means(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """The frozen cohorts of a run."""
    row = find(request, runs_of(request, cycle), run_id)
    title = _("参评范围与平均值")
    context = {
        "breadcrumbs": run_crumbs(row, title),
        "title": title,
        "tabs": run_tabs(row, "run_means"),
        "run": row,
        "frames": frames(scored_of(row), language()),
    }
    return render(request, "results/means.html", context)
