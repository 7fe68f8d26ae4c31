"""A part that its department is writing at: locked, and open to it at that instant.

Whoever writes to a part — its form, its register, its evidence — locks the department's duty
first. So the second of two always sees what the first one wrote, even where there was no row.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Duty, Exemption
from kaohe_web.errors import NotThere, WrongState
from kaohe_web.filing import queries, values
from kaohe_web.filing.clauses import Clause, Year, year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue, SignOff, Submission
from kaohe_web.filing.windows import Windows, require_filing
from kaohe_web.people.acting import locked
from kaohe_web.people.actor import Actor

State = Submission.State
OPEN_STATES = (State.DRAFT, State.RETURNED)
"""The states in which a department may write."""


class Opened:
    """A part with all that is known of it; nobody else writes at it until the action ends."""

    def __init__(self, duty: Duty, *, by: Actor, at: dt.datetime) -> None:
        """:raises NotThere: unless the actor's department leads the part."""
        self.duty = locked(queries.duties_to_fill(by, duty.cycle), duty.pk)
        self.by, self.at = by, at
        self.assessed: AssessedUnit = self.duty.assessed
        self.year: Year = year_of(self.assessed.cycle)
        self.clause = clause_of(self.year, self.assessed, self.duty.part)
        self.submission = submission_of(self.duty, by=by)
        typed = [indicator.id for indicator in self.clause.typed]
        self.rows: dict[str, ReportedValue] = values.rows_of(self.assessed, typed)

    @property
    def version(self) -> int:
        """The version that a person must have seen; 0 while nothing was ever saved."""
        return self.submission.version if self.submission else 0

    def require_open(self) -> None:
        """:raises WrongState: unless the department may write now."""
        windows = Windows(self.assessed.cycle)
        window = windows.of_department(self.assessed, self.duty.department_id)
        require_writable(self.assessed, self.duty.part, self.submission)
        require_filing(self.assessed.cycle, window, self.submission, self.at)

    def begun(self) -> Submission:
        """The submission, made now if this is the first time that something is written."""
        if self.submission is None:
            self.submission = Submission(
                assessed=self.assessed,
                cycle=self.assessed.cycle,
                part=self.duty.part,
                version=0,
            )
        self.submission.department = self.duty.department
        return self.submission

    def registered(self) -> Mapping[str, int]:
        """How many things stand in each register of the part."""
        return registered(self.assessed, self.clause)


def submission_of(duty: Duty, *, by: Actor) -> Submission | None:
    """The submission of a duty's part, locked."""
    rows = queries.submissions(by, duty.cycle).select_for_update(of=("self",))
    return rows.filter(assessed=duty.assessed_id, part=duty.part).first()


def registered(assessed: AssessedUnit, clause: Clause) -> dict[str, int]:
    """How many things a unit has in each register of a part."""
    found = {str(register.indicator): 0 for register in clause.registers}
    if found:
        for award in AwardEntry.objects.filter(assessed=assessed, indicator__in=list(found)):
            found[award.indicator] += 1
    return found


def clause_of(year: Year, assessed: AssessedUnit, part: str) -> Clause:
    """The clause that a unit files under a part's id.

    :raises NotThere: if this kind of unit is not scored on it, or files nothing for it.
    """
    clause = year.clauses(assessed.type).get(part)
    if clause is None or clause.part.filing != "units":
        raise NotThere(_("本单位不用填报这一条；请从“我的条款”进入"))
    return clause


def require_writable(assessed: AssessedUnit, part: str, submission: Submission | None) -> None:
    """:raises WrongState: unless a part is with its department: a draft, or returned to it."""
    if submission is not None and submission.state not in OPEN_STATES:
        raise WrongState(why_closed(submission.state))
    if submission is None and SignOff.objects.filter(assessed=assessed).exists():
        raise WrongState(_("本单位已签署提交；要补报这一条，请考核办退回"))
    if Exemption.objects.filter(assessed=assessed, part=part).exists():
        raise WrongState(_("这一条已批准为不适用，不用填报"))


def why_not(duty: Duty, submission: Submission | None, at: dt.datetime) -> str:
    """Why a department cannot write at its part now, and what to do; empty if it can."""
    window = Windows(duty.assessed.cycle).of_department(duty.assessed, duty.department_id)
    try:
        require_writable(duty.assessed, duty.part, submission)
        require_filing(duty.assessed.cycle, window, submission, at)
    except WrongState as refusal:
        return refusal.sentence
    return ""


def why_closed(state: str) -> str:
    """Why a part in that state cannot be written at, and what to do."""
    return {
        State.HANDED_IN: _("这一条已报审，正在等单位质强办审核；要修改，请先撤回"),
        State.CHECKED: _("这一条已审核通过；要修改，请单位质强办退回"),
        State.SUBMITTED: _("这一条已提交考核办；要修改，请考核办退回"),
        State.MISSING: _("这一条已确认缺报；要补报，请考核办退回"),
    }[State(state)]
