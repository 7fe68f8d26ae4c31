"""What every page shows around its content: who, in which post and year, the way around."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from kaohe import __version__
from kaohe_web.jobs.queries import unread_count
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.navigation import navigation
from kaohe_web.people.actor import Origin
from kaohe_web.people.queries import other_posts


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The context of every template; for nobody signed in, next to nothing."""
    asked = cast("Asked", request)
    origin = getattr(asked, "origin", Origin())
    shared = {
        "version": __version__,
        "request_id": origin.request,
        "sample": settings.ENVIRONMENT.sample,
        "actor": None,
    }
    by = getattr(asked, "by", None)
    if by is None:
        return shared
    return shared | {
        "actor": by,
        "posts": other_posts(by, asked.at),
        "cycle": asked.cycle,
        "navigation": navigation(by, asked.cycle, asked.path),
        "message_count": unread_count(by),
        "now": asked.at,
    }
