"""The stages of a year as a person meets them: what is over, what runs, what comes, what is not."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageException, StageKind


@dataclass(frozen=True, slots=True)
class Shown:
    """A stage with its days; ``last_day`` is the later one that an exception grants.

    ``state`` is done, now, next or skipped.
    """

    kind: StageKind
    title: str
    state: str
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    excepted: bool = False
    note: str = ""
    """Words in the place of the state's own, where it would mislead."""

    @property
    def starts_on(self) -> dt.date | None:
        """The first day, as the timeline component calls it."""
        return self.first_day

    @property
    def ends_on(self) -> dt.date | None:
        """The last day, as the timeline component calls it."""
        return self.last_day


def timeline(cycle: Cycle, at: dt.datetime, assessed: AssessedUnit | None = None) -> list[Shown]:
    """Every stage that a year can have, in order; exceptions are those of the unit, and of all."""
    stages = {stage.kind: stage for stage in cycle.stages.all()}
    granted: dict[int, dt.date] = {}
    for exception in StageException.objects.filter(cycle=cycle, withdrawn_at=None):
        unit = assessed.unit_id if assessed is not None else None
        if exception.unit_id in (None, unit):
            so_far = granted.get(exception.stage_id, exception.last_day)
            granted[exception.stage_id] = max(so_far, exception.last_day)
    note = _("未设日期") if cycle.state == Cycle.State.SETUP else ""
    found = []
    for kind in StageKind:
        stage = stages.get(kind)
        if stage is None:
            found.append(Shown(kind, str(kind.label), "skipped", note=note))
            continue
        last = max(stage.last_day, granted.get(stage.pk, stage.last_day))
        found.append(
            Shown(
                kind,
                str(kind.label),
                state_of(stage.first_day, last, day_of(at)),
                stage.first_day,
                last,
                excepted=last != stage.last_day,
            )
        )
    return found


def state_of(first: dt.date, last: dt.date, today: dt.date) -> str:
    """Whether today is before, within or after two days that are both held."""
    if today < first:
        return "next"
    return "now" if today <= last else "done"
