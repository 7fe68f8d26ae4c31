"""Assigning: by hand and spread, passed on and taken away, never to whom it must not go."""

import json
from decimal import Decimal

import pytest

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle, Exemption
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.people.models import Post, Role
from kaohe_web.review import assignments
from kaohe_web.review.models import Assignment, Recusal
from kaohe_web.review.standing import items, tally
from review.judging import MARKERS, file, give_to, judged, mark, pair, trail, two_marks, value
from world import NOW, World, person

Place = tuple[int, str]


def assign(world: World, *places: Place, name: str = "assessor", who: str = "office") -> list[str]:
    """Parts given to an assessor by hand."""
    rows = assignments.assign(
        world.cycle,
        by=world.actor(who),
        at=NOW,
        assessor=world.posts[name],
        places=[(world.assessed[unit].pk, part) for unit, part in places],
    )
    return [str(row) for row in rows]


def spread(world: World, *names: str, seed: str = "示例种子") -> list[Assignment]:
    """Everything that is wanted, spread over some assessors."""
    return assignments.spread_over(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        assessors=[world.posts[name] for name in names or MARKERS],
        seed=seed,
    )


def loads(world: World) -> dict[str, int]:
    """How many marks everybody has."""
    return {name: Assignment.objects.filter(assessor=world.posts[name]).count() for name in MARKERS}


def test_parts_are_given_by_hand_with_their_turns(world: World) -> None:
    two_marks(world, "M10")
    assert assign(world, (0, "M10"), (1, "M9")) == [
        "城东区（示例） M10（1）",
        "城西区（示例） M9（1）",
    ]
    assert assign(world, (0, "M10"), name="second_assessor") == ["城东区（示例） M10（2）"]
    entry = Entry.objects.filter(what="assignments.added").last()
    assert entry is not None
    assert (entry.object_name, json.loads(entry.details)) == (
        "2016-2017 年度（示例）",
        {"assessor": "second_assessor", "parts": ["城东区（示例） M10（2）"]},
    )
    titles = Notice.objects.filter(post=world.posts["assessor"]).values_list("title", flat=True)
    assert list(titles) == ["分派给您 2 条评审任务"]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ((0, "M8.1"), "城东区（示例） M8.1：已经分派给评审员（示例）"),
        ((0, "M99"), "有一条不在待评的条目里"),
        ((0, "G1"), "有一条不在待评的条目里"),  # a rule decides it
        ((0, "G2.2"), "有一条不在待评的条目里"),  # and so it does here, once there is a value
    ],
)
def test_what_cannot_be_given_is_named_and_nothing_is(world: World, place: Place, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        assign(world, place, (1, "M9"))
    assert Assignment.objects.count() == 3


def test_more_assessors_than_wanted_are_refused(world: World) -> None:
    with pytest.raises(Invalid, match=r"城东区（示例） M8\.1：评审员已够 1 人；要换人，请改派"):
        assign(world, (0, "M8.1"), name="second_assessor")


def test_an_exempt_part_and_one_that_a_rule_decides_want_nobody(world: World) -> None:
    Exemption.objects.create(
        assessed=world.assessed[0],
        cycle=world.cycle,
        part="M9",
        reason="示例",
        by="示例",
        at=NOW,
    )
    parts = {each.clause.part.id for each in items(world.actor("office"), world.cycle)}
    first = {
        each.clause.part.id
        for each in items(world.actor("office"), world.cycle, unit=world.assessed[0].pk)
    }
    assert "M9" in parts
    assert "M9" not in first
    assert not {"G1", "G2.2", "M30.1"} & parts


def test_a_part_awaits_once_the_submitted_value_is_one_the_rubric_is_silent_on(
    world: World,
) -> None:
    office = world.actor("office")
    value(world, "livestock_pass_rate", "97")
    assert "G2.2" not in {each.clause.part.id for each in items(office, world.cycle)}
    file(world, "G2.2")
    found = [
        each.assessed.unit.code
        for each in items(office, world.cycle)
        if each.clause.part.id == "G2.2"
    ]
    assert found == ["u01"]
    assert assign(world, (0, "G2.2")) == ["城东区（示例） G2.2（1）"]


def test_own_unit_and_recused_pairs_are_refused(world: World) -> None:
    Post.objects.filter(pk=world.posts["assessor"].pk).update(unit=world.units[0])
    Recusal.objects.create(
        cycle=world.cycle,
        assessor=world.posts["assessor"],
        assessed=world.assessed[1],
        reason="示例",
        at=NOW,
    )
    with pytest.raises(Invalid) as refused:
        assign(world, (0, "M9"), (1, "M9"), (2, "M9"))
    assert refused.value.problems == (
        "城东区（示例） M9：评审员（示例）在城东区（示例）任职，不能评审本单位；请改派他人",
        "城西区（示例） M9：评审员（示例）对城西区（示例）已回避；请改派他人",
    )
    assert Assignment.objects.count() == 3


def test_spreading_gives_everything_evenly_and_leaves_what_was_given(world: World) -> None:
    two_marks(world, "M10", "M13")
    before = set(Assignment.objects.values_list("pk", "assessor"))
    made = spread(world)
    sums = tally(items(world.actor("office"), world.cycle))
    assert (sums.lacking, sums.assigned, len(made)) == (0, sums.wanted, sums.wanted - 3)
    assert before <= set(Assignment.objects.values_list("pk", "assessor"))
    counts = loads(world).values()
    assert max(counts) - min(counts) <= 1
    for part in ("M10", "M13"):
        rows = Assignment.objects.filter(assessed=world.assessed[0], part=part)
        assert sorted(rows.values_list("turn", flat=True)) == [1, 2]
        assert len({row.assessor_id for row in rows}) == 2


def test_spreading_is_recorded_with_its_seed_and_can_be_repeated(world: World) -> None:
    made = spread(world)
    first = {(row.assessed_id, row.part, row.assessor_id, row.order) for row in made}
    entry = Entry.objects.get(what="assignments.spread")
    details = json.loads(entry.details)
    given = {login: int(number) for login, number in details["given"].items()}
    assert (details["seed"], sum(given.values()), details["lacking"]) == (
        "示例种子",
        len(made),
        [],
    )
    Assignment.objects.filter(pk__in=[row.pk for row in made]).delete()
    again = spread(world)
    assert {(row.assessed_id, row.part, row.assessor_id, row.order) for row in again} == first


def test_T55_spreading_twice_gives_nothing_twice(world: World) -> None:
    made = spread(world)
    assert spread(world) == []
    assert Assignment.objects.count() == len(made) + 3
    assert len(trail("assignments.spread")) == 1


def test_spreading_never_brings_barred_pairs_together(world: World) -> None:
    two_marks(world, "M10")
    own = person("own", Role.ASSESSOR, unit=world.units[0])
    world.posts["own"] = own
    for assessed in world.assessed[1:]:
        Recusal.objects.create(
            cycle=world.cycle,
            assessor=world.posts["second_assessor"],
            assessed=assessed,
            reason="示例",
            at=NOW,
        )
    spread(world, "assessor", "second_assessor", "own")
    assert not Assignment.objects.filter(assessor=own, assessed=world.assessed[0]).exists()
    seconds = Assignment.objects.filter(assessor=world.posts["second_assessor"])
    assert {row.assessed_id for row in seconds} == {world.assessed[0].pk}
    assert tally(items(world.actor("office"), world.cycle)).lacking == 0


def test_what_nobody_may_have_stays_without_and_is_named(world: World) -> None:
    two_marks(world, "M10")
    made = spread(world, "assessor")
    details = json.loads(Entry.objects.get(what="assignments.spread").details)
    assert details["lacking"] == ["u01 M10", "u02 M10", "u03 M10"]
    assert tally(items(world.actor("office"), world.cycle)).lacking == 3
    assert len(made) == Assignment.objects.count() - 3


@pytest.mark.parametrize("seed", ["", "  ", "一\n二"])
def test_a_seed_is_one_line(world: World, seed: str) -> None:
    with pytest.raises(Invalid, match="请写明随机种子"):
        spread(world, seed=seed)


@pytest.mark.parametrize("who", ["leader", "assessor", "unit_office", "liaison"])
def test_T22_only_the_office_assigns(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        assign(world, (0, "M9"), who=who)
    assert Assignment.objects.count() == 3


def test_only_assessors_are_given_anything(world: World) -> None:
    with pytest.raises(Invalid, match="联络员（示例）现在不是评审员"):
        assign(world, (0, "M9"), name="liaison")


@pytest.mark.parametrize("state", [Cycle.State.SETUP, Cycle.State.ARCHIVED])
def test_T30_nothing_is_assigned_outside_the_running_year(world: World, state: str) -> None:
    Cycle.objects.update(state=state)
    with pytest.raises(WrongState):
        assign(world, (0, "M9"))
    with pytest.raises(WrongState):
        spread(world)


def pass_on(world: World, row: Assignment, name: str, **changes: object) -> Assignment:
    """An assignment passed on to somebody."""
    words: dict[str, object] = {"version": 1, "reason": "请假（示例）", "who": "office", **changes}
    who = str(words.pop("who"))
    return assignments.pass_on(
        row,
        by=world.actor(who),
        at=NOW,
        assessor=world.posts[name],
        **words,  # type: ignore[arg-type]  # the test made it, so it is there
    )


def test_an_open_assignment_is_passed_on_and_both_are_told(world: World) -> None:
    row = pass_on(world, give_to(world, "assessor", "M8.1"), "second_assessor")
    assert (row.assessor, row.version) == (world.posts["second_assessor"], 2)
    entry = Entry.objects.get(what="assignment.passed_on")
    assert (entry.reason, json.loads(entry.details)) == (
        "请假（示例）",
        {"assessor": ["assessor", "second_assessor"]},
    )
    assert {(n.post.user.login, n.kind) for n in Notice.objects.all()} == {
        ("assessor", "news"),
        ("second_assessor", "todo"),
    }


def test_a_given_mark_is_neither_passed_on_nor_taken_away(world: World) -> None:
    file(world, "M8.1")
    row = mark(world, give_to(world, "assessor", "M8.1"), "1")
    with pytest.raises(WrongState, match="这一条已经评过，不能改派或撤下"):
        pass_on(world, row, "second_assessor", version=2)
    with pytest.raises(WrongState, match="这一条已经评过，不能改派或撤下"):
        assignments.remove(row, by=world.actor("office"), at=NOW, version=2, reason="示例")
    assert judged(row) == (Decimal(1), "single")


def test_nothing_is_passed_on_to_one_who_has_it_or_must_not(world: World) -> None:
    first, second = pair(world)
    with pytest.raises(WrongState, match="已经在评这一条"):
        pass_on(world, first, "second_assessor")
    Post.objects.filter(pk=world.posts["third_assessor"].pk).update(unit=world.units[0])
    with pytest.raises(WrongState, match="不能评审本单位"):
        pass_on(world, second, "third_assessor")
    with pytest.raises(Invalid, match="请写明理由"):
        pass_on(world, first, "assessor", reason=" ")
    with pytest.raises(Conflict):
        pass_on(world, first, "third_assessor", version=7)
    with pytest.raises(NotAllowed):
        pass_on(world, first, "third_assessor", who="assessor")


def test_taking_the_second_assessor_away_settles_what_is_left(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "2")
    world.cycle.marking.filter(part="M10").update(marks=1)
    assert judged(first) is None
    assignments.remove(second, by=world.actor("office"), at=NOW, version=1, reason="改为一人评")
    assert judged(first) == (Decimal(2), "single")
    entry = Entry.objects.get(what="assignment.removed")
    assert (entry.object_name, entry.reason, json.loads(entry.details)) == (
        "城东区（示例） M10（2）",
        "改为一人评",
        {"assessor": "second_assessor", "judgement": ["", "2（single）"]},
    )
    with pytest.raises(NotThere):
        assignments.remove(second, by=world.actor("office"), at=NOW, version=1, reason="再来")
