"""The units of a year: which take part, of which kind, compared within which group."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles import bodies
from kaohe_web.cycles import units as setting
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.units import Taking
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.cycles.around import Why, here, year_page
from kaohe_web.pages.cycles.fields import PlainText
from kaohe_web.pages.cycles.rows import Row, all_valid, edits, rows_of
from kaohe_web.people.models import Unit


class UnitRow(Row):
    """How one unit takes part; kinds only where the rubric tells them apart."""

    part = forms.BooleanField(label=gettext_lazy("参评"))
    type = forms.ChoiceField(label=gettext_lazy("类别"))
    group = PlainText(label=gettext_lazy("参评范围"), max_length=60)
    position = forms.IntegerField(
        label=gettext_lazy("排序"),
        min_value=0,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *kinds.items()]
        self.fields["type"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if not kinds:
            del self.fields["type"]

    def clean(self) -> dict[str, Any]:
        """A unit that takes part says within which group it is compared."""
        found = super().clean() or {}
        if found.get("part") and not found.get("group"):
            self.add_error("group", _("请填写"))
        return found


def taking(typed: Mapping[str, Any]) -> Taking:
    """What a row says."""
    if not typed["part"]:
        return Taking()
    return Taking(typed["group"], typed.get("type", ""), typed["position"] or 0)


def unit_rows(cycle: Cycle, every: list[Unit], data: QueryDict | None = None) -> dict[int, UnitRow]:
    """A row for each unit; one that does not take part yet is offered what the others have."""
    standing = setting.takings(cycle)
    groups = [found.group for found in standing.values()]
    kinds = rubric_of(cycle).unit_types
    by_key = {unit.pk: unit for unit in every}

    def shown(key: int) -> dict[str, Any]:
        found = standing.get(key)
        if found is None:
            group = groups[0] if groups else ""
            return {"part": False, "group": group, "position": by_key[key].position}
        return {
            "part": True,
            "type": found.type,
            "group": found.group,
            "position": found.position,
        }

    names = {unit.pk: unit.name for unit in every}
    return rows_of(UnitRow, names, shown, data, kinds=kinds)


@page("cycles.set_up", cycle=True)
def units(request: Asked, cycle: Cycle) -> HttpResponse:
    """The units of the installation, and how each takes part in the year."""
    every = list(bodies.units(request.by))
    return units_page(request, cycle, every, unit_rows(cycle, every), Why(cycle=cycle))


def units_page(  # noqa: PLR0917 -- a page of a table and a reason
    request: Asked,
    cycle: Cycle,
    every: list[Unit],
    rows: dict[int, UnitRow],
    why: Why,
    status: int = 200,
) -> HttpResponse:
    """The page of the year's units."""
    kinds = rubric_of(cycle).unit_types
    context = year_page(request, cycle, (_("参评单位"), "")) | {
        "rows": [(unit, rows[unit.pk]) for unit in every],
        "kinds": bool(kinds),
        "taking": cycle.units.count(),
        "wrong": any(row.errors for row in rows.values() if row.is_bound),
        "why": why,
    }
    return render(request, "cycles/units.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def units_save(request: Asked, cycle: Cycle) -> HttpResponse:
    """Say which units take part, and how."""
    every = list(bodies.units(request.by))
    rows, why = unit_rows(cycle, every, request.POST), Why(request.POST, cycle=cycle)
    if not (all_valid(rows.values()) & why.is_valid()):
        return units_page(request, cycle, every, rows, why, status=422)
    changed = edits(rows, taking)
    if not changed:
        messages.info(request, _("没有改动"))
        return redirect(here(cycle, "units"))
    setting.set_units(cycle, by=request.by, at=request.at, edits=changed, reason=why.given)
    messages.success(request, _("已保存 %(count)s 行") % {"count": len(changed)})
    return redirect(here(cycle, "units"))
