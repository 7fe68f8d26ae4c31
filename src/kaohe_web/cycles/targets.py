"""Targets (目标备案): filed by a unit's office with their basis, confirmed by the 考核办."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.quantity import write_number
from kaohe.rubric.model import Indicator
from kaohe_web.audit import trail
from kaohe_web.cycles.asks import with_targets
from kaohe_web.cycles.calendar import require_open, require_running
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageKind, Target
from kaohe_web.cycles.queries import rubric_of, visible_cycles, visible_units
from kaohe_web.errors import Conflict, Difference, Invalid, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people import rights
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

State = Target.State
OPEN_TO_UNIT = (State.DRAFT, State.RETURNED)
"""The states in which a unit may change its target."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A target as somebody typed it; ``version`` is the row they saw, 0 where there was none."""

    value: Decimal | None
    basis: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator that has a target, and what a unit has filed for it so far."""

    indicator: Indicator
    target: Target | None

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.target.state) if self.target is not None else State.DRAFT

    @property
    def open_to_unit(self) -> bool:
        """Whether the unit may still change it."""
        return self.state in OPEN_TO_UNIT


def visible_targets(by: Actor, cycle: Cycle) -> QuerySet[Target]:
    """The targets of a year that the actor may see."""
    if not rights.may(by, "targets.see"):
        return Target.objects.none()
    seen = visible_units(by, cycle)
    return Target.objects.filter(cycle=cycle, assessed__in=seen).select_related(
        "assessed__unit", "cycle"
    )


def lines(by: Actor, cycle: Cycle) -> dict[AssessedUnit, list[Line]]:
    """Each unit that the actor may see, with a line for every indicator that has a target."""
    indicators = with_targets(rubric_of(cycle))
    found = {(row.assessed_id, row.indicator): row for row in visible_targets(by, cycle)}
    return {
        unit: [Line(each, found.get((unit.pk, each.id))) for each in indicators]
        for unit in visible_units(by, cycle)
    }


@action("targets.saved", right="targets.file")
def save(
    assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime, typed: Mapping[str, Typed]
) -> AssessedUnit:
    """Keep a unit's targets as a draft.

    :raises WrongState: if the stage is closed, or a target is filed already.
    :raises Invalid: for a value that the indicator cannot have.
    :raises Conflict: if somebody changed one of them meanwhile.
    """
    unit = unit_to_file(assessed, by=by, at=at)
    write_typed(unit, typed, State.DRAFT, complete=False)
    trail.record("targets.saved", unit, by=by, at=at, details=details_of(unit, typed))
    return unit


@action("targets.filed", right="targets.file")
def file(
    assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime, typed: Mapping[str, Typed]
) -> AssessedUnit:
    """File a unit's targets (报备): from now on only the assessment office opens them again.

    :raises WrongState: if the stage is closed, or a target is filed already.
    :raises Invalid: for a target without value or basis, or a value the indicator cannot have.
    :raises Conflict: if somebody changed one of them meanwhile.
    """
    unit = unit_to_file(assessed, by=by, at=at)
    write_typed(unit, typed, State.FILED, complete=True)
    trail.record("targets.filed", unit, by=by, at=at, details=details_of(unit, typed))
    notify(
        posts_of(Role.OFFICE, at),
        kind=Notice.Kind.TODO,
        title=_("%(unit)s报备了目标，待确认") % {"unit": unit},
        at=at,
        key=f"targets:{unit.pk}:{at.isoformat()}",
        link=reverse("targets", kwargs={"cycle_id": unit.cycle_id}),
    )
    return unit


def unit_to_file(assessed: AssessedUnit, *, by: Actor, at: dt.datetime) -> AssessedUnit:
    """The unit, locked, once it is sure that it may file now."""
    unit = locked(visible_units(by, assessed.cycle), assessed.pk)
    require_open(unit.cycle, StageKind.TARGETS, at=at, assessed=unit)
    return unit


def write_typed(
    unit: AssessedUnit, typed: Mapping[str, Typed], state: State, *, complete: bool
) -> None:
    """Write what was typed, each row in its new state; ``complete`` demands value and basis."""
    indicators = {each.id: each for each in with_targets(rubric_of(unit.cycle))}
    rows = {row.indicator: row for row in unit.targets.select_for_update()}
    problems, differences = [], []
    for key, line in typed.items():
        row, indicator = rows.get(key), indicators.get(key)  # type: ignore[call-overload]  # a NewType of str
        if indicator is None:
            problems.append(_("“%(name)s”没有目标；请刷新页面后重试") % {"name": key})
            continue
        problems += faults(indicator, line, complete=complete)
        if row is not None and row.state not in OPEN_TO_UNIT:
            raise WrongState(
                _("“%(indicator)s”的目标%(state)s，不能再改；确需改动的，请考核办退回")
                % {"indicator": indicator.title, "state": row.get_state_display()}
            )
        if (row.version if row is not None else 0) != line.version:
            now = in_words(row.value, row.basis) if row is not None else "—"
            mine = in_words(line.value, line.basis)
            differences.append(Difference(indicator.title, now, mine))
    if problems:
        raise Invalid(problems)
    if differences:
        raise Conflict(_("别人刚刚改过目标，您的修改没有写入；请核对差异后再保存"), differences)
    for key, line in typed.items():
        row = rows.get(key) or Target(assessed=unit, cycle=unit.cycle, indicator=key, version=0)
        row.value, row.basis, row.state = line.value, line.basis, state
        row.version += 1
        row.save()


def faults(indicator: Indicator, typed: Typed, *, complete: bool) -> Iterable[str]:
    """What is wrong with one target as it was typed."""
    title = indicator.title
    if typed.value is None:
        if complete:
            yield _("%(indicator)s：请填写目标值") % {"indicator": title}
    elif fault := indicator.unit.fault(typed.value):
        yield f"{title}：{fault}"
    if complete and not typed.basis.strip():
        yield _("%(indicator)s：请写明目标的依据（文件、上年完成情况等）") % {"indicator": title}


def in_words(value: Decimal | None, basis: str) -> str:
    """A target in words."""
    number = write_number(value) if value is not None else "—"
    return f"{number}（{basis}）" if basis else number


def details_of(unit: AssessedUnit, typed: Mapping[str, Typed]) -> dict[str, object]:
    """What the trail keeps of targets that were typed."""
    values = {key: in_words(line.value, line.basis) for key, line in typed.items()}
    return {"unit": str(unit), "targets": values}


@action("target.confirmed", right="targets.confirm")
def confirm(target: Target, /, *, by: Actor, at: dt.datetime, version: int) -> Target:
    """Confirm a filed target: it is the one that the unit is scored against.

    :raises WrongState: if it is not filed, or the year is not open.
    :raises Conflict: if it changed meanwhile.
    """
    row = target_to_decide(target, by=by, version=version)
    if row.state != State.FILED:
        raise WrongState(_("只有已报备的目标可以确认；这一项%(state)s") % told(row))
    decide(row, State.CONFIRMED, "")
    trail.record("target.confirmed", row, by=by, at=at, details=decided(row))
    tell(row, at, _("目标已确认：%(unit)s") % {"unit": row.assessed}, "")
    return row


@action("target.returned", right="targets.confirm")
def send_back(
    target: Target, /, *, by: Actor, at: dt.datetime, version: int, reason: str
) -> Target:
    """Return a filed or confirmed target with a reason; the unit files it again.

    :raises WrongState: if there is nothing to return, or the year is not open.
    :raises Invalid: without a reason.
    :raises Conflict: if it changed meanwhile.
    """
    row = target_to_decide(target, by=by, version=version)
    if row.state not in (State.FILED, State.CONFIRMED):
        raise WrongState(_("只有已报备或已确认的目标可以退回；这一项%(state)s") % told(row))
    if not reason.strip():
        raise Invalid([_("请写明退回的理由，填报人会看到这段话")])
    decide(row, State.RETURNED, reason)
    trail.record("target.returned", row, by=by, at=at, reason=reason, details=decided(row))
    tell(row, at, _("目标被退回，请修改后重新报备：%(unit)s") % {"unit": row.assessed}, reason)
    return row


def told(row: Target) -> dict[str, object]:
    """What a sentence says of a target's state."""
    return {"state": row.get_state_display()}


def target_to_decide(target: Target, *, by: Actor, version: int) -> Target:
    """The target, locked, in a year that is open."""
    cycle = locked(visible_cycles(by), target.cycle_id)
    require_running(cycle)
    return locked(visible_targets(by, cycle), target.pk, version=version, differences=as_it_is)


def as_it_is(row: Target) -> list[Difference]:
    """The target as it is now, for somebody who decided on an older one."""
    now = f"{row.get_state_display()}：{in_words(row.value, row.basis)}"
    return [Difference(_("目标"), now, "")]


def decide(row: Target, state: State, note: str) -> None:
    """Write the office's decision."""
    row.state, row.note = state, note
    row.version += 1
    row.save(update_fields=["state", "note", "version"])


def decided(row: Target) -> dict[str, object]:
    """What the trail keeps of a decision."""
    return {
        "unit": str(row.assessed),
        "indicator": row.indicator,
        "target": in_words(row.value, row.basis),
    }


def tell(row: Target, at: dt.datetime, title: str, text: str) -> None:
    """Tell the unit's office what was decided."""
    notify(
        posts_of(Role.UNIT_OFFICE, at, unit_id=row.assessed.unit_id),
        kind=Notice.Kind.TODO if row.state == State.RETURNED else Notice.Kind.NEWS,
        title=title,
        text=text,
        at=at,
        key=f"target:{row.pk}:{row.version}",
        link=reverse(
            "targets_file", kwargs={"cycle_id": row.cycle_id, "assessed_id": row.assessed_id}
        ),
    )
