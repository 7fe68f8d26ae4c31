"""Posts: given, ended, and handed over with what hangs on them."""

import datetime as dt
import json

import pytest
from django.test import Client

from kaohe_web.audit.models import Entry
from kaohe_web.errors import Invalid, NotAllowed, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify
from kaohe_web.jobs.queries import notices
from kaohe_web.pages.people.wording import HANGING
from kaohe_web.people import posts
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Handover, Post, Role, User
from kaohe_web.people.posts import NewPost
from people.door import Door, entries
from world import NOW, World

TODAY = dt.date(2017, 10, 20)


@pytest.fixture
def taker(world: World) -> User:
    """Somebody without a post who can take one."""
    assert world.posts
    return User.objects.create(login="taker", name="接任者（示例）", password="x", made_at=NOW)


def test_a_post_is_given_and_recorded(world: World, taker: User) -> None:
    by = world.actor("security_officer")
    wanted = NewPost(Role.UNIT_OFFICE, TODAY, unit=world.units[1])
    given = posts.give(taker, by=by, at=NOW, post=wanted)
    entry = Entry.objects.get(what="post.given")
    assert (given.title, entry.object_name, json.loads(entry.details)) == (
        "城西区（示例） · 被考核单位质强办",
        "城西区（示例） · 被考核单位质强办",
        {"login": "taker", "first_day": "2017-10-20", "last_day": ""},
    )


@pytest.mark.parametrize(
    ("role", "bodies", "told"),
    [
        (Role.LIAISON, (), "联络员要选明是哪个部门的"),
        (Role.UNIT_OFFICE, (), "被考核单位质强办要选明是哪个单位的"),
        (Role.PROVIDER, (), "数据提供单位要选明是哪个数据提供单位的"),
        (Role.OFFICE, ("unit",), "考核办不属于哪个单位；请把这一栏留空"),
        (Role.LEADER, ("provider",), "领导小组不属于哪个数据提供单位；请把这一栏留空"),
        (Role.AUDIT_OFFICER, ("department",), "审计管理员不属于哪个部门；请把这一栏留空"),
    ],
)
def test_a_post_has_the_body_of_its_role_and_no_other(
    world: World, role: Role, bodies: tuple[str, ...], told: str
) -> None:
    held = {
        "unit": world.units[0],
        "department": world.departments["u01", "市监局"],
        "provider": world.provider,
    }
    wanted = NewPost(role, TODAY, **{name: held[name] for name in bodies})  # type: ignore[arg-type]  # what is held
    assert posts.faults(wanted, NOW) == [told]


def test_the_same_post_is_not_given_twice(world: World) -> None:
    by, post = world.actor("security_officer"), world.posts["liaison"]
    wanted = NewPost(Role.LIAISON, TODAY, department=post.department)
    with pytest.raises(WrongState, match="同期已任“城东区（示例） · 市监局 · 联络员”，不必重复"):
        posts.give(post.user, by=by, at=NOW, post=wanted)


def test_a_post_ends_on_its_last_day(world: World) -> None:
    by, post = world.actor("security_officer"), world.posts["liaison"]
    ended = posts.end(post, by=by, at=NOW, last_day=TODAY, reason="调离")
    days = [TODAY, TODAY + dt.timedelta(days=1)]
    assert [ended.holds_on(day) for day in days] == [True, False]
    assert entries("post.ended") == [("security_officer", "done", "调离")]
    with pytest.raises(Invalid, match="结束日期早于岗位开始的 2017-01-01"):
        posts.end(post, by=by, at=NOW, last_day=dt.date(2016, 12, 30), reason="写错")


def test_a_handover_moves_the_post_with_everything_on_it(world: World, taker: User) -> None:
    by, post = world.actor("security_officer"), world.posts["assessor"]
    giver = post.user
    notify([post], kind=Notice.Kind.TODO, title="请评审", at=NOW, key="review:1")
    receipt = posts.hand_over(post, to=taker, by=by, at=NOW, reason="退休")
    post.refresh_from_db()
    moved = {"jobs.notice": "1", "review.assignment": "3"}
    assert (post.user, json.loads(receipt.moved)) == (taker, moved)
    assert [notice.title for notice in notices(Actor(taker, post))] == ["请评审"]
    assert post.assignments.count() == 3
    entry = Entry.objects.get(what="post.handed_over")
    assert (entry.reason, json.loads(entry.details)) == (
        "退休",
        {"from": giver.login, "to": "taker", "moved": moved},
    )


def test_the_receipt_is_shown_to_both_persons_and_the_security_officer(
    world: World, taker: User
) -> None:
    by, post = world.actor("security_officer"), world.posts["liaison"]
    Post.objects.create(user=post.user, role=Role.LEADER, first_day=dt.date(2017, 1, 1))
    receipt = posts.hand_over(post, to=taker, by=by, at=NOW, reason="退休")
    path = f"/account/handovers/{receipt.pk}/"
    world.posts["giver"] = post.user.posts.get()
    world.posts["taker"] = taker.posts.get()
    names = ("security_officer", "giver", "taker", "foreign_liaison", "office")
    seen = {name: world.client(name).get(path).status_code for name in names}
    assert seen == {
        "security_officer": 200,
        "giver": 200,
        "taker": 200,
        "foreign_liaison": 404,
        "office": 404,
    }


def test_a_handover_by_the_pages(world: World, taker: User) -> None:
    client, post = world.client("security_officer"), world.posts["liaison"]
    assert client.get(f"/posts/{post.pk}/hand-over/").status_code == 200
    answer = client.post(f"/posts/{post.pk}/hand-over/confirm/", {"to": taker.pk, "reason": "退休"})
    receipt = Handover.objects.get()
    assert answer["Location"] == f"/account/handovers/{receipt.pk}/"
    assert (receipt.giver.login, receipt.taker.login) == ("liaison", "taker")


def test_who_is_disabled_or_holds_the_post_already_takes_nothing(world: World, taker: User) -> None:
    by, post = world.actor("security_officer"), world.posts["liaison"]
    with pytest.raises(WrongState, match="接收人就是现在的任职人"):
        posts.hand_over(post, to=post.user, by=by, at=NOW, reason="误选")
    User.objects.filter(pk=taker.pk).update(is_active=False)
    with pytest.raises(WrongState, match="接任者（示例）的账号已停用，不能接收岗位"):
        posts.hand_over(post, to=taker, by=by, at=NOW, reason="退休")
    assert Handover.objects.count() == 0


def test_T27_whoever_handed_over_is_out_and_the_taker_in_on_the_next_request(
    door: Door, taker: User
) -> None:
    world = door.world
    client = world.client("liaison")
    assert client.get("/contacts/").status_code == 200
    by = world.actor("security_officer")
    posts.hand_over(world.posts["liaison"], to=taker, by=by, at=NOW, reason="退休")
    assert client.get("/contacts/").status_code == 403
    world.posts["taker"] = taker.posts.get()
    assert world.client("taker").get("/contacts/").status_code == 200


@pytest.mark.parametrize("name", ["office", "system_officer", "liaison"])
def test_T24_nobody_else_gives_or_moves_posts(world: World, name: str, taker: User) -> None:
    by = world.actor(name)
    with pytest.raises(NotAllowed):
        posts.give(by.user, by=by, at=NOW, post=NewPost(Role.OFFICE, TODAY))
    with pytest.raises(NotAllowed):
        posts.hand_over(world.posts["leader"], to=taker, by=by, at=NOW, reason="越权")
    assert (
        world.client(name).get(f"/posts/{world.posts['leader'].pk}/hand-over/").status_code == 403
    )


def test_whatever_can_hang_on_a_post_has_words() -> None:
    related = Post._meta.related_objects  # noqa: SLF001 -- Django's own public name
    tables = {each.related_model._meta.label_lower for each in related}  # noqa: SLF001 -- the same
    assert tables - HANGING.keys() == {"people.handover"}


def test_nobody_is_signed_in_by_a_handover_page(client: Client) -> None:
    assert client.get("/account/handovers/1/").status_code == 302
