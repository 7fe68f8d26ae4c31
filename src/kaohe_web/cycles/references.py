"""Reference values (参考值): means that stand in for the cohort's own, with their documents."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, write_number
from kaohe.rubric.interpretation import interpret
from kaohe_web.audit import trail
from kaohe_web.cycles.asks import means_needed, title_of
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.models import Cycle, ReferenceValue
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor

Place = tuple[str, str, str]
"""The group, the indicator, and the mean's name; no name is the cohort's own mean."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mean and the document it rests on; without a value there is none."""

    value: Decimal | None = None
    document: str = ""

    def __str__(self) -> str:
        if self.value is None:
            return "—"
        document = f"（{self.document}）" if self.document else ""
        return f"{write_number(self.value)}{document}"


NONE = Reference()


def references(cycle: Cycle) -> dict[Place, Reference]:
    """The reference values of a year by their places."""
    return {
        (row.group, row.indicator, row.mean): Reference(row.value, row.document)
        for row in cycle.references.all()
    }


def places(cycle: Cycle) -> list[Place]:
    """The means that a reference value may stand in for: each group's, of each that is asked."""
    groups = list(dict.fromkeys(cycle.units.values_list("group", flat=True)))
    means = means_needed(interpret(rubric_of(cycle)))
    return [(group, str(indicator), mean) for group in groups for indicator, mean in means]


@action("references.set", right="cycles.set_up")
def set_values(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edits: Mapping[Place, Edit[Reference]],
    reason: str = "",
) -> Cycle:
    """Set or lift reference values; a run made before stays as it is until it is made again.

    :raises Invalid: for a place that nobody asks for, a negative value, or one without a document.
    :raises Conflict: if somebody changed one of them meanwhile.
    """
    year = year_to_change(by, cycle, reason)
    rubric = rubric_of(year)

    def label(place: Place) -> str:
        group, indicator, mean = place
        name = f"（{mean}）" if mean else ""
        return f"{group} {title_of(rubric, indicator)}{name}"

    asked = set(places(year))
    problems = []
    for place, edit in edits.items():
        if place not in asked:
            problems.append(_("没有“%(place)s”这一项；请刷新页面后重试") % {"place": label(place)})
        elif edit.now.value is not None and edit.now.value < ZERO:
            problems.append(_("%(place)s：平均值不能小于 0") % {"place": label(place)})
        elif edit.now.value is not None and not edit.now.document.strip():
            problems.append(_("%(place)s：请写明依据的文件或来源") % {"place": label(place)})
    if problems:
        raise Invalid(problems)
    standing = references(year)
    changed = require_unchanged(
        edits, lambda place: standing.get(place, NONE), label=label, words=str
    )
    for place, reference in changed.items():
        write(year, place, reference)
    details = {
        label(place): [str(standing.get(place, NONE)), str(reference)]
        for place, reference in changed.items()
    }
    trail.record("references.set", year, by=by, at=at, reason=reason, details=details)
    return year


def write(year: Cycle, place: Place, reference: Reference) -> None:
    """Put a reference value in its place."""
    group, indicator, mean = place
    year.references.filter(group=group, indicator=indicator, mean=mean).delete()
    if reference.value is not None:
        ReferenceValue.objects.create(
            cycle=year,
            group=group,
            indicator=indicator,
            mean=mean,
            value=reference.value,
            document=reference.document,
        )
