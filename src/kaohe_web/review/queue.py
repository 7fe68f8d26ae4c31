"""An assessor's own queue: their marks in their own random order, and how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import units_assigned
from kaohe_web.filing.clauses import Clause, year_of
from kaohe_web.filing.models import Submission
from kaohe_web.people.actor import Actor
from kaohe_web.review import queries
from kaohe_web.review.awaiting import awaiting
from kaohe_web.review.marks import REVIEWABLE
from kaohe_web.review.models import Assignment
from kaohe_web.review.standing import is_stale

STATES = ("open", "waiting", "stale", "given", "idle")
"""In which state a mark can be: to be given, waiting for its filing, given on an older filing,
given, or not needed because a rule decides the part meanwhile."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of the assessor's marks."""

    assignment: Assignment
    clause: Clause
    submission: Submission | None
    state: str


def lines_of(by: Actor, cycle: Cycle) -> list[Line]:
    """The assessor's marks in their own order; always the same number of queries."""
    own = queries.own_assignments(by, cycle).select_related(None)
    rows = list(own.select_related("assessed__unit", "assessor__user"))
    for row in rows:
        row.cycle = row.assessed.cycle = cycle
    mine = set(units_assigned(by, cycle).values_list("pk", flat=True))
    groups = {row.assessed.group for row in rows}
    units = list(cycle.units.filter(group__in=groups).select_related("unit"))
    known = awaiting(cycle, units)
    submissions = {
        (row.assessed_id, row.part): row
        for row in Submission.objects.filter(cycle=cycle, assessed__in=mine)
    }
    year, found = year_of(cycle), []
    for row in rows:
        clause = year.clauses(row.assessed.type).get(row.part)
        if clause is None:
            continue
        submission = submissions.get((row.assessed_id, row.part))
        why_not = known.why_not(row.assessed, clause)
        found.append(Line(row, clause, submission, state_of(row, clause, submission, why_not)))
    return found


def state_of(row: Assignment, clause: Clause, submission: Submission | None, why_not: str) -> str:
    """Where a mark stands: one of :data:`STATES`."""
    filed = clause.part.filing != "units" or (
        submission is not None and submission.state in REVIEWABLE
    )
    if row.state == Assignment.State.GIVEN:
        return "stale" if filed and is_stale(row, submission) else "given"
    if why_not:
        return "idle"
    return "open" if filed else "waiting"


def markable(lines: Iterable[Line]) -> list[Line]:
    """The marks that can be given now, in order."""
    return [line for line in lines if line.state == "open"]


def next_after(lines: Iterable[Line], assignment: Assignment) -> Assignment | None:
    """The next mark that can be given, after one in the order, else from the beginning."""
    waiting = [line.assignment for line in markable(lines) if line.assignment.pk != assignment.pk]
    place = (assignment.order, assignment.pk)
    later = [row for row in waiting if (row.order, row.pk) > place]
    return next(iter([*later, *waiting]), None)
