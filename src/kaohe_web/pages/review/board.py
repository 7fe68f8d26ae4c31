"""The progress board, and the page on which the judging of one part is watched over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.calendar import window
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageKind
from kaohe_web.errors import NotThere
from kaohe_web.pages.asked import Asked, find, note_refusal, page
from kaohe_web.pages.review import forms
from kaohe_web.pages.review.words import PART_TONES, here, history_of, in_year, part_words
from kaohe_web.people.models import Post
from kaohe_web.people.rights import may
from kaohe_web.review import queries
from kaohe_web.review.conflicts import Conflicts
from kaohe_web.review.drift import Drift, Given, drifts, share_of
from kaohe_web.review.models import Assignment
from kaohe_web.review.standing import Item, item, items, tally

State = Assignment.State


@dataclass(frozen=True, slots=True)
class OfAssessor:
    """How far one assessor is."""

    assessor: Post
    assigned: int
    given: int
    drift: Drift | None

    @property
    def left(self) -> int:
        """How many marks are still to be given."""
        return self.assigned - self.given


@page("review.see", cycle=True)
def review_board(request: Asked, cycle: Cycle) -> HttpResponse:
    """How far the judging is, unit by unit and assessor by assessor."""
    found = items(request.by, cycle)
    by_unit: dict[int, list[Item]] = defaultdict(list)
    for each in found:
        by_unit[each.assessed.pk].append(each)
    units = list(queries.units_to_review(request.by, cycle))
    sees_drift = may(request.by, "review.assign")
    context = {
        "breadcrumbs": in_year(cycle, (_("评审进度"), "")),
        "units": [(unit, tally(by_unit[unit.pk])) for unit in units],
        "total": tally(found),
        "assessors": of_assessors(found, with_drift=sees_drift),
        "sees_drift": sees_drift,
        "may_assign": may(request.by, "review.assign"),
        "stage": window(cycle, StageKind.REVIEW),
    }
    return render(request, "review/board.html", context)


def of_assessors(found: Iterable[Item], *, with_drift: bool) -> list[OfAssessor]:
    """Each assessor's progress, and how they give compared with the others."""
    mine: dict[int, list[Assignment]] = defaultdict(list)
    posts: dict[int, Post] = {}
    given = []
    for each in found:
        for row in each.assignments if each.awaits else ():
            mine[row.assessor_id].append(row)
            posts[row.assessor_id] = row.assessor
            points = each.clause.part.points
            if row.score is not None and points:
                given.append(Given(row.assessor_id, row.part, share_of(row.score, points)))
    known = drifts(given) if with_drift else {}
    return [
        OfAssessor(
            posts[key],
            len(mine[key]),
            sum(row.state == State.GIVEN for row in mine[key]),
            known.get(key),
        )
        for key in sorted(posts, key=lambda key: (posts[key].user.name, key))
    ]


@page("review.see", cycle=True)
def review_part(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """One part of one unit: its marks, what came of them, and what the office may do about it."""
    return part_page(request, *find_part(request, cycle, assessed_id, part))


def find_part(
    request: Asked, cycle: Cycle, assessed_id: int, part: str
) -> tuple[AssessedUnit, Item]:
    """A part whose judging the person watches over.

    :raises NotThere: if there is none, or it is nobody's to judge; with an entry.
    """
    unit = find(request, queries.units_to_review(request.by, cycle), assessed_id)
    found = item(request.by, unit, part)
    if found is None:
        refusal = NotThere(_("这一条不用评审，或者没有这一条；请从评审进度进入"))
        note_refusal(request, refusal)
        raise refusal
    return unit, found


def part_page(request: Asked, unit: AssessedUnit, found: Item) -> HttpResponse:
    """The page of a part's judging."""
    cycle, part = unit.cycle, found.clause.part.id
    may_assign = may(request.by, "review.assign")
    free = able(request, found)
    clause_href = reverse(
        "clause", kwargs={"cycle_id": cycle.pk, "assessed_id": unit.pk, "part": part}
    )
    context: dict[str, Any] = {
        "breadcrumbs": in_year(
            cycle,
            (_("评审进度"), here(cycle, "review_board")),
            (str(unit), here(cycle, "assignments") + f"?unit={unit.pk}" if may_assign else ""),
            (found.clause.part.title, ""),
        ),
        "unit": unit,
        "item": found,
        "clause": found.clause,
        "clause_href": clause_href if found.clause.part.filing == "units" else "",
        "state_words": part_words()[found.state],
        "tone": PART_TONES[found.state],
        "marks": [mark_line(request, found, row, free) for row in found.assignments],
        "held": queries.conferences(request.by, cycle)
        .filter(assessed=unit, part=part)
        .exclude(held_at=None),
        "findings": queries.findings(request.by, cycle).filter(visit__assessed=unit, part=part),
        "history": list(history_of(queries.history_of_part(request.by, unit, part))),
        **steps(request, found, free),
    }
    return render(request, "review/part.html", context)


def mark_line(request: Asked, found: Item, row: Assignment, free: QuerySet[Post]) -> dict[str, Any]:
    """One assignment with the steps that the office may take."""
    open_one = may(request.by, "review.assign") and row.state == State.OPEN
    fresh = {"version": row.version}
    return {
        "row": row,
        "recused": found.is_recused(row),
        "stale": found.is_stale(row),
        "pass_on": forms.PassOn(free, initial=fresh, auto_id=f"pass-{row.pk}-%s")
        if open_one
        else None,
        "remove": forms.Reason(initial=fresh, auto_id=f"remove-{row.pk}-%s") if open_one else None,
    }


def steps(request: Asked, found: Item, free: QuerySet[Post]) -> dict[str, Any]:
    """What the office may do about a part now."""
    if not may(request.by, "review.assign"):
        return {}
    undecided = found.is_apart and found.conference is None
    wants_third = undecided and found.third is None
    somebody = (found.lacking or wants_third) and free.exists()
    return {
        "assign": forms.Assign(free, auto_id="assign-%s") if found.lacking and somebody else None,
        "third": forms.Assign(free, auto_id="third-%s") if wants_third and somebody else None,
        "may_call": undecided and (found.third is None or found.third.state == State.GIVEN),
        "nobody": nobody(found, wants_third=wants_third) if not somebody else "",
    }


def nobody(found: Item, *, wants_third: bool) -> str:
    """That nobody is left who could mark a part, and what to do; empty if nobody is wanted."""
    if found.lacking:
        return _("没有可分派的评审员：都已在评这一条，或要回避；请增加评审员")
    if wants_third:
        return _("没有可请的第三人：其他评审员都要回避；请组织会商，或增加评审员")
    return ""


def able(request: Asked, found: Item) -> QuerySet[Post]:
    """The assessors who could still mark a part: nobody who has it, or must not judge the unit."""
    people = queries.assessors(request.at)
    conflicts = Conflicts(found.assessed.cycle, people)
    barred = [post.pk for post in people if conflicts.why(post, found.assessed)]
    taken = [row.assessor_id for row in found.assignments]
    return people.exclude(pk__in=[*barred, *taken])
