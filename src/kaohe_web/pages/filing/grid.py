"""The data provider's grid: every unit by every indicator of its own, cell by cell."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.workbook.hints import unit_words
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import Conflict, NotThere
from kaohe_web.filing import provided, queries, values
from kaohe_web.filing.models import ReportedValue
from kaohe_web.pages.asked import Asked, find, note_refusal, page
from kaohe_web.pages.filing.forms import CellForm
from kaohe_web.pages.templatetags.kaohe_pages import beijing_time

FIELDS = ("value", "state", "note", "before")


@page("provider.see", cycle=True)
def provider_grid(request: Asked, cycle: Cycle) -> HttpResponse:
    """All assessed units, and a cell for each value."""
    found = provided.grid(request.by, cycle)
    entered = set(queries.provided_to_enter(request.by, cycle).values_list("indicator", flat=True))
    rows = [
        {
            "assessed": row.assessed,
            "window": row.window,
            "cells": [
                cell_of(row, cell, fills=cell.indicator.id in entered and is_open(row, request))
                for cell in row.cells
            ],
        }
        for row in found.rows
    ]
    context = {
        "columns": [(column, unit_words(column.indicator)) for column in found.columns],
        "rows": rows,
        "fills": bool(entered),
        "due": max((row.window.last_day for row in found.rows if row.window), default=None),
        "missing": sum(column.missing for column in found.columns),
        "cells": len(found.columns) * len(found.rows),
        "breadcrumbs": [(cycle.name, ""), (_("数据填报"), "")],
    }
    return render(request, "filing/grid.html", context)


def is_open(row: provided.Row, request: Asked) -> bool:
    """Whether a unit's values may be entered now."""
    return row.window is not None and row.window.open_at(request.at)


def cell_of(row: provided.Row, cell: provided.Cell, *, fills: bool) -> dict[str, Any]:
    """A cell with its form, if it may be filled."""
    prefix = f"u{row.assessed.pk}-{cell.indicator.id}"
    form = CellForm(cell.indicator, cell.row, prefix=prefix) if fills else None
    told = values.told(cell.indicator, cell.entry.value)
    if cell.entry.state != values.State.VALUE:
        told = str(values.State(cell.entry.state).label)
    return {
        "cell": cell,
        "form": form,
        "told": told,
        "before": values.told(cell.indicator, cell.entry.before),
        "doubts": list(values.doubts(cell.indicator, cell.entry)),
    }


@page("provider.fill", methods=("POST",), cycle=True)
def grid_save(request: Asked, cycle: Cycle, assessed_id: int, indicator: str) -> HttpResponse:
    """Save one cell: pressed, or by itself while somebody types."""
    unit, row = own_cell(request, cycle, assessed_id, indicator)
    asked = provided.indicator_of(unit, indicator)
    form = CellForm(asked, row, chosen(request, row))
    if not form.is_valid():
        return wrong(request, unit, form)
    version, entry = form.cleaned_data["version"], form.entry()
    try:
        saved = provided.enter(
            unit, by=request.by, at=request.at, indicator=indicator, version=version, entry=entry
        )
    except Conflict as conflict:
        # not the middleware's page: here the person chooses between the two sides
        return between(request, unit, form, conflict)
    if not request.accepts("text/html"):
        fields: dict[str, object] = {"version": saved.version}
        if entry.settled() != entry:
            fields["state"] = saved.state
        odd = values.doubts(asked, values.entry_of(saved))
        told = "；".join([beijing_time(request.at), *odd])
        return JsonResponse({"fields": fields, "saved_at": told})
    messages.success(request, _("已保存：%(unit)s %(indicator)s") % names(unit, form))
    return redirect(reverse("provider_grid", kwargs={"cycle_id": cycle.pk}))


def own_cell(
    request: Asked, cycle: Cycle, assessed_id: int, indicator: str
) -> tuple[AssessedUnit, ReportedValue | None]:
    """The unit and the row of a cell that the person fills.

    :raises NotThere: if the unit or the indicator is not theirs; with an entry.
    """
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    mine = queries.provided_to_enter(request.by, cycle).filter(indicator=indicator)
    if not mine.exists():
        refusal = NotThere(_("没有这个指标，或者它不由您填报；请从“数据填报”进入"))
        note_refusal(request, refusal)
        raise refusal
    return unit, values.rows_of(unit, [indicator]).get(indicator)


def chosen(request: Asked, row: ReportedValue | None) -> QueryDict:
    """What was sent, with the fields for which the person took over what stands now."""
    data = request.POST.copy()
    entry = values.entry_of(row)
    for name in FIELDS:
        if data.get(f"take-{name}") == "now":
            data[name] = values.plain(getattr(entry, name))
    return data


def wrong(request: Asked, unit: AssessedUnit, form: CellForm) -> HttpResponse:
    """What is wrong with a cell: at its fields for a script, else on a page of its own."""
    errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
    if not request.accepts("text/html"):
        return JsonResponse({"errors": errors}, status=422)
    context = {"unit": unit, "form": form, "breadcrumbs": way_to(unit)}
    return render(request, "filing/cell.html", context, status=422)


def between(request: Asked, unit: AssessedUnit, form: CellForm, conflict: Conflict) -> HttpResponse:
    """Both sides of a conflict, to choose from; nothing was written."""
    row = values.rows_of(unit, [form.indicator.id]).get(form.indicator.id)
    entry = form.entry().settled()
    found = provided.differences(form.indicator, values.entry_of(row), entry)
    if not request.accepts("text/html"):
        sides = [{"label": d.label, "now": d.now, "mine": d.mine} for d in found.values()]
        told = "；".join(
            _("%(label)s现在是“%(now)s”") % {"label": d.label, "now": d.now or "—"}
            for d in found.values()
        )
        message = _("没有写入：别人刚改过，%(told)s。按回车可以选择") % {"told": told}
        return JsonResponse({"message": message, "differences": sides}, status=409)
    mine = {name: values.plain(getattr(entry, name)) for name in FIELDS}
    context = {
        "sentence": conflict.sentence,
        "differences": list(found.items()),
        "mine": {**mine, "version": str(row.version if row else 0)},
        "action": request.path,
        "back": reverse("provider_grid", kwargs={"cycle_id": unit.cycle_id}),
        "breadcrumbs": way_to(unit),
    }
    return render(request, "filing/between.html", context, status=409)


def way_to(unit: AssessedUnit) -> list[tuple[str, str]]:
    """The way to a cell."""
    grid = reverse("provider_grid", kwargs={"cycle_id": unit.cycle_id})
    return [(unit.cycle.name, ""), (_("数据填报"), grid), (str(unit), "")]


def names(unit: AssessedUnit, form: CellForm) -> dict[str, str]:
    """Whose value of what."""
    return {"unit": str(unit), "indicator": form.indicator.title}
