"""Signing in, step by step: password, second factor, a new password where the old one is too old.

Between the steps the person is nobody: the session only remembers who is on the way, for ten
minutes. Each try leaves an entry; an unknown login is told, and takes, what a wrong password does.
"""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import BEIJING
from kaohe_web.people import attempts, passwords, second_factor, sessions
from kaohe_web.people.actor import Actor, Nobody, Origin
from kaohe_web.people.digests import digest
from kaohe_web.people.models import Role, User
from kaohe_web.people.names import as_login

ENTRY = "session.begun"
ON_THE_WAY = "on_the_way"
LASTS = dt.timedelta(minutes=10)
IDLE_DAYS = 90
"""An account that nobody used for so long sleeps until the security officer enables it again."""


class Step(Enum):
    """What is still to be done before the session begins."""

    SECOND_FACTOR = "second_factor"
    SET_UP = "second_factor_set_up"
    NEW_PASSWORD = "new_password"  # noqa: S105 -- the name of a step


@dataclass(frozen=True, slots=True)
class Try:
    """How a try went: whose it was, or what to tell whoever tried."""

    user: User | None
    sentence: str = ""


def try_password(login: str, password: str, *, origin: Origin, at: dt.datetime) -> Try:
    """The account of a login and password, if they fit and the account may be used."""
    login = as_login(login)
    user = User.objects.filter(login=login).first()
    name = login if user is not None else digest("login", login)
    counted = attempts.reserve(name, origin.address, at)
    if counted is None:
        return refused(user, locked_sentence(name, origin, at), origin, at)
    if not fits(user, password):
        return refused(user, wrong_sentence(), origin, at)
    assert user is not None  # noqa: S101 -- no password fits nobody
    fault = unusable_sentence(user, at, origin)
    if fault:
        return refused(user, fault, origin, at)
    attempts.withdraw(counted)
    return Try(user)


def fits(user: User | None, password: str) -> bool:
    """Whether a password is an account's; for nobody it takes as long to say no."""
    password = passwords.composed(password)
    if user is None:
        make_password(password)
        return False
    return len(password) <= passwords.LONGEST and user.check_password(password)


def try_code(user: User, code: str, *, origin: Origin, at: dt.datetime) -> Try:
    """Use up a code of the second factor, counted like a password."""
    counted = attempts.reserve(user.login, origin.address, at)
    if counted is None:
        return refused(user, locked_sentence(user.login, origin, at), origin, at)
    if not second_factor.use(user, code, at):
        return refused(user, second_factor.wrong_code(), origin, at)
    attempts.withdraw(counted)
    return Try(user)


def confirm_password(by: Actor, password: str, at: dt.datetime) -> str:
    """What to tell a signed-in person whose password, asked for again, does not fit; else empty."""
    counted = attempts.reserve(by.login, by.address, at)
    if counted is None:
        return locked_sentence(by.login, by.origin, at)
    if not by.user.check_password(passwords.composed(password)):
        sentence = _("现在的密码不对")
        trail.record_refusal("password.confirmed", by.user, by=by, at=at, reason=sentence)
        return sentence
    attempts.withdraw(counted)
    return ""


def refused(user: User | None, sentence: str, origin: Origin, at: dt.datetime) -> Try:
    """A try that failed, with its entry; a login that nobody has is not written down."""
    by = Actor(user, None, origin) if user else Nobody(origin=origin)
    trail.record_refusal(ENTRY, user, by=by, at=at, reason=sentence)
    return Try(None, sentence)


def wrong_sentence() -> str:
    """The one sentence for an unknown login and for a wrong password."""
    return _("用户名或密码不对；连续 %(most)s 次不对，将锁定 %(minutes)s 分钟") % {
        "most": attempts.MOST,
        "minutes": attempts.LOCKED_FOR // dt.timedelta(minutes=1),
    }


def locked_sentence(login: str, origin: Origin, at: dt.datetime) -> str:
    """What to tell whoever tried too often."""
    end = attempts.locked_until(login, origin.address, at) or at + attempts.LOCKED_FOR
    return _("连续 %(most)s 次不对，已锁定到 %(time)s；到时再试，急用的请安全管理员解锁") % {
        "most": attempts.MOST,
        "time": end.astimezone(BEIJING).strftime("%H:%M"),
    }


def unusable_sentence(user: User, at: dt.datetime, origin: Origin) -> str:
    """Why an account whose password fits may not sign in all the same; empty if it may."""
    posts = sessions.held_posts(user, at)
    if not user.is_active:
        return _("账号已停用；要恢复使用，请联系安全管理员")
    if not sessions.usable(user, at):
        return _("账号已于 %(day)s 到期；要继续使用，请联系安全管理员") % {"day": user.expires_on}
    if not posts:
        return _("账号现在没有岗位，进入后无事可办；请联系安全管理员")
    if is_asleep(user, at) and all(post.role != Role.SECURITY_OFFICER for post in posts):
        return _("账号超过 %(days)s 天没有使用，已暂停；请联系安全管理员启用") % {"days": IDLE_DAYS}
    if not sessions.may_come_from(origin.address, posts):
        return _("您的岗位只能从规定的网络登录；请在办公网络内登录，或联系系统管理员")
    return ""


def is_asleep(user: User, at: dt.datetime) -> bool:
    """Whether an account was left unused too long (等保三级 asks for that)."""
    return settings.ENVIRONMENT.profile == "dengbao3" and idle_since(user, at)


def idle_since(user: User, at: dt.datetime) -> bool:
    """Whether nobody used, made or enabled an account in the last 90 days."""
    alive = [user.made_at, *(each for each in (user.seen_at, user.enabled_at) if each)]
    return at - max(alive) > dt.timedelta(days=IDLE_DAYS)


def set_out(session: SessionBase, user: User, at: dt.datetime) -> None:
    """Remember who is on the way in, under a new key."""
    session.flush()
    session[ON_THE_WAY] = {
        "user": user.pk,
        "stamp": user.stamp,
        "at": at.isoformat(),
        "second_factor": False,
    }


def on_the_way(session: SessionBase, at: dt.datetime) -> User | None:
    """Who is on the way in, if that is not too long ago and the account did not change."""
    noted = session.get(ON_THE_WAY)
    if noted is None or at - dt.datetime.fromisoformat(noted["at"]) > LASTS:
        return None
    user = User.objects.filter(pk=noted["user"], stamp=noted["stamp"]).first()
    return user if user is not None and sessions.usable(user, at) else None


def note_second_factor(session: SessionBase) -> None:
    """Note that the second factor was given."""
    session[ON_THE_WAY] = {**session[ON_THE_WAY], "second_factor": True}


def note_new_password(session: SessionBase, user: User) -> None:
    """Note that the password was changed on the way."""
    session[ON_THE_WAY] = {**session[ON_THE_WAY], "stamp": user.stamp}


def next_step(session: SessionBase, user: User, at: dt.datetime) -> Step | None:
    """What is still to be done; ``None``: the session may begin."""
    noted = session[ON_THE_WAY]
    if not noted["second_factor"]:
        if user.totp:
            return Step.SECOND_FACTOR
        if sessions.needs_second_factor(sessions.held_posts(user, at)):
            return Step.SET_UP
    return Step.NEW_PASSWORD if passwords.is_old(user, at) else None


def arrive(
    session: SessionBase, user: User, *, origin: Origin, browser: str, at: dt.datetime
) -> None:
    """Begin the session of whoever has done every step; the caller has signed them in."""
    noted = session.pop(ON_THE_WAY)
    with_factor = bool(noted["second_factor"])
    sessions.forget_expired(at)
    sessions.begin(
        session, user, at, second_factor=with_factor, address=origin.address, browser=browser
    )
    User.objects.filter(pk=user.pk).update(seen_at=at)
    attempts.forgive(user.login, origin.address)
    posts = sessions.held_posts(user, at)
    by = Actor(user, posts[0] if posts else None, origin)
    trail.record(
        ENTRY, user, by=by, at=at, details={"second_factor": with_factor, "browser": browser}
    )


def leave(by: Actor, at: dt.datetime) -> None:
    """Note that a person signed out; the caller ends the session."""
    trail.record("session.ended", by.user, by=by, at=at)
