"""Writing the trail: one entry per thing done or refused, in the transaction of the thing."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, models, transaction

from kaohe_web.audit.chain import START, hash_of
from kaohe_web.audit.models import Entry, Outcome

LOCK = 4_201_720
"""The advisory lock under which PostgreSQL numbers entries; SQLite's write lock does it there."""

TAKE_THE_LOCK = f"SET CONSTRAINTS ALL IMMEDIATE; SELECT pg_advisory_xact_lock({LOCK})"
"""References are checked first: at the commit they would ask for rows while others wait here."""


class Who(Protocol):
    """Whoever does something: an account in its post, from an address, in a request."""

    @property
    def login(self) -> str:
        """The account's login; empty for nobody."""

    @property
    def name(self) -> str:
        """The person's name."""

    @property
    def title(self) -> str:
        """The post in words."""

    @property
    def address(self) -> str:
        """The network address."""

    @property
    def request(self) -> str:
        """The id of the request."""


@dataclass(frozen=True, slots=True)
class What:
    """The thing something was done to, as the trail names it."""

    type: str = ""
    id: str = ""
    name: str = ""
    cycle: str = ""


def named(thing: models.Model | What | None) -> What:
    """How the trail names a thing: its type, its key, its words, and its cycle if it has one."""
    if thing is None:
        return What()
    if isinstance(thing, What):
        return thing
    cycle = getattr(thing, "cycle_id", "")
    name = str(thing)
    if thing._meta.label == "cycles.Cycle":  # noqa: SLF001 -- Django's own public name for it
        cycle = thing.pk
    return What(thing._meta.label_lower, str(thing.pk), name, str(cycle or ""))  # noqa: SLF001 -- the same


def kept(text: str) -> str:
    """A text as every database can hold it: PostgreSQL has no place for NUL."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def record(
    what: str,
    thing: models.Model | What | None,
    *,
    by: Who,
    at: dt.datetime,
    reason: str = "",
    details: Mapping[str, object] | None = None,
    outcome: str = Outcome.DONE,
) -> Entry:
    """Add one entry, in the transaction that is open; if it cannot be written, nothing is done.

    ``details`` are plain JSON values (numbers as text).
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(TAKE_THE_LOCK)
        last = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
        seq, previous = last or (0, START)
        of = named(thing)
        entry = Entry(
            seq=seq + 1,
            at=at,
            login=by.login[:150],
            name=by.name[:200],
            post=by.title[:300],
            address=by.address[:64],
            request=by.request[:64],
            what=what,
            outcome=outcome,
            object_type=of.type,
            object_id=of.id[:64],
            object_name=kept(of.name)[:300],
            cycle=of.cycle,
            reason=kept(reason),
            details=json.dumps(details, ensure_ascii=False, sort_keys=True) if details else "",
            previous=previous,
        )
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)
    return entry


def record_refusal(
    what: str,
    thing: models.Model | What | None,
    *,
    by: Who,
    at: dt.datetime,
    reason: str,
    details: Mapping[str, object] | None = None,
) -> Entry:
    """Add the entry of something that was refused."""
    return record(
        what, thing, by=by, at=at, reason=reason, details=details, outcome=Outcome.REFUSED
    )
