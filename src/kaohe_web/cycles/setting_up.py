"""What every change of a year's set-up begins with: the year locked, changeable, and a reason."""

from django.utils.translation import gettext as _

from kaohe_web.cycles.calendar import require_changeable
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import locked
from kaohe_web.people.actor import Actor


def year_to_change(by: Actor, cycle: Cycle, reason: str, *, version: int | None = None) -> Cycle:
    """The year, locked until the action ends; once it is open, a change of it needs a reason.

    :raises WrongState: if it is archived.
    :raises Invalid: if it is open and no reason is given.
    """
    year = locked(visible_cycles(by), cycle.pk, version=version)
    require_changeable(year)
    if year.state == Cycle.State.OPEN and not reason.strip():
        raise Invalid([_("考核年度已经启动，改动须写明理由；请在“理由”一栏填写")])
    return year
