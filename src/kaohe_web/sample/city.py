"""The sample city's bodies and the frame of its year: rubric, duties, readings, calendar."""

import datetime as dt
from dataclasses import dataclass

from kaohe.reading.load import load_rubric
from kaohe.reading.writer import write_rubric
from kaohe.rubric.model import Rubric
from kaohe_web.cycles import (
    bodies,
    duties,
    marking,
    provided,
    readings,
    stages,
    units,
    years,
)
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.marking import Marking
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.pasted import Body
from kaohe_web.cycles.units import Taking
from kaohe_web.cycles.years import Description
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department, Provider, Role, Unit
from kaohe_web.rubrics import editions
from kaohe_web.sample.clock import Diary
from kaohe_web.sample.people import People, enter_contacts, login_of

RUBRIC = "shuangtaizi-2017"
GROUP = "示例市"
TWO_MARKS = ("M8.1", "M23", "M28")
"""The parts that two assessors judge independently."""

NAMED = "区市监局"
"""The department that is meant wherever the rubric prints a group of departments."""


@dataclass(slots=True)
class City:
    """The year and who acts in it."""

    people: People
    office: Actor
    leader: Actor
    cycle: Cycle
    rubric: Rubric


def set_up(people: People, diary: Diary, names: dict[str, str]) -> City:
    """Enter units and departments, adopt the rubric, and open the year; ``names`` by unit code."""
    at = diary.ago(260)
    office = people.invite("kaoheban", Role.OFFICE, at)
    leader = people.invite("lingdao", Role.LEADER, at)
    rubric = load_rubric(RUBRIC)
    edition = editions.adopt(None, by=office, at=at, text=write_rubric(rubric), source=RUBRIC)
    first, last = diary.year()
    description = Description(f"{first.year}-{last.year} 年度质量工作考核（示例）", first, last)
    cycle = years.create(
        None, by=office, at=at, edition=edition, scope=Cycle.Scope.CITY, description=description
    )
    city = City(people, office, leader, cycle, rubric)
    enter_bodies(city, names, at)
    invite_everybody(city, at)
    enter_contacts(office, at)
    frame(city, diary)
    return city


def enter_bodies(city: City, names: dict[str, str], at: dt.datetime) -> None:
    """Units, the same departments in each, and the data providers."""
    entered = bodies.add_units(
        None, by=city.office, at=at, bodies=[Body(name, code) for code, name in names.items()]
    )
    printed = [d for d in city.rubric.departments if d.kind == "department"]
    own = [Body(d.name, aliases="、".join(d.aliases)) for d in printed]
    for unit in entered:
        bodies.add_departments(unit, by=city.office, at=at, bodies=own)
    outside = [d for d in city.rubric.departments if d.kind in ("provider", "third_party")]
    bodies.add_providers(None, by=city.office, at=at, bodies=[Body(d.name) for d in outside])


def invite_everybody(city: City, at: dt.datetime) -> None:
    """An account for every post of the city; the office and the leader are there already."""
    people = city.people
    for unit in Unit.objects.all():
        people.invite(f"{unit.code}-zhiqiangban", Role.UNIT_OFFICE, at, unit=unit)
    for department in Department.objects.select_related("unit"):
        people.invite(login_of(department), Role.LIAISON, at, department=department)
    for number, provider in enumerate(Provider.objects.all(), start=1):
        people.invite(f"shuju-{number}", Role.PROVIDER, at, provider=provider)
    for number in range(1, 6):
        people.invite(f"pingshen-{number}", Role.ASSESSOR, at, cleared=number == 1)
    people.invite("xitong", Role.SYSTEM_OFFICER, at)
    people.invite("shenji", Role.AUDIT_OFFICER, at)


def frame(city: City, diary: Diary) -> None:
    """What the office settles before the year opens."""
    office, cycle, at = city.office, city.cycle, diary.ago(250)
    taking = {
        unit.pk: Edit(Taking(), Taking(GROUP, position=unit.position))
        for unit in Unit.objects.all()
    }
    units.set_units(cycle, by=office, at=at, edits=taking)
    stages.set_days(
        cycle,
        by=office,
        at=at,
        edits={kind: Edit(None, days) for kind, days in diary.stages().items()},
    )
    readings.confirm_defaults(
        cycle, by=office, at=at, why="按起草单位的答复执行", signer="考核办主任（示例）"
    )
    duties.prefill(cycle, by=office, at=at)
    groups = {d.name for d in city.rubric.departments if d.kind == "group"}
    leading = dict.fromkeys(part.lead[0] for part in city.rubric.all_parts() if part.lead)
    for assessed in cycle.units.select_related("unit"):
        named = Department.objects.get(unit=assessed.unit, name=NAMED)
        for printed in (name for name in leading if name in groups):
            duties.resolve(assessed, by=office, at=at, printed=printed, department=named.pk)
    provided.prefill(cycle, by=office, at=at)
    marking.set_plan(
        cycle,
        by=office,
        at=at,
        edits={part: two_marks(cycle, part) for part in TWO_MARKS},
    )
    cycle.refresh_from_db()
    years.open_(cycle, by=office, at=diary.ago(240), version=cycle.version)
    cycle.refresh_from_db()


def two_marks(cycle: Cycle, part: str) -> Edit[Marking]:
    """The plan of a part, with a second mark."""
    was = marking.markings(cycle)[part]
    return Edit(was, Marking(2, was.phrases))
