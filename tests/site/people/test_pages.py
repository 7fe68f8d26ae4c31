"""The pages of this room: reachable, quick with many rows, in both languages."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kaohe_web.jobs.account_todos import todos
from kaohe_web.people import sample_links
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Contact, Post, Role, User
from people.door import Door, clock, send
from world import NOW, World

Counted = Callable[[int], Any]


def many_accounts(number: int, world: World) -> None:
    """So many accounts, each with a post."""
    User.objects.exclude(pk__in=[post.user_id for post in world.posts.values()]).delete()
    for turn in range(number):
        user = User.objects.create(
            login=f"many{turn}", name=f"联络员{turn}（示例）", password="x", made_at=NOW
        )
        Post.objects.create(
            user=user,
            role=Role.LIAISON,
            department=world.departments["u02", "市监局"],
            first_day=dt.date(2017, 1, 1),
        )


def many_contacts(number: int, world: World) -> None:
    """So many people on the list."""
    Contact.objects.bulk_create(
        Contact(
            unit=world.units[0],
            body=world.units[0].name,
            name=f"联系人{turn}",
            mobile="13800138000",
        )
        for turn in range(number)
    )


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_of_accounts_takes_as_many_queries_for_one_as_for_fifty(
    world: World, number: int, django_assert_num_queries: Counted
) -> None:
    many_accounts(number, world)
    client = world.client("security_officer")
    client.get("/people/")
    with django_assert_num_queries(10):
        page = client.get("/people/", {"words": "many"})
    assert len(page.context["rows"]) == number


@pytest.mark.parametrize("number", [1, 50])
def test_the_contact_list_takes_as_many_queries_for_one_as_for_fifty(
    world: World, number: int, django_assert_num_queries: Counted
) -> None:
    many_contacts(number, world)
    client = world.client("office")
    client.get("/contacts/")
    with django_assert_num_queries(7):
        page = client.get("/contacts/")
    assert len(page.context["rows"]) == number


def test_the_list_of_accounts_is_filtered_by_the_address(world: World) -> None:
    client = world.client("security_officer")

    def logins(**narrowed: str) -> list[str]:
        return [row[0].login for row in client.get("/people/", narrowed).context["rows"]]

    assert logins(role="liaison") == ["foreign_liaison", "liaison", "other_liaison"]
    assert logins(words="审计") == ["audit_officer"]
    assert logins(state="disabled") == []
    assert len(logins(role="no such role")) == 14


OWN = ("/account/", "/account/password/", "/account/second-factor/", "/account/sessions/")
OFFICER = ("/people/", "/people/invite/")
CONTACTS = ("/contacts/", "/contacts/new/", "/contacts/import/", "/contacts/export/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("name", "paths"),
    [("security_officer", OWN + OFFICER), ("office", OWN + CONTACTS), ("liaison", OWN)],
)
def test_every_page_shows_in_both_languages(
    world: World, name: str, paths: tuple[str, ...], language: str
) -> None:
    client = world.client(name)
    send(client, "/language/", {"language": language, "next": "/account/"})
    shown = {path: client.get(path) for path in paths}
    assert {path: page.status_code for path, page in shown.items()} == dict.fromkeys(paths, 200)
    assert {page["Content-Language"] for page in shown.values()} == {language}


def test_the_page_of_an_account_shows_and_so_do_its_forms(world: World) -> None:
    client = world.client("security_officer")
    user, post = world.posts["liaison"].user, world.posts["liaison"]
    paths = (
        f"/people/{user.pk}/",
        f"/people/{user.pk}/posts/new/",
        f"/posts/{post.pk}/hand-over/",
    )
    assert [client.get(path).status_code for path in paths] == [200] * 3


def test_a_post_is_given_and_ended_by_the_pages(world: World) -> None:
    client, user = world.client("security_officer"), world.posts["leader"].user
    wrong = client.post(f"/people/{user.pk}/posts/give/", {"role": "office"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["first_day"])
    right = {"role": "office", "first_day": "2026-01-01"}
    assert client.post(f"/people/{user.pk}/posts/give/", right).status_code == 302
    given = user.posts.get(role="office")
    client.post(f"/posts/{given.pk}/end/", {"last_day": "2026-06-30", "reason": "期满"})
    given.refresh_from_db()
    assert given.last_day == dt.date(2026, 6, 30)
    refused = client.post(f"/posts/{given.pk}/end/", {"last_day": "", "reason": ""})
    assert (refused.status_code, "最后一天：这个字段是必填项。" in refused.content.decode()) == (
        422,
        True,
    )


def test_steps_on_an_account_by_the_pages(world: World) -> None:
    client, user = world.client("security_officer"), world.posts["liaison"].user
    steps = {
        "rename": {"name": "联络员乙（示例）"},
        "expiry": {"expires_on": "2030-12-31"},
        "disable": {"reason": "调离"},
        "enable": {"reason": "返岗"},
    }
    for verb, data in steps.items():
        answer = client.post(f"/people/{user.pk}/{verb}/", data)
        assert (verb, answer.status_code, answer["Location"]) == (verb, 302, f"/people/{user.pk}/")
    user.refresh_from_db()
    assert (user.name, user.expires_on, user.is_active) == (
        "联络员乙（示例）",
        dt.date(2030, 12, 31),
        True,
    )


def test_the_language_is_changed_by_whoever_is_not_signed_in(client: Client) -> None:
    answer = send(client, "/language/", {"language": "en", "next": "https://example.com/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.cookies["django_language"].value == "en"


@pytest.fixture
def sample(settings: Any) -> None:
    """This is the sample city."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"sample": True})


@pytest.mark.usefixtures("sample")
def test_a_sample_link_walks_in_as_each_role(world: World) -> None:
    found = sample_links.links()
    assert [link.title for link in found] == [
        world.posts[name].title
        for name in (
            "office",
            "unit_office",
            "liaison",
            "provider",
            "assessor",
            "leader",
            "system_officer",
            "security_officer",
            "audit_officer",
        )
    ]
    for link in found:
        client = Client()
        assert client.get(link.path)["Location"] == "/"
        assert client.get("/account/").context["actor"].title == link.title


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("token", ["1", "1-", "1-abc", "x-y", "²-0", "1-" + "0" * 32])
def test_T37_a_forged_sample_link_is_not_there(world: World, token: str) -> None:
    assert world.posts
    assert Client().get(f"/as/{token}").status_code == 404


def test_T37_outside_the_sample_city_no_sample_link_works(world: World) -> None:
    token = sample_links.token_of(world.posts["office"])
    client = Client()
    assert (sample_links.links(), client.get(f"/as/{token}").status_code) == ([], 404)
    assert client.get("/account/").status_code == 302


def test_T37_nor_where_others_can_reach_the_server(world: World, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"sample": True, "bind": "0.0.0.0:8000"}
    )
    token = sample_links.token_of(world.posts["office"])
    assert (sample_links.links(), Client().get(f"/as/{token}").status_code) == ([], 404)


def test_what_people_must_see_to_about_accounts(door: Door) -> None:
    officer = door.world.actor("security_officer")
    assert [(todo.title, todo.count) for todo in todos(officer, clock())] == [
        ("核对 90 天没有使用的账号", 14)
    ]
    user = door.ready("liaison")
    post = door.world.posts["liaison"]
    asked = [todos(Actor(user, post), clock() + dt.timedelta(days=days)) for days in (82, 83, 89)]
    assert [[todo.title for todo in each] for each in asked] == [
        [],
        ["更换登录密码"],
        ["更换登录密码"],
    ]
