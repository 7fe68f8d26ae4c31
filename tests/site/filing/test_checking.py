"""A unit's office: checking, returning, signing off and submitting; step by step, never twice."""

import datetime as dt
import json

import pytest

from filing.steps import (
    RATE,
    check,
    duty,
    entered,
    hand_in,
    parts_filed,
    submission,
    submit,
    trail,
)
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Duty, InternalDeadline, Stage, StageKind
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing import checking, submissions
from kaohe_web.filing.models import SignOff, Submission
from kaohe_web.jobs.models import Notice
from world import NOW, World


def test_checking_accepts_and_remembers_what_was_accepted(world: World) -> None:
    row = check(world, "G2.1")

    assert (row.state, row.version) == ("checked", 3)
    assert json.loads(row.accepted) == {
        f"value-{RATE}": "95",
        f"state-{RATE}": "value",
        f"note-{RATE}": "",
        f"before-{RATE}": "",
        "self_score": "2.5",
        "lost_reason": "",
        "note": "",
        "evidence": "",
        "awards": "",
    }
    assert trail() == [("submission.handed_in", "done"), ("submission.checked", "done")]


def test_T56_a_part_that_changed_meanwhile_is_not_accepted(world: World) -> None:
    seen = hand_in(world, "G2.1")
    by = world.actor("liaison")
    submissions.withdraw(duty(world, "G2.1"), by=by, at=NOW, version=seen.version)

    with pytest.raises(Conflict):
        checking.check(seen, by=world.actor("unit_office"), at=NOW, version=seen.version)

    assert submission(world, "G2.1").state == "draft"


def test_T55_checking_twice_is_once(world: World) -> None:
    row = hand_in(world, "G2.1")
    office = world.actor("unit_office")
    checking.check(row, by=office, at=NOW, version=row.version)
    again = checking.check(row, by=office, at=NOW, version=row.version)
    assert (again.state, again.version) == ("checked", 3)
    assert trail().count(("submission.checked", "done")) == 1


@pytest.mark.parametrize("who", ["liaison", "office", "assessor", "leader", "provider"])
def test_only_the_units_office_checks(world: World, who: str) -> None:
    row = hand_in(world, "G2.1")
    with pytest.raises(NotAllowed):
        checking.check(row, by=world.actor(who), at=NOW, version=row.version)
    assert submission(world, "G2.1").state == "handed_in"


def test_T22_another_units_office_finds_nothing(world: World) -> None:
    row = hand_in(world, "G2.1")
    by, unit = world.actor("foreign_office"), world.assessed[0]
    for step in (
        lambda: checking.check(row, by=by, at=NOW, version=row.version),
        lambda: checking.return_to_department(row, by=by, at=NOW, version=row.version, reason="退"),
        lambda: checking.sign_off(unit, by=by, at=NOW, note="", missing={}),
        lambda: checking.resubmit(unit, by=by, at=NOW),
    ):
        with pytest.raises(NotThere):
            step()
    assert submission(world, "G2.1").state == "handed_in"


def test_several_are_accepted_each_by_itself(world: World) -> None:
    first, second = hand_in(world, "G2.1"), hand_in(world, "M13")
    by = world.actor("liaison")
    submissions.withdraw(duty(world, "M13"), by=by, at=NOW, version=second.version)

    accepted, refused = checking.check_all(
        [(first, first.version), (second, second.version)], by=world.actor("unit_office"), at=NOW
    )

    assert (accepted, refused) == (
        1,
        ["M13：部门刚刚改过这一条，您看到的已不是最新内容；请刷新页面，看过再办理"],
    )
    assert [submission(world, part).state for part in ("G2.1", "M13")] == ["checked", "draft"]


def test_a_return_says_why_and_opens_only_that_part(world: World) -> None:
    row = hand_in(world, "G2.1")
    hand_in(world, "M13")
    back = checking.return_to_department(
        row, by=world.actor("unit_office"), at=NOW, version=row.version, reason="数值与台账不符"
    )

    assert (back.state, back.returned_note, back.due_on) == ("returned", "数值与台账不符", None)
    assert submission(world, "M13").state == "handed_in"
    entry = Entry.objects.order_by("seq").last()
    assert entry is not None
    assert (entry.what, entry.reason) == ("submission.returned", "数值与台账不符")
    told = Notice.objects.filter(title__startswith="退回")
    assert list(told.values_list("post__user__login", "title")) == [
        ("liaison", "退回：第 3 条 蔬菜监测合格率")
    ]


def test_a_return_needs_a_reason(world: World) -> None:
    row = hand_in(world, "G2.1")
    with pytest.raises(Invalid):
        checking.return_to_department(
            row, by=world.actor("unit_office"), at=NOW, version=row.version, reason="  "
        )
    assert submission(world, "G2.1").state == "handed_in"


def test_after_its_own_deadline_a_department_gets_until_the_units(world: World) -> None:
    row = hand_in(world, "G2.1")
    InternalDeadline.objects.create(
        assessed=world.assessed[0],
        cycle=world.cycle,
        department=world.departments["u01", "市监局"],
        last_day=dt.date(2017, 10, 19),
    )
    Stage.objects.filter(kind=StageKind.FILING).update(last_day=dt.date(2017, 11, 3))

    back = checking.return_to_department(
        row, by=world.actor("unit_office"), at=NOW, version=row.version, reason="数值不符"
    )

    assert back.due_on == dt.date(2017, 11, 3)
    assert hand_in(world, "G2.1", at=NOW + dt.timedelta(days=3)).state == "handed_in"


def test_signing_submits_what_is_accepted_and_says_what_is_missing(world: World) -> None:
    submit(world, "G2.1", "M10")

    states = dict(Submission.objects.values_list("part", "state"))
    assert states.pop("G2.1") == states.pop("M10") == "submitted"
    assert set(states.values()) == {"missing"}
    assert len(states) == len(parts_filed(world)) - 2
    signed = SignOff.objects.get()
    assert (signed.assessed, signed.at) == (world.assessed[0], NOW)
    entry = Entry.objects.order_by("seq").last()
    assert entry is not None
    assert (entry.what, entry.object_id) == ("filing.signed_off", str(world.assessed[0].pk))
    assert sorted(json.loads(entry.details)["parts"]) == sorted(parts_filed(world))
    office = Notice.objects.filter(post=world.posts["office"])
    assert list(office.values_list("title", flat=True)) == ["城东区（示例）已提交自我评价"]


def test_T30_signing_waits_for_every_part_and_names_each_that_is_not_ready(world: World) -> None:
    every = {part: "未开展" for part in parts_filed(world) if part not in ("G2.1", "M13", "M16")}
    hand_in(world, "G2.1")
    Duty.objects.filter(assessed=world.assessed[0], part="M16").delete()

    with pytest.raises(Invalid) as caught:
        checking.sign_off(
            world.assessed[0], by=world.actor("unit_office"), at=NOW, note="", missing=every
        )

    assert caught.value.problems == (
        "第 3 条 蔬菜监测合格率：已报审，请先审核或退回",
        "第 13 条 食品药品属地安全监管责任：填报中，还没有审核通过；请催办，或写明缺报原因",
        "第 16 条 生产性和生活性服务质量提升政策：还没有分给牵头部门，请先分工",
    )
    assert not SignOff.objects.exists()
    assert not Submission.objects.filter(state__in=["submitted", "missing"]).exists()


def test_T30_nobody_signs_twice_nor_edits_afterwards(world: World) -> None:
    unit = submit(world, "G2.1")
    with pytest.raises(WrongState, match="已经签署"):
        checking.sign_off(unit, by=world.actor("unit_office"), at=NOW, note="", missing={})
    row = submission(world, "G2.1")
    with pytest.raises(WrongState, match="不在您手里"):
        checking.return_to_department(
            row, by=world.actor("unit_office"), at=NOW, version=row.version, reason="想改"
        )
    with pytest.raises(WrongState, match="已提交考核办"):
        submissions.save(
            duty(world, "G2.1"),
            by=world.actor("liaison"),
            at=NOW,
            version=row.version,
            entered=entered("0"),
        )


def test_what_was_returned_is_submitted_again_by_itself(world: World) -> None:
    unit = submit(world, "G2.1", "M13")
    row = submission(world, "G2.1")
    submissions.send_back(
        row, by=world.actor("office"), at=NOW, version=row.version, reason="数值不符"
    )
    with pytest.raises(WrongState, match="没有审核通过"):
        checking.resubmit(unit, by=world.actor("unit_office"), at=NOW)
    check(world, "G2.1")

    assert checking.resubmit(unit, by=world.actor("unit_office"), at=NOW) == 1

    row = submission(world, "G2.1")
    assert (row.state, row.returned_note, row.returned_at) == ("submitted", "", None)
    assert trail()[-1] == ("filing.resubmitted", "done")


def test_T30_signing_is_over_with_the_stage(world: World) -> None:
    Stage.objects.filter(kind=StageKind.FILING).update(last_day=dt.date(2017, 10, 19))
    with pytest.raises(WrongState, match="截止"):
        checking.sign_off(
            world.assessed[0], by=world.actor("unit_office"), at=NOW, note="", missing={}
        )
