"""How parts are judged: by one or two, with which reasons offered."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles import marking
from kaohe_web.cycles.asks import judged
from kaohe_web.cycles.marking import Marking, default_phrases
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.cycles.around import Why, here, year_page
from kaohe_web.pages.cycles.rows import Row, all_valid, edits, rows_of


class MarkingRow(Row):
    """By how many a part is judged, and the reasons offered, one a line."""

    marks = forms.TypedChoiceField(
        label=gettext_lazy("几人独立评分"),
        coerce=int,
        choices=[(1, gettext_lazy("一人")), (2, gettext_lazy("两人"))],
    )
    phrases = forms.CharField(
        label=gettext_lazy("常用理由"), max_length=8000, widget=forms.Textarea(attrs={"rows": 7})
    )


def plan_of(typed: Mapping[str, Any]) -> Marking:
    """What a row says."""
    phrases = (line.strip() for line in typed["phrases"].splitlines())
    return Marking(typed["marks"] or 1, tuple(filter(None, phrases)))


def marking_rows(cycle: Cycle, data: QueryDict | None = None) -> dict[str, MarkingRow]:
    """A row for each part, those that are judged anyway first."""
    standing = marking.markings(cycle)
    parts = {part.id: part for part in rubric_of(cycle).all_parts()}
    ordered = sorted(parts.values(), key=lambda part: not judged(part))

    def shown(key: str) -> dict[str, Any]:
        found = standing.get(key, Marking(1, default_phrases(parts[key])))
        return {"marks": found.marks, "phrases": "\n".join(found.phrases)}

    return rows_of(
        MarkingRow, {part.id: f"{part.id} {part.title}" for part in ordered}, shown, data
    )


@page("cycles.set_up", cycle=True)
def marking_plan(request: Asked, cycle: Cycle) -> HttpResponse:
    """Each part, by how many it is judged, and the reasons offered."""
    return plan_page(request, cycle, marking_rows(cycle), Why(cycle=cycle))


def plan_page(
    request: Asked, cycle: Cycle, rows: dict[str, MarkingRow], why: Why, status: int = 200
) -> HttpResponse:
    """The page of the marking plan."""
    parts = {part.id: part for part in rubric_of(cycle).all_parts()}
    standing = marking.markings(cycle)
    lines = [
        {
            "part": parts[key],
            "row": row,
            "judged": judged(parts[key]),
            "count": len(standing[key].phrases)
            if key in standing
            else len(default_phrases(parts[key])),
        }
        for key, row in rows.items()
    ]
    context = year_page(request, cycle, (_("评分方案"), "")) | {
        "groups": [
            (_("由评审员给分的条目"), [line for line in lines if line["judged"]]),
            (
                _("按规则计分的条目（规则没有写明的情形由评审员给分）"),
                [line for line in lines if not line["judged"]],
            ),
        ],
        "two": sum(each.marks > 1 for each in standing.values()),
        "why": why,
    }
    return render(request, "cycles/marking_plan.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def marking_save(request: Asked, cycle: Cycle) -> HttpResponse:
    """Say how parts are judged."""
    rows, why = marking_rows(cycle, request.POST), Why(request.POST, cycle=cycle)
    if not (all_valid(rows.values()) & why.is_valid()):
        return plan_page(request, cycle, rows, why, status=422)
    changed = edits(rows, plan_of)
    if changed:
        marking.set_plan(cycle, by=request.by, at=request.at, edits=changed, reason=why.given)
        messages.success(request, _("已保存 %(count)s 行") % {"count": len(changed)})
    else:
        messages.info(request, _("没有改动"))
    return redirect(here(cycle, "marking_plan"))
