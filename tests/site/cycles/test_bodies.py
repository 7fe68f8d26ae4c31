"""Units, departments and providers: pasted, renamed, removed; no two by one name."""

import pytest

from cycles.told import entries, refused
from kaohe_web.cycles import bodies
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.pasted import Body, bodies_of, units_of
from kaohe_web.errors import Conflict, Invalid, NotAllowed, WrongState
from kaohe_web.people.models import Department, Provider, Unit
from world import NOW, World


def test_units_are_pasted_with_their_codes_or_get_the_next_one() -> None:
    assert units_of("b01 城北区（示例）\n\n  城中区（示例）\nu03，河口县（示例）", {"u01"}) == [
        Body("城北区（示例）", code="b01"),
        Body("城中区（示例）", code="u02"),
        Body("河口县（示例）", code="u03"),
    ]


def test_departments_are_pasted_with_their_aliases() -> None:
    assert bodies_of("市监局\t区市监局、市场监督管理部门\n经信局\n住建局，区住建局，建设局") == [
        Body("市监局", aliases="区市监局、市场监督管理部门"),
        Body("经信局"),
        Body("住建局", aliases="区住建局、建设局"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" \n ", "没有内容；请粘贴名单，每行一个"),
        ("甲\n" * 501, "一次最多 500 行；请分几次粘贴"),
        ("甲\n" + "长" * 101, f"第 2 行“{'长' * 101}”：名称最多 100 个字"),
        ("甲\u200b局", "第 1 行“甲\u200b局”：含有看不见的字符；请删去，重新键入"),
        ("甲\u202e局", "第 1 行“甲\u202e局”：含有看不见的字符；请删去，重新键入"),
    ],
)
def test_T53_a_list_that_cannot_be_read_is_told_by_line(text: str, problem: str) -> None:
    with pytest.raises(Invalid) as caught:
        bodies_of(text)
    assert caught.value.problems == (problem,)


def test_T53_names_are_kept_in_their_composed_form() -> None:
    assert bodies_of("e\u0301cole") == [Body("\u00e9cole")]


def test_pasted_units_come_after_the_others(world: World) -> None:
    by = world.actor("office")
    made = bodies.add_units(
        None, by=by, at=NOW, bodies=[Body("城北区（示例）", "u04"), Body("城中区（示例）", "u05")]
    )
    assert [(unit.code, unit.position) for unit in made] == [("u04", 4), ("u05", 5)]
    assert entries("units.added") == [
        ("office", "done", "", {"units": ["u04 城北区（示例）", "u05 城中区（示例）"]})
    ]


def test_all_units_of_a_list_are_entered_or_none(world: World) -> None:
    lines = [
        Body("城北区（示例）", "u04"),
        Body("城东区（示例）", "U01"),
        Body("城北区（示例）", "u05"),
    ]
    with pytest.raises(Invalid) as caught:
        bodies.add_units(None, by=world.actor("office"), at=NOW, bodies=lines)
    assert caught.value.problems == (
        "第 2 行“城东区（示例）”：代码 U01 已用于“城东区（示例）”",
        "第 2 行“城东区（示例）”：已有同名的单位",
        "第 3 行“城北区（示例）”：已有同名的单位",
    )
    assert Unit.objects.count() == 3


def test_a_unit_is_changed_as_it_was_seen(world: World) -> None:
    unit = world.units[0]
    was, now = Body("城东区（示例）", "u01", position=1), Body("东城区（示例）", "u01", position=9)
    bodies.change_unit(unit, by=world.actor("office"), at=NOW, edit=Edit(was, now))
    unit.refresh_from_db()
    assert (unit.name, unit.position) == ("东城区（示例）", 9)
    assert entries("unit.changed") == [
        (
            "office",
            "done",
            "",
            {"body": ["u01 城东区（示例） #1", "u01 东城区（示例） #9"]},
        )
    ]


def test_T56_a_body_that_somebody_changed_meanwhile_is_not_overwritten(world: World) -> None:
    unit, by = world.units[0], world.actor("office")
    was = Body("城东区（示例）", "u01", position=1)
    bodies.change_unit(unit, by=by, at=NOW, edit=Edit(was, Body("甲", "u01", position=1)))
    with pytest.raises(Conflict) as caught:
        bodies.change_unit(unit, by=by, at=NOW, edit=Edit(was, Body("乙", "u01", position=1)))
    assert [(d.now, d.mine) for d in caught.value.differences] == [("u01 甲 #1", "u01 乙 #1")]
    unit.refresh_from_db()
    assert unit.name == "甲"


def test_departments_of_a_unit_share_no_name_or_alias(world: World) -> None:
    unit, by = world.units[0], world.actor("office")
    with pytest.raises(Invalid) as caught:
        bodies.add_departments(
            unit, by=by, at=NOW, bodies=[Body("质监局", aliases="市监局"), Body("质 监局")]
        )
    assert caught.value.problems == (
        "第 1 行“质监局”：名称或别名与“市监局”相同；请改名，或去掉相同的别名",
        "第 2 行“质 监局”：名称或别名与“质监局”相同；请改名，或去掉相同的别名",
    )
    made = bodies.add_departments(unit, by=by, at=NOW, bodies=[Body("住建局", aliases="区住建局")])
    assert [(each.name, each.aliases, each.unit) for each in made] == [("住建局", "区住建局", unit)]


def test_a_department_gets_other_aliases(world: World) -> None:
    department = world.departments["u01", "市监局"]
    edit = Edit(Body("市监局"), Body("市监局", aliases="区市监局", position=0))
    bodies.change_department(department, by=world.actor("office"), at=NOW, edit=edit)
    department.refresh_from_db()
    assert department.aliases == "区市监局"


def test_providers_are_entered_and_renamed(world: World) -> None:
    by = world.actor("office")
    (made,) = bodies.add_providers(None, by=by, at=NOW, bodies=[Body("市旅发委", aliases="文旅局")])
    edit = Edit(Body("市旅发委", aliases="文旅局"), Body("市文旅局", aliases="市旅发委"))
    bodies.change_provider(made, by=by, at=NOW, edit=edit)
    made.refresh_from_db()
    assert (made.name, made.aliases) == ("市文旅局", "市旅发委")
    with pytest.raises(Invalid):
        bodies.add_providers(None, by=by, at=NOW, bodies=[Body("市旅发委")])


def test_what_something_rests_on_is_not_removed(world: World) -> None:
    by = world.actor("office")
    for body in (world.units[0], world.departments["u01", "市监局"], world.provider):
        with pytest.raises(WrongState, match="已有部门、人员、分工或考核数据，不能删除"):
            bodies.remove(body, by=by, at=NOW)
    assert (Unit.objects.count(), Department.objects.count(), Provider.objects.count()) == (3, 4, 1)
    assert [login for login, _ in refused("body.removed")] == ["office"] * 3


def test_what_was_entered_by_mistake_is_removed(world: World) -> None:
    by = world.actor("office")
    (department,) = bodies.add_departments(world.units[2], by=by, at=NOW, bodies=[Body("误填")])
    bodies.remove(department, by=by, at=NOW)
    assert not Department.objects.filter(name="误填").exists()
    assert entries("body.removed") == [("office", "done", "", None)]


@pytest.mark.parametrize("name", ["unit_office", "liaison", "leader", "security_officer"])
def test_only_the_office_edits_bodies(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        bodies.add_units(None, by=world.actor(name), at=NOW, bodies=[Body("甲", "x")])
    assert not bodies.units(world.actor(name)).exists()
    assert not bodies.departments(world.actor(name)).exists()
    assert not bodies.providers(world.actor(name)).exists()
