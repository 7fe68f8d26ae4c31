"""Who judges what: assigned by hand, spread over assessors, passed on, taken away."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_running
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post
from kaohe_web.review import queries, tell
from kaohe_web.review.awaiting import clause_of
from kaohe_web.review.chance import order_of
from kaohe_web.review.conflicts import Conflicts
from kaohe_web.review.judgements import lock_marks, settle
from kaohe_web.review.models import Assignment
from kaohe_web.review.spreading import Place, Wanted, spread
from kaohe_web.review.standing import Item, items
from kaohe_web.review.verdicts import INDEPENDENT

State = Assignment.State
Key = tuple[int, str]
"""A part of a unit: the assessed unit's key, the part's id."""


@action("assignments.added", right="review.assign")
def assign(
    cycle: Cycle, /, *, by: Actor, at: dt.datetime, assessor: Post, places: Collection[Key]
) -> list[Assignment]:
    """Give parts of units to one assessor, all or none.

    :raises Invalid: with every part that cannot be given to them, and why.
    """
    year = open_year(cycle, by)
    require_assessors([assessor], at)
    if not places:
        raise Invalid([_("还没有选条目；请在列表里勾选")])
    known = {(each.assessed.pk, each.clause.part.id): each for each in items(by, year)}
    conflicts = Conflicts(year, [assessor])
    problems = [fault for key in places if (fault := fault_of(known.get(key), assessor, conflicts))]
    if problems:
        raise Invalid(problems)
    rows = make(year, [(known[key], assessor) for key in sorted(set(places))], seed=year.name)
    details = {"assessor": assessor.user.login, "parts": [str(row) for row in rows]}
    trail.record("assignments.added", year, by=by, at=at, details=details)
    tell.assigned(year, {assessor: len(rows)}, at=at)
    return rows


def fault_of(item: Item | None, assessor: Post, conflicts: Conflicts) -> str:
    """Why a part cannot be given to an assessor; empty if it can."""
    if item is None:
        return _("有一条不在待评的条目里；请刷新页面后重选")
    named = f"{item.assessed.unit.name} {item.clause.part.id}"
    if why := item.why_not or conflicts.why(assessor, item.assessed):
        return _("%(part)s：%(why)s") % {"part": named, "why": why}
    if assessor.pk in {row.assessor_id for row in item.assignments}:
        return _("%(part)s：已经分派给%(name)s") % {"part": named, "name": assessor.user.name}
    if not item.lacking:
        return _("%(part)s：评审员已够 %(count)s 人；要换人，请改派") % {
            "part": named,
            "count": item.wanted,
        }
    return ""


@action("assignments.spread", right="review.assign")
def spread_over(
    cycle: Cycle, /, *, by: Actor, at: dt.datetime, assessors: Sequence[Post], seed: str
) -> list[Assignment]:
    """Spread every wanted mark over assessors, evenly and by the seed; nothing is moved.

    Where nobody may have a part it stays without; nothing is done where nothing is wanted.
    """
    year = open_year(cycle, by)
    require_assessors(assessors, at)
    require_seed(seed)
    known = {
        Place(each.assessed.unit.code, each.clause.part.id): each
        for each in items(by, year)
        if each.lacking
    }
    if not known:
        return []
    posts = {str(post.pk): post for post in assessors}
    found = spread(wanted_in(known), loads_of(year, posts), barred(year, posts, known), seed)
    rows = make(year, [(known[place], posts[who]) for place, who in found.given], seed=seed)
    counts = Counter(posts[who] for _place, who in found.given)
    details = {
        "seed": seed,
        "given": {post.user.login: str(counts[post]) for post in assessors},
        "lacking": [f"{place.unit} {place.part}" for place, _more in found.lacking],
    }
    trail.record("assignments.spread", year, by=by, at=at, details=details)
    tell.assigned(year, counts, at=at)
    return rows


def wanted_in(known: Mapping[Place, Item]) -> list[Wanted]:
    """What is wanted, for the spreading."""
    return [
        Wanted(place, each.lacking, frozenset(str(row.assessor_id) for row in each.assignments))
        for place, each in known.items()
    ]


def loads_of(year: Cycle, posts: Mapping[str, Post]) -> dict[str, int]:
    """How many marks the assessors have in this year already."""
    rows = Assignment.objects.filter(cycle=year, assessor__in=posts.values())
    counts = Counter(str(key) for key in rows.values_list("assessor", flat=True))
    return {key: counts[key] for key in posts}


def barred(
    year: Cycle, posts: Mapping[str, Post], known: Mapping[Place, Item]
) -> set[tuple[str, str]]:
    """The pairs of assessor and unit that must not come together."""
    conflicts = Conflicts(year, posts.values())
    units = {each.assessed.unit.code: each.assessed for each in known.values()}
    return {
        (key, code)
        for key, post in posts.items()
        for code, assessed in units.items()
        if conflicts.why(post, assessed)
    }


def make(year: Cycle, pairs: Iterable[tuple[Item, Post]], *, seed: str) -> list[Assignment]:
    """Write assignments, each with the next free turn and its place in the assessor's own order."""
    taken: dict[Key, set[int]] = {}
    rows = []
    for item, post in pairs:
        key = (item.assessed.pk, item.clause.part.id)
        turns = taken.setdefault(key, {row.turn for row in item.assignments})
        turn = next(turn for turn in INDEPENDENT if turn not in turns)
        turns.add(turn)
        rows.append(
            Assignment(
                cycle=year,
                assessed=item.assessed,
                part=item.clause.part.id,
                assessor=post,
                turn=turn,
                order=order_of(seed, str(post.pk), item.assessed.unit.code, item.clause.part.id),
            )
        )
    return Assignment.objects.bulk_create(rows)


@action("assignment.passed_on", right="review.assign")
def pass_on(
    assignment: Assignment,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    assessor: Post,
    reason: str,
) -> Assignment:
    """Give an open assignment to another assessor (改派)."""
    row = open_assignment(assignment, by=by, version=version)
    require_assessors([assessor], at)
    require_reason(reason)
    clause = clause_of(row.assessed, row.part)
    Conflicts(row.cycle, [assessor]).require_none(assessor, row.assessed)
    others = Assignment.objects.filter(assessed=row.assessed, part=row.part, assessor=assessor)
    if others.exists():
        raise WrongState(_("%(name)s已经在评这一条；请改派他人") % {"name": assessor.user.name})
    tell.taken_away(row, clause, at=at, reason=reason)
    before = row.assessor
    row.assessor = assessor
    row.order = order_of(row.cycle.name, str(assessor.pk), row.assessed.unit.code, row.part)
    row.version += 1
    row.save(update_fields=["assessor", "order", "version"])
    details = {"assessor": [before.user.login, assessor.user.login]}
    trail.record("assignment.passed_on", row, by=by, at=at, reason=reason, details=details)
    tell.assigned(row.cycle, {assessor: 1}, at=at)
    return row


@action("assignment.removed", right="review.assign")
def remove(
    assignment: Assignment, /, *, by: Actor, at: dt.datetime, version: int, reason: str
) -> None:
    """Take an open assignment away; what the other marks come to without it is settled."""
    row = open_assignment(assignment, by=by, version=version)
    require_reason(reason)
    clause = clause_of(row.assessed, row.part)
    tell.taken_away(row, clause, at=at, reason=reason)
    named = trail.named(row)
    row.delete()
    details = {"assessor": row.assessor.user.login, **settle(row.assessed, clause, at=at).said}
    trail.record("assignment.removed", named, by=by, at=at, reason=reason, details=details)


def open_assignment(assignment: Assignment, *, by: Actor, version: int) -> Assignment:
    """An assignment that the office may change, locked; its mark is not given yet."""
    lock_marks(assignment.assessed, assignment.part)
    visible = queries.assignments_to_change(by, assignment.cycle)
    row = locked(visible, assignment.pk, version=version)
    require_running(row.cycle)
    if row.state != State.OPEN:
        raise WrongState(_("这一条已经评过，不能改派或撤下；需要更正的，请组织会商或实地核查"))
    return row


def open_year(cycle: Cycle, by: Actor) -> Cycle:
    """The year, locked: assigning is done one after the other."""
    row = locked(visible_cycles(by), cycle.pk)
    require_running(row)
    return row


def require_assessors(posts: Sequence[Post], at: dt.datetime) -> None:
    """:raises Invalid: unless somebody is named, and all of them are assessors on that day."""
    if not posts:
        raise Invalid([_("请选择评审员")])
    held = set(queries.assessors(at).values_list("pk", flat=True))
    gone = [post.user.name for post in posts if post.pk not in held]
    if gone:
        raise Invalid([_("%(names)s现在不是评审员；请刷新页面后重选") % {"names": "、".join(gone)}])


def require_reason(reason: str) -> None:
    """:raises Invalid: if no reason is given."""
    if not reason.strip():
        raise Invalid([_("请写明理由，它会留痕")])


def require_seed(seed: str) -> None:
    """:raises Invalid: unless there is a seed on one line."""
    if not seed.strip() or "\n" in seed or "\r" in seed:
        raise Invalid([_("请写明随机种子（一行文字），同样的种子得到同样的分派")])
