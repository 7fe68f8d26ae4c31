"""Reminding: before and after a due day, merged into one message a day, capped, and logged."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kaohe_web.clock import day_of
from kaohe_web.desk.gathering import todos
from kaohe_web.jobs.models import Notice, Reminder
from kaohe_web.jobs.notify import notify
from kaohe_web.jobs.todo import Todo
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Post
from kaohe_web.people.rights import Reach

STEPS = (7, 3, 1, -1, -3)
"""At how many days before (or after) its day something is reminded of, each once."""

MOST = 5
"""How many reminders one person gets about one stage of a year, however often its day moves."""

SEGMENTS = 3
"""What of an address names the room and the year: ``/cycles/3/filing/…``."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to remind of, and the step that it has reached."""

    todo: Todo
    subject: str
    due: dt.date
    left: int
    step: int


def held_posts(at: dt.datetime) -> QuerySet[Post]:
    """The posts that somebody holds now whose account is in use."""
    day = day_of(at)
    held = Q(first_day__lte=day) & (Q(last_day=None) | Q(last_day__gte=day))
    posts = Post.objects.filter(held, user__is_active=True)
    return posts.select_related("user", "unit", "department__unit", "provider")


def remind(post: Post, at: dt.datetime) -> int:
    """Remind one post of what has reached a step, in one message; of how many things."""
    with translation.override(settings.LANGUAGE_CODE):
        found = to_remind(post, at)
        if not found:
            return 0
        key = f"reminder:{day_of(at)}"
        told = notify(
            [post],
            kind=Notice.Kind.REMINDER,
            title=title_of(found),
            text=text_of(found),
            link=found[0].todo.link if len(found) == 1 else reverse("home"),
            at=at,
            key=key,
        )
    if not told:
        return 0
    notice = Notice.objects.get(key=f"{key}:{post.pk}")
    for subject, due, step in {(each.subject, each.due, each.step) for each in found}:
        Reminder.objects.create(
            post=post, subject=subject, due=due, step=step, notice=notice, at=at
        )
    return len(found)


def to_remind(post: Post, at: dt.datetime) -> list[Due]:
    """What has reached a step that was not reminded of, and of which there was not enough yet."""
    reminded = list(Reminder.objects.filter(post=post).values_list("subject", "due", "step"))
    found = []
    for todo in todos(Actor(post.user, post), at):
        each = reached(todo, day_of(at))
        if each is None or (each.subject, each.due, each.step) in reminded:
            continue
        if sum(subject == each.subject for subject, _due, _step in reminded) < MOST:
            found.append(each)
    return found


def reached(todo: Todo, today: dt.date) -> Due | None:
    """The step that something has reached; ``None`` if it is not due, or not soon."""
    if todo.due is None:
        return None
    left = (todo.due - today).days
    step = step_of(left)
    return None if step is None else Due(todo, subject_of(todo.link), todo.due, left, step)


def step_of(left: int) -> int | None:
    """The last step that was reached with so many days left.

    >>> [step_of(left) for left in (8, 7, 5, 3, 0, -1, -2, -9)]
    [None, 7, 7, 3, 1, -1, -1, -3]
    """
    passed = [step for step in STEPS if left <= step]
    return passed[-1] if passed else None


def subject_of(link: str) -> str:
    """The room and the year that an address belongs to.

    >>> subject_of("/cycles/3/filing/board/?state=open")
    'cycles/3/filing'
    """
    path = link.partition("?")[0].strip("/")
    return "/".join(path.split("/")[:SEGMENTS])[:100]


def title_of(found: Sequence[Due]) -> str:
    """What the message is about."""
    if len(found) == 1:
        return _("提醒：%(what)s") % {"what": sentence(found[0])}
    late = sum(each.left < 0 for each in found)
    if late:
        said = _("提醒：%(count)s 件事要办，其中 %(late)s 件已逾期")
        return said % {"count": len(found), "late": late}
    return _("提醒：%(count)s 件事即将到期") % {"count": len(found)}


def text_of(found: Sequence[Due]) -> str:
    """What is due, line by line; of one thing only what its title does not say."""
    if len(found) == 1:
        return found[0].todo.detail
    lines = [(sentence(each), each.todo.detail) for each in found]
    return "\n".join(f"{said}（{detail}）" if detail else said for said, detail in lines)


def sentence(each: Due) -> str:
    """One thing, its number and its day."""
    named = {"title": each.todo.title, "count": each.todo.count, "due": each.due}
    if each.left < 0:
        return _("%(title)s %(count)s 项，已于 %(due)s 截止") % named
    return _("%(title)s %(count)s 项，%(due)s 24 时截止") % named


def reminders(by: Actor) -> QuerySet[Notice]:
    """The reminders that were sent to those whom the actor urges: the log of them."""
    if not rights.may(by, "urge.send"):
        return Notice.objects.none()
    found = Notice.objects.filter(kind=Notice.Kind.REMINDER)
    if rights.reach(by, "urge.send") == Reach.UNIT:
        mine = Q(post__unit=by.unit_id) | Q(post__department__unit=by.unit_id)
        found = found.filter(mine)
    return found.select_related("post__user", "post__unit", "post__department", "post__provider")
