"""The calendar of a year: the days of its stages, and the exceptions to them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.clock import day_of
from kaohe_web.cycles import exceptions as excepting
from kaohe_web.cycles import stages
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageException, StageKind
from kaohe_web.cycles.queries import visible_units
from kaohe_web.cycles.stages import Days
from kaohe_web.cycles.timeline import timeline
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.around import Why, here, year_page
from kaohe_web.pages.cycles.cycles import a_year_later
from kaohe_web.pages.cycles.fields import DayField, LongText
from kaohe_web.pages.cycles.rows import Row, all_valid, edits, rows_of
from kaohe_web.pages.cycles.year_forms import offer
from kaohe_web.people.models import Role


class StageRow(Row):
    """The days of one stage; both empty where the year has none."""

    first = DayField(label=gettext_lazy("开始"))
    last = DayField(label=gettext_lazy("截止"))

    def clean(self) -> dict[str, Any]:
        """Both days or none."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if bool(first) != bool(last) and not self.errors:
            self.add_error("last" if first else "first", _("开始和截止要一起填，或一起留空"))
        return found


def days(typed: Mapping[str, Any]) -> Days | None:
    """What a row says."""
    first, last = typed["first"], typed["last"]
    return Days(first, last) if first and last else None


def stage_rows(cycle: Cycle, data: QueryDict | None = None) -> dict[StageKind, StageRow]:
    """A row for each stage that a year can have."""
    standing = stages.days_of(cycle)

    def shown(kind: StageKind) -> dict[str, Any]:
        found = standing.get(kind)
        return {"first": found.first, "last": found.last} if found is not None else {}

    return rows_of(StageRow, {kind: str(kind.label) for kind in StageKind}, shown, data)


def suggested(cycle: Cycle) -> dict[StageKind, Days]:
    """Last year's days a year later, for a year that has none yet."""
    if cycle.before is None or cycle.stages.exists():
        return {}
    return {
        kind: Days(a_year_later(found.first), a_year_later(found.last))
        for kind, found in stages.days_of(cycle.before).items()
    }


@page("cycles.see", cycle=True)
def calendar(request: Asked, cycle: Cycle) -> HttpResponse:
    """The stages with their days; for a unit, with the exceptions granted to it.

    ``?suggested`` fills in last year's days a year later, to be looked over and saved.
    """
    data = as_typed(suggested(cycle)) if "suggested" in request.GET else None
    return calendar_page(request, cycle, stage_rows(cycle, data), Why(cycle=cycle))


def as_typed(days: Mapping[StageKind, Days]) -> QueryDict:
    """Days as if somebody had typed them into the rows of a year that has none."""
    data = QueryDict(mutable=True)
    for number, kind in enumerate(StageKind):
        if kind in days:
            for name, day in (("first", days[kind].first), ("last", days[kind].last)):
                data[f"row{number}-{name}"] = day.isoformat()
                data[f"initial-row{number}-{name}"] = ""
    return data


def calendar_page(
    request: Asked, cycle: Cycle, rows: dict[StageKind, StageRow], why: Why, status: int = 200
) -> HttpResponse:
    """The page of the calendar."""
    own = None
    if request.by.role in (Role.UNIT_OFFICE, Role.LIAISON):
        own = visible_units(request.by, cycle).first()
    shown = timeline(cycle, request.at, own)
    context = year_page(request, cycle, (_("日程"), "")) | {
        "stages": shown,
        "own": own,
        "lines": [(stage, rows[stage.kind]) for stage in shown],
        "suggested": suggested(cycle),
        "today": day_of(request.at),
        "why": why,
    }
    return render(request, "cycles/calendar.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def calendar_save(request: Asked, cycle: Cycle) -> HttpResponse:
    """Set the days of the stages."""
    rows, why = stage_rows(cycle, request.POST), Why(request.POST, cycle=cycle)
    if not (all_valid(rows.values()) & why.is_valid()):
        return calendar_page(request, cycle, rows, why, status=422)
    changed = edits(rows, days)
    if changed:
        stages.set_days(cycle, by=request.by, at=request.at, edits=changed, reason=why.given)
        messages.success(request, _("已保存 %(count)s 个环节的日期") % {"count": len(changed)})
    else:
        messages.info(request, _("没有改动"))
    return redirect(here(cycle, "calendar"))


class Granting(forms.Form):
    """An exception to be granted."""

    stage = forms.ChoiceField(label=gettext_lazy("环节"))
    unit: "forms.ModelChoiceField[AssessedUnit]" = forms.ModelChoiceField(
        None, label=gettext_lazy("单位"), required=False, empty_label=gettext_lazy("全部单位")
    )
    last_day = DayField(label=gettext_lazy("延至"), help_text=gettext_lazy("当天 24 时截止。"))
    reason = LongText(label=gettext_lazy("理由"))

    def __init__(
        self,
        cycle: Cycle,
        units: QuerySet[AssessedUnit],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        held = {stage.kind: str(stage) for stage in cycle.stages.all()}
        self.fields["stage"].choices = list(held.items())  # type: ignore[attr-defined]  # a choice
        offer(self, "unit", units)


class Withdrawal(forms.Form):
    """Why an exception is withdrawn."""

    reason = LongText(label=gettext_lazy("撤销的理由"))


@page("cycles.exceptions", cycle=True)
def exceptions(request: Asked, cycle: Cycle) -> HttpResponse:
    """The exceptions that were granted, and one to be granted."""
    form = Granting(cycle, visible_units(request.by, cycle))
    return exceptions_page(request, cycle, form)


def exceptions_of(cycle: Cycle) -> QuerySet[StageException]:
    """The exceptions of a year."""
    return cycle.stage_exceptions.select_related("stage", "unit")


def exceptions_page(
    request: Asked, cycle: Cycle, form: Granting, status: int = 200
) -> HttpResponse:
    """The page of the exceptions."""
    context = year_page(request, cycle, (_("例外"), ""), right="cycles.exceptions") | {
        "exceptions": [
            (row, Withdrawal(auto_id=f"withdraw{row.pk}_%s")) for row in exceptions_of(cycle)
        ],
        "has_stage": cycle.stages.exists(),
        "form": form,
        "today": day_of(request.at),
    }
    return render(request, "cycles/exceptions.html", context, status=status)


@page("cycles.exceptions", methods=("POST",), cycle=True)
def exception_grant(request: Asked, cycle: Cycle) -> HttpResponse:
    """Grant an exception."""
    form = Granting(cycle, visible_units(request.by, cycle), request.POST)
    if not form.is_valid():
        return exceptions_page(request, cycle, form, status=422)
    typed = form.cleaned_data
    excepting.grant(
        cycle,
        by=request.by,
        at=request.at,
        kind=StageKind(typed["stage"]),
        unit=typed["unit"],
        last_day=typed["last_day"],
        reason=typed["reason"],
    )
    messages.success(request, _("已批准例外，有关单位会收到通知"))
    return redirect(here(cycle, "exceptions"))


@page("cycles.exceptions", methods=("POST",), cycle=True)
def exception_withdraw(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Withdraw an exception."""
    row = find(request, exceptions_of(cycle), pk)
    form = Withdrawal(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明撤销例外的理由"))
        return redirect(here(cycle, "exceptions"))
    excepting.withdraw(row, by=request.by, at=request.at, reason=form.cleaned_data["reason"])
    messages.success(request, _("已撤销例外"))
    return redirect(here(cycle, "exceptions"))
