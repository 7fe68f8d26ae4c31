"""Giving a year another edition of its rubric: what differs, what goes with it, what is new."""

import datetime as dt

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.wording.words import Lang
from kaohe_web.audit import trail
from kaohe_web.cycles.asks import filed_parts, measured
from kaohe_web.cycles.duties import locked_units, prefill_units
from kaohe_web.cycles.marking import plan
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.provided import prefill_indicators
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.readings import require_sound
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.rubrics.difference import Difference, Impact, compare
from kaohe_web.rubrics.models import RubricEdition
from kaohe_web.rubrics.queries import rubric_of as rubric_of_edition


def kept_choices(cycle: Cycle, rubric: Rubric) -> dict[str, str]:
    """The readings settled in a year that another rubric has too, choice and all."""
    known = {(reading.id, choice.id) for reading in rubric.readings for choice in reading.choices}
    settled = cycle.readings.values_list("reading", "choice")
    return {reading: choice for reading, choice in settled if (reading, choice) in known}


def read_in_year(cycle: Cycle, edition: RubricEdition) -> Rubric:
    """Another edition as the year would read it: with the settled readings that it knows too."""
    rubric = rubric_of_edition(edition)
    return choose(rubric, kept_choices(cycle, rubric))


def difference(cycle: Cycle, edition: RubricEdition, lang: Lang = "zh") -> Difference:
    """What changes in a year if that edition takes the place of its own."""
    return compare(rubric_of(cycle), read_in_year(cycle, edition), lang)


def left_behind(cycle: Cycle, rubric: Rubric) -> dict[str, QuerySet[Model]]:
    """What is set up in a year and has no place in another rubric; what was filed stays."""
    parts = [part.id for part in rubric.all_parts()]
    filed = [part.id for part in filed_parts(rubric)]
    indicators = [str(indicator) for indicator in measured(rubric)]
    kept = kept_choices(cycle, rubric)
    return {
        "readings": cycle.readings.exclude(reading__in=list(kept)),
        "duties": cycle.duties.exclude(part__in=filed),
        "marking": cycle.marking.exclude(part__in=parts),
        "exemptions": cycle.exemptions.exclude(part__in=parts),
        "provided": cycle.provided.exclude(indicator__in=indicators),
        "references": cycle.references.exclude(indicator__in=indicators),
    }


@action("cycle.edition_changed", right="cycles.set_up")
def change(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    edition: RubricEdition,
    reason: str,
) -> Difference:
    """Score a year by another edition from now on; runs made before keep the one they have.

    What is set up for parts that are gone goes with them (the trail keeps it); parts that are new
    get their duties, providers and marking plan prefilled. What was filed is left as it is.

    :raises WrongState: if the year is archived, or has that edition already.
    :raises Invalid: if the year is open and no reason is given, or the readings contradict.
    :raises Conflict: if somebody changed the year meanwhile.
    """
    year = year_to_change(by, cycle, reason, version=version)
    if year.edition_id == edition.pk:
        raise WrongState(_("本考核年度用的就是这个版次"))
    found = difference(year, edition)
    rubric = rubric_of_edition(edition)
    require_sound(rubric, kept_choices(year, rubric))
    gone = {}
    for name, rows in left_behind(year, rubric).items():
        gone[name] = [str(row) for row in rows]
        rows.delete()
    details = {
        "edition": [year.edition.fingerprint, edition.fingerprint],
        "impact": found.impact.name.lower(),
        "parts": {part.part.id: part.impact.name.lower() for part in found.parts},
        "gone": {name: rows for name, rows in gone.items() if rows},
    }
    year.edition = edition
    year.version += 1
    year.save(update_fields=["edition", "version"])
    plan(year, rubric.all_parts())
    prefill_units(locked_units(year), rubric)
    prefill_indicators(year, rubric_of(year))
    trail.record("cycle.edition_changed", year, by=by, at=at, reason=reason, details=details)
    if year.state == Cycle.State.OPEN:
        tell(year, found, at)
    return found


def tell(year: Cycle, found: Difference, at: dt.datetime) -> None:
    """Tell the units what they have to file anew."""
    parts = "、".join(part.part.id for part in found.of(Impact.REFILE))
    text = _("须重新填报的条目：%(parts)s") % {"parts": parts} if parts else ""
    for unit in year.units.all():
        for role in (Role.UNIT_OFFICE, Role.LIAISON):
            notify(
                posts_of(role, at, unit_id=unit.unit_id),
                kind=Notice.Kind.NEWS,
                title=_("评分细则换了版次：%(edition)s") % {"edition": year.edition},
                text=text,
                at=at,
                key=f"edition:{year.pk}:{year.version}",
                link=reverse("cycle_rubric", kwargs={"cycle_id": year.pk}),
            )
