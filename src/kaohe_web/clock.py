"""Days and instants: stored as UTC, meant and shown in Beijing time (Asia/Shanghai)."""

import datetime as dt
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def day_of(at: dt.datetime) -> dt.date:
    """The calendar day of an instant, in Beijing."""
    return at.astimezone(BEIJING).date()


def starts(day: dt.date) -> dt.datetime:
    """The first instant of a day, in Beijing."""
    return dt.datetime.combine(day, dt.time.min, BEIJING)


def ends(day: dt.date) -> dt.datetime:
    """The first instant after a day: the day itself is held to its last second."""
    return starts(day + dt.timedelta(days=1))
