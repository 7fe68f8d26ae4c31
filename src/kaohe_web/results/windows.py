"""Until when an announced run waits for objections and appeals; both last days are held."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.cycles.calendar import check_window, require_running, window
from kaohe_web.cycles.models import Cycle, StageKind
from kaohe_web.results.models import ScoringRun


def appeals_until(run: ScoringRun) -> dt.date | None:
    """The last day for an appeal; ``None`` where the year has none, or before the announcement."""
    if run.announced_at is None or not run.cycle.stages.filter(kind=StageKind.APPEALS).exists():
        return None
    return day_of(run.announced_at) + dt.timedelta(days=run.cycle.appeal_days)


def waiting_until(run: ScoringRun) -> dt.date | None:
    """The last day on which the run must still wait before it is approved."""
    days = (run.objections_until, appeals_until(run))
    return max((day for day in days if day is not None), default=None)


def why_waiting(run: ScoringRun, at: dt.datetime) -> str:
    """Why an announced run cannot be approved yet; empty once nothing may come or is pending."""
    until = waiting_until(run)
    if not is_over(until, at):
        return _("异议、申诉期到 %(day)s 24 时才结束，在此之前不能批准或定稿") % {"day": until}
    unanswered = run.objections.filter(answered_at=None).count()
    if unanswered:
        return _("还有 %(count)s 条异议没有答复；请先答复") % {"count": unanswered}
    pending = run.cycle.appeals.filter(decided_at=None).exclude(state="withdrawn").count()
    if pending:
        return _("还有 %(count)s 件申诉没有办结；请先作出决定") % {"count": pending}
    return ""


def is_over(last_day: dt.date | None, at: dt.datetime) -> bool:
    """Whether a last day has passed, in Beijing; where there is none, it has."""
    return last_day is None or day_of(at) > last_day


def require_stage(cycle: Cycle, kind: StageKind, at: dt.datetime) -> None:
    """:raises WrongState: unless the year runs, and the stage is open if the year has it."""
    require_running(cycle)
    found = window(cycle, kind)
    if found is not None:
        check_window(found, kind, at)
