"""A contact list from a workbook, beside the one of the site: who is new, who changes, what is bad.

Nobody is taken off the list because a workbook does not name them, and an empty cell changes
nothing: lists come in from many hands, and few are whole.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from django.utils.translation import gettext as _

from kaohe.location import Mistake
from kaohe.nodes import Mistaken
from kaohe_web.errors import Difference, Invalid
from kaohe_web.people import queries
from kaohe_web.people.actor import Actor
from kaohe_web.people.bodies import Bodies
from kaohe_web.people.masks import masked
from kaohe_web.people.models import Contact
from kaohe_web.people.sealed import seal, unseal
from kaohe_web.sheets.contacts import HEADS
from kaohe_web.sheets.contacts import Contact as Line
from kaohe_web.sheets.read_contacts import ContactRow, read_contacts
from kaohe_web.sheets.source import Source
from kaohe_web.sheets.texts import folded

AGREED_WITHIN = dt.timedelta(hours=1)
"""A preview is agreed to within this time."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A person on the list whose line in the workbook says something else."""

    contact: Contact
    line: Line
    place: str

    @property
    def fields(self) -> list[Difference]:
        """What changes, masked."""
        pairs = ((name, getattr(self.contact, name), getattr(self.line, name)) for name in HEADS)
        return [
            Difference(HEADS[name], masked(name, now), masked(name, mine))
            for name, now, mine in pairs
            if now != mine
        ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What taking a workbook in would do."""

    new: tuple[ContactRow, ...]
    changed: tuple[Change, ...]
    same: int
    faults: tuple[Mistake, ...]
    warnings: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What a person agrees to: these new lines, these changes of these versions."""
        new = [asdict(row.contact) for row in self.new]
        changed = [
            [each.contact.pk, each.contact.version, asdict(each.line)] for each in self.changed
        ]
        text = json.dumps([new, changed], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def does_nothing(self) -> bool:
        """Whether nobody is new and nothing changes."""
        return not self.new and not self.changed


def look_into(by: Actor, source: Source, file: str) -> tuple[list[ContactRow], Comparison]:
    """The people of a workbook, and what taking them in would do; what is bad by its cell."""
    try:
        found = read_contacts(source, file)
    except Mistaken as mistaken:
        return [], Comparison((), (), 0, tuple(mistaken.mistakes))
    rows = list(found.rows)
    return rows, replace(compare(by, rows), warnings=found.warnings)


def compare(by: Actor, rows: Sequence[ContactRow], *, for_update: bool = False) -> Comparison:
    """What taking lines in would do to the list that the actor may edit."""
    bodies = Bodies(by)
    contacts = queries.editable_contacts(by)
    if for_update:
        contacts = contacts.select_for_update(of=("self",))
    held: dict[Key, list[Contact]] = {}
    for contact in contacts:
        held.setdefault(key_of(contact.body, contact.name, bodies), []).append(contact)
    new, changed, faults, same = [], [], [], 0
    for row in rows:
        known = held.get(key_of(row.contact.body, row.contact.name, bodies), [])
        fault = bodies.fault(row.contact.body) or repeated(known)
        if fault:
            faults.append(Mistake(row.place, fault))
        elif not known:
            new.append(row)
        else:
            change = Change(known[0], filled_up(known[0], row.contact), row.place)
            if change.fields:
                changed.append(change)
            else:
                same += 1
    return Comparison(tuple(new), tuple(changed), same, tuple(faults))


def key_of(body: str, name: str, bodies: Bodies) -> Key:
    """Who is the same person: the name, in the same body however it is written."""
    meant = bodies.meant(body)
    return (meant if meant.is_known else folded(body), folded(name))


def repeated(known: Iterable[Contact]) -> str:
    """What to say if the list itself holds a person twice."""
    number = len(list(known))
    if number <= 1:
        return ""
    return _("名单里有 %(count)s 个同单位同姓名的人；请先在页面上处理") % {"count": number}


def filled_up(contact: Contact, line: Line) -> Line:
    """A line whose empty cells hold what the list has; the body stays as it is written there."""
    held = {name: getattr(line, name) or getattr(contact, name) for name in HEADS}
    return Line(**{**held, "body": contact.body, "name": contact.name})


def sealed_rows(
    by: Actor, rows: Sequence[ContactRow], seen: str, file: str, at: dt.datetime
) -> str:
    """What was previewed, sealed, so that the page can carry it until the person agrees."""
    lines = [[asdict(row.contact), row.place] for row in rows]
    whole = {"user": by.user.pk, "at": at.isoformat(), "seen": seen, "file": file, "rows": lines}
    return seal(json.dumps(whole, ensure_ascii=False))


def unsealed_rows(by: Actor, text: str, at: dt.datetime) -> tuple[list[ContactRow], str, str]:
    """The people, the fingerprint and the file of a preview that this person agreed to.

    :raises Invalid: if it is not what we sealed for this person a while ago.
    """
    try:
        whole = json.loads(unseal(text))
        mine = whole["user"] == by.user.pk
        fresh = at - dt.datetime.fromisoformat(whole["at"]) <= AGREED_WITHIN
    except Exception as error:  # a text that we did not seal fails in many ways
        raise Invalid([_("预览已失效；请重新上传名单")]) from error
    if not (mine and fresh):
        raise Invalid([_("预览已过一小时，或者不是您的；请重新上传名单")])
    rows = [ContactRow(Line(**fields), place) for fields, place in whole["rows"]]
    return rows, whole["seen"], whole["file"]
