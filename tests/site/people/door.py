"""Accounts that can sign in, the browser at the door, and what the trail says of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pyotp
from django.test import Client

from kaohe_web.audit.models import Entry
from kaohe_web.people import passwords
from kaohe_web.people.models import Post, User
from world import World

PASSWORD = "Shan-Lu-Yu-88"
"""Good by the rules of both profiles."""


def clock() -> dt.datetime:
    """The clock that pages read."""
    return dt.datetime.now(dt.UTC)


def send(client: Client, path: str, data: dict[str, str], **extra: Any) -> Any:
    """The answer to a form sent as browsers send it; files are for people who are signed in."""
    kind = "application/x-www-form-urlencoded"
    return client.post(path, urlencode(data), content_type=kind, **extra)


@dataclass(frozen=True)
class Door:
    """Signs people in as they do it: by the pages."""

    world: World

    def ready(self, name: str, *, totp: bool = False) -> User:
        """An account that can sign in; with a second factor if it is to have one."""
        return make_ready(self.world.posts[name], totp=totp)

    def password(
        self,
        login: str,
        password: str = PASSWORD,
        *,
        client: Client | None = None,
        address: str = "10.1.1.1",
    ) -> Any:
        """The answer to login and password."""
        data = {"login": login, "password": password}
        return send(client or Client(), "/login/", data, REMOTE_ADDR=address)

    def inside(self, login: str, *, address: str = "10.1.1.1") -> Client:
        """A browser in which somebody without a second factor signed in."""
        client = Client(REMOTE_ADDR=address)
        answer = self.password(login, client=client, address=address)
        assert (answer.status_code, answer["Location"]) == (302, "/")
        return client


def make_ready(post: Post, *, totp: bool) -> User:
    """A password, a fresh account, perhaps a second factor."""
    user = post.user
    user.enabled_at = clock()
    user.totp = pyotp.random_base32() if totp else ""
    user.save(update_fields=["enabled_at", "totp"])
    passwords.put(user, PASSWORD, clock())
    return user


def entries(what: str) -> list[tuple[str, str, str]]:
    """The entries of one kind: whose, how it went, why."""
    found = Entry.objects.filter(what=what).order_by("seq")
    return [(entry.login, entry.outcome, entry.reason) for entry in found]
