"""One's messages: only one's own, read one by one or all at once, each with its entry."""

import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from kaohe_web.audit.models import Entry
from kaohe_web.errors import NotThere
from kaohe_web.jobs import notices
from kaohe_web.jobs.models import Delivery, Notice
from kaohe_web.jobs.notify import notify
from world import NOW, World


def tell(world: World, *who: str, key: str = "a", **values: Any) -> list[Notice]:
    """Tell some people something."""
    given = {"kind": "news", "title": "通知（示例）", **values}
    notify([world.posts[name] for name in who], at=NOW, key=key, **given)
    return list(Notice.objects.order_by("pk"))


def test_the_same_thing_is_told_once_to_each_and_logged(world: World) -> None:
    posts = [world.posts["liaison"], world.posts["office"]]
    told = [notify(posts, kind="news", title="通知", at=NOW, key="a") for _ in range(2)]
    assert told == [2, 0]
    assert [str(log.channel) for log in Delivery.objects.all()] == ["page", "page"]


def test_long_keys_do_not_run_together(world: World) -> None:
    posts = [world.posts["liaison"], world.posts["office"]]
    assert notify(posts, kind="news", title="通知", at=NOW, key="长" * 300) == 2


def test_a_message_is_read_and_leads_where_it_should(world: World) -> None:
    [notice] = tell(world, "liaison", link="/cycles/1/")
    answer = world.client("liaison").post(f"/notices/{notice.pk}/read/")
    assert (answer.status_code, answer["Location"]) == (302, "/cycles/1/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    entry = Entry.objects.get()
    assert (entry.what, entry.object_id, entry.login) == ("notice.read", str(notice.pk), "liaison")


@pytest.mark.parametrize(
    "link", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_a_message_leads_nowhere_else(world: World, link: str) -> None:
    [notice] = tell(world, "liaison", link=link)
    answer = world.client("liaison").post(f"/notices/{notice.pk}/read/")
    assert answer["Location"] == "/notices/"


def test_T22_somebody_elses_message_is_not_there(world: World) -> None:
    [notice] = tell(world, "liaison", text="只给联络员看")
    client = world.client("other_liaison")
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 404
    assert "只给联络员看" not in client.get("/notices/").content.decode()
    with pytest.raises(NotThere):
        notices.read(notice, by=world.actor("other_liaison"), at=NOW)
    notice.refresh_from_db()
    assert notice.read_at is None
    refusals = [(entry.what, entry.outcome) for entry in Entry.objects.order_by("seq")]
    assert refusals == [("page.refused", "refused"), ("notice.read", "refused")]


def test_all_are_read_at_once_and_only_ones_own(world: World) -> None:
    tell(world, "liaison", "office", key="a")
    tell(world, "liaison", key="b")
    world.client("liaison").post("/notices/read/")
    unread = [notice.post for notice in Notice.objects.filter(read_at=None)]
    assert unread == [world.posts["office"]]
    entry = Entry.objects.get()
    assert (entry.what, json.loads(entry.details)) == ("notices.read", {"count": 2})


def test_messages_are_shown_by_kind_and_whether_they_are_read(world: World) -> None:
    client = world.client("liaison")
    assert "还没有消息" in client.get("/notices/").content.decode()
    tell(world, "liaison", key="a", kind="todo", title="待办一件")
    [first, _second] = tell(world, "liaison", key="b", title="通知一则")
    notices.read(first, by=world.actor("liaison"), at=NOW)
    found = {
        query: [notice.title for notice in client.get(f"/notices/{query}").context["page"]]
        for query in ("", "?kind=news", "?unread=yes", "?kind=no", "?kind=todo&unread=yes")
    }
    assert found == {
        "": ["通知一则", "待办一件"],
        "?kind=news": ["通知一则"],
        "?unread=yes": ["通知一则"],
        "?kind=no": ["通知一则", "待办一件"],
        "?kind=todo&unread=yes": [],
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_one_message_or_thirty_take_the_same_queries(
    world: World, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        tell(world, "office", key=f"n{number}")
    client = world.client("office")
    client.get("/notices/")
    with django_assert_num_queries(8):
        client.get("/notices/")
