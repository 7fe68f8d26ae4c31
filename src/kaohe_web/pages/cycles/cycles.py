"""Years: the list, the overview of one, making, copying, describing, opening, archiving."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.cycles import years
from kaohe_web.cycles.copying import copy_year
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.filing.roll_forward import roll_forward
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.around import Why, here, year_page
from kaohe_web.pages.cycles.overview import overview
from kaohe_web.pages.cycles.year_forms import (
    Archiving,
    CopiedYear,
    DescribedAgain,
    NewYear,
    Versioned,
)
from kaohe_web.people import rights
from kaohe_web.rubrics.queries import editions

Shown = dict[str, Any]


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about years."""
    return [(_("考核年度"), reverse("cycles")), *steps]


@page("cycles.see")
def cycles(request: Asked) -> HttpResponse:
    """The years that the person takes part in, the latest first."""
    seen = visible_cycles(request.by)
    context = {
        "breadcrumbs": crumbs(),
        "cycles": seen.annotate(unit_count=Count("units", distinct=True)),
        "may_set_up": rights.may(request.by, "cycles.set_up"),
        "has_edition": editions(request.by).exists(),
    }
    return render(request, "cycles/cycles.html", context)


@page("cycles.see", cycle=True)
def cycle(request: Asked, cycle: Cycle) -> HttpResponse:
    """The overview of a year: its stages, what is set, what is missing."""
    context = year_page(request, cycle) | overview(request.by, cycle, request.at)
    if context["may_change"]:
        version = {"version": cycle.version}
        context |= {"opening": Versioned(initial=version), "archiving": Archiving(initial=version)}
    return render(request, "cycles/cycle.html", context)


@page("cycles.set_up")
def cycle_new(request: Asked) -> HttpResponse:
    """A year to be made."""
    first, last = years.usual_days(day_of(request.at))
    initial = {
        "scope": Cycle.Scope.CITY,
        "first_day": first,
        "last_day": last,
        "threshold": "20",
        "appeal_days": 5,
        "objection_days": 5,
    }
    return new_page(request, NewYear(editions(request.by), initial=initial))


def new_page(request: Asked, form: NewYear, status: int = 200) -> HttpResponse:
    """The page on which a year is made."""
    context = {
        "breadcrumbs": crumbs((_("新建"), "")),
        "form": form,
        "has_edition": editions(request.by).exists(),
    }
    return render(request, "cycles/cycle_new.html", context, status=status)


@page("cycles.set_up", methods=("POST",))
def cycle_create(request: Asked) -> HttpResponse:
    """Make a year."""
    form = NewYear(editions(request.by), request.POST)
    if not form.is_valid():
        return new_page(request, form, status=422)
    year = years.create(
        None,
        by=request.by,
        at=request.at,
        edition=form.cleaned_data["edition"],
        scope=Cycle.Scope(form.cleaned_data["scope"]),
        description=form.description,
    )
    messages.success(request, _("已新建考核年度；接下来请逐项设置，完成后启动"))
    return redirect(here(year, "cycle"))


@page("cycles.set_up")
def cycle_copy(request: Asked) -> HttpResponse:
    """A year to be made of another one; ``?before=`` says of which."""
    seen = visible_cycles(request.by)
    chosen = request.GET.get("before", "")
    before = find(request, seen, chosen) if chosen else seen.first()
    initial: Shown = {}
    if before is not None:
        initial = {
            "before": before.pk,
            "edition": before.edition_id,
            "first_day": a_year_later(before.first_day),
            "last_day": a_year_later(before.last_day),
            "threshold": before.threshold,
            "appeal_days": before.appeal_days,
            "objection_days": before.objection_days,
        }
    form = CopiedYear(seen, editions(request.by), initial=initial)
    return copy_page(request, form, before is not None)


def a_year_later(day: dt.date) -> dt.date:
    """The same day in the next year; 29 February becomes the 28th.

    >>> a_year_later(dt.date(2024, 2, 29))
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def copy_page(
    request: Asked,
    form: CopiedYear,
    has_year: bool,  # noqa: FBT001 -- whether there is anything to copy
    status: int = 200,
) -> HttpResponse:
    """The page on which a year is copied."""
    context = {
        "breadcrumbs": crumbs((_("从上年复制"), "")),
        "form": form,
        "has_year": has_year,
    }
    return render(request, "cycles/cycle_copy.html", context, status=status)


@page("cycles.set_up", methods=("POST",))
def cycle_copy_save(request: Asked) -> HttpResponse:
    """Make a year of another one."""
    form = CopiedYear(visible_cycles(request.by), editions(request.by), request.POST)
    if not form.is_valid():
        return copy_page(request, form, has_year=True, status=422)
    year = copy_year(
        form.cleaned_data["before"],
        by=request.by,
        at=request.at,
        edition=form.cleaned_data["edition"],
        description=form.description,
    )
    carried = roll_forward(year, by=request.by, at=request.at)
    messages.success(
        request,
        _("已从上年复制，结转上年数值 %(count)s 个；日程、口径和参考值请重新设置")
        % {"count": carried},
    )
    return redirect(here(year, "cycle"))


@page("cycles.set_up", methods=("POST",), cycle=True)
def cycle_roll_forward(request: Asked, cycle: Cycle) -> HttpResponse:
    """Carry over last year's values once more, as they are by now."""
    carried = roll_forward(cycle, by=request.by, at=request.at)
    messages.success(request, _("已结转上年数值 %(count)s 个") % {"count": carried})
    return redirect(here(cycle, "cycle"))


@page("cycles.set_up", cycle=True)
def cycle_details(request: Asked, cycle: Cycle) -> HttpResponse:
    """A year's name, days and margins, to be changed."""
    names = ("name", "first_day", "last_day", "threshold", "appeal_days", "objection_days")
    initial = {name: getattr(cycle, name) for name in (*names, "version")}
    return details_page(request, cycle, DescribedAgain(initial=initial), Why(cycle=cycle))


def details_page(
    request: Asked, cycle: Cycle, form: DescribedAgain, why: Why, status: int = 200
) -> HttpResponse:
    """The page on which a year is described."""
    context = year_page(request, cycle, (_("基本设置"), "")) | {"form": form, "why": why}
    return render(request, "cycles/cycle_details.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def cycle_details_save(request: Asked, cycle: Cycle) -> HttpResponse:
    """Change a year's name, days and margins."""
    form, why = DescribedAgain(request.POST), Why(request.POST, cycle=cycle)
    if not (form.is_valid() & why.is_valid()):
        return details_page(request, cycle, form, why, status=422)
    years.describe(
        cycle,
        by=request.by,
        at=request.at,
        version=form.cleaned_data["version"],
        description=form.description,
        reason=why.given,
    )
    messages.success(request, _("已保存"))
    return redirect(here(cycle, "cycle"))


@page("cycles.set_up", methods=("POST",), cycle=True)
def cycle_open(request: Asked, cycle: Cycle) -> HttpResponse:
    """Open a year."""
    form = Versioned(request.POST)
    if not form.is_valid():
        return redirect(here(cycle, "cycle"))
    years.open_(cycle, by=request.by, at=request.at, version=form.cleaned_data["version"])
    messages.success(request, _("考核年度已启动；各单位现在可以看到它"))
    return redirect(here(cycle, "cycle"))


@page("cycles.set_up", methods=("POST",), cycle=True)
def cycle_archive(request: Asked, cycle: Cycle) -> HttpResponse:
    """Archive a year for good."""
    form = Archiving(request.POST)
    if not form.is_valid():
        return redirect(here(cycle, "cycle"))
    years.archive(
        cycle,
        by=request.by,
        at=request.at,
        version=form.cleaned_data["version"],
        note=form.cleaned_data["note"],
    )
    messages.success(request, _("考核年度已归档，今后不再改动"))
    return redirect(here(cycle, "cycle"))
