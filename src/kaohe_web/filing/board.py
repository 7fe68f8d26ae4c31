"""The parts of a unit as lists show them: whose, how far, self-score, what it scores now."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from kaohe.quantity import ZERO
from kaohe.scoring.result import PartScore
from kaohe_web.clock import day_of
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, Exemption
from kaohe_web.filing import queries
from kaohe_web.filing.clauses import Clause, Year, year_of
from kaohe_web.filing.contents import contents_of, since_accepted
from kaohe_web.filing.models import SignOff, Submission
from kaohe_web.filing.preview import standing
from kaohe_web.filing.windows import Windows, due_of
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department

State = Submission.State
WITH_DEPARTMENT = (None, State.DRAFT, State.RETURNED)
"""The states in which a part waits for its department; ``None`` is one that nobody has begun."""


@dataclass(frozen=True, slots=True)
class Line:
    """One part of one unit."""

    assessed: AssessedUnit
    clause: Clause
    department: Department | None
    leads: bool
    """Whether the actor's own department leads it."""
    submission: Submission | None
    scored: PartScore | None
    due: dt.date | None
    days_left: int | None
    files: int
    changes: int
    exempt: str

    @property
    def state(self) -> str:
        """Its state; ``none`` while nobody has begun, ``exempt`` if it does not apply."""
        if self.exempt:
            return "exempt"
        return self.submission.state if self.submission else "none"

    @property
    def with_department(self) -> bool:
        """Whether it waits for its department."""
        state = self.submission.state if self.submission else None
        return not self.exempt and state in WITH_DEPARTMENT

    @property
    def late(self) -> bool:
        """Whether it still waits for its department after its day."""
        return self.with_department and self.days_left is not None and self.days_left < 0

    @property
    def self_score(self) -> Decimal | None:
        """What the department gives itself."""
        return self.submission.self_score if self.submission else None

    @property
    def low(self) -> Decimal | None:
        """The least it can score now."""
        return self.scored.outcome.low if self.scored else None

    @property
    def high(self) -> Decimal | None:
        """The most it can score now."""
        return self.scored.outcome.high if self.scored else None

    @property
    def score(self) -> Decimal | None:
        """What it scores by its rule, once that is settled."""
        return self.scored.score if self.scored else None


@dataclass(frozen=True, slots=True)
class Sums:
    """What lines add up to."""

    points: Decimal
    self_score: Decimal
    low: Decimal
    high: Decimal


def sums(lines: Iterable[Line]) -> Sums:
    """The points, self-scores and ranges of lines, added up; a missing self-score adds nothing."""
    points = own = low = high = ZERO
    for line in lines:
        if line.exempt:
            continue
        points += line.clause.part.points
        own += line.self_score or ZERO
        low += line.low or ZERO
        high += line.high or ZERO
    return Sums(points, own, low, high)


def unit_lines(by: Actor, cycle: Cycle, assessed: AssessedUnit, at: dt.datetime) -> list[Line]:
    """Every part that a unit files for, in the order of the document."""
    year = year_of(cycle)
    leads = Duty.objects.filter(assessed=assessed, kind=Duty.Kind.LEAD)
    duties = {duty.part: duty for duty in leads.select_related("department")}
    return lines_of(by, assessed, year, year.clauses(assessed.type).filed(), duties, at=at)


def department_lines(
    by: Actor, cycle: Cycle, assessed: AssessedUnit, at: dt.datetime, *, scores: bool = True
) -> list[Line]:
    """The parts that the actor's department leads or supports, in the order of the document."""
    own = Duty.objects.filter(assessed=assessed, department=by.department_id)
    leads = Duty.objects.filter(assessed=assessed, kind=Duty.Kind.LEAD, part__in=own.values("part"))
    shared = set(own.values_list("part", flat=True))
    year = year_of(cycle)
    clauses = [each for each in year.clauses(assessed.type).filed() if each.part.id in shared]
    duties = {duty.part: duty for duty in leads.select_related("department")}
    return lines_of(by, assessed, year, clauses, duties, at=at, scores=scores)


def lines_of(
    by: Actor,
    assessed: AssessedUnit,
    year: Year,
    clauses: Collection[Clause],
    duties: dict[str, Duty],
    *,
    at: dt.datetime,
    scores: bool = True,
) -> list[Line]:
    """Lines for some parts; always the same number of queries. Scores may be left out."""
    windows = Windows(assessed.cycle)
    counted = Count("evidence_uses", filter=Q(evidence_uses__evidence__withdrawn_at=None))
    rows = queries.submissions(by, assessed.cycle).filter(assessed=assessed)
    submissions = {row.part: row for row in rows.annotate(files=counted)}
    contents = contents_of(assessed, clauses, submissions)
    exempt = dict(Exemption.objects.filter(assessed=assessed).values_list("part", "reason"))
    scored = standing(year, assessed) if scores else {}
    found = []
    for clause in clauses:
        part = clause.part.id
        duty, submission = duties.get(part), submissions.get(part)
        window = windows.of_department(assessed, duty.department_id if duty else None)
        due = due_of(window, submission)
        changed = since_accepted(clause, submission, contents[part]) if submission else {}
        found.append(
            Line(
                assessed=assessed,
                clause=clause,
                department=duty.department if duty else None,
                leads=duty is not None and duty.department_id == by.department_id,
                submission=submission,
                scored=scored.get(part),
                due=due,
                days_left=None if due is None else (due - day_of(at)).days,
                files=getattr(submission, "files", 0),
                changes=len(changed),
                exempt=exempt.get(part, ""),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a unit has come: how many of its parts stand where."""

    assessed: AssessedUnit
    asked: int
    by_state: dict[str, int]
    signed: SignOff | None

    @property
    def begun(self) -> int:
        """How many parts are with the unit's office or beyond."""
        return sum(self.by_state.get(state, 0) for state in ("handed_in", *DONE_BY_UNIT))

    @property
    def checked(self) -> int:
        """How many parts the unit's office is done with."""
        return sum(self.by_state.get(state, 0) for state in DONE_BY_UNIT)


DONE_BY_UNIT = (State.CHECKED, State.SUBMITTED, State.MISSING)


def progress(by: Actor, cycle: Cycle, units: Collection[AssessedUnit]) -> list[Progress]:
    """How far each unit has come; always the same number of queries."""
    year = year_of(cycle)
    exempt: dict[int, set[str]] = {}
    for assessed_id, part in Exemption.objects.filter(cycle=cycle).values_list(
        "assessed_id", "part"
    ):
        exempt.setdefault(assessed_id, set()).add(part)
    states: dict[int, dict[str, int]] = {}
    counted = queries.submissions(by, cycle).order_by().values_list("assessed_id", "part", "state")
    for assessed_id, part, state in counted:
        if part not in exempt.get(assessed_id, ()):
            here = states.setdefault(assessed_id, {})
            here[state] = here.get(state, 0) + 1
    signed = {row.assessed_id: row for row in SignOff.objects.filter(cycle=cycle)}
    found = []
    for unit in units:
        filed = year.clauses(unit.type).filed()
        asked = sum(clause.part.id not in exempt.get(unit.pk, ()) for clause in filed)
        found.append(Progress(unit, asked, states.get(unit.pk, {}), signed.get(unit.pk)))
    return found
