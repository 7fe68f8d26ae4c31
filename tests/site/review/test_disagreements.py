"""Marks too far apart: a third mark, a conference, and nothing averaged in silence."""

import json
from decimal import Decimal

import pytest

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.errors import Conflict as Stale
from kaohe_web.errors import Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.people.models import Post, Role
from kaohe_web.review import conferences
from kaohe_web.review.disagreements import call_third
from kaohe_web.review.models import Assignment, Conference, Judgement, Recusal
from kaohe_web.review.standing import Item, item
from review.judging import change, judged, mark, pair, trail
from world import NOW, World, person

WHO = "第三人应是前两人以外的评审员"


def apart(world: World, one: str = "3", other: str = "0") -> AssessedUnit:
    """M10 of the first unit, 3 points, with two marks that disagree."""
    first, second = pair(world)
    mark(world, first, one, "甲")
    mark(world, second, other, "乙")
    return world.assessed[0]


def third(world: World, unit: AssessedUnit, name: str = "third_assessor") -> Assignment:
    """The third mark, called."""
    return call_third(
        unit, by=world.actor("office"), at=NOW, part="M10", assessor=world.posts[name]
    )


def called(world: World, unit: AssessedUnit) -> Conference:
    """The conference, called."""
    return conferences.call(unit, by=world.actor("office"), at=NOW, part="M10")


def hold(world: World, row: Conference, **changes: object) -> Conference:
    """The conference, held."""
    words: dict[str, object] = {
        "version": 1,
        "attendees": "考核办（主持）\n评审员二人",
        "minutes": "甲只看了总结，乙没有看到台账；当场核对后一致同意。",
        "score": Decimal("2.2"),
        "reason": "台账缺一个季度",
    }
    return conferences.hold(row, by=world.actor("office"), at=NOW, **{**words, **changes})  # type: ignore[arg-type]  # the test made it, so it is there


def state_of(world: World) -> Item:
    """How the judging of M10 of the first unit stands."""
    found = item(world.actor("office"), world.assessed[0], "M10")
    assert found is not None
    return found


def test_a_third_mark_decides_with_the_nearer_one(world: World) -> None:
    unit = apart(world)
    row = third(world, unit)
    assert (row.turn, row.state, row.assessor) == (3, "open", world.posts["third_assessor"])
    assert judged(row) is None
    mark(world, row, "2.5", "丙")
    judgement = Judgement.objects.get(part="M10")
    assert (judgement.score, judgement.how, judgement.reason) == (
        Decimal("2.75"),
        "third",
        "3 分：甲；2.5 分：丙",
    )
    assert trail("third_mark.called") == [
        ("third_mark.called", "done", "office", "城东区（示例） M10（3）", "")
    ]
    assert Notice.objects.filter(
        post=world.posts["third_assessor"], title="分派给您 1 条评审任务"
    ).exists()


def test_a_third_mark_just_between_the_two_is_the_score(world: World) -> None:
    unit = apart(world, "1", "2")
    mark(world, third(world, unit), "1.5")
    assert judged(Assignment.objects.get(assessed=unit, part="M10", turn=1)) == (
        Decimal("1.5"),
        "third",
    )


def test_a_third_mark_near_neither_leaves_it_to_a_conference(world: World) -> None:
    unit = apart(world)
    row = third(world, unit)
    mark(world, row, "1.5")
    assert judged(row) is None
    assert state_of(world).is_apart
    with pytest.raises(WrongState, match="已经请过第三人评分"):
        third(world, unit, "assessor")
    hold(world, called(world, unit))
    assert judged(row) == (Decimal("2.2"), "conference")


def test_after_a_third_mark_the_first_two_stay_and_the_third_may_be_mended(world: World) -> None:
    unit = apart(world)
    row = third(world, unit)
    mark(world, row, "2.5")
    first = Assignment.objects.get(assessed=unit, part="M10", turn=1)
    with pytest.raises(WrongState, match="已由第三人评分裁定"):
        change(world, first, "2.5")
    change(world, row, "2.9")
    assert judged(row) == (Decimal("2.95"), "third")


def test_T55_a_third_mark_is_called_once(world: World) -> None:
    unit = apart(world)
    assert third(world, unit).pk == third(world, unit).pk
    assert len(trail("third_mark.called")) == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("assessor", WHO),
        ("second_assessor", WHO),
        ("stranger", "在城东区（示例）任职"),
        ("recused", "已回避"),
        ("gone", "现在不是评审员"),
        ("liaison", "现在不是评审员"),
    ],
)
def test_the_third_is_somebody_else_who_may_judge_the_unit(
    world: World, name: str, why: str
) -> None:
    unit = apart(world)
    world.posts |= {
        "stranger": person("stranger", Role.ASSESSOR, unit=world.units[0]),
        "recused": person("recused", Role.ASSESSOR),
        "gone": person("gone", Role.ASSESSOR),
    }
    Post.objects.filter(pk=world.posts["gone"].pk).update(last_day="2017-10-19")
    Recusal.objects.create(
        cycle=world.cycle, assessor=world.posts["recused"], assessed=unit, reason="示例", at=NOW
    )
    with pytest.raises((WrongState, Invalid), match=why):
        third(world, unit, name)
    assert not Assignment.objects.filter(turn=3).exists()


def test_nothing_is_called_where_marks_agree_or_are_awaited(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    for step in (third, called):
        with pytest.raises(WrongState, match="这一条现在没有分歧"):
            step(world, world.assessed[0])
    mark(world, second, "2.9")
    for step in (third, called):
        with pytest.raises(WrongState, match="这一条现在没有分歧"):
            step(world, world.assessed[0])
    assert not Conference.objects.exists()


@pytest.mark.parametrize("who", ["leader", "assessor", "unit_office", "provider"])
def test_T22_only_the_office_decides_what_follows(world: World, who: str) -> None:
    unit = apart(world)
    conference = called(world, unit)
    with pytest.raises(NotAllowed):
        call_third(
            unit,
            by=world.actor(who),
            at=NOW,
            part="M10",
            assessor=world.posts["third_assessor"],
        )
    with pytest.raises(NotAllowed):
        conferences.call_off(conference, by=world.actor(who), at=NOW, version=1, reason="示例")
    assert judged(Assignment.objects.get(assessed=unit, part="M10", turn=1)) is None


def test_a_conference_decides_with_its_minutes(world: World) -> None:
    unit = apart(world)
    row = called(world, unit)
    assert {notice.post.user.login for notice in Notice.objects.filter(kind="news")} == {
        "assessor",
        "second_assessor",
    }
    hold(world, row)
    row.refresh_from_db()
    assert (row.held_at, row.score, row.version) == (NOW, Decimal("2.2"), 2)
    judgement = Judgement.objects.get(part="M10")
    assert (judgement.score, judgement.how, judgement.reason, judgement.by) == (
        Decimal("2.2"),
        "conference",
        "台账缺一个季度",
        "会商：考核办（主持）、评审员二人",
    )
    entry = Entry.objects.get(what="conference.held")
    assert (entry.reason, json.loads(entry.details)) == (
        "台账缺一个季度",
        {
            "score": "2.2",
            "attendees": "考核办（主持）\n评审员二人",
            "judgement": ["", "2.2（conference）"],
        },
    )


def test_a_conference_is_called_once_and_held_once(world: World) -> None:
    unit = apart(world)
    row = called(world, unit)
    assert called(world, unit).pk == row.pk
    hold(world, row)
    with pytest.raises(WrongState, match="会商已经记录"):
        hold(world, row, version=2, score=Decimal(0))
    with pytest.raises(WrongState, match="这一条现在没有分歧"):
        called(world, unit)
    assert [entry[1] for entry in trail("conference.called")] == ["done", "refused"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"attendees": " "}, "请写明参加人"),
        ({"minutes": ""}, "请写明纪要"),
        ({"reason": "\n"}, "请写明决定理由"),
        ({"score": Decimal("3.01")}, "得分应在 0–3 之间"),
    ],
)
def test_a_conference_without_words_or_with_wrong_points_decides_nothing(
    world: World, changes: dict[str, object], why: str
) -> None:
    unit = apart(world)
    row = called(world, unit)
    with pytest.raises(Invalid, match=why):
        hold(world, row, **changes)
    row.refresh_from_db()
    assert (row.held_at, row.version) == (None, 1)
    assert state_of(world).is_apart


def test_T56_two_officers_do_not_both_record_a_conference(world: World) -> None:
    row = called(world, apart(world))
    Conference.objects.update(version=2)
    with pytest.raises(Stale):
        hold(world, row)


def test_a_conference_can_be_called_off_for_a_third_mark(world: World) -> None:
    unit = apart(world)
    row = called(world, unit)
    with pytest.raises(WrongState, match="请先取消会商"):
        third(world, unit)
    conferences.call_off(row, by=world.actor("office"), at=NOW, version=1, reason="改请第三人")
    assert trail("conference.called_off") == [
        ("conference.called_off", "done", "office", "城东区（示例） M10", "改请第三人")
    ]
    third(world, unit)
    with pytest.raises(WrongState, match="请先撤下第三人的任务"):
        called(world, unit)


def test_T30_a_conference_is_neither_called_nor_held_after_the_stage(
    world: World, closed: World
) -> None:
    del closed
    first, second = pair(world)
    Assignment.objects.filter(pk__in=[first.pk, second.pk]).update(state="given", score="0")
    Assignment.objects.filter(pk=first.pk).update(score="3")
    with pytest.raises(WrongState, match="环节已于 2017-10-19 24 时截止"):
        called(world, world.assessed[0])
    with pytest.raises(WrongState, match="环节已于 2017-10-19 24 时截止"):
        third(world, world.assessed[0])


def test_a_conference_of_nobodys_is_not_there(world: World) -> None:
    row = called(world, apart(world))
    Conference.objects.all().delete()
    with pytest.raises(NotThere):
        hold(world, row)
