"""When filing is open: for a unit, for a department, for a data provider, after a return."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.clock import day_of, ends, starts
from kaohe_web.cycles.calendar import Window, check_window, require_running
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageKind
from kaohe_web.errors import WrongState
from kaohe_web.filing.models import Submission

BEFORE_RESULTS = (StageKind.FILING, StageKind.REVIEW, StageKind.VISITS)
"""The stages in which filed things still move: they may be sent back."""


class Windows:
    """The windows of one year, read once for all of its units and departments."""

    def __init__(self, cycle: Cycle) -> None:
        self.cycle = cycle
        self.stages = {s.kind: s for s in cycle.stages.prefetch_related("exceptions")}
        self.deadlines = {
            (deadline.assessed_id, deadline.department_id): deadline.last_day
            for deadline in cycle.deadlines.all()
        }

    def of_stage(self, kind: str, assessed: AssessedUnit) -> Window | None:
        """A stage's window for a unit, with the exceptions granted to it."""
        stage = self.stages.get(kind)
        if stage is None:
            return None
        meant = [
            exception.last_day
            for exception in stage.exceptions.all()
            if exception.unit_id in (None, assessed.unit_id)
        ]
        last = max([stage.last_day, *meant])
        return Window(stage, last, excepted=last != stage.last_day)

    def of_unit(self, assessed: AssessedUnit) -> Window | None:
        """The window of filing for a unit."""
        return self.of_stage(StageKind.FILING, assessed)

    def of_department(self, assessed: AssessedUnit, department_id: int | None) -> Window | None:
        """The same for a department, cut short by its unit's internal deadline, if any."""
        found = self.of_unit(assessed)
        if found is None or found.excepted or department_id is None:
            return found
        internal = self.deadlines.get((assessed.pk, department_id))
        if internal is None or internal >= found.last_day:
            return found
        return Window(found.stage, internal)

    def providing(self, assessed: AssessedUnit) -> Window | None:
        """When values are provided: from the first day of filing to the last day of review.

        Measured values come later than papers, and assessors need them before they judge.
        """
        return self._from_filing_to((StageKind.FILING, StageKind.REVIEW), assessed)

    def sending_back(self, assessed: AssessedUnit) -> Window | None:
        """When filed things may be sent back: from the first day of filing to the last visit."""
        return self._from_filing_to(BEFORE_RESULTS, assessed)

    def _from_filing_to(
        self, kinds: tuple[StageKind, ...], assessed: AssessedUnit
    ) -> Window | None:
        first = self.of_unit(assessed)
        if first is None:
            return None
        found = [window for kind in kinds if (window := self.of_stage(kind, assessed))]
        return Window(first.stage, max(window.last_day for window in found))


def due_of(window: Window | None, submission: Submission | None) -> dt.date | None:
    """The day by which a part is to be filed: what its return says, else the window's last."""
    if submission is not None and submission.returned_at and submission.due_on:
        return submission.due_on
    return None if window is None else window.last_day


def is_open(window: Window | None, submission: Submission | None, at: dt.datetime) -> bool:
    """Whether a part may be filed at an instant: its window is open, or its return opened it."""
    reopened = submission is not None and submission.returned_at and submission.due_on
    if submission is not None and reopened and at < ends(submission.due_on or dt.date.min):
        return True
    return window is not None and window.open_at(at)


def require_filing(
    cycle: Cycle, window: Window | None, submission: Submission | None, at: dt.datetime
) -> None:
    """:raises WrongState: unless the year runs and the part may be filed at that instant."""
    require_running(cycle)
    if is_open(window, submission, at):
        return
    if submission is not None and submission.returned_at and submission.due_on:
        raise WrongState(
            _("退回后的补报已于 %(day)s 24 时截止；确需补报的，请考核办重新退回或批准例外")
            % {"day": submission.due_on}
        )
    check_window(window, StageKind.FILING, at)


def require_providing(cycle: Cycle, window: Window | None, at: dt.datetime) -> None:
    """:raises WrongState: unless values may be provided for the unit at that instant."""
    require_running(cycle)
    if window is None:
        raise WrongState(_("本年度没有安排“自我评价”环节，不填报数据"))
    if at < starts(window.stage.first_day):
        raise WrongState(
            _("数据填报 %(day)s 才开始，现在还不能办理") % {"day": window.stage.first_day}
        )
    if not window.open_at(at):
        raise WrongState(
            _("数据填报已于 %(day)s 24 时截止；确需更正的，请考核办批准例外")
            % {"day": window.last_day}
        )


def require_sending_back(cycle: Cycle, window: Window | None, at: dt.datetime) -> None:
    """:raises WrongState: unless filed things may still be sent back at that instant."""
    require_running(cycle)
    if window is None or at < starts(window.stage.first_day):
        raise WrongState(_("“自我评价”环节还没有开始，没有可退回的"))
    if not window.open_at(at):
        raise WrongState(
            _("评审和实地核查已于 %(day)s 结束，不能再退回；请通过申诉或更正结果办理")
            % {"day": window.last_day}
        )


def check_due(due: dt.date | None, *, at: dt.datetime, last: dt.date) -> None:
    """:raises WrongState: if a due day has passed already or lies after the last possible one."""
    if due is not None and due < day_of(at):
        raise WrongState(_("补报截止日 %(day)s 已经过去；请改成今天或以后") % {"day": due})
    if due is not None and due > last:
        raise WrongState(
            _("补报截止日最晚为 %(last)s；更晚的，请先由考核办批准例外") % {"last": last}
        )
