"""Taking work under a lease: one holder at a time, and nothing written by one who lost it."""

import datetime as dt
import json

import pytest

from kaohe_web.jobs import claims
from kaohe_web.jobs.claims import LEASE, LeaseLost, claim, fail, finish, renew, tell, writing
from kaohe_web.jobs.models import Job, Notice
from kaohe_web.jobs.outbox import enqueue
from world import NOW, World

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def ask(key: str = "a", at: dt.datetime = NOW) -> Job:
    """Work to do."""
    return enqueue("test", {"key": key}, key=key, at=at)


def state_of(job: Job) -> tuple[str, int, str]:
    """Where a job stands."""
    job.refresh_from_db()
    return job.state, job.attempts, job.lease


def test_the_same_work_asked_for_twice_is_one_piece_of_work() -> None:
    assert ask() == ask()
    assert Job.objects.count() == 1


def test_work_is_taken_once_and_finished_by_its_holder() -> None:
    job = ask()
    held = claim(NOW)
    assert held is not None
    assert (held.job, held.kind, held.payload, held.attempt) == (job.pk, "test", {"key": "a"}, 1)
    assert claim(NOW) is None
    finish(held, NOW + SECOND, {"分": "0.1"})
    assert state_of(job) == ("done", 1, "")
    assert (json.loads(job.result), job.progress, job.done_at) == (
        {"分": "0.1"},
        100,
        NOW + SECOND,
    )


def test_what_is_due_first_is_taken_first_and_what_is_not_due_not_at_all() -> None:
    ask("later", NOW + SECOND)
    ask("second", NOW)
    ask("first", NOW - SECOND)
    taken = [held.payload["key"] for _ in range(3) if (held := claim(NOW)) is not None]
    assert taken == ["first", "second"]


def test_a_lease_that_ran_out_is_taken_by_another_and_the_first_writes_nothing() -> None:
    job = ask()
    first = claim(NOW)
    later = NOW + LEASE + SECOND
    second = claim(later)
    assert first is not None
    assert second is not None
    assert (second.job, second.attempt) == (first.job, 2)
    for stale in (
        lambda: renew(first, later),
        lambda: tell(first, 50),
        lambda: finish(first, later, {"by": "the first"}),
        lambda: fail(first, later, "too late", attempts=5),
    ):
        with pytest.raises(LeaseLost):
            stale()
    with pytest.raises(LeaseLost):
        writing(first).__enter__()
    finish(second, later, {"by": "the second"})
    assert state_of(job) == ("done", 2, "")
    assert json.loads(job.result) == {"by": "the second"}


def test_a_heartbeat_keeps_the_lease() -> None:
    ask()
    held = claim(NOW)
    assert held is not None
    renew(held, NOW + LEASE)
    assert claim(NOW + LEASE + SECOND) is None


def test_writing_and_finishing_are_one(world: World) -> None:
    job = ask()
    held = claim(NOW)
    assert held is not None
    post = world.posts["liaison"]

    def half() -> None:
        with writing(held):
            Notice.objects.create(post=post, kind="news", title="半途", key="half", made_at=NOW)
            finish(held, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert (state_of(job)[0], Notice.objects.count()) == ("running", 0)


def test_what_failed_is_tried_again_later_each_time_and_in_the_end_waits_for_a_person() -> None:
    job, at, waits = ask(), NOW, []
    for attempt in range(1, 6):
        held = claim(at)
        assert held is not None
        last = fail(held, at, f"第 {attempt} 次", attempts=5)
        job.refresh_from_db()
        waits.append((job.run_after - at).total_seconds())
        assert last == (attempt == 5)
        at = job.run_after
    assert waits == [30, 60, 120, 240, 480]
    assert (job.state, job.error, claim(at)) == ("failed", "第 5 次", None)
    assert claims.backoff(40) == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("moved", "taken"),
    [
        (dt.timedelta(hours=-2), True),  # what a dead worker held is not kept for two hours
        (dt.timedelta(days=365), True),
        (dt.timedelta(seconds=-5), False),
        (dt.timedelta(seconds=5), False),
    ],
)
def test_T57_a_clock_that_jumps_loses_no_work(moved: dt.timedelta, taken: bool) -> None:  # noqa: FBT001 -- a case's answer
    job = ask(at=NOW - dt.timedelta(days=1))
    first = claim(NOW)
    second = claim(NOW + moved)
    assert (second is not None) == taken
    assert first is not None
    finish(second or first, NOW + moved)
    assert state_of(job)[0] == "done"
    if second is not None:
        with pytest.raises(LeaseLost):
            finish(first, NOW)
