"""When, and against what, a unit may appeal: in its time, for a part's points, not over again."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO
from kaohe_web.clock import day_of
from kaohe_web.cycles.calendar import check_window, require_running, window
from kaohe_web.cycles.models import StageKind
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.followup.models import Appeal
from kaohe_web.results.models import UnitResult
from kaohe_web.results.queries import in_force
from kaohe_web.results.scoring import Plain, figure
from kaohe_web.results.windows import appeals_until

State = Appeal.State
OPEN = (State.LODGED, State.TAKEN, State.REVIEWED)


def last_day(result: UnitResult) -> dt.date | None:
    """Until when the unit may appeal against its result: an exception may give it longer.

    ``None`` where the year has no appeals.
    """
    until = appeals_until(result.run)
    found = window(result.run.cycle, StageKind.APPEALS, result.assessed)
    if until is None or found is None:
        return None
    return found.last_day if found.excepted else min(found.last_day, until)


def require_time(result: UnitResult, at: dt.datetime) -> None:
    """:raises WrongState: unless the result stands and it is the time for appeals against it."""
    run = result.run
    require_running(run.cycle)
    standing = in_force(run.cycle)
    if standing is None or standing.pk != run.pk:
        raise WrongState(_("这次计分已被新的结果取代，请对现行结果提出申诉"))
    check_window(window(run.cycle, StageKind.APPEALS, result.assessed), StageKind.APPEALS, at)
    last = last_day(result)
    if last is not None and day_of(at) > last:
        raise WrongState(
            _("申诉期已于 %(day)s 24 时截止，不能再提出；确需办理的，请考核办批准例外")
            % {"day": last}
        )


def check_wanted(leaf: Plain, wants: Decimal | None) -> None:
    """:raises Invalid: if more is asked for than the part has, or less than nothing."""
    if wants is not None and not ZERO <= wants <= figure(leaf["points"]):
        raise Invalid([_("请求得分应在 0–%(points)s 之间") % {"points": leaf["points"]}])


def require_new(before: Appeal, result: UnitResult, score: Decimal | None) -> None:
    """:raises WrongState: unless an earlier appeal on the part leaves room for another.

    It does once it is decided and a later result gives another score than was decided.
    """
    if before.state in OPEN:
        raise WrongState(_("这个条目已有一件申诉在办，请等它办结"))
    if before.run_id == result.run_id or before.score_after == score:
        raise WrongState(_("这个条目的申诉已经有决定，得分没有再变动，不能重复申诉"))
