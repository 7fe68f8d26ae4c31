"""T36: the second factor; nobody who must have one gets in without it."""

import datetime as dt

import pyotp
import pytest
import time_machine
from django.test import Client

from kaohe_web.errors import Invalid
from kaohe_web.people import second_factor
from kaohe_web.people.models import SECOND_FACTOR, Post, Role, User
from people.door import PASSWORD, Door, clock, entries, send
from world import NOW, World

FORM = "/login/second-factor/"
WRONG = second_factor.wrong_code()


def code_of(user: User, *, late: int = 0) -> str:
    """The code that the person's telephone shows, so many seconds late."""
    return pyotp.TOTP(user.totp).at(clock() - dt.timedelta(seconds=late))


def at_the_code(door: Door, name: str) -> Client:
    """A browser that has given login and password."""
    client = Client(REMOTE_ADDR="10.1.1.1")
    assert door.password(name, client=client)["Location"] == FORM
    return client


@pytest.mark.parametrize("role", SECOND_FACTOR)
def test_T36_officers_and_assessors_set_up_a_second_factor_before_they_get_in(
    door: Door, role: Role
) -> None:
    user = door.ready(role)
    client = at_the_code(door, role)
    page = client.get(FORM)
    secret = page.context["secret"]
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert client.get("/account/")["Location"] == "/login/?next=/account/"
    done = send(client, FORM, {"code": pyotp.TOTP(secret).at(clock())})
    user.refresh_from_db()
    assert (len(done.context["codes"]), done.context["href"], user.totp) == (10, "/", secret)
    assert client.get("/account/").status_code == 200
    assert entries("second_factor.set_up") == [(role, "done", "")]


def test_T36_a_code_lets_in_and_works_once(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    client, replayed = at_the_code(door, "assessor"), at_the_code(door, "assessor")
    with time_machine.travel(clock(), tick=False):
        code = code_of(user)
        assert send(client, FORM, {"code": code})["Location"] == "/"
        again = send(replayed, FORM, {"code": code})
    assert again.context["form"].errors["code"] == [WRONG]
    assert replayed.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("late", "right"), [(60, False), (30, True), (0, True), (-30, True), (-60, False)]
)
def test_T57_a_telephone_may_be_thirty_seconds_early_or_late(late: int, right: bool) -> None:  # noqa: FBT001 -- the table's answer
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(NOW - dt.timedelta(seconds=late))
    assert (second_factor.step_of(secret, code, NOW) is not None) is right


def test_T36_an_earlier_code_is_dead_once_a_later_one_was_used(world: World) -> None:
    user = world.posts["assessor"].user
    user.totp = pyotp.random_base32()
    user.save()
    totp = pyotp.TOTP(user.totp)
    earlier = totp.at(NOW - dt.timedelta(seconds=30))
    assert second_factor.use(user, totp.at(NOW), NOW) == "totp"
    assert second_factor.use(user, earlier, NOW) == ""


def test_T36_a_recovery_code_stands_in_once(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    (code, *_others) = second_factor.renew_recovery_codes(user)
    client, again = at_the_code(door, "assessor"), at_the_code(door, "assessor")
    typed = code.upper().replace("-", " ")
    assert send(client, FORM, {"code": typed})["Location"] == "/"
    assert send(again, FORM, {"code": code}).status_code == 422
    assert user.recovery_codes.filter(used_at=None).count() == 9


def test_T36_five_wrong_codes_lock_and_a_right_password_does_not_unlock(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    for _turn in range(5):
        send(at_the_code(door, "assessor"), FORM, {"code": "000000"})
    assert door.password("assessor").status_code == 422
    client = Client(REMOTE_ADDR="10.1.1.2")
    door.password("assessor", client=client, address="10.1.1.2")
    assert send(client, FORM, {"code": code_of(user)})["Location"] == "/"


def test_T36_a_new_password_by_link_does_not_skip_the_second_factor(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    officer = door.world.client("security_officer")
    made = officer.post(f"/people/{user.pk}/link/", {"reason": "本人忘记密码"})
    new = {"password": "Hai-Lu-Yu-99", "again": "Hai-Lu-Yu-99"}
    client = Client(REMOTE_ADDR="10.1.1.1")
    assert send(client, made.context["href"], new)["Location"] == "/login/"
    assert client.get("/account/").status_code == 302
    assert door.password("assessor", "Hai-Lu-Yu-99", client=client)["Location"] == FORM
    assert client.get("/account/").status_code == 302


def test_T36_an_old_password_is_changed_only_after_the_second_factor(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    User.objects.filter(pk=user.pk).update(password_at=clock() - dt.timedelta(days=91))
    client = at_the_code(door, "assessor")
    assert client.get("/login/new-password/")["Location"] == FORM
    assert send(client, FORM, {"code": code_of(user)})["Location"] == "/login/new-password/"


def test_T36_a_session_without_second_factor_ends_when_a_post_comes_to_need_one(
    door: Door,
) -> None:
    user = door.ready("liaison")
    client = door.inside("liaison")
    Post.objects.create(user=user, role=Role.ASSESSOR, first_day=dt.date(2017, 1, 1))
    assert client.get("/account/").status_code == 302
    assert door.password("liaison")["Location"] == FORM


def test_whoever_need_not_may_have_a_second_factor_too(door: Door) -> None:
    user = door.ready("liaison", totp=True)
    client = at_the_code(door, "liaison")
    assert send(client, FORM, {"code": code_of(user)})["Location"] == "/"


def test_a_new_telephone_takes_password_and_code_of_the_old_one(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    old = user.totp
    client = door.world.client("assessor")
    missing = client.post("/account/second-factor/begin/", {"password": PASSWORD, "code": "000000"})
    assert missing.context["form"].errors["code"] == [WRONG]
    page = client.post(
        "/account/second-factor/begin/", {"password": PASSWORD, "code": code_of(user)}
    )
    new = page.context["secret"]
    done = client.post("/account/second-factor/set/", {"code": pyotp.TOTP(new).at(clock())})
    user.refresh_from_db()
    assert (len(done.context["codes"]), user.totp == new, old == new) == (10, True, False)


def test_new_recovery_codes_take_the_password(door: Door) -> None:
    user = door.ready("assessor", totp=True)
    client = door.world.client("assessor")
    client.post("/account/recovery-codes/", {"password": "nonsense-1"})
    assert user.recovery_codes.count() == 0
    shown = client.post("/account/recovery-codes/", {"password": PASSWORD}).context["codes"]
    assert (len(shown), user.recovery_codes.count()) == (10, 10)
    assert entries("recovery_codes.renewed") == [("assessor", "done", "")]


def test_a_second_factor_is_not_taken_without_its_code(world: World) -> None:
    by = world.actor("liaison")
    with pytest.raises(Invalid):
        second_factor.set_up(
            by.user, by=by, at=NOW, secret=pyotp.random_base32(), code="not a code"
        )
    by.user.refresh_from_db()
    assert by.user.totp == ""
    assert entries("second_factor.set_up") == [("liaison", "refused", WRONG)]
