"""The contact list (联系人员名单): people added, corrected, revealed; lists in and out."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.errors import Conflict, Difference, Invalid
from kaohe_web.people import queries
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.bodies import Bodies
from kaohe_web.people.contact_sheet import Comparison, compare
from kaohe_web.people.masks import masked
from kaohe_web.people.models import Contact
from kaohe_web.sheets.contacts import HEADS
from kaohe_web.sheets.contacts import Contact as Line
from kaohe_web.sheets.read_contacts import ContactRow

LIST = trail.What("people.contact", "", "联系人员名单")
SHORTEST_PURPOSE = 4


@action("contact.added", right="contacts.edit")
def add(_nothing: None, /, *, by: Actor, at: dt.datetime, line: Line) -> Contact:
    """Register a person; whose name and body stand there already is not registered twice."""
    compared = compare(by, [ContactRow(line, "")])
    if compared.faults:
        raise Invalid([fault.message for fault in compared.faults])
    if not compared.new:
        raise Invalid(
            [
                _("名单里已有%(body)s的%(name)s；请打开这个人修改")
                % {"body": line.body, "name": line.name}
            ]
        )
    contact = put(Contact(), line, Bodies(by))
    trail.record("contact.added", contact, by=by, at=at, details=told(line))
    return contact


@action("contact.changed", right="contacts.edit")
def change(contact: Contact, /, *, by: Actor, at: dt.datetime, version: int, line: Line) -> Contact:
    """Write all fields of a person anew."""
    bodies = Bodies(by)
    fault = bodies.fault(line.body)
    if fault:
        raise Invalid([fault])

    def against(row: Contact) -> list[Difference]:
        return differences(row, line)

    row = locked(queries.editable_contacts(by), contact.pk, version=version, differences=against)
    changed = differences(row, line)
    row.version += 1
    put(row, line, bodies)
    details = {each.label: [each.now, each.mine] for each in changed}
    trail.record("contact.changed", row, by=by, at=at, details=details)
    return row


@action("contact.removed", right="contacts.edit")
def remove(contact: Contact, /, *, by: Actor, at: dt.datetime, version: int, reason: str) -> None:
    """Take a person off the list; nothing of their data is kept."""
    row = locked(queries.editable_contacts(by), contact.pk, version=version)
    trail.record("contact.removed", row, by=by, at=at, reason=reason)
    row.delete()


@action("contact.revealed", right="contacts.reveal")
def reveal(contact: Contact, /, *, by: Actor, at: dt.datetime, purpose: str) -> Contact:
    """One person's data in full, for a purpose that the trail keeps."""
    row = locked(queries.contacts(by), contact.pk)
    trail.record("contact.revealed", row, by=by, at=at, reason=stated(purpose))
    return row


@action("contacts.exported", right="contacts.export")
def export(_nothing: None, /, *, by: Actor, at: dt.datetime, purpose: str) -> list[Line]:
    """The whole list that the actor may edit, in full, for a purpose that the trail keeps."""
    lines = [line_of(contact) for contact in queries.editable_contacts(by)]
    details = {"people": str(len(lines))}
    trail.record("contacts.exported", LIST, by=by, at=at, reason=stated(purpose), details=details)
    return lines


@action("contacts.imported", right="contacts.edit")
def take_in(
    _nothing: None, /, *, by: Actor, at: dt.datetime, rows: list[ContactRow], seen: str, file: str
) -> Comparison:
    """Take in a list that was previewed: everything, or nothing.

    ``seen`` is the fingerprint of the preview that the person agreed to.

    :raises Conflict: if the list changed since.
    """
    compared = compare(by, rows, for_update=True)
    if compared.fingerprint != seen:
        raise Conflict(_("预览之后名单又有变动，没有导入；请重新上传，看过预览再确认"))
    bodies = Bodies(by)
    for row in compared.new:
        put(Contact(), row.contact, bodies)
    for change_ in compared.changed:
        change_.contact.version += 1
        put(change_.contact, change_.line, bodies)
    details = {
        "file": file,
        "added": [row.contact.name for row in compared.new],
        "changed": [each.contact.name for each in compared.changed],
    }
    trail.record("contacts.imported", LIST, by=by, at=at, details=details)
    return compared


def put(contact: Contact, line: Line, bodies: Bodies) -> Contact:
    """Write a line into a row, with the body that its name means."""
    body = bodies.meant(line.body)
    contact.unit_id, contact.department_id = body.unit_id, body.department_id
    contact.provider_id = body.provider_id
    for name in HEADS:
        setattr(contact, name, getattr(line, name))
    contact.save()
    return contact


def line_of(contact: Contact) -> Line:
    """A row as a line of the list."""
    return Line(**{name: getattr(contact, name) for name in HEADS})


def differences(contact: Contact, line: Line) -> list[Difference]:
    """The fields in which a row and a line differ, masked."""
    return [
        Difference(head, masked(name, getattr(contact, name)), masked(name, getattr(line, name)))
        for name, head in HEADS.items()
        if getattr(contact, name) != getattr(line, name)
    ]


def told(line: Line) -> Mapping[str, str]:
    """A line as the trail keeps it: masked, without what is empty."""
    return {
        head: masked(name, getattr(line, name))
        for name, head in HEADS.items()
        if getattr(line, name)
    }


def stated(purpose: str) -> str:
    """:raises Invalid: if no purpose is stated."""
    purpose = purpose.strip()
    if len(purpose) < SHORTEST_PURPOSE:
        raise Invalid([_("请写明用途，至少 %(count)s 个字") % {"count": SHORTEST_PURPOSE}])
    return purpose
