"""The overview of a year: each thing that is set up, how far it has come, and where it is done."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kaohe_web.cycles import marking, readings, references
from kaohe_web.cycles.asks import filed_parts
from kaohe_web.cycles.completeness import Lack, lacks
from kaohe_web.cycles.models import Cycle, Duty, Target
from kaohe_web.cycles.queries import duties_of, rubric_of, visible_units
from kaohe_web.cycles.targets import Line, lines
from kaohe_web.cycles.timeline import timeline
from kaohe_web.pages.cycles.around import here
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

OPTIONAL = ("references", "exceptions", "exemptions")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a year: its page, how far it has come, and what is missing in it."""

    title: str
    href: str
    count: str = ""
    lacks: list[Lack] = field(default_factory=list)
    optional: bool = False
    """Whether a year may well do without it."""

    @property
    def stops(self) -> bool:
        """Whether the year cannot be opened for it."""
        return any(lack.stops for lack in self.lacks)


def overview(by: Actor, cycle: Cycle, at: dt.datetime) -> dict[str, Any]:
    """The context of the overview, as far as the actor has to do with it."""
    units = list(visible_units(by, cycle))
    own = units[0] if by.role in (Role.UNIT_OFFICE, Role.LIAISON) and units else None
    context: dict[str, Any] = {
        "cycle_page": cycle,
        "stages": timeline(cycle, at, own),
        "own": own,
    }
    if rights.may(by, "cycles.set_up"):
        found = lacks(cycle)
        return context | {
            "items": list(set_up_items(by, cycle, found)),
            "missing": [lack for lack in found if lack.stops],
            "doubts": [lack for lack in found if not lack.stops],
        }
    return context | {"items": list(shared_items(by, cycle))}


def shared_items(by: Actor, cycle: Cycle) -> Iterator[Item]:
    """What everybody who takes part may look at."""
    yield Item(_("评分细则"), here(cycle, "cycle_rubric"), cycle.edition.title)
    yield Item(_("口径"), here(cycle, "readings"), readings_told(cycle))
    yield Item(_("日程"), here(cycle, "calendar"), stages_told(cycle))
    if rights.may(by, "duties.see"):
        yield Item(_("分工"), here(cycle, "duties"))
    if rights.may(by, "targets.see"):
        yield Item(_("目标备案"), here(cycle, "targets"), targets_told(by, cycle))
    yield Item(_("参考值"), here(cycle, "references"), references_told(cycle))
    yield Item(_("不适用"), here(cycle, "exemptions"))


def set_up_items(by: Actor, cycle: Cycle, found: list[Lack]) -> Iterator[Item]:
    """What the office sets up, each with what is missing in it."""
    rubric = rubric_of(cycle)
    units = cycle.units.count()
    led = duties_of(cycle).filter(kind=Duty.Kind.LEAD).count()
    parts = len(filed_parts(rubric)) * units
    two = sum(each.marks > 1 for each in marking.markings(cycle).values())
    exceptions = cycle.stage_exceptions.filter(withdrawn_at=None).count()
    for title, name, count in (
        (_("评分细则"), "cycle_edition", str(cycle.edition)),
        (_("口径"), "readings", readings_told(cycle)),
        (_("参评单位"), "units", _("%(count)s 个") % {"count": units}),
        (_("日程"), "calendar", stages_told(cycle)),
        (_("分工"), "duties", _("有牵头部门 %(led)s / %(parts)s") % {"led": led, "parts": parts}),
        (_("数据提供"), "provided", _("%(count)s 个指标") % {"count": cycle.provided.count()}),
        (_("目标备案"), "targets", targets_told(by, cycle)),
        (_("参考值"), "references", references_told(cycle)),
        (_("评分方案"), "marking_plan", _("两人评分 %(count)s 条") % {"count": two}),
        (_("例外"), "exceptions", _("%(count)s 项") % {"count": exceptions}),
        (_("不适用"), "exemptions", _("%(count)s 项") % {"count": cycle.exemptions.count()}),
    ):
        lacking = [lack for lack in found if lack.page == name]
        yield Item(title, here(cycle, name), count, lacking, optional=name in OPTIONAL)


def readings_told(cycle: Cycle) -> str:
    """How many readings are settled."""
    standings = readings.register(cycle)
    settled = sum(standing.state == "settled" for standing in standings)
    return _("已签署 %(settled)s / %(all)s") % {"settled": settled, "all": len(standings)}


def stages_told(cycle: Cycle) -> str:
    """How many stages have their days."""
    return _("%(count)s 个环节") % {"count": cycle.stages.count()}


def targets_told(by: Actor, cycle: Cycle) -> str:
    """How many targets are confirmed."""
    every: list[Line] = [line for found in lines(by, cycle).values() for line in found]
    confirmed = sum(line.state == Target.State.CONFIRMED for line in every)
    return _("已确认 %(confirmed)s / %(all)s") % {"confirmed": confirmed, "all": len(every)}


def references_told(cycle: Cycle) -> str:
    """How many means have a reference value."""
    given, places = len(references.references(cycle)), len(references.places(cycle))
    return _("已给出 %(given)s / %(all)s") % {"given": given, "all": places}
