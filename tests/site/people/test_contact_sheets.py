"""The contact list as a workbook: previewed, taken in whole or not, given out for a purpose."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaohe_web.audit.models import Entry
from kaohe_web.errors import Conflict, Invalid
from kaohe_web.people import contacts
from kaohe_web.people.contact_sheet import compare, look_into, sealed_rows, unsealed_rows
from kaohe_web.people.models import Contact
from kaohe_web.sheets.contacts import Contact as Line
from kaohe_web.sheets.contacts import write_contacts
from people.door import entries
from world import NOW, World

MOBILE, OTHER_MOBILE = "13800138000", "13900139000"


def workbook(*lines: Line) -> bytes:
    """A contact list as an office would fill it."""
    target = BytesIO()
    write_contacts(lines, target, "导入")
    return target.getvalue()


def held(world: World, name: str = "甲示例", *, unit: int = 0) -> Contact:
    """A person on the list."""
    of = world.units[unit]
    return Contact.objects.create(unit=of, body=of.name, name=name, mobile=MOBILE, duty="科长")


def previewed(client: Client, data: bytes, name: str = "名单.xlsx") -> tuple[int, Any]:
    """What the page says to a workbook."""
    upload = SimpleUploadedFile(name, data)
    page = client.post("/contacts/import/preview/", {"file": upload})
    return page.status_code, page.context


def test_a_preview_says_who_is_new_and_what_changes_masked(world: World) -> None:
    contact = held(world)
    data = workbook(
        Line("甲示例", "城东区（示例）", mobile=OTHER_MOBILE),
        Line("乙示例", "城西区（示例）市监局"),
    )
    status, context = previewed(world.client("office"), data)
    found = context["found"]
    (change,) = found.changed
    assert status == 200
    assert [row.contact.name for row in found.new] == ["乙示例"]
    assert (change.contact, change.place) == (contact, "联系人名单!B4")
    assert [(each.label, each.now, each.mine) for each in change.fields] == [
        ("手机", "138****8000", "139****9000")
    ]
    contact.refresh_from_db()
    assert (contact.mobile, Contact.objects.count()) == (MOBILE, 1)


def test_what_was_agreed_to_is_taken_in_and_recorded_once(world: World) -> None:
    contact = held(world)
    client = world.client("office")
    data = workbook(
        Line("甲示例", "城东区（示例）", mobile=OTHER_MOBILE),
        Line("乙示例", "城西区（示例）市监局"),
    )
    _status, context = previewed(client, data)
    answer = client.post("/contacts/import/confirm/", {"sealed": context["sealed"]})
    contact.refresh_from_db()
    assert (answer["Location"], contact.mobile, contact.duty, contact.version) == (
        "/contacts/",
        OTHER_MOBILE,
        "科长",
        2,
    )
    added = Contact.objects.get(name="乙示例")
    assert added.department == world.departments["u02", "市监局"]
    entry = Entry.objects.get(what="contacts.imported")
    assert json.loads(entry.details) == {
        "file": "名单.xlsx",
        "added": ["乙示例"],
        "changed": ["甲示例"],
    }


def test_bad_cells_are_named_and_nothing_is_taken_in(world: World) -> None:
    data = workbook(
        Line("甲示例", "城东区（示例）", mobile="1380013800"),
        Line("乙示例", "城西区（示例）", email="not an address"),
    )
    status, context = previewed(world.client("office"), data)
    places = [str(fault).partition(": ")[0] for fault in context["faults"]]
    assert (status, places) == (422, ["名单.xlsx:联系人名单!G4", "名单.xlsx:联系人名单!I5"])
    assert Contact.objects.count() == 0


def test_T22_a_unit_office_takes_in_its_own_people_only(world: World) -> None:
    stranger = held(world, unit=1)
    data = workbook(Line("甲示例", "城西区（示例）", mobile=OTHER_MOBILE), Line("乙示例", "经信局"))
    status, context = previewed(world.client("unit_office"), data)
    assert (status, context["faults"]) == (
        422,
        (
            (
                "联系人名单!B4: “城西区（示例）”不是本单位或本单位的部门；"
                "请写全称：“城东区（示例）”、“城东区（示例）市监局”、“城东区（示例）经信局”"
            ),
        ),
    )
    stranger.refresh_from_db()
    assert (stranger.mobile, Contact.objects.count()) == (MOBILE, 1)


def test_a_list_that_changed_since_the_preview_is_not_taken_in(world: World) -> None:
    contact, by = held(world), world.actor("office")
    data = workbook(Line("甲示例", "城东区（示例）", mobile=OTHER_MOBILE))
    rows, found = look_into(by, data, "名单.xlsx")
    line = contacts.line_of(contact)
    contacts.change(contact, by=by, at=NOW, version=1, line=line)
    with pytest.raises(Conflict, match="预览之后名单又有变动"):
        contacts.take_in(None, by=by, at=NOW, rows=rows, seen=found.fingerprint, file="x.xlsx")
    contact.refresh_from_db()
    assert contact.mobile == MOBILE
    assert [outcome for _login, outcome, _why in entries("contacts.imported")] == ["refused"]


def test_a_preview_is_agreed_to_by_who_saw_it_and_soon(world: World) -> None:
    office, stranger = world.actor("office"), world.actor("unit_office")
    rows, found = look_into(office, workbook(Line("甲示例", "城东区（示例）")), "名单.xlsx")
    sealed = sealed_rows(office, rows, found.fingerprint, "名单.xlsx", NOW)
    assert unsealed_rows(office, sealed, NOW) == (rows, found.fingerprint, "名单.xlsx")
    late = NOW.replace(hour=NOW.hour + 1, minute=1)
    for by, text, at in ((stranger, sealed, NOW), (office, sealed, late), (office, "v1:AA", NOW)):
        with pytest.raises(Invalid, match="请重新上传名单"):
            unsealed_rows(by, text, at)


def test_T41_what_a_preview_carries_tells_nobody_a_number(world: World) -> None:
    data = workbook(Line("甲示例", "城东区（示例）", mobile=MOBILE))
    _status, context = previewed(world.client("office"), data)
    assert MOBILE not in str(context["sealed"])


def test_empty_cells_change_nothing_and_the_same_list_again_does_nothing(world: World) -> None:
    held(world)
    by = world.actor("office")
    rows, found = look_into(by, workbook(Line("甲示例", "城东区 （示例）")), "名单.xlsx")
    assert (found.does_nothing, found.same, len(rows)) == (True, 1, 1)


def test_a_person_who_stands_twice_on_the_list_is_told(world: World) -> None:
    held(world)
    held(world)
    found = compare(
        world.actor("office"),
        look_into(world.actor("office"), workbook(Line("甲示例", "城东区（示例）")), "x")[0],
    )
    assert [str(fault) for fault in found.faults] == [
        "联系人名单!B4: 名单里有 2 个同单位同姓名的人；请先在页面上处理"
    ]


def test_the_list_is_given_out_whole_with_its_purpose_and_an_entry(world: World) -> None:
    held(world)
    held(world, "乙示例", unit=1)
    client = world.client("unit_office")
    answer = client.post("/contacts/export/file/", {"purpose": "通知实地核查时间"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    names = [sheet.cell(row, 2).value for row in range(4, 7)]
    assert (names, sheet["G4"].value) == (["甲示例", None, None], MOBILE)
    assert str(sheet["A2"].value).startswith("用途：通知实地核查时间。")
    assert "联系人员名单" in unquote(answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    entry = Entry.objects.get(what="contacts.exported")
    assert (entry.login, entry.reason, json.loads(entry.details)) == (
        "unit_office",
        "通知实地核查时间",
        {"people": "1"},
    )


def test_nothing_is_given_out_without_a_purpose(world: World) -> None:
    answer = world.client("office").post("/contacts/export/file/", {"purpose": ""})
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/html; charset=utf-8")
    assert entries("contacts.exported") == []


def test_T09_a_name_that_looks_like_a_formula_stays_a_name(world: World) -> None:
    held(world, "=1+1")
    answer = world.client("office").post("/contacts/export/file/", {"purpose": "核对名单"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=1+1", "s")


def test_an_empty_sheet_to_fill_in_holds_nobody(world: World) -> None:
    held(world)
    answer = world.client("unit_office").get("/contacts/import/empty/")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [sheet.cell(3, column).value for column in range(1, 10)] == [
        "序号",
        "姓名",
        "性别",
        "所在单位",
        "职务",
        "办公电话",
        "手机",
        "传真",
        "电子邮件",
    ]
    assert {sheet.cell(row, 2).value for row in range(4, 20)} == {None}
