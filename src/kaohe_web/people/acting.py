"""The one door of writes: every change is an action that is checked, recorded and atomic."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.utils.translation import gettext as _

from kaohe.errors import KaoheError
from kaohe_web.audit import trail
from kaohe_web.errors import Conflict, Difference, NotThere
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound="models.Model | trail.What | None")
M = TypeVar("M", bound=models.Model)

ACTIONS: dict[str, Callable[..., object]] = {}
"""Every action by the name under which the trail knows it."""


def action(
    name: str, *, right: str
) -> Callable[[Callable[Concatenate[T, P], R]], Callable[Concatenate[T, P], R]]:
    """Make a function an action: ``verb(thing, *, by, at, …)``.

    It runs in one transaction, after the right of ``by`` was checked. What it refuses (any
    :class:`KaoheError`) is undone and leaves an entry of its own in the trail.
    """

    def wrap(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
        @wraps(function)
        def act(thing: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            by, at = kwargs["by"], kwargs["at"]
            assert isinstance(by, Actor)  # noqa: S101 -- the signature of every action
            assert isinstance(at, dt.datetime)  # noqa: S101 -- the same
            try:
                with transaction.atomic():
                    rights.reach(by, right)
                    return function(thing, *args, **kwargs)
            except KaoheError as refusal:
                trail.record_refusal(name, thing, by=by, at=at, reason=str(refusal)[:2000])
                raise

        assert name not in ACTIONS, name  # noqa: S101 -- two actions of one name
        ACTIONS[name] = act
        return act

    return wrap


def locked(
    visible: models.QuerySet[M],
    pk: object,
    *,
    version: int | None = None,
    differences: Callable[[M], list[Difference]] | None = None,
) -> M:
    """The row of that key among those that the actor may reach, locked until the action ends.

    :raises NotThere: if there is none that the actor may reach.
    :raises Conflict: if somebody changed it since the actor saw ``version``.
    """
    try:
        row = visible.select_for_update(of=("self",), no_key=True).get(pk=pk)
    except (ObjectDoesNotExist, ValueError) as error:
        raise NotThere(_("没有这一项，或者您不能办理它；请返回列表查看")) from error
    if version is not None and getattr(row, "version", None) != version:
        raise Conflict(
            _("别人刚刚改过这一项，您的修改没有写入；请核对差异后再保存"),
            differences(row) if differences else (),
        )
    return row
