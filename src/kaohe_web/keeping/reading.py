"""Reading the trail: filtered by who, what, how it went, to what, in which year and days."""

import datetime as dt
import unicodedata
from dataclasses import dataclass, fields

from django.db.models import Q, QuerySet

from kaohe_web.audit.models import Entry
from kaohe_web.clock import ends, starts
from kaohe_web.cycles.models import Cycle
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for; what is empty is not asked."""

    who: str = ""
    what: str = ""
    outcome: str = ""
    thing: str = ""
    cycle: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def said(self) -> dict[str, str]:
        """What is asked, as plain text: for the trail's own entry of an export."""
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in asked.items() if value}


def entries(by: Actor) -> QuerySet[Entry]:
    """The entries of the trail, the latest first, for whoever may read it."""
    if not rights.may(by, "audit.read"):
        return Entry.objects.none()
    return Entry.objects.order_by("-seq")


def matching(by: Actor, wanted: Wanted) -> QuerySet[Entry]:
    """The entries that are looked for."""
    found = entries(by)
    if wanted.who:
        who = stands(wanted.who, "login", "name", "post")
        found = found.filter(who | Q(address=wanted.who))
    if wanted.thing:
        named = stands(wanted.thing, "object_name")
        found = found.filter(named | Q(object_id=wanted.thing) | Q(request=wanted.thing))
    for name in ("what", "outcome", "cycle"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.first:
        found = found.filter(at__gte=starts(wanted.first))
    if wanted.last:
        found = found.filter(at__lt=ends(wanted.last))
    return found


def stands(words: str, *fields: str) -> Q:
    """Whether words stand in one of the fields, as they were typed or in their plain letters."""
    found = Q()
    for way in {words, unicodedata.normalize("NFKC", words)}:
        for field in fields:
            found |= Q(**{f"{field}__icontains": way})
    return found


def about_the_same(by: Actor, entry: Entry) -> QuerySet[Entry]:
    """The entries about the same thing; none if the entry is about nothing that has a key."""
    if not entry.object_id:
        return Entry.objects.none()
    of = entries(by).filter(object_type=entry.object_type, object_id=entry.object_id)
    return of.exclude(pk=entry.pk)


def year_names() -> dict[str, str]:
    """The years' names by the keys under which the trail knows them."""
    return {str(pk): name for pk, name in Cycle.objects.values_list("pk", "name")}
