"""What the set-up of a year leaves to do: for the office, for a unit's office, for nobody else."""

import datetime as dt

from cycles.told import new_year
from kaohe_web.cycles.models import Duty, Stage, StageKind, Target
from kaohe_web.cycles.todos import todos
from kaohe_web.jobs.todo import Todo
from world import NOW, World

YEAR = "2016-2017 年度（示例）"


def test_the_office_sees_undecided_readings_and_filed_targets(world: World) -> None:
    Target.objects.filter(assessed__in=world.assessed[:2]).update(state=Target.State.FILED)
    year = new_year(world)
    assert todos(world.actor("office"), NOW) == [
        Todo("完成设置并启动考核年度", 1, f"/cycles/{year.pk}/", detail=str(year)),
        Todo("口径待定", 2, f"/cycles/{year.pk}/readings/", detail=str(year)),
        Todo("口径待定", 2, f"/cycles/{world.cycle.pk}/readings/", detail=YEAR),
        Todo("目标待确认", 2, f"/cycles/{world.cycle.pk}/targets/", detail=YEAR),
    ]


def test_a_unit_office_sees_its_own_targets_and_parts(world: World) -> None:
    unit, key = world.assessed[0], world.cycle.pk
    Stage.objects.filter(kind=StageKind.TARGETS).update(last_day=dt.date(2017, 10, 25))
    Target.objects.filter(assessed=unit).update(state=Target.State.DRAFT)
    Target.objects.filter(assessed=world.assessed[1]).update(state=Target.State.RETURNED)
    Duty.objects.filter(assessed=unit, part__in=["M13", "M14"]).delete()
    assert todos(world.actor("unit_office"), NOW) == [
        Todo(
            "目标待报备",
            1,
            f"/cycles/{key}/targets/units/{unit.pk}/",
            due=dt.date(2017, 10, 25),
            detail=YEAR,
        ),
        Todo("条目待指定牵头部门", 2, f"/cycles/{key}/duties/{unit.pk}/", detail=YEAR, urgent=True),
    ]
    assert todos(world.actor("foreign_office"), NOW) == [
        Todo(
            "目标被退回，待重新报备",
            1,
            f"/cycles/{key}/targets/units/{world.assessed[1].pk}/",
            due=dt.date(2017, 10, 25),
            detail=YEAR,
            urgent=True,
        )
    ]


def test_what_is_due_within_three_days_is_urgent(world: World) -> None:
    Stage.objects.filter(kind=StageKind.TARGETS).update(last_day=dt.date(2017, 10, 22))
    Target.objects.filter(assessed=world.assessed[0]).update(state=Target.State.DRAFT)
    assert [todo.urgent for todo in todos(world.actor("unit_office"), NOW)] == [True]
    later = NOW + dt.timedelta(days=3)
    assert todos(world.actor("unit_office"), later) == []


def test_nobody_else_has_anything_to_set_up(world: World) -> None:
    others = set(world.posts) - {"office", "unit_office", "foreign_office"}
    assert [todo for name in others for todo in todos(world.actor(name), NOW)] == []
