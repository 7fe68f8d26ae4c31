"""The years that somebody may see, and what stands in them."""

from django.db.models import Q, QuerySet

from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import OFFICERS, Role
from kaohe_web.rubrics.queries import rubric_of as rubric_of_edition


def visible_cycles(by: Actor) -> QuerySet[Cycle]:
    """The years that the actor takes part in; the office and the leaders see all.

    Who only takes part does not see a year that is still being set up.
    """
    cycles = Cycle.objects.select_related("edition")
    begun = cycles.exclude(state=Cycle.State.SETUP)
    match by.role:
        case Role.OFFICE:
            return cycles
        case Role.LEADER:
            return begun
        case Role.UNIT_OFFICE | Role.LIAISON:
            return begun.filter(pk__in=AssessedUnit.objects.filter(unit=by.unit_id).values("cycle"))
        case Role.PROVIDER:
            return begun.filter(provided__provider=by.provider_id).distinct()
        case Role.ASSESSOR:
            assert by.post is not None  # noqa: S101 -- a role comes from a post
            marks, reviews = by.post.assignments.values("cycle"), by.post.appeals.values("cycle")
            return begun.filter(Q(pk__in=marks) | Q(pk__in=reviews))
        case None | _:
            assert by.role is None or by.role in OFFICERS  # noqa: S101 -- every role has its case
            return cycles.none()


def visible_units(by: Actor, cycle: Cycle) -> QuerySet[AssessedUnit]:
    """The assessed units of a year that the actor has to do with.

    Office, leaders and providers: all; unit offices and liaisons: their own; assessors: those
    that something of is assigned to them, and that they did not recuse themselves from.
    """
    units = cycle.units.select_related("unit", "cycle")
    match by.role:
        case Role.OFFICE | Role.LEADER | Role.PROVIDER:
            return units
        case Role.UNIT_OFFICE | Role.LIAISON:
            return units.filter(unit=by.unit_id)
        case Role.ASSESSOR:
            return units.filter(pk__in=units_assigned(by, cycle).values("pk"))
        case _:
            return units.none()


def units_assigned(by: Actor, cycle: Cycle) -> QuerySet[AssessedUnit]:
    """The units that the assessor judges in a year; never their own unit."""
    mine = cycle.units.filter(assignments__assessor=by.post).exclude(recusals__assessor=by.post)
    if by.unit_id is not None:
        mine = mine.exclude(unit=by.unit_id)
    return mine


def parts_led(by: Actor, cycle: Cycle) -> QuerySet[Duty]:
    """The duties that the actor's department leads in a year (liaison)."""
    return Duty.objects.filter(
        cycle=cycle, department=by.department_id, kind=Duty.Kind.LEAD
    ).select_related("assessed__unit", "department")


def parts_shared(by: Actor, cycle: Cycle) -> QuerySet[Duty]:
    """The duties that the actor's department leads or supports in a year (liaison)."""
    return Duty.objects.filter(cycle=cycle, department=by.department_id).select_related(
        "assessed__unit", "department"
    )


def rubric_of(cycle: Cycle) -> Rubric:
    """The rubric of a year, with the readings (口径) settled in it chosen."""
    choices = dict(cycle.readings.values_list("reading", "choice"))
    return choose(rubric_of_edition(cycle.edition), choices)


def duties_of(cycle: Cycle, unit_id: int | None = None) -> QuerySet[Duty]:
    """Who answers for what, of all units or of one (by the unit's own key)."""
    wanted = Q(cycle=cycle) if unit_id is None else Q(cycle=cycle, assessed__unit=unit_id)
    return Duty.objects.filter(wanted).select_related("assessed__unit", "department")
