"""Work that is due every day: asked for once a day by its key, however many workers look."""

import datetime as dt

from kaohe_web.clock import BEIJING, day_of
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.jobs.registry import KINDS, Kind


def plan(at: dt.datetime, planned: set[str]) -> None:
    """Ask for the day's recurring work whose hour has come; what was missed is not made up for.

    ``planned`` holds the keys that this worker has asked for, so that it seldom asks the database.
    """
    for kind in KINDS.values():
        if kind.daily is not None:
            plan_one(kind, kind.daily, at, planned)


def plan_one(kind: Kind, hour: dt.time, at: dt.datetime, planned: set[str]) -> None:
    """Ask for one kind of work, if its hour has come today.

    It waits from now on: a site that starts in the afternoon is not late with its night's work.
    """
    day = day_of(at)
    due = dt.datetime.combine(day, hour, BEIJING)
    key = f"{kind.name}:{day}"
    if at >= due and key not in planned:
        enqueue(kind.name, {"day": str(day)}, key=key, at=at)
        planned.add(key)
