"""The steps of judging, as short as tests want them: filed, assigned, marked, decided."""

import datetime as dt
from decimal import Decimal

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import MarkingPlan
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.review import marks
from kaohe_web.review.models import Assignment, Judgement
from world import NOW, World

MARKERS = ("assessor", "second_assessor", "third_assessor")


def file(
    world: World,
    part: str,
    unit: int = 0,
    *,
    self_score: str = "1",
    state: str = Submission.State.SUBMITTED,
) -> Submission:
    """A part as its unit submitted it."""
    of = world.assessed[unit]
    return Submission.objects.create(
        assessed=of,
        cycle=world.cycle,
        part=part,
        department=world.departments[of.unit.code, "市监局"],
        state=state,
        self_score=Decimal(self_score),
        lost_reason="示例失分原因",
        submitted_at=NOW,
        missing_reason="示例缺报原因" if state == Submission.State.MISSING else "",
        returned_at=NOW if state == Submission.State.RETURNED else None,
        returned_note="示例退回理由" if state == Submission.State.RETURNED else "",
        version=3,
    )


def value(world: World, indicator: str, number: str, unit: int = 0) -> ReportedValue:
    """A value of an indicator."""
    return ReportedValue.objects.create(
        assessed=world.assessed[unit],
        cycle=world.cycle,
        indicator=indicator,
        value=Decimal(number),
        entered_at=NOW,
    )


def two_marks(world: World, *parts: str) -> None:
    """Parts that two assessors mark."""
    for part in parts:
        MarkingPlan.objects.update_or_create(
            cycle=world.cycle, part=part, defaults={"marks": 2, "phrases": "材料齐全（示例）"}
        )


def give_to(world: World, name: str, part: str, unit: int = 0, turn: int = 1) -> Assignment:
    """A part of a unit that somebody marks."""
    row, _made = Assignment.objects.update_or_create(
        assessed=world.assessed[unit],
        part=part,
        turn=turn,
        defaults={"cycle": world.cycle, "assessor": world.posts[name], "order": turn},
    )
    return row


def pair(world: World, part: str = "M10", unit: int = 0) -> tuple[Assignment, Assignment]:
    """A part of 3 points that is filed and that two assessors mark."""
    two_marks(world, part)
    file(world, part, unit)
    return (
        give_to(world, "assessor", part, unit, 1),
        give_to(world, "second_assessor", part, unit, 2),
    )


def mark(  # noqa: PLR0913 -- as the action
    world: World,
    row: Assignment,
    score: str,
    reason: str = "示例理由",
    *,
    name: str = "",
    at: dt.datetime = NOW,
    version: int | None = None,
) -> Assignment:
    """The mark of an assignment, given by its assessor."""
    row = Assignment.objects.get(pk=row.pk)
    by = name or next(n for n, post in world.posts.items() if post.pk == row.assessor_id)
    return marks.give(
        row,
        by=world.actor(by),
        at=at,
        version=row.version if version is None else version,
        filed_version=filed_version(row),
        score=Decimal(score),
        reason=reason,
    )


def change(
    world: World, row: Assignment, score: str, why: str = "示例修改理由", reason: str = "示例理由"
) -> Assignment:
    """A mark that was given, changed by its assessor."""
    row = Assignment.objects.get(pk=row.pk)
    by = next(n for n, post in world.posts.items() if post.pk == row.assessor_id)
    return marks.change(
        row,
        by=world.actor(by),
        at=NOW,
        version=row.version,
        filed_version=filed_version(row),
        score=Decimal(score),
        reason=reason,
        why=why,
    )


def filed_version(row: Assignment) -> int:
    """The version of the filing that an assessor sees."""
    found = Submission.objects.filter(assessed=row.assessed_id, part=row.part).first()
    return found.version if found else 0


def judged(row: Assignment) -> tuple[Decimal, str] | None:
    """The judgement in force for the part of an assignment: its score, and how it came."""
    found = Judgement.objects.filter(assessed=row.assessed_id, part=row.part).first()
    return None if found is None or found.score is None else (found.score, found.how)


def trail(*names: str) -> list[tuple[str, str, str, str, str]]:
    """The entries of some names: what, how it went, whose, what it was done to, why."""
    rows = Entry.objects.filter(what__in=names).order_by("seq")
    return list(rows.values_list("what", "outcome", "login", "object_name", "reason"))
