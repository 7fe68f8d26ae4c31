"""The assessor's pages: the queue in a random order of their own, and the mark of one part."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.cycles.calendar import window
from kaohe_web.cycles.marking import Marking, default_phrases, markings
from kaohe_web.cycles.models import Cycle, StageKind
from kaohe_web.errors import WrongState
from kaohe_web.filing import submissions
from kaohe_web.filing.queries import submissions_to_send_back
from kaohe_web.filing.windows import Windows, is_open
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.filing.forms import ReturnForm
from kaohe_web.pages.review import forms
from kaohe_web.pages.review.filed import filed
from kaohe_web.pages.review.words import MARK_TONES, here, history_of, in_year, mark_words
from kaohe_web.review import marks, queries
from kaohe_web.review.awaiting import awaiting_in, clause_of
from kaohe_web.review.marks import REVIEWABLE, why_fixed, why_not_filed
from kaohe_web.review.models import Assignment
from kaohe_web.review.queue import STATES, Line, lines_of, markable, next_after

PER_PAGE = 50
State = Assignment.State


@page("review.mark", cycle=True)
def queue(request: Asked, cycle: Cycle) -> HttpResponse:
    """The person's marks, those to be given first unless another state is asked for."""
    return queue_page(request, cycle)


def queue_page(request: Asked, cycle: Cycle, recuse: forms.Recuse | None = None) -> HttpResponse:
    """The queue, with the form by which the person may recuse themselves."""
    found = lines_of(request.by, cycle)
    units = {line.assignment.assessed_id: str(line.assignment.assessed) for line in found}
    words = mark_words()
    waiting = markable(found)
    asked = request.GET.copy()
    if "state" not in asked and waiting:
        asked["state"] = "open"
    narrow = forms.Narrow(asked, states=words, units=units, every=_("全部"))
    shown = narrowed(found, narrow)
    may_recuse = queries.units_to_recuse_from(request.by, cycle)
    context = {
        "breadcrumbs": in_year(cycle, (_("我的评审"), "")),
        "page": Paginator(rows(shown, words), PER_PAGE).get_page(request.GET.get("page")),
        "narrow": narrow,
        "filtered": request.GET.get("state", "") + request.GET.get("unit", ""),
        "count": len(found),
        "counts": {state: sum(line.state == state for line in found) for state in STATES},
        "done": sum(line.assignment.state == State.GIVEN for line in found),
        "next": waiting[0].assignment if waiting else None,
        "recuse": recuse or forms.Recuse(may_recuse, auto_id="recuse-%s"),
        "recusals": list(queries.recusals(request.by, cycle)),
        "stage": window(cycle, StageKind.REVIEW),
    }
    status = 422 if recuse is not None and recuse.errors else 200
    return render(request, "review/queue.html", context, status=status)


@page("review.mark", cycle=True)
def mark(request: Asked, cycle: Cycle, assignment_id: int) -> HttpResponse:
    """One part: what is filed at the left, the judging at the right."""
    row = find(request, queries.own_assignments(request.by, cycle), assignment_id)
    return mark_page(request, row)


@page("review.mark", methods=("POST",), cycle=True)
def mark_give(request: Asked, cycle: Cycle, assignment_id: int) -> HttpResponse:
    """Give or change the mark; then the next one, if that was asked for."""
    row = find(request, queries.own_assignments(request.by, cycle), assignment_id)
    clause = clause_of(row.assessed, row.part)
    changes = row.state == State.GIVEN and "why" in request.POST
    form = (forms.ChangedMark if changes else forms.Mark)(clause, request.POST)
    if not form.is_valid():
        return mark_page(request, row, form)
    give = marks.change if changes else marks.give
    given = give(row, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已保存评分"))
    if request.POST.get("then") != "next":
        return redirect(here(cycle, "mark", assignment_id=row.pk))
    return redirect(after(request, cycle, given))


@page("review.mark", methods=("POST",), cycle=True)
def review_send_back(request: Asked, cycle: Cycle, assignment_id: int) -> HttpResponse:
    """Send the part back to its department, with the reason."""
    row = find(request, queries.own_assignments(request.by, cycle), assignment_id)
    visible = submissions_to_send_back(request.by, cycle).filter(assessed=row.assessed_id)
    submission = visible.filter(part=row.part).first()
    if submission is None:
        raise WrongState(why_not_filed(None))
    form = ReturnForm(request.POST)
    forms.require_valid(form)
    submissions.send_back(submission, **form.cleaned_data, by=request.by, at=request.at)
    messages.success(request, _("已退回，补报后会回到您的评审任务里"))
    return redirect(after(request, cycle, row))


def after(request: Asked, cycle: Cycle, row: Assignment) -> str:
    """Where to go next: the next mark that can be given, or the queue once there is none."""
    following = next_after(lines_of(request.by, cycle), row)
    if following is None:
        return here(cycle, "queue")
    return here(cycle, "mark", assignment_id=following.pk)


def mark_page(request: Asked, row: Assignment, form: forms.Mark | None = None) -> HttpResponse:
    """The page of a mark, with the form as it stands."""
    cycle = row.cycle
    clause = clause_of(row.assessed, row.part)
    found = lines_of(request.by, cycle)
    line = next(each for each in found if each.assignment.pk == row.pk)
    following = next_after(found, row)
    others = queries.other_marks(request.by, row)
    context = {
        "breadcrumbs": in_year(
            cycle, (_("我的评审"), here(cycle, "queue")), (clause.part.title, "")
        ),
        "row": row,
        "clause": clause,
        "state_words": mark_words()[line.state],
        "tone": MARK_TONES[line.state],
        "filed": filed(request.by, row.assessed, clause),
        "form": form or form_of(line),
        "closed": why_closed(line),
        "phrases": phrases_of(cycle, line),
        "others": others,
        "judgement": row.assessed.judgements.filter(part=row.part).first() if others else None,
        "history": list(history_of(queries.history(row))),
        "same_part": [
            each.assignment
            for each in found
            if each.assignment.part == row.part
            and each.assignment.pk != row.pk
            and each.assignment.state == State.GIVEN
        ],
        "done": sum(each.assignment.state == State.GIVEN for each in found),
        "count": len(found),
        "next": following,
        "send_back": send_back_form(line, request.at),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "review/mark.html", context, status=status)


def form_of(line: Line) -> forms.Mark:
    """The form of a mark as it stands."""
    row = line.assignment
    initial: dict[str, Any] = {
        "version": row.version,
        "filed_version": line.submission.version if line.submission else 0,
        "score": row.score,
        "reason": row.reason,
    }
    kind = forms.ChangedMark if row.state == State.GIVEN else forms.Mark
    return kind(line.clause, initial=initial)


def why_closed(line: Line) -> str:
    """Why a mark cannot be given or changed now, and what to do; empty if it can."""
    row = line.assignment
    if line.state == "waiting":
        return why_not_filed(line.submission)
    if line.state == "idle":
        return awaiting_in(row.assessed, line.clause)
    if row.state == State.GIVEN:
        if fixed := why_fixed(row):
            return fixed
        if line.clause.part.filing == "units" and (
            line.submission is None or line.submission.state not in REVIEWABLE
        ):
            return why_not_filed(line.submission)
    return ""


def phrases_of(cycle: Cycle, line: Line) -> tuple[str, ...]:
    """The reasons that are offered for a part."""
    part = line.clause.part
    return markings(cycle).get(part.id, Marking()).phrases or default_phrases(part)


def send_back_form(line: Line, at: dt.datetime) -> ReturnForm | None:
    """The form that sends the part back, where there is something that may be sent back now."""
    submission, row = line.submission, line.assignment
    if submission is None or submission.state not in REVIEWABLE:
        return None
    if not is_open(Windows(row.cycle).sending_back(row.assessed), None, at):
        return None
    return ReturnForm(initial={"version": submission.version}, auto_id="return-%s")


def narrowed(found: list[Line], narrow: forms.Narrow) -> list[Line]:
    """The lines that the address asks for."""
    state, unit = narrow.chosen("state"), narrow.chosen("unit")
    return [
        line
        for line in found
        if state in ("", line.state) and unit in ("", str(line.assignment.assessed_id))
    ]


def rows(found: list[Line], words: dict[str, str]) -> list[dict[str, Any]]:
    """Lines with the words and colours of their states."""
    return [
        {"line": line, "words": words[line.state], "tone": MARK_TONES[line.state]} for line in found
    ]
