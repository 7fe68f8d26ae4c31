"""Who sees which assignments, marks, judgements, conferences, recusals, draws and visits."""

import datetime as dt

from django.db.models import QuerySet

from kaohe_web.audit import trail
from kaohe_web.audit.models import Entry, Outcome
from kaohe_web.clock import day_of
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import units_assigned, visible_cycles, visible_units
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post, Role
from kaohe_web.review.models import (
    Assignment,
    Conference,
    Draw,
    Finding,
    Judgement,
    Recusal,
    Visit,
)
from kaohe_web.review.verdicts import INDEPENDENT

ABOVE = (Role.OFFICE, Role.LEADER)
LATEST = 30
"""So many steps of a thing's history are shown."""


def assignments(by: Actor, cycle: Cycle) -> QuerySet[Assignment]:
    """The assignments of a year that the actor may see: all from above; an assessor's own.

    An assessor's own end where they are recused or the unit is theirs; nobody else's are ever among
    them, so that marks stay blind.
    """
    rows = Assignment.objects.filter(cycle=cycle).select_related(
        "assessed__unit", "assessed__cycle__edition", "cycle", "assessor__user", "assessor__unit"
    )
    if by.role in ABOVE:
        return rows
    if by.role == Role.ASSESSOR:
        mine = units_assigned(by, cycle).values("pk")
        return rows.filter(assessor=by.post, assessed__in=mine)
    return rows.none()


def own_assignments(by: Actor, cycle: Cycle) -> QuerySet[Assignment]:
    """The assignments that the actor is to mark."""
    rows = assignments(by, cycle)
    return rows if by.role == Role.ASSESSOR else rows.none()


def assignments_to_change(by: Actor, cycle: Cycle) -> QuerySet[Assignment]:
    """The assignments that the office may pass on or take away."""
    rows = assignments(by, cycle)
    return rows if rights.may(by, "review.assign") else rows.none()


def other_marks(by: Actor, assignment: Assignment) -> list[Assignment]:
    """The marks of the others on the same part, for one who marks it: none while any is awaited.

    A third mark too is given without having seen the first two.
    """
    own = own_assignments(by, assignment.cycle).filter(pk=assignment.pk).first()
    if own is None or own.state != Assignment.State.GIVEN:
        return []
    rows = Assignment.objects.filter(assessed=own.assessed_id, part=own.part).order_by("turn")
    others = [row for row in rows if row.pk != own.pk]
    awaited = [row for row in rows if row.turn in INDEPENDENT and row.score is None]
    return [] if awaited else [row for row in others if row.score is not None]


def units_to_review(by: Actor, cycle: Cycle) -> QuerySet[AssessedUnit]:
    """The units whose judging the actor watches over."""
    units = visible_units(by, cycle).select_related("unit", "cycle__edition")
    return units if rights.may(by, "review.see") else units.none()


def units_to_recuse_from(by: Actor, cycle: Cycle) -> QuerySet[AssessedUnit]:
    """The units that an assessor may ask to be kept from: those that they judge."""
    if by.role != Role.ASSESSOR:
        return cycle.units.none()
    return units_assigned(by, cycle).select_related("unit", "cycle").distinct()


def recusals(by: Actor, cycle: Cycle) -> QuerySet[Recusal]:
    """The recusals of a year: all for the office and leaders, an assessor's own."""
    rows = Recusal.objects.filter(cycle=cycle).select_related(
        "assessed__unit", "assessor__user", "assessor__unit"
    )
    rows = rows.order_by("assessed__position", "assessor")
    if by.role in ABOVE:
        return rows
    return rows.filter(assessor=by.post) if by.role == Role.ASSESSOR else rows.none()


def judgements(by: Actor, cycle: Cycle) -> QuerySet[Judgement]:
    """The judgements of a year, for those above."""
    rows = Judgement.objects.filter(cycle=cycle).select_related("assessed__unit")
    return rows if by.role in ABOVE else rows.none()


def conferences(by: Actor, cycle: Cycle) -> QuerySet[Conference]:
    """The conferences of a year, for those above."""
    rows = Conference.objects.filter(cycle=cycle).select_related(
        "assessed__unit", "assessed__cycle__edition", "cycle"
    )
    return rows if by.role in ABOVE else rows.none()


def draws(by: Actor, cycle: Cycle) -> QuerySet[Draw]:
    """The draws of a year: whoever takes part in it may run them again."""
    rows = Draw.objects.filter(cycle=cycle).select_related("cycle")
    seen = rights.may(by, "draws.see") and visible_cycles(by).filter(pk=cycle.pk).exists()
    return rows if seen else rows.none()


def visits(by: Actor, cycle: Cycle) -> QuerySet[Visit]:
    """The visits of a year: all of them from above, an assessor's to the units they judge."""
    rows = Visit.objects.filter(cycle=cycle).select_related(
        "assessed__unit", "assessed__cycle__edition", "cycle", "draw"
    )
    if by.role in ABOVE:
        return rows
    if by.role == Role.ASSESSOR:
        return rows.filter(assessed__in=units_assigned(by, cycle).values("pk"))
    return rows.none()


def findings(by: Actor, cycle: Cycle) -> QuerySet[Finding]:
    """What was found on the visits that the actor may see."""
    return Finding.objects.filter(
        cycle=cycle, visit__in=visits(by, cycle).values("pk")
    ).select_related("visit__assessed__unit", "file")


def posts_of(rows: QuerySet[Assignment]) -> dict[int, Post]:
    """The assessors of some assignments, each read once."""
    posts = Post.objects.filter(pk__in=rows.order_by().values("assessor"))
    return {post.pk: post for post in posts.select_related("user", "unit")}


def assessors(at: dt.datetime) -> QuerySet[Post]:
    """The assessors' posts that are held on a day."""
    day = day_of(at)
    held = Post.objects.filter(role=Role.ASSESSOR, first_day__lte=day).exclude(last_day__lt=day)
    return held.select_related("user", "unit").order_by("user__name", "pk")


def is_announced(cycle: Cycle) -> bool:
    """Whether a result is in force that was told to the units."""
    return cycle.runs.filter(state__in=("announced", "approved", "final")).exists()


def history(assignment: Assignment) -> list[Entry]:
    """What was done with an assignment, the latest first; whoever sees it may see how it came."""
    named = trail.named(assignment)
    rows = Entry.objects.filter(object_type=named.type, object_id=named.id, outcome=Outcome.DONE)
    return list(rows.order_by("-seq")[:LATEST])


def history_of_part(by: Actor, assessed: AssessedUnit, part: str) -> list[Entry]:
    """What was done in judging a part of a unit, assignments that were taken away included."""
    if by.role not in ABOVE:
        return []
    whole = f"{assessed} {part}"
    rows = Entry.objects.filter(
        cycle=str(assessed.cycle_id),
        object_type__in=("review.assignment", "review.judgement", "review.conference"),
        object_name__in=[whole, *(f"{whole}（{turn}）" for turn in (1, 2, 3))],
        outcome=Outcome.DONE,
    )
    return list(rows.order_by("-seq")[:LATEST])
