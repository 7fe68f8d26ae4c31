"""What units and departments still owe in a year: whom one might urge, and why."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle, StageKind
from kaohe_web.cycles.queries import visible_units
from kaohe_web.cycles.targets import lines as targets_of
from kaohe_web.filing.board import progress, unit_lines
from kaohe_web.filing.windows import Windows
from kaohe_web.followup.models import Rectification
from kaohe_web.followup.queries import rectifications
from kaohe_web.jobs import queries
from kaohe_web.jobs.models import Urge
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department

OWED = (Rectification.State.ORDERED, Rectification.State.PLANNED)


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit or a department, what it owes, and when it was urged last."""

    assessed: AssessedUnit
    department: Department | None
    owes: tuple[tuple[str, int], ...]
    due: dt.date | None
    last: Urge | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"d{self.department.pk}" if self.department else f"u{self.assessed.unit_id}"

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.department or self.assessed.unit)

    @property
    def total(self) -> int:
        """How many things it owes in all."""
        return sum(count for _what, count in self.owes)


def units_owing(by: Actor, cycle: Cycle) -> list[Owing]:
    """The units of a year with what their offices owe; always the same number of queries."""
    units = list(visible_units(by, cycle))
    targets = {
        unit.pk: sum(line.open_to_unit for line in lines)
        for unit, lines in targets_of(by, cycle).items()
    }
    owed = rectifications(by).filter(cycle=cycle, state__in=OWED)
    mends = Counter(owed.values_list("assessed_id", flat=True))
    last, windows = last_urges(by, cycle), Windows(cycle)
    asked_for_targets = StageKind.TARGETS in windows.stages
    found = []
    for here in progress(by, cycle, units):
        unit = here.assessed
        window = windows.of_unit(unit)
        filed = 0 if here.signed is not None or window is None else here.asked - here.checked
        owes = {
            _("目标未报备"): targets[unit.pk] if asked_for_targets else 0,
            _("条目未完成"): filed,
            _("整改未报告"): mends[unit.pk],
        }
        due = window.last_day if window and filed else None
        found.append(Owing(unit, None, of(owes), due, last.get((unit.unit_id, None))))
    return found


def departments_owing(
    by: Actor, cycle: Cycle, assessed: AssessedUnit, at: dt.datetime
) -> list[Owing]:
    """The departments of a unit with what they owe."""
    lines = unit_lines(by, cycle, assessed, at)
    waiting = [line for line in lines if line.department and line.with_department]
    filed = Counter(line.department.pk for line in waiting if line.department)
    leads = {line.clause.part.id: line.department for line in lines}
    owed = rectifications(by).filter(assessed=assessed, state__in=OWED)
    parts = owed.values_list("part", flat=True)
    mends = Counter(lead.pk for part in parts if (lead := leads.get(part)))
    last = last_urges(by, cycle)
    found = []
    for department in assessed.unit.departments.all():
        owes = {_("条目未报审"): filed[department.pk], _("整改未报告"): mends[department.pk]}
        days = [
            line.due for line in waiting if line.department == department and line.due is not None
        ]
        key = (assessed.unit_id, department.pk)
        found.append(Owing(assessed, department, of(owes), min(days, default=None), last.get(key)))
    return found


def of(owes: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """What is owed, without what is not."""
    return tuple((what, count) for what, count in owes.items() if count)


def last_urges(by: Actor, cycle: Cycle) -> dict[tuple[int, int | None], Urge]:
    """The latest urging of each unit's office and of each department."""
    found: dict[tuple[int, int | None], Urge] = {}
    for urge in queries.urges(by, cycle.pk):
        found.setdefault((urge.unit_id, urge.department_id), urge)
    return found
