"""Who sees which filing: submissions, values, awards, and the parts they belong to."""

from django.db.models import F, Q, QuerySet

from kaohe_web.audit import trail
from kaohe_web.audit.models import Entry, Outcome
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, ProvidedIndicator
from kaohe_web.cycles.queries import parts_led, parts_shared, units_assigned, visible_units
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

LATEST = 20
"""So many steps of a submission's history are shown."""

WHOLE = ("assessed__unit", "assessed__cycle__edition", "department")
"""What actions and pages always ask of a submission."""


def submissions(by: Actor, cycle: Cycle) -> QuerySet[Submission]:
    """The submissions of a year that the actor may read.

    Liaisons: of the parts that their department leads or supports; assessors: of the parts that
    they judge, once they were submitted; others: of the units that they have to do with.
    """
    rows = Submission.objects.filter(cycle=cycle).select_related(*WHOLE)
    match by.role:
        case Role.OFFICE | Role.LEADER | Role.UNIT_OFFICE:
            return rows.filter(assessed__in=visible_units(by, cycle).values("pk"))
        case Role.LIAISON:
            return rows.filter(
                assessed__duties__part=F("part"), assessed__duties__department=by.department_id
            )
        case Role.ASSESSOR:
            return rows.filter(
                assessed__assignments__part=F("part"),
                assessed__assignments__assessor=by.post,
                assessed__in=units_assigned(by, cycle).values("pk"),
                submitted_at__isnull=False,
            )
        case _:
            return rows.none()


def submissions_to_check(by: Actor, cycle: Cycle) -> QuerySet[Submission]:
    """Those of the unit whose office the actor is."""
    if by.role != Role.UNIT_OFFICE:
        return Submission.objects.none()
    return submissions(by, cycle)


def submissions_to_send_back(by: Actor, cycle: Cycle) -> QuerySet[Submission]:
    """Those that the office, or an assessor who judges the part, may send back."""
    if by.role not in (Role.OFFICE, Role.ASSESSOR):
        return Submission.objects.none()
    return submissions(by, cycle)


def duties_to_fill(by: Actor, cycle: Cycle) -> QuerySet[Duty]:
    """The parts that the actor's department leads, and therefore fills in."""
    if by.role != Role.LIAISON:
        return Duty.objects.none()
    return parts_led(by, cycle).select_related(
        "assessed__unit", "assessed__cycle__edition", "assessed__sign_off", "department"
    )


def units_to_check(by: Actor, cycle: Cycle) -> QuerySet[AssessedUnit]:
    """The unit whose office the actor is."""
    if by.role != Role.UNIT_OFFICE:
        return AssessedUnit.objects.none()
    return visible_units(by, cycle)


def part_seen(by: Actor, cycle: Cycle, assessed_id: int, part: str) -> AssessedUnit | None:
    """The unit, if the actor may see what is filed for that part of it."""
    units = visible_units(by, cycle).select_related("unit", "cycle__edition").filter(pk=assessed_id)
    if by.role == Role.LIAISON:
        shared = parts_shared(by, cycle).filter(assessed=assessed_id, part=part)
        units = units.filter(pk__in=shared.values("assessed"))
    if by.role == Role.ASSESSOR:
        units = units.filter(assignments__assessor=by.post, assignments__part=part)
    return units.first()


def history(submission: Submission) -> list[Entry]:
    """What was done with a submission, the latest first; whoever sees it may see how it came."""
    named = trail.named(submission)
    rows = Entry.objects.filter(object_type=named.type, object_id=named.id, outcome=Outcome.DONE)
    return list(rows.order_by("-seq")[:LATEST])


def lead_of(assessed: AssessedUnit, part: str) -> Duty | None:
    """Who leads a part of a unit."""
    duties = Duty.objects.filter(assessed=assessed, part=part, kind=Duty.Kind.LEAD)
    return duties.select_related("department").first()


def provided_values(by: Actor, cycle: Cycle) -> QuerySet[ReportedValue]:
    """The values, of all units, of the indicators that the actor enters or watches over."""
    mine = provided_indicators(by, cycle).values("indicator")
    return ReportedValue.objects.filter(cycle=cycle, indicator__in=mine)


def provided_indicators(by: Actor, cycle: Cycle) -> QuerySet[ProvidedIndicator]:
    """The indicators that data providers enter: a provider's own; all for office and leaders."""
    rows = ProvidedIndicator.objects.filter(cycle=cycle).select_related("provider")
    match by.role:
        case Role.OFFICE | Role.LEADER:
            return rows
        case Role.PROVIDER:
            return rows.filter(provider=by.provider_id)
        case _:
            return rows.none()


def provided_to_enter(by: Actor, cycle: Cycle) -> QuerySet[ProvidedIndicator]:
    """The indicators that the actor enters for every unit.

    A district that uses the system alone has no city bodies in it: there the office enters what
    they announced.
    """
    rows = provided_indicators(by, cycle)
    if by.role == Role.PROVIDER or (by.role == Role.OFFICE and cycle.scope == Cycle.Scope.DISTRICT):
        return rows
    return rows.none()


def awards(by: Actor, cycle: Cycle) -> QuerySet[AwardEntry]:
    """The registered things that the actor may see.

    Liaisons: those in the registers of parts that their department leads or supports; providers:
    what they registered themselves; others: those of the units that they have to do with.
    """
    rows = AwardEntry.objects.filter(
        cycle=cycle, assessed__in=visible_units(by, cycle).values("pk")
    ).select_related("assessed__unit", "assessed__cycle__edition", "department", "provider")
    match by.role:
        case Role.OFFICE | Role.LEADER | Role.UNIT_OFFICE | Role.ASSESSOR:
            return rows
        case Role.LIAISON:
            return rows.filter(indicator__in=registers_of(parts_shared(by, cycle), cycle))
        case Role.PROVIDER:
            return rows.filter(provider=by.provider_id)
        case _:
            return rows.none()


def awards_to_change(by: Actor, cycle: Cycle) -> QuerySet[AwardEntry]:
    """Those that the actor may change: its own, and all of a department's that it leads."""
    rows = awards(by, cycle)
    match by.role:
        case Role.LIAISON:
            led = registers_of(parts_led(by, cycle), cycle)
            own = Q(department=by.department_id)
            return rows.filter(own | Q(indicator__in=led, department__isnull=False))
        case Role.PROVIDER:
            return rows
        case _:
            return rows.none()


def registers_of(duties: QuerySet[Duty], cycle: Cycle) -> list[str]:
    """The indicators of the registers that are filled in with the parts of some duties."""
    year = year_of(cycle)
    found = {
        register.indicator: None
        for duty in duties
        if (clause := year.clauses(duty.assessed.type).get(duty.part)) is not None
        for register in clause.registers
    }
    return [str(indicator) for indicator in found]
