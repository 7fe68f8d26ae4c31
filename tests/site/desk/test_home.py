"""The desk: what each person must do by when, the year, the messages; and nobody else's."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Stage
from kaohe_web.desk.gathering import in_order
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify
from kaohe_web.jobs.todo import Todo
from kaohe_web.people.models import Post
from world import NOW, World

EVERYBODY = [
    "office",
    "leader",
    "unit_office",
    "liaison",
    "provider",
    "assessor",
    "system_officer",
    "security_officer",
    "audit_officer",
]


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(client: Client, db: None) -> None:
    del db
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/")


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_has_a_desk(world: World, who: str) -> None:
    answer = world.client(who).get("/")
    assert answer.status_code == 200
    assert "我的待办" in answer.content.decode()


def test_somebody_without_a_post_is_told_whom_to_ask(world: World) -> None:
    client = world.client("liaison")
    Post.objects.filter(pk=world.posts["liaison"].pk).update(last_day=dt.date(2017, 1, 2))
    answer = client.get("/")
    assert answer.status_code == 200
    assert "您现在没有岗位" in answer.content.decode()


def test_what_must_be_done_stands_there_with_its_day(world: World) -> None:
    today = day_of(dt.datetime.now(dt.UTC))
    Stage.objects.filter(kind="filing").update(last_day=today + dt.timedelta(days=2))
    answer = world.client("liaison").get("/")
    [shown] = answer.context["todos"]
    assert (shown["todo"].title, shown["left"], shown["late"]) == ("填报条目并报审", 2, False)
    assert "还有 2 天" in answer.content.decode()
    Stage.objects.filter(kind="filing").update(last_day=today - dt.timedelta(days=3))
    answer = world.client("liaison").get("/")
    [shown] = answer.context["todos"]
    assert (shown["over"], shown["late"]) == (3, True)
    assert "已超 3 天" in answer.content.decode()


def test_a_department_does_not_see_what_another_must_do(world: World) -> None:
    counts = {
        who: [shown["todo"].count for shown in world.client(who).get("/").context["todos"]]
        for who in ("liaison", "other_liaison")
    }
    assert counts == {"liaison": [41], "other_liaison": [2]}


def test_late_comes_first_then_urgent_then_by_day() -> None:
    today = dt.date(2017, 10, 20)

    def todo(name: str, days: int | None, *, urgent: bool = False) -> Todo:
        due = None if days is None else today + dt.timedelta(days=days)
        return Todo(name, 1, "/", due, urgent=urgent)

    given = [
        todo("no day", None),
        todo("in ten days", 10),
        todo("urgent", 5, urgent=True),
        todo("tomorrow", 1),
        todo("late", -1),
        todo("urgent without a day", None, urgent=True),
    ]
    assert [each.title for each in in_order(given, today)] == [
        "late",
        "urgent",
        "urgent without a day",
        "tomorrow",
        "in ten days",
        "no day",
    ]


@pytest.mark.parametrize("rows", [1, 50])
def test_one_message_or_fifty_take_the_same_queries(
    world: World, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        notify(
            [world.posts["leader"]],
            kind=Notice.Kind.NEWS,
            title=f"通知 {number}",
            at=NOW,
            key=f"n{number}",
        )
    client = world.client("leader")
    client.get("/")
    with django_assert_num_queries(17):
        assert len(client.get("/").context["messages_told"]) == min(rows, 5)
