"""How the judging of a year stands, part by part: who marks, what was given, what came of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kaohe.quantity import ZERO
from kaohe_web.cycles.marking import Marking, markings
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.models import Submission
from kaohe_web.people.actor import Actor
from kaohe_web.review import queries
from kaohe_web.review.awaiting import awaiting
from kaohe_web.review.judgements import verdict_of, wanted
from kaohe_web.review.marks import REVIEWABLE
from kaohe_web.review.models import Assignment, Conference, Judgement, Recusal
from kaohe_web.review.verdicts import INDEPENDENT, THIRD, Kind, limit_of

STATES = ("missing", "open", "apart", "judged", "idle")
"""In which state a part's judging can be; ``idle`` is one that a rule decides meanwhile."""


@dataclass(frozen=True)
class Item:
    """The judging of one part of one unit."""

    assessed: AssessedUnit
    clause: Clause
    why_not: str
    planned: int
    threshold: Decimal
    assignments: tuple[Assignment, ...] = ()
    judgement: Judgement | None = None
    conference: Conference | None = None
    submission: Submission | None = None
    recused: frozenset[int] = frozenset()
    """The posts of those who are recused from the unit."""

    @property
    def awaits(self) -> bool:
        """Whether the part awaits an assessor."""
        return not self.why_not

    @property
    def wanted(self) -> int:
        """How many independent marks there must be."""
        return wanted(self.planned, self.assignments)

    @property
    def independent(self) -> list[Assignment]:
        """The assignments of the independent marks."""
        return [row for row in self.assignments if row.turn in INDEPENDENT]

    @property
    def third(self) -> Assignment | None:
        """The assignment of the third mark, if it was called."""
        return next((row for row in self.assignments if row.turn == THIRD), None)

    @property
    def given(self) -> list[Assignment]:
        """The assignments whose marks are given."""
        return [row for row in self.assignments if row.state == Assignment.State.GIVEN]

    @property
    def lacking(self) -> int:
        """How many assessors are still to be found."""
        return max(self.wanted - len(self.independent), 0) if self.awaits else 0

    @cached_property
    def is_apart(self) -> bool:
        """Whether its marks disagree and nothing has decided it."""
        if self.judgement is not None or not self.awaits:
            return False
        verdict = verdict_of(
            self.assignments, planned=self.planned, clause=self.clause, threshold=self.threshold
        )
        return verdict.kind is Kind.APART

    @property
    def limit(self) -> Decimal:
        """How far two marks may lie apart."""
        return limit_of(self.clause.part.points, self.threshold)

    @property
    def can_be_marked(self) -> bool:
        """Whether its filing is there to be judged."""
        filed = self.clause.part.filing == "units"
        there = self.submission is not None and self.submission.state in REVIEWABLE
        return self.awaits and (there or not filed)

    @property
    def state(self) -> str:
        """Where it stands: one of :data:`STATES`."""
        if not self.awaits:
            return "idle"
        if self.judgement is not None:
            return "judged"
        if self.is_apart:
            return "apart"
        return "missing" if self.lacking else "open"

    def is_recused(self, row: Assignment) -> bool:
        """Whether the mark is of somebody who is recused from the unit by now."""
        return row.assessor_id in self.recused

    def is_stale(self, row: Assignment) -> bool:
        """Whether the part was filed anew after the mark was given."""
        return is_stale(row, self.submission)


def is_stale(row: Assignment, submission: Submission | None) -> bool:
    """Whether a part was filed anew after a mark was given."""
    given = row.state == Assignment.State.GIVEN and row.filed_version is not None
    return given and submission is not None and submission.version != row.filed_version


def items(by: Actor, cycle: Cycle, *, unit: int | None = None) -> list[Item]:
    """The parts of a year that await an assessor or were given to one, unit by unit.

    ``unit`` narrows it to one assessed unit. Always the same number of queries.
    """
    units = list(queries.units_to_review(by, cycle).select_related("unit"))
    known = awaiting(cycle, units)
    shown = [each for each in units if unit in (None, each.pk)]
    rows = _Rows(cycle, shown, by)
    plans = markings(cycle)
    found = []
    for assessed in shown:
        for clause in known.year.clauses(assessed.type):
            key = (assessed.pk, clause.part.id)
            why_not = known.why_not(assessed, clause)
            if why_not and key not in rows.touched:
                continue
            found.append(
                Item(
                    assessed=assessed,
                    clause=clause,
                    why_not=why_not,
                    planned=plans.get(clause.part.id, Marking()).marks,
                    threshold=assessed.cycle.threshold or ZERO,
                    assignments=tuple(rows.assignments[key]),
                    judgement=rows.judgements.get(key),
                    conference=rows.conferences.get(key),
                    submission=rows.submissions.get(key),
                    recused=frozenset(rows.recused[assessed.pk]),
                )
            )
    return found


def item(by: Actor, assessed: AssessedUnit, part: str) -> Item | None:
    """The judging of one part; ``None`` where there is none to speak of."""
    here = items(by, assessed.cycle, unit=assessed.pk)
    return next((each for each in here if each.clause.part.id == part), None)


Key = tuple[int, str]
"""A part of a unit: the assessed unit's key, the part's id."""


class _Rows:
    """What hangs on the parts of some units, by unit and part; shared things are read once."""

    def __init__(self, cycle: Cycle, units: Collection[AssessedUnit], by: Actor) -> None:
        known = {unit.pk: unit for unit in units}
        here = {"assessed__in": known}
        self.assignments: dict[Key, list[Assignment]] = defaultdict(list)
        rows = queries.assignments(by, cycle).filter(**here).select_related(None).order_by("turn")
        posts = queries.posts_of(rows)
        for row in rows:
            row.cycle, row.assessed = cycle, known[row.assessed_id]
            row.assessor = posts[row.assessor_id]
            self.assignments[row.assessed_id, row.part].append(row)
        judgements = queries.judgements(by, cycle).filter(**here).select_related(None)
        self.judgements = {(row.assessed_id, row.part): row for row in judgements}
        conferences = queries.conferences(by, cycle).filter(**here, held_at=None)
        self.conferences = {
            (row.assessed_id, row.part): row for row in conferences.select_related(None)
        }
        filed = Submission.objects.filter(cycle=cycle, **here)
        self.submissions = {
            (row.assessed_id, row.part): row
            for row in filed.only("cycle", "assessed", "part", "state", "version")
        }
        self.recused: dict[int, set[int]] = defaultdict(set)
        for recusal in Recusal.objects.filter(cycle=cycle, **here):
            self.recused[recusal.assessed_id].add(recusal.assessor_id)
        self.touched = {*self.assignments, *self.judgements}


@dataclass(frozen=True, slots=True)
class Tally:
    """What items add up to."""

    parts: int = 0
    wanted: int = 0
    assigned: int = 0
    given: int = 0
    lacking: int = 0
    apart: int = 0
    judged: int = 0
    stale: int = 0

    @property
    def left(self) -> int:
        """The parts that are not judged yet."""
        return self.parts - self.judged

    @property
    def waiting(self) -> int:
        """The marks that are assigned and not given yet."""
        return self.assigned - self.given


def tally(found: Iterable[Item]) -> Tally:
    """How far the judging of some parts is; parts that a rule decides do not count."""
    awaited: Sequence[Item] = [each for each in found if each.awaits]
    return Tally(
        parts=len(awaited),
        wanted=sum(each.wanted for each in awaited),
        assigned=sum(len(each.assignments) for each in awaited),
        given=sum(len(each.given) for each in awaited),
        lacking=sum(each.lacking for each in awaited),
        apart=sum(each.is_apart for each in awaited),
        judged=sum(each.judgement is not None for each in awaited),
        stale=sum(each.is_stale(row) for each in awaited for row in each.assignments),
    )
