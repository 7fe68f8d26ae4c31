"""The life of an assessment year: made, described, opened, given another edition, archived."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.quantity import HUNDRED, ZERO, write_number
from kaohe_web.audit import trail
from kaohe_web.cycles.completeness import lacks
from kaohe_web.cycles.marking import plan
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of, visible_cycles
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Difference, Invalid, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.rubrics.models import RubricEdition

SEPTEMBER, AUGUST = 9, 8


@dataclass(frozen=True, slots=True)
class Description:
    """What a year is called, when it is, and how wide its margins are."""

    name: str
    first_day: dt.date
    last_day: dt.date
    threshold: Decimal = Decimal(20)
    appeal_days: int = 5
    objection_days: int = 5


def usual_days(day: dt.date) -> tuple[dt.date, dt.date]:
    """The assessment year that a day lies in: 1 September to 31 August."""
    first = day.year if day.month >= SEPTEMBER else day.year - 1
    return dt.date(first, SEPTEMBER, 1), dt.date(first + 1, AUGUST, 31)


@action("cycle.created", right="cycles.set_up")
def create(
    thing: None,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edition: RubricEdition,
    scope: Cycle.Scope,
    description: Description,
) -> Cycle:
    """Make a year; until it is opened nobody but the office sees it.

    :raises Invalid: for a name that is taken, days in the wrong order, margins that make no sense.
    """
    del thing
    cycle = Cycle(edition=edition, scope=scope, made_at=at)
    describe_as(cycle, description)
    save_named(cycle)
    plan(cycle, rubric_of(cycle).all_parts())
    details = {"edition": edition.fingerprint, "scope": str(scope), **told(cycle)}
    trail.record("cycle.created", cycle, by=by, at=at, details=details)
    return cycle


@action("cycle.described", right="cycles.set_up")
def describe(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    description: Description,
    reason: str = "",
) -> Cycle:
    """Change a year's name, days or margins.

    :raises WrongState: if it is archived.
    :raises Invalid: for a name that is taken, days in the wrong order, margins that make no sense.
    :raises Conflict: if somebody changed it meanwhile.
    """

    def differences(row: Cycle) -> list[Difference]:
        mine = Cycle(edition=row.edition)
        describe_as(mine, description)
        stands, typed = told(row), told(mine)
        return [
            Difference(key, stands[key], typed[key]) for key in stands if stands[key] != typed[key]
        ]

    year = locked(visible_cycles(by), cycle.pk, version=version, differences=differences)
    year = year_to_change(by, year, reason)
    before = told(year)
    describe_as(year, description)
    year.version += 1
    save_named(year)
    after = told(year)
    details = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
    trail.record("cycle.described", year, by=by, at=at, reason=reason, details=details)
    return year


def describe_as(cycle: Cycle, description: Description) -> None:
    """Set what a description says, once it is sound.

    :raises Invalid: with everything that is wrong with it.
    """
    problems = []
    if not description.name.strip():
        problems.append(_("请填写考核年度的名称"))
    if description.last_day < description.first_day:
        problems.append(_("考核年度的末日早于首日；请改正"))
    if not ZERO <= description.threshold <= HUNDRED:
        problems.append(_("分歧界限是占分值的百分之几，应在 0–100 之间"))
    if problems:
        raise Invalid(problems)
    cycle.name = description.name.strip()
    cycle.first_day, cycle.last_day = description.first_day, description.last_day
    cycle.threshold = description.threshold
    cycle.appeal_days, cycle.objection_days = description.appeal_days, description.objection_days


def save_named(cycle: Cycle) -> None:
    """Save a year.

    :raises Invalid: if another one has its name.
    """
    problem = _("已有名为“%(name)s”的考核年度；请换一个名称") % {"name": cycle.name}
    if Cycle.objects.filter(name=cycle.name).exclude(pk=cycle.pk).exists():
        raise Invalid([problem])
    try:
        with transaction.atomic():
            cycle.save()
    except IntegrityError as error:
        raise Invalid([problem]) from error


def told(cycle: Cycle) -> dict[str, str]:
    """A year's description, for the trail and for whoever lost a race."""
    return {
        _("名称"): cycle.name,
        _("首日"): str(cycle.first_day),
        _("末日"): str(cycle.last_day),
        _("分歧界限"): write_number(Decimal(cycle.threshold)),
        _("申诉期（天）"): str(cycle.appeal_days),
        _("公示期（天）"): str(cycle.objection_days),
    }


@action("cycle.opened", right="cycles.set_up")
def open_(cycle: Cycle, /, *, by: Actor, at: dt.datetime, version: int) -> Cycle:
    """Open a year: from now on everybody who takes part sees it.

    :raises WrongState: if it is not being set up.
    :raises Invalid: naming all that is still missing.
    :raises Conflict: if somebody changed it meanwhile.
    """
    year = locked(visible_cycles(by), cycle.pk, version=version)
    if year.state != Cycle.State.SETUP:
        raise WrongState(_("考核年度%(state)s，不能再启动") % {"state": year.get_state_display()})
    missing = [lack.sentence for lack in lacks(year) if lack.stops]
    if missing:
        raise Invalid(missing)
    move(year, Cycle.State.OPEN)
    doubts = [lack.sentence for lack in lacks(year)]
    trail.record("cycle.opened", year, by=by, at=at, details={"left_open": doubts})
    link = reverse("cycle", kwargs={"cycle_id": year.pk})
    for unit in year.units.all():
        for role in (Role.UNIT_OFFICE, Role.LIAISON):
            notify(
                posts_of(role, at, unit_id=unit.unit_id),
                kind=Notice.Kind.NEWS,
                title=_("考核年度已启动：%(year)s") % {"year": year},
                at=at,
                key=f"cycle.opened:{year.pk}",
                link=link,
            )
    return year


def move(year: Cycle, state: Cycle.State) -> None:
    """Put a year into its next state."""
    year.state = state
    year.version += 1
    year.save(update_fields=["state", "version", "archived_at"])


@action("cycle.archived", right="cycles.set_up")
def archive(cycle: Cycle, /, *, by: Actor, at: dt.datetime, version: int, note: str = "") -> Cycle:
    """Archive a year for good: nothing in it is changed again.

    A year without a final result is archived only with a note that says why.

    :raises WrongState: if it is not open, or something in it is still under way.
    :raises Invalid: without a final result and without a note.
    :raises Conflict: if somebody changed it meanwhile.
    """
    year = locked(visible_cycles(by), cycle.pk, version=version)
    if year.state != Cycle.State.OPEN:
        raise WrongState(_("只有进行中的考核年度可以归档"))
    left = under_way(year)
    if left:
        raise WrongState(_("还有未办结的事项，不能归档：%(left)s") % {"left": "、".join(left)})
    if not year.runs.filter(state="final").exists() and not note.strip():
        raise Invalid([_("还没有最终结果；确要归档的，请写明原因")])
    year.archived_at = at
    move(year, Cycle.State.ARCHIVED)
    trail.record("cycle.archived", year, by=by, at=at, reason=note)
    return year


def under_way(year: Cycle) -> list[str]:
    """What has been begun in a year and not brought to its end."""
    counts = {
        _("申诉 %(count)s 件"): year.appeals.filter(state__in=["lodged", "taken", "reviewed"]),
        _("一票否决事项 %(count)s 件"): year.veto_cases.exclude(
            state__in=["decided", "dismissed", "lifted"]
        ),
        _("整改 %(count)s 项"): year.rectifications.exclude(state="closed"),
        _("公示中的结果 %(count)s 个"): year.runs.filter(state__in=["announced", "approved"]),
    }
    return [
        sentence % {"count": count} for sentence, rows in counts.items() if (count := rows.count())
    ]
