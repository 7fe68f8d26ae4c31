"""The worker: takes one piece of work after another, and keeps its lease while it does it."""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from django.db import close_old_connections, connections
from django.utils import timezone

from kaohe.errors import KaoheError
from kaohe_web.jobs import claims, recurring, registry
from kaohe_web.jobs.claims import LEASE, Claim, LeaseLost

log = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
PAUSE = 1
"""Seconds between two looks for work."""

UNKNOWN = "没有这种后台任务；可能由较新的版本建立，请升级后重试"
DIED = "执行中进程中断"


@dataclass(slots=True)
class Held:
    """What a piece of work holds of its job (see :class:`kaohe_web.jobs.registry.Progress`)."""

    claim: Claim
    clock: Clock
    finished: bool = False

    def __call__(self, percent: int) -> None:
        """Tell how far the work is."""
        claims.tell(self.claim, percent)

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that nobody can take the work away from."""
        return claims.writing(self.claim)

    def finish(self, result: Mapping[str, object] | None = None) -> None:
        """End the job now, in the transaction of its effect."""
        claims.finish(self.claim, self.clock(), result)
        self.finished = True


@dataclass(slots=True)
class Worker:
    """Does the work of the outbox until it is told to stop."""

    lease: dt.timedelta = LEASE
    clock: Clock = timezone.now
    stopping: threading.Event = field(default_factory=threading.Event)
    planned: set[str] = field(default_factory=set)

    def run(self, *, parent_lives: Callable[[], bool] = lambda: True) -> None:
        """Work until somebody sets ``stopping``, or whoever started this worker is gone."""
        registry.load()
        while not self.stopping.is_set() and parent_lives():
            try:
                close_old_connections()
                busy = self.turn()
            except Exception:  # a database that is away comes back
                log.exception("the worker could not look for work")
                connections.close_all()
                busy = False
            if not busy:
                self.stopping.wait(PAUSE)

    def turn(self) -> bool:
        """Ask for what is due daily, then do one piece of work; whether there was one."""
        recurring.plan(self.clock(), self.planned)
        held = claims.claim(self.clock(), lease=self.lease)
        if held is None:
            return False
        self.do(held)
        return True

    def do(self, held: Claim) -> None:
        """Do one piece of work under its lease; what goes wrong is kept with the job."""
        try:
            self.try_to_do(held)
        except LeaseLost:
            log.warning("job %s was taken over by somebody else", held.job)

    def try_to_do(self, held: Claim) -> None:
        """:raises LeaseLost: if somebody else does it now."""
        kind = registry.KINDS.get(held.kind)
        if kind is None:
            claims.fail(held, self.clock(), UNKNOWN, attempts=1)
            return
        if held.attempt > kind.attempts:
            claims.fail(held, self.clock(), DIED, attempts=kind.attempts)
            return
        progress = Held(held, self.clock)
        try:
            with Heartbeat(held, self.lease, self.clock):
                result = kind.do(held.payload, at=self.clock(), progress=progress)
            if not progress.finished:
                claims.finish(held, self.clock(), result)
        except LeaseLost:
            raise
        except KaoheError as refusal:
            claims.fail(held, self.clock(), str(refusal), attempts=1)
        except Exception as error:
            log.exception("job %s (%s) failed", held.job, held.kind)
            claims.fail(
                held, self.clock(), f"{type(error).__name__}: {error}", attempts=kind.attempts
            )


class Heartbeat:
    """Renews a lease from a thread of its own, as long as the work is under way."""

    def __init__(self, held: Claim, lease: dt.timedelta, clock: Clock) -> None:
        self.held, self.lease, self.clock = held, lease, clock
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.beat, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def beat(self) -> None:
        """Renew the lease three times in its length, until the work is over or lost."""
        try:
            while not self.over.wait(self.lease.total_seconds() / 3):
                claims.renew(self.held, self.clock(), lease=self.lease)
        except LeaseLost:
            log.warning("job %s lost its lease", self.held.job)
        except Exception:
            log.exception("the lease of job %s could not be renewed", self.held.job)
        finally:
            connections.close_all()
