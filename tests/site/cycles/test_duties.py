"""Who answers for what: prefilled by printed names, divided anew, and never two leaders."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cycles.told import entries, new_year
from kaohe.rubric.interpretation import interpret
from kaohe_web.cycles import bodies, deadlines, duties
from kaohe_web.cycles.duties import Division, divisions
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.matching import Bodies
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, Stage, StageKind
from kaohe_web.cycles.pasted import Body
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.waiting import Waiting, waiting_names, without_lead
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.people.models import Department
from world import NOW, World


def key(name: str, unit: str = "u01") -> int:
    """The key of a department."""
    return Department.objects.get(unit__code=unit, name=name).pk


def empty_year(world: World, *names: Body) -> tuple[Cycle, AssessedUnit]:
    """A new year with 城南区, whose departments go by the given names beside 市监局."""
    year = new_year(world)
    bodies.add_departments(world.units[2], by=world.actor("office"), at=NOW, bodies=list(names))
    return year, year.units.create(unit=world.units[2], group="示例市")


def waiting(unit: AssessedUnit) -> list[Waiting]:
    """The printed names that wait for a person in a unit."""
    rubric = rubric_of(unit.cycle)
    found = Bodies.of(rubric, unit.unit.departments.all())
    return waiting_names(unit, rubric, divisions(unit), found)


def test_prefilling_finds_names_and_aliases_and_guesses_nothing(world: World) -> None:
    year, unit = empty_year(world, Body("经信局"), Body("农业农村局", aliases="区农经局"))
    filled = duties.prefill(year, by=world.actor("office"), at=NOW)
    found = divisions(unit)
    farm, market = key("农业农村局", "u03"), key("市监局", "u03")
    economy = key("经信局", "u03")
    assert found["G2.1"] == Division(farm)
    assert found["M10"] == Division(market)
    assert found["M11"] == Division(economy)
    assert found["G3"] == Division(None, tuple(sorted([economy, market])))
    assert "M8.1" not in found
    assert "G1" not in found
    assert filled == {"城南区（示例）": list(filled["城南区（示例）"])}
    assert entries("duties.prefilled") == [("office", "done", "", filled)]


def test_names_that_nobody_goes_by_wait_for_a_person(world: World) -> None:
    year, unit = empty_year(world)
    duties.prefill(year, by=world.actor("office"), at=NOW)
    found = {name.printed: name for name in waiting(unit)}
    assert found["质量强区工作领导小组成员单位"] == Waiting(
        "质量强区工作领导小组成员单位",
        tuple(
            part.id
            for part in world.rubric.all_parts()
            if part.lead[:1] == ("质量强区工作领导小组成员单位",)
        ),
        leads=True,
        group=True,
    )
    assert found["区农经局"].parts[:3] == ("G2.1", "G2.2", "G2.3")
    assert (found["区农经局"].leads, found["区农经局"].group) == (True, False)
    assert "区市监局" not in found


def test_prefilling_leaves_what_a_person_decided(world: World) -> None:
    market, economy = key("市监局"), key("经信局")
    unit = world.assessed[0]
    before = divisions(unit)
    assert before["M11"] == Division(economy)
    assert before["M12.1"] == Division(market)
    filled = duties.prefill(world.cycle, by=world.actor("office"), at=NOW, reason="示例")
    assert (filled, divisions(unit)) == ({}, before)


def test_a_group_gets_its_named_department(world: World) -> None:
    year, unit = empty_year(world, Body("政府办"))
    by = world.actor("office")
    duties.prefill(year, by=by, at=NOW)
    office = key("政府办", "u03")
    parts = duties.resolve(
        unit, by=by, at=NOW, printed="质量强区工作领导小组成员单位", department=office
    )
    assert parts[:3] == ["M8.1", "M8.2", "M9"]
    assert divisions(unit)["M8.1"] == Division(office)
    assert "质量强区工作领导小组成员单位" not in {
        name.printed for name in waiting(unit) if name.leads
    }
    assert entries("duties.resolved") == [
        (
            "office",
            "done",
            "",
            {
                "unit": "城南区（示例）",
                "printed": "质量强区工作领导小组成员单位",
                "department": "政府办",
                "parts": parts,
            },
        )
    ]
    with pytest.raises(Invalid, match="没有条目在等"):
        duties.resolve(
            unit, by=by, at=NOW, printed="质量强区工作领导小组成员单位", department=office
        )


def test_a_printed_supporter_is_named_too(world: World) -> None:
    year, unit = empty_year(world, Body("园区办"), Body("经信局"))
    by = world.actor("office")
    duties.prefill(year, by=by, at=NOW)
    park = key("园区办", "u03")
    assert duties.resolve(unit, by=by, at=NOW, printed="园区管委会", department=park) == ["G3"]
    assert divisions(unit)["G3"].lead == park
    economy = key("经信局", "u03")
    assert duties.resolve(unit, by=by, at=NOW, printed="区商务局", department=park)
    assert economy in divisions(unit)["G3"].supporting


def test_a_unit_divides_its_own_parts_anew(world: World) -> None:
    unit, market, economy = world.assessed[0], key("市监局"), key("经信局")
    edits = {
        "M8.1": Edit(Division(market), Division(economy, (market,))),
        "M13": Edit(Division(market), Division(economy)),
    }
    duties.divide(unit, by=world.actor("unit_office"), at=NOW, edits=edits)
    found = divisions(unit)
    assert found["M8.1"] == Division(economy, (market,))
    assert found["M13"] == Division(economy)
    assert found["M9"] == Division(market)
    assert entries("duties.divided") == [
        (
            "unit_office",
            "done",
            "",
            {
                "unit": "城东区（示例）",
                "parts": {
                    "M8.1": ["牵头：市监局", "牵头：经信局；配合：市监局"],
                    "M13": ["牵头：市监局", "牵头：经信局"],
                },
            },
        )
    ]


def test_T24_another_units_department_is_refused(world: World) -> None:
    unit, market = world.assessed[0], key("市监局")
    foreign = key("市监局", "u02")
    for division in (Division(foreign), Division(market, (foreign,))):
        with pytest.raises(Invalid, match="所选部门不属于本单位"):
            duties.divide(
                unit,
                by=world.actor("unit_office"),
                at=NOW,
                edits={"M13": Edit(Division(market), division)},
            )
    with pytest.raises(Invalid, match="所选部门不属于本单位"):
        duties.resolve(
            unit, by=world.actor("unit_office"), at=NOW, printed="区住建局", department=foreign
        )
    assert divisions(unit)["M13"] == Division(market)


@pytest.mark.parametrize(
    ("part", "now", "problem"),
    [
        ("M13", "same", "M13：“市监局”已经牵头，不能同时配合；请去掉其中一个"),
        ("M13", "none", "M13：考核年度已经启动，不能没有牵头部门；请另选一个"),
        ("G1", "lead", "“G1”不是本年度要报送的条目；请刷新页面后重试"),
        ("X9", "lead", "“X9”不是本年度要报送的条目；请刷新页面后重试"),
    ],
)
def test_what_makes_no_sense_is_refused(world: World, part: str, now: str, problem: str) -> None:
    market = key("市监局")
    meant = {
        "same": Division(market, (market,)),
        "none": Division(),
        "lead": Division(market),
    }[now]
    with pytest.raises(Invalid) as caught:
        duties.divide(
            world.assessed[0],
            by=world.actor("unit_office"),
            at=NOW,
            edits={part: Edit(Division(market), meant)},
        )
    assert caught.value.problems == (problem,)


def test_T56_a_part_that_somebody_divided_meanwhile_is_not_overwritten(world: World) -> None:
    unit, market, economy = world.assessed[0], key("市监局"), key("经信局")
    was = Division(market)
    duties.divide(
        unit,
        by=world.actor("office"),
        at=NOW,
        edits={"M13": Edit(was, Division(economy))},
    )
    with pytest.raises(Conflict) as caught:
        duties.divide(
            unit,
            by=world.actor("unit_office"),
            at=NOW,
            edits={"M13": Edit(was, Division(market, (economy,)))},
        )
    assert [(d.label, d.now, d.mine) for d in caught.value.differences] == [
        ("M13 食品药品属地安全监管责任", "牵头：经信局", "牵头：市监局；配合：经信局")
    ]


def test_T22_another_units_parts_are_not_there(world: World) -> None:
    for name in ("foreign_office",):
        with pytest.raises(NotThere):
            duties.divide(world.assessed[0], by=world.actor(name), at=NOW, edits={})
        with pytest.raises(NotThere):
            deadlines.set_days(world.assessed[0], by=world.actor(name), at=NOW, edits={})


@pytest.mark.parametrize("name", ["liaison", "leader", "assessor", "provider"])
def test_only_office_and_unit_office_divide(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        duties.divide(world.assessed[0], by=world.actor(name), at=NOW, edits={})


def test_after_filing_has_closed_only_the_office_divides(world: World) -> None:
    Stage.objects.filter(cycle=world.cycle, kind=StageKind.FILING).update(last_day=NOW.date())
    unit, later = world.assessed[0], NOW + dt.timedelta(days=1)
    market, economy = key("市监局"), key("经信局")
    edits = {"M13": Edit(Division(market), Division(economy))}
    with pytest.raises(WrongState, match="自我评价已经截止，分工不能再调整"):
        duties.divide(unit, by=world.actor("unit_office"), at=later, edits=edits)
    duties.divide(unit, by=world.actor("office"), at=later, edits=edits)
    assert divisions(unit)["M13"] == Division(economy)


def test_the_database_itself_holds_one_leader(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(
            cycle=world.cycle,
            assessed=world.assessed[0],
            part="M13",
            department=world.departments["u01", "经信局"],
        )


def test_every_filed_part_is_asked_of_a_unit_and_no_provided_one(world: World) -> None:
    unit = world.assessed[0]
    asked = [part.id for part in without_lead(unit, interpret(world.rubric), {})]
    assert asked == [part.id for part in world.rubric.all_parts() if part.filing == "units"]


def test_a_unit_sets_its_departments_earlier_days(world: World) -> None:
    unit, day = world.assessed[0], dt.date(2017, 11, 1)
    market, economy = key("市监局"), key("经信局")
    by = world.actor("unit_office")
    edits = {market: Edit(None, day), economy: Edit(None, day)}
    deadlines.set_days(unit, by=by, at=NOW, edits=edits)
    deadlines.set_days(unit, by=by, at=NOW, edits={economy: Edit(day, None)})
    assert deadlines.deadlines(unit) == {market: day}
    assert [details for *_, details in entries("deadlines.set")] == [
        {
            "unit": "城东区（示例）",
            "days": {"市监局": ["", "2017-11-01"], "经信局": ["", "2017-11-01"]},
        },
        {"unit": "城东区（示例）", "days": {"经信局": ["2017-11-01", ""]}},
    ]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (
            dt.date(2017, 9, 30),
            "市监局：内部时限应在自我评价的 2017-10-01 至 2027-12-31 之内",
        ),
        (dt.date(2017, 10, 19), "市监局：内部时限 2017-10-19 已经过去；请另选一天"),
    ],
)
def test_an_internal_day_lies_within_filing_and_ahead(
    world: World, day: dt.date, problem: str
) -> None:
    with pytest.raises(Invalid) as caught:
        deadlines.set_days(
            world.assessed[0],
            by=world.actor("unit_office"),
            at=NOW,
            edits={key("市监局"): Edit(None, day)},
        )
    assert caught.value.problems == (problem,)


def test_T24_an_internal_day_of_another_units_department_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="所选部门不属于本单位"):
        deadlines.set_days(
            world.assessed[0],
            by=world.actor("unit_office"),
            at=NOW,
            edits={key("市监局", "u02"): Edit(None, dt.date(2017, 11, 1))},
        )
