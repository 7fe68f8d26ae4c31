"""Accounts, as the security officer keeps them: invited, disabled, enabled, unlocked, expiring."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people import attempts, links, names, officers, posts, queries, sessions
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import User
from kaohe_web.people.posts import NewPost


@dataclass(frozen=True, slots=True)
class Invited:
    """A new account, and the secret of its link, which is given this once."""

    user: User
    secret: str


@action("account.invited", right="people.manage")
def invite(
    _nothing: None,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    login: str,
    name: str,
    post: NewPost,
    expires_on: dt.date | None = None,
) -> Invited:
    """Make an account with its first post, and the link by which its person sets a password.

    :raises Invalid: if the login or name cannot be, or the login is taken.
    """
    user = make(login, name, at, expires_on=expires_on)
    given = posts.put(user, post, at)
    secret = links.make(user, at)
    trail.record(
        "account.invited",
        user,
        by=by,
        at=at,
        details={"post": given.title, **posts.days(given), "expires_on": day_text(expires_on)},
    )
    return Invited(user, secret)


def make(login: str, name: str, at: dt.datetime, *, expires_on: dt.date | None = None) -> User:
    """A new account that nobody can sign in with yet.

    :raises Invalid: if the login or name cannot be, or the login is taken.
    """
    found = [names.login_fault(login), told_of_name(name)]
    if expires_on is not None and expires_on < day_of(at):
        found.append(_("到期日早于今天；请核对"))
    if any(found):
        raise Invalid([each for each in found if each])
    user = User(
        login=names.as_login(login), name=names.as_name(name), expires_on=expires_on, made_at=at
    )
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid([_("用户名“%(login)s”已有人用；请换一个") % {"login": user.login}]) from error
    return user


@action("account.link_made", right="people.manage")
def make_link(user: User, /, *, by: Actor, at: dt.datetime, reason: str) -> str:
    """A link by which the person sets a (new) password; gives its secret, this once.

    The present password works until the link is used.
    """
    row = locked(queries.accounts(by), user.pk)
    if not sessions.usable(row, at):
        raise WrongState(_("账号已停用或到期，链接不能用；请先启用或改到期日"))
    secret = links.make(row, at)
    trail.record("account.link_made", row, by=by, at=at, reason=reason)
    return secret


@action("account.disabled", right="people.manage")
def disable(user: User, /, *, by: Actor, at: dt.datetime, reason: str) -> User:
    """Disable an account: its sessions end at once, its links too.

    :raises WrongState: if it is one's own, or the last standing officer's of a kind.
    """
    if user == by.user:
        raise WrongState(_("不能停用自己的账号；请由另一位安全管理员办理"))
    officers.require_another(user)
    row = locked(queries.accounts(by), user.pk)
    if not row.is_active:
        raise WrongState(_("账号已经停用，不必再停"))
    row.is_active = False
    row.save(update_fields=["is_active"])
    row.links.filter(used_at=None).delete()
    sessions.end_all(row)
    trail.record("account.disabled", row, by=by, at=at, reason=reason)
    return row


@action("account.enabled", right="people.manage")
def enable(user: User, /, *, by: Actor, at: dt.datetime, reason: str) -> User:
    """Enable an account that was disabled, or that sleeps because nobody used it."""
    row = locked(queries.accounts(by), user.pk)
    row.is_active = True
    row.enabled_at = at
    row.save(update_fields=["is_active", "enabled_at"])
    trail.record("account.enabled", row, by=by, at=at, reason=reason)
    return row


@action("account.expiry_set", right="people.manage")
def set_expiry(user: User, /, *, by: Actor, at: dt.datetime, expires_on: dt.date | None) -> User:
    """Say to the end of which day an account may be used; ``None``: without end.

    :raises WrongState: if it would end the last standing officer of a kind.
    """
    if expires_on is not None:
        officers.require_another(user)
    row = locked(queries.accounts(by), user.pk)
    before, row.expires_on = row.expires_on, expires_on
    row.save(update_fields=["expires_on"])
    details = {"before": day_text(before), "after": day_text(expires_on)}
    trail.record("account.expiry_set", row, by=by, at=at, details=details)
    return row


@action("account.renamed", right="people.manage")
def rename(user: User, /, *, by: Actor, at: dt.datetime, name: str) -> User:
    """Correct the name of an account's person; a new person gets an account of their own."""
    fault = told_of_name(name)
    if fault:
        raise Invalid([fault])
    row = locked(queries.accounts(by), user.pk)
    before, row.name = row.name, names.as_name(name)
    row.save(update_fields=["name"])
    trail.record(
        "account.renamed", row, by=by, at=at, details={"before": before, "after": row.name}
    )
    return row


@action("account.unlocked", right="people.manage")
def unlock(user: User, /, *, by: Actor, at: dt.datetime) -> int:
    """Forget the failed tries of a login, from everywhere; gives how many there were."""
    row = locked(queries.accounts(by), user.pk)
    forgotten = attempts.forgive(row.login)
    trail.record("account.unlocked", row, by=by, at=at, details={"failures": str(forgotten)})
    return forgotten


@action("account.second_factor_cleared", right="people.manage")
def clear_second_factor(user: User, /, *, by: Actor, at: dt.datetime, reason: str) -> User:
    """Forget the second factor of an account whose person lost it; they set up a new one.

    Its sessions end; whoever must have a second factor is asked to set it up at the next sign-in.

    :raises WrongState: if it is one's own: that takes another security officer.
    """
    if user == by.user:
        raise WrongState(
            _("不能清除自己的动态口令；请在“账号与密码”里更换，或由另一位安全管理员办理")
        )
    row = locked(queries.accounts(by), user.pk)
    if not row.totp:
        raise WrongState(_("这个账号没有设置动态口令，不必清除"))
    row.totp = ""
    row.save(update_fields=["totp"])
    row.recovery_codes.all().delete()
    sessions.end_all(row)
    trail.record("account.second_factor_cleared", row, by=by, at=at, reason=reason)
    return row


def told_of_name(name: str) -> str:
    """What is wrong with a person's name, as a sentence of its own; empty if nothing is."""
    fault = names.name_fault(name)
    return _("姓名%(fault)s") % {"fault": fault} if fault else ""


def day_text(day: dt.date | None) -> str:
    """A day as the trail keeps it; empty for none."""
    return day.isoformat() if day else ""
