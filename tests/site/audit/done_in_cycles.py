"""Every action that sets up a year, and the targets, done once; each name is given after it."""

import datetime as dt
from collections.abc import Generator, Iterator
from dataclasses import replace
from decimal import Decimal

from cycles.test_edition import revised
from cycles.told import FIRST, LAST
from kaohe_web.cycles import (
    bodies,
    copying,
    deadlines,
    duties,
    edition,
    exceptions,
    exemptions,
    marking,
    provided,
    readings,
    references,
    stages,
    targets,
    units,
    years,
)
from kaohe_web.cycles.duties import Division, divisions
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.marking import Marking, markings
from kaohe_web.cycles.models import AssessedUnit, Cycle, Stage, StageKind, Target
from kaohe_web.cycles.pasted import Body
from kaohe_web.cycles.references import Reference
from kaohe_web.cycles.stages import Days
from kaohe_web.cycles.targets import Typed
from kaohe_web.cycles.units import Taking
from kaohe_web.cycles.years import Description
from kaohe_web.people.models import Department, Unit
from world import NOW, World, make_world

WHY = "示例理由"
GROUP = "示例市"
RATE = "manufacturing_pass_rate"
PRINTED = "质量强区工作领导小组成员单位"
REVISION = ("title: 水利建设质量情况", "title: 水利工程建设质量情况")


def cycles() -> Iterator[str]:
    """Everything that is done in the room."""
    world = make_world()
    unit, department = yield from all_bodies(world)
    assessed = yield from a_new_year(world, unit)
    yield from who_does_what(world, assessed, department)
    yield from what_counts(world, assessed)
    yield from a_running_year(world)
    yield from all_targets(world)
    yield from its_end(world)


def all_bodies(world: World) -> Generator[str, None, tuple[Unit, Department]]:
    """Units, departments and providers."""
    by = world.actor("office")
    unit, spare = bodies.add_units(
        None, by=by, at=NOW, bodies=[Body("城北区（示例）", "u04"), Body("多余（示例）", "u05")]
    )
    yield "units.added"
    was = Body("城北区（示例）", "u04", position=unit.position)
    edit = Edit(was, replace(was, name="北城区（示例）"))
    bodies.change_unit(unit, by=by, at=NOW, edit=edit)
    yield "unit.changed"
    bodies.remove(spare, by=by, at=NOW)
    yield "body.removed"
    [department] = bodies.add_departments(unit, by=by, at=NOW, bodies=[Body("政府办")])
    yield "departments.added"
    was = Body("政府办", position=department.position)
    edit = Edit(was, replace(was, aliases="区政府办"))
    bodies.change_department(department, by=by, at=NOW, edit=edit)
    yield "department.changed"
    [provider] = bodies.add_providers(None, by=by, at=NOW, bodies=[Body("市统计局（示例）")])
    yield "providers.added"
    was = Body("市统计局（示例）")
    edit = Edit(was, replace(was, aliases="市统计局"))
    bodies.change_provider(provider, by=by, at=NOW, edit=edit)
    yield "provider.changed"
    return unit, department


def a_new_year(world: World, unit: Unit) -> Generator[str, None, AssessedUnit]:
    """A year made and described, one copied, one given another edition; a unit takes part."""
    by, said = world.actor("office"), Description("2017-2018 年度（示例）", FIRST, LAST)
    year = years.create(
        None, by=by, at=NOW, edition=world.edition, scope=Cycle.Scope.CITY, description=said
    )
    yield "cycle.created"
    said = Description("2017-2018 考核年度（示例）", FIRST, LAST)
    years.describe(year, by=by, at=NOW, version=1, description=said)
    yield "cycle.described"
    said = Description("2018-2019 年度（示例）", FIRST, LAST)
    copied = copying.copy_year(world.cycle, by=by, at=NOW, edition=world.edition, description=said)
    yield "cycle.copied"
    other = revised(REVISION)
    edition.change(copied, by=by, at=NOW, version=1, edition=other, reason=WHY)
    yield "cycle.edition_changed"
    units.set_units(year, by=by, at=NOW, edits={unit.pk: Edit(Taking(), Taking(GROUP))})
    yield "units.set"
    return year.units.get()


def who_does_what(world: World, assessed: AssessedUnit, department: Department) -> Iterator[str]:
    """Duties, internal days and providers."""
    by, year = world.actor("office"), assessed.cycle
    duties.prefill(year, by=by, at=NOW)
    yield "duties.prefilled"
    duties.resolve(assessed, by=by, at=NOW, printed=PRINTED, department=department.pk)
    yield "duties.resolved"
    edit = Edit(divisions(assessed).get("M10", Division()), Division(department.pk))
    duties.divide(assessed, by=by, at=NOW, edits={"M10": edit})
    yield "duties.divided"
    provided.prefill(year, by=by, at=NOW)
    yield "provided.prefilled"
    edits = {RATE: Edit(None, world.provider.pk)}
    provided.set_providers(year, by=by, at=NOW, edits=edits)
    yield "provided.set"
    days = Days(dt.date(2018, 1, 1), dt.date(2018, 1, 31))
    stages.set_days(year, by=by, at=NOW, edits={StageKind.FILING: Edit(None, days)})
    yield "calendar.set"
    day = {department.pk: Edit(None, dt.date(2018, 1, 20))}
    deadlines.set_days(assessed, by=by, at=NOW, edits=day)
    yield "deadlines.set"


def what_counts(world: World, assessed: AssessedUnit) -> Iterator[str]:
    """Readings, reference values, the plan of marking, exemptions."""
    by, year = world.actor("office"), assessed.cycle
    word = {"why": WHY, "signer": "质强办主任（示例）"}
    readings.settle(year, by=by, at=NOW, reading="G3-fifth", choice="more-than", **word)
    yield "reading.settled"
    readings.confirm_defaults(year, by=by, at=NOW, **word)
    yield "readings.confirmed"
    place = (GROUP, "quality_award_count", "")
    given = Edit(Reference(), Reference(Decimal("3.5"), "市质强办通报（示例）"))
    references.set_values(year, by=by, at=NOW, edits={place: given})
    yield "references.set"
    plan = Edit(markings(year)["M13"], Marking(2, ("责任书齐全",)))
    marking.set_plan(year, by=by, at=NOW, edits={"M13": plan})
    yield "marking.set"
    exemption = exemptions.approve(year, by=by, at=NOW, unit=assessed, part="G2.3", reason=WHY)
    yield "exemption.approved"
    exemptions.lift(exemption, by=by, at=NOW, reason=WHY)
    yield "exemption.lifted"


def a_running_year(world: World) -> Iterator[str]:
    """The world's year opened; a stage that closed is opened again for one unit."""
    by, year = world.actor("office"), world.cycle
    for indicator in ("tourism_campaign_count", "tourism_complaint_settlement_rate"):
        year.provided.create(indicator=indicator, provider=world.provider)
    Cycle.objects.filter(pk=year.pk).update(state=Cycle.State.SETUP)
    years.open_(year, by=by, at=NOW, version=1)
    yield "cycle.opened"
    closed = Stage.objects.filter(cycle=year, kind=StageKind.VISITS)
    closed.update(last_day=dt.date(2017, 10, 19))
    granted = exceptions.grant(
        year,
        by=by,
        at=NOW,
        kind=StageKind.VISITS,
        unit=world.assessed[0],
        last_day=dt.date(2017, 10, 31),
        reason=WHY,
    )
    yield "exception.granted"
    exceptions.withdraw(granted, by=by, at=NOW, reason=WHY)
    yield "exception.withdrawn"


def all_targets(world: World) -> Iterator[str]:
    """A target saved, filed, confirmed and returned."""
    unit, own, office = world.assessed[0], world.actor("unit_office"), world.actor("office")
    Target.objects.filter(assessed=unit).delete()
    targets.save(unit, by=own, at=NOW, typed={RATE: Typed(Decimal(95), "")})
    yield "targets.saved"
    targets.file(unit, by=own, at=NOW, typed={RATE: Typed(Decimal(95), "示政发 1 号", 1)})
    yield "targets.filed"
    target = Target.objects.get(assessed=unit)
    targets.confirm(target, by=office, at=NOW, version=2)
    yield "target.confirmed"
    targets.send_back(target, by=office, at=NOW, version=3, reason=WHY)
    yield "target.returned"


def its_end(world: World) -> Iterator[str]:
    """A year archived."""
    year = Cycle.objects.create(
        name="早先年度（示例）",
        edition=world.edition,
        state=Cycle.State.OPEN,
        first_day=FIRST,
        last_day=LAST,
        made_at=NOW,
    )
    years.archive(year, by=world.actor("office"), at=NOW, version=1, note=WHY)
    yield "cycle.archived"
