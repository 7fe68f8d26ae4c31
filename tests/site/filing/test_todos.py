"""What filing asks of each person."""

import datetime as dt

import pytest

from filing.steps import check, hand_in, submission, submit
from kaohe_web.cycles.models import Cycle, Stage, StageKind
from kaohe_web.filing import submissions
from kaohe_web.filing.todos import todos
from kaohe_web.jobs.todo import Todo
from world import NOW, World

DUE = dt.date(2017, 11, 3)


@pytest.fixture(autouse=True)
def _filing_ends(world: World) -> None:
    Stage.objects.filter(cycle=world.cycle, kind=StageKind.FILING).update(last_day=DUE)
    Stage.objects.filter(cycle=world.cycle, kind=StageKind.REVIEW).update(last_day=DUE)


def asked(world: World, who: str, at: dt.datetime = NOW) -> list[tuple[str, int, bool]]:
    """The titles, the counts, and whether each is urgent."""
    return [(todo.title, todo.count, todo.urgent) for todo in todos(world.actor(who), at)]


def test_a_liaison_files_what_is_not_handed_in(world: World) -> None:
    hand_in(world, "M10")
    assert todos(world.actor("other_liaison"), NOW) == [
        Todo(
            "填报条目并报审",
            1,
            f"/cycles/{world.cycle.pk}/filing/?state=open",
            DUE,
            "2016-2017 年度（示例）",
        )
    ]
    soon = NOW + dt.timedelta(days=12)
    assert asked(world, "other_liaison", soon) == [("填报条目并报审", 1, True)]


def test_what_was_returned_comes_first(world: World) -> None:
    submit(world, "M10", "M11")
    row = submission(world, "M10")
    submissions.send_back(
        row, by=world.actor("office"), at=NOW, version=row.version, reason="缺少文号"
    )
    assert asked(world, "other_liaison") == [("补报退回的条目", 1, True)]


def test_a_units_office_checks_signs_and_submits_again(world: World) -> None:
    hand_in(world, "M10")
    assert asked(world, "unit_office") == [
        ("审核部门报审的条目", 1, False),
        ("审核齐全后签署提交", 43, False),
    ]


def test_after_the_sign_off_only_what_came_back_is_asked(world: World) -> None:
    submit(world, "M10")
    assert asked(world, "unit_office") == []
    row = submission(world, "M10")
    submissions.send_back(
        row, by=world.actor("office"), at=NOW, version=row.version, reason="缺少文号"
    )
    check(world, "M10")
    assert asked(world, "unit_office") == [("重新提交补报的条目", 1, True)]


def test_a_provider_enters_what_is_missing(world: World) -> None:
    assert asked(world, "provider") == [("填报各单位的指标数值", 6, False)]


@pytest.mark.parametrize("who", ["office", "leader", "assessor", "audit_officer"])
def test_others_are_asked_nothing_by_filing(world: World, who: str) -> None:
    assert asked(world, who) == []


def test_nothing_is_asked_before_filing_begins_or_after_the_year(world: World) -> None:
    early = dt.datetime(2017, 9, 30, tzinfo=dt.UTC)
    assert [asked(world, who, early) for who in ("liaison", "unit_office", "provider")] == [[]] * 3
    Cycle.objects.update(state=Cycle.State.ARCHIVED)
    assert [asked(world, who) for who in ("liaison", "unit_office", "provider")] == [[]] * 3
