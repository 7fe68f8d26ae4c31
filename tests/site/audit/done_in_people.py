"""Every action on accounts, posts and contacts, done once; each name is given right after it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pyotp

from kaohe_web.people import accounts, contacts, own, posts, second_factor
from kaohe_web.people.actor import Actor
from kaohe_web.people.contact_sheet import compare
from kaohe_web.people.models import Role, Session, SignInFailure, User
from kaohe_web.people.posts import NewPost
from kaohe_web.sheets.contacts import Contact as Line
from kaohe_web.sheets.read_contacts import ContactRow
from world import NOW, World, make_world

DAY = dt.date(2017, 1, 1)
LEFT = "调离（示例）"


def people() -> Iterator[str]:
    """Everything that is done in the room."""
    world = make_world()
    made = accounts.invite(
        None,
        by=world.actor("security_officer"),
        at=NOW,
        login="new.one",
        name="新人（示例）",
        post=NewPost(Role.LEADER, DAY),
    )
    yield "account.invited"
    yield from one_account(world, made.user)
    yield from ones_own(world, made.user)
    yield from contact_list(world)


def one_account(world: World, user: User) -> Iterator[str]:
    """What the security officer does with an account."""
    by = world.actor("security_officer")
    accounts.make_link(user, by=by, at=NOW, reason="忘记密码")
    yield "account.link_made"
    accounts.rename(user, by=by, at=NOW, name="改名（示例）")
    yield "account.renamed"
    accounts.set_expiry(user, by=by, at=NOW, expires_on=dt.date(2018, 12, 31))
    yield "account.expiry_set"
    SignInFailure.objects.create(login=user.login, address="10.1.1.1", at=NOW)
    accounts.unlock(user, by=by, at=NOW)
    yield "account.unlocked"
    given = posts.give(user, by=by, at=NOW, post=NewPost(Role.ASSESSOR, DAY))
    yield "post.given"
    posts.hand_over(given, to=world.posts["liaison"].user, by=by, at=NOW, reason=LEFT)
    yield "post.handed_over"
    again = posts.give(user, by=by, at=NOW, post=NewPost(Role.ASSESSOR, DAY))
    yield "post.given"
    posts.end(again, by=by, at=NOW, last_day=NOW.date(), reason=LEFT)
    yield "post.ended"
    accounts.disable(user, by=by, at=NOW, reason=LEFT)
    yield "account.disabled"
    accounts.enable(user, by=by, at=NOW, reason="调回（示例）")
    yield "account.enabled"


def ones_own(world: World, user: User) -> Iterator[str]:
    """What a person does with their own account; and the officer, who takes a factor away."""
    post = user.posts.get(role=Role.LEADER)
    by, secret = Actor(User.objects.get(pk=user.pk), post), pyotp.random_base32()
    code = pyotp.TOTP(secret).at(NOW)
    second_factor.set_up(by.user, by=by, at=NOW, secret=secret, code=code)
    yield "second_factor.set_up"
    second_factor.renew_codes(by.user, by=by, at=NOW)
    yield "recovery_codes.renewed"
    officer = world.actor("security_officer")
    accounts.clear_second_factor(by.user, by=officer, at=NOW, reason="手机丢失")
    yield "account.second_factor_cleared"
    own.change_password(by.user, by=by, at=NOW, password="Shan-Lu-Yu-88")
    yield "password.changed"
    own.choose_post(post, by=by, at=NOW)
    yield "post.chosen"
    one, other = (
        Session.objects.create(session_key=key, user=by.user, session_data="", expire_date=NOW)
        for key in ("one", "other")
    )
    own.end_session(one, by=by, at=NOW)
    yield "session.ended_elsewhere"
    own.end_other_sessions(other, by=by, at=NOW)
    yield "sessions.ended_elsewhere"


def contact_list(world: World) -> Iterator[str]:
    """The list of contacts."""
    by = world.actor("office")
    line = Line(name="甲示例", body="城东区（示例）", mobile="13800138000")
    contact = contacts.add(None, by=by, at=NOW, line=line)
    yield "contact.added"
    contacts.change(contact, by=by, at=NOW, version=1, line=replace(line, duty="科长"))
    yield "contact.changed"
    contacts.reveal(contact, by=by, at=NOW, purpose="通知核查")
    yield "contact.revealed"
    contacts.export(None, by=by, at=NOW, purpose="核对名单")
    yield "contacts.exported"
    rows = [ContactRow(replace(line, name="乙示例"), "联系人名单!B4")]
    seen = compare(by, rows).fingerprint
    contacts.take_in(None, by=by, at=NOW, rows=rows, seen=seen, file="名单.xlsx")
    yield "contacts.imported"
    contacts.remove(contact, by=by, at=NOW, version=2, reason=LEFT)
    yield "contact.removed"
