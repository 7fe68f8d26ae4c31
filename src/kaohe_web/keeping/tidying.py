"""Removing what is over: old sessions, failed sign-ins, background work done long ago."""

import datetime as dt

from django.db import connection

from kaohe_web.audit import trail
from kaohe_web.jobs.models import Job
from kaohe_web.people.actor import SYSTEM
from kaohe_web.people.models import Session, SignInFailure

KEPT = dt.timedelta(days=60)


def tidy(at: dt.datetime) -> dict[str, object]:
    """Remove what nobody needs any more, with one entry; how many of each."""
    done = (Job.State.DONE, Job.State.DROPPED)
    over = {
        "sessions": Session.objects.filter(expire_date__lt=at),
        "sign_in_failures": SignInFailure.objects.filter(at__lt=at - KEPT),
        "jobs": Job.objects.filter(state__in=done, done_at__lt=at - KEPT),
    }
    removed: dict[str, object] = {name: rows.delete()[0] for name, rows in over.items()}
    trail.record("installation.tidied", None, by=SYSTEM, at=at, details=removed)
    return removed


def empty_log() -> None:
    """Bring SQLite's log into the database and empty it: what was removed still stood in it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return  # within a transaction SQLite cannot
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
