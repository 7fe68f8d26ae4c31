"""Taking a step: the thing locked in a state that allows it, moved on, noted, and told of."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_running
from kaohe_web.errors import Difference, WrongState
from kaohe_web.filing.stored_files import Kept
from kaohe_web.followup.models import Appeal, Rectification, Step, StepPaper, VetoCase
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify
from kaohe_web.people.acting import locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post

Thing = TypeVar("Thing", VetoCase, Appeal, Rectification)

Way = tuple[tuple[str, ...], str]
"""A step: the states that it can be taken from, and the one it leads to."""


def moved(visible: QuerySet[Thing], thing: Thing, way: Way, *, version: int) -> Thing:
    """The thing, locked and in the state after the step; not written yet.

    :raises NotThere: if it is not among those that the actor may reach.
    :raises Conflict: if somebody took a step since the actor saw ``version``.
    :raises WrongState: if its state, or the year's, does not allow the step.
    """
    allowed, then = way
    wanted = type(thing).State(then).label

    def differences(now: Thing) -> list[Difference]:
        return [Difference(_("状态"), now.get_state_display(), str(wanted))]

    row = locked(visible, thing.pk, version=version, differences=differences)
    require_running(row.cycle)
    if row.state not in allowed:
        raise WrongState(
            _("这一项现在是“%(state)s”，不能办理这一步；请刷新页面")
            % {"state": row.get_state_display()}
        )
    row.state = then
    return row


def save(row: VetoCase | Appeal | Rectification, *fields: str) -> None:
    """Write the state and these fields, as the next version."""
    row.version += 1
    row.save(update_fields=["state", "version", *fields])


def note(
    row: VetoCase | Appeal | Rectification,
    what: Step.What,
    *,
    by: Actor,
    at: dt.datetime,
    text: str = "",
    document: str = "",
    papers: Iterable[Kept] = (),
    details: Mapping[str, object] | None = None,
) -> None:
    """Note the step that was taken, with its words and papers: in its history and in the trail."""
    step = Step.objects.create(
        **whose(row),
        cycle_id=row.cycle_id,
        what=what,
        text=text,
        document=document,
        by=by.name,
        at=at,
    )
    names = []
    for paper in papers:
        StepPaper.objects.create(
            step=step, cycle_id=row.cycle_id, file=paper.row(at), name=paper.name
        )
        names.append(paper.name)
    told = {**(details or {}), "document": document, "papers": names}
    found = {key: value for key, value in told.items() if value}
    trail.record(what.value, row, by=by, at=at, reason=text, details=found)


def whose(
    row: VetoCase | Appeal | Rectification,
) -> dict[str, VetoCase | Appeal | Rectification]:
    """Which of a step's three things it is."""
    match row:
        case VetoCase():
            return {"case": row}
        case Appeal():
            return {"appeal": row}
        case Rectification():
            return {"rectification": row}


def tell(
    row: VetoCase | Appeal | Rectification,
    posts: Iterable[Post],
    title: str,
    *,
    at: dt.datetime,
    text: str = "",
    kind: str = Notice.Kind.TODO,
) -> None:
    """Tell these posts of the step, once, with the way to the thing."""
    name = type(row).__name__.lower()
    key = f"{name}:{row.pk}:{row.version}"
    notify(posts, kind=kind, title=title, text=text, at=at, key=key, link=row.get_absolute_url())
