"""Setting the days of the year's stages (日程); what has closed is changed only by an exception."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.models import Cycle, Stage, StageKind
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a stage, both held."""

    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return _("%(first)s 至 %(last)s 24 时") % {"first": self.first, "last": self.last}


def days_of(cycle: Cycle) -> dict[StageKind, Days]:
    """The days of the stages that a year has."""
    return {
        StageKind(stage.kind): Days(stage.first_day, stage.last_day) for stage in cycle.stages.all()
    }


@action("calendar.set", right="cycles.set_up")
def set_days(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edits: Mapping[StageKind, Edit[Days | None]],
    reason: str = "",
) -> Cycle:
    """Set the days of stages; ``None`` leaves a stage out of the year.

    :raises Invalid: for days in the wrong order, and for whatever would change what has passed.
    :raises Conflict: if somebody changed one of the stages meanwhile.
    """
    year = year_to_change(by, cycle, reason)
    standing = days_of(year)
    whole = {kind: standing.get(kind) for kind in StageKind} | {
        kind: edit.now for kind, edit in edits.items()
    }
    problems = list(out_of_order(whole))
    if year.state == Cycle.State.OPEN:
        for kind, edit in edits.items():
            problems += rewrites_the_past(kind, standing.get(kind), edit.now, day_of(at))
    if problems:
        raise Invalid(problems)
    changed = require_unchanged(
        edits,
        standing.get,
        label=lambda kind: str(kind.label),
        words=lambda days: str(days or _("不设")),
    )
    for kind, days in changed.items():
        if days is None:
            year.stages.filter(kind=kind).delete()
        else:
            Stage.objects.update_or_create(
                cycle=year,
                kind=kind,
                defaults={"first_day": days.first, "last_day": days.last},
            )
    details = {
        kind.value: [str(standing.get(kind) or ""), str(days or "")]
        for kind, days in changed.items()
    }
    trail.record("calendar.set", year, by=by, at=at, reason=reason, details=details)
    return year


def out_of_order(days: Mapping[StageKind, Days | None]) -> Iterator[str]:
    """What is wrong with the order of days: within a stage, and from stage to stage."""
    held = [(kind, found) for kind in StageKind if (found := days.get(kind)) is not None]
    for kind, found in held:
        if found.last < found.first:
            yield _("“%(stage)s”的截止日早于开始日；请改正") % {"stage": kind.label}
    for (earlier, before), (later, after) in pairwise(held):
        if after.first < before.first:
            yield _("“%(later)s”不能早于“%(earlier)s”开始（%(day)s）；请调整日期") % {
                "later": later.label,
                "earlier": earlier.label,
                "day": before.first,
            }
        if after.last < before.last:
            yield _("“%(later)s”不能早于“%(earlier)s”截止（%(day)s）；请调整日期") % {
                "later": later.label,
                "earlier": earlier.label,
                "day": before.last,
            }


def rewrites_the_past(
    kind: StageKind, was: Days | None, now: Days | None, today: dt.date
) -> Iterator[str]:
    """What of a change would alter days that have passed, in a year that is under way."""
    if was == now:
        return
    if was is not None and was.last < today:
        yield _("“%(stage)s”已于 %(day)s 24 时截止，日期不能再改；确需办理的请批准例外") % {
            "stage": kind.label,
            "day": was.last,
        }
        return
    begun = was is not None and was.first <= today
    if was is not None and begun and (now is None or now.first != was.first):
        yield _("“%(stage)s”已于 %(day)s 开始，不能取消，也不能改开始日") % {
            "stage": kind.label,
            "day": was.first,
        }
    if now is not None and now.last < today:
        yield _("“%(stage)s”的截止日 %(day)s 已经过去；请另选一天") % {
            "stage": kind.label,
            "day": now.last,
        }
