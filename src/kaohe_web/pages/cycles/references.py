"""Reference values of a year: a mean for each group, indicator and name, with its document."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles import references as referring
from kaohe_web.cycles.asks import title_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.references import NONE, Place, Reference
from kaohe_web.numbers import NumberInput
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.cycles.around import Why, here, year_page
from kaohe_web.pages.cycles.fields import PlainText
from kaohe_web.pages.cycles.rows import Row, all_valid, edits, rows_of


class ReferenceRow(Row):
    """A mean and the document it rests on."""

    value = NumberInput(label=gettext_lazy("数值"))
    document = PlainText(label=gettext_lazy("依据"), max_length=300)


def reference(typed: Mapping[str, Any]) -> Reference:
    """What a row says."""
    return Reference(typed["value"], typed["document"])


def named(cycle: Cycle) -> dict[Place, str]:
    """Each place in words."""
    rubric = rubric_of(cycle)
    return {
        place: " ".join(filter(None, [place[0], title_of(rubric, place[1]), place[2]]))
        for place in referring.places(cycle)
    }


def reference_rows(cycle: Cycle, data: QueryDict | None = None) -> dict[Place, ReferenceRow]:
    """A row for each mean that is asked for."""
    standing = referring.references(cycle)

    def shown(place: Place) -> dict[str, Any]:
        found = standing.get(place, NONE)
        return {"value": found.value, "document": found.document}

    return rows_of(ReferenceRow, named(cycle), shown, data)


@page("cycles.see", cycle=True)
def references(request: Asked, cycle: Cycle) -> HttpResponse:
    """The means that rules compare with, and which of them are given."""
    return references_page(request, cycle, reference_rows(cycle), Why(cycle=cycle))


def references_page(
    request: Asked, cycle: Cycle, rows: dict[Place, ReferenceRow], why: Why, status: int = 200
) -> HttpResponse:
    """The page of the reference values."""
    rubric = rubric_of(cycle)
    standing = referring.references(cycle)
    context = year_page(request, cycle, (_("参考值"), "")) | {
        "lines": [
            {
                "group": place[0],
                "title": title_of(rubric, place[1]),
                "mean": place[2],
                "row": row,
                "stands": standing.get(place, NONE),
            }
            for place, row in rows.items()
        ],
        "has_units": cycle.units.exists(),
        "runs": cycle.runs.count(),
        "why": why,
    }
    return render(request, "cycles/references.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def references_save(request: Asked, cycle: Cycle) -> HttpResponse:
    """Set or lift reference values."""
    rows, why = reference_rows(cycle, request.POST), Why(request.POST, cycle=cycle)
    if not (all_valid(rows.values()) & why.is_valid()):
        return references_page(request, cycle, rows, why, status=422)
    changed = edits(rows, reference)
    if changed:
        referring.set_values(cycle, by=request.by, at=request.at, edits=changed, reason=why.given)
        messages.success(request, _("已保存 %(count)s 行") % {"count": len(changed)})
    else:
        messages.info(request, _("没有改动"))
    return redirect(here(cycle, "references"))
