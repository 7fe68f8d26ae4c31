"""Accounts, as the security officer keeps them."""

import datetime as dt
import json

import pytest
from django.test import Client

from kaohe_web.audit.models import Entry
from kaohe_web.errors import Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.people import accounts, queries
from kaohe_web.people.account_states import WORDS, in_state, state_of
from kaohe_web.people.models import OFFICERS, Post, Role, User
from kaohe_web.people.posts import NewPost
from people.door import Door, entries, send
from world import NOW, World

TODAY = dt.date(2017, 10, 20)


def test_an_invitation_makes_an_account_with_its_post_and_a_link(world: World) -> None:
    by = world.actor("security_officer")
    post = NewPost(Role.LIAISON, TODAY, department=world.departments["u02", "市监局"])
    made = accounts.invite(
        None, by=by, at=NOW, login="Wang.Wu", name="联络员（示例）", post=post, expires_on=None
    )
    user = User.objects.get(login="wang.wu")
    assert (made.user, user.has_usable_password(), user.made_at) == (user, False, NOW)
    assert [held.title for held in user.posts.all()] == ["城西区（示例） · 市监局 · 联络员"]
    entry = Entry.objects.get(what="account.invited")
    assert (entry.login, entry.object_name, json.loads(entry.details)) == (
        "security_officer",
        "联络员（示例）（wang.wu）",
        {
            "post": "城西区（示例） · 市监局 · 联络员",
            "first_day": "2017-10-20",
            "last_day": "",
            "expires_on": "",
        },
    )
    assert made.secret not in entry.details


@pytest.mark.parametrize(
    ("login", "name", "told"),
    [
        ("LIAISON", "某人", ["用户名“liaison”已有人用；请换一个"]),
        (
            "zh\u0430ng",
            "某人",
            ["用户名里有英文字母以外的字（可能是形近字或全角字）；请只用英文字母、数字和 . _ -"],
        ),
        ("wang.wu", "某\u202e人", ["姓名有看不见的字符 U+202E；请删去它，重新键入"]),
    ],
)
def test_an_invitation_takes_good_and_new_names_only(
    world: World, login: str, name: str, told: list[str]
) -> None:
    by, before = world.actor("security_officer"), User.objects.count()
    with pytest.raises(Invalid) as refusal:
        accounts.invite(
            None, by=by, at=NOW, login=login, name=name, post=NewPost(Role.LEADER, TODAY)
        )
    assert (list(refusal.value.problems), User.objects.count()) == (told, before)
    assert [outcome for _login, outcome, _why in entries("account.invited")] == ["refused"]


def test_a_disabled_account_keeps_its_posts_and_loses_its_links(world: World) -> None:
    by, user = world.actor("security_officer"), world.posts["liaison"].user
    accounts.make_link(user, by=by, at=NOW, reason="新任")
    accounts.disable(user, by=by, at=NOW, reason="调离")
    user.refresh_from_db()
    assert (user.is_active, user.links.count(), user.posts.count()) == (False, 0, 1)
    assert entries("account.disabled") == [("security_officer", "done", "调离")]
    with pytest.raises(WrongState, match="账号已经停用"):
        accounts.disable(user, by=by, at=NOW, reason="再停一次")


def test_nobody_disables_themselves_or_clears_their_own_second_factor(world: World) -> None:
    by = world.actor("security_officer")
    with pytest.raises(WrongState, match="不能停用自己的账号"):
        accounts.disable(by.user, by=by, at=NOW, reason="误按")
    with pytest.raises(WrongState, match="不能清除自己的动态口令"):
        accounts.clear_second_factor(by.user, by=by, at=NOW, reason="丢失")


def test_a_cleared_second_factor_is_set_up_anew_at_the_next_sign_in(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    officer = door.world.client("security_officer")
    officer.post(f"/people/{user.pk}/clear-second-factor/", {"reason": "丢了手机"})
    user.refresh_from_db()
    assert (user.totp, user.recovery_codes.count()) == ("", 0)
    client = Client(REMOTE_ADDR="10.1.1.1")
    door.password("assessor", client=client)
    assert "secret" in client.get("/login/second-factor/").context
    assert entries("account.second_factor_cleared") == [("security_officer", "done", "丢了手机")]


def test_an_enabled_account_is_no_longer_idle(world: World) -> None:
    by, user = world.actor("security_officer"), world.posts["liaison"].user
    later = NOW + dt.timedelta(days=91)
    assert state_of(user, later) == "idle"
    enabled = accounts.enable(user, by=by, at=later, reason="新年度")
    assert state_of(enabled, later) == "active"


def test_an_expiry_date_is_set_lifted_and_recorded(world: World) -> None:
    by, user = world.actor("security_officer"), world.posts["liaison"].user
    accounts.set_expiry(user, by=by, at=NOW, expires_on=dt.date(2017, 12, 31))
    accounts.set_expiry(user, by=by, at=NOW, expires_on=None)
    details = Entry.objects.filter(what="account.expiry_set").values_list("details", flat=True)
    assert [json.loads(each) for each in details] == [
        {"before": "", "after": "2017-12-31"},
        {"before": "2017-12-31", "after": ""},
    ]


def test_a_name_is_corrected_and_both_are_recorded(world: World) -> None:
    by, user = world.actor("security_officer"), world.posts["liaison"].user
    accounts.rename(user, by=by, at=NOW, name=" 联络员乙（示例） ")
    user.refresh_from_db()
    entry = Entry.objects.get(what="account.renamed")
    assert (user.name, json.loads(entry.details)) == (
        "联络员乙（示例）",
        {"before": "联络员（示例）", "after": "联络员乙（示例）"},
    )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECURITY_OFFICER])
def test_T31_only_the_security_officer_keeps_accounts(world: World, role: str) -> None:
    name = {"unit_office": "unit_office", "liaison": "liaison"}.get(role, role)
    by, victim = world.actor(name), world.posts["foreign_liaison"].user
    assert list(queries.accounts(by)) == []
    with pytest.raises(NotAllowed):
        accounts.disable(victim, by=by, at=NOW, reason="越权")
    assert entries("account.disabled")[0][:2] == (name, "refused")
    assert world.client(name).get("/people/").status_code == 403


def test_T22_an_account_that_is_not_there_is_404_and_noted(world: World) -> None:
    client = world.client("security_officer")
    assert client.get("/people/987654/").status_code == 404
    assert [what[:2] for what in entries("page.refused")] == [("security_officer", "refused")]
    with pytest.raises(NotThere):
        accounts.unlock(User(pk=987654), by=world.actor("security_officer"), at=NOW)


def test_T23_an_invitation_does_not_take_fields_that_are_not_asked(world: World) -> None:
    client = world.client("security_officer")
    data = {
        "login": "wang.wu",
        "name": "领导（示例）",
        "role": "leader",
        "first_day": "2026-01-01",
        "is_active": "",
        "stamp": "99",
        "totp": "AAAA",
        "password": "argon2$x",
    }
    assert client.post("/people/invite/send/", data).status_code == 200
    user = User.objects.get(login="wang.wu")
    assert (user.is_active, user.stamp, user.totp, user.has_usable_password()) == (
        True,
        0,
        "",
        False,
    )


def test_the_link_of_an_invitation_is_shown_once_and_works(world: World) -> None:
    client = world.client("security_officer")
    data = {"login": "wang.wu", "name": "领导（示例）", "role": "leader", "first_day": "2026-01-01"}
    href = client.post("/people/invite/send/", data).context["href"]
    assert href.startswith("http://testserver/link/")
    new = {"password": "Hai-Lu-Yu-99", "again": "Hai-Lu-Yu-99"}
    assert send(Client(), href, new)["Location"] == "/login/"


def test_an_invitation_with_mistakes_comes_back_with_each_at_its_field(world: World) -> None:
    client = world.client("security_officer")
    answer = client.post(
        "/people/invite/send/",
        {"login": "liaison", "name": "", "role": "liaison", "first_day": "2026-01-01"},
    )
    assert (answer.status_code, dict(answer.context["form"].errors)) == (
        422,
        {"login": ["已有人用这个用户名；请换一个"], "name": ["这个字段是必填项。"]},
    )


def test_states_found_and_states_told_are_the_same(world: World) -> None:
    others = User.objects.exclude(posts__role__in=OFFICERS)
    users = list(others.order_by("pk"))
    ages = [dt.timedelta(days=days) for days in (0, 89, 91, 400)]
    for number, user in enumerate(users):
        user.is_active = number % 5 != 0
        user.expires_on = TODAY - dt.timedelta(days=1) if number % 7 == 1 else None
        user.made_at = NOW - ages[number % 4]
        user.seen_at = NOW - ages[number % 3] if number % 2 else None
        if number % 6 == 2:
            user.set_unusable_password()
        user.save()
    told = {state: {u.pk for u in users if state_of(u, NOW) == state} for state in WORDS}
    found = {
        state: set(in_state(others, state, NOW).values_list("pk", flat=True)) for state in WORDS
    }
    assert (found, world.cycle.pk is not None) == (told, True)
    assert {state for state, members in told.items() if members} == set(WORDS)


def test_every_refusal_is_told_in_a_sentence(world: World) -> None:
    by = world.actor("security_officer")
    user = world.posts["liaison"].user
    with pytest.raises(Invalid, match="到期日早于今天"):
        accounts.invite(
            None,
            by=by,
            at=NOW,
            login="new.one",
            name="某人",
            post=NewPost(Role.LEADER, TODAY),
            expires_on=dt.date(2017, 10, 19),
        )
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(WrongState, match="账号已停用或到期，链接不能用"):
        accounts.make_link(user, by=by, at=NOW, reason="新任")
    assert Post.objects.filter(user=user).exists()
