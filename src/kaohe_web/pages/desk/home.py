"""The first page: what I must do by when, how the year stands, the latest messages."""

import datetime as dt
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.cycles.timeline import timeline
from kaohe_web.desk.gathering import current_year, todos
from kaohe_web.filing.board import progress
from kaohe_web.jobs.queries import notices
from kaohe_web.jobs.todo import Todo
from kaohe_web.keeping.figures import figures
from kaohe_web.pages.asked import Asked, open_page
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

LATEST = 5
"""So many messages are shown; the others are a press away."""

BOARD = (Role.OFFICE, Role.LEADER, Role.UNIT_OFFICE)


@open_page("the first page leads to the sign-in, and says so if somebody has no post")
def home(request: HttpRequest) -> HttpResponse:
    """The desk of whoever is signed in."""
    asked = cast("Asked", request)
    by = getattr(asked, "by", None)
    if by is None:
        return redirect_to_login(request.get_full_path())
    if by.post is None:
        return render(request, "desk/no_post.html")
    asked.cycle = current_year(by)
    return render(request, "desk/home.html", desk(by, asked.cycle, asked.at))


def desk(by: Actor, year: Cycle | None, at: dt.datetime) -> dict[str, Any]:
    """What stands on somebody's desk."""
    context: dict[str, Any] = {
        "todos": [shown(todo, day_of(at)) for todo in todos(by, at)],
        "messages_told": notices(by)[:LATEST],
        "figures": figures(by, at),
    }
    if year is None:
        return context
    units = list(visible_units(by, year))
    own = units[0] if by.role in (Role.UNIT_OFFICE, Role.LIAISON) and units else None
    context["stages"] = timeline(year, at, own)
    if by.role in BOARD:
        context["filing"] = progress(by, year, units)
    return context


def shown(todo: Todo, today: dt.date) -> dict[str, Any]:
    """A thing to do, with the days that are left."""
    left = None if todo.due is None else (todo.due - today).days
    return {
        "todo": todo,
        "left": left,
        "over": -left if left is not None and left < 0 else 0,
        "late": left is not None and left < 0,
    }
