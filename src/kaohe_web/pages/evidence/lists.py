"""The evidence of a year, and one file of it: what it is, where it is used, what it looked like."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.files.headers import download_headers
from kaohe_web.files.kinds import ACCEPTED, TYPES
from kaohe_web.filing import evidence_archive
from kaohe_web.filing import evidence_queries as queries
from kaohe_web.filing.clauses import Clause, year_of
from kaohe_web.filing.evidence_period import doubt, period_of, told
from kaohe_web.filing.evidence_reuse import notes
from kaohe_web.filing.evidence_words import clauses_in_words
from kaohe_web.filing.models import Evidence, EvidenceUse
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.evidence import forms
from kaohe_web.pages.evidence.forms import Describing, EvidenceFilter, Pointing
from kaohe_web.pages.evidence.pane import pane
from kaohe_web.pages.evidence.panel import state_of
from kaohe_web.people.searching import with_words

A_PAGE = 50
MOST_DIGITS = 6


@page("evidence.see", cycle=True)
def evidence(request: Asked, cycle: Cycle) -> HttpResponse:
    """The evidence that the person sees, file by file."""
    units = list(visible_units(request.by, cycle))
    form = EvidenceFilter(request.GET, units, clauses_of(cycle, units))
    rows = narrowed(request, cycle, form)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    one = units[0] if len(units) == 1 else chosen_unit(form, units)
    context = {
        "rows": lines(request, cycle, list(shown)),
        "page": shown,
        "filter": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "unit": one,
        "units": len(units),
        "breadcrumbs": [(cycle.name, ""), (_("佐证材料"), "")],
    }
    return render(request, "evidence/list.html", context)


def clauses_of(cycle: Cycle, units: list[AssessedUnit]) -> list[Clause]:
    """The clauses that units of the kinds at hand file for, once each."""
    year = year_of(cycle)
    found: dict[str, Clause] = {}
    for kind in dict.fromkeys(unit.type for unit in units):
        found |= {clause.part.id: clause for clause in year.clauses(kind).filed()}
    return list(found.values())


def narrowed(request: Asked, cycle: Cycle, form: EvidenceFilter) -> QuerySet[Evidence]:
    """The evidence that the filters of the address leave."""
    rows = queries.evidence(request.by, cycle)
    asked = form.cleaned_data if form.is_valid() else {}
    match asked.get("state"):
        case forms.UNUSED:
            rows = rows.filter(withdrawn_at=None, replaced_by=None, uses=None)
        case forms.OLD:
            rows = rows.filter(withdrawn_at=None).exclude(replaced_by=None)
        case forms.WITHDRAWN:
            rows = rows.exclude(withdrawn_at=None)
        case _:
            rows = rows.filter(withdrawn_at=None).exclude(replaced_by__isnull=False, uses=None)
    if asked.get("unit"):
        rows = rows.filter(assessed=asked["unit"])
    if asked.get("part"):
        rows = rows.filter(uses__submission__part=asked["part"])
    if asked.get("label"):
        rows = rows.filter(label=asked["label"])
    if asked.get("words"):
        rows = with_words(rows, asked["words"], "name")
    return rows


def chosen_unit(form: EvidenceFilter, units: list[AssessedUnit]) -> AssessedUnit | None:
    """The unit that the list is narrowed to."""
    asked = form.cleaned_data.get("unit") if form.is_valid() else ""
    return next((unit for unit in units if str(unit.pk) == asked), None)


def lines(request: Asked, cycle: Cycle, rows: list[Evidence]) -> list[dict[str, Any]]:
    """Files with where they are used and what is to be said of them; the same queries always."""
    said = notes(request.by, cycle, rows)
    used: dict[int, list[str]] = {row.pk: [] for row in rows}
    seen = queries.uses(request.by, cycle).filter(evidence__in=used)
    for key, part in seen.values_list("evidence", "submission__part"):
        used[key].append(part)
    return [
        {
            "evidence": row,
            "type": TYPES[row.file.type].title if row.file.type in TYPES else row.file.type,
            "clauses": clauses_in_words(cycle, used[row.pk]) if used[row.pk] else "",
            "period": told(period_of(row)),
            "notes": [*said[row.pk], *filter(None, [doubt(period_of(row), cycle)])],
        }
        for row in rows
    ]


@page("evidence.see", cycle=True)
def evidence_item(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """One file: a page of it, and all that is known of it; to a part of a page only the picture."""
    row = find(request, queries.evidence(request.by, cycle), pk)
    shown = pane(row, page_asked(request))
    if request.htmx and not request.htmx.boosted:
        return render(request, "evidence/pane.html", {"pane": shown})
    return render(request, "evidence/item.html", item_context(request, row) | {"pane": shown})


def page_asked(request: Asked) -> int:
    """The page of a file that the address names; the first for anything else."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and asked.isascii() and len(asked) <= MOST_DIGITS else 1


def item_context(request: Asked, row: Evidence) -> dict[str, Any]:
    """All that is known of a file, and what the person may do with it."""
    by, cycle = request.by, row.cycle
    uses = list(queries.uses(by, cycle).filter(evidence=row).order_by("pk"))
    own = set(queries.uses_to_change(by, cycle).filter(evidence=row).values_list("pk", flat=True))
    changes = queries.evidence_to_change(by, cycle).filter(pk=row.pk).exists()
    chain = queries.versions(row)
    visible = {row.pk, *seen_of(request, chain)}
    year = year_of(cycle).clauses(row.assessed.type)
    return {
        "row": row,
        "type": TYPES[row.file.type].title if row.file.type in TYPES else row.file.type,
        "period": told(period_of(row)),
        "notes": [
            *notes(by, cycle, [row])[row.pk],
            *filter(None, [doubt(period_of(row), cycle)]),
        ],
        "uses": [(use, year.get(use.submission.part), pointing(use, own)) for use in uses],
        "changes": changes,
        "closed": closed_for(request, row, uses) if changes else "",
        "latest": chain[0].pk == row.pk,
        "newest": chain[0] if chain[0].pk in visible else None,
        "versions": [(each, each.pk in visible) for each in chain] if len(chain) > 1 else [],
        "describing": Describing.of(row),
        "accept": ACCEPTED,
        "breadcrumbs": [
            (cycle.name, ""),
            (_("佐证材料"), reverse("evidence", kwargs={"cycle_id": cycle.pk})),
            (row.name, ""),
        ],
    }


def closed_for(request: Asked, row: Evidence, uses: list[EvidenceUse]) -> str:
    """Why a file cannot be replaced or withdrawn now; empty while a part that uses it is open."""
    found = [state_of(request.by, row.assessed, use.submission.part, request.at) for use in uses]
    return found[0][1] if found and all(why for _gives, why in found) else ""


def pointing(use: EvidenceUse, own: set[int]) -> Pointing | None:
    """The form to point a use to a page, for whoever may."""
    return Pointing.of(use) if use.pk in own else None


def seen_of(request: Asked, chain: list[Evidence]) -> set[int]:
    """Which versions of a file the person may open."""
    keys = [each.pk for each in chain]
    seen = queries.evidence(request.by, chain[0].cycle).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))


@page("evidence.see", cycle=True)
def evidence_zip(request: Asked, cycle: Cycle, assessed_id: int) -> StreamingHttpResponse:
    """All evidence of a unit that the person sees, with its catalogue, as one ZIP."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    archive = evidence_archive.export(unit, by=request.by, at=request.at)
    return sent(archive)


def sent(archive: evidence_archive.Archive) -> StreamingHttpResponse:
    """An archive, sent while it is made."""
    headers = download_headers(archive.name, TYPES["zip"])
    return StreamingHttpResponse(archive.chunks, headers=headers)
