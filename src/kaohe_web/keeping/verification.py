"""Checking the whole trail: asked for by a person or done every night, in the background."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from kaohe_web.audit import chain, trail
from kaohe_web.audit.anchor import Anchor, by_number
from kaohe_web.jobs import queries
from kaohe_web.jobs.models import Job
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor

KIND = "audit.verify"
ON_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
ON_POSTGRESQL = (
    "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_entry'::regclass"
    " AND NOT tgisinternal AND tgenabled <> 'D'"
)
TRIGGERS = {
    "sqlite": (ON_SQLITE, {"audit_no_update", "audit_no_delete"}),
    "postgresql": (ON_POSTGRESQL, {"audit_no_change", "audit_no_truncate"}),
}
"""How to ask which triggers guard the trail, and which there must be."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the last check found."""

    at: dt.datetime
    entries: int
    head: str
    broken_at: int | None
    why: str
    unguarded: tuple[str, ...]
    asked_by: str

    @property
    def is_whole(self) -> bool:
        """Whether chain and triggers are as they must be."""
        return self.broken_at is None and not self.unguarded


@action("audit.verify_asked", right="audit.read")
def ask(_: None, *, by: Actor, at: dt.datetime, anchors: Sequence[Anchor] = ()) -> Job:
    """Have the trail checked in the background, against anchors from papers and backups too."""
    kept = {str(seq): head for seq, head in by_number(anchors).items()}
    job = enqueue(
        KIND,
        {"anchors": kept},
        key=f"{KIND}:{at:%Y%m%d%H%M%S%f}:{by.login}",
        at=at,
        asked_by=by.name,
    )
    details = {"anchors": kept} if kept else None
    trail.record("audit.verify_asked", None, by=by, at=at, details=details)
    return job


def check(anchors: Mapping[int, str]) -> dict[str, object]:
    """Check every entry, and that the triggers stand guard."""
    found = chain.verify(chain.in_order(), dict(anchors))
    broken = {"seq": found.broken.seq, "why": found.broken.why} if found.broken else None
    return {
        "entries": found.entries,
        "head": found.head,
        "broken": broken,
        "unguarded": sorted(missing_triggers()),
    }


def missing_triggers() -> set[str]:
    """The triggers that should refuse changes to the trail and are not there."""
    question, needed = TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        return needed - {name for (name,) in cursor.fetchall()}


def last_check() -> Checked | None:
    """What the latest check found; ``None`` before there was one."""
    job = queries.last_job(KIND)
    if job is None or job.done_at is None:
        return None
    found = json.loads(job.result)
    broken = found["broken"] or {"seq": None, "why": ""}
    return Checked(
        job.done_at,
        found["entries"],
        found["head"],
        broken["seq"],
        broken["why"],
        tuple(found["unguarded"]),
        job.asked_by,
    )


def is_under_way() -> bool:
    """Whether a check was asked for and has not ended."""
    begun = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(kind=KIND, state__in=begun).exists()
