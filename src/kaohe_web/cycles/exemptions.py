"""Exemptions (不适用): a part that does not apply to a unit this year, approved with a reason."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.models import AssessedUnit, Cycle, Exemption
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor


@action("exemption.approved", right="cycles.set_up")
def approve(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    unit: AssessedUnit,
    part: str,
    reason: str,
) -> Exemption:
    """Approve that a part does not apply to a unit; the rubric says what becomes of its points.

    :raises WrongState: if the year is archived, or the part is exempt already.
    :raises Invalid: without a reason, or for a unit or part that is not the year's.
    """
    if not reason.strip():
        raise Invalid([_("请写明为什么不适用")])
    year = year_to_change(by, cycle, reason)
    parts = {found.id: found for found in rubric_of(year).all_parts()}
    problems = []
    if unit.cycle_id != year.pk:
        problems.append(_("所选单位不在本考核年度；请从列表中选择"))
    if part not in parts:
        problems.append(_("评分细则里没有“%(part)s”；请从列表中选择") % {"part": part})
    elif not parts[part].applies(unit.type):
        problems.append(
            _("“%(part)s”本来就不考核%(unit)s，不需要登记") % {"part": part, "unit": unit}
        )
    if problems:
        raise Invalid(problems)
    if Exemption.objects.filter(assessed=unit, part=part).exists():
        raise WrongState(_("%(unit)s的 %(part)s 已登记为不适用") % {"unit": unit, "part": part})
    exemption = Exemption.objects.create(
        assessed=unit, cycle=year, part=part, reason=reason, by=by.name, at=at
    )
    details = {"unit": str(unit), "part": part}
    trail.record("exemption.approved", exemption, by=by, at=at, reason=reason, details=details)
    return exemption


@action("exemption.lifted", right="cycles.set_up")
def lift(exemption: Exemption, /, *, by: Actor, at: dt.datetime, reason: str) -> None:
    """Lift an exemption: the part is scored again; the trail keeps what was approved.

    :raises WrongState: if the year is archived.
    :raises Invalid: without a reason.
    """
    if not reason.strip():
        raise Invalid([_("请写明为什么取消")])
    year = year_to_change(by, exemption.cycle, reason)
    row = locked(Exemption.objects.filter(cycle=year), exemption.pk)
    details = {
        "unit": str(row.assessed),
        "part": row.part,
        "approved": row.reason,
        "approved_by": row.by,
    }
    trail.record("exemption.lifted", row, by=by, at=at, reason=reason, details=details)
    row.delete()
