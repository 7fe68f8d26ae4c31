"""Tries at signing in, by the pair of login and address: five that fail lock the pair a while.

Whoever tries from elsewhere locks only themselves out, never the person.
"""

import datetime as dt
from collections import defaultdict

from django.db import connection, transaction

from kaohe_web.people.models import SignInFailure

MOST = 5
LOCKED_FOR = dt.timedelta(minutes=30)
REMEMBERED = dt.timedelta(days=1)


def reserve(login: str, address: str, at: dt.datetime) -> SignInFailure | None:
    """Count a try before it is made, as if it failed; ``None`` if the pair is locked.

    Counting first keeps many tries at once from all being the first.
    """
    with transaction.atomic():
        one_at_a_time(login, address)
        if locked_until(login, address, at) is not None:
            return None
        SignInFailure.objects.filter(at__lt=at - REMEMBERED).delete()
        return SignInFailure.objects.create(login=login, address=address, at=at)


def withdraw(counted: SignInFailure) -> None:
    """Uncount a try that went well but did not yet end the signing in."""
    SignInFailure.objects.filter(pk=counted.pk).delete()


def forgive(login: str, address: str | None = None) -> int:
    """Forget the failures of a pair, or of a login from everywhere; gives how many they were."""
    failures = SignInFailure.objects.filter(login=login)
    if address is not None:
        failures = failures.filter(address=address)
    return failures.delete()[0]


def locked_until(login: str, address: str, at: dt.datetime) -> dt.datetime | None:
    """Until when a pair is locked; ``None`` if it is not."""
    pair = SignInFailure.objects.filter(login=login, address=address)
    return lock_end(list(pair.order_by("-at", "-id").values_list("at", flat=True)[:MOST]), at)


def lock_end(latest: list[dt.datetime], at: dt.datetime) -> dt.datetime | None:
    """Until when failures lock, the latest first; ``None`` if they do not (any longer)."""
    if len(latest) < MOST or latest[0] - latest[MOST - 1] > LOCKED_FOR:
        return None
    end = latest[0] + LOCKED_FOR
    return end if at < end else None


def locks_of(login: str, at: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """The addresses from which a login is locked now, and until when."""
    by_address: dict[str, list[dt.datetime]] = defaultdict(list)
    failures = SignInFailure.objects.filter(login=login).order_by("-at", "-id")
    for address, failed_at in failures.values_list("address", "at"):
        by_address[address].append(failed_at)
    locks = ((address, lock_end(times, at)) for address, times in by_address.items())
    return sorted((address, end) for address, end in locks if end is not None)


def one_at_a_time(login: str, address: str) -> None:
    """Let tries of one pair wait for each other; SQLite's write lock does it there."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{login}\n{address}"])
