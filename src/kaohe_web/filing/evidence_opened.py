"""Parts at which evidence is changed: locked, and open to whoever changes it at that instant.

Whoever changes the evidence of a part locks the leading department's duty first, like whoever
writes at its form: so the second of two always sees what the first one did.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Duty
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import NotThere, WrongState
from kaohe_web.filing import queries
from kaohe_web.filing.clauses import Clause, year_of
from kaohe_web.filing.models import Submission
from kaohe_web.filing.opened import clause_of, require_writable
from kaohe_web.filing.windows import Windows, require_filing
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role


@dataclass(slots=True)
class OpenPart:
    """A part that evidence is put to; nobody else writes at it until the action ends."""

    assessed: AssessedUnit
    clause: Clause
    duty: Duty
    submission: Submission | None

    def begun(self) -> Submission:
        """The submission, made now if evidence is the first thing that is filed.

        It keeps version 0: whoever has the form open has still seen all that stands in it.
        """
        if self.submission is None:
            self.submission = Submission.objects.create(
                assessed=self.assessed,
                cycle=self.assessed.cycle,
                part=self.duty.part,
                department=self.duty.department,
                version=0,
            )
        return self.submission


def open_part(assessed: AssessedUnit, part: str, *, by: Actor, at: dt.datetime) -> OpenPart:
    """A part, if the actor may put evidence to it now.

    :raises NotThere: if it is not the actor's.
    :raises WrongState: if it is closed.
    """
    unit = own_unit(assessed, part, by=by)
    clause = clause_of(year_of(unit.cycle), unit, part)
    duty = leading_duties(unit, [part], lock=True).get(part)
    submission = submissions_of(unit, [part], by=by, lock=True).get(part)
    if why := why_closed(unit, part, duty, submission, by=by, at=at):
        raise WrongState(why)
    assert duty is not None, "it is open"  # noqa: S101 -- why_closed has asked
    return OpenPart(unit, clause, duty, submission)


def own_unit(assessed: AssessedUnit, part: str, *, by: Actor) -> AssessedUnit:
    """The unit, if evidence for that part of it is the actor's to give.

    :raises NotThere: if it is not.
    """
    unit = visible_units(by, assessed.cycle).select_related("unit", "cycle__edition")
    found = unit.filter(pk=assessed.pk).first() if by.role in GIVERS else None
    if found is not None and by.role == Role.LIAISON:
        shares = Duty.objects.filter(assessed=found, part=part, department=by.department_id)
        found = found if shares.exists() else None
    if found is None:
        raise NotThere(_("没有这一条，或者不由您上传佐证材料；请从“我的条款”进入"))
    return found


GIVERS = (Role.LIAISON, Role.UNIT_OFFICE)
"""Who gives evidence."""


def leading_duties(
    assessed: AssessedUnit, parts: Collection[str], *, lock: bool = False
) -> dict[str, Duty]:
    """The leading departments' duties for some parts; locked in one order for all."""
    rows = Duty.objects.filter(assessed=assessed, part__in=parts, kind=Duty.Kind.LEAD)
    rows = rows.select_related("department").order_by("pk")
    return {duty.part: duty for duty in (rows.select_for_update(of=("self",)) if lock else rows)}


def submissions_of(
    assessed: AssessedUnit, parts: Collection[str], *, by: Actor, lock: bool = False
) -> dict[str, Submission]:
    """The submissions of some parts, as far as the actor reads them."""
    rows = queries.submissions(by, assessed.cycle).filter(assessed=assessed, part__in=parts)
    rows = rows.order_by("pk")
    return {row.part: row for row in (rows.select_for_update(of=("self",)) if lock else rows)}


def why_closed(
    assessed: AssessedUnit,
    part: str,
    duty: Duty | None,
    submission: Submission | None,
    *,
    by: Actor,
    at: dt.datetime,
    windows: Windows | None = None,
) -> str:
    """Why evidence of a part cannot be changed now, and what to do; empty if it can."""
    if duty is None:
        return _("这一条还没有牵头部门，暂时不能上传材料；请单位质强办先分工")
    windows = windows or Windows(assessed.cycle)
    window = windows.of_department(assessed, by.department_id)
    try:
        require_filing(assessed.cycle, window, submission, at)
        require_writable(assessed, part, submission)
    except WrongState as refusal:
        return refusal.sentence
    return ""


def closed_parts(
    assessed: AssessedUnit, submissions: Collection[Submission], *, by: Actor, at: dt.datetime
) -> dict[str, str]:
    """Of the parts of some submissions, why each closed one is; all of them are locked.

    The submissions are read again under the lock: the actor need not see all that use a file.
    """
    parts = [each.part for each in submissions]
    duties = leading_duties(assessed, parts, lock=True)
    rows = Submission.objects.filter(pk__in=[each.pk for each in submissions]).order_by("pk")
    windows = Windows(assessed.cycle)
    found = {
        row.part: why_closed(
            assessed, row.part, duties.get(row.part), row, by=by, at=at, windows=windows
        )
        for row in rows.select_for_update(of=("self",))
    }
    return {part: why for part, why in found.items() if why}
