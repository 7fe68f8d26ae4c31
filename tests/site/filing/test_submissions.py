"""Filing a part: drafts, handing in, taking back, being sent back; and what must not happen."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from filing.steps import (
    RATE,
    check,
    duty,
    entered,
    hand_in,
    submission,
    submit,
    trail,
    value,
    whole,
)
from kaohe_web.audit.models import Entry
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import (
    Cycle,
    Duty,
    Exemption,
    InternalDeadline,
    Stage,
    StageException,
    StageKind,
)
from kaohe_web.errors import Conflict, Difference, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing import submissions
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.filing.values import ValueEntry
from kaohe_web.jobs.models import Notice
from world import NOW, World


def close_filing(world: World, last: dt.date = dt.date(2017, 10, 19)) -> None:
    """Let filing be over since the day before ``NOW``."""
    Stage.objects.filter(cycle=world.cycle, kind=StageKind.FILING).update(last_day=last)


def save(world: World, version: int, what: Entered, *, by: str = "liaison") -> Submission:
    """Save G2.1, which has one rate and 2.5 points."""
    return submissions.save(
        duty(world, "G2.1"), by=world.actor(by), at=NOW, version=version, entered=what
    )


def test_the_first_save_makes_the_submission_and_its_values(world: World) -> None:
    row = save(world, 0, entered("2.4", "低于 94.5%", **{RATE: "93.2"}))

    assert (row.state, row.version, row.self_score) == ("draft", 1, Decimal("2.4"))
    saved = value(world)
    assert (saved.value, saved.state, saved.source) == (Decimal("93.2"), "value", "市监局")
    who = "联络员（示例）（城东区（示例） · 市监局 · 联络员）"
    assert (saved.entered_by, saved.entered_at, saved.version) == (who, NOW, 1)
    entry = Entry.objects.get()
    assert (entry.what, entry.outcome, entry.object_id) == ("submission.saved", "done", str(row.pk))
    assert json.loads(entry.details) == {
        "part": "G2.1",
        "changes": {
            f"value-{RATE}": ["", "93.2"],
            "self_score": ["", "2.4"],
            "lost_reason": ["", "低于 94.5%"],
        },
    }


def test_a_save_changes_only_what_is_different(world: World) -> None:
    save(world, 0, entered("2.4", "低于 94.5%", **{RATE: "93.2"}))
    row = save(world, 1, entered("2.5", "", **{RATE: "93.2"}))

    assert (row.version, value(world).version) == (2, 1)
    assert json.loads(Entry.objects.order_by("seq").last().details)["changes"] == {  # type: ignore[union-attr]  # the test made it, so it is there
        "self_score": ["2.4", "2.5"],
        "lost_reason": ["低于 94.5%", ""],
    }


def test_T55_the_same_save_twice_is_one_save(world: World) -> None:
    what = entered("2.4", "低于 94.5%", **{RATE: "93.2"})
    first = save(world, 0, what)
    again = save(world, 0, what)

    assert (again.pk, again.version) == (first.pk, 1)
    assert Submission.objects.count() == ReportedValue.objects.count() == 1
    assert trail() == [("submission.saved", "done")]


def test_T56_a_stale_save_writes_nothing_and_says_what_differs(world: World) -> None:
    save(world, 0, entered("2.4", "低于 94.5%", **{RATE: "93.2"}))

    with pytest.raises(Conflict) as caught:
        save(world, 0, entered("2.5", "低于 94.5%", **{RATE: "95"}))

    assert caught.value.differences == (
        Difference("蔬菜监测合格率 · 本年数值", "93.2", "95"),
        Difference("自评得分", "2.4", "2.5"),
    )
    assert (value(world).value, submission(world, "G2.1").version) == (Decimal("93.2"), 1)
    assert trail() == [("submission.saved", "done"), ("submission.saved", "refused")]


@pytest.mark.parametrize("who", ["other_liaison", "foreign_liaison"])
def test_T22_a_part_of_another_department_or_unit_is_not_there(world: World, who: str) -> None:
    save(world, 0, entered("2.4"))

    with pytest.raises(NotThere):
        save(world, 1, entered("0"), by=who)

    assert submission(world, "G2.1").self_score == Decimal("2.4")


@pytest.mark.parametrize("who", ["unit_office", "office", "assessor", "provider", "leader"])
def test_only_liaisons_fill_in(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        save(world, 0, entered("2.4"), by=who)
    assert not Submission.objects.exists()
    assert trail() == [("submission.saved", "refused")]


def test_T24_a_supporting_department_cannot_fill_in(world: World) -> None:
    other = world.departments["u01", "经信局"]
    Duty.objects.create(
        cycle=world.cycle,
        assessed=world.assessed[0],
        part="G2.1",
        department=other,
        kind="supporting",
    )
    with pytest.raises(NotThere):
        save(world, 0, entered("2.4"), by="other_liaison")
    assert not Submission.objects.exists()


def test_a_duty_that_moved_takes_the_part_with_it(world: World) -> None:
    save(world, 0, entered("2.4", **{RATE: "93.2"}))
    moved = duty(world, "G2.1")
    moved.department = world.departments["u01", "经信局"]
    moved.save()

    row = save(world, 1, entered("2.4", "接着填", **{RATE: "93.2"}), by="other_liaison")

    assert (row.department, row.version) == (moved.department, 2)
    with pytest.raises(NotThere):
        save(world, 2, entered("0"))


def test_T50_a_value_outside_its_unit_is_refused_and_named(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        save(world, 0, entered("9", **{RATE: "193"}))
    assert caught.value.problems == (
        "自评得分：得分应在 0–2.5 之间",
        "蔬菜监测合格率 · 本年数值：193 大于 100；百分数应在 0–100 之间，请核对数值和单位",
    )
    assert not Submission.objects.exists()


def test_a_state_in_the_place_of_a_number_is_no_zero(world: World) -> None:
    save(world, 0, Entered(values={RATE: ValueEntry(None, "pending", "监测还没有出结果")}))
    saved = value(world)
    assert (saved.value, saved.state, saved.note) == (None, "pending", "监测还没有出结果")


def test_a_number_contradicts_none_and_pending(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        save(world, 0, Entered(values={RATE: ValueEntry(Decimal(90), "none")}))
    assert caught.value.problems == (
        "蔬菜监测合格率 · 情况：既填了数，又选了“无此项”，互相矛盾；请只留一样",
    )


def test_a_number_with_see_note_is_a_number_with_a_note(world: World) -> None:
    save(world, 0, Entered(values={RATE: ValueEntry(Decimal(90), "see_note", "口径有变")}))
    saved = value(world)
    assert (saved.value, saved.state, saved.note) == (Decimal(90), "value", "口径有变")


def test_T23_an_indicator_of_another_part_is_not_written(world: World) -> None:
    save(world, 0, entered("2.4", **{RATE: "93", "livestock_pass_rate": "1"}))
    assert list(ReportedValue.objects.values_list("indicator", flat=True)) == [RATE]


def test_last_years_number_that_was_carried_over_stays(world: World) -> None:
    ReportedValue.objects.create(
        assessed=world.assessed[0], cycle=world.cycle, indicator=RATE, before="91", rolled=True
    )
    save(world, 0, Entered(values={RATE: ValueEntry(Decimal(93), before=Decimal(1))}))
    assert (value(world).value, value(world).before) == (Decimal(93), Decimal(91))


def test_nothing_may_be_missing_when_a_part_is_handed_in(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        submissions.hand_in(
            duty(world, "G2.1"),
            by=world.actor("liaison"),
            at=NOW,
            version=0,
            entered=entered("2.4"),
        )
    assert caught.value.problems == (
        "蔬菜监测合格率 · 本年数值：还没有填；没有数就在旁边选“无此项”“待定”或“见说明”，不当作 0",
        "失分原因：自评得分 2.4 低于分值 2.5，请写明失分原因",
    )
    assert not Submission.objects.exists()


def test_handing_in_tells_the_units_office(world: World) -> None:
    row = hand_in(world, "G2.1")

    assert (row.state, row.version, row.handed_in_at) == ("handed_in", 2, NOW)
    assert trail() == [("submission.handed_in", "done")]
    notice = Notice.objects.get()
    assert (notice.post, notice.kind, notice.title) == (
        world.posts["unit_office"],
        "todo",
        "市监局报审：第 3 条 蔬菜监测合格率",
    )
    unit = world.assessed[0].pk
    assert notice.link == f"/cycles/{world.cycle.pk}/units/{unit}/parts/G2.1/"


def test_T55_handing_in_twice_is_once(world: World) -> None:
    first = hand_in(world, "G2.1")
    again = submissions.hand_in(
        duty(world, "G2.1"),
        by=world.actor("liaison"),
        at=NOW,
        version=0,
        entered=whole(world, "G2.1"),
    )
    assert (again.pk, again.version, again.state) == (first.pk, 2, "handed_in")
    assert trail() == [("submission.handed_in", "done")]
    assert Notice.objects.count() == 1


def test_T30_what_is_handed_in_cannot_be_edited(world: World) -> None:
    row = hand_in(world, "G2.1")
    with pytest.raises(WrongState, match=r"已报审.*请先撤回"):
        save(world, row.version, entered("1", "改一改", **{RATE: "95"}))
    assert submission(world, "G2.1").self_score == Decimal("2.5")


def test_a_part_can_be_taken_back_before_it_is_checked(world: World) -> None:
    row = hand_in(world, "G2.1")
    back = submissions.withdraw(
        duty(world, "G2.1"), by=world.actor("liaison"), at=NOW, version=row.version
    )
    assert (back.state, back.version) == ("draft", 3)
    assert trail() == [("submission.handed_in", "done"), ("submission.withdrawn", "done")]


def test_T55_taking_back_twice_is_once(world: World) -> None:
    row, by = hand_in(world, "G2.1"), world.actor("liaison")
    submissions.withdraw(duty(world, "G2.1"), by=by, at=NOW, version=row.version)
    again = submissions.withdraw(duty(world, "G2.1"), by=by, at=NOW, version=row.version)
    assert (again.state, again.version) == ("draft", 3)
    assert trail().count(("submission.withdrawn", "done")) == 1


def test_T30_what_is_checked_cannot_be_taken_back(world: World) -> None:
    row = check(world, "G2.1")
    with pytest.raises(WrongState, match="不能撤回"):
        submissions.withdraw(
            duty(world, "G2.1"), by=world.actor("liaison"), at=NOW, version=row.version
        )
    assert submission(world, "G2.1").state == "checked"


def last_days(world: World, *, stage: str, exception: str = "", internal: str = "") -> None:
    """The days on which filing ends: by the calendar, by an exception, within the unit."""
    close_filing(world, dt.date.fromisoformat(stage))
    if exception:
        StageException.objects.create(
            stage=Stage.objects.get(kind=StageKind.FILING),
            cycle=world.cycle,
            unit=world.units[0],
            last_day=dt.date.fromisoformat(exception),
            reason="示例",
            by="示例",
            at=NOW,
        )
    if internal:
        InternalDeadline.objects.create(
            assessed=world.assessed[0],
            cycle=world.cycle,
            department=world.departments["u01", "市监局"],
            last_day=dt.date.fromisoformat(internal),
        )


def save_on_the_20th(world: World, *, at: str) -> Submission:
    """Save G2.1 on 20 October, at that hour in Beijing."""
    instant = dt.datetime.fromisoformat(f"2017-10-20 {at}").replace(tzinfo=BEIJING)
    by = world.actor("liaison")
    return submissions.save(
        duty(world, "G2.1"), by=by, at=instant, version=0, entered=entered("2.4")
    )


@pytest.mark.parametrize(
    "days",
    [
        {"stage": "2017-10-20"},
        {"stage": "2017-10-19", "exception": "2017-10-20"},
        {"stage": "2017-10-30", "internal": "2017-10-20"},
        {"stage": "2017-10-19", "exception": "2017-10-20", "internal": "2017-10-10"},
    ],
)
def test_T57_filing_is_open_to_the_last_second_of_the_last_day(
    world: World, days: dict[str, str]
) -> None:
    last_days(world, **days)
    assert save_on_the_20th(world, at="23:59:59").version == 1


@pytest.mark.parametrize(
    "days", [{"stage": "2017-10-19"}, {"stage": "2017-10-30", "internal": "2017-10-19"}]
)
def test_T57_from_the_next_second_on_it_is_closed(world: World, days: dict[str, str]) -> None:
    last_days(world, **days)
    with pytest.raises(WrongState, match="截止"):
        save_on_the_20th(world, at="00:00:00")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("state", [Cycle.State.SETUP, Cycle.State.ARCHIVED])
def test_a_year_that_does_not_run_takes_nothing(world: World, state: str) -> None:
    Cycle.objects.update(state=state)
    with pytest.raises(WrongState):
        save(world, 0, entered("2.4"))


def test_an_exempt_part_is_not_filed(world: World) -> None:
    Exemption.objects.create(
        assessed=world.assessed[0],
        cycle=world.cycle,
        part="G2.1",
        reason="没有蔬菜生产",
        by="示例",
        at=NOW,
    )
    with pytest.raises(WrongState, match="不适用"):
        save(world, 0, entered("2.4"))


@pytest.mark.parametrize("who", ["office", "assessor"])
def test_office_and_assessor_send_back_what_was_submitted(world: World, who: str) -> None:
    submit(world, "M8.1", "G2.1")
    row = submission(world, "M8.1")
    before = Entry.objects.count()

    back = submissions.send_back(
        row, by=world.actor(who), at=NOW, version=row.version, reason=" 缺少文号 "
    )

    assert (back.state, back.returned_note, back.due_on) == ("returned", "缺少文号", None)
    assert submission(world, "G2.1").state == "submitted"
    [entry] = Entry.objects.order_by("seq")[before:]
    assert (entry.what, entry.reason) == ("submission.sent_back", " 缺少文号 ")
    told = Notice.objects.filter(title__startswith="退回").values_list("post__user__login", "text")
    assert sorted(told) == [
        ("liaison", "退回理由：缺少文号"),
        ("unit_office", "退回理由：缺少文号"),
    ]


def test_what_comes_back_goes_to_the_department_that_leads_by_now(world: World) -> None:
    submit(world, "M8.1")
    moved = duty(world, "M8.1")
    moved.department = world.departments["u01", "经信局"]
    moved.save()
    row = submission(world, "M8.1")

    back = submissions.send_back(
        row, by=world.actor("office"), at=NOW, version=row.version, reason="缺少文号"
    )

    assert back.department == moved.department
    told = Notice.objects.filter(title__startswith="退回")
    assert sorted(told.values_list("post__user__login", flat=True)) == [
        "other_liaison",
        "unit_office",
    ]


def test_T22_an_assessor_sends_back_only_what_they_judge(world: World) -> None:
    submit(world, "M8.1", "G2.1")
    row = submission(world, "G2.1")
    with pytest.raises(NotThere):
        submissions.send_back(
            row, by=world.actor("assessor"), at=NOW, version=row.version, reason="缺少文号"
        )
    assert submission(world, "G2.1").state == "submitted"


def test_T30_nothing_is_sent_back_twice_or_before_it_is_submitted(world: World) -> None:
    row = check(world, "M8.1")
    office = world.actor("office")
    with pytest.raises(WrongState, match="还没有提交"):
        submissions.send_back(row, by=office, at=NOW, version=row.version, reason="缺少文号")
    submit(world, "G2.1")
    row = submission(world, "G2.1")
    submissions.send_back(row, by=office, at=NOW, version=row.version, reason="缺少文号")
    row = submission(world, "G2.1")
    with pytest.raises(WrongState, match="已经退回"):
        submissions.send_back(row, by=office, at=NOW, version=row.version, reason="再退")
    assert submission(world, "G2.1").returned_note == "缺少文号"


def test_after_the_deadline_a_return_says_until_when_and_opens_only_that_part(
    world: World,
) -> None:
    submit(world, "M8.1", "G2.1")
    close_filing(world)
    row, office = submission(world, "M8.1"), world.actor("office")
    with pytest.raises(Invalid) as caught:
        submissions.send_back(row, by=office, at=NOW, version=row.version, reason="缺少文号")
    assert caught.value.problems == ("该单位的填报已经截止；退回时请写明补报截止日",)

    due = dt.date(2017, 10, 25)
    submissions.send_back(row, by=office, at=NOW, version=row.version, reason="缺少文号", due=due)
    row = submission(world, "M8.1")
    saved = submissions.save(
        duty(world, "M8.1"),
        by=world.actor("liaison"),
        at=dt.datetime(2017, 10, 25, 23, 59, 59, tzinfo=BEIJING),
        version=row.version,
        entered=entered("1", note="已补文号"),
    )
    assert saved.note == "已补文号"
    with pytest.raises(WrongState, match="补报已于 2017-10-25 24 时截止"):
        submissions.save(
            duty(world, "M8.1"),
            by=world.actor("liaison"),
            at=dt.datetime(2017, 10, 26, tzinfo=BEIJING),
            version=saved.version,
            entered=entered("0"),
        )
    with pytest.raises(WrongState, match="已提交考核办"):
        save(world, submission(world, "G2.1").version, entered("0"))


def test_a_due_day_lies_ahead_and_before_the_end_of_review(world: World) -> None:
    submit(world, "M8.1")
    row, office = submission(world, "M8.1"), world.actor("office")
    for due in (dt.date(2017, 10, 19), dt.date(2028, 1, 1)):
        with pytest.raises(WrongState, match="补报截止日"):
            submissions.send_back(
                row, by=office, at=NOW, version=row.version, reason="缺少文号", due=due
            )


def test_a_missing_part_can_be_asked_for(world: World) -> None:
    submit(world, "G2.1")
    row = submission(world, "M8.1")
    assert (row.state, row.missing_reason) == ("missing", "本年未开展（示例）")

    submissions.send_back(
        row, by=world.actor("office"), at=NOW, version=row.version, reason="请补报"
    )
    row = hand_in(world, "M8.1")

    assert (row.state, row.missing_reason, row.returned_note) == ("handed_in", "", "请补报")


def test_what_was_returned_is_returned_again_when_it_is_taken_back(world: World) -> None:
    submit(world, "G2.1")
    row = submission(world, "M8.1")
    submissions.send_back(
        row, by=world.actor("office"), at=NOW, version=row.version, reason="请补报"
    )
    row = hand_in(world, "M8.1")
    back = submissions.withdraw(
        duty(world, "M8.1"), by=world.actor("liaison"), at=NOW, version=row.version
    )
    assert back.state == "returned"
