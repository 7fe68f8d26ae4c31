"""A page: a view that names its right, its methods, and whether it lives inside a year.

Every address of the site goes through :func:`page` or :func:`open_page`; a test walks the
addresses and refuses any other.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import NotAllowed, NotThere
from kaohe_web.people import rights
from kaohe_web.people.actor import Actor, Origin

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Asked(HttpRequest):
    """A request as pages see it: who asks, when, from where, and in which year."""

    origin: Origin
    at: dt.datetime
    by: Actor
    cycle: Cycle | None
    htmx: "HtmxDetails"


M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")


def page(
    right: str, *, methods: tuple[str, ...] = READ, cycle: bool = False
) -> Callable[[View], View]:
    """Make a view a page that only whoever has the right may ask for.

    With ``cycle`` the address carries ``cycle_id``, and the view gets the :class:`Cycle` as its
    second argument, taken from those that the actor may see. What is refused leaves an entry.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 -- the address's values
            asked = cast("Asked", request)
            if not getattr(asked, "by", None):
                return redirect_to_login(request.get_full_path())
            if request.method not in allowed(methods):
                return HttpResponseNotAllowed(allowed(methods))
            try:
                rights.reach(asked.by, right)
            except NotAllowed as refusal:
                note_refusal(asked, refusal)
                raise
            if not cycle:
                return view(asked, **kwargs)
            found = find(asked, visible_cycles(asked.by), kwargs.pop("cycle_id"))
            asked.cycle = found
            return view(asked, found, **kwargs)

        ask.right = right  # type: ignore[attr-defined]  # the rights test reads it
        ask.methods = allowed(methods)  # type: ignore[attr-defined]  # the same
        ask.in_cycle = cycle  # type: ignore[attr-defined]  # the same
        return ask

    return wrap


def open_page(reason: str, *, methods: tuple[str, ...] = READ) -> Callable[[View], View]:
    """Make a view one that nobody need sign in for; the reason is read by the rights test."""

    def wrap(view: View) -> View:
        @wraps(view)
        def ask(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 -- the address's values
            if request.method not in allowed(methods):
                return HttpResponseNotAllowed(allowed(methods))
            return view(request, **kwargs)

        ask.open_because = reason  # type: ignore[attr-defined]  # the rights test reads it
        ask.methods = allowed(methods)  # type: ignore[attr-defined]  # the same
        return ask

    return wrap


def allowed(methods: tuple[str, ...]) -> tuple[str, ...]:
    """The methods, with HEAD wherever there is GET."""
    return (*methods, "HEAD") if "GET" in methods and "HEAD" not in methods else methods


def find(asked: Asked, visible: QuerySet[M], pk: object) -> M:
    """The object of that key among those that the actor may see.

    :raises NotThere: if there is none, whether it is somebody else's or nobody's; with an entry.
    """
    found = visible.filter(pk=pk).first() if str(pk).isdigit() else None
    if found is None:
        refusal = NotThere(_("没有这一页，或者您不能查看它；请从左侧菜单进入"))
        note_refusal(asked, refusal)
        raise refusal
    return found


def note_refusal(asked: Asked, refusal: NotAllowed | NotThere) -> None:
    """Leave an entry of what was asked for and not given."""
    thing = trail.What("page", "", asked.path[:300])
    trail.record_refusal("page.refused", thing, by=asked.by, at=asked.at, reason=refusal.sentence)
