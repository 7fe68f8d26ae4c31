"""Putting work into the outbox, in the transaction that asks for it."""

import datetime as dt
import json
from collections.abc import Mapping

from kaohe_web.jobs.models import Job


def enqueue(
    kind: str,
    payload: Mapping[str, object],
    *,
    key: str,
    at: dt.datetime,
    asked_by: str = "",
) -> Job:
    """Ask for a piece of work; the same key asked for again is the same piece."""
    job, _ = Job.objects.get_or_create(
        key=key[:200],
        defaults={
            "kind": kind,
            "payload": json.dumps(payload, ensure_ascii=False, sort_keys=True),
            "run_after": at,
            "made_at": at,
            "asked_by": asked_by,
        },
    )
    return job
