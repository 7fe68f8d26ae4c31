"""The year that has just begun: copied from the last one, targets filed, filing half-way."""

import datetime as dt
from decimal import Decimal

from kaohe_web.cycles import copying, readings, stages, targets, years
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.models import Cycle, Target
from kaohe_web.cycles.targets import Typed
from kaohe_web.cycles.years import Description
from kaohe_web.filing import checking, roll_forward, submissions
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.models import Submission
from kaohe_web.sample import evidence, figures
from kaohe_web.sample.city import City
from kaohe_web.sample.clock import Diary
from kaohe_web.sample.filings import file_part, leads, what_was_entered

HANDED_IN, DRAFT, CHECKED, RETURNED = "handed_in", "draft", "checked", "returned"
STATES = (HANDED_IN, DRAFT, CHECKED, "", RETURNED)
"""How far each part is, one after the other; empty: nobody has begun."""

REUSING = {"G2.2": ("G2.1", "蔬菜例行监测结果通报")}
"""The draft to which a file of last year's was given by mistake; its part then, and the file."""

FILING_UNITS = ("u01", "u02")
SHORT = "请补充佐证材料的所属期间，并写明失分原因"


def begin(city: City, diary: Diary) -> Cycle:
    """Copy the year, set its calendar, open it, and let two units begin to file."""
    office = city.office
    first, last = diary.next_year()
    description = Description(f"{first.year}-{last.year} 年度质量工作考核（示例）", first, last)
    cycle = copying.copy_year(
        city.cycle,
        by=office,
        at=diary.ago(22),
        edition=city.cycle.edition,
        description=description,
    )
    standing = stages.days_of(cycle)
    stages.set_days(
        cycle,
        by=office,
        at=diary.ago(22),
        edits={kind: Edit(standing.get(kind), days) for kind, days in diary.next_stages().items()},
    )
    confirm_readings(cycle, city, diary.ago(22))
    roll_forward.roll_forward(cycle, by=office, at=diary.ago(21))
    cycle.refresh_from_db()
    years.open_(cycle, by=office, at=diary.ago(20), version=cycle.version)
    cycle.refresh_from_db()
    file_targets(cycle, city, diary)
    for code in FILING_UNITS:
        file_some(cycle, city, code, diary)
    return cycle


def confirm_readings(cycle: Cycle, city: City, at: dt.datetime) -> None:
    """Settle whatever reading still rests on the edition's default."""
    if any(standing.state == "default" for standing in readings.register(cycle)):
        readings.confirm_defaults(
            cycle, by=city.office, at=at, why="沿用上年口径", signer="考核办主任（示例）"
        )


def file_targets(cycle: Cycle, city: City, diary: Diary) -> None:
    """Three units have filed their targets; the office has confirmed the first."""
    for number, assessed in enumerate(cycle.units.select_related("unit", "cycle__edition")[:3]):
        office = city.people.actor(f"{assessed.unit.code}-zhiqiangban")
        rows = {row.indicator: row.version for row in Target.objects.filter(assessed=assessed)}
        typed = {
            indicator: Typed(
                Decimal(value) + Decimal("0.5"), "年度质量发展计划（示例）", rows.get(indicator, 0)
            )
            for indicator, value in figures.units()[assessed.unit.code]["targets"].items()
        }
        targets.file(assessed, by=office, at=diary.ago(9 - number), typed=typed)
        if number == 0:
            for row in Target.objects.filter(assessed=assessed):
                targets.confirm(row, by=city.office, at=diary.ago(6), version=row.version)


def file_some(cycle: Cycle, city: City, code: str, diary: Diary) -> None:
    """A unit's departments have begun: drafts, handed in, checked, and returned parts."""
    assessed = cycle.units.select_related("unit", "cycle__edition").get(unit__code=code)
    office = city.people.actor(f"{code}-zhiqiangban")
    clauses = year_of(cycle).clauses(assessed.type).by_part
    for number, duty in enumerate(leads(assessed)):
        state = STATES[number % len(STATES)]
        by, clause = city.people.liaison(duty.department), clauses[duty.part]
        at = diary.ago(5, minute=4 * number)
        if state == DRAFT:
            entered = what_was_entered(code, clause, registered=bool(clause.registers))
            if duty.part in REUSING:
                evidence.give_last_years(duty, *REUSING[duty.part], by=by, at=at)
            submissions.save(duty, by=by, at=at, version=0, entered=entered)
        elif state:
            file_part(duty, clause, by=by, at=at)
            row = Submission.objects.get(assessed=assessed, part=duty.part)
            later = diary.ago(4, minute=4 * number)
            if state == CHECKED:
                checking.check(row, by=office, at=later, version=row.version)
            if state == RETURNED:
                checking.return_to_department(
                    row, by=office, at=later, version=row.version, reason=SHORT
                )
