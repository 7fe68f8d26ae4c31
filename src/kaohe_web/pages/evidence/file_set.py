"""The set of files for the city above: what would be in it now, and one press that makes it."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import NotThere
from kaohe_web.filing import file_set as making
from kaohe_web.filing.papers_queries import shelves
from kaohe_web.pages.asked import Asked, note_refusal, page
from kaohe_web.pages.evidence.lists import sent


@page("file_set.make", cycle=True)
def file_set(request: Asked, cycle: Cycle) -> HttpResponse:
    """What the set would hold as everything stands now."""
    unit = visible_units(request.by, cycle).first()
    found = making.contents(request.by, unit, request.at) if unit else None
    wanting = [
        (shelf, kind.label)
        for shelf in (shelves(request.by, cycle, [unit]) if unit else [])
        for kind in shelf.missing
    ]
    context = {
        "unit": unit,
        "found": found,
        "wanting": wanting,
        "breadcrumbs": [(cycle.name, ""), (_("成套材料"), "")],
    }
    return render(request, "evidence/file_set.html", context)


@page("file_set.make", methods=("POST",), cycle=True)
def file_set_make(request: Asked, cycle: Cycle) -> StreamingHttpResponse:
    """The set as one ZIP."""
    unit = visible_units(request.by, cycle).first()
    if unit is None:
        refusal = NotThere(_("本单位不在这个考核年度里，没有可生成的材料"))
        note_refusal(request, refusal)
        raise refusal
    return sent(making.make(unit, by=request.by, at=request.at))
