"""Giving a year another edition: what would change is shown first, then it is an act of its own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles import edition as editing
from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.around import here, year_page
from kaohe_web.pages.cycles.rubric_rows import spoken
from kaohe_web.pages.cycles.rubrics import counts_of
from kaohe_web.pages.cycles.year_forms import EditionChange, OtherEdition
from kaohe_web.rubrics.models import RubricEdition
from kaohe_web.rubrics.queries import editions, rubric_of


@page("cycles.set_up", cycle=True)
def cycle_edition(request: Asked, cycle: Cycle) -> HttpResponse:
    """The year's edition, and what another one (``?edition=``) would change."""
    return edition_page(request, cycle, None)


def edition_page(
    request: Asked, cycle: Cycle, change: EditionChange | None, status: int = 200
) -> HttpResponse:
    """The page on which a year is given another edition."""
    others = editions(request.by).exclude(pk=cycle.edition_id)
    chosen = request.GET.get("edition") or (change.data.get("edition") if change else None)
    other = find(request, others, chosen) if chosen else None
    form = OtherEdition(others, {"edition": other.pk} if other else None)
    context = year_page(request, cycle, (_("评分细则"), "")) | {
        "form": form,
        "others": others.count(),
        "runs": cycle.runs.count(),
    }
    if other is not None:
        context |= preview(cycle, other)
        initial = {"edition": other.pk, "version": cycle.version}
        context["change"] = change or EditionChange(initial=initial)
    return render(request, "cycles/cycle_edition.html", context, status=status)


def preview(cycle: Cycle, other: RubricEdition) -> dict[str, object]:
    """What would change, and what would be left without a place."""
    found = editing.difference(cycle, other, spoken())
    gone = editing.left_behind(cycle, rubric_of(other))
    return {
        "other": other,
        "difference": found,
        "counts": counts_of(found),
        "gone": [
            (title, rows.count())
            for name, title in (
                ("readings", _("已签署的口径")),
                ("duties", _("分工")),
                ("exemptions", _("不适用")),
                ("provided", _("数据提供")),
                ("references", _("参考值")),
                ("marking", _("评分方案")),
            )
            if (rows := gone[name]).exists()
        ],
    }


@page("cycles.set_up", methods=("POST",), cycle=True)
def cycle_edition_save(request: Asked, cycle: Cycle) -> HttpResponse:
    """Give the year another edition."""
    form = EditionChange(request.POST)
    if not form.is_valid():
        return edition_page(request, cycle, form, status=422)
    other = find(request, editions(request.by), form.cleaned_data["edition"])
    editing.change(
        cycle,
        by=request.by,
        at=request.at,
        version=form.cleaned_data["version"],
        edition=other,
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("已换用“%(edition)s”") % {"edition": other})
    if cycle.runs.exists():
        messages.warning(request, _("已有的计分结果不会自动改变，请重新计算一次成绩"))
    return redirect(here(cycle, "cycle"))
