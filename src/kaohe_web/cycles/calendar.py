"""The calendar of a year: which stage is open for whom at an instant; both end days are held."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.clock import day_of, ends, starts
from kaohe_web.cycles.models import AssessedUnit, Cycle, InternalDeadline, Stage, StageKind
from kaohe_web.errors import WrongState


@dataclass(frozen=True, slots=True)
class Window:
    """When a stage is open for somebody: its days, and the later one that an exception grants."""

    stage: Stage
    last_day: dt.date
    excepted: bool = False

    def open_at(self, at: dt.datetime) -> bool:
        """Whether it is open at an instant."""
        return starts(self.stage.first_day) <= at < ends(self.last_day)

    def days_left(self, at: dt.datetime) -> int:
        """Whole days until its last day; negative once that is past."""
        return (self.last_day - day_of(at)).days


def window(cycle: Cycle, kind: StageKind, assessed: AssessedUnit | None = None) -> Window | None:
    """The window of a stage for a unit, with the exceptions granted to it; ``None`` if not held."""
    stage = cycle.stages.filter(kind=kind).first()
    if stage is None:
        return None
    last = stage.last_day
    for exception in stage.exceptions.filter(withdrawn_at=None):
        meant = exception.unit_id is None or (
            assessed is not None and exception.unit_id == assessed.unit_id
        )
        if meant and exception.last_day > last:
            last = exception.last_day
    return Window(stage, last, excepted=last != stage.last_day)


def filing_window(assessed: AssessedUnit, department_id: int | None) -> Window | None:
    """The window of filing for a department: cut short by its unit's internal deadline, if any.

    An exception of the office wins over the internal deadline.
    """
    found = window(assessed.cycle, StageKind.FILING, assessed)
    if found is None or found.excepted or department_id is None:
        return found
    internal = InternalDeadline.objects.filter(
        assessed=assessed, department=department_id, last_day__lt=found.last_day
    ).first()
    return found if internal is None else Window(found.stage, internal.last_day)


def require_open(
    cycle: Cycle, kind: StageKind, *, at: dt.datetime, assessed: AssessedUnit | None = None
) -> None:
    """:raises WrongState: unless the year runs and the stage is open at that instant."""
    require_running(cycle)
    check_window(window(cycle, kind, assessed), kind, at)


def check_window(found: Window | None, kind: StageKind, at: dt.datetime) -> None:
    """:raises WrongState: unless there is such a stage and its window is open."""
    if found is None:
        raise WrongState(_("本年度没有安排“%(stage)s”环节") % {"stage": StageKind(kind).label})
    if at < starts(found.stage.first_day):
        raise WrongState(
            _("“%(stage)s”环节 %(day)s 才开始，现在还不能办理")
            % {"stage": found.stage, "day": found.stage.first_day}
        )
    if not found.open_at(at):
        raise WrongState(
            _("“%(stage)s”环节已于 %(day)s 24 时截止；确需办理的，请考核办批准例外")
            % {"stage": found.stage, "day": found.last_day}
        )


def require_changeable(cycle: Cycle) -> None:
    """:raises WrongState: once the year is archived; being set up or open, it may be changed."""
    if cycle.state == Cycle.State.ARCHIVED:
        raise WrongState(_("本考核年度已归档，不能再改动"))


def require_running(cycle: Cycle) -> None:
    """:raises WrongState: unless the year is open."""
    if cycle.state == Cycle.State.SETUP:
        raise WrongState(_("本考核年度还在筹备，尚未启动"))
    require_changeable(cycle)
