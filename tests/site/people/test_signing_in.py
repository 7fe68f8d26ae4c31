"""Signing in: passwords, lock-out, what strangers are told, and from where."""

import datetime as dt
import statistics
import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from kaohe_web.people.models import SignInFailure, User
from people.door import PASSWORD, Door, clock, entries, send
from world import World

WRONG = "用户名或密码不对；连续 5 次不对，将锁定 30 分钟"


def told(answer: Any) -> list[str]:
    """What a form says that is wrong."""
    return [str(fault) for faults in answer.context["form"].errors.values() for fault in faults]


def test_login_and_password_let_in_and_leave_an_entry(door: Door) -> None:
    user = door.ready("liaison")
    client = door.inside("Liaison")
    user.refresh_from_db()
    assert (client.get("/account/").status_code, user.seen_at is None) == (200, False)
    assert entries("session.begun") == [("liaison", "done", "")]


def test_T34_an_unknown_login_is_told_what_a_wrong_password_is_told(door: Door) -> None:
    door.ready("liaison")
    answers = [door.password("liaison", "nonsense-1"), door.password("nobody", "nonsense-1")]
    assert [(answer.status_code, told(answer)) for answer in answers] == [(422, [WRONG])] * 2
    assert entries("session.begun") == [("liaison", "refused", WRONG), ("", "refused", WRONG)]


def test_T34_an_unknown_login_takes_as_long_as_a_wrong_password(door: Door) -> None:
    door.ready("liaison")

    def cost(login: str, turn: int) -> float:
        begun = time.process_time()
        door.password(login, "nonsense-1", address=f"10.9.{turn}.1")
        return time.process_time() - begun

    costs = [(cost("liaison", turn), cost(f"nobody{turn}", turn)) for turn in range(9)]
    known, unknown = (statistics.median(each) for each in zip(*costs, strict=True))
    assert 2 / 3 < known / unknown < 3 / 2


def test_T34_what_nobody_has_as_a_login_is_not_written_down(door: Door) -> None:
    door.password("My-Secret-Password-1", "x")
    failure = SignInFailure.objects.get()
    assert (len(failure.login), "secret" in failure.login) == (64, False)


def test_T34_the_sixth_try_is_locked_even_with_the_right_password(door: Door) -> None:
    door.ready("liaison")
    start = dt.datetime(2026, 11, 22, 1, 0, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        User.objects.update(password_at=start, enabled_at=start)
        for _turn in range(5):
            door.password("liaison", "nonsense-1")
        answer = door.password("liaison")
    locked = "连续 5 次不对，已锁定到 09:30；到时再试，急用的请安全管理员解锁"
    assert told(answer) == [locked]
    assert entries("session.begun")[-1] == ("liaison", "refused", locked)


def test_T34_an_attacker_elsewhere_does_not_lock_the_person_out(door: Door) -> None:
    door.ready("liaison")
    for _turn in range(6):
        door.password("liaison", "nonsense-1", address="203.0.113.9")
    door.inside("liaison", address="10.1.1.1")


def test_T34_nor_does_one_person_lock_their_office_out(door: Door) -> None:
    door.ready("liaison")
    for _turn in range(6):
        door.password("other_liaison", "nonsense-1")
    door.inside("liaison")


def test_T34_the_lock_ends_after_thirty_minutes(door: Door) -> None:
    door.ready("liaison")
    start = clock()
    with time_machine.travel(start, tick=False) as clock_hands:
        for _turn in range(5):
            door.password("liaison", "nonsense-1")
        clock_hands.shift(dt.timedelta(minutes=29, seconds=59))
        assert door.password("liaison").status_code == 422
        clock_hands.shift(dt.timedelta(seconds=1))
        door.inside("liaison")
    assert not SignInFailure.objects.exists()


def test_T34_the_security_officer_unlocks(door: Door) -> None:
    user = door.ready("liaison")
    for _turn in range(5):
        door.password("liaison", "nonsense-1")
    page = door.world.client("security_officer").get(f"/people/{user.pk}/")
    assert [address for address, _until in page.context["locks"]] == ["10.1.1.1"]
    door.world.client("security_officer").post(f"/people/{user.pk}/unlock/")
    door.inside("liaison")
    assert entries("account.unlocked") == [("security_officer", "done", "")]


def test_T34_four_slips_and_the_right_password_forgive_each_other(door: Door) -> None:
    door.ready("liaison")
    for _round in range(2):
        for _turn in range(4):
            door.password("liaison", "nonsense-1")
        door.inside("liaison")


def test_T38_an_expired_account_is_refused(door: Door) -> None:
    user = door.ready("liaison")
    User.objects.filter(pk=user.pk).update(expires_on=dt.date(2026, 1, 31))
    sentence = "账号已于 2026-01-31 到期；要继续使用，请联系安全管理员"
    assert told(door.password("liaison")) == [sentence]
    assert entries("session.begun") == [("liaison", "refused", sentence)]


def test_T38_a_disabled_account_is_refused(door: Door) -> None:
    user = door.ready("liaison")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert told(door.password("liaison")) == ["账号已停用；要恢复使用，请联系安全管理员"]


def idle(user: User) -> None:
    """Nobody has used the account for a hundred days."""
    long_ago = clock() - dt.timedelta(days=100)
    User.objects.filter(pk=user.pk).update(made_at=long_ago, seen_at=long_ago, enabled_at=None)


def test_T38_an_idle_account_sleeps_until_the_security_officer_enables_it(door: Door) -> None:
    user = door.ready("liaison")
    idle(user)
    assert told(door.password("liaison")) == [
        "账号超过 90 天没有使用，已暂停；请联系安全管理员启用"
    ]
    officer = door.world.client("security_officer")
    officer.post(f"/people/{user.pk}/enable/", {"reason": "新年度开始"})
    door.inside("liaison")


def test_T38_a_security_officer_never_sleeps(door: Door) -> None:
    idle(door.ready("security_officer", totp=True))
    answer = door.password("security_officer")
    assert (answer.status_code, answer["Location"]) == (302, "/login/second-factor/")


def test_an_idle_account_does_not_sleep_in_the_other_profile(door: Door, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"profile": "asvs"})
    idle(door.ready("liaison"))
    door.inside("liaison")


def test_an_account_without_a_post_is_told_whom_to_ask(door: Door) -> None:
    door.ready("liaison")
    door.world.posts["liaison"].delete()
    sentence = "账号现在没有岗位，进入后无事可办；请联系安全管理员"
    assert told(door.password("liaison")) == [sentence]


@pytest.fixture
def office_network(settings: Any) -> None:
    """Officers and the office come from one network only."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"officer_networks": ("10.1.0.0/16",)}
    )


@pytest.mark.usefixtures("office_network")
@pytest.mark.parametrize(
    ("name", "address", "status"),
    [
        ("office", "10.1.2.3", 302),
        ("office", "::ffff:10.1.2.3", 302),
        ("office", "203.0.113.9", 422),
        ("audit_officer", "203.0.113.9", 422),
        ("liaison", "203.0.113.9", 302),
    ],
)
def test_T39_officers_and_the_office_sign_in_from_their_networks_only(
    door: Door, name: str, address: str, status: int
) -> None:
    door.ready(name, totp=name == "audit_officer")
    assert door.password(name, address=address).status_code == status


@pytest.mark.usefixtures("office_network")
def test_T39_a_session_carried_elsewhere_ends(door: Door) -> None:
    door.ready("office")
    client = door.inside("office", address="10.1.2.3")
    assert client.get("/account/", REMOTE_ADDR="10.1.9.9").status_code == 200
    assert client.get("/account/", REMOTE_ADDR="203.0.113.9").status_code == 302
    assert client.get("/account/", REMOTE_ADDR="10.1.2.3").status_code == 302


@pytest.mark.usefixtures("office_network")
def test_T39_a_forged_forwarded_address_is_not_believed(door: Door) -> None:
    door.ready("office")
    answer = send(
        Client(),
        "/login/",
        {"login": "office", "password": PASSWORD},
        REMOTE_ADDR="203.0.113.9",
        HTTP_X_FORWARDED_FOR="10.1.2.3",
    )
    assert told(answer) == ["您的岗位只能从规定的网络登录；请在办公网络内登录，或联系系统管理员"]


@pytest.mark.parametrize("wanted", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(door: Door, wanted: str) -> None:
    door.ready("liaison")
    answer = send(Client(), f"/login/?next={wanted}", {"login": "liaison", "password": PASSWORD})
    assert answer["Location"] == "/"


def test_signing_in_leads_to_the_page_that_was_asked_for(door: Door) -> None:
    door.ready("liaison")
    client = Client()
    asked = client.get("/contacts/")
    answer = send(client, asked["Location"], {"login": "liaison", "password": PASSWORD})
    assert (asked["Location"], answer["Location"]) == ("/login/?next=/contacts/", "/contacts/")


def test_an_old_password_is_changed_on_the_way_in(door: Door) -> None:
    user = door.ready("liaison")
    User.objects.filter(pk=user.pk).update(password_at=clock() - dt.timedelta(days=91))
    client = Client()
    assert door.password("liaison", client=client)["Location"] == "/login/new-password/"
    assert client.get("/account/").status_code == 302
    same = send(client, "/login/new-password/", {"password": PASSWORD, "again": PASSWORD})
    assert told(same) == ["与最近 5 个密码之一相同；请换一个新的"]
    fresh = {"password": "Hai-Lu-Yu-99", "again": "Hai-Lu-Yu-99"}
    assert send(client, "/login/new-password/", fresh)["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert entries("password.changed") == [("liaison", "done", "")]


def test_the_steps_in_between_last_ten_minutes(door: Door) -> None:
    door.ready("assessor", totp=True)
    client = Client()
    with time_machine.travel(clock(), tick=False) as clock_hands:
        door.password("assessor", client=client)
        clock_hands.shift(dt.timedelta(minutes=10))
        assert client.get("/login/second-factor/").status_code == 200
        clock_hands.shift(dt.timedelta(seconds=1))
        assert client.get("/login/second-factor/")["Location"] == "/login/"


def test_whoever_is_signed_in_is_not_asked_again(world: World) -> None:
    assert world.client("liaison").get("/login/")["Location"] == "/"


@pytest.mark.django_db
def test_pages_before_signing_in_are_never_kept_by_the_browser(client: Client) -> None:
    assert client.get("/login/")["Cache-Control"] == "no-store"
