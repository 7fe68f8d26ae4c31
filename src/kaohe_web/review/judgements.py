"""The judgement of a part: made of its marks, in the same transaction, or decided over them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.quantity import ZERO, write_number
from kaohe_web.cycles.models import AssessedUnit, Cycle, MarkingPlan
from kaohe_web.filing.clauses import Clause
from kaohe_web.review.models import Assignment, Judgement
from kaohe_web.review.verdicts import INDEPENDENT, Kind, Verdict, limit_of, verdict

How = Judgement.How
OF_MARKS = (How.SINGLE, How.MEAN, How.THIRD)
"""The judgements that follow from marks by themselves; the others stand over them."""

Said = dict[str, list[str]]
"""Old and new text of what changed, as the trail keeps it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the marks of a part come to now, and what that changed."""

    verdict: Verdict
    said: Said


def lock_marks(assessed: AssessedUnit, part: str) -> list[Assignment]:
    """The assignments of a part, locked in one order: of two marks the second sees the first."""
    rows = Assignment.objects.filter(assessed=assessed, part=part).select_related("assessor__user")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def wanted(planned: int, rows: Sequence[Assignment]) -> int:
    """How many independent marks there must be: those planned, and any assigned beyond."""
    return max(planned, sum(row.turn in INDEPENDENT for row in rows))


def planned_of(cycle: Cycle, clause: Clause) -> int:
    """How many independent marks the year's plan asks for."""
    plan = MarkingPlan.objects.filter(cycle=cycle, part=clause.part.id).first()
    return plan.marks if plan else 1


def verdict_of(
    rows: Sequence[Assignment], *, planned: int, clause: Clause, threshold: Decimal
) -> Verdict:
    """What the given ones of a part's assignments come to."""
    part = clause.part
    given = {row.turn: row.score for row in rows if row.score is not None}
    return verdict(
        given,
        wanted=wanted(planned, rows),
        limit=limit_of(part.points, threshold),
        fault=lambda score: part.rule.award_fault(score, part.points),
    )


def judgement_of(assessed: AssessedUnit, part: str) -> Judgement | None:
    """The judgement in force, locked."""
    rows = Judgement.objects.filter(assessed=assessed, part=part)
    return rows.select_for_update(of=("self",)).first()


def settle(assessed: AssessedUnit, clause: Clause, *, at: dt.datetime) -> Settled:
    """Bring the judgement of a part in line with its marks; what was decided over them stays.

    Marks that disagree leave no judgement.
    """
    rows = lock_marks(assessed, clause.part.id)
    came = verdict_of(
        rows,
        planned=planned_of(assessed.cycle, clause),
        clause=clause,
        threshold=assessed.cycle.threshold or ZERO,
    )
    row = judgement_of(assessed, clause.part.id)
    if row is not None and row.how not in OF_MARKS:
        return Settled(came, {})
    if came.kind is Kind.SETTLED and came.score is not None:
        used = [each for each in rows if each.turn in came.used]
        reason, by = reasons(used), "、".join(each.assessor.user.name for each in used)
        said = put(assessed, clause, score=came.score, reason=reason, how=came.how, by=by, at=at)
        return Settled(came, said)
    if row is None:
        return Settled(came, {})
    row.delete()
    return Settled(came, {"judgement": [in_words(row), ""]})


def reasons(used: Sequence[Assignment]) -> str:
    """The reasons of the marks that made a score; of several, each with its score."""
    if len(used) == 1:
        return used[0].reason
    return "；".join(
        f"{write_number(each.score)} 分：{each.reason}" for each in used if each.score is not None
    )


def put(
    assessed: AssessedUnit,
    clause: Clause,
    *,
    score: Decimal,
    reason: str,
    how: str,
    by: str,
    at: dt.datetime,
) -> Said:
    """Write the judgement of a part, and say what it was before."""
    row = judgement_of(assessed, clause.part.id)
    before = in_words(row) if row else ""
    if row is None:
        row = Judgement(
            assessed=assessed, cycle_id=assessed.cycle_id, part=clause.part.id, version=0
        )
    row.score, row.reason, row.how, row.by, row.at = score, reason, how, by[:300], at
    row.version += 1
    row.save()
    return {"judgement": [before, in_words(row)]}


def in_words(row: Judgement) -> str:
    """A judgement as the trail keeps it."""
    return f"{write_number(row.score)}（{row.how}）"
