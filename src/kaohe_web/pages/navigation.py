"""The function tree at the left: for each role the pages it works with, by its rights."""

from collections.abc import Iterable
from itertools import chain

from django.urls import reverse

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.cycles.tree import ENTRIES as CYCLES
from kaohe_web.pages.desk.tree import ENTRIES as DESK
from kaohe_web.pages.evidence.tree import ENTRIES as EVIDENCE
from kaohe_web.pages.filing.tree import ENTRIES as FILING
from kaohe_web.pages.followup.tree import ENTRIES as FOLLOWUP
from kaohe_web.pages.keeping.tree import ENTRIES as KEEPING
from kaohe_web.pages.people.tree import ENTRIES as PEOPLE
from kaohe_web.pages.results.tree import ENTRIES as RESULTS
from kaohe_web.pages.review.tree import ENTRIES as REVIEW
from kaohe_web.pages.tree import GROUPS, Entry
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor

ENTRIES: Iterable[Entry] = tuple(
    chain(DESK, CYCLES, FILING, EVIDENCE, REVIEW, RESULTS, FOLLOWUP, PEOPLE, KEEPING)
)


def navigation(by: Actor, cycle: Cycle | None, path: str) -> list[dict[str, object]]:
    """The groups of links for an actor in a year; empty groups are left out."""
    groups = []
    for group, title in GROUPS.items():
        links = [
            {"title": entry.title, "href": href, "current": path == href}
            for entry in ENTRIES
            if entry.group == group
            and rights.may(by, entry.right)
            and (href := address(entry, cycle))
        ]
        if links:
            groups.append({"title": title, "links": links})
    return groups


def address(entry: Entry, cycle: Cycle | None) -> str:
    """Where a link leads; empty if it needs another year than is chosen."""
    if not entry.in_cycle:
        return reverse(entry.name)
    if cycle is None or entry.scope not in ("", cycle.scope):
        return ""
    return reverse(entry.name, kwargs={"cycle_id": cycle.pk})
