"""What the trail and the messages say, and short ways to a year that is being set up."""

import datetime as dt
import json
from typing import Any

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.years import Description, create
from kaohe_web.jobs.models import Notice
from world import NOW, World

FIRST, LAST = dt.date(2017, 9, 1), dt.date(2018, 8, 31)


def entries(what: str) -> list[tuple[str, str, str, Any]]:
    """The entries of one kind: whose, how it went, why, with which details."""
    return [
        (row.login, row.outcome, row.reason, json.loads(row.details) if row.details else None)
        for row in Entry.objects.filter(what=what).order_by("seq")
    ]


def refused(what: str) -> list[tuple[str, str]]:
    """Who was refused something, and why."""
    return [(login, why) for login, outcome, why, _ in entries(what) if outcome == "refused"]


def notices() -> list[tuple[str, str, str]]:
    """Who was told what: login, kind, title."""
    rows = Notice.objects.order_by("pk").select_related("post__user")
    return [(row.post.user.login, row.kind, row.title) for row in rows]


def new_year(world: World, name: str = "2017-2018 年度（示例）", **changed: Any) -> Cycle:
    """A year that is being set up with the same edition; nothing in it yet."""
    scope = changed.pop("scope", Cycle.Scope.CITY)
    return create(
        None,
        by=world.actor("office"),
        at=NOW,
        edition=world.edition,
        scope=scope,
        description=Description(name, FIRST, LAST, **changed),
    )
