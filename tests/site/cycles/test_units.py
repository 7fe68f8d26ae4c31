"""The units of a year: taken in, regrouped, left out only while the year is being set up."""

import pytest

from cycles.told import entries, new_year
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.units import Taking, set_units, takings
from kaohe_web.errors import Conflict, Invalid, NotAllowed
from world import NOW, World, adopt

NOT = Taking()


def test_units_are_taken_in(world: World) -> None:
    year, (first, second, _) = new_year(world), world.units
    edits = {
        first.pk: Edit(NOT, Taking("西部", "", 2)),
        second.pk: Edit(NOT, Taking("东部", "", 1)),
    }
    set_units(year, by=world.actor("office"), at=NOW, edits=edits)
    assert takings(year) == {first.pk: Taking("西部", "", 2), second.pk: Taking("东部", "", 1)}
    assert [str(unit) for unit in year.units.all()] == ["城西区（示例）", "城东区（示例）"]
    assert entries("units.set") == [
        (
            "office",
            "done",
            "",
            {
                "城东区（示例）": ["不参评", "西部，#2"],
                "城西区（示例）": ["不参评", "东部，#1"],
            },
        )
    ]


def test_a_unit_is_left_out_again_while_the_year_is_set_up(world: World) -> None:
    year, unit = new_year(world), world.units[0]
    by = world.actor("office")
    set_units(year, by=by, at=NOW, edits={unit.pk: Edit(NOT, Taking("甲"))})
    set_units(year, by=by, at=NOW, edits={unit.pk: Edit(Taking("甲"), NOT)})
    assert takings(year) == {}


def test_no_unit_is_taken_out_of_an_open_year(world: World) -> None:
    unit = world.units[0]
    was = Taking("示例市", "", 1)
    with pytest.raises(Invalid) as caught:
        set_units(
            world.cycle,
            by=world.actor("office"),
            at=NOW,
            edits={unit.pk: Edit(was, NOT)},
            reason="示例",
        )
    assert caught.value.problems == (
        "城东区（示例）：考核年度已经启动，不能再去掉单位；不考核的条目请登记为不适用",
    )
    assert world.cycle.units.count() == 3


def test_a_change_in_an_open_year_needs_a_reason(world: World) -> None:
    unit, was, now = world.units[0], Taking("示例市", "", 1), Taking("西部", "", 1)
    by = world.actor("office")
    with pytest.raises(Invalid, match="改动须写明理由"):
        set_units(world.cycle, by=by, at=NOW, edits={unit.pk: Edit(was, now)})
    set_units(world.cycle, by=by, at=NOW, edits={unit.pk: Edit(was, now)}, reason="调整分组")
    assert takings(world.cycle)[unit.pk] == now
    assert entries("units.set")[-1] == (
        "office",
        "done",
        "调整分组",
        {"城东区（示例）": ["示例市，#1", "西部，#1"]},
    )


def test_kinds_of_unit_are_those_of_the_rubric(world: World) -> None:
    edition = adopt("example-county")
    year = new_year(world)
    Cycle.objects.filter(pk=year.pk).update(edition=edition)
    unit = world.units[0]
    with pytest.raises(Invalid, match="请选择单位类别"):
        set_units(
            year,
            by=world.actor("office"),
            at=NOW,
            edits={unit.pk: Edit(NOT, Taking("甲", "village"))},
        )
    set_units(
        year, by=world.actor("office"), at=NOW, edits={unit.pk: Edit(NOT, Taking("甲", "zone"))}
    )
    assert takings(year) == {unit.pk: Taking("甲", "zone")}


def test_a_district_has_one_unit(world: World) -> None:
    year = new_year(world, scope=Cycle.Scope.DISTRICT)
    edits = {unit.pk: Edit(NOT, Taking("甲")) for unit in world.units[:2]}
    with pytest.raises(Invalid, match="区县自用的考核年度只有一个单位"):
        set_units(year, by=world.actor("office"), at=NOW, edits=edits)


def test_T56_only_the_lines_that_somebody_else_changed_are_in_the_way(world: World) -> None:
    year, by = new_year(world), world.actor("office")
    first, second, _ = world.units
    set_units(year, by=by, at=NOW, edits={first.pk: Edit(NOT, Taking("甲"))})
    set_units(year, by=by, at=NOW, edits={second.pk: Edit(NOT, Taking("乙"))})
    with pytest.raises(Conflict) as caught:
        set_units(
            year,
            by=by,
            at=NOW,
            edits={
                first.pk: Edit(NOT, Taking("丙")),
                second.pk: Edit(Taking("乙"), Taking("丁")),
            },
        )
    assert [(d.label, d.now, d.mine) for d in caught.value.differences] == [
        ("城东区（示例）", "甲，#0", "丙，#0")
    ]
    assert takings(year)[second.pk] == Taking("乙")


def test_T55_the_same_change_sent_twice_is_one_change(world: World) -> None:
    year, by, unit = new_year(world), world.actor("office"), world.units[0]
    for _ in range(2):
        set_units(year, by=by, at=NOW, edits={unit.pk: Edit(NOT, Taking("甲"))})
    assert year.units.count() == 1
    assert [details for *_, details in entries("units.set")] == [
        {"城东区（示例）": ["不参评", "甲，#0"]},
        None,
    ]


@pytest.mark.parametrize("name", ["unit_office", "leader", "system_officer"])
def test_only_the_office_sets_units(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        set_units(world.cycle, by=world.actor(name), at=NOW, edits={}, reason="示例")
