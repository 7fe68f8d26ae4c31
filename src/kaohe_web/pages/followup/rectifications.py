"""The pages of rectification: the list, orders from lost points, and one with its steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe.quantity import ZERO, exact, write_number
from kaohe_web.cycles.models import Cycle
from kaohe_web.followup import queries, rectifications
from kaohe_web.followup.models import Rectification
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.followup import rectification_forms as forms
from kaohe_web.pages.followup.around import titles_of, way
from kaohe_web.pages.followup.narrowing import narrowed
from kaohe_web.pages.followup.room import NextStep, Room, taken
from kaohe_web.people import rights
from kaohe_web.results.losses import Losses, losses_before, losses_of
from kaohe_web.results.models import UnitResult
from kaohe_web.results.queries import in_force, unit_results

State = Rectification.State
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A rectification as a list shows it, with what the same part lost the year before."""

    row: Rectification
    title: str
    late: bool
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class Loss:
    """Points lost on a part that is not ordered to be mended, and those of the year before."""

    part: str
    title: str
    lost: Decimal
    before: Decimal | None


@page("rectification.see", cycle=True)
def rectification_list(request: Asked, cycle: Cycle) -> HttpResponse:
    """What must be mended in a year, by due date."""
    everything = queries.rectifications(request.by).filter(cycle=cycle)
    rows, narrowing = narrowed(request, cycle, everything)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    titles, before = titles_of(cycle), losses_before(cycle)
    context = {
        "breadcrumbs": way(cycle, "rectifications", _("整改销号")),
        "page": shown,
        "narrowing": narrowing,
        "lines": [line_of(request, row, titles, before) for row in shown],
        "results": results_of(request, cycle),
        "orders": rights.may(request.by, "rectification.order"),
    }
    return render(request, "followup/rectifications.html", context)


def line_of(
    request: Asked, row: Rectification, titles: Mapping[str, str], before: Mapping[str, Losses]
) -> Line:
    """One line of a list."""
    lost = before.get(row.assessed.unit.code, {}).get(row.part)
    late = rectifications.is_late(row, request.at)
    return Line(row, titles.get(row.part, row.part), late, lost)


def results_of(request: Asked, cycle: Cycle) -> list[UnitResult]:
    """The units' results from which something can be ordered by this person."""
    run = in_force(cycle)
    ordered = rights.may(request.by, "rectification.order") and cycle.state == Cycle.State.OPEN
    if run is None or not ordered:
        return []
    return list(unit_results(request.by).filter(run=run).defer("detail"))


@page("rectification.order", cycle=True)
def order(request: Asked, cycle: Cycle, result_id: int) -> HttpResponse:
    """What cost a unit points, and an order to mend it; the address may name the part."""
    result = find(request, unit_results(request.by).filter(cycle=cycle), result_id)
    open_parts = choices(still_open(request, result))
    form = forms.Order(parts=open_parts, part=request.GET.get("part", ""))
    return order_page(request, result, form)


@page("rectification.order", cycle=True, methods=("POST",))
def give(request: Asked, cycle: Cycle, result_id: int) -> HttpResponse:
    """Giving the order."""
    result = find(request, unit_results(request.by).filter(cycle=cycle), result_id)
    form = forms.Order(request.POST, request.FILES, parts=choices(losses_shown(result)))
    if taken(request, form, lambda **given: rectifications.order(result, **given)):
        messages.success(request, _("已下达整改，并通知了单位"))
        return redirect("rectification_order", cycle_id=cycle.pk, result_id=result.pk)
    return order_page(request, result, form, status=422)


def order_page(
    request: Asked, result: UnitResult, form: forms.Order, status: int = 200
) -> HttpResponse:
    """The page of orders to one unit."""
    cycle, losses = result.run.cycle, still_open(request, result)
    titles, before = titles_of(cycle), losses_before(cycle)
    ordered = queries.rectifications(request.by).filter(assessed=result.assessed_id)
    context = {
        "breadcrumbs": way(cycle, "rectifications", _("整改销号"), str(result.assessed)),
        "result": result,
        "form": form,
        "losses": losses,
        "lost_sum": lost_sum(losses),
        "lines": [line_of(request, row, titles, before) for row in ordered],
        "may_order": cycle.state == Cycle.State.OPEN,
    }
    return render(request, "followup/rectification_order.html", context, status=status)


def losses_shown(result: UnitResult) -> list[Loss]:
    """The parts that lost points."""
    cycle = result.run.cycle
    titles = titles_of(cycle)
    before = losses_before(cycle).get(result.assessed.unit.code, {})
    return [
        Loss(part, titles.get(part, part), lost, before.get(part))
        for part, lost in losses_of(result).items()
    ]


def still_open(request: Asked, result: UnitResult) -> list[Loss]:
    """Those of them that are not ordered to be mended yet."""
    rows = queries.rectifications(request.by).filter(assessed=result.assessed_id)
    ordered = set(rows.values_list("part", flat=True))
    return [each for each in losses_shown(result) if each.part not in ordered]


def lost_sum(losses: list[Loss]) -> Decimal:
    """The points lost in all."""
    with exact():
        return sum((each.lost for each in losses), ZERO)


def choices(losses: list[Loss]) -> list[tuple[str, str]]:
    """The parts to choose from."""
    said = _("%(part)s %(title)s（失 %(lost)s 分）")
    return [
        (
            each.part,
            said % {"part": each.part, "title": each.title, "lost": write_number(each.lost)},
        )
        for each in losses
    ]


def context_of(request: Asked, row: Rectification) -> dict[str, object]:
    """What the page of a rectification shows besides its history and steps."""
    titles, before = titles_of(row.cycle), losses_before(row.cycle)
    return {
        "breadcrumbs": way(row.cycle, "rectifications", _("整改销号"), str(row)),
        "line": line_of(request, row, titles, before),
    }


ROOM = Room(
    name="rectification",
    prefix="rectification",
    address="rectifications/<int:rectification_id>/",
    key="rectification_id",
    right="rectification.see",
    visible=queries.rectifications,
    ways=rectifications.WAYS,
    template="followup/rectification.html",
    context=context_of,
    steps=(
        NextStep(
            "report",
            "rectification.report",
            gettext_lazy("报告整改情况"),
            forms.Report,
            rectifications.report,
            "primary",
        ),
        NextStep(
            "plan",
            "rectification.report",
            gettext_lazy("报整改方案"),
            forms.Plan,
            rectifications.plan,
            "primary",
        ),
        NextStep(
            "close",
            "rectification.order",
            gettext_lazy("销号"),
            forms.Close,
            rectifications.close,
            "primary",
        ),
        NextStep(
            "send_back",
            "rectification.order",
            gettext_lazy("退回整改"),
            forms.SendBack,
            rectifications.send_back,
            "danger",
        ),
    ),
)
