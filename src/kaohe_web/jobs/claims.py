"""Who does a piece of work: taken under a lease, held while it is done, finished by its holder.

A worker that dies lets its lease run out, and another takes the work. A worker that only slept
finds its lease gone: what it then writes is refused.
"""

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from kaohe.errors import KaoheError
from kaohe_web.jobs.models import Job

LEASE = dt.timedelta(seconds=60)
BACKOFF = dt.timedelta(seconds=30)
LONGEST_BACKOFF = dt.timedelta(hours=1)
DOUBLED = 7
KEPT_OF_AN_ERROR = 2000


class LeaseLost(KaoheError):  # noqa: N818 -- it says what happened
    """Somebody else does this work now, or it was dropped: stop and write nothing."""

    def __init__(self) -> None:
        super().__init__("这项后台任务已由别的进程接手，本次执行作废")


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of work that is held, and the token that proves it."""

    job: int
    kind: str
    payload: dict[str, object]
    attempt: int
    token: str


def claim(at: dt.datetime, *, lease: dt.timedelta = LEASE) -> Claim | None:
    """Take the next piece of work that is due, if there is one.

    What a dead worker held is taken again once its lease has run out; a lease that ends further
    away than any could is one from before the clock was put back.
    """
    due = (
        Q(state=Job.State.WAITING, run_after__lte=at)
        | Q(state=Job.State.RUNNING, lease_until__lt=at)
        | Q(state=Job.State.RUNNING, lease_until__gt=at + 2 * max(lease, LEASE))
    )
    if not Job.objects.filter(due).exists():
        return None
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        waiting = Job.objects.filter(due).order_by("run_after", "id")
        job = waiting.select_for_update(skip_locked=skip).first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.attempts += 1
        job.lease = secrets.token_hex(16)
        job.lease_until = at + lease
        job.save(update_fields=["state", "attempts", "lease", "lease_until"])
    return Claim(job.pk, job.kind, json.loads(job.payload), job.attempts, job.lease)


def renew(held: Claim, at: dt.datetime, *, lease: dt.timedelta = LEASE) -> None:
    """Hold the work for longer (heartbeat).

    :raises LeaseLost: if it is not held any more.
    """
    change(held, lease_until=at + lease)


def tell(held: Claim, percent: int) -> None:
    """Note how far the work is.

    :raises LeaseLost: if it is not held any more.
    """
    change(held, progress=max(0, min(percent, 100)))


@contextmanager
def writing(held: Claim) -> Iterator[None]:
    """A transaction that holds the job: until it ends nobody can take the work away.

    :raises LeaseLost: if it is not held any more.
    """
    with transaction.atomic():
        if not mine(held).select_for_update().exists():
            raise LeaseLost
        yield


def finish(held: Claim, at: dt.datetime, result: Mapping[str, object] | None = None) -> None:
    """The work is done.

    :raises LeaseLost: if it is not held any more: what a stale worker found is not written.
    """
    change(
        held,
        state=Job.State.DONE,
        progress=100,
        result=json.dumps(result, ensure_ascii=False, sort_keys=True) if result else "",
        error="",
        done_at=at,
        lease="",
        lease_until=None,
    )


def fail(held: Claim, at: dt.datetime, error: str, *, attempts: int) -> bool:
    """The work failed: it waits for another try, later each time, or in the end for a person.

    Returns whether that was the last try.

    :raises LeaseLost: if it is not held any more.
    """
    last = held.attempt >= attempts
    change(
        held,
        state=Job.State.FAILED if last else Job.State.WAITING,
        run_after=at + backoff(held.attempt),
        error=error[:KEPT_OF_AN_ERROR],
        done_at=at if last else None,
        lease="",
        lease_until=None,
    )
    return last


def backoff(attempt: int) -> dt.timedelta:
    """How long to wait after a failed try."""
    return min(BACKOFF * (1 << min(attempt - 1, DOUBLED)), LONGEST_BACKOFF)


def mine(held: Claim) -> QuerySet[Job]:
    """The job, as long as it is held by this claim."""
    return Job.objects.filter(pk=held.job, state=Job.State.RUNNING, lease=held.token)


def change(held: Claim, **values: object) -> None:
    """Change the job if it is still held.

    :raises LeaseLost: if it is not.
    """
    if not mine(held).update(**values):
        raise LeaseLost
