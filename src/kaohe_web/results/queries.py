"""Who sees which runs, results and objections: the announced ones are for whom they are about."""

from django.db.models import QuerySet

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results.models import Objection, ScoringRun, UnitResult

State = ScoringRun.State
PUBLIC = (State.ANNOUNCED, State.APPROVED, State.FINAL)
"""The states in which a result is in force and known to the units."""


def runs(by: Actor) -> QuerySet[ScoringRun]:
    """The runs that the actor may see, the latest first.

    Office and leaders: all. Unit offices and liaisons: those that were announced and hold their
    unit, of which their own result is theirs to see. Nobody else sees any.
    """
    rows = ScoringRun.objects.filter(cycle__in=visible_cycles(by)).select_related(
        "cycle", "edition"
    )
    match by.role:
        case Role.OFFICE | Role.LEADER:
            return rows
        case Role.UNIT_OFFICE | Role.LIAISON:
            return rows.exclude(announced_at=None).filter(units__assessed__unit=by.unit_id)
        case _:
            return rows.none()


def listed_runs(by: Actor, cycle: Cycle) -> QuerySet[ScoringRun]:
    """The same of one year, without the long texts that no list shows."""
    rows = runs(by).filter(cycle=cycle).order_by("-number")
    return rows.defer("inputs", "result", "edition__text")


def unit_results(by: Actor) -> QuerySet[UnitResult]:
    """The units' results that the actor may see: of all units, or of their own once announced."""
    rows = UnitResult.objects.filter(run__in=runs(by)).select_related(
        "run__cycle", "run__edition", "assessed__unit"
    )
    if by.role in (Role.OFFICE, Role.LEADER):
        return rows
    return rows.filter(assessed__unit=by.unit_id)


def objections(by: Actor) -> QuerySet[Objection]:
    """The objections that the actor may see: all, or their own unit's."""
    rows = Objection.objects.filter(cycle__in=visible_cycles(by)).select_related(
        "run", "cycle", "assessed__unit"
    )
    match by.role:
        case Role.OFFICE | Role.LEADER:
            return rows
        case Role.UNIT_OFFICE:
            return rows.filter(assessed__unit=by.unit_id)
        case _:
            return rows.none()


def in_force(cycle: Cycle) -> ScoringRun | None:
    """The run whose results stand now: the latest that is announced, approved or final."""
    return cycle.runs.filter(state__in=PUBLIC).select_related("edition", "cycle").first()


def published(cycle_id: int) -> ScoringRun | None:
    """The run of a city's year that anybody may know of; its grades only."""
    return (
        ScoringRun.objects.filter(cycle=cycle_id, cycle__scope=Cycle.Scope.CITY, state__in=PUBLIC)
        .exclude(cycle__state=Cycle.State.SETUP)
        .select_related("cycle")
        .defer("inputs", "result")
        .first()
    )
