"""Giving and changing a mark: what changes, what the trail says, and what is refused."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing.models import Submission
from kaohe_web.jobs.models import Notice
from kaohe_web.people.models import Post, Role
from kaohe_web.results.models import ScoringRun
from kaohe_web.review import marks
from kaohe_web.review.models import Assignment, Judgement
from review.judging import change, file, give_to, judged, mark, pair, trail, value
from world import NOW, World, person

State = Submission.State


def single(world: World) -> Assignment:
    """M8.1 of the first unit, 1 point, filed, with one assessor."""
    file(world, "M8.1")
    return Assignment.objects.get(assessed=world.assessed[0], part="M8.1")


def untouched(row: Assignment) -> bool:
    """Whether an assignment is as it was made, and nothing came of it."""
    row.refresh_from_db()
    state = (row.state, row.score, row.reason, row.version)
    return state == ("open", None, "", 1) and judged(row) is None


def test_one_mark_is_the_judgement_and_leaves_one_entry(world: World) -> None:
    row = mark(world, single(world), "0.8", "  缺少一次会议记录  ")
    row.refresh_from_db()
    assert (row.state, row.score, row.reason, row.given_at, row.filed_version, row.version) == (
        "given",
        Decimal("0.8"),
        "缺少一次会议记录",
        NOW,
        3,
        2,
    )
    judgement = Judgement.objects.get()
    assert (judgement.score, judgement.how, judgement.reason, judgement.by, judgement.at) == (
        Decimal("0.8"),
        "single",
        "缺少一次会议记录",
        "评审员（示例）",
        NOW,
    )
    [entry] = Entry.objects.filter(what="mark.given")
    assert (entry.login, entry.object_name, json.loads(entry.details)) == (
        "assessor",
        "城东区（示例） M8.1（1）",
        {
            "score": ["", "0.8"],
            "reason": ["", "缺少一次会议记录"],
            "filed_version": "3",
            "judgement": ["", "0.8（single）"],
        },
    )


def test_T55_the_same_press_twice_gives_one_mark_and_one_entry(world: World) -> None:
    row = single(world)
    first = mark(world, row, "0.8", version=1)
    again = mark(world, row, "0.8", version=1)
    assert (again.pk, again.version) == (first.pk, 2)
    assert trail("mark.given") == [
        ("mark.given", "done", "assessor", "城东区（示例） M8.1（1）", "")
    ]


def test_T56_a_mark_given_elsewhere_meanwhile_is_not_overwritten(world: World) -> None:
    row = single(world)
    mark(world, row, "0.8", "甲处", version=1)
    with pytest.raises(Conflict) as refused:
        mark(world, row, "0.5", "乙处", version=1)
    assert [(d.label, d.now, d.mine) for d in refused.value.differences] == [
        ("得分", "0.8", "0.5"),
        ("理由", "甲处", "乙处"),
    ]
    assert judged(row) == (Decimal("0.8"), "single")


def test_T56_a_mark_on_an_older_filing_is_refused(world: World) -> None:
    row = single(world)
    Submission.objects.update(version=5)
    with pytest.raises(Conflict, match="这一条又重新提交过"):
        marks.give(
            row,
            by=world.actor("assessor"),
            at=NOW,
            version=1,
            filed_version=3,
            score=Decimal(1),
            reason="示例理由",
        )
    assert untouched(row)


@pytest.mark.parametrize("score", ["1", "0", "0.5"])
@pytest.mark.parametrize("reason", ["", "   \n"])
def test_full_zero_and_lost_points_need_a_reason(world: World, score: str, reason: str) -> None:
    row = single(world)
    with pytest.raises(Invalid, match="请写明理由"):
        mark(world, row, score, reason)
    assert untouched(row)


@pytest.mark.parametrize("score", ["-0.1", "1.000000000001", "3"])
def test_points_outside_the_part_are_refused(world: World, score: str) -> None:
    row = single(world)
    with pytest.raises(Invalid, match="得分应在 0–1 之间"):
        mark(world, row, score)
    assert untouched(row)


def test_T30_what_is_not_submitted_cannot_be_marked(world: World) -> None:
    row = Assignment.objects.get(assessed=world.assessed[0], part="M8.1")
    with pytest.raises(WrongState, match="这一条单位还没有提交，提交后才能评分"):
        mark(world, row, "1")
    submission = file(world, "M8.1")
    for state in (State.DRAFT, State.HANDED_IN, State.CHECKED):
        Submission.objects.filter(pk=submission.pk).update(state=state)
        with pytest.raises(WrongState, match="提交后才能评分"):
            mark(world, row, "1")
    Submission.objects.filter(pk=submission.pk).update(
        state=State.RETURNED, returned_at=NOW, returned_note="示例"
    )
    with pytest.raises(WrongState, match="这一条已退回，等单位补报后再评分"):
        mark(world, row, "1")
    assert untouched(row)
    assert [entry[1] for entry in trail("mark.given")] == ["refused"] * 5


def test_what_is_confirmed_missing_can_be_marked(world: World) -> None:
    file(world, "M8.1", state=State.MISSING)
    row = Assignment.objects.get(assessed=world.assessed[0], part="M8.1")
    mark(world, row, "0", "确认缺报")
    assert judged(row) == (Decimal(0), "single")


def test_T30_nothing_is_marked_after_the_archive(world: World) -> None:
    row = single(world)
    Cycle.objects.update(state=Cycle.State.ARCHIVED)
    with pytest.raises(WrongState, match="本考核年度已归档"):
        mark(world, row, "1")
    assert untouched(row)


def test_T30_nothing_is_marked_once_the_stage_is_closed(closed: World) -> None:
    row = single(closed)
    with pytest.raises(WrongState, match="“文审初评”环节已于 2017-10-19 24 时截止"):
        mark(closed, row, "1")
    assert untouched(row)
    mark(closed, row, "1", at=NOW - dt.timedelta(hours=10, seconds=1))
    assert judged(row) == (Decimal(1), "single")


@pytest.mark.parametrize("who", ["second_assessor", "third_assessor"])
def test_T22_nobody_marks_for_another(world: World, who: str) -> None:
    row = single(world)
    with pytest.raises(NotThere):
        mark(world, row, "1", name=who)
    assert untouched(row)


@pytest.mark.parametrize(
    "who", ["office", "leader", "unit_office", "liaison", "provider", "system_officer"]
)
def test_T22_only_assessors_mark(world: World, who: str) -> None:
    row = single(world)
    with pytest.raises(NotAllowed):
        mark(world, row, "1", name=who)
    assert untouched(row)


def test_nobody_marks_their_own_unit(world: World) -> None:
    row = single(world)
    Post.objects.filter(pk=row.assessor_id).update(unit=world.units[0])
    world.posts["assessor"].refresh_from_db()
    with pytest.raises(NotThere):
        mark(world, row, "1")
    assert untouched(row)


def test_nobody_marks_a_unit_in_which_they_hold_another_post(world: World) -> None:
    row = single(world)
    user = world.posts["assessor"].user
    Post.objects.create(
        user=user,
        role=Role.LIAISON,
        department=world.departments["u01", "市监局"],
        first_day=dt.date(2015, 1, 1),
        last_day=dt.date(2016, 9, 1),
    )
    with pytest.raises(WrongState, match="在城东区（示例）任职，不能评审本单位"):
        mark(world, row, "1")
    assert untouched(row)


def test_a_post_that_ended_before_the_year_bars_nobody(world: World) -> None:
    row = single(world)
    Post.objects.create(
        user=world.posts["assessor"].user,
        role=Role.LIAISON,
        department=world.departments["u01", "市监局"],
        first_day=dt.date(2015, 1, 1),
        last_day=dt.date(2016, 8, 31),
    )
    mark(world, row, "1")
    assert judged(row) == (Decimal(1), "single")


def test_two_marks_within_the_limit_make_their_exact_mean(world: World) -> None:
    first, second = pair(world)  # 3 points, so 0.6 apart at most
    mark(world, first, "2.5", "甲")
    assert judged(first) is None
    mark(world, second, "2.05", "乙")
    judgement = Judgement.objects.get(part="M10")
    assert (judgement.score, judgement.how, judgement.reason, judgement.by) == (
        Decimal("2.275"),
        "mean",
        "2.5 分：甲；2.05 分：乙",
        "评审员（示例）、评审员（示例）",
    )


def test_two_marks_too_far_apart_leave_no_judgement_and_tell_the_office(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3", "甲")
    mark(world, second, "2.3999", "乙")
    assert judged(first) is None
    [notice] = Notice.objects.filter(post=world.posts["office"])
    assert (notice.title, notice.kind) == (
        "评分分歧：城东区（示例） 第 10 条 质量月、质量强区创建、打造品牌、世界标准日宣传",
        "todo",
    )
    assert not Notice.objects.filter(post__role=Role.ASSESSOR).exists()


def test_a_change_needs_its_own_reason_and_moves_the_judgement(world: World) -> None:
    row = mark(world, single(world), "0.8")
    with pytest.raises(Invalid, match="请写明修改理由"):
        change(world, row, "0.5", why=" ")
    change(world, row, "0.5", why="漏看一份材料", reason="新理由")
    row.refresh_from_db()
    assert (row.score, row.reason, row.version) == (Decimal("0.5"), "新理由", 3)
    assert judged(row) == (Decimal("0.5"), "single")
    assert trail("mark.changed")[-1] == (
        "mark.changed",
        "done",
        "assessor",
        "城东区（示例） M8.1（1）",
        "漏看一份材料",
    )
    details = json.loads(Entry.objects.filter(what="mark.changed").last().details)  # type: ignore[union-attr]  # the test made it, so it is there
    assert details["score"] == ["0.8", "0.5"]
    assert details["judgement"] == ["0.8（single）", "0.5（single）"]


def test_a_mark_that_was_given_is_not_given_again(world: World) -> None:
    row = mark(world, single(world), "0.8")
    with pytest.raises(WrongState, match="这一条您已经评过"):
        mark(world, row, "0.5")


def test_what_was_not_given_cannot_be_changed(world: World) -> None:
    row = single(world)
    with pytest.raises(WrongState, match="这一条还没有评"):
        change(world, row, "0.5")
    assert untouched(row)


def test_marks_that_agree_may_move_apart_and_the_judgement_goes(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "2.5")
    mark(world, second, "2.5")
    change(world, second, "1")
    assert judged(first) is None
    entry = Entry.objects.filter(what="mark.changed").last()
    assert entry is not None
    details = json.loads(entry.details)
    assert (details["judgement"], details["revealed"]) == (["2.5（mean）", ""], "yes")


def test_marks_that_disagree_cannot_be_made_to_agree_by_changing_them(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    mark(world, second, "0")
    for row in (first, second):
        with pytest.raises(WrongState, match="两人评分相差超过界限"):
            change(world, row, "1.5")
    assert [Assignment.objects.get(pk=row.pk).score for row in (first, second)] == [3, 0]
    assert judged(first) is None


def test_a_mark_may_be_changed_while_the_other_is_awaited(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    change(world, first, "1")
    mark(world, second, "1.2")
    assert judged(first) == (Decimal("1.1"), "mean")


@pytest.mark.parametrize("state", ["announced", "approved", "final"])
def test_T30_nothing_is_changed_after_the_announcement(world: World, state: str) -> None:
    row = mark(world, single(world), "0.8")
    announced(world, state)
    with pytest.raises(WrongState, match="成绩已经公示，评分不能再改；有异议的，按申诉办理"):
        change(world, row, "1")
    assert judged(row) == (Decimal("0.8"), "single")


@pytest.mark.parametrize("state", ["provisional", "superseded"])
def test_a_run_that_nobody_was_told_of_fixes_nothing(world: World, state: str) -> None:
    row = mark(world, single(world), "0.8")
    announced(world, state)
    change(world, row, "1")
    assert judged(row) == (Decimal(1), "single")


def test_a_part_left_open_by_an_announced_result_may_still_be_judged(world: World) -> None:
    announced(world, "announced")
    row = mark(world, single(world), "0.8")
    assert judged(row) == (Decimal("0.8"), "single")


@pytest.mark.parametrize("how", ["conference", "visit", "appeal"])
def test_what_was_decided_over_the_marks_stays(world: World, how: str) -> None:
    row = mark(world, single(world), "0.8")
    Judgement.objects.update(how=how, score="0.3")
    with pytest.raises(WrongState, match="评分不能再改"):
        change(world, row, "1")
    assert judged(row) == (Decimal("0.3"), how)


def test_a_mark_given_late_does_not_move_what_was_decided_over_it(world: World) -> None:
    row = single(world)
    Judgement.objects.create(
        assessed=row.assessed,
        cycle=world.cycle,
        part="M8.1",
        score="0.3",
        reason="申诉决定（示例）",
        how="appeal",
        by="考核办（示例）",
        at=NOW,
    )
    mark(world, row, "1")
    assert judged(row) == (Decimal("0.3"), "appeal")


def test_a_mark_is_confirmed_on_what_was_filed_since(world: World) -> None:
    row = mark(world, single(world), "0.8")
    Submission.objects.update(version=6)
    change(world, row, "0.8", why="已复看")
    row.refresh_from_db()
    assert (row.score, row.filed_version, row.version) == (Decimal("0.8"), 6, 3)


def test_points_for_a_part_that_a_rule_decides_are_refused(world: World) -> None:
    row = give_to(world, "assessor", "G2.2")
    file(world, "G2.2")
    with pytest.raises(WrongState, match="所需的值还没有或有误"):
        mark(world, row, "1")
    value(world, "livestock_pass_rate", "98")
    with pytest.raises(WrongState, match="由规则计分，不能直接给分"):
        mark(world, row, "1")
    assert untouched(row)


def test_points_are_taken_where_the_rubric_is_silent_on_the_value(world: World) -> None:
    value(world, "livestock_pass_rate", "97.99")
    file(world, "G2.2")
    row = give_to(world, "assessor", "G2.2")
    mark(world, row, "1.9", "低于 98%，细则没有规定")
    assert judged(row) == (Decimal("1.9"), "single")


def test_a_refusal_leaves_its_entry(world: World) -> None:
    row = single(world)
    with pytest.raises(Invalid):
        mark(world, row, "7")
    assert trail("mark.given") == [
        (
            "mark.given",
            "refused",
            "assessor",
            "城东区（示例） M8.1（1）",
            "得 7 分不行：得分应在 0–1 之间",
        )
    ]


def test_two_assessors_of_one_name_are_told_apart_by_their_accounts(world: World) -> None:
    twin = person("twin", Role.ASSESSOR)
    assert twin.user.name == world.posts["assessor"].user.name
    row = single(world)
    mark(world, row, "0.8")
    assert trail("mark.given")[0][2] == "assessor"


def announced(world: World, state: str) -> ScoringRun:
    """A run in some state."""
    return ScoringRun.objects.create(
        cycle=world.cycle,
        number=1,
        state=state,
        edition=world.edition,
        readings="{}",
        inputs="{}",
        result="{}",
        digest="",
        reason="示例",
        made_by="示例",
        made_at=NOW,
    )
