"""Reading one's messages."""

import datetime as dt

from kaohe_web.audit import trail
from kaohe_web.jobs import queries
from kaohe_web.jobs.models import Notice
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor


@action("notice.read", right="notices.own")
def read(notice: Notice, *, by: Actor, at: dt.datetime) -> Notice:
    """Note that a message was read; reading it again changes nothing."""
    row = locked(queries.notices(by), notice.pk)
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
    trail.record("notice.read", row, by=by, at=at)
    return row


@action("notices.read", right="notices.own")
def read_all(_: None, *, by: Actor, at: dt.datetime) -> int:
    """Note that every unread message to one's post was read; how many there were."""
    count = queries.notices(by).filter(read_at=None).update(read_at=at)
    trail.record("notices.read", None, by=by, at=at, details={"count": count})
    return count
