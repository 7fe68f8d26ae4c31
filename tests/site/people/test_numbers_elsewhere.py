"""T26: whole numbers of people stand in no entry, log, message or page of an error."""

import io
import logging
from dataclasses import replace

import pytest
from django.db import connection

from kaohe_web.audit.models import Entry
from kaohe_web.errors import Conflict
from kaohe_web.people import contacts
from kaohe_web.people.contact_sheet import look_into
from kaohe_web.people.models import Contact
from kaohe_web.sheets.contacts import Contact as Line
from kaohe_web.sheets.contacts import write_contacts
from world import NOW, World

MOBILE, OTHER, PHONE, EMAIL = "13800138000", "13911139111", "0427-2823456", "lianxi@example.gov.cn"
WHOLE = (MOBILE, OTHER, PHONE, "2823456", EMAIL)
SQLITE = """CREATE TRIGGER audit_full BEFORE INSERT ON audit_entry
    WHEN NEW.what = 'contact.revealed' BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"""
POSTGRESQL = """CREATE FUNCTION audit_full() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file'; END $$;
    CREATE TRIGGER audit_full BEFORE INSERT ON audit_entry FOR EACH ROW
    WHEN (NEW.what = 'contact.revealed') EXECUTE FUNCTION audit_full()"""


@pytest.fixture
def line(world: World) -> Line:
    """Somebody with all their numbers."""
    body = str(world.units[0])
    return Line(name="甲示例", body=body, mobile=MOBILE, phone=PHONE, fax=PHONE, email=EMAIL)


@pytest.fixture
def contact(world: World, line: Line) -> Contact:
    """The same on the list."""
    return contacts.add(None, by=world.actor("office"), at=NOW, line=line)


def everything_done(world: World, contact: Contact, line: Line) -> None:
    """Changed, changed by two, taken in, revealed, exported, removed."""
    by = world.actor("office")
    changed = replace(line, mobile=OTHER)
    contacts.change(contact, by=by, at=NOW, version=1, line=changed)
    with pytest.raises(Conflict):
        contacts.change(contact, by=by, at=NOW, version=1, line=line)
    target = io.BytesIO()
    write_contacts([replace(line, name="乙示例")], target, purpose="示例")
    rows, found = look_into(by, target.getvalue(), "名单.xlsx")
    seen = found.fingerprint
    contacts.take_in(None, by=by, at=NOW, rows=rows, seen=seen, file="名单.xlsx")
    contacts.reveal(contact, by=by, at=NOW, purpose="通知核查")
    contacts.export(None, by=by, at=NOW, purpose="核对名单")
    contacts.remove(contact, by=by, at=NOW, version=2, reason="调离")


def test_T26_the_trail_and_the_log_hold_no_whole_number(
    world: World, contact: Contact, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    everything_done(world, contact, line)
    for address in ("/contacts/", f"/contacts/?words={MOBILE}", "/contacts/export/"):
        assert world.client("office").get(address).status_code == 200
    kept = repr(list(Entry.objects.values_list()))
    assert "138****8000" in kept
    assert [each for each in WHOLE if each in kept or each in caplog.text] == []
    exported = world.client("audit_officer").get("/audit/export/").content.decode()
    assert [each for each in WHOLE if each in exported] == []


def test_T26_a_page_of_an_error_and_its_log_hold_no_whole_number(
    world: World, contact: Contact, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
    client = world.client("office")
    client.raise_request_exception = False
    answer = client.post(f"/contacts/{contact.pk}/reveal/", {"purpose": "通知核查"})
    assert (answer.status_code, "Traceback" in caplog.text) == (500, True)
    text = answer.content.decode() + caplog.text
    assert [each for each in WHOLE if each in text] == []


def test_T26_a_refused_change_shows_others_numbers_masked(
    world: World, contact: Contact, line: Line
) -> None:
    by = world.actor("office")
    contacts.change(contact, by=by, at=NOW, version=1, line=replace(line, mobile=OTHER))
    stale = {"name": line.name, "body": line.body, "mobile": MOBILE, "version": "1"}
    answer = world.client("unit_office").post(f"/contacts/{contact.pk}/change/", stale)
    page = answer.content.decode()
    assert (answer.status_code, OTHER in page, "139****9111" in page) == (409, False, True)
