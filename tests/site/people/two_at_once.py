"""Two (or twelve) people do the same thing at the same moment, on a database of their own.

    python two_at_once.py

The environment says which database; prints what happened as one JSON object.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, TypeVar

import django
import pyotp

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django is awake only now
from django.db import connection  # noqa: E402 -- the same

from kaohe.errors import KaoheError  # noqa: E402 -- the same
from kaohe_web.people import accounts, attempts, links, officers, posts, second_factor  # noqa: E402 -- the same
from kaohe_web.people.actor import Actor, Origin  # noqa: E402 -- the same
from kaohe_web.people.models import Post, Role, User  # noqa: E402 -- the same
from kaohe_web.people.posts import NewPost  # noqa: E402 -- the same

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUNDS = 10
NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 1, 1)
PASSWORD = "Shan-Lu-Yu-88"
T = TypeVar("T")


def at_once(number: int, do: Callable[[int], T]) -> list[T | str]:
    """What each of so many threads got that set out together: its answer or its refusal."""
    gate = Barrier(number)

    def one(turn: int) -> T | str:
        connection.ensure_connection()
        gate.wait()
        try:
            return do(turn)
        except KaoheError as refusal:
            return f"refused: {type(refusal).__name__}"
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def officer(login: str) -> Actor:
    """A standing security officer."""
    user = User.objects.create(login=login, name=login, password="x", made_at=NOW)
    post = Post.objects.create(user=user, role=Role.SECURITY_OFFICER, first_day=DAY)
    return Actor(user, post, Origin("10.1.1.1", "test"))


def two_officers_disable_each_other() -> list[int]:
    """How many security officers stand after each round; one must."""
    pair = [officer("first"), officer("second")]
    left = []
    for _round in range(ROUNDS):
        User.objects.filter(pk__in=[actor.user.pk for actor in pair]).update(is_active=True)
        at_once(
            2,
            lambda turn: (
                accounts.disable(pair[1 - turn].user, by=pair[turn], at=NOW, reason="互相停用").pk
            ),
        )
        left.append(officers.standing(Role.SECURITY_OFFICER).count())
    User.objects.filter(pk__in=[actor.user.pk for actor in pair]).update(is_active=True)
    return left


def two_posts_for_one_person(by: Actor) -> list[int]:
    """How many posts a person has after being given two that forbid each other; one."""
    held = []
    for turn in range(ROUNDS):
        user = User.objects.create(login=f"torn{turn}", name="x", password="x", made_at=NOW)
        wanted = [NewPost(Role.AUDIT_OFFICER, DAY), NewPost(Role.OFFICE, DAY)]
        at_once(2, lambda n: posts.give(user, by=by, at=NOW, post=wanted[n]).pk)  # noqa: B023 -- used up in its round
        held.append(user.posts.count())
    return held


def twelve_tries_at_one_login() -> int:
    """How many of twelve tries were let through to the password; five."""
    tries = at_once(12, lambda _turn: attempts.reserve("victim", "10.9.9.9", NOW) is not None)
    return sum(1 for each in tries if each is True)


def one_link_used_by_six(user: User) -> int:
    """How many of six used a link up; one."""
    secret = links.make(user, NOW)
    origin = Origin("10.1.1.1", "test")
    used = at_once(6, lambda _turn: links.use(secret, password=PASSWORD, origin=origin, at=NOW).pk)
    return sum(1 for each in used if each == user.pk)


def one_code_used_by_six(user: User) -> int:
    """How many of six got in with one code; one."""
    user.totp, user.totp_used = second_factor.new_secret(), 0
    user.save(update_fields=["totp", "totp_used"])
    code = pyotp.TOTP(user.totp).at(NOW)
    used: Iterable[object] = at_once(6, lambda _turn: second_factor.use(user, code, NOW))
    return sum(1 for each in used if each == "totp")


def main() -> None:
    """Do all of it."""
    call_command("migrate", verbosity=0)
    left = two_officers_disable_each_other()
    user = User.objects.get(login="first")
    by = Actor(user, user.posts.get(), Origin("10.1.1.1", "test"))
    told = {
        "standing officers": left,
        "posts held": two_posts_for_one_person(by),
        "tries let through": twelve_tries_at_one_login(),
        "uses of a link": one_link_used_by_six(user),
        "uses of a code": one_code_used_by_six(user),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
