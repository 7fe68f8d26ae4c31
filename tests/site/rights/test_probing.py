"""T29: whoever tries many numbers of others is held up, and the security officers are told."""

import datetime as dt
import json

import time_machine
from django.test import Client
from django.urls import reverse

from kaohe_web.audit.models import Entry
from kaohe_web.jobs.models import Notice
from kaohe_web.keeping.probing import MOST
from world import NOW, World

MINUTE = dt.timedelta(minutes=1)


def ask(client: Client, world: World, times: int) -> list[int]:
    """Ask for appeals by their numbers, one after the other; there are none."""
    addresses = (
        reverse("appeal", kwargs={"cycle_id": world.cycle.pk, "appeal_id": number})
        for number in range(1, times + 1)
    )
    return [client.get(address).status_code for address in addresses]


def home(client: Client) -> int:
    """How the account's own page is answered."""
    return client.get("/account/").status_code


def test_T29_fifty_foreign_numbers_in_a_minute_hold_the_account_up(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as hands:
        client, other = world.client("unit_office"), world.client("foreign_office")
        assert ask(client, world, MOST) == [404] * (MOST - 1) + [429]
        assert (home(client), home(other)) == (429, 200)
        before = Entry.objects.count()
        assert ask(client, world, 3) == [429] * 3
        assert Entry.objects.count() == before
        hands.shift(MINUTE)
        assert home(client) == 200
        assert ask(client, world, 3) == [404] * 3


def test_T29_the_alarm_names_the_account_once_and_leaves_an_entry(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as hands:
        client, again = world.client("unit_office"), world.client("unit_office")
        ask(client, world, MOST)
        assert ask(again, world, 1) == [429]
        hands.shift(2 * MINUTE)
        ask(client, world, MOST)
    [notice] = Notice.objects.filter(post=world.posts["security_officer"])
    assert notice.title == "有账号反复请求不属于它的内容"
    assert "（unit_office）一分钟内请求了 50 次不属于本人的内容，地址 127.0.0.1" in notice.text
    user = world.posts["unit_office"].user
    assert notice.link == reverse("person", kwargs={"pk": user.pk})
    held = Entry.objects.filter(what="account.held_up").order_by("seq")
    assert [(each.object_id, json.loads(each.details)["count"]) for each in held] == [
        (str(user.pk), 50),
        (str(user.pk), 51),
        (str(user.pk), 50),
    ]


def test_T29_numbers_tried_slowly_are_refused_and_no_more(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as hands:
        client = world.client("unit_office")
        for _turn in range(3):
            assert ask(client, world, MOST - 1) == [404] * (MOST - 1)
            hands.shift(MINUTE)
    assert not Notice.objects.exists()


def test_T29_the_page_says_why_and_what_to_do(world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        client = world.client("unit_office")
        ask(client, world, MOST)
        page = client.get("/account/").content.decode()
        script = client.get("/account/", headers={"Accept": "application/json"})
    sentence = "一分钟内请求了太多不属于您的内容，暂停一分钟；已告知安全管理员，有疑问请与其联系"
    assert sentence in page
    assert (script.status_code, script.json()["message"]) == (429, sentence)
