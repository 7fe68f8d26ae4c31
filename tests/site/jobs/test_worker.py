"""The worker: what it does with work that succeeds, fails, is refused or unknown."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping

import pytest

from kaohe_web.clock import BEIJING
from kaohe_web.errors import WrongState
from kaohe_web.jobs import registry
from kaohe_web.jobs.models import Job
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.jobs.registry import KINDS, Progress, job
from kaohe_web.jobs.worker import DIED, UNKNOWN, Worker
from world import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds() -> Iterator[dict[str, registry.Kind]]:
    """Only the kinds of work that a test makes."""
    known = dict(KINDS)
    KINDS.clear()
    yield KINDS
    KINDS.clear()
    KINDS.update(known)


@pytest.fixture
def worker() -> Worker:
    """A worker whose clock stands."""
    return Worker(clock=lambda: NOW)


def asked(kind: str, **payload: object) -> Job:
    """Work of a kind."""
    return enqueue(kind, payload, key=kind, at=NOW)


@pytest.mark.usefixtures("kinds")
def test_work_gets_its_payload_the_instant_and_its_progress(worker: Worker) -> None:
    told: list[object] = []

    @job("test.sum")
    def add(
        payload: Mapping[str, int], *, at: dt.datetime, progress: Progress
    ) -> Mapping[str, object]:
        progress(40)
        told.append((at, Job.objects.get().progress))
        return {"sum": payload["a"] + payload["b"]}

    asked("test.sum", a=1, b=2)
    assert (worker.turn(), worker.turn()) == (True, False)
    done = Job.objects.get()
    assert (told, done.state, json.loads(done.result), done.done_at) == (
        [(NOW, 40)],
        "done",
        {"sum": 3},
        NOW,
    )


@pytest.mark.usefixtures("kinds")
def test_work_may_finish_in_the_transaction_of_its_effect(worker: Worker) -> None:
    @job("test.effect")
    def act(_payload: object, *, at: dt.datetime, progress: Progress) -> None:
        with progress.writing():
            enqueue("test.next", {}, key="next", at=at + dt.timedelta(days=1))
            progress.finish({"asked": 1})

    asked("test.effect")
    worker.turn()
    found = Job.objects.order_by("key").values_list("key", "state", "result")
    assert list(found) == [("next", "waiting", ""), ("test.effect", "done", '{"asked": 1}')]


@pytest.mark.usefixtures("kinds")
def test_what_goes_wrong_is_tried_again(worker: Worker) -> None:
    @job("test.fails", attempts=2)
    def fails(_payload: object, *, at: dt.datetime, progress: Progress) -> None:
        del at, progress
        raise RuntimeError("缺了一块")

    asked("test.fails")
    worker.turn()
    found = Job.objects.get()
    assert (found.state, found.error) == ("waiting", "RuntimeError: 缺了一块")
    Job.objects.update(run_after=NOW)
    worker.turn()
    assert Job.objects.get().state == "failed"


@pytest.mark.usefixtures("kinds")
def test_what_is_refused_on_purpose_is_not_tried_again(worker: Worker) -> None:
    @job("test.refused")
    def refused(_payload: object, *, at: dt.datetime, progress: Progress) -> None:
        del at, progress
        raise WrongState("本考核年度已归档，不能再改动")

    asked("test.refused")
    worker.turn()
    found = Job.objects.get()
    assert (found.state, found.error) == ("failed", "本考核年度已归档，不能再改动")


@pytest.mark.usefixtures("kinds")
def test_work_that_nobody_knows_waits_for_a_person(worker: Worker) -> None:
    asked("test.of-a-newer-version")
    worker.turn()
    assert (Job.objects.get().state, Job.objects.get().error) == ("failed", UNKNOWN)


@pytest.mark.usefixtures("kinds")
def test_work_that_killed_its_worker_each_time_is_given_up(worker: Worker) -> None:
    @job("test.kills", attempts=3)
    def kills(_payload: object, *, at: dt.datetime, progress: Progress) -> None:
        del at, progress
        raise AssertionError

    held = asked("test.kills")
    Job.objects.filter(pk=held.pk).update(
        state="running", attempts=3, lease="x", lease_until=NOW - dt.timedelta(seconds=1)
    )
    worker.turn()
    assert (Job.objects.get().state, Job.objects.get().error) == ("failed", DIED)


@pytest.mark.usefixtures("kinds")
def test_daily_work_is_asked_for_once_a_day_however_many_workers_look() -> None:
    done: list[str] = []

    @job("test.daily", daily=dt.time(8, 0))
    def daily(payload: Mapping[str, str], *, at: dt.datetime, progress: Progress) -> None:
        del at, progress
        done.append(payload["day"])

    clock = [dt.datetime(2017, 10, 20, 7, 59, tzinfo=BEIJING)]
    workers = [Worker(clock=lambda: clock[0]) for _ in range(2)]
    for minutes in (0, 1, 60, 24 * 60, 24 * 60 + 1):
        clock[0] = dt.datetime(2017, 10, 20, 7, 59, tzinfo=BEIJING) + dt.timedelta(minutes=minutes)
        for each in workers:
            each.turn()
    assert done == ["2017-10-20", "2017-10-21"]
    assert list(Job.objects.values_list("key", flat=True)) == [
        "test.daily:2017-10-20",
        "test.daily:2017-10-21",
    ]


def test_every_kind_of_work_has_its_words() -> None:
    found = registry.load()
    assert {name for name, kind in found.items() if str(kind.means) == name} == set()
    assert {name for name, kind in found.items() if kind.daily} >= {
        "accounts.idle",
        "audit.verify",
        "evidence.verify",
        "reminders.send",
        "tidy",
    }
