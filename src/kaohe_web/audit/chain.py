"""The hash that ties each entry of the trail to the one before it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.audit.models import Entry

START = "sha256:" + "0" * 64
"""What stands before the first entry."""

MANY = 2000
UNREADABLE = (ValueError, TypeError, OverflowError)
"""What the database's driver raises over nonsense in a column."""

HASHED = (
    "seq",
    "login",
    "name",
    "post",
    "address",
    "request",
    "what",
    "outcome",
    "object_type",
    "object_id",
    "object_name",
    "cycle",
    "reason",
    "details",
    "previous",
)


def hash_of(entry: Entry) -> str:
    """The hash of an entry: over every field of it, its time in UTC, and the hash before it."""
    row: dict[str, object] = {name: getattr(entry, name) for name in HASHED}
    row["at"] = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold, and why."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking the whole chain found."""

    entries: int
    head: str
    broken: Broken | None


def verify(entries: Iterable[Entry], anchors: dict[int, str] | None = None) -> Verified:
    """Check the chain from its first entry; ``anchors`` are heads that were printed elsewhere.

    An anchor finds what the chain alone cannot: a tail cut off, or a chain rewritten as a whole.
    """
    anchors = dict(anchors or {})
    count, previous = 0, START
    for entry in readable(entries):
        count += 1
        why = fault(entry, count, previous, anchors.pop(count, None))
        if why or entry is None:
            return Verified(count - 1, previous, Broken(count, why))
        previous = entry.hash
    if anchors:
        seq = min(anchors)
        why = _("有据可查的第 %(seq)s 条不见了：尾部被截去") % {"seq": seq}
        return Verified(count, previous, Broken(seq, why))
    return Verified(count, previous, None)


def readable(entries: Iterable[Entry]) -> Iterator[Entry | None]:
    """Each entry; ``None`` and no more where one was spoilt so that it cannot even be read."""
    following = iter(entries)
    while True:
        try:
            yield next(following)
        except StopIteration:
            return
        except UNREADABLE:
            yield None
            return


def fault(entry: Entry | None, expected: int, previous: str, anchor: str | None) -> str:
    """What is wrong with one entry; empty if nothing."""
    at = {"seq": expected}
    if entry is None or entry.at is None:
        return _("第 %(seq)s 条的内容被改动，已读不出来") % at
    if entry.seq != expected:
        said = _("第 %(seq)s 条缺失或次序被改动（此处是第 %(found)s 条）")
        return said % {**at, "found": entry.seq}
    if entry.previous != previous:
        return _("第 %(seq)s 条与前一条接不上") % at
    if entry.hash != hash_of(entry):
        return _("第 %(seq)s 条的内容被改动") % at
    if anchor is not None and anchor != entry.hash:
        return _("第 %(seq)s 条与留在别处的凭据不符：整条链被重写") % at
    return ""


def in_order() -> Iterator[Entry]:
    """Every entry, without holding them all; where some cannot be read, one by one up to there."""
    found, last = Entry.objects.order_by("seq"), None
    try:
        for entry in found.iterator(chunk_size=MANY):
            last = entry.seq
            yield entry
    except UNREADABLE:
        rest = found if last is None else found.filter(seq__gt=last)
        while (one := rest.first()) is not None:
            yield one
            rest = found.filter(seq__gt=one.seq)
