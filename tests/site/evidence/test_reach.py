"""Who sees which evidence: in lists, pages, pictures, downloads and archives alike."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from evidence.desk import Desk, content_of, entries
from files.making import drawn, pdf
from kaohe_web.cycles.models import Duty
from kaohe_web.filing import evidence_queries as queries
from kaohe_web.filing.models import Evidence
from kaohe_web.review.models import Assignment, Recusal

EVERYBODY = (
    "office",
    "leader",
    "unit_office",
    "foreign_office",
    "liaison",
    "other_liaison",
    "foreign_liaison",
    "assessor",
    "second_assessor",
    "provider",
    "system_officer",
    "security_officer",
    "audit_officer",
)

INSIDE, SECRET, OTHERS, UNSUBMITTED = "内部.png", "敏感.png", "经信局.png", "未提交.pdf"
FOREIGN = "城西.png"

SEEN = {
    "office": {INSIDE, SECRET, OTHERS, UNSUBMITTED, FOREIGN},
    "leader": {INSIDE, SECRET, OTHERS, UNSUBMITTED, FOREIGN},
    "unit_office": {INSIDE, SECRET, OTHERS, UNSUBMITTED},
    "foreign_office": {FOREIGN},
    "liaison": {INSIDE, SECRET, UNSUBMITTED},
    "other_liaison": {INSIDE, OTHERS, UNSUBMITTED},
    "foreign_liaison": {FOREIGN},
    "assessor": {INSIDE},
    "second_assessor": {INSIDE, SECRET},
}


@pytest.fixture
def rows(desk: Desk) -> dict[str, Evidence]:
    """Files of two units, one sensitive; 经信局 supports M8.1, and two assessors judge it."""
    world = desk.world
    Duty.objects.create(
        cycle=world.cycle,
        assessed=world.assessed[0],
        part="M8.1",
        department=world.departments["u01", "经信局"],
        kind=Duty.Kind.SUPPORTING,
    )
    cleared = world.posts["second_assessor"]
    cleared.cleared = True
    cleared.save()
    Assignment.objects.create(
        cycle=world.cycle, assessed=world.assessed[0], part="M8.1", assessor=cleared, turn=2
    )
    given = {
        INSIDE: desk.give("M8.1", drawn("PNG", (7, 7)), INSIDE),
        SECRET: desk.give("M8.1", drawn("PNG", (8, 8)), SECRET, label="sensitive"),
        OTHERS: desk.give("M10", drawn("PNG"), OTHERS, who="other_liaison"),
        FOREIGN: desk.give("M9", drawn("PNG", (9, 9)), FOREIGN, who="foreign_liaison", unit=1),
    }
    desk.submit("M8.1", "M9", "M10")
    given[UNSUBMITTED] = desk.give("M11", pdf(6), UNSUBMITTED, who="unit_office")
    Evidence.objects.filter(name=UNSUBMITTED).update(department=world.departments["u01", "市监局"])
    return {name: use.evidence for name, use in given.items()}


def test_everybody_sees_what_they_have_to_do_with(desk: Desk, rows: dict[str, Evidence]) -> None:
    assert len(rows) == 5
    found = {
        who: {row.name for row in queries.evidence(desk.world.actor(who), desk.world.cycle)}
        for who in EVERYBODY
    }
    assert found == {who: SEEN.get(who, set()) for who in EVERYBODY}


def test_T22_every_door_to_a_file_asks_the_same_question(
    desk: Desk, rows: dict[str, Evidence]
) -> None:
    for who in EVERYBODY:
        client = desk.world.client(who)
        for name, row in rows.items():
            expected = 200 if name in SEEN.get(who, set()) else 404 if who in SEEN else 403
            for address in doors(desk, row):
                response = client.get(address)
                content_of(response)
                assert (who, address, response.status_code) == (who, address, expected)


def doors(desk: Desk, row: Evidence) -> list[str]:
    """Every address at which a file, or something drawn of it, is given out."""
    return [
        desk.address("evidence_item", pk=row.pk),
        desk.address("evidence_download", pk=row.pk),
        desk.address("evidence_preview", pk=row.pk, number=1),
    ]


def test_T22_a_refused_id_leaves_its_entry(desk: Desk, rows: dict[str, Evidence]) -> None:
    address = desk.address("evidence_download", pk=rows[SECRET].pk)
    desk.world.client("foreign_liaison").get(address)
    assert entries("page.refused") == [
        ("foreign_liaison", "refused", "没有这一页，或者您不能查看它；请从左侧菜单进入")
    ]
    assert entries("file.downloaded") == []


def test_T22_an_id_of_another_year_is_not_there(desk: Desk, rows: dict[str, Evidence]) -> None:
    other = type(desk.world.cycle).objects.get(pk=desk.world.cycle.pk)
    other.pk, other.name = None, "另一年度（示例）"
    other.save()
    client = desk.world.client("office")
    for row in rows.values():
        response = client.get(
            desk.address("evidence_item", pk=row.pk).replace(
                f"/cycles/{desk.world.cycle.pk}/", f"/cycles/{other.pk}/"
            )
        )
        assert response.status_code == 404


def test_T22_changing_by_a_foreign_id_changes_nothing(
    desk: Desk, rows: dict[str, Evidence]
) -> None:
    row = rows[UNSUBMITTED]
    use = row.uses.get()
    client = desk.world.client("foreign_liaison")
    for address, data in (
        (desk.address("evidence_describe", pk=row.pk), {"version": 1, "label": "internal"}),
        (desk.address("evidence_withdraw", pk=row.pk), {}),
        (desk.address("evidence_replace", pk=row.pk), {}),
        (desk.address("evidence_detach", pk=use.pk), {}),
        (desk.address("evidence_point", pk=use.pk), {"version": 1, "page": 1}),
        (desk.of_part("evidence_upload"), {"label": "internal"}),
        (desk.of_part("evidence_attach", "M9", unit=1), {"evidence": row.pk}),
    ):
        assert (address, client.post(address, data).status_code) == (address, 404)
    row.refresh_from_db()
    assert (row.version, row.withdrawn_at, row.uses.count()) == (1, None, 1)


def page_of(response: Any) -> str:
    """A page as text."""
    assert response.status_code == 200
    content: str = response.content.decode()
    return content


def zip_of(client: Client, desk: Desk) -> list[str]:
    """What an archive of the unit holds."""
    address = desk.address("evidence_zip", assessed_id=desk.world.assessed[0].pk)
    with zipfile.ZipFile(io.BytesIO(content_of(client.get(address)))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        listed = SECRET in archive.read("证据目录.csv").decode("utf-8-sig")
        assert listed == any(SECRET in name for name in names)
        return names


def test_T28_who_is_not_cleared_finds_no_trace_of_what_is_sensitive(
    desk: Desk, rows: dict[str, Evidence]
) -> None:
    assert rows[SECRET].label == "sensitive"
    for who in ("assessor", "other_liaison"):
        client = desk.world.client(who)
        for address in doors(desk, rows[SECRET]):
            assert client.get(address).status_code == 404
        for address in (
            desk.address("evidence"),
            desk.of_part("evidence_of_part"),
            desk.of_part("clause"),
        ):
            assert SECRET not in page_of(client.get(address))
        assert [name for name in zip_of(client, desk) if SECRET in name] == []


def test_T28_who_is_cleared_finds_it_everywhere(desk: Desk, rows: dict[str, Evidence]) -> None:
    assert rows[SECRET].label == "sensitive"
    for who in ("office", "leader", "unit_office", "liaison", "second_assessor"):
        client = desk.world.client(who)
        assert SECRET in page_of(client.get(desk.address("evidence")))
        assert SECRET in page_of(client.get(desk.of_part("evidence_of_part")))
        assert len([name for name in zip_of(client, desk) if SECRET in name]) == 1


def test_T28_a_picture_that_was_drawn_before_is_no_back_door(
    desk: Desk, rows: dict[str, Evidence]
) -> None:
    address = desk.address("evidence_preview", pk=rows[SECRET].pk, number=1)
    assert desk.world.client("office").get(address).status_code == 200
    assert [name for name in desk.stored() if name.startswith("previews/")] != []
    assert desk.world.client("assessor").get(address).status_code == 404


def test_an_assessor_is_told_how_much_they_are_not_cleared_to_see(
    desk: Desk, rows: dict[str, Evidence]
) -> None:
    assert rows
    page = page_of(desk.world.client("assessor").get(desk.of_part("evidence_of_part")))
    assert "另有 1 份标为敏感的材料" in page
    other = page_of(desk.world.client("other_liaison").get(desk.of_part("evidence_of_part")))
    assert "标为敏感的材料" not in other


def test_an_assessor_who_steps_back_sees_the_unit_no_more(
    desk: Desk, rows: dict[str, Evidence]
) -> None:
    assert rows
    Recusal.objects.create(
        cycle=desk.world.cycle,
        assessor=desk.world.posts["assessor"],
        assessed=desk.world.assessed[0],
        reason="亲属在该单位任职",
        at=desk.world.cycle.made_at,
    )
    found = queries.evidence(desk.world.actor("assessor"), desk.world.cycle)
    assert list(found) == []
