"""One-time links: invitations, resets, and the first account of an empty installation."""

import datetime as dt

import pytest
from django.test import Client

from kaohe_web.errors import WrongState
from kaohe_web.people import accounts, first_admin, links
from kaohe_web.people.actor import Origin
from kaohe_web.people.models import Link, Post, Role, User
from people.door import PASSWORD, clock, entries, send
from world import NOW, World

NEW = {"password": PASSWORD, "again": PASSWORD}
ORIGIN = Origin("10.1.1.1", "test")
OVER = links.over()


def made(world: World) -> str:
    """A link for the liaison."""
    by = world.actor("security_officer")
    user = world.posts["liaison"].user
    return accounts.make_link(user, by=by, at=clock(), reason="新任联络员")


def test_a_link_sets_a_password_once(world: World) -> None:
    secret = made(world)
    assert Client().get(f"/link/{secret}/").status_code == 200
    assert send(Client(), f"/link/{secret}/", NEW)["Location"] == "/login/"
    assert send(Client(), f"/link/{secret}/", NEW).status_code == 404
    user = User.objects.get(login="liaison")
    assert user.check_password(PASSWORD)
    assert entries("link.used") == [("liaison", "done", "")]


def test_of_two_at_once_only_one_uses_a_link(world: World) -> None:
    secret = made(world)
    links.take(secret, clock())
    with pytest.raises(WrongState, match="链接无效"):
        links.use(secret, password=PASSWORD, origin=ORIGIN, at=clock())


@pytest.mark.parametrize(("hours", "found"), [(0, True), (71, True), (72, False)])
def test_a_link_lasts_seventy_two_hours(world: World, hours: int, found: bool) -> None:  # noqa: FBT001 -- the table's answer
    secret = links.make(world.posts["liaison"].user, NOW)
    assert (links.find(secret, NOW + dt.timedelta(hours=hours)) is not None) is found


def test_a_new_link_ends_the_one_before(world: World) -> None:
    first, second = made(world), made(world)
    assert [links.find(each, clock()) is None for each in (first, second)] == [True, False]


def test_T38_the_link_of_a_disabled_account_is_over(world: World) -> None:
    secret = made(world)
    User.objects.filter(login="liaison").update(is_active=False)
    page = Client().get(f"/link/{secret}/")
    assert (page.status_code, page.context["sentence"]) == (404, OVER)


def test_a_bad_password_does_not_use_the_link_up(world: World) -> None:
    secret = made(world)
    assert send(Client(), f"/link/{secret}/", {"password": "x", "again": "x"}).status_code == 422
    assert links.find(secret, clock()) is not None


def test_T41_only_the_hash_of_a_link_is_kept(world: World) -> None:
    secret = made(world)
    link = Link.objects.get()
    assert (len(link.digest), secret in link.digest) == (64, False)


FIRST = {"login": "anquan", "name": "安全管理员（示例）", "password": PASSWORD, "again": PASSWORD}


@pytest.mark.django_db
def test_T37_an_empty_installation_has_no_account_and_one_link_to_make_the_first() -> None:
    path = first_admin.first_link(clock())
    assert (User.objects.count(), path is not None and path.startswith("/link/")) == (0, True)


@pytest.mark.django_db
def test_T37_the_first_link_makes_a_security_officer_once() -> None:
    path = first_admin.first_link(clock())
    assert path is not None
    assert Client().get(path).status_code == 200
    assert send(Client(), path, FIRST)["Location"] == "/login/"
    post = Post.objects.get()
    assert (post.user.login, post.role) == ("anquan", Role.SECURITY_OFFICER)
    assert send(Client(), path, {**FIRST, "login": "second"}).status_code == 404
    assert User.objects.count() == 1
    assert entries("installation.begun") == [("anquan", "done", "")]


@pytest.mark.django_db
def test_T37_the_first_officer_cannot_get_in_without_a_second_factor() -> None:
    path = first_admin.first_link(clock())
    assert path is not None
    send(Client(), path, FIRST)
    client = Client()
    answer = send(client, "/login/", {"login": "anquan", "password": PASSWORD})
    assert answer["Location"] == "/login/second-factor/"
    assert client.get("/people/").status_code == 302


@pytest.mark.django_db
def test_T37_only_the_latest_first_link_works() -> None:
    first, second = (first_admin.first_link(clock()) for _turn in range(2))
    assert [Client().get(path or "").status_code for path in (first, second)] == [404, 200]


def test_T37_once_there_is_an_account_there_is_no_first_link(world: World) -> None:
    assert world.posts
    assert first_admin.first_link(NOW) is None


def test_T37_a_first_link_from_before_makes_nobody_once_there_is_an_account(
    world: World,
) -> None:
    secret = links.make(None, NOW)
    with pytest.raises(WrongState, match="本系统已有账号"):
        first_admin.begin(
            secret, login="anquan2", name="某人", password=PASSWORD, origin=ORIGIN, at=NOW
        )
    assert not User.objects.filter(login="anquan2").exists()
    assert world.posts


@pytest.mark.django_db
def test_the_first_account_does_not_take_a_password_made_of_its_login() -> None:
    path = first_admin.first_link(clock())
    assert path is not None
    own = {**FIRST, "password": "Anquan-Lu-88", "again": "Anquan-Lu-88"}
    answer = send(Client(), path, own)
    assert answer.context["form"].errors["password"] == [
        "含有“anquan”，知道您和本系统的人容易猜到；请换一个"
    ]
