"""Posts (岗位): given, ended, and handed over with everything that hangs on them."""

import datetime as dt
import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people import officers, queries
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import (
    OFFICERS,
    Department,
    Handover,
    Post,
    Provider,
    Role,
    Unit,
    User,
)

BODIES = {
    "unit": gettext_lazy("单位"),
    "department": gettext_lazy("部门"),
    "provider": gettext_lazy("数据提供单位"),
}
"""The bodies that a post can be in, in words."""


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that is to be given: its role, its body, its days."""

    role: Role
    first_day: dt.date
    last_day: dt.date | None = None
    unit: Unit | None = None
    department: Department | None = None
    provider: Provider | None = None
    cleared: bool = False


@action("post.given", right="people.manage")
def give(user: User, /, *, by: Actor, at: dt.datetime, post: NewPost) -> Post:
    """Give an account one more post.

    :raises Invalid: if the role lacks its body, or the days are the wrong way round.
    :raises WrongState: if the posts do not go together (三员 hold nothing else).
    """
    row = locked(queries.accounts(by), user.pk)
    given = put(row, post, at)
    trail.record("post.given", given, by=by, at=at, details={"login": row.login, **days(given)})
    return given


def put(user: User, post: NewPost, at: dt.datetime) -> Post:
    """A post for an account whose row is locked."""
    found = faults(post, at)
    if found:
        raise Invalid(found)
    wanted = Post(
        user=user,
        role=post.role,
        unit=post.unit if post.role != Role.LIAISON else None,
        department=post.department,
        provider=post.provider,
        first_day=post.first_day,
        last_day=post.last_day,
        cleared=post.cleared,
    )
    require_compatible(wanted)
    wanted.save(force_insert=True)
    return wanted


def faults(post: NewPost, at: dt.datetime) -> list[str]:
    """What is wrong with a post before it is given."""
    found = []
    needs = {Role.UNIT_OFFICE: "unit", Role.LIAISON: "department", Role.PROVIDER: "provider"}
    needed = needs.get(post.role)
    if needed and getattr(post, needed) is None:
        told = {"role": post.role.label, "body": BODIES[needed]}
        found.append(_("%(role)s要选明是哪个%(body)s的") % told)
    unwanted = {"unit", "department", "provider"} - {needed}
    if post.role == Role.ASSESSOR:
        unwanted.discard("unit")  # an assessor's own unit, which they never judge
    for name in sorted(unwanted):
        if getattr(post, name) is not None and not (name == "unit" and needed == "department"):
            told = {"role": post.role.label, "body": BODIES[name]}
            found.append(_("%(role)s不属于哪个%(body)s；请把这一栏留空") % told)
    if post.last_day is not None and post.last_day < post.first_day:
        found.append(_("结束日期早于开始日期；请核对"))
    if post.role in OFFICERS and post.first_day > day_of(at):
        found.append(
            _("%(role)s的岗位要从今天或更早开始；请改开始日期") % {"role": post.role.label}
        )
    return found


def require_compatible(wanted: Post) -> None:
    """:raises WrongState: if the person holds a post in the same days that forbids this one."""
    for held in wanted.user.posts.select_related("unit", "department__unit", "provider"):
        if held.pk == wanted.pk or not overlap(held, wanted):
            continue
        if held.role in OFFICERS or wanted.role in OFFICERS:
            raise WrongState(
                _(
                    "%(name)s同期任“%(held)s”，不能再任“%(wanted)s”："
                    "系统管理员、安全管理员、审计管理员互斥，也不得兼任其他岗位"
                )
                % {"name": wanted.user.name, "held": held.title, "wanted": wanted.title}
            )
        if same_duty(held, wanted):
            raise WrongState(
                _("%(name)s同期已任“%(held)s”，不必重复")
                % {"name": wanted.user.name, "held": held.title}
            )


def overlap(one: Post, other: Post) -> bool:
    """Whether two posts are held on some day together."""
    ends = (one.last_day or dt.date.max, other.last_day or dt.date.max)
    return one.first_day <= ends[1] and other.first_day <= ends[0]


def same_duty(one: Post, other: Post) -> bool:
    """Whether two posts are the same role in the same body."""
    names = ("role", "unit_id", "department_id", "provider_id")
    return all(getattr(one, name) == getattr(other, name) for name in names)


@action("post.ended", right="people.manage")
def end(post: Post, /, *, by: Actor, at: dt.datetime, last_day: dt.date, reason: str) -> Post:
    """Say on which day a post ends; it is held to the end of that day.

    :raises WrongState: if it is the post of the last officer of a kind.
    :raises Invalid: if the day lies before the post began.
    """
    row = locked(queries.posts(by), post.pk)
    if last_day < row.first_day - dt.timedelta(days=1):
        raise Invalid([_("结束日期早于岗位开始的 %(day)s；请核对") % {"day": row.first_day}])
    if row.role in OFFICERS and row.last_day is None:
        officers.require_another(row.user, roles=(row.role,))
    before = days(row)
    row.last_day = last_day
    require_compatible(row)
    row.save(update_fields=["last_day"])
    trail.record(
        "post.ended",
        row,
        by=by,
        at=at,
        reason=reason,
        details={"login": row.user.login, "before": before, "after": days(row)},
    )
    return row


@action("post.handed_over", right="people.manage")
def hand_over(post: Post, /, *, to: User, by: Actor, at: dt.datetime, reason: str) -> Handover:
    """Give a post to another account, with its tasks, notices and assignments (移交).

    They hang on the post, so they move with it; the receipt counts them.

    :raises WrongState: if the taker cannot have it, or it is the last standing officer's.
    """
    row = locked(queries.posts(by), post.pk)
    taker = locked(queries.accounts(by), to.pk)
    giver = row.user
    if taker == giver:
        raise WrongState(_("接收人就是现在的任职人；请另选一人"))
    if not taker.is_active:
        raise WrongState(_("%(name)s的账号已停用，不能接收岗位；请先启用") % {"name": taker.name})
    if row.last_day is not None and row.last_day < day_of(at):
        raise WrongState(_("这个岗位已于 %(day)s 结束，不能移交") % {"day": row.last_day})
    if row.role in OFFICERS and row.last_day is None:
        require_standing(taker, row)
    row.user = taker
    require_compatible(row)
    moved = hanging_on(row)
    row.save(update_fields=["user"])
    receipt = Handover.objects.create(
        post=row,
        giver=giver,
        taker=taker,
        moved=json.dumps(moved, ensure_ascii=False, sort_keys=True),
        by=f"{by.name}（{by.title}）"[:200],
        reason=reason,
        at=at,
    )
    trail.record(
        "post.handed_over",
        row,
        by=by,
        at=at,
        reason=reason,
        details={"from": giver.login, "to": taker.login, "moved": moved},
    )
    return receipt


def require_standing(taker: User, post: Post) -> None:
    """:raises WrongState: if the taker of the last standing officer's post could not sign in."""
    can = taker.expires_on is None and taker.has_usable_password()
    if not can:
        officers.require_another(post.user, roles=(post.role,))


def hanging_on(post: Post) -> dict[str, str]:
    """How many things of each kind hang on a post, by the names of their tables."""
    counts = {}
    for related in Post._meta.related_objects:  # noqa: SLF001 -- Django's own public name
        model = related.related_model
        if model is Handover:
            continue
        number = model._default_manager.filter(**{related.field.name: post}).count()  # noqa: SLF001 -- the same
        if number:
            counts[model._meta.label_lower] = str(number)  # noqa: SLF001 -- the same
    return counts


def days(post: Post) -> dict[str, str]:
    """The days of a post, as the trail keeps them."""
    return {
        "first_day": post.first_day.isoformat(),
        "last_day": post.last_day.isoformat() if post.last_day else "",
    }
