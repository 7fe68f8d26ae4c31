"""Lists of parts: a liaison's own, a unit's whole filing, the progress of all units."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.filing.board import (
    DONE_BY_UNIT,
    Line,
    Progress,
    department_lines,
    progress,
    sums,
    unit_lines,
)
from kaohe_web.filing.models import Submission
from kaohe_web.filing.windows import Windows
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.filing.forms import SigningForm, StateFilter
from kaohe_web.pages.filing.words import TONES, state_words

State = Submission.State
STATES = ("none", *State.values, "exempt")


@page("filing.fill", cycle=True)
def filing(request: Asked, cycle: Cycle) -> HttpResponse:
    """The parts that the liaison's department leads, and below them those it supports."""
    unit = visible_units(request.by, cycle).first()
    lines = department_lines(request.by, cycle, unit, request.at) if unit else []
    led = [line for line in lines if line.leads]
    shown = narrowed(led, request)
    context = {
        "unit": unit,
        "rows": rows(shown),
        "sums": sums(shown),
        "supporting": rows([line for line in lines if not line.leads]),
        "figures": figures(led),
        "filter": StateFilter(request.GET, choices()),
        "filtered": bool(request.GET.get("state")),
        "count": len(led),
        "breadcrumbs": [(cycle.name, ""), (_("我的条款"), "")],
    }
    return render(request, "filing/list.html", context)


@page("filing.check", cycle=True)
def filing_board(request: Asked, cycle: Cycle) -> HttpResponse:
    """The unit's own filing: to be checked, returned, signed and submitted by its office."""
    unit = visible_units(request.by, cycle).first()
    context = board_of(request, cycle, unit) if unit else {}
    context["breadcrumbs"] = [(cycle.name, ""), (_("本单位填报"), "")]
    return render(request, "filing/board.html", context)


@page("filing.progress", cycle=True)
def unit_filing(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """One unit's filing as the office and the leaders see it."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    way = reverse("filing_progress", kwargs={"cycle_id": cycle.pk})
    context = board_of(request, cycle, unit)
    context["breadcrumbs"] = [(cycle.name, ""), (_("填报进度"), way), (str(unit), "")]
    return render(request, "filing/board.html", context)


@page("filing.progress", cycle=True)
def filing_progress(request: Asked, cycle: Cycle) -> HttpResponse:
    """How far every unit has come."""
    units = list(visible_units(request.by, cycle))
    windows = Windows(cycle)
    found = progress(request.by, cycle, units)
    dues = [windows.of_unit(each.assessed) for each in found]
    context = {
        "rows": [
            (each, window.last_day if window else None, counts_of(each))
            for each, window in zip(found, dues, strict=True)
        ],
        "states": [(state, state_words(state)) for state in SHOWN_STATES],
        "total": total_of(found),
        "breadcrumbs": [(cycle.name, ""), (_("填报进度"), "")],
    }
    return render(request, "filing/progress.html", context)


SHOWN_STATES = (
    State.DRAFT,
    State.HANDED_IN,
    State.CHECKED,
    State.RETURNED,
    State.SUBMITTED,
    State.MISSING,
)


def counts_of(found: Progress) -> list[int]:
    """How many parts of a unit stand in each state: first those that nobody has begun."""
    counts = [found.by_state.get(state, 0) for state in SHOWN_STATES]
    return [found.asked - sum(counts), *counts]


def total_of(found: Sequence[Progress]) -> list[int]:
    """The same over all units, with how many parts there are at the front."""
    counts = [[each.asked, *counts_of(each)] for each in found]
    return [sum(column) for column in zip(*counts, strict=True)]


def board_of(request: Asked, cycle: Cycle, unit: AssessedUnit) -> dict[str, Any]:
    """What a unit's whole filing looks like, and what its office can do about it."""
    lines = unit_lines(request.by, cycle, unit, request.at)
    shown = narrowed(lines, request)
    signed = getattr(unit, "sign_off", None)
    window = Windows(cycle).of_unit(unit)
    own = request.by.unit_id == unit.unit_id
    return {
        "unit": unit,
        "rows": rows(shown),
        "sums": sums(shown),
        "figures": figures(lines),
        "filter": StateFilter(request.GET, choices()),
        "filtered": bool(request.GET.get("state")),
        "count": len(lines),
        "signed": signed,
        "due": window.last_day if window else None,
        "own": own,
        "to_check": sum(line.state == State.HANDED_IN for line in shown) if own else 0,
        "to_resubmit": sum(line.state == State.CHECKED for line in lines) if signed else 0,
        "unfinished": [line for line in lines if line.state not in (State.CHECKED, "exempt")]
        if own and not signed
        else [],
        "signing": SigningForm(auto_id="signing-%s"),
    }


def rows(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Lines with the words and colours of their states; a new section begins a group."""
    found, section = [], ""
    for line in lines:
        found.append(
            {
                "line": line,
                "section": line.clause.section if line.clause.section != section else "",
                "words": state_words(line.state),
                "tone": TONES[line.state],
            }
        )
        section = line.clause.section
    return found


def figures(lines: Sequence[Line]) -> dict[str, Any]:
    """A few numbers over all parts, whatever the list below them shows."""
    asked = [line for line in lines if not line.exempt]
    waiting = [line for line in asked if line.with_department]
    return {
        "asked": len(asked),
        "waiting": len(waiting),
        "returned": sum(line.state == State.RETURNED for line in asked),
        "late": sum(line.late for line in asked),
        "handed_in": sum(line.state == State.HANDED_IN for line in asked),
        "checked": sum(line.state == State.CHECKED for line in asked),
        "done": sum(line.state in (State.SUBMITTED, State.MISSING) for line in asked),
        "settled": sum(line.state in DONE_BY_UNIT for line in asked),
        "unscored": sum(line.self_score is None for line in asked),
        "due": min((line.due for line in waiting if line.due), default=None),
        "sums": sums(lines),
    }


def choices() -> list[tuple[str, str]]:
    """The states that a list can be narrowed to."""
    return [
        ("", _("全部")),
        ("open", _("待填报、待报审")),
        *((state, state_words(state)) for state in STATES),
    ]


def narrowed(lines: Sequence[Line], request: Asked) -> list[Line]:
    """The lines in the state that the address names; all of them for any other word."""
    state = request.GET.get("state", "")
    if state == "open":
        return [line for line in lines if line.with_department]
    if state in STATES:
        return [line for line in lines if line.state == state]
    return list(lines)
