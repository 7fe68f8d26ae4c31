"""Papers for the seal: printed here, handed in as scans, with what is still missing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.files.kinds import ACCEPTED
from kaohe_web.filing import papers as handing_in
from kaohe_web.filing import papers_queries as queries
from kaohe_web.filing.models import Paper
from kaohe_web.filing.papers_queries import Shelf, shelves
from kaohe_web.filing.papers_scores import score_sheet
from kaohe_web.filing.stored_files import keep
from kaohe_web.filing.windows import Windows
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.evidence.forms import PaperKind
from kaohe_web.people import rights
from kaohe_web.people.models import Department

Kind = Paper.Kind


@page("evidence.see", cycle=True)
def papers(request: Asked, cycle: Cycle) -> HttpResponse:
    """The papers of every unit that the person has to do with; straight to a single one's."""
    units = list(visible_units(request.by, cycle))
    if len(units) == 1:
        where = {"cycle_id": cycle.pk, "assessed_id": units[0].pk}
        return redirect(reverse("unit_papers", kwargs=where))
    found: dict[AssessedUnit, list[Shelf]] = {unit: [] for unit in units}
    for shelf in shelves(request.by, cycle, units):
        found[shelf.assessed].append(shelf)
    rows = [(unit, of[0], of[1:], missing(of[1:])) for unit, of in found.items() if of]
    context = {
        "rows": rows,
        "kinds": [kind.label for kind in Kind],
        "complete": sum(not missing(of) for of in found.values()),
        "units": len(units),
        "breadcrumbs": [(cycle.name, ""), (_("盖章件与自评报告"), "")],
    }
    return render(request, "evidence/papers.html", context)


def missing(found: list[Shelf]) -> int:
    """How many papers are asked for and not there."""
    return sum(len(shelf.missing) for shelf in found)


@page("evidence.see", cycle=True)
def unit_papers(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """One unit's papers, body by body, with the place to hand in one's own."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    found = shelves(request.by, cycle, [unit])
    own = own_shelf(request, found)
    windows = Windows(cycle)
    context = {
        "unit": unit,
        "shelves": found,
        "kinds": list(Kind),
        "missing": missing(found),
        "own": own,
        "giving": giving(request, unit, own, windows) if own else [],
        "accept": ACCEPTED,
        "prints": rights.may(request.by, "papers.print"),
        "breadcrumbs": way_to(cycle, (str(unit), "")),
    }
    return render(request, "evidence/unit_papers.html", context)


def own_shelf(request: Asked, found: list[Shelf]) -> Shelf | None:
    """The shelf that the person puts papers on: the department's, or the unit's for its office."""
    if not rights.may(request.by, "papers.print"):
        return None
    own = request.by.department_id
    same = (s for s in found if (s.department.pk if s.department else None) == own)
    return next(same, None)


def giving(
    request: Asked, unit: AssessedUnit, own: Shelf, windows: Windows
) -> list[dict[str, Any]]:
    """Each kind of paper with what stands there, and why it is not taken now."""
    return [
        {
            "place": place,
            "closed": handing_in.why_closed(unit, place.kind, windows, request.at),
            "window": handing_in.window_of(unit, place.kind, windows),
        }
        for place in own.places
        if place.asked or place.paper
    ]


@page("papers.print", methods=("POST",), cycle=True)
def paper_upload(request: Asked, cycle: Cycle, assessed_id: int, kind: str) -> HttpResponse:
    """Hand in a paper."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    form = PaperKind({"kind": kind})
    file = request.FILES.get("file")
    if not form.is_valid() or file is None:
        raise Invalid([_("没有选择文件；请选择盖章后的扫描件或自评报告")])
    closed = handing_in.why_closed(unit, Kind(kind), Windows(cycle), request.at)
    if closed:  # before the file is looked into for nothing
        raise WrongState(closed)
    kept = keep(file, by=request.by, at=request.at)
    paper = handing_in.upload(unit, by=request.by, at=request.at, kind=kind, kept=kept)
    messages.success(request, _("已上传：%(name)s；以前的保留备查") % {"name": paper.name})
    if not request.accepts("text/html"):
        return JsonResponse({})
    where = {"cycle_id": cycle.pk, "assessed_id": unit.pk}
    return redirect(reverse("unit_papers", kwargs=where))


@page("papers.print", cycle=True)
def self_score_sheet(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """The self-score sheet of a department or of the unit, to be printed for the seal."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    department = department_asked(request, unit)
    context = {
        "unit": unit,
        "sheet": score_sheet(request.by, unit, department, request.at),
        "department": department,
        "departments": departments_of(request, unit),
        "breadcrumbs": way_to(
            cycle,
            (
                str(unit),
                reverse("unit_papers", kwargs={"cycle_id": cycle.pk, "assessed_id": unit.pk}),
            ),
            (_("自评得分表"), ""),
        ),
    }
    return render(request, "evidence/self_score_sheet.html", context)


def department_asked(request: Asked, unit: AssessedUnit) -> Department | None:
    """The department whose sheet it is: a liaison's own; for the unit's office the one it names."""
    own = departments_of(request, unit)
    if request.by.department_id is not None:
        return request.by.post.department if request.by.post else None
    asked = request.GET.get("department", "")
    return next((each for each in own if str(each.pk) == asked), None)


def departments_of(request: Asked, unit: AssessedUnit) -> list[Department]:
    """The departments whose sheets the person may print; a liaison prints only the own one."""
    if request.by.department_id is not None:
        return []
    leading = queries.leading_departments([unit]).get(unit.pk, [])
    return [department for department, _parts in leading]


def way_to(cycle: Cycle, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of papers."""
    listed = reverse("papers", kwargs={"cycle_id": cycle.pk})
    return [(cycle.name, ""), (_("盖章件与自评报告"), listed), *steps]
