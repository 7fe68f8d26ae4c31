"""The contact list: who sees whom, masked; revealed, corrected and taken off with an entry each."""

import json
from dataclasses import replace
from typing import Any

import pytest

from kaohe_web.audit.models import Entry
from kaohe_web.errors import Conflict, Difference, Invalid, NotAllowed, NotThere
from kaohe_web.people import contacts, queries
from kaohe_web.people.masks import masked_email, masked_phones
from kaohe_web.people.models import Contact
from kaohe_web.sheets.contacts import Contact as Line
from people.door import entries
from world import NOW, World

MOBILE, PHONE, EMAIL = "13800138000", "0427-2823456", "lianxi@example.gov.cn"
SEALED = (MOBILE, PHONE, EMAIL, "2823456")


def listed(world: World) -> dict[str, Contact]:
    """One person of each body: two units, two departments, the provider, and of none of them."""
    east, west = world.units[:2]
    bodies: dict[str, dict[str, Any]] = {
        "east": {"unit": east, "body": east.name},
        "east_dept": {
            "unit": east,
            "department": world.departments["u01", "市监局"],
            "body": "市监局",
        },
        "east_other": {"department": world.departments["u01", "经信局"], "body": "经信局"},
        "west": {"unit": west, "body": west.name},
        "provider": {"provider": world.provider, "body": world.provider.name},
        "none": {"body": "市领导小组办公室（示例）"},
    }
    return {
        key: Contact.objects.create(
            name=f"联系人{key}", mobile=MOBILE, phone=PHONE, email=EMAIL, duty="科长", **fields
        )
        for key, fields in bodies.items()
    }


def test_T26_everybody_sees_the_contacts_of_their_own_body_only(world: World) -> None:
    held = listed(world)
    names = {contact.pk: key for key, contact in held.items()}
    seen = {
        name: sorted(names[contact.pk] for contact in queries.contacts(world.actor(name)))
        for name in world.posts
    }
    everybody = sorted(held)
    assert seen == {
        "office": everybody,
        "leader": everybody,
        "unit_office": ["east", "east_dept", "east_other"],
        "foreign_office": ["west"],
        "liaison": ["east_dept"],
        "other_liaison": ["east_other"],
        "foreign_liaison": [],
        "provider": ["provider"],
        "assessor": [],
        "second_assessor": [],
        "third_assessor": [],
        "system_officer": [],
        "security_officer": [],
        "audit_officer": [],
    }


@pytest.mark.parametrize("name", ["office", "leader", "unit_office", "liaison", "provider"])
def test_T26_no_page_shows_a_whole_number_without_a_purpose(world: World, name: str) -> None:
    held = listed(world)
    client = world.client(name)
    seen = [contact.pk for contact in queries.contacts(world.actor(name))]
    pages = [client.get("/contacts/"), *(client.get(f"/contacts/{pk}/") for pk in seen)]
    shown = "".join(page.content.decode() for page in pages)
    assert [each for each in SEALED if each in shown] == []
    assert "138****8000" in shown
    others = {contact.pk for contact in held.values()} - set(seen)
    assert {client.get(f"/contacts/{pk}/").status_code for pk in others} <= {404}


def test_T26_masked_forms() -> None:
    typed = "13812345678、0427-2823456-801、12345"
    assert masked_phones(typed) == "138****5678、****6801、****"
    assert (masked_email("lianxi@example.gov.cn"), masked_email("x")) == (
        "l***@example.gov.cn",
        "x***",
    )


def test_T26_a_reveal_shows_one_person_and_leaves_an_entry(world: World) -> None:
    held = listed(world)
    client, pk = world.client("office"), held["west"].pk
    page = client.post(f"/contacts/{pk}/reveal/", {"purpose": "通知实地核查时间"})
    assert MOBILE in page.content.decode()
    entry = Entry.objects.get(what="contact.revealed")
    assert (entry.login, entry.outcome, entry.object_id, entry.reason) == (
        "office",
        "done",
        str(pk),
        "通知实地核查时间",
    )
    assert MOBILE not in client.get(f"/contacts/{pk}/").content.decode()


def test_T26_nothing_is_revealed_without_a_purpose(world: World) -> None:
    held = listed(world)
    client = world.client("office")
    page = client.post(f"/contacts/{held['west'].pk}/reveal/", {"purpose": "看看"})
    assert (page.status_code, MOBILE in page.content.decode()) == (422, False)
    with pytest.raises(Invalid, match="请写明用途，至少 4 个字"):
        contacts.reveal(held["west"], by=world.actor("office"), at=NOW, purpose=" 看 ")


@pytest.mark.parametrize("name", ["liaison", "provider", "assessor", "security_officer"])
def test_T26_who_may_not_reveal_does_not(world: World, name: str) -> None:
    held = listed(world)
    with pytest.raises(NotAllowed):
        contacts.reveal(held["east_dept"], by=world.actor(name), at=NOW, purpose="随便看看")
    assert entries("contact.revealed")[0][:2] == (name, "refused")
    path = f"/contacts/{held['east_dept'].pk}/reveal/"
    assert world.client(name).post(path, {"purpose": "随便看看"}).status_code == 403


def test_T22_a_unit_office_reaches_nobody_of_another_unit(world: World) -> None:
    held = listed(world)
    by, stranger = world.actor("unit_office"), held["west"]
    line = contacts.line_of(stranger)
    with pytest.raises(NotThere):
        contacts.reveal(stranger, by=by, at=NOW, purpose="打听消息")
    with pytest.raises(NotThere):
        contacts.remove(stranger, by=by, at=NOW, version=1, reason="越权")
    with pytest.raises(Invalid):
        contacts.change(stranger, by=by, at=NOW, version=1, line=line)
    with pytest.raises(NotThere):
        contacts.change(stranger, by=by, at=NOW, version=1, line=replace(line, body="市监局"))
    client = world.client("unit_office")
    paths = [f"/contacts/{stranger.pk}/{verb}/" for verb in ("change", "remove", "reveal")]
    assert [client.post(path, {"purpose": "打听消息"}).status_code for path in paths] == [404] * 3
    stranger.refresh_from_db()
    assert (stranger.mobile, stranger.version) == (MOBILE, 1)


def test_a_person_is_registered_in_the_body_that_the_name_means(world: World) -> None:
    by = world.actor("office")
    line = Line(name="张示例", body="城东区（示例） 市监局", mobile=MOBILE)
    added = contacts.add(None, by=by, at=NOW, line=line)
    department = world.departments["u01", "市监局"]
    assert (added.department, added.unit_id, added.body) == (
        department,
        department.unit_id,
        "城东区（示例） 市监局",
    )
    entry = Entry.objects.get(what="contact.added")
    assert json.loads(entry.details) == {
        "姓名": "张示例",
        "所在单位": "城东区（示例） 市监局",
        "手机": "138****8000",
    }
    with pytest.raises(Invalid, match="名单里已有城东区（示例）市监局的张示例"):
        contacts.add(None, by=by, at=NOW, line=replace(line, body="城东区（示例）市监局"))


def test_the_office_registers_people_of_any_body_a_unit_office_of_its_own_only(
    world: World,
) -> None:
    line = Line(name="张示例", body="市领导小组办公室（示例）")
    assert contacts.add(None, by=world.actor("office"), at=NOW, line=line).unit is None
    with pytest.raises(Invalid, match="“市领导小组办公室（示例）”不是本单位或本单位的部门"):
        contacts.add(None, by=world.actor("unit_office"), at=NOW, line=line)
    own = replace(line, body="经信局")
    added = contacts.add(None, by=world.actor("unit_office"), at=NOW, line=own)
    assert added.department == world.departments["u01", "经信局"]


def test_a_change_keeps_what_is_masked_unless_typed_anew(world: World) -> None:
    contact = listed(world)["east"]
    client = world.client("unit_office")
    data = {
        "name": contact.name,
        "body": contact.body,
        "gender": "女",
        "duty": "主任",
        "phone": "",
        "mobile": "139 0013 9000",
        "fax": "",
        "email": "无",
        "version": "1",
    }
    assert client.post(f"/contacts/{contact.pk}/change/", data)["Location"] == "/contacts/"
    contact.refresh_from_db()
    assert (contact.duty, contact.phone, contact.mobile, contact.email, contact.version) == (
        "主任",
        PHONE,
        "13900139000",
        "",
        2,
    )
    entry = Entry.objects.get(what="contact.changed")
    assert json.loads(entry.details) == {
        "性别": ["", "女"],
        "职务": ["科长", "主任"],
        "手机": ["138****8000", "139****9000"],
        "电子邮件": ["l***@example.gov.cn", ""],
    }


def test_T56_a_change_of_what_changed_meanwhile_overwrites_nothing(world: World) -> None:
    contact, by = listed(world)["east"], world.actor("office")
    line = contacts.line_of(contact)
    contacts.change(contact, by=by, at=NOW, version=1, line=replace(line, duty="主任"))
    with pytest.raises(Conflict) as refusal:
        contacts.change(contact, by=by, at=NOW, version=1, line=replace(line, mobile="13900139000"))
    assert refusal.value.differences == (
        Difference("职务", "主任", "科长"),
        Difference("手机", "138****8000", "139****9000"),
    )
    contact.refresh_from_db()
    assert (contact.duty, contact.mobile) == ("主任", MOBILE)


def test_whoever_is_taken_off_the_list_is_gone_with_an_entry(world: World) -> None:
    contact, by = listed(world)["east"], world.actor("unit_office")
    contacts.remove(contact, by=by, at=NOW, version=1, reason="调离")
    assert not Contact.objects.filter(name="联系人east").exists()
    assert entries("contact.removed") == [("unit_office", "done", "调离")]


@pytest.mark.parametrize("name", ["leader", "liaison", "provider", "assessor", "audit_officer"])
def test_T25_who_may_not_edit_does_not(world: World, name: str) -> None:
    contact, by = listed(world)["east_dept"], world.actor(name)
    line = contacts.line_of(contact)
    for refused in (
        lambda: contacts.add(None, by=by, at=NOW, line=line),
        lambda: contacts.change(contact, by=by, at=NOW, version=1, line=line),
        lambda: contacts.remove(contact, by=by, at=NOW, version=1, reason="越权"),
        lambda: contacts.export(None, by=by, at=NOW, purpose="打听消息"),
        lambda: contacts.take_in(None, by=by, at=NOW, rows=[], seen="", file="x.xlsx"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    client = world.client(name)
    paths = ("/contacts/new/", "/contacts/import/", "/contacts/export/", "/contacts/import/empty/")
    assert [client.get(path).status_code for path in paths] == [403] * 4


def test_T26_numbers_cannot_be_searched(world: World) -> None:
    listed(world)
    client = world.client("office")
    found = {
        words: client.get("/contacts/", {"words": words}).context["page"].paginator.count
        for words in ("13800138000", "8000", "lianxi", "east", "科长")
    }
    assert found == {"13800138000": 0, "8000": 0, "lianxi": 0, "east": 3, "科长": 6}
