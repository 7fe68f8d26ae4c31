"""What judging asks of people on their desk."""

import datetime as dt

import pytest
from django.urls import reverse

from kaohe_web.cycles.models import Cycle, Stage, StageKind
from kaohe_web.filing.models import Submission
from kaohe_web.review.models import Assignment
from kaohe_web.review.todos import todos
from review.judging import file, give_to, mark, pair
from world import NOW, World

LAST = dt.date(2027, 12, 31)


def told(world: World, who: str, at: dt.datetime = NOW) -> list[tuple[str, int, dt.date | None]]:
    """What somebody has to do: its title, how many, until when."""
    return [(todo.title, todo.count, todo.due) for todo in todos(world.actor(who), at)]


def test_an_assessor_is_asked_only_for_what_can_be_marked_now(world: World) -> None:
    assert told(world, "assessor") == []
    file(world, "M8.1", 0)
    file(world, "M8.1", 1)
    assert told(world, "assessor") == [("评审打分", 2, LAST)]
    [todo] = todos(world.actor("assessor"), NOW)
    assert (todo.link, todo.detail, todo.urgent) == (
        reverse("queue", kwargs={"cycle_id": world.cycle.pk}),
        "2016-2017 年度（示例）",
        False,
    )
    mark(world, give_to(world, "assessor", "M8.1"), "1")
    assert told(world, "assessor") == [("评审打分", 1, LAST)]


def test_what_was_filed_again_is_to_be_looked_at_again(world: World) -> None:
    file(world, "M8.1")
    mark(world, give_to(world, "assessor", "M8.1"), "1")
    Submission.objects.update(version=9)
    assert told(world, "assessor") == [("评分后又重新提交，请复看", 1, LAST)]


def test_the_office_is_asked_for_assessors_and_for_disagreements(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3")
    mark(world, second, "0")
    [lacking, apart] = told(world, "office")
    wanted = 3 * 37 + 3
    assert lacking == ("缺评审员", wanted - Assignment.objects.count(), LAST)
    assert apart == ("评分分歧", 1, LAST)


def test_nothing_is_asked_long_before_judging_begins(world: World) -> None:
    Stage.objects.filter(kind=StageKind.REVIEW).update(first_day=dt.date(2017, 11, 4))
    file(world, "M8.1")
    assert told(world, "assessor") == []
    assert told(world, "office") == []
    soon = NOW + dt.timedelta(days=1)
    assert [title for title, *_ in told(world, "office", soon)] == ["缺评审员"]


def test_it_is_urgent_in_the_last_days(world: World) -> None:
    Stage.objects.filter(kind=StageKind.REVIEW).update(last_day=dt.date(2017, 10, 23))
    file(world, "M8.1")
    assert [todo.urgent for todo in todos(world.actor("assessor"), NOW)] == [True]


@pytest.mark.parametrize("who", ["leader", "unit_office", "liaison", "provider", "audit_officer"])
def test_nobody_else_is_asked(world: World, who: str) -> None:
    pair(world)
    assert told(world, who) == []


def test_a_year_that_does_not_run_asks_nothing(world: World) -> None:
    file(world, "M8.1")
    Cycle.objects.update(state=Cycle.State.ARCHIVED)
    assert told(world, "assessor") == told(world, "office") == []
