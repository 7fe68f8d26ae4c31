"""The steps of filing, short: a part filled, handed in, checked, a unit submitted."""

import datetime as dt
from decimal import Decimal
from typing import Any

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import AssessedUnit, Duty
from kaohe_web.filing import checking, submissions
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.filing.values import ValueEntry
from world import NOW, World

RATE = "vegetable_pass_rate"
"""The indicator of G2.1, 2.5 points: 94.5 and more is full, from 92 on 0.1 less."""


def duty(world: World, part: str, unit: int = 0) -> Duty:
    """The duty of the department that leads a part."""
    return Duty.objects.get(assessed=world.assessed[unit], part=part, kind=Duty.Kind.LEAD)


def entered(
    self_score: str | None = None, lost: str = "", note: str = "", **values: str
) -> Entered:
    """What a department enters: values by indicator, as text."""
    return Entered(
        self_score=None if self_score is None else Decimal(self_score),
        lost_reason=lost,
        note=note,
        values={name: ValueEntry(Decimal(value)) for name, value in values.items()},
    )


def whole(world: World, part: str, unit: int = 0) -> Entered:
    """Everything that a part asks, with full points."""
    assessed = world.assessed[unit]
    clause = year_of(world.cycle).clauses(assessed.type).get(part)
    assert clause is not None
    listed = AwardEntry.objects.filter(assessed=assessed).values_list("indicator", flat=True)
    numbers = {
        str(indicator.id): ValueEntry(Decimal(95))
        for indicator in clause.typed
        if indicator.id not in listed
    }
    return Entered(self_score=clause.part.points, values=numbers)


def who_leads(part: str, unit: int = 0) -> str:
    """The short name of the liaison whose department leads a part."""
    if unit == 1:
        return "foreign_liaison"
    return "other_liaison" if part in ("M10", "M11") else "liaison"


def hand_in(world: World, part: str, unit: int = 0, at: dt.datetime = NOW) -> Submission:
    """A part, filled and handed in by its department."""
    by = world.actor(who_leads(part, unit))
    found = Submission.objects.filter(assessed=world.assessed[unit], part=part).first()
    return submissions.hand_in(
        duty(world, part, unit),
        by=by,
        at=at,
        version=found.version if found else 0,
        entered=whole(world, part, unit),
    )


def check(world: World, part: str, unit: int = 0, at: dt.datetime = NOW) -> Submission:
    """The same, and accepted by the unit's office."""
    row = hand_in(world, part, unit, at)
    by = world.actor("foreign_office" if unit == 1 else "unit_office")
    return checking.check(row, by=by, at=at, version=row.version)


def parts_filed(world: World, unit: int = 0) -> list[str]:
    """The parts that a unit files for."""
    clauses = year_of(world.cycle).clauses(world.assessed[unit].type)
    return [clause.part.id for clause in clauses.filed()]


def submit(world: World, *parts: str, unit: int = 0, at: dt.datetime = NOW) -> AssessedUnit:
    """A unit whose filing is signed and submitted: these parts filed, all others missing."""
    for part in parts:
        check(world, part, unit, at)
    by = world.actor("foreign_office" if unit == 1 else "unit_office")
    missing = {part: "本年未开展（示例）" for part in parts_filed(world, unit) if part not in parts}
    checking.sign_off(world.assessed[unit], by=by, at=at, note="", missing=missing)
    return world.assessed[unit]


def submission(world: World, part: str, unit: int = 0) -> Submission:
    """The submission of a part as the database has it now."""
    return Submission.objects.get(assessed=world.assessed[unit], part=part)


def value(world: World, indicator: str = RATE, unit: int = 0) -> ReportedValue:
    """A value as the database has it now."""
    return ReportedValue.objects.get(assessed=world.assessed[unit], indicator=indicator)


def trail() -> list[tuple[str, str]]:
    """What the trail says was done and refused, in order."""
    return list(Entry.objects.order_by("seq").values_list("what", "outcome"))


def form(**fields: Any) -> dict[str, Any]:
    """The form of a part with one rate, as a browser sends it."""
    sent = {"version": "0", f"state-{RATE}": "value", "self_score": "", "note": ""}
    return sent | {"lost_reason": "", f"value-{RATE}": "", f"note-{RATE}": ""} | fields
