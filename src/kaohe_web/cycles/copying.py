"""The frame of last year as the start of this one: units, duties, providers, plan, targets."""

import datetime as dt

from kaohe.rubric.model import Rubric
from kaohe_web.audit import trail
from kaohe_web.cycles.asks import filed_parts, measured, with_targets
from kaohe_web.cycles.marking import plan
from kaohe_web.cycles.models import (
    AssessedUnit,
    Cycle,
    Duty,
    MarkingPlan,
    ProvidedIndicator,
    Target,
)
from kaohe_web.cycles.queries import rubric_of, visible_cycles
from kaohe_web.cycles.years import Description, describe_as, save_named, told
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.rubrics.models import RubricEdition


@action("cycle.copied", right="cycles.set_up")
def copy_year(
    before: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edition: RubricEdition,
    description: Description,
) -> Cycle:
    """Make a year that begins where another one stood; the other one is left as it is.

    Last year's values are carried over by ``filing.roll_forward``.

    :raises Invalid: for a name that is taken, days in the wrong order, margins that make no sense.
    """
    old = locked(visible_cycles(by), before.pk)
    year = Cycle(edition=edition, scope=old.scope, before=old, made_at=at)
    describe_as(year, description)
    save_named(year)
    units = copy_frame(old, year)
    plan(year, rubric_of(year).all_parts())
    details = {
        "before": str(old),
        "edition": edition.fingerprint,
        "units": len(units),
        **told(year),
    }
    trail.record("cycle.copied", year, by=by, at=at, details=details)
    return year


def copy_frame(before: Cycle, year: Cycle) -> dict[int, AssessedUnit]:
    """Copy what a year is set up with, as far as its own rubric has a place for it.

    Readings, reference values, exemptions and days are not copied: each year decides on them
    anew. Targets become drafts. Returns the new units by the keys of the old ones.
    """
    rubric = rubric_of(year)
    units = copy_units(before, year, rubric)
    copy_duties(before, units, rubric)
    copy_targets(before, units, rubric)
    indicators = {str(indicator) for indicator in measured(rubric)}
    ProvidedIndicator.objects.bulk_create(
        ProvidedIndicator(cycle=year, indicator=row.indicator, provider_id=row.provider_id)
        for row in before.provided.all()
        if row.indicator in indicators
    )
    parts = {part.id for part in rubric.all_parts()}
    MarkingPlan.objects.bulk_create(
        MarkingPlan(cycle=year, part=row.part, marks=row.marks, phrases=row.phrases)
        for row in before.marking.all()
        if row.part in parts
    )
    return units


def copy_units(before: Cycle, year: Cycle, rubric: Rubric) -> dict[int, AssessedUnit]:
    """The units of last year in this one, by the keys of the old ones."""
    return {
        row.pk: AssessedUnit.objects.create(
            cycle=year,
            unit_id=row.unit_id,
            type=row.type if row.type in rubric.unit_types or not rubric.unit_types else "",
            group=row.group,
            position=row.position,
        )
        for row in before.units.all()
    }


def copy_duties(before: Cycle, units: dict[int, AssessedUnit], rubric: Rubric) -> None:
    """Who answered for what answers for it again."""
    parts = {part.id for part in filed_parts(rubric)}
    Duty.objects.bulk_create(
        Duty(
            assessed=units[row.assessed_id],
            cycle=units[row.assessed_id].cycle,
            part=row.part,
            department_id=row.department_id,
            kind=row.kind,
        )
        for row in before.duties.all()
        if row.part in parts
    )


def copy_targets(before: Cycle, units: dict[int, AssessedUnit], rubric: Rubric) -> None:
    """Last year's confirmed targets as this year's drafts."""
    indicators = {str(indicator.id) for indicator in with_targets(rubric)}
    Target.objects.bulk_create(
        Target(
            assessed=units[row.assessed_id],
            cycle=units[row.assessed_id].cycle,
            indicator=row.indicator,
            value=row.value,
            basis=row.basis,
        )
        for row in before.targets.filter(state=Target.State.CONFIRMED)
        if row.indicator in indicators
    )
