"""Readings of a year: settled with reason and signer, in force at once, runs left as they were."""

import pytest

from cycles.told import entries, new_year
from kaohe.rubric.interpretation import in_force, interpret
from kaohe_web.cycles import readings
from kaohe_web.cycles.models import Cycle, SettledReading
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.readings import register
from kaohe_web.errors import Conflict, Invalid, NotAllowed
from world import NOW, World

SETTLED = {
    "why": "与第 4 条一致",
    "signer": "质强办主任（示例）",
    "document": "示质强办〔2017〕1 号",
}


def settle(world: World, year: Cycle, reading: str, choice: str, **changed: str) -> SettledReading:
    """Settle a reading as the office."""
    said = {"was": "", **SETTLED, **changed}
    return readings.settle(
        year, by=world.actor("office"), at=NOW, reading=reading, choice=choice, **said
    )


def test_what_is_undecided_stands_first(world: World) -> None:
    year = new_year(world)
    states = [(standing.reading.id, standing.state) for standing in register(year)]
    assert states[:3] == [
        ("G2.2-below", "undecided"),
        ("not-applicable", "undecided"),
        ("G1-edges", "default"),
    ]
    assert {state for _, state in states[2:]} == {"default"}
    assert len(states) == len(world.rubric.readings)


def test_a_settled_reading_is_in_force_in_its_year_alone(world: World) -> None:
    year = new_year(world)
    row = settle(world, year, "G3-fifth", "more-than")
    assert (row.choice, row.why, row.signer, row.document, row.at) == (
        "more-than",
        *SETTLED.values(),
        NOW,
    )
    assert in_force(rubric_of(year))["G3-fifth"] == "more-than"
    assert in_force(rubric_of(world.cycle))["G3-fifth"] == "at-least"
    assert entries("reading.settled") == [
        (
            "office",
            "done",
            "与第 4 条一致",
            {
                "reading": "G3-fifth",
                "choice": ["at-least", "more-than"],
                "signer": "质强办主任（示例）",
            },
        )
    ]


def test_an_undecided_reading_is_decided(world: World) -> None:
    year = new_year(world)
    settle(world, year, "not-applicable", "rebase")
    assert interpret(rubric_of(year)).not_applicable.treatment == "rebase"
    ids = [standing.reading.id for standing in register(year) if standing.state == "undecided"]
    assert ids == ["G2.2-below"]


def test_a_change_replaces_the_choice_and_the_trail_keeps_both(world: World) -> None:
    year = new_year(world)
    settle(world, year, "G5-conversion", "by-grade")
    settle(world, year, "G5-conversion", "proportional", was="by-grade", why="会议改定")
    assert list(year.readings.values_list("reading", "choice", "why")) == [
        ("G5-conversion", "proportional", "会议改定")
    ]
    assert [details["choice"] for *_, details in entries("reading.settled")] == [
        ["proportional", "by-grade"],
        ["by-grade", "proportional"],
    ]


@pytest.mark.parametrize(
    ("reading", "choice", "changed", "problems"),
    [
        ("G3-fifth", "nearly", {}, ("没有这条口径，或没有所选的读法；请刷新页面后重试",)),
        ("G9-none", "x", {}, ("没有这条口径，或没有所选的读法；请刷新页面后重试",)),
        (
            "G3-fifth",
            "more-than",
            {"why": "", "signer": " "},
            ("请写明选这一种读法的理由", "请写明由谁签署"),
        ),
    ],
)
def test_a_reading_needs_a_choice_a_reason_and_a_signer(
    world: World, reading: str, choice: str, changed: dict[str, str], problems: tuple[str, ...]
) -> None:
    year = new_year(world)
    with pytest.raises(Invalid) as caught:
        settle(world, year, reading, choice, **changed)
    assert caught.value.problems == problems
    assert not year.readings.exists()


def test_T56_a_reading_that_somebody_settled_meanwhile_is_not_overwritten(world: World) -> None:
    year = new_year(world)
    settle(world, year, "G6.2-steps", "full")
    with pytest.raises(Conflict) as caught:
        settle(world, year, "G6.2-steps", "started")
    assert [(d.now, d.mine) for d in caught.value.differences] == [
        ("满 1 个百分点才扣", "不足 1 个百分点的按 1 个扣")
    ]
    assert year.readings.get().choice == "full"


def test_all_defaults_are_confirmed_in_one_act(world: World) -> None:
    year = new_year(world)
    settle(world, year, "G3-fifth", "more-than")
    confirmed = readings.confirm_defaults(year, by=world.actor("office"), at=NOW, **SETTLED)
    states = {standing.reading.id: standing.state for standing in register(year)}
    assert {name for name, state in states.items() if state != "settled"} == {
        "G2.2-below",
        "not-applicable",
    }
    assert "G3-fifth" not in confirmed
    assert in_force(rubric_of(year))["G3-fifth"] == "more-than"
    defaults = {reading.id: reading.chosen for reading in world.rubric.readings}
    assert entries("readings.confirmed") == [
        (
            "office",
            "done",
            "与第 4 条一致",
            {
                "signer": "质强办主任（示例）",
                "choices": {name: defaults[name] for name in confirmed},
            },
        )
    ]
    with pytest.raises(Invalid, match="没有还在沿用默认的口径"):
        readings.confirm_defaults(year, by=world.actor("office"), at=NOW, **SETTLED)


def test_last_years_choice_stands_beside(world: World) -> None:
    year = new_year(world)
    settle(world, world.cycle, "G3-fifth", "more-than")
    Cycle.objects.filter(pk=year.pk).update(before=world.cycle)
    year.refresh_from_db()
    standing = next(each for each in register(year) if each.reading.id == "G3-fifth")
    assert (standing.state, standing.before and standing.before.choice) == ("default", "more-than")


@pytest.mark.parametrize("name", ["leader", "unit_office", "assessor"])
def test_only_the_office_settles_readings(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        readings.settle(
            world.cycle,
            by=world.actor(name),
            at=NOW,
            reading="G3-fifth",
            choice="more-than",
            why="示例",
            signer="示例",
        )
