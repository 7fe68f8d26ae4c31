"""Who answers for what (分工): all units side by side, one unit divided, its internal days."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe.rubric.model import Part, Rubric
from kaohe_web.cycles import duties as dividing
from kaohe_web.cycles.asks import filed_parts
from kaohe_web.cycles.calendar import window
from kaohe_web.cycles.deadlines import deadlines
from kaohe_web.cycles.deadlines import set_days as set_deadlines
from kaohe_web.cycles.duties import Division, divisions
from kaohe_web.cycles.matching import Bodies
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, StageKind
from kaohe_web.cycles.queries import duties_of, rubric_of, visible_units
from kaohe_web.cycles.waiting import waiting_names, without_lead
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.around import Why, here, year_page
from kaohe_web.pages.cycles.fields import DayField
from kaohe_web.pages.cycles.rows import Row, all_valid, edits, rows_of
from kaohe_web.people import rights
from kaohe_web.people.models import Department

Shown = dict[str, Any]


class DutyRow(Row):
    """Who leads a part, and who supports."""

    lead = forms.TypedChoiceField(label=gettext_lazy("牵头部门"), coerce=int, empty_value=None)
    supporting = forms.TypedMultipleChoiceField(
        label=gettext_lazy("配合部门"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        names = [(each.pk, each.name) for each in departments]
        self.fields["lead"].choices = [("", _("未指定")), *names]  # type: ignore[attr-defined]  # a choice
        self.fields["supporting"].choices = names  # type: ignore[attr-defined]  # the same


class DeadlineRow(Row):
    """A department's own last day."""

    day = DayField(label=gettext_lazy("内部时限"))


def division(typed: Mapping[str, Any]) -> Division:
    """What a row says."""
    return Division(typed["lead"], tuple(sorted(typed["supporting"])))


@page("duties.see", cycle=True)
def duties(request: Asked, cycle: Cycle) -> HttpResponse:
    """The parts to be filed, and who leads each in every unit that the person sees."""
    rubric = rubric_of(cycle)
    units = list(visible_units(request.by, cycle))
    leads: dict[tuple[int, str], str] = {}
    for duty in duties_of(cycle).filter(kind=Duty.Kind.LEAD, assessed__in=units):
        leads[duty.assessed_id, duty.part] = duty.department.name
    rows = [
        {
            "part": part,
            "cells": [
                {"lead": leads.get((unit.pk, part.id), ""), "asked": part.applies(unit.type)}
                for unit in units
            ],
        }
        for part in filed_parts(rubric)
    ]
    lacking = [
        sum(cell["asked"] and not cell["lead"] for cell in cells)
        for cells in zip(*(row["cells"] for row in rows), strict=True)
    ]
    context = year_page(request, cycle, (_("分工"), "")) | {
        "units": list(zip(units, lacking or [0] * len(units), strict=True)),
        "rows": rows,
        "part_count": len(rows),
        "may_divide": rights.may(request.by, "cycles.divide"),
        "why": Why(cycle=cycle),
    }
    return render(request, "cycles/duties.html", context)


@page("cycles.set_up", methods=("POST",), cycle=True)
def duties_prefill(request: Asked, cycle: Cycle) -> HttpResponse:
    """Give the parts that nobody leads the departments that their printed names mean."""
    why = Why(request.POST, cycle=cycle)
    reason = why.given if why.is_valid() else ""
    filled = dividing.prefill(cycle, by=request.by, at=request.at, reason=reason)
    count = sum(map(len, filled.values()))
    messages.success(request, _("按细则印的部门名称填好 %(count)s 条分工") % {"count": count})
    return redirect(here(cycle, "duties"))


@page("duties.see", cycle=True)
def duties_unit(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """One unit's duties, and its internal days."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    return unit_page(request, cycle, unit, duty_rows(cycle, unit), deadline_rows(unit))


def duty_rows(
    cycle: Cycle, unit: AssessedUnit, data: QueryDict | None = None
) -> dict[str, DutyRow]:
    """A row for each part that the unit files for."""
    standing = divisions(unit)

    def shown(part: str) -> Shown:
        found = standing.get(part, Division())
        return {"lead": found.lead, "supporting": list(found.supporting)}

    asked = [part for part in filed_parts(rubric_of(cycle)) if part.applies(unit.type)]
    names = {part.id: f"{part.id} {part.title}" for part in asked}
    departments = list(unit.unit.departments.all())
    return rows_of(DutyRow, names, shown, data, departments=departments)


def deadline_rows(unit: AssessedUnit, data: QueryDict | None = None) -> dict[int, DeadlineRow]:
    """A row for each department of the unit."""
    standing = deadlines(unit)
    names = {each.pk: each.name for each in unit.unit.departments.all()}
    return rows_of(DeadlineRow, names, lambda key: {"day": standing.get(key)}, data)


def unit_page(  # noqa: PLR0917 -- a page of two tables
    request: Asked,
    cycle: Cycle,
    unit: AssessedUnit,
    rows: dict[str, DutyRow],
    days: dict[int, DeadlineRow],
    status: int = 200,
) -> HttpResponse:
    """The page of one unit's duties."""
    rubric = rubric_of(cycle)
    standing = divisions(unit)
    departments = list(unit.unit.departments.all())
    bodies = Bodies.of(rubric, departments)
    parts = {part.id: part for part in rubric.all_parts()}
    names = {each.pk: each.name for each in departments}
    steps = ((_("分工"), here(cycle, "duties")), (str(unit), ""))
    context = year_page(request, cycle, *steps, right="cycles.divide") | {
        "unit": unit,
        "rows": [(parts[part], row, told(standing.get(part), names)) for part, row in rows.items()],
        "provided": provided_parts(rubric, unit),
        "departments": departments,
        "days": [(names[key], row) for key, row in days.items()],
        "waiting": waiting_names(unit, rubric, standing, bodies),
        "lacking": len(without_lead(unit, rubric, standing)),
        "filing": window(cycle, StageKind.FILING, unit),
        "wrong": any(row.errors for row in rows.values() if row.is_bound),
        "wrong_days": any(row.errors for row in days.values() if row.is_bound),
    }
    return render(request, "cycles/duties_unit.html", context, status=status)


def told(found: Division | None, names: Mapping[int, str]) -> Shown:
    """A division by names, for whoever only reads it."""
    found = found or Division()
    return {
        "lead": names.get(found.lead or 0, ""),
        "supporting": [names[key] for key in found.supporting if key in names],
    }


def provided_parts(rubric: Rubric, unit: AssessedUnit) -> list[Part]:
    """The parts that nobody in the unit files for."""
    return [
        part for part in rubric.all_parts() if part.filing == "none" and part.applies(unit.type)
    ]


@page("cycles.divide", methods=("POST",), cycle=True)
def duties_save(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """Divide a unit's parts anew."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    rows = duty_rows(cycle, unit, request.POST)
    if not all_valid(rows.values()):
        return unit_page(request, cycle, unit, rows, deadline_rows(unit), status=422)
    changed = edits(rows, division)
    if changed:
        dividing.divide(unit, by=request.by, at=request.at, edits=changed)
        messages.success(request, _("已保存 %(count)s 条分工") % {"count": len(changed)})
    else:
        messages.info(request, _("没有改动"))
    return redirect(here(cycle, "duties_unit", assessed_id=unit.pk))


class Resolution(forms.Form):
    """Which department a printed name means."""

    printed = forms.CharField(max_length=200)
    department = forms.IntegerField()


@page("cycles.divide", methods=("POST",), cycle=True)
def duties_resolve(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """Say which department a printed name means in a unit."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    form = Resolution(request.POST)
    if not form.is_valid():
        messages.error(request, _("请先选择部门"))
        return redirect(here(cycle, "duties_unit", assessed_id=unit.pk))
    parts = dividing.resolve(unit, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已指定，涉及条目：%(parts)s") % {"parts": "、".join(parts)})
    return redirect(here(cycle, "duties_unit", assessed_id=unit.pk))


@page("cycles.divide", methods=("POST",), cycle=True)
def deadlines_save(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """Set a unit's internal days."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    days = deadline_rows(unit, request.POST)
    if not all_valid(days.values()):
        return unit_page(request, cycle, unit, duty_rows(cycle, unit), days, status=422)
    changed = edits(days, lambda typed: typed["day"])
    if changed:
        set_deadlines(unit, by=request.by, at=request.at, edits=changed)
        messages.success(request, _("已保存 %(count)s 个内部时限") % {"count": len(changed)})
    else:
        messages.info(request, _("没有改动"))
    return redirect(here(cycle, "duties_unit", assessed_id=unit.pk))
