"""What the sample city's units and providers filed for the year that has ended."""

import datetime as dt
from decimal import Decimal

from kaohe_web.cycles import targets
from kaohe_web.cycles.models import AssessedUnit, Duty, Target
from kaohe_web.cycles.targets import Typed
from kaohe_web.filing import awards, checking, provided, submissions
from kaohe_web.filing.awards import Award
from kaohe_web.filing.clauses import Clause, year_of
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import Submission
from kaohe_web.filing.values import ValueEntry
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Provider
from kaohe_web.sample import evidence, figures
from kaohe_web.sample.city import City
from kaohe_web.sample.clock import Diary

RETURNED = ("u03", "M14")
"""The part that its unit's office sent back to the department and is filed once more."""

LOST = "有一项活动缺少现场记录，扣减相应分值"


def file_everything(city: City, diary: Diary) -> None:
    """Targets, providers' values, and each unit's filing, up to its signature."""
    for assessed in city.cycle.units.select_related("unit", "cycle__edition"):
        file_targets(city, assessed, diary)
    provide(city, diary.ago(74))
    for place, assessed in enumerate(city.cycle.units.select_related("unit", "cycle__edition")):
        file_unit(city, assessed, diary, place)


def file_targets(city: City, assessed: AssessedUnit, diary: Diary) -> None:
    """The unit files its targets, the office confirms them."""
    code = assessed.unit.code
    office = city.people.actor(f"{code}-zhiqiangban")
    typed = {
        indicator: Typed(Decimal(value), "年度质量发展计划（示例）")
        for indicator, value in figures.units()[code]["targets"].items()
    }
    targets.file(assessed, by=office, at=diary.ago(190), typed=typed)
    for target in Target.objects.filter(assessed=assessed):
        targets.confirm(target, by=city.office, at=diary.ago(180), version=target.version)


def provide(city: City, at: dt.datetime) -> None:
    """The data providers enter their values for every unit."""
    logins = {
        provider.pk: f"shuju-{number}"
        for number, provider in enumerate(Provider.objects.all(), start=1)
    }
    for item in city.cycle.provided.all():
        by = city.people.actor(logins[item.provider_id])
        for assessed in city.cycle.units.select_related("unit", "cycle__edition"):
            value = figures.value(assessed.unit.code, item.indicator)
            if value is not None:
                entry = ValueEntry(Decimal(value), before=Decimal(value))
                provided.enter(
                    assessed, by=by, at=at, indicator=item.indicator, version=0, entry=entry
                )


def file_unit(city: City, assessed: AssessedUnit, diary: Diary, place: int) -> None:
    """One unit: its departments file, its office checks each part and signs."""
    code = assessed.unit.code
    office = city.people.actor(f"{code}-zhiqiangban")
    begun = diary.ago(70 - 2 * place)
    clauses = year_of(city.cycle).clauses(assessed.type).by_part
    for number, duty in enumerate(leads(assessed)):
        clause = clauses[duty.part]
        by = city.people.liaison(duty.department)
        at = begun + dt.timedelta(minutes=7 * number)
        file_part(duty, clause, by=by, at=at)
        row = Submission.objects.get(assessed=assessed, part=duty.part)
        if (code, duty.part) == RETURNED:
            row = file_again(duty, clause, row, office=office, by=by, at=at)
        checking.check(row, by=office, at=at + dt.timedelta(hours=4), version=row.version)
    signed = diary.ago(52 - place)
    evidence.hand_in_papers(assessed, by=office, at=signed)
    checking.sign_off(assessed, by=office, at=signed, note="情况属实，同意上报", missing={})


def leads(assessed: AssessedUnit) -> list[Duty]:
    """The parts of a unit with the departments that lead them."""
    duties = Duty.objects.filter(assessed=assessed, kind=Duty.Kind.LEAD)
    related = ("department__unit", "assessed__unit", "assessed__cycle__edition", "cycle__edition")
    return list(duties.select_related(*related).order_by("id"))


def file_part(duty: Duty, clause: Clause, *, by: Actor, at: dt.datetime) -> None:
    """A department enters a part and hands it in."""
    code = duty.assessed.unit.code
    for register in clause.registers:
        for entry in figures.units()[code].get("entries", {}).get(register.indicator, []):
            award = Award(
                entry["name"],
                entry["level"],
                in_year(entry["date"], duty),
                entry["document"],
                entry["holder"],
            )
            awards.add(duty.assessed, by=by, at=at, indicator=register.indicator, award=award)
    evidence.give(duty, clause, by=by, at=at)
    entered = what_was_entered(code, clause, registered=bool(clause.registers))
    submissions.hand_in(duty, by=by, at=at, version=0, entered=entered)


def what_was_entered(code: str, clause: Clause, *, registered: bool) -> Entered:
    """The values, the self-score and the reason for what it lacks."""
    values: dict[str, ValueEntry] = {}
    for indicator in clause.typed:
        value = figures.value(code, indicator.id)
        if value is not None and not (registered and clause.registers and value != "0"):
            values[indicator.id] = ValueEntry(Decimal(value), before=Decimal(value))
    given = figures.points(code, clause.part.id)
    own = clause.part.points if given is None else max(Decimal(given["score"]), Decimal("0.5"))
    own = min(own, clause.part.points)
    lost = LOST if own < clause.part.points else ""
    return Entered(self_score=own, lost_reason=lost, values=values)


def file_again(
    duty: Duty, clause: Clause, row: Submission, *, office: Actor, by: Actor, at: dt.datetime
) -> Submission:
    """The unit's office sends a part back; the department hands it in once more."""
    reason = "缺少实施方案的印发文号，请补充后重新报审"
    later = at + dt.timedelta(hours=1)
    checking.return_to_department(row, by=office, at=later, version=row.version, reason=reason)
    row.refresh_from_db()
    evidence.replace_first(row, by=by, at=at + dt.timedelta(minutes=100))
    entered = what_was_entered(duty.assessed.unit.code, clause, registered=False)
    submissions.hand_in(
        duty, by=by, at=at + dt.timedelta(hours=2), version=row.version, entered=entered
    )
    row.refresh_from_db()
    return row


def in_year(text: str, duty: Duty) -> dt.date:
    """A day of the library's sample (2016–2017), moved into the year that is made now."""
    day = dt.date.fromisoformat(text)
    years = duty.cycle.first_day.year - 2016
    return day.replace(year=day.year + years)
