"""Giving evidence: who may, when, and what becomes of the file, the part and the trail."""

import datetime as dt
import json

import pytest

from evidence.desk import Desk, entries
from files.making import pdf, sha256
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Duty, Stage
from kaohe_web.errors import Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing import evidence as giving
from kaohe_web.filing import submissions
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.evidence_period import Period
from kaohe_web.filing.models import Evidence, EvidenceUse, SignOff, StoredFile, Submission
from world import NOW

State = Submission.State
CLOSED = [
    (State.HANDED_IN, "这一条已报审，正在等单位质强办审核；要修改，请先撤回"),
    (State.CHECKED, "这一条已审核通过；要修改，请单位质强办退回"),
    (State.SUBMITTED, "这一条已提交考核办；要修改，请考核办退回"),
]


def test_an_uploaded_file_is_stored_once_used_by_its_part_and_recorded(desk: Desk) -> None:
    period = Period(dt.date(2016, 9, 1), dt.date(2017, 3, 31))
    use = desk.give("M8.1", pdf(3), "实施方案.pdf", period=period)
    row = use.evidence
    assert (row.name, row.label, row.version) == ("实施方案.pdf", "internal", 1)
    assert (row.file.pages, row.file.type, row.file_id) == (3, "pdf", sha256(pdf(3)))
    assert row.department == desk.world.departments["u01", "市监局"]
    assert row.uploaded_by == "联络员（示例）（城东区（示例） · 市监局 · 联络员）"
    assert desk.stored() == [f"evidence/{row.file_id[:2]}/{row.file_id}"]
    entry = Entry.objects.get(what="evidence.uploaded")
    assert (entry.login, entry.object_type, entry.object_id, entry.object_name) == (
        "liaison",
        "filing.evidence",
        str(row.pk),
        "实施方案.pdf",
    )
    assert json.loads(entry.details) == {
        "name": "实施方案.pdf",
        "sha256": row.file_id,
        "label": "internal",
        "period": "2016-09-01 – 2017-03-31",
        "part": "M8.1",
        "reused": False,
    }


def test_evidence_may_be_the_first_thing_and_takes_nobody_s_version(desk: Desk) -> None:
    use = desk.give("M9")
    assert (use.submission.state, use.submission.version) == (State.DRAFT, 0)
    duty = Duty.objects.get(assessed=desk.world.assessed[0], part="M9")
    saved = submissions.save(
        duty,
        by=desk.world.actor("liaison"),
        at=NOW,
        version=0,
        entered=Entered(note="表单是上传以前打开的"),
    )
    assert (saved.pk, saved.version, saved.note) == (
        use.submission.pk,
        1,
        "表单是上传以前打开的",
    )


def test_a_file_given_before_is_used_and_not_given_twice(desk: Desk) -> None:
    first = desk.give("M8.1", name="一号.pdf")
    second = desk.give("M9", name="二号.pdf")
    assert second.evidence == first.evidence
    assert Evidence.objects.count() == 1
    assert [use.submission.part for use in EvidenceUse.objects.all()] == ["M8.1", "M9"]
    reused = [
        json.loads(e.details)["reused"] for e in Entry.objects.filter(what="evidence.uploaded")
    ]
    assert reused == [False, True]


def test_T55_the_same_upload_twice_is_one(desk: Desk) -> None:
    first = desk.give("M8.1")
    again = desk.give("M8.1")
    assert again == first
    assert (Evidence.objects.count(), EvidenceUse.objects.count()) == (1, 1)
    assert len(entries("evidence.uploaded")) == 1


def test_a_file_sent_again_as_sensitive_is_hidden_from_then_on(desk: Desk) -> None:
    first = desk.give("M8.1")
    desk.give("M9", label="sensitive")
    first.evidence.refresh_from_db()
    assert (first.evidence.label, first.evidence.version) == ("sensitive", 2)


def test_another_department_s_same_file_is_its_own(desk: Desk) -> None:
    desk.give("M8.1")
    own = desk.give("M10", who="other_liaison")
    assert own.evidence.department == desk.world.departments["u01", "经信局"]
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_a_supporting_department_and_the_unit_s_office_give_too(desk: Desk) -> None:
    other = desk.world.departments["u01", "经信局"]
    Duty.objects.create(
        cycle=desk.world.cycle,
        assessed=desk.world.assessed[0],
        part="M8.1",
        department=other,
        kind=Duty.Kind.SUPPORTING,
    )
    use = desk.give("M8.1", who="other_liaison")
    assert (use.submission.department.name, use.evidence.department) == ("市监局", other)
    by_office = desk.give("M8.1", pdf(5), who="unit_office")
    assert by_office.evidence.department is None


@pytest.mark.parametrize("who", ["other_liaison", "foreign_liaison", "foreign_office"])
def test_T22_nobody_gives_to_a_part_that_is_not_theirs(desk: Desk, who: str) -> None:
    with pytest.raises(NotThere):
        desk.give("M8.1", who=who)
    assert not Evidence.objects.exists()
    assert [(login, outcome) for login, outcome, _why in entries("evidence.uploaded")] == [
        (who, "refused")
    ]


@pytest.mark.parametrize("who", ["office", "leader", "assessor", "provider", "audit_officer"])
def test_who_only_reads_gives_nothing(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed):
        desk.give("M8.1", who=who)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("state", "why"), CLOSED)
def test_a_part_that_left_its_department_takes_no_evidence(
    desk: Desk, state: str, why: str
) -> None:
    desk.submit("M8.1")
    Submission.objects.update(state=state)
    with pytest.raises(WrongState, match=why):
        desk.give("M8.1")
    assert entries("evidence.uploaded") == [("liaison", "refused", why)]


def test_a_returned_part_opens_again(desk: Desk) -> None:
    desk.submit("M8.1")
    desk.returned("M8.1")
    assert desk.give("M8.1").submission.state == State.RETURNED


def test_after_the_last_day_and_after_the_signature_nothing_is_given(desk: Desk) -> None:
    SignOff.objects.create(
        assessed=desk.world.assessed[0], cycle=desk.world.cycle, by="质强办", at=NOW
    )
    with pytest.raises(WrongState, match="本单位已签署提交"):
        desk.give("M8.1")
    SignOff.objects.all().delete()
    Stage.objects.filter(kind="filing").update(last_day=dt.date(2017, 10, 19))
    with pytest.raises(WrongState, match="2017-10-19 24 时截止"):
        desk.give("M8.1")
    desk.give("M8.1", at=dt.datetime(2017, 10, 19, 15, 59, 59, tzinfo=dt.UTC))


def test_a_part_that_nobody_files_for_takes_no_evidence(desk: Desk) -> None:
    with pytest.raises(NotThere):
        desk.give("G1")


def test_a_period_does_not_end_before_it_begins(desk: Desk) -> None:
    with pytest.raises(Invalid, match="末日早于首日"):
        desk.give("M8.1", period=Period(dt.date(2017, 2, 1), dt.date(2017, 1, 1)))


def test_a_file_that_was_swept_away_between_is_asked_for_again(desk: Desk) -> None:
    kept = desk.kept(pdf(2))
    (desk.data / "evidence" / kept.sha256[:2] / kept.sha256).unlink()
    with pytest.raises(Exception, match="文件没有存下，请重新上传一次"):
        giving.upload(
            desk.world.assessed[0],
            by=desk.world.actor("liaison"),
            at=NOW,
            part="M8.1",
            kept=kept,
        )
    assert not StoredFile.objects.exists()
