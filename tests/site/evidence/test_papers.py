"""Papers for the seal: printed, handed in, superseded, missing; the self-score sheet."""

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal
from typing import Any

import pytest

from evidence.desk import Desk, as_file, content_of, entries
from files.making import pdf
from kaohe_web.audit.anchor import anchor
from kaohe_web.cycles.models import AssessedUnit, Exemption, Stage
from kaohe_web.errors import NotAllowed, NotThere, WrongState
from kaohe_web.filing import papers
from kaohe_web.filing.models import Paper, SignOff, Submission
from kaohe_web.filing.papers_queries import shelves
from kaohe_web.filing.papers_scores import score_sheet
from kaohe_web.filing.papers_todos import todos
from kaohe_web.people.models import Unit
from world import NOW

Kind = Paper.Kind


def hand_in(
    desk: Desk, kind: str = Kind.SELF_SCORE, content: bytes = b"", *, who: str = "liaison"
) -> Paper:
    """A paper, handed in."""
    kept = desk.kept(content or pdf(1), "盖章.pdf", who)
    unit = desk.world.assessed[0]
    return papers.upload(unit, by=desk.world.actor(who), at=NOW, kind=kind, kept=kept)


def test_a_paper_is_a_department_s_or_the_whole_unit_s(desk: Desk) -> None:
    own = hand_in(desk)
    whole = hand_in(desk, who="unit_office")
    assert (own.department, whole.department) == (
        desk.world.departments["u01", "市监局"],
        None,
    )
    assert entries("paper.uploaded") == [("liaison", "done", ""), ("unit_office", "done", "")]


def test_a_newer_paper_supersedes_and_keeps_the_old(desk: Desk) -> None:
    first = hand_in(desk)
    second = hand_in(desk, content=pdf(2))
    other = hand_in(desk, Kind.SELF_REPORT, pdf(3))
    first.refresh_from_db()
    assert (first.superseded_at, second.superseded_at, other.superseded_at) == (NOW, None, None)
    client = desk.world.client("liaison")
    for paper, pages in ((first, 1), (second, 2)):
        answer = client.get(desk.address("paper_download", pk=paper.pk))
        assert content_of(answer) == pdf(pages)


def test_T55_the_same_paper_twice_is_one(desk: Desk) -> None:
    assert hand_in(desk) == hand_in(desk)
    assert Paper.objects.count() == 1
    assert len(entries("paper.uploaded")) == 1


def test_papers_have_their_days(desk: Desk) -> None:
    Stage.objects.filter(kind="review").update(last_day=dt.date(2017, 10, 19))
    Stage.objects.filter(kind="filing").update(last_day=dt.date(2017, 10, 10))
    with pytest.raises(WrongState, match="“自评得分表（盖章）”已于 2017-10-19 24 时截止"):
        hand_in(desk)
    Stage.objects.filter(kind="review").update(last_day=dt.date(2017, 10, 20))
    hand_in(desk)
    Stage.objects.filter(kind="targets").update(last_day=dt.date(2017, 10, 10))
    with pytest.raises(WrongState, match="“目标备案表（盖章）”"):
        hand_in(desk, Kind.TARGETS)


@pytest.mark.parametrize("who", ["office", "leader", "assessor", "provider"])
def test_who_only_reads_hands_in_nothing(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed):
        hand_in(desk, who=who)


def test_T22_another_unit_s_papers_are_not_there(desk: Desk) -> None:
    paper = hand_in(desk)
    for who in ("foreign_office", "foreign_liaison", "other_liaison", "assessor"):
        answer = desk.world.client(who).get(desk.address("paper_download", pk=paper.pk))
        assert (who, answer.status_code) == (who, 404)
    with pytest.raises(NotThere):
        hand_in(desk, who="foreign_liaison")
    for who in ("office", "leader", "unit_office", "liaison"):
        answer = desk.world.client(who).get(desk.address("paper_download", pk=paper.pk))
        assert (who, answer.status_code) == (who, 200)
        content_of(answer)


def test_an_assessor_reads_what_the_unit_handed_in_as_a_whole(desk: Desk) -> None:
    own, whole = hand_in(desk), hand_in(desk, Kind.SELF_REPORT, who="unit_office")
    client = desk.world.client("assessor")
    found = {p.pk: client.get(desk.address("paper_download", pk=p.pk)) for p in (own, whole)}
    assert {key: answer.status_code for key, answer in found.items()} == {
        own.pk: 404,
        whole.pk: 200,
    }
    content_of(found[whole.pk])


def test_the_shelves_say_what_is_missing(desk: Desk) -> None:
    hand_in(desk)
    hand_in(desk, Kind.TARGETS, who="unit_office")
    by = desk.world.actor("unit_office")
    found = shelves(by, desk.world.cycle, [desk.world.assessed[0]])
    assert [(shelf.title, [str(kind) for kind in shelf.missing]) for shelf in found] == [
        ("全单位", ["self_score", "self_report"]),
        ("市监局", ["self_report"]),
        ("经信局", ["self_score", "self_report"]),
    ]
    own = shelves(desk.world.actor("liaison"), desk.world.cycle, [desk.world.assessed[0]])
    assert [shelf.title for shelf in own] == ["市监局"]


def test_the_pages_of_papers(desk: Desk) -> None:
    client = desk.world.client("office")
    page = client.get(desk.address("papers")).content.decode()
    assert all(str(unit) in page for unit in desk.world.assessed)
    own = desk.world.client("liaison").get(desk.address("papers"), follow=True)
    text = own.content.decode()
    assert ("还缺 2 件" in text, "上传本部门的" in text) == (True, True)
    unit = desk.world.assessed[0].pk
    answer = desk.world.client("liaison").post(
        desk.address("paper_upload", assessed_id=unit, kind="self_score"),
        {"file": as_file(pdf(1), "盖章.pdf")},
        follow=True,
    )
    assert "已上传：盖章.pdf" in answer.content.decode()
    wrong = desk.world.client("liaison").post(
        desk.address("paper_upload", assessed_id=unit, kind="别的"),
        {"file": as_file(pdf(1), "盖章.pdf")},
    )
    assert wrong.status_code == 422


@pytest.mark.parametrize("count", [3, 50])
def test_the_list_asks_as_much_for_fifty_units_as_for_three(
    desk: Desk, count: int, django_assert_num_queries: Any
) -> None:
    hand_in(desk)
    units = Unit.objects.bulk_create(
        Unit(code=f"n{number}", name=f"示例县{number}", position=number)
        for number in range(4, count + 1)
    )
    AssessedUnit.objects.bulk_create(
        AssessedUnit(cycle=desk.world.cycle, unit=unit, group="示例市") for unit in units
    )
    client = desk.world.client("office")
    client.get(desk.address("papers"))
    with django_assert_num_queries(11):
        page = client.get(desk.address("papers")).content.decode()
    assert page.count('<th scope="row">') == count


def score(desk: Desk, part: str, own: str | None, **more: Any) -> None:
    """A self-score, as it was filed."""
    Submission.objects.create(
        assessed=desk.world.assessed[0],
        cycle=desk.world.cycle,
        part=part,
        department=desk.world.departments["u01", "市监局"],
        self_score=own,
        state=Submission.State.SUBMITTED,
        submitted_at=NOW,
        **more,
    )


def test_the_self_score_sheet_adds_up_exactly(desk: Desk) -> None:
    for part, given in (("M8.1", "0.1"), ("M8.2", "0.2"), ("M9", "0.7"), ("M31.1", "2.95")):
        score(desk, part, given, lost_reason="材料不全", note="见附件")
    Exemption.objects.create(
        assessed=desk.world.assessed[0],
        cycle=desk.world.cycle,
        part="M20",
        reason="本区没有此类企业",
        by="考核办",
        at=NOW,
    )
    sheet = score_sheet(desk.world.actor("unit_office"), desk.world.assessed[0], None, NOW)
    assert (sheet.self_score, sheet.points) == (Decimal("3.95"), Decimal("78.5"))
    own = score_sheet(
        desk.world.actor("unit_office"),
        desk.world.assessed[0],
        desk.world.departments["u01", "经信局"],
        NOW,
    )
    assert [line.clause.part.id for line in own.lines] == ["M10", "M11"]
    assert (own.self_score, own.points, own.unscored) == (Decimal(0), Decimal(4), 2)


def test_the_printed_sheet_names_its_content_and_the_head_of_the_trail(desk: Desk) -> None:
    score(desk, "M9", "0.5", lost_reason="<b>缺照片</b>")
    hand_in(desk, content=pdf(4))
    head = str(anchor())
    unit = desk.world.assessed[0]
    client = desk.world.client("liaison")
    page = client.get(desk.address("self_score_sheet", assessed_id=unit.pk)).content.decode()
    sheet = score_sheet(
        desk.world.actor("liaison"), unit, desk.world.departments["u01", "市监局"], NOW
    )
    assert (head in page, sheet.fingerprint in page) == (True, True)
    assert "&lt;b&gt;缺照片&lt;/b&gt;" in page
    figures = re.findall(r'data-figure="([a-z-]+)">([0-9.]+)<', page)
    assert figures == [("points", "75"), ("self-score", "0.5")]
    assert "经信局" not in page
    text = json.dumps([str(unit), "市监局", fingerprinted(sheet)], ensure_ascii=False)
    assert sheet.fingerprint == "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def fingerprinted(sheet: Any) -> list[list[str]]:
    """What the fingerprint is over, worked out apart."""
    return [
        [
            "、".join(line.clause.numbers),
            line.clause.part.title,
            str(line.clause.part.points),
            "" if line.self_score is None else str(line.self_score),
            line.submission.lost_reason if line.submission else "",
            line.submission.note if line.submission else "",
            line.exempt,
        ]
        for line in sheet.lines
    ]


def test_T22_a_liaison_prints_no_other_department_s_sheet(desk: Desk) -> None:
    other = desk.world.departments["u01", "经信局"]
    address = desk.address("self_score_sheet", assessed_id=desk.world.assessed[0].pk)
    page = desk.world.client("liaison").get(f"{address}?department={other.pk}").content.decode()
    assert "市监局" in page
    assert "经信局" not in page
    foreign = desk.address("self_score_sheet", assessed_id=desk.world.assessed[1].pk)
    assert desk.world.client("liaison").get(foreign).status_code == 404
    whole = desk.world.client("unit_office").get(f"{address}?department={other.pk}")
    assert "经信局" in whole.content.decode()


def asked(desk: Desk, who: str, at: dt.datetime = NOW) -> list[tuple[str, int, bool]]:
    """What papers ask of somebody."""
    return [(t.title, t.count, t.urgent) for t in todos(desk.world.actor(who), at)]


def test_papers_are_asked_for_once_the_filing_is_signed(desk: Desk) -> None:
    everybody = ("liaison", "other_liaison", "unit_office", "foreign_liaison", "office")
    assert [asked(desk, who) for who in everybody] == [[]] * 5
    unit = desk.world.assessed[0]
    SignOff.objects.create(assessed=unit, cycle=desk.world.cycle, by="质强办", at=NOW)
    hand_in(desk)
    title = "上传盖章件和自评报告"
    assert {who: asked(desk, who) for who in everybody} == {
        "liaison": [(title, 1, False)],
        "other_liaison": [(title, 2, False)],
        "unit_office": [(title, 3, False)],
        "foreign_liaison": [],
        "office": [],
    }
    hand_in(desk, Kind.SELF_REPORT, pdf(3))
    assert asked(desk, "liaison") == []
    Stage.objects.filter(kind="review").update(last_day=dt.date(2017, 10, 19))
    Stage.objects.filter(kind="filing").update(last_day=dt.date(2017, 10, 23))
    assert asked(desk, "other_liaison") == [(title, 2, True)]
    Stage.objects.filter(kind="filing").update(last_day=dt.date(2017, 10, 19))
    assert asked(desk, "other_liaison") == []
