"""T31: the three officers (三员) are apart from everything else, and one of each kind stays."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kaohe_web.errors import NotAllowed, WrongState
from kaohe_web.people import accounts, officers, posts
from kaohe_web.people.models import OFFICERS, Post, Role, User
from kaohe_web.people.posts import NewPost
from kaohe_web.people.rights import RIGHTS
from people.door import entries
from world import NOW, World

TODAY = dt.date(2017, 10, 20)
LAST = "the last officer of a kind stays"
APART = "an officer holds no other post"


def bodies(world: World, role: Role) -> dict[str, Any]:
    """The body that a post of a role needs."""
    needed: dict[Role, dict[str, Any]] = {
        Role.UNIT_OFFICE: {"unit": world.units[0]},
        Role.LIAISON: {"department": world.departments["u01", "市监局"]},
        Role.PROVIDER: {"provider": world.provider},
    }
    return needed.get(role, {})


@pytest.mark.parametrize("officer", OFFICERS)
def test_T31_nobody_is_given_an_officers_post_and_another(world: World, officer: Role) -> None:
    by, user = world.actor("security_officer"), world.posts[officer].user
    for other in Role:
        with pytest.raises(WrongState):
            posts.give(user, by=by, at=NOW, post=NewPost(other, TODAY, **bodies(world, other)))
    assert user.posts.count() == 1
    assert [outcome for _login, outcome, _why in entries("post.given")] == ["refused"] * len(Role)


@pytest.mark.parametrize("officer", OFFICERS)
def test_T31_the_database_refuses_it_too(world: World, officer: Role) -> None:
    user = world.posts[officer].user
    for other in Role:
        with pytest.raises(IntegrityError, match=APART), transaction.atomic():
            Post.objects.create(user=user, role=other, first_day=TODAY, **bodies(world, other))
    liaison = world.posts["liaison"]
    with pytest.raises(IntegrityError, match=APART), transaction.atomic():
        Post.objects.filter(pk=liaison.pk).update(user=user)


def test_T31_posts_one_after_the_other_go_together(world: World) -> None:
    by, liaison = world.actor("security_officer"), world.posts["liaison"]
    posts.end(liaison, by=by, at=NOW, last_day=dt.date(2017, 10, 19), reason="改任")
    posts.give(liaison.user, by=by, at=NOW, post=NewPost(Role.AUDIT_OFFICER, TODAY))
    held = Post.objects.filter(user=liaison.user)
    assert [post.role for post in held] == ["liaison", "audit_officer"]


def test_T31_an_officers_post_does_not_begin_in_the_future(world: World) -> None:
    by = world.actor("security_officer")
    wanted = NewPost(Role.AUDIT_OFFICER, TODAY + dt.timedelta(days=1))
    assert posts.faults(wanted, NOW) == ["审计管理员的岗位要从今天或更早开始；请改开始日期"]
    assert by.role == Role.SECURITY_OFFICER


@pytest.mark.parametrize("role", [Role.SYSTEM_OFFICER, Role.AUDIT_OFFICER])
def test_T31_the_last_officer_of_a_kind_is_neither_disabled_nor_ended(
    world: World, role: Role
) -> None:
    by, post = world.actor("security_officer"), world.posts[role]
    told = f"{post.user.name}是最后一位能登录的{role.label}"
    with pytest.raises(WrongState, match=told):
        accounts.disable(post.user, by=by, at=NOW, reason="调离")
    with pytest.raises(WrongState, match=told):
        accounts.set_expiry(post.user, by=by, at=NOW, expires_on=dt.date(2017, 12, 31))
    with pytest.raises(WrongState, match=told):
        posts.end(post, by=by, at=NOW, last_day=TODAY, reason="调离")
    assert [user.login for user in officers.standing(role)] == [role]


def test_T31_the_last_security_officer_does_not_hand_over_to_who_cannot_sign_in(
    world: World,
) -> None:
    by, post = world.actor("security_officer"), world.posts["security_officer"]
    taker = User.objects.create(login="new.one", name="接任者（示例）", password="!", made_at=NOW)
    with pytest.raises(WrongState, match="是最后一位能登录的安全管理员"):
        posts.hand_over(post, to=taker, by=by, at=NOW, reason="退休")
    taker.set_password("Shan-Lu-Yu-88")
    taker.save()
    posts.hand_over(post, to=taker, by=by, at=NOW, reason="退休")
    assert [user.login for user in officers.standing(Role.SECURITY_OFFICER)] == ["new.one"]


def test_T31_one_of_two_officers_may_go(world: World) -> None:
    by = world.actor("security_officer")
    second = User.objects.create(login="second", name="另一位（示例）", password="x", made_at=NOW)
    posts.give(second, by=by, at=NOW, post=NewPost(Role.AUDIT_OFFICER, TODAY))
    accounts.disable(world.posts["audit_officer"].user, by=by, at=NOW, reason="调离")
    assert [user.login for user in officers.standing(Role.AUDIT_OFFICER)] == ["second"]


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"expires_on": TODAY}, {"password": "!gone"}]
)
@pytest.mark.parametrize("role", OFFICERS)
def test_T31_the_database_keeps_the_last_officers_account(
    world: World, role: Role, change: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match=LAST), transaction.atomic():
        User.objects.filter(pk=world.posts[role].user_id).update(**change)


@pytest.mark.parametrize("change", [{"last_day": TODAY}, {"role": Role.LEADER}])
@pytest.mark.parametrize("role", OFFICERS)
def test_T31_the_database_keeps_the_last_officers_post(
    world: World, role: Role, change: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match=LAST), transaction.atomic():
        Post.objects.filter(pk=world.posts[role].pk).update(**change)


def test_T31_each_officer_has_only_their_own_rights() -> None:
    shared = ["account.own", "notices.own"]
    own = {
        role: sorted(
            name for name, right in RIGHTS.items() if role in right.roles and name not in shared
        )
        for role in OFFICERS
    }
    assert own == {
        Role.SYSTEM_OFFICER: ["system.jobs", "system.see"],
        Role.SECURITY_OFFICER: ["people.manage"],
        Role.AUDIT_OFFICER: ["audit.read"],
    }


@pytest.mark.parametrize("role", OFFICERS)
def test_T31_officers_see_no_contacts_and_change_nothing_of_others(
    world: World, role: Role
) -> None:
    client = world.client(role)
    assert client.get("/contacts/").status_code == 403
    if role != Role.SECURITY_OFFICER:
        by = world.actor(role)
        with pytest.raises(NotAllowed):
            accounts.disable(world.posts["liaison"].user, by=by, at=NOW, reason="越权")
