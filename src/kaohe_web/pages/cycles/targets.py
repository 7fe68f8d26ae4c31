"""Targets (目标备案): all units for the office, one unit's to be filed, the form for the seal."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles import targets as filing
from kaohe_web.cycles.asks import with_targets
from kaohe_web.cycles.calendar import window
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageKind, Target
from kaohe_web.cycles.queries import rubric_of, visible_units
from kaohe_web.cycles.targets import Line, Typed
from kaohe_web.numbers import NumberInput
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.around import here, in_year, year_page
from kaohe_web.pages.cycles.fields import LongText, PlainText
from kaohe_web.people import rights


class TargetForm(forms.Form):
    """One target as a unit types it."""

    value = NumberInput(label=gettext_lazy("目标值"), required=False)
    basis = PlainText(
        label=gettext_lazy("依据"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("写明依据的文件、上年完成情况等。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, line: Line, data: QueryDict | None = None) -> None:
        target = line.target
        initial = {
            "value": target.value if target else None,
            "basis": target.basis if target else "",
            "version": target.version if target else 0,
        }
        super().__init__(data, prefix=str(line.indicator.id), initial=initial)
        self.line = line

    @property
    def typed(self) -> Typed:
        """What was typed."""
        found = self.cleaned_data
        return Typed(found["value"], found["basis"], found["version"])


class Decision(forms.Form):
    """A decision on a target as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Returning(Decision):
    """Returning a target."""

    reason = LongText(
        label=gettext_lazy("退回的理由"), help_text=gettext_lazy("填报单位会看到这段话。")
    )


@page("targets.see", cycle=True)
def targets(request: Asked, cycle: Cycle) -> HttpResponse:
    """Every unit's targets, to be confirmed or returned."""
    found = filing.lines(request.by, cycle)
    may_decide = rights.may(request.by, "targets.confirm")
    indicators = with_targets(rubric_of(cycle))
    rows = [
        {
            "unit": unit,
            "line": line,
            "confirming": Decision(initial={"version": line.target.version}, auto_id=False)
            if line.target
            else None,
            "returning": Returning(
                initial={"version": line.target.version}, auto_id=f"return{line.target.pk}_%s"
            )
            if line.target
            else None,
        }
        for unit, lines in found.items()
        for line in lines
    ]
    every = [line for lines in found.values() for line in lines]
    context = year_page(request, cycle, (_("目标备案"), ""), right="targets.confirm") | {
        "rows": rows,
        "indicators": indicators,
        "may_decide": may_decide,
        "may_file": rights.may(request.by, "targets.file"),
        "counts": {
            state.value: sum(line.state == state for line in every) for state in Target.State
        },
        "all": len(every),
        "spreads": [(each, spread_of(each.id, every)) for each in indicators],
        "stage": window(cycle, StageKind.TARGETS),
        "one": len(found) == 1,
    }
    return render(request, "cycles/targets.html", context)


def spread_of(indicator: str, lines: list[Line]) -> dict[str, Any]:
    """How many targets of an indicator are confirmed, and between which values they lie."""
    values: list[Decimal] = [
        line.target.value
        for line in lines
        if line.target is not None
        and line.indicator.id == indicator
        and line.state == Target.State.CONFIRMED
        and line.target.value is not None
    ]
    return {
        "count": len(values),
        "low": min(values, default=None),
        "high": max(values, default=None),
    }


@page("targets.see", cycle=True)
def targets_file(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """One unit's targets, to be filed by its office."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    forms_ = [TargetForm(line) for line in filing.lines(request.by, cycle)[unit]]
    return file_page(request, cycle, unit, forms_)


def file_page(
    request: Asked, cycle: Cycle, unit: AssessedUnit, forms_: list[TargetForm], status: int = 200
) -> HttpResponse:
    """The page of one unit's targets."""
    stage = window(cycle, StageKind.TARGETS, unit)
    running = cycle.state == Cycle.State.OPEN
    may_file = rights.may(request.by, "targets.file") and running
    is_open = stage is not None and stage.open_at(request.at)
    steps = ((_("目标备案"), here(cycle, "targets")), (str(unit), ""))
    context = year_page(request, cycle, *steps, right="targets.file") | {
        "unit": unit,
        "forms": forms_,
        "stage": stage,
        "stage_open": is_open,
        "editable": may_file and is_open and any(form.line.open_to_unit for form in forms_),
        "wrong": any(form.errors for form in forms_ if form.is_bound),
    }
    return render(request, "cycles/targets_file.html", context, status=status)


@page("targets.file", methods=("POST",), cycle=True)
def targets_save(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """Keep a unit's targets as a draft."""
    return taken(request, cycle, assessed_id, filing.save, _("已保存，尚未报备"))


@page("targets.file", methods=("POST",), cycle=True)
def targets_submit(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """File a unit's targets."""
    return taken(request, cycle, assessed_id, filing.file, _("已报备，等待考核办确认"))


def taken(
    request: Asked,
    cycle: Cycle,
    assessed_id: int,
    act: Any,  # noqa: ANN401 -- one of two actions of one signature
    said: str,
) -> HttpResponse:
    """Take what was typed to an action, or show what is wrong with it."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    lines = filing.lines(request.by, cycle)[unit]
    forms_ = [TargetForm(line, request.POST if line.open_to_unit else None) for line in lines]
    typed_in = [form for form in forms_ if form.is_bound]
    if not all([form.is_valid() for form in typed_in]):  # noqa: C419 -- every mistake is shown
        return file_page(request, cycle, unit, forms_, status=422)
    typed = {str(form.line.indicator.id): form.typed for form in typed_in}
    act(unit, by=request.by, at=request.at, typed=typed)
    messages.success(request, said)
    return redirect(here(cycle, "targets_file", assessed_id=unit.pk))


@page("targets.see", cycle=True)
def targets_form(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """The target-filing form (目标备案表) of a unit, to be printed for the seal."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    steps = (
        (_("目标备案"), here(cycle, "targets")),
        (str(unit), here(cycle, "targets_file", assessed_id=unit.pk)),
        (_("目标备案表"), ""),
    )
    context = {
        "breadcrumbs": in_year(cycle, *steps),
        "unit": unit,
        "lines": filing.lines(request.by, cycle)[unit],
    }
    return render(request, "cycles/targets_form.html", context)


@page("targets.confirm", methods=("POST",), cycle=True)
def target_confirm(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Confirm a filed target."""
    row = find(request, filing.visible_targets(request.by, cycle), pk)
    form = Decision(request.POST)
    if not form.is_valid():
        return redirect(here(cycle, "targets"))
    filing.confirm(row, by=request.by, at=request.at, version=form.cleaned_data["version"])
    messages.success(request, _("已确认：%(unit)s") % {"unit": row.assessed})
    return redirect(here(cycle, "targets"))


@page("targets.confirm", methods=("POST",), cycle=True)
def target_return(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Return a target with a reason."""
    row = find(request, filing.visible_targets(request.by, cycle), pk)
    form = Returning(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明退回的理由"))
        return redirect(here(cycle, "targets"))
    filing.send_back(row, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已退回：%(unit)s") % {"unit": row.assessed})
    return redirect(here(cycle, "targets"))
