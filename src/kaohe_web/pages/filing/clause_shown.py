"""What the page of a part shows: to its department, to its unit's office, to whoever reads it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.rules.base import IndicatorId
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.trace import readings_of
from kaohe.wording.words import Words
from kaohe.workbook.hints import unit_words
from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Conflict
from kaohe_web.filing import checks, queries, values
from kaohe_web.filing.contents import (
    content_of_entered,
    contents_of,
    differences,
    since_accepted,
)
from kaohe_web.filing.models import Submission
from kaohe_web.filing.opened import why_not
from kaohe_web.filing.preview import preview
from kaohe_web.filing.windows import Windows, due_of, is_open
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.filing.forms import ClauseForm, ReturnForm
from kaohe_web.pages.filing.place import Place, find_own
from kaohe_web.pages.filing.words import TONES, Crumbs, spoken, state_words, steps
from kaohe_web.people import rights
from kaohe_web.people.models import Role

State = Submission.State


def shown(request: Asked, place: Place, form: ClauseForm, status: int = 200) -> HttpResponse:
    """The page of a part, with the form as it stands."""
    return render(request, "filing/clause.html", context_of(request, place, form), status=status)


def wrong(request: Asked, place: Place, form: ClauseForm) -> HttpResponse:
    """The same with what is wrong at its fields; only that, where a script asked."""
    if request.accepts("text/html"):
        return shown(request, place, form, status=422)
    errors = {name or "": [str(error) for error in found] for name, found in form.errors.items()}
    return JsonResponse({"errors": errors}, status=422)


def between(request: Asked, cycle: Cycle, form: ClauseForm, conflict: Conflict) -> HttpResponse:
    """Both sides of a conflict, field by field, to choose from; nothing was written."""
    old = form.place
    place = find_own(request, cycle, old.assessed.pk, old.clause.part.id)
    mine = content_of_entered(place.clause, form.entered())
    found = differences(place.clause, place.content, mine)
    if not request.accepts("text/html"):
        message = _("%(why)s。按“保存”可以逐项选择") % {"why": conflict.sentence}
        sides = [{"label": d.label, "now": d.now, "mine": d.mine} for d in found.values()]
        return JsonResponse({"message": message, "differences": sides}, status=409)
    context = {
        "place": place,
        "sentence": conflict.sentence,
        "differences": [(name, found[name]) for name in found],
        "mine": {**mine, "version": str(place.version)},
        "action": request.path,
        "back": reverse("clause", kwargs=place.address),
        "breadcrumbs": way_to(request, place),
    }
    return render(request, "filing/between.html", context, status=409)


def chosen(request: Asked, place: Place) -> QueryDict:
    """What was sent, with the fields for which the person took over what stands now."""
    data = request.POST.copy()
    for name, text in place.content.items():
        if data.get(f"take-{name}") == "now":
            data[name] = text
    return data


def settled_states(form: ClauseForm) -> dict[str, str]:
    """The states that were changed on the way in: a number with 见说明 is a number."""
    entered = form.entered().values
    return {
        f"state-{name}": entry.settled().state
        for name, entry in entered.items()
        if entry.settled() != entry
    }


def preview_of(place: Place, form: ClauseForm) -> dict[str, Any]:
    """What the values in the form would score, and what is odd about them."""
    entered = form.entered() if form.is_bound else None
    entries = dict(entered.values) if entered else place.entries
    self_score = entered.self_score if entered else None
    if entered is None and place.submission is not None:
        self_score = place.submission.self_score
    found = preview(place.year, place.assessed, place.clause, entries, lang=spoken())
    doubts = checks.doubts(place.clause, entries, self_score=self_score, computed=found.score)
    return {"preview": found, "doubts": doubts, "wrong": form.is_bound and bool(form.errors)}


def context_of(request: Asked, place: Place, form: ClauseForm) -> dict[str, Any]:
    """Everything on the page."""
    clause, submission = place.clause, place.submission
    rubric = place.year.rubric
    words = Words.of(rubric, spoken())
    department_id = place.duty.department_id if place.duty else None
    windows = Windows(place.assessed.cycle)
    due = due_of(windows.of_department(place.assessed, department_id), submission)
    content = contents_of(
        place.assessed, [clause], {clause.part.id: submission} if submission else {}
    )[clause.part.id]
    state = submission.state if submission else "none"
    return {
        "place": place,
        "clause": clause,
        "form": form,
        "fields": list(form.values()),
        "rule": rule_sentence(clause.part.rule, clause.part.points, words),
        "readings": [each for each in readings_of(clause.part, rubric) if each.meaning],
        "provided": provided(place),
        "values": values_read(place),
        "registers": {str(register.indicator) for register in clause.registers},
        "state": state,
        "state_words": state_words(state),
        "tone": TONES[state],
        "due": due,
        "late": due is not None and due < day_of(request.at) and state in ("none", *OPEN),
        "changes": since_accepted(clause, submission, content).values() if submission else (),
        "history": list(history_of(submission)) if submission else [],
        "breadcrumbs": way_to(request, place),
        **preview_of(place, form),
        **what_now(request, place, windows),
    }


OPEN = (State.DRAFT, State.RETURNED)
IN_THE_UNIT = (State.HANDED_IN, State.CHECKED)


def what_now(request: Asked, place: Place, windows: Windows) -> dict[str, Any]:
    """The steps that the person may take at this moment, and why not others."""
    by, at, submission = request.by, request.at, place.submission
    state = submission.state if submission else "none"
    leads = place.duty is not None and (
        by.role == Role.LIAISON and place.duty.department_id == by.department_id
    )
    closed = why_not(place.duty, submission, at) if leads and place.duty else ""
    filing = is_open(windows.of_unit(place.assessed), submission, at)
    checks_it = rights.may(by, "filing.check") and filing
    if rights.may(by, "filing.check") and not filing and state in IN_THE_UNIT:
        closed = _("填报已经截止，不能再审核、退回；确需办理的，请考核办批准例外")
    sends_back = rights.may(by, "filing.send_back") and is_open(
        windows.sending_back(place.assessed), None, at
    )
    return {
        "leads": leads,
        "fills": leads and not closed,
        "closed": closed,
        "withdraws": leads and state == State.HANDED_IN,
        "checks": checks_it and state == State.HANDED_IN,
        "returns": checks_it and state in (State.HANDED_IN, State.CHECKED),
        "sends_back": sends_back and state in (State.SUBMITTED, State.MISSING),
        "return_form": ReturnForm(initial={"version": place.version}, auto_id="return-%s"),
    }


def provided(place: Place) -> list[dict[str, str]]:
    """The values that the rule reads and that come from elsewhere."""
    asked = place.clause.shown
    if not asked:
        return []
    rows = values.rows_of(place.assessed, [each.id for each in asked])
    words = Words.of(place.year.rubric, spoken())
    found = []
    for each in asked:
        row = rows.get(each.id)
        told = words.value(IndicatorId(each.id), row.value) if row and row.value is not None else ""
        if row is not None and row.state != values.State.VALUE:
            told = str(values.State(row.state).label)
        found.append({"title": each.title, "told": told, "source": row.source if row else ""})
    return found


def values_read(place: Place) -> list[dict[str, str]]:
    """The values of the part as they stand, to read."""
    found = []
    for indicator in place.clause.typed:
        row, entry = place.rows.get(indicator.id), place.entries[indicator.id]
        now = values.told(indicator, entry.value)
        if entry.state != values.State.VALUE:
            now = str(values.State(entry.state).label)
        if count := place.registered.get(indicator.id):
            now = _("登记 %(count)s 件") % {"count": count}
        found.append(
            {
                "title": indicator.title,
                "unit": unit_words(indicator),
                "before": values.told(indicator, row.before) if row else "",
                "now": now,
                "note": entry.note,
            }
        )
    return found


def history_of(submission: Submission) -> Iterable[dict[str, object]]:
    """What was done with the part, newest first; saves in a row are told once."""
    known, last = steps(), ""
    for entry in queries.history(submission):
        if entry.what not in known or (entry.what == last == "submission.saved"):
            continue
        last = entry.what
        words, tone = known[entry.what]
        who = f"{entry.name}（{entry.post}）" if entry.post else entry.name
        yield {
            "at": entry.at,
            "who": who,
            "what": words,
            "tone": tone,
            "reason": entry.reason,
        }


def way_to(request: Asked, place: Place) -> Crumbs:
    """The way to the page of a part: by the list that the person works with."""
    cycle = {"cycle_id": place.assessed.cycle_id}
    match request.by.role:
        case Role.LIAISON:
            way = (_("我的条款"), reverse("filing", kwargs=cycle))
        case Role.UNIT_OFFICE:
            way = (_("本单位填报"), reverse("filing_board", kwargs=cycle))
        case Role.OFFICE | Role.LEADER:
            where = {**cycle, "assessed_id": place.assessed.pk}
            way = (str(place.assessed), reverse("unit_filing", kwargs=where))
        case _:
            way = (str(place.assessed), "")
    return [
        (place.assessed.cycle.name, ""),
        way,
        (place.clause.part.title, reverse("clause", kwargs=place.address)),
    ]
