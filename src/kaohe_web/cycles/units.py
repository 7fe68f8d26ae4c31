"""The units that are assessed in a year: of which kind, compared within which group."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe.rubric.model import Rubric
from kaohe_web.audit import trail
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Unit


@dataclass(frozen=True, slots=True)
class Taking:
    """How a unit takes part: its group, its kind, its place in the order; without a group, not."""

    group: str = ""
    type: str = ""
    position: int = 0

    @property
    def part(self) -> bool:
        """Whether it takes part at all."""
        return bool(self.group)

    def __str__(self) -> str:
        if not self.part:
            return _("不参评")
        return "，".join(filter(None, [self.group, self.type, f"#{self.position}"]))


def takings(cycle: Cycle) -> dict[int, Taking]:
    """How the units of a year take part, by the key of the unit."""
    return {row.unit_id: Taking(row.group, row.type, row.position) for row in cycle.units.all()}


@action("units.set", right="cycles.set_up")
def set_units(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edits: Mapping[int, Edit[Taking]],
    reason: str = "",
) -> Cycle:
    """Say which units take part, and how; in a year that is open none is taken out again.

    :raises Invalid: for an unknown unit or kind, or one that would be taken out of an open year.
    :raises Conflict: if somebody changed one of them meanwhile.
    """
    year = year_to_change(by, cycle, reason)
    rubric = rubric_of(year)
    known = {unit.pk: unit for unit in Unit.objects.all()}
    standing = takings(year)
    problems = [
        problem
        for key, edit in edits.items()
        for problem in faults(year, known.get(key), edit.now, rubric, standing.get(key))
    ]
    after = standing | {key: edit.now for key, edit in edits.items()}
    if year.scope == Cycle.Scope.DISTRICT and sum(taking.part for taking in after.values()) > 1:
        problems.append(_("区县自用的考核年度只有一个单位；请只留一个，或改为全市考核"))
    if problems:
        raise Invalid(problems)
    changed = require_unchanged(
        edits,
        lambda key: standing.get(key, Taking()),
        label=lambda key: known[key].name,
        words=str,
    )
    for key, taking in changed.items():
        if taking.part:
            AssessedUnit.objects.update_or_create(
                cycle=year,
                unit_id=key,
                defaults={
                    "group": taking.group,
                    "type": taking.type,
                    "position": taking.position,
                },
            )
        else:
            year.units.filter(unit=key).delete()
    details = {
        known[key].name: [str(standing.get(key, Taking())), str(taking)]
        for key, taking in changed.items()
    }
    trail.record("units.set", year, by=by, at=at, reason=reason, details=details)
    return year


def faults(
    year: Cycle, unit: Unit | None, taking: Taking, rubric: Rubric, stood: Taking | None
) -> Iterable[str]:
    """What is wrong with how one unit is to take part."""
    if unit is None:
        yield _("没有所选的单位；请刷新页面后重试")
        return
    if not taking.part:
        if stood is not None and year.state == Cycle.State.OPEN:
            yield _("%(unit)s：考核年度已经启动，不能再去掉单位；不考核的条目请登记为不适用") % {
                "unit": unit
            }
        return
    if rubric.unit_types and taking.type not in rubric.unit_types:
        yield _("%(unit)s：请选择单位类别；本细则按类别考核不同的条目") % {"unit": unit}
