"""The self-score sheet (自评得分表): what a department or a unit gives itself, clause by clause."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kaohe.quantity import ZERO, exact, write_number
from kaohe_web.audit.anchor import anchor
from kaohe_web.cycles.models import AssessedUnit, Duty
from kaohe_web.filing.board import Line, lines_of
from kaohe_web.filing.clauses import year_of
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department

SENT_UP = ("submitted", "missing", "exempt")
"""The states in which a part changes no more by itself."""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The parts of a department, or of the whole unit, with what they give themselves."""

    assessed: AssessedUnit
    department: Department | None
    lines: tuple[Line, ...]
    points: Decimal
    self_score: Decimal
    at: dt.datetime

    @property
    def open_lines(self) -> int:
        """How many parts may still change: with any of them the sheet is a draft."""
        return sum(line.state not in SENT_UP for line in self.lines)

    @property
    def unscored(self) -> int:
        """How many parts have no self-score yet."""
        return sum(line.self_score is None and not line.exempt for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """The hash of all that the sheet says: a printed one is found to be this, or another."""
        said = [cells(line) for line in self.lines]
        text = json.dumps(
            [str(self.assessed), str(self.department or ""), said], ensure_ascii=False
        )
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    @property
    def anchor(self) -> str:
        """The head of the trail when the sheet was made."""
        return str(anchor())


def score_sheet(
    by: Actor, assessed: AssessedUnit, department: Department | None, at: dt.datetime
) -> ScoreSheet:
    """The sheet of a department's parts, or of all parts of a unit."""
    year = year_of(assessed.cycle)
    duties = leads(assessed, department)
    clauses = year.clauses(assessed.type).filed()
    if department is not None:
        clauses = [clause for clause in clauses if clause.part.id in duties]
    lines = tuple(lines_of(by, assessed, year, clauses, duties, at=at, scores=False))
    points, own = sums(lines)
    return ScoreSheet(assessed, department, lines, points, own, at)


def leads(assessed: AssessedUnit, department: Department | None) -> dict[str, Duty]:
    """Who leads the parts of a unit, or those that a department leads."""
    rows = Duty.objects.filter(assessed=assessed, kind=Duty.Kind.LEAD).select_related("department")
    if department is not None:
        rows = rows.filter(department=department)
    return {duty.part: duty for duty in rows}


def sums(lines: Iterable[Line]) -> tuple[Decimal, Decimal]:
    """The points and self-scores added up; what does not apply is left out."""
    points = own = ZERO
    with exact():
        for line in lines:
            if not line.exempt:
                points += line.clause.part.points
                own += line.self_score or ZERO
    return points, own


def cells(line: Line) -> list[str]:
    """What the sheet says of one part."""
    submission = line.submission
    return [
        "、".join(line.clause.numbers),
        line.clause.part.title,
        write_number(line.clause.part.points),
        "" if line.self_score is None else write_number(line.self_score),
        submission.lost_reason if submission else "",
        submission.note if submission else "",
        line.exempt,
    ]
