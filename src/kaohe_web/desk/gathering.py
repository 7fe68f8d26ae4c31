"""What a person must do, gathered from every room and put in the order of urgency."""

import datetime as dt
from collections.abc import Callable, Iterable

from kaohe_web.clock import day_of
from kaohe_web.cycles import todos as of_cycles
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.filing import papers_todos as of_papers
from kaohe_web.filing import todos as of_filing
from kaohe_web.followup import todos as of_followup
from kaohe_web.jobs import account_todos as of_accounts
from kaohe_web.jobs.todo import Todo
from kaohe_web.keeping import todos as of_keeping
from kaohe_web.people.actor import Actor
from kaohe_web.results import todos as of_results
from kaohe_web.review import todos as of_review

Asks = Callable[[Actor, dt.datetime], list[Todo]]

ROOMS: tuple[Asks, ...] = (
    of_cycles.todos,
    of_filing.todos,
    of_papers.todos,
    of_review.todos,
    of_results.todos,
    of_followup.todos,
    of_keeping.todos,
    of_accounts.todos,
)
"""Every room that asks something of somebody."""


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """What the person must do: late first, then urgent, then by day."""
    found = [todo for ask in ROOMS for todo in ask(by, at)]
    return in_order(found, day_of(at))


def in_order(found: Iterable[Todo], today: dt.date) -> list[Todo]:
    """Late first, then urgent, then by day; what has no day comes last."""
    return sorted(
        found,
        key=lambda todo: (
            not (todo.due is not None and todo.due < today),
            not todo.urgent,
            todo.due is None,
            todo.due or today,
        ),
    )


def current_year(by: Actor) -> Cycle | None:
    """The year that a person works in now: the latest that runs, else the latest there is."""
    years = list(visible_cycles(by))
    running = (year for year in years if year.state == Cycle.State.OPEN)
    return next(running, years[0] if years else None)
