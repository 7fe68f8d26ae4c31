"""The period that a file covers, beside the assessment year it is to prove something of."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import Evidence


class Period(NamedTuple):
    """From a day to a day, both held; an end that is not said is open."""

    first: dt.date | None = None
    last: dt.date | None = None


NO_PERIOD = Period()
"""Nothing said of it."""


def period_of(row: Evidence) -> Period:
    """The period that a file is said to cover."""
    return Period(row.period_first, row.period_last)


def told(period: Period) -> str:
    """A period as text; empty if nothing is said."""
    if period == NO_PERIOD:
        return ""
    return f"{period.first or '…'} – {period.last or '…'}"


def doubt(period: Period, cycle: Cycle) -> str:
    """What is odd about a period beside the assessment year; empty if nothing."""
    if period == NO_PERIOD:
        return ""
    first, last = period.first or dt.date.min, period.last or dt.date.max
    year = {"first": cycle.first_day, "last": cycle.last_day}
    if last < cycle.first_day or first > cycle.last_day:
        return _("所属期间不在考核年度 %(first)s 至 %(last)s 之内，请核对") % year
    if (period.first and first < cycle.first_day) or (period.last and last > cycle.last_day):
        return _("所属期间有一部分超出考核年度 %(first)s 至 %(last)s") % year
    return ""
