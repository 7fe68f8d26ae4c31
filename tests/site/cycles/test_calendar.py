"""The days of a year: held at both ends, in order, changed ahead, excepted on record afterwards."""

import datetime as dt
from typing import Any

import pytest

from cycles.told import entries, new_year, notices
from kaohe_web.clock import BEIJING
from kaohe_web.cycles import deadlines, exceptions, stages
from kaohe_web.cycles.calendar import filing_window, require_open, window
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.models import Cycle, Stage, StageException, StageKind
from kaohe_web.cycles.stages import Days
from kaohe_web.cycles.timeline import timeline
from kaohe_web.errors import Conflict, Invalid, NotAllowed, WrongState
from world import NOW, World

TARGETS, FILING, REVIEW = StageKind.TARGETS, StageKind.FILING, StageKind.REVIEW
OCTOBER = Days(dt.date(2017, 10, 1), dt.date(2017, 10, 31))
NOVEMBER = Days(dt.date(2017, 11, 1), dt.date(2017, 11, 30))


def at(day: int, hour: int = 12, minute: int = 0, second: int = 0) -> dt.datetime:
    """An instant in November 2017 in Beijing."""
    return dt.datetime(2017, 11, day, hour, minute, second, tzinfo=BEIJING)


def hold(world: World, kind: StageKind, days: Days) -> None:
    """Let a stage of the world's year last for these days."""
    Stage.objects.filter(cycle=world.cycle, kind=kind).update(
        first_day=days.first, last_day=days.last
    )


def test_T57_both_end_days_are_held_to_their_last_second_in_beijing(world: World) -> None:
    hold(world, FILING, NOVEMBER)
    require_open(world.cycle, FILING, at=at(1, 0, 0, 0))
    require_open(world.cycle, FILING, at=at(30, 23, 59, 59))
    require_open(world.cycle, FILING, at=dt.datetime(2017, 11, 30, 15, 59, 59, tzinfo=dt.UTC))
    with pytest.raises(WrongState, match="“自我评价”环节 2017-11-01 才开始"):
        require_open(world.cycle, FILING, at=at(1, 0) - dt.timedelta(seconds=1))
    with pytest.raises(WrongState, match="“自我评价”环节已于 2017-11-30 24 时截止"):
        require_open(world.cycle, FILING, at=at(30, 23, 59, 59) + dt.timedelta(seconds=1))
    with pytest.raises(WrongState):
        require_open(world.cycle, FILING, at=dt.datetime(2017, 11, 30, 16, 0, 0, tzinfo=dt.UTC))


def test_days_are_set_and_a_stage_is_left_out(world: World) -> None:
    year, by = new_year(world), world.actor("office")
    stages.set_days(
        year, by=by, at=NOW, edits={TARGETS: Edit(None, OCTOBER), FILING: Edit(None, NOVEMBER)}
    )
    stages.set_days(year, by=by, at=NOW, edits={TARGETS: Edit(OCTOBER, None)})
    assert stages.days_of(year) == {FILING: NOVEMBER}
    assert [details for *_, details in entries("calendar.set")] == [
        {
            "targets": ["", "2017-10-01 至 2017-10-31 24 时"],
            "filing": ["", "2017-11-01 至 2017-11-30 24 时"],
        },
        {"targets": ["2017-10-01 至 2017-10-31 24 时", ""]},
    ]


def test_one_day_is_a_stage_too(world: World) -> None:
    year = new_year(world)
    day = Days(dt.date(2018, 2, 28), dt.date(2018, 2, 28))
    stages.set_days(year, by=world.actor("office"), at=NOW, edits={FILING: Edit(None, day)})
    assert stages.days_of(year) == {FILING: day}


def test_days_in_the_wrong_order_are_told_all_at_once(world: World) -> None:
    year = new_year(world)
    edits = {
        TARGETS: Edit(None, NOVEMBER),
        FILING: Edit(None, OCTOBER),
        REVIEW: Edit(None, Days(dt.date(2017, 12, 31), dt.date(2017, 12, 1))),
    }
    with pytest.raises(Invalid) as caught:
        stages.set_days(year, by=world.actor("office"), at=NOW, edits=edits)
    assert caught.value.problems == (
        "“文审初评”的截止日早于开始日；请改正",
        "“自我评价”不能早于“目标备案”开始（2017-11-01）；请调整日期",
        "“自我评价”不能早于“目标备案”截止（2017-11-30）；请调整日期",
    )
    assert stages.days_of(year) == {}


def test_what_has_closed_is_changed_only_by_an_exception(world: World) -> None:
    hold(world, TARGETS, Days(dt.date(2017, 9, 1), dt.date(2017, 10, 19)))
    was = stages.days_of(world.cycle)[TARGETS]
    with pytest.raises(Invalid) as caught:
        stages.set_days(
            world.cycle,
            by=world.actor("office"),
            at=NOW,
            edits={TARGETS: Edit(was, Days(was.first, NOVEMBER.last))},
            reason="想延长",
        )
    assert caught.value.problems == (
        "“目标备案”已于 2017-10-19 24 时截止，日期不能再改；确需办理的请批准例外",
    )


@pytest.mark.parametrize(
    ("now", "problem"),
    [
        (None, "“申诉”已于 2017-10-01 开始，不能取消，也不能改开始日"),
        (
            Days(dt.date(2017, 10, 2), dt.date(2027, 12, 31)),
            "“申诉”已于 2017-10-01 开始，不能取消，也不能改开始日",
        ),
        (
            Days(dt.date(2017, 10, 1), dt.date(2017, 10, 19)),
            "“申诉”的截止日 2017-10-19 已经过去；请另选一天",
        ),
    ],
)
def test_what_has_begun_is_neither_cancelled_nor_closed_backwards(
    world: World, now: Days | None, problem: str
) -> None:
    only = Stage.objects.filter(cycle=world.cycle).exclude(kind=StageKind.APPEALS)
    only.delete()
    was = stages.days_of(world.cycle)[StageKind.APPEALS]
    with pytest.raises(Invalid) as caught:
        stages.set_days(
            world.cycle,
            by=world.actor("office"),
            at=NOW,
            edits={StageKind.APPEALS: Edit(was, now)},
            reason="示例",
        )
    assert caught.value.problems == (problem,)


def test_a_stage_that_runs_may_end_today(world: World) -> None:
    hold(world, TARGETS, OCTOBER)
    today = Days(OCTOBER.first, dt.date(2017, 10, 20))
    stages.set_days(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        edits={TARGETS: Edit(OCTOBER, today)},
        reason="提前结束",
    )
    assert stages.days_of(world.cycle)[TARGETS] == today


def test_T56_two_people_changing_the_calendar_lose_no_line(world: World) -> None:
    year, by = new_year(world), world.actor("office")
    stages.set_days(year, by=by, at=NOW, edits={TARGETS: Edit(None, OCTOBER)})
    stages.set_days(year, by=by, at=NOW, edits={FILING: Edit(None, NOVEMBER)})
    assert stages.days_of(year) == {TARGETS: OCTOBER, FILING: NOVEMBER}
    with pytest.raises(Conflict) as caught:
        stages.set_days(year, by=by, at=NOW, edits={FILING: Edit(None, OCTOBER)})
    assert [(d.label, d.now, d.mine) for d in caught.value.differences] == [
        ("自我评价", "2017-11-01 至 2017-11-30 24 时", "2017-10-01 至 2017-10-31 24 时")
    ]


def grant(world: World, unit: int | None = 0, **changed: Any) -> StageException:
    """An exception to filing, to 15 November, for 城东区 unless another unit or all are meant."""
    meant: dict[str, Any] = {
        "by": world.actor("office"),
        "at": at(3),
        "kind": FILING,
        "unit": None if unit is None else world.assessed[unit],
        "last_day": dt.date(2017, 11, 15),
        "reason": "系统故障",
    }
    return exceptions.grant(world.cycle, **(meant | changed))


def test_an_exception_opens_a_closed_stage_for_one_unit_to_a_day(world: World) -> None:
    hold(world, FILING, Days(dt.date(2017, 10, 1), dt.date(2017, 11, 1)))
    first, second, _ = world.assessed
    with pytest.raises(WrongState):
        require_open(world.cycle, FILING, at=at(3), assessed=first)
    exception = grant(world)
    assert (exception.by, exception.at, exception.unit) == ("考核办（示例）", at(3), world.units[0])
    require_open(world.cycle, FILING, at=at(15, 23, 59, 59), assessed=first)
    for instant, unit in ((at(16, 0), first), (at(3), second), (at(3), None)):
        with pytest.raises(WrongState):
            require_open(world.cycle, FILING, at=instant, assessed=unit)
    assert entries("exception.granted") == [
        (
            "office",
            "done",
            "系统故障",
            {
                "stage": "filing",
                "unit": "城东区（示例）",
                "last_day": ["2017-11-01", "2017-11-15"],
            },
        )
    ]
    assert notices() == [
        (login, "news", "“自我评价”延至 2017-11-15 24 时")
        for login in ("unit_office", "liaison", "other_liaison")
    ]


def test_an_exception_for_all_reaches_every_unit(world: World) -> None:
    hold(world, FILING, Days(dt.date(2017, 10, 1), dt.date(2017, 11, 1)))
    grant(world, None)
    for unit in (*world.assessed, None):
        require_open(world.cycle, FILING, at=at(10), assessed=unit)
    assert len(notices()) == 5


def test_an_exception_wins_over_the_internal_day(world: World) -> None:
    hold(world, FILING, Days(dt.date(2017, 10, 1), dt.date(2017, 11, 5)))
    department = world.departments["u01", "市监局"]
    deadlines.set_days(
        world.assessed[0],
        by=world.actor("unit_office"),
        at=NOW,
        edits={department.pk: Edit(None, dt.date(2017, 10, 25))},
    )
    early = filing_window(world.assessed[0], department.pk)
    assert early is not None
    assert early.last_day == dt.date(2017, 10, 25)
    grant(world)
    late = filing_window(world.assessed[0], department.pk)
    assert late is not None
    assert late.last_day == dt.date(2017, 11, 15)


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"reason": "  "}, ("请写明批准例外的理由",)),
        (
            {"last_day": dt.date(2017, 11, 2)},
            ("延至的日期 2017-11-02 已经过去；请另选一天",),
        ),
        (
            {"last_day": dt.date(2017, 11, 1)},
            (
                "延至的日期 2017-11-01 已经过去；请另选一天",
                "“自我评价”本来就到 2017-11-01 24 时；延至的日期应在它之后",
            ),
        ),
    ],
)
def test_an_exception_grants_something_ahead_with_a_reason(
    world: World, changed: dict[str, Any], problems: tuple[str, ...]
) -> None:
    hold(world, FILING, Days(dt.date(2017, 10, 1), dt.date(2017, 11, 1)))
    with pytest.raises(Invalid) as caught:
        grant(world, **changed)
    assert caught.value.problems == problems
    assert not StageException.objects.exists()


def test_no_exception_to_what_has_not_begun_or_is_not_held(world: World) -> None:
    hold(world, FILING, Days(dt.date(2017, 11, 4), dt.date(2017, 11, 9)))
    with pytest.raises(WrongState, match="“自我评价”环节 2017-11-04 才开始，不需要例外"):
        grant(world)
    Stage.objects.filter(cycle=world.cycle, kind=FILING).delete()
    with pytest.raises(WrongState, match="本年度没有安排“自我评价”环节"):
        grant(world)


def test_T22_a_unit_of_another_year_gets_no_exception(world: World) -> None:
    hold(world, FILING, Days(dt.date(2017, 10, 1), dt.date(2017, 11, 1)))
    stranger = new_year(world).units.create(unit=world.units[0], group="示例市")
    with pytest.raises(Invalid, match="所选单位不在本考核年度"):
        exceptions.grant(
            world.cycle,
            by=world.actor("office"),
            at=at(3),
            kind=FILING,
            unit=stranger,
            last_day=dt.date(2017, 11, 15),
            reason="示例",
        )


def test_a_withdrawn_exception_stays_on_record_and_no_longer_counts(world: World) -> None:
    hold(world, FILING, Days(dt.date(2017, 10, 1), dt.date(2017, 11, 1)))
    exception, by = grant(world), world.actor("office")
    with pytest.raises(Invalid, match="请写明撤销例外的理由"):
        exceptions.withdraw(exception, by=by, at=at(4), reason="")
    exceptions.withdraw(exception, by=by, at=at(4), reason="批错了")
    exception.refresh_from_db()
    assert (exception.withdrawn_at, exception.withdrawn_why) == (at(4), "批错了")
    with pytest.raises(WrongState):
        require_open(world.cycle, FILING, at=at(5), assessed=world.assessed[0])
    with pytest.raises(WrongState, match="这个例外已经撤销"):
        exceptions.withdraw(exception, by=by, at=at(5), reason="再撤一次")
    assert [(login, outcome) for login, outcome, *_ in entries("exception.withdrawn")] == [
        ("office", "refused"),
        ("office", "done"),
        ("office", "refused"),
    ]


@pytest.mark.parametrize("name", ["unit_office", "leader", "liaison"])
def test_only_the_office_grants_exceptions(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        grant(world, by=world.actor(name))
    with pytest.raises(NotAllowed):
        stages.set_days(world.cycle, by=world.actor(name), at=NOW, edits={}, reason="示例")


def test_a_year_that_is_not_open_has_no_window(world: World) -> None:
    Cycle.objects.filter(pk=world.cycle.pk).update(state=Cycle.State.SETUP)
    world.cycle.refresh_from_db()
    with pytest.raises(WrongState, match="本考核年度还在筹备，尚未启动"):
        require_open(world.cycle, FILING, at=NOW)


def test_the_timeline_shows_each_stage_as_the_unit_meets_it(world: World) -> None:
    hold(world, TARGETS, Days(dt.date(2017, 9, 1), dt.date(2017, 9, 30)))
    hold(world, FILING, Days(dt.date(2017, 10, 1), dt.date(2017, 11, 1)))
    hold(world, REVIEW, Days(dt.date(2017, 12, 1), dt.date(2017, 12, 31)))
    Stage.objects.filter(cycle=world.cycle, kind=StageKind.VISITS).delete()
    grant(world)

    def shown(unit: int | None) -> list[tuple[str, str, bool]]:
        assessed = None if unit is None else world.assessed[unit]
        found = timeline(world.cycle, at(3), assessed)[:4]
        return [(stage.title, stage.state, stage.excepted) for stage in found]

    assert shown(0) == [
        ("目标备案", "done", False),
        ("自我评价", "now", True),
        ("文审初评", "next", False),
        ("实地核查", "skipped", False),
    ]
    assert shown(1)[1] == shown(None)[1] == ("自我评价", "done", False)


def test_a_window_knows_how_many_days_are_left(world: World) -> None:
    hold(world, FILING, NOVEMBER)
    found = window(world.cycle, FILING)
    assert found is not None
    assert [found.days_left(at(day)) for day in (29, 30)] == [1, 0]
    assert found.days_left(at(30) + dt.timedelta(days=2)) == -2
