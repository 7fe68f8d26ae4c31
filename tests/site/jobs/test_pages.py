"""The pages of background work and of the system: for the system officer alone."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kaohe_web.audit.models import Entry
from kaohe_web.errors import NotAllowed, NotThere, WrongState
from kaohe_web.jobs import failed
from kaohe_web.jobs.models import Job
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.keeping import health, schema
from world import NOW, World

OTHERS = [
    "office",
    "leader",
    "unit_office",
    "liaison",
    "provider",
    "assessor",
    "security_officer",
    "audit_officer",
]


@pytest.fixture
def officer(world: World) -> Client:
    """The system officer's browser."""
    return world.client("system_officer")


def made(number: int = 1, **values: Any) -> Job:
    """A piece of work in some state."""
    job = enqueue("reminders.send", {}, key=f"k{number}", at=NOW, asked_by="示例")
    Job.objects.filter(pk=job.pk).update(**values)
    job.refresh_from_db()
    return job


def last() -> tuple[str, str, str, str]:
    """The last entry: what, how it went, to what, why."""
    entry = Entry.objects.order_by("-seq")[0]
    return entry.what, entry.outcome, entry.object_id, entry.reason


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_but_the_system_officer_sees_or_touches_background_work(
    world: World, who: str
) -> None:
    job = made(state="failed", error="内部细节")
    client = world.client(who)
    answers = [
        client.get("/jobs/"),
        client.get("/system/"),
        client.post(f"/jobs/{job.pk}/retry/"),
        client.post(f"/jobs/{job.pk}/drop/", {"reason": "x"}),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert all("内部细节" not in answer.content.decode() for answer in answers)
    job.refresh_from_db()
    assert job.state == "failed"


def test_failed_work_is_tried_again_from_the_first_try(officer: Client, world: World) -> None:
    job = made(state="failed", attempts=5, error="缺了一块", done_at=NOW)
    assert officer.post(f"/jobs/{job.pk}/retry/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done_at) == ("waiting", 0, None)
    assert last() == ("job.retried", "done", str(job.pk), "")
    with pytest.raises(WrongState):
        failed.retry(job, by=world.actor("system_officer"), at=NOW)
    assert last()[:2] == ("job.retried", "refused")


def test_work_is_given_up_with_a_reason(officer: Client, world: World) -> None:
    job = made(state="failed")
    answer = officer.post(f"/jobs/{job.pk}/drop/", {"reason": ""}, follow=True)
    assert "没有放弃：请写明理由" in answer.content.decode()
    job.refresh_from_db()
    assert job.state == "failed"
    officer.post(f"/jobs/{job.pk}/drop/", {"reason": "已手工处理"})
    job.refresh_from_db()
    assert job.state == "dropped"
    assert last() == ("job.dropped", "done", str(job.pk), "已手工处理")
    with pytest.raises(WrongState):
        failed.drop(job, by=world.actor("system_officer"), at=NOW, reason="再来")


@pytest.mark.parametrize("state", ["running", "done"])
def test_work_that_runs_or_is_done_is_neither_tried_again_nor_given_up(
    officer: Client, state: str
) -> None:
    job = made(state=state)
    assert officer.post(f"/jobs/{job.pk}/retry/").status_code == 409
    assert officer.post(f"/jobs/{job.pk}/drop/", {"reason": "x"}).status_code == 409
    job.refresh_from_db()
    assert job.state == state


def test_the_actions_themselves_ask_for_the_right(world: World) -> None:
    job = made(state="failed")
    with pytest.raises(NotAllowed):
        failed.retry(job, by=world.actor("office"), at=NOW)
    job.delete()
    job.pk = 99
    with pytest.raises(NotThere):
        failed.retry(job, by=world.actor("system_officer"), at=NOW)


def test_work_is_shown_by_state_and_kind(officer: Client) -> None:
    assert "还没有后台任务" in officer.get("/jobs/").content.decode()
    made(1, state="failed", error="缺了一块")
    made(2, state="done")
    text = officer.get("/jobs/?state=failed").content.decode()
    assert ("缺了一块" in text, "发出到期提醒" in text, "k2" in text) == (True, True, False)
    found = [each["job"].key for each in officer.get("/jobs/?kind=reminders.send").context["shown"]]
    assert found == ["k2", "k1"]
    assert "没有符合条件的任务" in officer.get("/jobs/?state=dropped").content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_one_job_or_fifty_take_the_same_queries(
    officer: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        made(number, state="failed")
    officer.get("/jobs/")
    with django_assert_num_queries(7):
        officer.get("/jobs/")


def test_the_system_page_shows_no_secret(officer: Client) -> None:
    text = officer.get("/system/").content.decode()
    assert "KAOHE_SECRET_KEY" in text
    assert "for-tests-only" not in text
    assert "还没有备份过" in text


@pytest.mark.django_db
def test_a_site_that_can_work_is_ready(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "database": True, "migrations": True, "disk": True, "queue": True},
    )
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_work_that_waits_too_long_makes_the_site_not_ready(client: Client) -> None:
    made(run_after=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=11))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["queue"], answer.json()["ready"]) == (
        503,
        False,
        False,
    )


@pytest.mark.django_db
def test_tables_of_another_version_make_the_site_not_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('jobs', '0099_later', '2017-01-01 00:00:00')"
        )
    assert schema.schema().unknown == ("jobs.0099_later",)
    assert client.get("/readyz").json()["migrations"] is False


@pytest.mark.django_db
def test_what_cannot_even_be_asked_does_not_hold() -> None:
    def broken() -> bool:
        raise OSError(5, "Input/output error")

    assert health.holds(broken) is False


@pytest.mark.django_db
def test_health_says_yes_or_no_and_nothing_else(client: Client) -> None:
    told = json.loads(client.get("/readyz").content)
    assert {type(value) for value in told.values()} == {bool}
