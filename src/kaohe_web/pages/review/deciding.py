"""Disagreements: their list, the third mark, and the conference with its minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.review import forms
from kaohe_web.pages.review.board import find_part
from kaohe_web.pages.review.forms import require_valid
from kaohe_web.pages.review.words import here, in_year, to_part
from kaohe_web.people.rights import may
from kaohe_web.review import conferences as actions
from kaohe_web.review import queries
from kaohe_web.review.awaiting import clause_of
from kaohe_web.review.disagreements import call_third
from kaohe_web.review.models import Conference, Judgement
from kaohe_web.review.standing import items

How = Judgement.How


@page("review.assign", cycle=True)
def disagreements(request: Asked, cycle: Cycle) -> HttpResponse:
    """The parts whose marks lie too far apart, and those that were decided."""
    found = items(request.by, cycle)
    context = {
        "breadcrumbs": in_year(
            cycle, (_("评审进度"), here(cycle, "review_board")), (_("评分分歧"), "")
        ),
        "apart": [each for each in found if each.is_apart],
        "decided": [
            each
            for each in found
            if each.judgement is not None and each.judgement.how in (How.THIRD, How.CONFERENCE)
        ],
    }
    return render(request, "review/disagreements.html", context)


@page("review.assign", methods=("POST",), cycle=True)
def third_mark(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """Ask somebody else for a third mark."""
    unit, _found = find_part(request, cycle, assessed_id, part)
    form = forms.Assign(queries.assessors(request.at), request.POST)
    require_valid(form)
    call_third(
        unit, part=part, assessor=form.cleaned_data["assessor"], by=request.by, at=request.at
    )
    messages.success(request, _("已请第三人评分；第三人看不到前两人的评分"))
    return redirect(to_part(unit, part))


@page("review.assign", methods=("POST",), cycle=True)
def conference_call(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """Call a conference."""
    unit, _found = find_part(request, cycle, assessed_id, part)
    called = actions.call(unit, part=part, by=request.by, at=request.at)
    messages.success(request, _("已召集会商，评审员会收到消息；开完会请在这里记录"))
    return redirect(here(cycle, "conference", conference_id=called.pk))


@page("review.see", cycle=True)
def conference(request: Asked, cycle: Cycle, conference_id: int) -> HttpResponse:
    """A conference: what is to be talked over, or what was decided."""
    row = find(request, queries.conferences(request.by, cycle), conference_id)
    return conference_page(request, row)


def conference_page(
    request: Asked, row: Conference, form: forms.Held | None = None
) -> HttpResponse:
    """The page of a conference, with the form as it stands."""
    clause = clause_of(row.assessed, row.part)
    open_one = row.held_at is None and may(request.by, "review.assign")
    fresh = {"version": row.version}
    context = {
        "breadcrumbs": in_year(
            row.cycle,
            (_("评审进度"), here(row.cycle, "review_board")),
            (clause.part.title, to_part(row.assessed, row.part)),
            (_("会商"), ""),
        ),
        "conference": row,
        "clause": clause,
        "marks": queries.assignments(request.by, row.cycle)
        .filter(assessed=row.assessed, part=row.part, score__isnull=False)
        .order_by("turn"),
        "form": (form or forms.Held(clause, initial=fresh)) if open_one else None,
        "call_off": forms.Reason(initial=fresh, auto_id="off-%s") if open_one else None,
    }
    status = 422 if form is not None else 200
    return render(request, "review/conference.html", context, status=status)


@page("review.assign", methods=("POST",), cycle=True)
def conference_hold(request: Asked, cycle: Cycle, conference_id: int) -> HttpResponse:
    """Record a conference and what it decided."""
    row = find(request, queries.conferences(request.by, cycle), conference_id)
    form = forms.Held(clause_of(row.assessed, row.part), request.POST)
    if not form.is_valid():
        return conference_page(request, row, form)
    actions.hold(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已记录会商，这一条按会商决定评定"))
    return redirect(here(cycle, "conference", conference_id=row.pk))


@page("review.assign", methods=("POST",), cycle=True)
def conference_call_off(request: Asked, cycle: Cycle, conference_id: int) -> HttpResponse:
    """Call a conference off."""
    row = find(request, queries.conferences(request.by, cycle), conference_id)
    form = forms.Reason(request.POST)
    require_valid(form)
    actions.call_off(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已取消会商"))
    return redirect(to_part(row.assessed, row.part))
