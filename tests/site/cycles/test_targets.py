"""Targets: filed by the unit's office within the stage, confirmed or returned by the office."""

import datetime as dt
from decimal import Decimal

import pytest

from cycles.told import entries, notices, refused
from kaohe_web.cycles import targets
from kaohe_web.cycles.models import AssessedUnit, Stage, StageKind, Target
from kaohe_web.cycles.targets import Typed, visible_targets
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from world import NOW, World

RATE = "manufacturing_pass_rate"
State = Target.State


@pytest.fixture
def unit(world: World) -> AssessedUnit:
    """城东区, which has filed nothing yet."""
    Target.objects.filter(assessed=world.assessed[0]).delete()
    return world.assessed[0]


def typed(value: str | None, basis: str = "示政发 1 号", version: int = 0) -> dict[str, Typed]:
    """One target as it is typed."""
    return {RATE: Typed(None if value is None else Decimal(value), basis, version)}


def row(unit: AssessedUnit) -> Target:
    """The unit's target as it is now."""
    return Target.objects.get(assessed=unit, indicator=RATE)


def test_a_target_goes_from_draft_to_confirmed(world: World, unit: AssessedUnit) -> None:
    own, office = world.actor("unit_office"), world.actor("office")
    targets.save(unit, by=own, at=NOW, typed=typed("95.5", ""))
    assert (row(unit).state, row(unit).value, row(unit).version) == (
        State.DRAFT,
        Decimal("95.5"),
        1,
    )
    targets.file(unit, by=own, at=NOW, typed=typed("96", version=1))
    assert (row(unit).state, row(unit).value, row(unit).basis) == (
        State.FILED,
        Decimal(96),
        "示政发 1 号",
    )
    targets.confirm(row(unit), by=office, at=NOW, version=2)
    assert (row(unit).state, row(unit).version) == (State.CONFIRMED, 3)
    assert entries("targets.saved") == [
        ("unit_office", "done", "", {"unit": "城东区（示例）", "targets": {RATE: "95.5"}})
    ]
    assert entries("targets.filed") == [
        (
            "unit_office",
            "done",
            "",
            {"unit": "城东区（示例）", "targets": {RATE: "96（示政发 1 号）"}},
        )
    ]
    assert entries("target.confirmed") == [
        (
            "office",
            "done",
            "",
            {"unit": "城东区（示例）", "indicator": RATE, "target": "96（示政发 1 号）"},
        )
    ]
    assert notices() == [
        ("office", "todo", "城东区（示例）报备了目标，待确认"),
        ("unit_office", "news", "目标已确认：城东区（示例）"),
    ]


def test_a_returned_target_is_filed_again(world: World, unit: AssessedUnit) -> None:
    own, office = world.actor("unit_office"), world.actor("office")
    targets.file(unit, by=own, at=NOW, typed=typed("90"))
    targets.send_back(row(unit), by=office, at=NOW, version=1, reason="低于上年完成值")
    assert (row(unit).state, row(unit).note) == (State.RETURNED, "低于上年完成值")
    assert notices()[-1] == ("unit_office", "todo", "目标被退回，请修改后重新报备：城东区（示例）")
    targets.file(unit, by=own, at=NOW, typed=typed("96", version=2))
    assert (row(unit).state, row(unit).value) == (State.FILED, Decimal(96))


def test_a_confirmed_target_may_be_returned_with_a_reason(world: World) -> None:
    target = row(world.assessed[0])
    targets.send_back(target, by=world.actor("office"), at=NOW, version=1, reason="单位申请更正")
    assert row(world.assessed[0]).state == State.RETURNED


@pytest.mark.parametrize(
    ("value", "basis", "problems"),
    [
        (None, "示例", ("制造业产品质量合格率：请填写目标值",)),
        ("95", " ", ("制造业产品质量合格率：请写明目标的依据（文件、上年完成情况等）",)),
        (
            "101",
            "",
            (
                "制造业产品质量合格率：101 大于 100；百分数应在 0–100 之间，请核对数值和单位",
                "制造业产品质量合格率：请写明目标的依据（文件、上年完成情况等）",
            ),
        ),
    ],
)
def test_what_is_filed_is_whole_and_possible(
    world: World, unit: AssessedUnit, value: str | None, basis: str, problems: tuple[str, ...]
) -> None:
    with pytest.raises(Invalid) as caught:
        targets.file(unit, by=world.actor("unit_office"), at=NOW, typed=typed(value, basis))
    assert caught.value.problems == problems
    assert not Target.objects.filter(assessed=unit).exists()


def test_a_draft_may_be_half_done_but_not_impossible(world: World, unit: AssessedUnit) -> None:
    own = world.actor("unit_office")
    targets.save(unit, by=own, at=NOW, typed=typed(None, ""))
    assert row(unit).value is None
    with pytest.raises(Invalid, match="小于 0"):
        targets.save(unit, by=own, at=NOW, typed=typed("-1", "", 1))


def test_an_indicator_without_target_gets_none(world: World, unit: AssessedUnit) -> None:
    stranger = {"vegetable_pass_rate": Typed(Decimal(95), "示例")}
    with pytest.raises(Invalid, match="“vegetable_pass_rate”没有目标"):
        targets.save(unit, by=world.actor("unit_office"), at=NOW, typed=stranger)


def test_T30_what_is_filed_is_not_changed_by_the_unit(world: World, unit: AssessedUnit) -> None:
    own = world.actor("unit_office")
    targets.file(unit, by=own, at=NOW, typed=typed("95"))
    for act in (targets.save, targets.file):
        with pytest.raises(WrongState, match="“制造业产品质量合格率”的目标已报备，不能再改"):
            act(unit, by=own, at=NOW, typed=typed("99", version=1))
    assert row(unit).value == Decimal(95)


def test_T30_targets_are_filed_within_their_stage(world: World, unit: AssessedUnit) -> None:
    Stage.objects.filter(cycle=world.cycle, kind=StageKind.TARGETS).update(
        last_day=dt.date(2017, 10, 19)
    )
    with pytest.raises(WrongState, match="“目标备案”环节已于 2017-10-19 24 时截止"):
        targets.file(unit, by=world.actor("unit_office"), at=NOW, typed=typed("95"))
    assert refused("targets.filed") == [
        ("unit_office", "“目标备案”环节已于 2017-10-19 24 时截止；确需办理的，请考核办批准例外")
    ]


def test_T30_only_what_is_filed_is_confirmed_or_returned(world: World, unit: AssessedUnit) -> None:
    office = world.actor("office")
    targets.save(unit, by=world.actor("unit_office"), at=NOW, typed=typed("95"))
    with pytest.raises(WrongState, match="只有已报备的目标可以确认；这一项未报"):
        targets.confirm(row(unit), by=office, at=NOW, version=1)
    with pytest.raises(WrongState, match="只有已报备或已确认的目标可以退回；这一项未报"):
        targets.send_back(row(unit), by=office, at=NOW, version=1, reason="示例")
    confirmed = row(world.assessed[1])
    with pytest.raises(WrongState, match="这一项已确认"):
        targets.confirm(confirmed, by=office, at=NOW, version=1)


def test_returning_needs_a_reason(world: World) -> None:
    with pytest.raises(Invalid, match="请写明退回的理由"):
        targets.send_back(
            row(world.assessed[0]), by=world.actor("office"), at=NOW, version=1, reason=" "
        )


def test_T56_the_office_confirms_what_it_saw(world: World, unit: AssessedUnit) -> None:
    own, office = world.actor("unit_office"), world.actor("office")
    targets.file(unit, by=own, at=NOW, typed=typed("95"))
    seen = row(unit).version
    targets.send_back(row(unit), by=office, at=NOW, version=seen, reason="示例")
    targets.file(unit, by=own, at=NOW, typed=typed("80", version=2))
    with pytest.raises(Conflict) as caught:
        targets.confirm(row(unit), by=office, at=NOW, version=seen)
    assert [(d.label, d.now) for d in caught.value.differences] == [
        ("目标", "已报备：80（示政发 1 号）")
    ]
    assert row(unit).state == State.FILED


def test_T56_two_clerks_of_a_unit_never_overwrite_each_other(
    world: World, unit: AssessedUnit
) -> None:
    own = world.actor("unit_office")
    targets.save(unit, by=own, at=NOW, typed=typed("95"))
    with pytest.raises(Conflict) as caught:
        targets.save(unit, by=own, at=NOW, typed=typed("96", "另一份", 0))
    assert [(d.label, d.now, d.mine) for d in caught.value.differences] == [
        ("制造业产品质量合格率", "95（示政发 1 号）", "96（另一份）")
    ]


def test_T22_another_units_targets_are_not_there(world: World, unit: AssessedUnit) -> None:
    with pytest.raises(NotThere):
        targets.save(unit, by=world.actor("foreign_office"), at=NOW, typed=typed("1"))
    seen = {
        name: sorted(
            visible_targets(world.actor(name), world.cycle).values_list(
                "assessed__unit__code", flat=True
            )
        )
        for name in world.posts
    }
    own, all_others = ["u01"], ["u02", "u03"]
    Target.objects.create(cycle=world.cycle, assessed=unit, indicator=RATE)
    assert seen == {
        "office": all_others,
        "leader": all_others,
        "unit_office": [],
        "liaison": [],
        "other_liaison": [],
        "foreign_office": ["u02"],
        "foreign_liaison": ["u02"],
        "provider": [],
        "assessor": [],
        "second_assessor": [],
        "third_assessor": [],
        "system_officer": [],
        "security_officer": [],
        "audit_officer": [],
    }
    again = visible_targets(world.actor("liaison"), world.cycle)
    assert list(again.values_list("assessed__unit__code", flat=True)) == own


@pytest.mark.parametrize("name", ["office", "liaison", "leader", "provider", "assessor"])
def test_only_the_units_own_office_files(world: World, unit: AssessedUnit, name: str) -> None:
    with pytest.raises(NotAllowed):
        targets.file(unit, by=world.actor(name), at=NOW, typed=typed("95"))


@pytest.mark.parametrize("name", ["unit_office", "liaison", "leader", "assessor"])
def test_T24_nobody_but_the_office_confirms(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        targets.confirm(row(world.assessed[0]), by=world.actor(name), at=NOW, version=1)
