"""What somebody has to do about veto cases, appeals and rectification."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.followup import queries
from kaohe_web.followup.models import Appeal, Rectification, VetoCase
from kaohe_web.jobs.todo import Todo
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

Case, Plea, Mend = VetoCase.State, Appeal.State, Rectification.State


def todos(by: Actor, at: dt.datetime) -> list[Todo]:
    """Each kind of thing that waits for the actor, by year, with the nearest last day."""
    match by.role:
        case Role.OFFICE:
            return of_office(by, at)
        case Role.LEADER:
            return of_leader(by, at)
        case Role.UNIT_OFFICE:
            told = queries.veto_cases(by).filter(state=Case.NOTIFIED, answer_until__gte=day_of(at))
            found = counted(told, _("陈述申辩"), "veto_cases", at, due="answer_until")
            return [*found, *to_mend(by, at)]
        case Role.LIAISON:
            return to_mend(by, at)
        case Role.ASSESSOR:
            mine = queries.appeals(by).filter(state=Plea.TAKEN)
            return counted(mine, _("复核申诉"), "appeals", at, due="due_on")
        case _:
            return []


def of_office(by: Actor, at: dt.datetime) -> list[Todo]:
    """Cases to bring forward, appeals to take up and to decide, what is mended to check."""
    cases, appeals = queries.veto_cases(by), queries.appeals(by)
    begun = cases.filter(state__in=[Case.OPENED, Case.DETERMINED])
    lodged, reviewed = appeals.filter(state=Plea.LODGED), appeals.filter(state=Plea.REVIEWED)
    reported = queries.rectifications(by).filter(state=Mend.REPORTED)
    return [
        *counted(begun, _("办理一票否决事项"), "veto_cases", at),
        *counted(lodged, _("受理申诉"), "appeals", at, due="due_on"),
        *counted(reviewed, _("决定申诉"), "appeals", at, due="due_on"),
        *counted(reported, _("检查整改"), "rectifications", at),
        *to_score(by),
    ]


def of_leader(by: Actor, at: dt.datetime) -> list[Todo]:
    """The cases whose unit was heard, or whose time for that is over."""
    heard = Q(state=Case.ANSWERED) | Q(state=Case.NOTIFIED, answer_until__lt=day_of(at))
    return counted(queries.veto_cases(by).filter(heard), _("决定一票否决事项"), "veto_cases", at)


def to_mend(by: Actor, at: dt.datetime) -> list[Todo]:
    """What is to be planned, and what is to be carried out and reported."""
    mends = queries.rectifications(by)
    ordered, planned = mends.filter(state=Mend.ORDERED), mends.filter(state=Mend.PLANNED)
    return [
        *counted(ordered, _("制定整改方案"), "rectifications", at, due="due_on"),
        *counted(planned, _("落实整改并报告"), "rectifications", at, due="due_on"),
    ]


def to_score(by: Actor) -> Iterator[Todo]:
    """The decisions that only act once the year is scored again."""
    for cycle in visible_cycles(by).filter(state=Cycle.State.OPEN):
        decided = queries.unscored(cycle).count()
        if decided:
            link = reverse("runs", kwargs={"cycle_id": cycle.pk})
            yield Todo(_("决定已作出，待重新计分"), decided, link, detail=cycle.name)


def counted(
    rows: QuerySet[VetoCase] | QuerySet[Appeal] | QuerySet[Rectification],
    title: str,
    address: str,
    at: dt.datetime,
    *,
    due: str = "",
) -> list[Todo]:
    """One line per year with its count; none where there is nothing."""
    found: dict[tuple[int, str], list[dt.date]] = {}
    fields = ("cycle", "cycle__name", due or "pk")
    for cycle, name, day in rows.filter(cycle__state=Cycle.State.OPEN).values_list(*fields):
        found.setdefault((cycle, name), []).append(day)
    lines = []
    for (cycle, name), days in found.items():
        link = reverse(address, kwargs={"cycle_id": cycle})
        nearest = min(days) if due else None
        urgent = nearest is not None and nearest < day_of(at)
        lines.append(Todo(title, len(days), link, nearest, name, urgent=urgent))
    return lines
