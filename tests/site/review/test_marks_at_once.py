"""Two people at one part at the same moment: nothing is lost, nothing is averaged in silence."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from at_once import at_once
from kaohe_web.audit.chain import in_order, verify
from kaohe_web.filing import submissions
from kaohe_web.filing.models import Submission
from kaohe_web.review import assignments, conferences, marks
from kaohe_web.review.disagreements import call_third
from kaohe_web.review.models import Assignment, Conference, Judgement
from kaohe_web.review.standing import items, tally
from review.judging import MARKERS, file, give_to, judged, mark, pair
from world import NOW, World


def giving(world: World, row: Assignment, score: str) -> Callable[[], object]:
    """A mark of an assignment that nobody has given."""
    by = world.actor(next(n for n, post in world.posts.items() if post.pk == row.assessor_id))
    return lambda: marks.give(
        row,
        by=by,
        at=NOW,
        version=1,
        filed_version=3,
        score=Decimal(score),
        reason="示例理由",
    )


@pytest.mark.parametrize(
    ("one", "other", "came"), [("2", "2.5", (Decimal("2.25"), "mean")), ("3", "0", None)]
)
def test_T56_two_marks_given_at_once_both_count(
    committed_world: World, one: str, other: str, came: tuple[Decimal, str] | None
) -> None:
    world = committed_world
    first, second = pair(world)
    assert at_once(giving(world, first, one), giving(world, second, other)) == ["done", "done"]
    assert judged(first) == came
    assert verify(in_order()).broken is None


def test_T56_one_mark_given_in_two_windows_is_given_once(committed_world: World) -> None:
    world = committed_world
    file(world, "M8.1")
    row = give_to(world, "assessor", "M8.1")
    told = at_once(*(giving(world, row, f"0.{digit}") for digit in range(1, 6)))
    assert told == ["Conflict"] * 4 + ["done"]
    row.refresh_from_db()
    assert (row.version, judged(row)) == (2, (row.score, "single"))


def test_T56_a_mark_is_given_or_the_part_is_sent_back_first(committed_world: World) -> None:
    world = committed_world
    filed = file(world, "M8.1")
    row = give_to(world, "assessor", "M8.1")
    office = world.actor("office")
    told = at_once(
        giving(world, row, "1"),
        lambda: submissions.send_back(filed, by=office, at=NOW, version=3, reason="示例"),
    )
    row.refresh_from_db()
    assert Submission.objects.get().state == Submission.State.RETURNED
    assert told == (["done", "done"] if row.score is not None else ["WrongState", "done"])
    assert (judged(row) is not None) == (row.score is not None)


def test_T55_two_officers_spread_at_once_and_nothing_is_given_twice(
    committed_world: World,
) -> None:
    world = committed_world
    office = world.actor("office")
    people = [world.posts[name] for name in MARKERS]

    def spreading(seed: str) -> Callable[[], object]:
        return lambda: assignments.spread_over(
            world.cycle, by=office, at=NOW, assessors=people, seed=seed
        )

    assert at_once(spreading("一"), spreading("二")) == ["done", "done"]
    sums = tally(items(office, world.cycle))
    assert (sums.assigned, sums.lacking) == (sums.wanted, 0)


def test_T56_a_third_mark_and_a_conference_are_not_both_called(committed_world: World) -> None:
    world = committed_world
    first, second = pair(world)
    mark(world, first, "3")
    mark(world, second, "0")
    office, unit = world.actor("office"), world.assessed[0]
    third = world.posts["third_assessor"]
    told = at_once(
        lambda: conferences.call(unit, by=office, at=NOW, part="M10"),
        lambda: call_third(unit, by=office, at=NOW, part="M10", assessor=third),
    )
    assert told == ["WrongState", "done"]
    called = Conference.objects.count(), Assignment.objects.filter(turn=3).count()
    assert sum(called) == 1
    assert not Judgement.objects.exists()
