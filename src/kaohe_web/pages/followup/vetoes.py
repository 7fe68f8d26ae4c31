"""The pages of veto cases: the list, a new one, and one case with its steps."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of, visible_units
from kaohe_web.followup import queries, veto_cases
from kaohe_web.followup.models import VetoCase
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.followup import veto_forms as forms
from kaohe_web.pages.followup.around import way
from kaohe_web.pages.followup.narrowing import narrowed
from kaohe_web.pages.followup.room import NextStep, Room, taken
from kaohe_web.people import rights
from kaohe_web.results.impact import Change, impact
from kaohe_web.results.moves import Moves

State = VetoCase.State
PER_PAGE = 50


@page("veto.see", cycle=True)
def case_list(request: Asked, cycle: Cycle) -> HttpResponse:
    """The cases of a year."""
    everything = queries.veto_cases(request.by).filter(cycle=cycle)
    rows, narrowing = narrowed(request, cycle, everything)
    titles = {veto.id: veto.title for veto in rubric_of(cycle).vetoes}
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "breadcrumbs": way(cycle, "veto_cases", _("一票否决")),
        "page": shown,
        "narrowing": narrowing,
        "lines": [(row, titles.get(row.veto, row.veto)) for row in shown],
        "may_open": may_open(request, cycle),
        "vetoes": titles,
        "today": day_of(request.at),
    }
    return render(request, "followup/veto_cases.html", context)


def may_open(request: Asked, cycle: Cycle) -> bool:
    """Whether the person may open a case in the year."""
    return rights.may(request.by, "veto.handle") and cycle.state == Cycle.State.OPEN


@page("veto.handle", cycle=True)
def new(request: Asked, cycle: Cycle) -> HttpResponse:
    """A new case, to be filled in."""
    return new_page(request, cycle, form_of(request, cycle))


@page("veto.handle", cycle=True, methods=("POST",))
def open_case(request: Asked, cycle: Cycle) -> HttpResponse:
    """Opening it."""
    form = form_of(request, cycle, request.POST, request.FILES)
    made: list[VetoCase] = []
    if taken(
        request,
        form,
        lambda assessed, **given: made.append(veto_cases.open_case(assessed, **given)),
    ):
        messages.success(request, _("已立案"))
        return redirect(made[0])
    return new_page(request, cycle, form, status=422)


def form_of(request: Asked, cycle: Cycle, *given: object) -> forms.OpenCase:
    """The form of a new case."""
    units = visible_units(request.by, cycle)
    return forms.OpenCase(*given, units=units, vetoes=rubric_of(cycle).vetoes)


def new_page(request: Asked, cycle: Cycle, form: forms.OpenCase, status: int = 200) -> HttpResponse:
    """The page of a new case."""
    context = {
        "breadcrumbs": way(cycle, "veto_cases", _("一票否决"), _("立案")),
        "form": form,
        "vetoes": rubric_of(cycle).vetoes,
        "may_open": may_open(request, cycle),
    }
    return render(request, "followup/veto_new.html", context, status=status)


def context_of(request: Asked, case: VetoCase) -> dict[str, object]:
    """What the page of a case shows besides its history and steps."""
    return {
        "breadcrumbs": way(case.cycle, "veto_cases", _("一票否决"), str(case.assessed)),
        "veto": veto_cases.veto_of(case.cycle, case.veto),
        "answers": veto_cases.answers_of(case),
        "moves": moves(request, case),
        "waits_for_run": waits_for_run(request, case),
        "today": day_of(request.at),
    }


def moves(request: Asked, case: VetoCase) -> Moves | None:
    """What a decision would move, for whoever decides; ``None`` where nothing is to be decided."""
    if not rights.may(request.by, "veto.decide") or case.cycle.state != Cycle.State.OPEN:
        return None
    code = case.assessed.unit.code
    if case.state in (State.NOTIFIED, State.ANSWERED):
        return impact(case.cycle, Change(code, vetoes=(case.veto,)))
    if case.state == State.DECIDED:
        return impact(case.cycle, Change(code, lifted=(case.veto,)))
    return None


def waits_for_run(request: Asked, case: VetoCase) -> bool:
    """Whether the case was decided on and not scored since, for whoever is concerned with runs."""
    if not rights.may(request.by, "results.see_all"):
        return False
    return queries.unscored(case.cycle).filter(case=case).exists()


ROOM = Room(
    name="veto_case",
    prefix="veto",
    address="vetoes/<int:case_id>/",
    key="case_id",
    right="veto.see",
    visible=queries.veto_cases,
    ways=veto_cases.WAYS,
    template="followup/veto_case.html",
    context=context_of,
    steps=(
        NextStep(
            "determine",
            "veto.handle",
            gettext_lazy("登记认定"),
            forms.Determine,
            veto_cases.determine,
            "primary",
        ),
        NextStep(
            "notify",
            "veto.handle",
            gettext_lazy("告知单位"),
            forms.NotifyUnit,
            veto_cases.notify_unit,
            "primary",
        ),
        NextStep(
            "answer",
            "veto.answer",
            gettext_lazy("陈述申辩"),
            forms.StateDefence,
            veto_cases.answer,
            "primary",
        ),
        NextStep(
            "decide",
            "veto.decide",
            gettext_lazy("决定否决"),
            forms.Decide,
            veto_cases.decide,
            "danger",
        ),
        NextStep(
            "dismiss",
            "veto.decide",
            gettext_lazy("不予否决"),
            forms.Dismiss,
            veto_cases.dismiss,
        ),
        NextStep(
            "lift",
            "veto.decide",
            gettext_lazy("解除否决"),
            forms.Lift,
            veto_cases.lift,
            "danger",
        ),
    ),
)
