"""Urging: the office presses units and departments, a unit's office its own departments."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.desk import urging
from kaohe_web.desk.outstanding import departments_owing, units_owing
from kaohe_web.errors import Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.jobs.models import Notice, Urge
from kaohe_web.jobs.queries import urges
from kaohe_web.people.models import Department, Unit
from world import NOW, World


def address(world: World, rest: str = "") -> str:
    """A page of urging."""
    return f"/cycles/{world.cycle.pk}/urge/{rest}"


def test_the_office_presses_a_unit_and_a_department_and_all_of_it_is_kept(world: World) -> None:
    department = world.departments["u02", "市监局"]
    found = urging.urge(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        text=" 请抓紧 ",
        units=[world.units[0].pk],
        departments=[department.pk],
    )
    assert found == urging.Urged(2, ())
    rows = [
        (str(row), row.text, row.by, row.from_unit, row.at) for row in Urge.objects.order_by("pk")
    ]
    assert rows == [
        ("城东区（示例）", "请抓紧", "考核办（示例）（考核办）", False, NOW),
        ("城西区（示例） · 市监局", "请抓紧", "考核办（示例）（考核办）", False, NOW),
    ]
    told = [
        (notice.post, notice.kind, notice.title, notice.text)
        for notice in Notice.objects.order_by("pk")
    ]
    text = "请抓紧\n—— 考核办（示例）（考核办）"
    assert told == [
        (world.posts["unit_office"], "urge", "催办：2016-2017 年度（示例）", text),
        (world.posts["foreign_liaison"], "urge", "催办：2016-2017 年度（示例）", text),
    ]
    entry = Entry.objects.get()
    assert (entry.what, entry.reason, json.loads(entry.details), entry.cycle) == (
        "urge.sent",
        "请抓紧",
        {"to": ["城东区（示例）", "市监局"], "told": 2},
        str(world.cycle.pk),
    )


def test_a_units_office_presses_its_own_department(world: World) -> None:
    department = world.departments["u01", "经信局"]
    urging.urge(
        world.cycle,
        by=world.actor("unit_office"),
        at=NOW,
        text="请补齐",
        departments=[department.pk],
    )
    assert [notice.post for notice in Notice.objects.all()] == [world.posts["other_liaison"]]
    assert Urge.objects.get().from_unit


def test_whom_nobody_works_for_is_named(world: World) -> None:
    found = urging.urge(
        world.cycle, by=world.actor("office"), at=NOW, text="请抓紧", units=[world.units[2].pk]
    )
    assert found == urging.Urged(0, ("城南区（示例）",))


@pytest.mark.parametrize(
    ("who", "units", "departments"),
    [
        ("unit_office", ["u01"], []),  # a unit's office does not press units
        ("unit_office", [], [("u02", "市监局")]),  # nor another unit's departments
        ("office", ["elsewhere"], []),  # nor does the office press who is not in the year
        ("office", [], ["elsewhere"]),
    ],
)
def test_T22_who_is_not_ones_to_urge_is_not_there(
    world: World, who: str, units: list[str], departments: list[object]
) -> None:
    elsewhere = Unit.objects.create(code="elsewhere", name="别处（示例）")
    foreign = Department.objects.create(unit=elsewhere, name="市监局")
    keys = {unit.code: unit.pk for unit in [*world.units, elsewhere]}
    bodies: dict[object, int] = {key: each.pk for key, each in world.departments.items()}
    bodies["elsewhere"] = foreign.pk
    with pytest.raises(NotThere):
        urging.urge(
            world.cycle,
            by=world.actor(who),
            at=NOW,
            text="请抓紧",
            units=[keys[code] for code in units],
            departments=[bodies[key] for key in departments],
        )
    assert (Urge.objects.count(), Notice.objects.count()) == (0, 0)
    assert [(entry.what, entry.outcome) for entry in Entry.objects.all()] == [
        ("urge.sent", "refused")
    ]


@pytest.mark.parametrize("who", ["leader", "liaison", "provider", "assessor", "system_officer"])
def test_nobody_else_urges(world: World, who: str) -> None:
    with pytest.raises((NotAllowed, NotThere)):
        urging.urge(world.cycle, by=world.actor(who), at=NOW, text="x", units=[world.units[0].pk])
    client = world.client(who)
    statuses = {
        client.get(address(world)).status_code,
        client.get(address(world, "log/")).status_code,
    }
    assert statuses == {403}
    assert not Urge.objects.exists()


@pytest.mark.parametrize(("state", "said"), [("setup", "尚未启动"), ("archived", "已归档")])
def test_nobody_is_urged_in_a_year_that_does_not_run(world: World, state: str, said: str) -> None:
    Cycle.objects.update(state=state)
    with pytest.raises(WrongState, match=said):
        urging.urge(
            world.cycle, by=world.actor("office"), at=NOW, text="x", units=[world.units[0].pk]
        )


def test_everything_that_is_missing_is_named_at_once(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        urging.urge(world.cycle, by=world.actor("office"), at=NOW, text="  ")
    assert refused.value.problems == ("请至少选择一个要催办的单位或部门", "请写明催办内容")


def test_the_office_sees_what_units_owe_and_a_unit_what_its_departments_owe(
    world: World,
) -> None:
    units = units_owing(world.actor("office"), world.cycle)
    assert [(each.name, each.owes, each.key) for each in units] == [
        ("城东区（示例）", (("条目未完成", 43),), f"u{world.units[0].pk}"),
        ("城西区（示例）", (("条目未完成", 43),), f"u{world.units[1].pk}"),
        ("城南区（示例）", (("条目未完成", 43),), f"u{world.units[2].pk}"),
    ]
    own = departments_owing(world.actor("unit_office"), world.cycle, world.assessed[0], NOW)
    assert [(each.name, each.owes) for each in own] == [
        ("市监局", (("条目未报审", 41),)),
        ("经信局", (("条目未报审", 2),)),
    ]


def test_the_page_presses_whom_one_ticks(world: World) -> None:
    client = world.client("office")
    text = client.get(address(world)).content.decode()
    assert text.count('name="to"') == 3
    answer = client.post(
        address(world, "send/"), {"to": [f"u{world.units[0].pk}"], "text": "请抓紧"}, follow=True
    )
    assert answer.redirect_chain == [(address(world, "log/"), 302)]
    assert "已催办 1 人" in answer.content.decode()
    [row] = answer.context["page"]
    assert (row.told, row.read) == (1, 0)
    Notice.objects.update(read_at=NOW)
    [row] = client.get(address(world, "log/")).context["page"]
    assert (row.told, row.read) == (1, 1)


def test_a_form_without_a_choice_comes_back_with_what_was_written(world: World) -> None:
    answer = world.client("office").post(address(world, "send/"), {"text": "请抓紧"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "请至少选择一个要催办的单位或部门" in text
    assert "请抓紧</textarea>" in text


def test_what_is_not_offered_is_not_taken(world: World) -> None:
    foreign = world.departments["u02", "市监局"]
    answer = world.client("unit_office").post(
        address(world, "send/"), {"to": [f"d{foreign.pk}"], "text": "请抓紧"}
    )
    assert (answer.status_code, Urge.objects.count()) == (422, 0)


def test_the_office_looks_into_a_unit_but_into_no_other_years(world: World) -> None:
    client = world.client("office")
    own = client.get(address(world, f"?unit={world.assessed[0].pk}"))
    assert [each.name for each, _chosen in own.context["owing"]] == ["市监局", "经信局"]
    assert client.get(address(world, "?unit=999")).status_code == 404
    assert client.get(address(world, "?unit=x")).status_code == 404


def test_a_units_office_sees_the_log_of_its_own_unit_only(world: World) -> None:
    for unit in world.units:
        urging.urge(world.cycle, by=world.actor("office"), at=NOW, text=unit.name, units=[unit.pk])
    seen = {
        who: [row.text for row in urges(world.actor(who), world.cycle.pk)]
        for who in ("office", "unit_office", "foreign_office", "leader")
    }
    assert seen == {
        "office": ["城南区（示例）", "城西区（示例）", "城东区（示例）"],
        "unit_office": ["城东区（示例）"],
        "foreign_office": ["城西区（示例）"],
        "leader": [],
    }


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("rest", "queries"), [("", 20), ("log/", 8)])
def test_one_unit_or_fifty_take_the_same_queries(
    world: World,
    rest: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        unit = Unit.objects.create(code=f"n{number}", name=f"第 {number} 区（示例）")
        AssessedUnit.objects.create(cycle=world.cycle, unit=unit, group="示例市")
        urging.urge(world.cycle, by=world.actor("office"), at=NOW, text="x", units=[unit.pk])
    client = world.client("office")
    client.get(address(world, rest))
    with django_assert_num_queries(queries):
        client.get(address(world, rest))
