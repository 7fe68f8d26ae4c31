"""A unit's own, earlier last days of filing for its departments (内部时限)."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.cycles.calendar import require_changeable, window
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.models import AssessedUnit, InternalDeadline, StageKind
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department

Day = dt.date | None


def deadlines(assessed: AssessedUnit) -> dict[int, dt.date]:
    """The last day of each department that has one of its own, by the department's key."""
    return dict(assessed.deadlines.values_list("department", "last_day"))


@action("deadlines.set", right="cycles.divide")
def set_days(
    assessed: AssessedUnit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edits: Mapping[int, Edit[Day]],
) -> AssessedUnit:
    """Set or lift the internal last days of a unit's departments; both ends of filing hold them.

    :raises WrongState: if the year is archived, or has no stage of filing.
    :raises Invalid: for another unit's department, or a day outside the days of filing.
    :raises Conflict: if somebody changed one of the days meanwhile.
    """
    unit = locked(visible_units(by, assessed.cycle), assessed.pk)
    require_changeable(unit.cycle)
    filing = window(unit.cycle, StageKind.FILING, unit)
    if filing is None:
        raise WrongState(_("本年度还没有安排“自我评价”环节；请考核办先设日程"))
    departments = {of.pk: of for of in Department.objects.filter(unit=unit.unit_id)}
    problems = []
    for key, edit in edits.items():
        if key not in departments:
            problems.append(_("所选部门不属于本单位；请刷新页面后重试"))
        elif edit.now is not None and not filing.stage.first_day <= edit.now <= filing.last_day:
            problems.append(
                _("%(department)s：内部时限应在自我评价的 %(first)s 至 %(last)s 之内")
                % {
                    "department": departments[key],
                    "first": filing.stage.first_day,
                    "last": filing.last_day,
                }
            )
        elif edit.now is not None and edit.now < day_of(at):
            problems.append(
                _("%(department)s：内部时限 %(day)s 已经过去；请另选一天")
                % {"department": departments[key], "day": edit.now}
            )
    if problems:
        raise Invalid(problems)
    standing = deadlines(unit)
    changed = require_unchanged(
        edits,
        standing.get,
        label=lambda key: departments[key].name,
        words=lambda day: str(day or "—"),
    )
    for key, day in changed.items():
        unit.deadlines.filter(department=key).delete()
        if day is not None:
            InternalDeadline.objects.create(
                assessed=unit, cycle=unit.cycle, department_id=key, last_day=day
            )
    details = {
        "unit": str(unit),
        "days": {
            departments[key].name: [str(standing.get(key) or ""), str(day or "")]
            for key, day in changed.items()
        },
    }
    trail.record("deadlines.set", unit, by=by, at=at, details=details)
    return unit
