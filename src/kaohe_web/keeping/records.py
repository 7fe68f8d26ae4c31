"""The records of backups, restorations and drills, as the trail keeps them (恢复测试记录)."""

import json
from dataclasses import dataclass

from kaohe_web.audit.models import Entry
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor

NAMES = ("backup.made", "backup.restored", "backup.drilled")


@dataclass(frozen=True, slots=True)
class Kept:
    """One record: its entry, and what its details say."""

    entry: Entry
    details: dict[str, object]


def last_backup() -> Entry | None:
    """The entry of the last backup."""
    return Entry.objects.filter(what="backup.made").order_by("-seq").first()


def records(by: Actor, most: int) -> list[Kept]:
    """The last records, for whoever keeps the system."""
    if not rights.may(by, "system.see"):
        return []
    found = Entry.objects.filter(what__in=NAMES).order_by("-seq")
    return [Kept(entry, json.loads(entry.details or "{}")) for entry in found[:most]]
