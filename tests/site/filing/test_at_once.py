"""Two people at one part at the same moment: one of them writes, the other is told (T55, T56)."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from at_once import at_once
from filing.steps import RATE, duty, entered, hand_in, parts_filed, submission, trail, value
from filing.test_awards import AWARD, COUNT
from kaohe_web.audit.chain import in_order, verify
from kaohe_web.filing import awards, checking, provided, submissions
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.filing.values import ValueEntry
from world import NOW, World


def saving(world: World, number: str, version: int) -> Callable[[], object]:
    """A save of G2.1 with a number."""
    asked = duty(world, "G2.1")
    by = world.actor("liaison")
    what = entered(number, "说明", **{RATE: "93"})
    return lambda: submissions.save(asked, by=by, at=NOW, version=version, entered=what)


def test_T56_of_two_first_saves_one_makes_the_row_and_the_other_is_told(
    committed_world: World,
) -> None:
    world = committed_world
    assert at_once(saving(world, "1", 0), saving(world, "2", 0)) == ["Conflict", "done"]
    assert (Submission.objects.count(), ReportedValue.objects.count()) == (1, 1)
    assert submission(world, "G2.1").version == 1
    assert sorted(trail()) == [("submission.saved", "done"), ("submission.saved", "refused")]


def test_T56_of_eight_saves_of_one_version_one_wins(committed_world: World) -> None:
    world = committed_world
    saving(world, "1", 0)()
    steps = [saving(world, f"0.{digit}", 1) for digit in range(1, 9)]
    assert at_once(*steps) == ["Conflict"] * 7 + ["done"]
    assert (submission(world, "G2.1").version, value(world).version) == (2, 1)
    assert verify(in_order()).broken is None


def test_T55_of_two_equal_saves_both_get_the_same_answer(committed_world: World) -> None:
    world = committed_world
    assert at_once(saving(world, "1", 0), saving(world, "1", 0)) == ["done", "done"]
    assert (submission(world, "G2.1").version, trail()) == (1, [("submission.saved", "done")])


def test_T56_a_part_is_taken_back_or_accepted_and_never_both(committed_world: World) -> None:
    world = committed_world
    row, asked = hand_in(world, "G2.1"), duty(world, "G2.1")
    liaison, office = world.actor("liaison"), world.actor("unit_office")
    told = at_once(
        lambda: submissions.withdraw(asked, by=liaison, at=NOW, version=row.version),
        lambda: checking.check(row, by=office, at=NOW, version=row.version),
    )
    assert (len(told), told.count("done")) == (2, 1)
    assert submission(world, "G2.1").state in ("draft", "checked")


def test_T56_a_unit_is_signed_while_somebody_saves_for_the_first_time(
    committed_world: World,
) -> None:
    world = committed_world
    unit, office = world.assessed[0], world.actor("unit_office")
    missing = dict.fromkeys(parts_filed(world), "本年未开展（示例）")
    told = at_once(
        lambda: checking.sign_off(unit, by=office, at=NOW, note="", missing=missing),
        saving(world, "1", 0),
    )
    assert told in (["WrongState", "done"], ["done", "done"])
    assert submission(world, "G2.1").state == "missing"


def test_T55_one_award_sent_twice_is_one_award(committed_world: World) -> None:
    world = committed_world
    unit, by = world.assessed[0], world.actor("liaison")
    step = lambda: awards.add(unit, by=by, at=NOW, indicator=COUNT, award=AWARD)  # noqa: E731 -- two of it
    assert at_once(step, step) == ["done", "done"]
    assert AwardEntry.objects.count() == 1


def test_T56_a_register_is_closed_before_or_after_an_award_and_never_between(
    committed_world: World,
) -> None:
    world = committed_world
    unit, by, asked = world.assessed[0], world.actor("liaison"), duty(world, "G3")
    awards.add(unit, by=by, at=NOW, indicator=COUNT, award=AWARD)
    told = at_once(
        lambda: awards.add(
            unit, by=by, at=NOW, indicator=COUNT, award=replace(AWARD, name="质量奖")
        ),
        lambda: submissions.hand_in(asked, by=by, at=NOW, version=0, entered=entered("4")),
    )
    assert (told == ["done", "done"]) is (AwardEntry.objects.count() == 2)
    assert submission(world, "G3").state == "handed_in"


def test_T56_of_two_values_for_one_cell_one_is_entered(committed_world: World) -> None:
    world = committed_world
    by = world.actor("provider")

    def entering(number: str) -> Callable[[], object]:
        entry = ValueEntry(Decimal(number))
        return lambda: provided.enter(
            world.assessed[0],
            by=by,
            at=NOW,
            indicator="manufacturing_pass_rate",
            version=0,
            entry=entry,
        )

    assert at_once(entering("93"), entering("94")) == ["Conflict", "done"]
    assert ReportedValue.objects.count() == 1
