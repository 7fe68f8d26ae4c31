"""A district alone: what it may expect, who lost points, what is open with whom until when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles, visible_units
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.results.around import year_crumb
from kaohe_web.results.cohorts import frames
from kaohe_web.results.district import district as district_of
from kaohe_web.results.observed import Basis
from kaohe_web.results.standing import standing
from kaohe_web.results.tables import language


@page("results.district", cycle=True)
def district(request: Asked, cycle: Cycle) -> HttpResponse:
    """The expected score of a district's own year; a city's year has no such page."""
    find(request, visible_cycles(request.by).filter(scope=Cycle.Scope.DISTRICT), cycle.pk)
    unit = visible_units(request.by, cycle).first()
    context: dict[str, object] = {
        "breadcrumbs": [year_crumb(cycle), (_("预计得分"), "")],
        "unit": unit,
    }
    if unit is not None:
        expected, certain = standing(cycle, Basis.OWN), standing(cycle, Basis.SUBMITTED)
        context["standing"] = expected
        if expected.scored is not None:
            context["district"] = district_of(cycle, unit, expected.scored, language())
            context["frames"] = frames(expected.scored, language())
        if certain.scored is not None:
            context["certain"] = district_of(cycle, unit, certain.scored, language()).result
    return render(request, "results/district.html", context)
