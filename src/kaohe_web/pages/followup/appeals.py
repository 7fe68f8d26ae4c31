"""The pages of appeals: the list, a new one, and one appeal beside what the score rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import WrongState
from kaohe_web.followup import appeals, corrections, lodging, queries
from kaohe_web.followup.models import Appeal
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.downloads import send_file
from kaohe_web.pages.followup import appeal_forms as forms
from kaohe_web.pages.followup.around import titles_of, way
from kaohe_web.pages.followup.narrowing import narrowed
from kaohe_web.pages.followup.room import NextStep, Room, taken
from kaohe_web.people import rights
from kaohe_web.results.models import UnitResult
from kaohe_web.results.moves import Moves, leaves
from kaohe_web.results.queries import in_force, unit_results
from kaohe_web.results.sheet import PartLine, part_line
from kaohe_web.results.stored import detail_in
from kaohe_web.results.tables import language

State = Appeal.State
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Tally:
    """How the appeals against one part went: the rubric's weak places show here."""

    part: str
    title: str
    lodged: int
    upheld: int
    dismissed: int
    withdrawn: int

    @property
    def open(self) -> int:
        """How many are not closed."""
        return self.lodged - self.upheld - self.dismissed - self.withdrawn


@page("appeals.see", cycle=True)
def appeal_list(request: Asked, cycle: Cycle) -> HttpResponse:
    """The appeals of a year; for office and leaders with how they went, part by part."""
    everything = queries.appeals(request.by).filter(cycle=cycle)
    rows, narrowing = narrowed(request, cycle, everything)
    titles = titles_of(cycle)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "breadcrumbs": way(cycle, "appeals", _("申诉")),
        "page": shown,
        "narrowing": narrowing,
        "lines": [(row, titles.get(row.part, row.part)) for row in shown],
        "today": day_of(request.at),
    }
    if rights.may(request.by, "results.see_all"):
        found = tallies(everything.values_list("part", "state"), titles)
        context |= {"tallies": found, "tally_sum": summed(found)}
    if rights.may(request.by, "appeals.lodge"):
        context |= {"lodges": True, **in_time(request, own_result(request, cycle))}
    return render(request, "followup/appeals.html", context)


def tallies(found: Iterable[tuple[str, str]], titles: Mapping[str, str]) -> list[Tally]:
    """How the appeals went, in the order of the document."""
    states: dict[str, list[str]] = {}
    for part, state in found:
        states.setdefault(part, []).append(state)
    order = [part for part in titles if part in states]
    order += [part for part in states if part not in titles]
    return [
        Tally(
            part,
            titles.get(part, part),
            len(states[part]),
            states[part].count(State.UPHELD),
            states[part].count(State.DISMISSED),
            states[part].count(State.WITHDRAWN),
        )
        for part in order
    ]


def summed(found: list[Tally]) -> Tally:
    """All of them together."""
    return Tally(
        "",
        "",
        sum(each.lodged for each in found),
        sum(each.upheld for each in found),
        sum(each.dismissed for each in found),
        sum(each.withdrawn for each in found),
    )


def own_result(request: Asked, cycle: Cycle) -> UnitResult | None:
    """The unit's own result in the run that stands; ``None`` while nothing is announced."""
    run = in_force(cycle)
    return None if run is None else unit_results(request.by).filter(run=run).first()


def in_time(request: Asked, result: UnitResult | None) -> dict[str, object]:
    """Until when an appeal may be lodged, or why not now."""
    if result is None:
        return {"closed": _("结果还没有公示；公示后可以在申诉期内提出申诉。")}
    try:
        lodging.require_time(result, request.at)
    except WrongState as refusal:
        return {"closed": refusal.sentence}
    return {"until": lodging.last_day(result), "result": result}


@page("appeals.lodge", cycle=True)
def new(request: Asked, cycle: Cycle) -> HttpResponse:
    """A new appeal, to be filled in; the address may name its part."""
    result = own_result(request, cycle)
    part = request.GET.get("part", "")
    form = forms.Lodge(parts=parts_of(result, cycle), part=part) if result else None
    return new_page(request, cycle, result, form)


@page("appeals.lodge", cycle=True, methods=("POST",))
def lodge(request: Asked, cycle: Cycle) -> HttpResponse:
    """Lodging it."""
    result = own_result(request, cycle)
    if result is None:
        return new_page(request, cycle, None, None, status=409)
    form = forms.Lodge(request.POST, request.FILES, parts=parts_of(result, cycle))
    made: list[Appeal] = []
    if taken(request, form, lambda **given: made.append(appeals.lodge(result, **given))):
        messages.success(request, _("申诉已提出，请留意办理结果"))
        return redirect(made[0])
    return new_page(request, cycle, result, form, status=422)


def new_page(
    request: Asked,
    cycle: Cycle,
    result: UnitResult | None,
    form: forms.Lodge | None,
    status: int = 200,
) -> HttpResponse:
    """The page of a new appeal."""
    context = {
        "breadcrumbs": way(cycle, "appeals", _("申诉"), _("提出申诉")),
        "form": form,
        **in_time(request, result),
    }
    return render(request, "followup/appeal_new.html", context, status=status)


def parts_of(result: UnitResult, cycle: Cycle) -> list[tuple[str, str]]:
    """The parts of a result to choose from: number, title, score."""
    titles = titles_of(cycle)
    return [
        (part, f"{part} {titles.get(part, '')}（{leaf['score'] or _('未定')}/{leaf['points']}）")
        for part, leaf in leaves(detail_in(result)["zh"]["unit"]).items()
    ]


def context_of(request: Asked, appeal: Appeal) -> dict[str, object]:
    """What the page of an appeal shows besides its history and steps."""
    sees_all = rights.may(request.by, "results.see_all")
    titles = titles_of(appeal.cycle)
    context: dict[str, object] = {
        "breadcrumbs": way(appeal.cycle, "appeals", _("申诉"), str(appeal)),
        "title": titles.get(appeal.part, appeal.part),
        "line": line_of(appeal, with_names=sees_all),
        "evidence": queries.appealed_evidence(request.by, appeal),
        "with_names": sees_all or request.by.post == appeal.reviewer,
        "sees_all": sees_all,
        "today": day_of(request.at),
        "late": appeal.decided_at is None and appeal.due_on < day_of(request.at),
    }
    if sees_all:
        context["waits_for_run"] = queries.unscored(appeal.cycle).filter(appeal=appeal).exists()
    if decides(request, appeal):
        tried = forms.Try(appeal, request)
        context |= {"tried": tried, "moves": moves(appeal, tried)}
    return context


def line_of(appeal: Appeal, *, with_names: bool) -> PartLine:
    """What the score sheet says about the part, as it was when the appeal was lodged."""
    result = appeal.run.units.get(assessed=appeal.assessed_id)
    detail, lang = detail_in(result), language()
    leaf = leaves(detail[lang]["unit"])[appeal.part]
    return part_line(leaf, detail, lang, with_names=with_names)


def decides(request: Asked, appeal: Appeal) -> bool:
    """Whether the person decides the appeal now."""
    handles = rights.may(request.by, "appeals.handle")
    return handles and appeal.state == State.REVIEWED and appeal.cycle.state == Cycle.State.OPEN


def moves(appeal: Appeal, tried: forms.Try) -> Moves | None:
    """What the correction that is tried would move, else what the proposed one would."""
    if tried.is_bound and not tried.is_valid():
        return None
    correction = (
        tried.cleaned_data["correction"] if tried.is_bound else corrections.proposed(appeal)
    )
    return None if correction.is_empty else corrections.preview(appeal, correction)


@page("appeals.see", cycle=True)
def evidence(request: Asked, cycle: Cycle, appeal_id: int, evidence_id: int) -> FileResponse:
    """A file that the appealed score rests on, for whoever sees the appeal."""
    appeal = find(request, queries.appeals(request.by).filter(cycle=cycle), appeal_id)
    file = find(request, queries.appealed_evidence(request.by, appeal), evidence_id)
    return send_file(request, file, file.file, file.name)


ROOM = Room(
    name="appeal",
    prefix="appeal",
    address="appeals/<int:appeal_id>/",
    key="appeal_id",
    right="appeals.see",
    visible=queries.appeals,
    ways=appeals.WAYS,
    template="followup/appeal.html",
    context=context_of,
    steps=(
        NextStep(
            "take",
            "appeals.handle",
            gettext_lazy("受理并指定复核人"),
            forms.Take,
            appeals.take,
            "primary",
        ),
        NextStep(
            "review",
            "appeals.review",
            gettext_lazy("填写复核意见"),
            forms.Review,
            appeals.review,
            "primary",
        ),
        NextStep(
            "uphold",
            "appeals.handle",
            gettext_lazy("采纳并更正"),
            forms.Uphold,
            appeals.uphold,
            "primary",
        ),
        NextStep(
            "dismiss",
            "appeals.handle",
            gettext_lazy("驳回"),
            forms.Dismiss,
            appeals.dismiss,
            "danger",
        ),
        NextStep(
            "withdraw",
            "appeals.lodge",
            gettext_lazy("撤回申诉"),
            forms.Withdraw,
            appeals.withdraw,
            "danger",
        ),
    ),
)
