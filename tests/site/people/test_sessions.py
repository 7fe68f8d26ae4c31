"""Sessions: how they end, and what ends them."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client

from kaohe_web.clock import BEIJING
from kaohe_web.cycles.queries import visible_units
from kaohe_web.people import accounts, posts
from kaohe_web.people.models import Post, Session, User
from kaohe_web.people.session_store import SessionStore, kept
from people.door import PASSWORD, Door, clock, entries, send
from world import NOW, World

PAGE = "/account/"


def is_in(client: Client) -> bool:
    """Whether a browser is still signed in."""
    return client.get(PAGE, REMOTE_ADDR="10.1.1.1").status_code == 200


def test_T35_a_session_ends_after_thirty_idle_minutes(door: Door) -> None:
    door.ready("liaison")
    with time_machine.travel(clock(), tick=False) as hands:
        client = door.inside("liaison")
        for _turn in range(3):
            hands.shift(dt.timedelta(minutes=30))
            assert is_in(client)
        hands.shift(dt.timedelta(minutes=30, seconds=1))
        assert not is_in(client)
        hands.shift(dt.timedelta(minutes=-30))
        assert not is_in(client)


def test_T35_a_session_ends_after_twelve_hours_however_busy(door: Door) -> None:
    door.ready("liaison")
    with time_machine.travel(clock(), tick=False) as hands:
        client = door.inside("liaison")
        for _turn in range(24):
            hands.shift(dt.timedelta(minutes=30))
            assert is_in(client)
        hands.shift(dt.timedelta(seconds=1))
        assert not is_in(client)


def test_T35_an_old_cookie_is_dead_after_signing_out(door: Door) -> None:
    door.ready("liaison")
    client = door.inside("liaison")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert is_in(thief)
    answer = client.post("/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert (answer["Location"], is_in(client), is_in(thief)) == ("/login/", False, False)
    assert Session.objects.count() == 0
    assert entries("session.ended") == [("liaison", "done", "")]


def test_T35_signing_in_changes_the_key(door: Door) -> None:
    door.ready("liaison")
    client = Client()
    before = client.session.session_key
    door.password("liaison", client=client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=kept(before or "")).exists()


def test_T35_a_new_password_ends_every_other_session(door: Door) -> None:
    door.ready("liaison")
    client, other = door.inside("liaison"), door.inside("liaison")
    new = {"current": PASSWORD, "password": "Hai-Lu-Yu-99", "again": "Hai-Lu-Yu-99"}
    assert client.post("/account/password/change/", new)["Location"] == "/account/"
    assert (is_in(client), is_in(other)) == (True, False)
    assert door.password("liaison").status_code == 422
    assert door.password("liaison", "Hai-Lu-Yu-99").status_code == 302


def test_a_new_password_takes_the_present_one(door: Door) -> None:
    door.ready("liaison")
    client = door.inside("liaison")
    new = {"current": "nonsense-1", "password": "Hai-Lu-Yu-99", "again": "Hai-Lu-Yu-99"}
    answer = client.post("/account/password/change/", new)
    assert answer.context["form"].errors["current"] == ["现在的密码不对"]
    assert entries("password.confirmed") == [("liaison", "refused", "现在的密码不对")]
    assert entries("password.changed") == []


def test_T35_a_disable_ends_sessions_at_once(door: Door) -> None:
    user = door.ready("liaison")
    client = door.inside("liaison")
    by = door.world.actor("security_officer")
    accounts.disable(user, by=by, at=clock(), reason="调离")
    assert (is_in(client), user.sessions.count()) == (False, 0)


def test_T38_a_session_ends_with_the_last_day_of_its_account(door: Door) -> None:
    user = door.ready("liaison")
    with time_machine.travel(dt.datetime(2026, 1, 31, 23, 50, tzinfo=BEIJING), tick=False) as hands:
        User.objects.filter(pk=user.pk).update(
            expires_on=dt.date(2026, 1, 31), password_at=clock(), enabled_at=clock()
        )
        client = door.inside("liaison")
        hands.shift(dt.timedelta(minutes=9, seconds=59))
        assert is_in(client)
        hands.shift(dt.timedelta(seconds=1))
        assert not is_in(client)
    assert entries("session.begun")[-1][1] == "done"


def test_T35_a_link_that_was_used_ends_sessions(door: Door) -> None:
    user = door.ready("liaison")
    client = door.inside("liaison")
    by = door.world.actor("security_officer")
    secret = accounts.make_link(user, by=by, at=clock(), reason="忘记密码")
    assert is_in(client)
    send(Client(), f"/link/{secret}/", {"password": "Hai-Lu-Yu-99", "again": "Hai-Lu-Yu-99"})
    assert not is_in(client)


def test_one_sees_and_ends_ones_own_sessions(door: Door) -> None:
    door.ready("liaison")
    here, there = door.inside("liaison"), door.inside("liaison")
    rows = here.get("/account/sessions/").context["rows"]
    elsewhere = [session.pk for session, this in rows if not this]
    assert (len(rows), len(elsewhere)) == (2, 1)
    here.post("/account/sessions/end/", {"session": elsewhere[0]})
    assert (is_in(here), is_in(there)) == (True, False)
    assert entries("session.ended_elsewhere") == [("liaison", "done", "")]


def test_one_ends_all_other_sessions(door: Door) -> None:
    door.ready("liaison")
    here, *others = [door.inside("liaison") for _turn in range(3)]
    here.post("/account/sessions/end-others/")
    assert (is_in(here), [is_in(other) for other in others]) == (True, [False, False])


def test_T22_nobody_ends_another_persons_session(door: Door) -> None:
    door.ready("liaison")
    door.ready("other_liaison")
    victim, attacker = door.inside("liaison"), door.inside("other_liaison")
    wanted = Session.objects.get(user=door.world.posts["liaison"].user)
    answer = attacker.post("/account/sessions/end/", {"session": wanted.pk})
    assert (answer.status_code, is_in(victim)) == (404, True)


def test_T27_a_post_that_ended_gives_no_rights_on_the_next_request(world: World) -> None:
    client = world.client("office")
    assert client.get("/contacts/").status_code == 200
    yesterday = clock().date() - dt.timedelta(days=2)
    by = world.actor("security_officer")
    posts.end(world.posts["office"], by=by, at=clock(), last_day=yesterday, reason="调离")
    assert client.get("/contacts/").status_code == 403


def test_T27_whoever_is_moved_sees_the_new_department_only(world: World) -> None:
    Post.objects.filter(pk=world.posts["liaison"].pk).update(
        department=world.departments["u02", "市监局"]
    )
    world.posts["liaison"].refresh_from_db()
    seen = [each.unit.code for each in visible_units(world.actor("liaison"), world.cycle)]
    assert seen == ["u02"]


def test_one_changes_between_ones_own_posts(world: World) -> None:
    user = world.posts["liaison"].user
    other = Post.objects.create(
        user=user, role="unit_office", unit=world.units[0], first_day=dt.date(2017, 1, 1)
    )
    client = world.client("liaison")
    assert client.post("/account/post/", {"post": other.pk})["Location"] == "/"
    assert client.get(PAGE).context["actor"].post == other
    assert entries("post.chosen") == [("liaison", "done", "")]


def test_T22_nobody_acts_in_another_persons_post(world: World) -> None:
    client = world.client("liaison")
    answer = client.post("/account/post/", {"post": world.posts["office"].pk})
    assert (answer.status_code, client.session["post"]) == (404, world.posts["liaison"].pk)
    forged = client.session
    forged["post"] = world.posts["office"].pk
    forged.save()
    assert client.get(PAGE).context["actor"].post == world.posts["liaison"]


def test_T41_no_copy_of_the_database_opens_a_session(world: World) -> None:
    client = world.client("liaison")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    row = Session.objects.get()
    assert (row.pk, row.user) == (kept(key), world.posts["liaison"].user)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.pk
    assert not is_in(thief)


@pytest.mark.django_db
def test_a_session_store_finds_changes_and_forgets() -> None:
    store = SessionStore()
    store["colour"] = "蓝"
    store.save()
    key = store.session_key or ""
    assert SessionStore(key)["colour"] == "蓝"
    assert SessionStore(key).exists(key)
    SessionStore(key).delete()
    assert SessionStore(key).load() == {}
    assert SessionStore().get(SESSION_KEY) is None


def test_sessions_that_are_over_are_swept_away_at_the_next_sign_in(door: Door) -> None:
    door.ready("liaison")
    door.inside("liaison")
    Session.objects.update(expire_date=NOW)
    door.inside("liaison")
    assert Session.objects.count() == 1
