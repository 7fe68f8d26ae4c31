"""How long a session lasts, from where it may come, and in which post its person acts."""

import datetime as dt
import ipaddress
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from kaohe_web.clock import day_of
from kaohe_web.people.models import OFFICERS, SECOND_FACTOR, Post, Role, Session, User

STEP = 60
"""Seconds: how finely the last use of a session is noted, so that reading seldom writes."""

FROM_OFFICE_NETWORKS = (*OFFICERS, Role.OFFICE)
"""The roles that sign in only from the networks of ``KAOHE_OFFICER_NETWORKS``."""


def begin(
    session: SessionBase,
    user: User,
    at: dt.datetime,
    *,
    second_factor: bool,
    address: str = "",
    browser: str = "",
) -> None:
    """Note when a session began, from where, with which stamp of the account and which factors."""
    session["began"] = session["used"] = at.isoformat()
    session["stamp"] = user.stamp
    session["second_factor"] = second_factor
    session["address"] = address
    session["browser"] = browser


def in_time(
    session: SessionBase, user: User, posts: Sequence[Post], at: dt.datetime, address: str
) -> bool:
    """Whether a session may go on: neither idle nor old, its account alive and unchanged.

    It ends too when its person came to hold a post that asks for more than the sign-in gave: a
    second factor, or another network.
    """
    try:
        began = dt.datetime.fromisoformat(session["began"])
        used = dt.datetime.fromisoformat(session["used"])
    except (KeyError, ValueError):
        return False
    environment = settings.ENVIRONMENT
    alive = (
        session.get("stamp") == user.stamp
        and usable(user, at)
        and at - used <= dt.timedelta(minutes=environment.idle_minutes)
        and at - began <= dt.timedelta(hours=environment.absolute_hours)
        and (session.get("second_factor") is True or not needs_second_factor(posts))
        and may_come_from(address, posts)
    )
    if alive and (at - used).total_seconds() >= STEP:
        session["used"] = at.isoformat()
    return alive


def usable(user: User, at: dt.datetime) -> bool:
    """Whether an account is neither disabled nor past its day."""
    return user.is_active and (user.expires_on is None or day_of(at) <= user.expires_on)


def needs_second_factor(posts: Iterable[Post]) -> bool:
    """Whether one of the posts is signed in to with a second factor."""
    return any(post.role in SECOND_FACTOR for post in posts)


def may_come_from(address: str, posts: Iterable[Post]) -> bool:
    """Whether whoever holds these posts may come from an address."""
    networks = settings.ENVIRONMENT.officer_networks
    if not networks or not any(post.role in FROM_OFFICE_NETWORKS for post in posts):
        return True
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    plain = getattr(ip, "ipv4_mapped", None) or ip
    return any(plain in ipaddress.ip_network(network, strict=False) for network in networks)


def acting_post(session: SessionBase, posts: Sequence[Post]) -> Post | None:
    """The post that the person chose, if it is still held; else the first that is."""
    chosen = session.get("post")
    return next((post for post in posts if post.pk == chosen), posts[0] if posts else None)


def held_posts(user: User, at: dt.datetime) -> list[Post]:
    """The posts that a person holds at an instant."""
    posts: Iterable[Post] = user.posts.select_related("unit", "department__unit", "provider")
    return [post for post in posts if post.holds_on(day_of(at))]


def end_all(user: User) -> None:
    """End every session of an account at once; call it in the transaction of the cause."""
    user.stamp += 1
    user.save(update_fields=["stamp"])
    Session.objects.filter(user=user).delete()


def forget_expired(at: dt.datetime) -> None:
    """Take away the rows of sessions that are over."""
    Session.objects.filter(expire_date__lt=at).delete()
