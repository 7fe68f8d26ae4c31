"""Refusals as pages: what is wrong, and what to do; never a traceback, never a bare “error”."""

import logging
import sys
from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from kaohe.errors import KaoheError
from kaohe.nodes import Mistaken
from kaohe_web.audit import trail
from kaohe_web.errors import Conflict, Difference, Invalid, Refused
from kaohe_web.pages import unavailable
from kaohe_web.pages.asked import Asked
from kaohe_web.people.actor import Nobody, Origin

log = logging.getLogger(__name__)
KNOWN = (400, 403, 404, 409, 413, 422, 429, 500, 503)
UNAVAILABLE = 503


def refused(request: Asked, error: KaoheError) -> HttpResponse:
    """The page of a refusal; a file with mistakes names each of them."""
    status, problems = 422, [str(error)]
    if isinstance(error, Refused):
        status, problems = error.status, [error.sentence]
    if isinstance(error, Invalid):
        problems = list(error.problems)
    if isinstance(error, Mistaken):
        problems = [str(mistake) for mistake in error.mistakes]
    differences = error.differences if isinstance(error, Conflict) else ()
    context: dict[str, object] = {"problems": problems, "differences": differences}
    return answer(request, status, context)


def answer(
    request: HttpRequest, status: int, context: dict[str, object] | None = None
) -> HttpResponse:
    """The page of a status."""
    shown = status if status in KNOWN else 400
    origin = getattr(request, "origin", Origin())
    whole = {"status": status, "request_id": origin.request, **(context or {})}
    if not request.accepts("text/html"):
        return JsonResponse(as_plain(whole), status=status)
    return render(request, f"errors/{shown}.html", whole, status=status)


def as_plain(context: dict[str, object]) -> dict[str, object]:
    """A refusal for a script of ours: the sentence it shows, and the two sides of a conflict."""
    problems = [str(problem) for problem in cast("list[str]", context.get("problems", []))]
    found = cast("Sequence[Difference]", context.get("differences", ()))
    return {
        "message": "；".join(problems),
        "differences": [{"label": d.label, "now": d.now, "mine": d.mine} for d in found],
        "request_id": context["request_id"],
    }


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no browser of ours makes."""
    del exception
    return answer(request, 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address."""
    del exception
    return answer(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own refusal."""
    del exception
    return answer(request, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A bug, or a full disk, or no database: logged with the id of the request, said plainly.

    The page is made without asking the database anything.
    """
    origin = getattr(request, "origin", Origin())
    log.error("request %s failed", origin.request)
    sentence = unavailable.why(sys.exc_info()[1])
    status = UNAVAILABLE if sentence else 500
    problems = [sentence] if sentence else []
    whole: dict[str, object] = {"request_id": origin.request, "problems": problems}
    if not request.accepts("text/html"):
        return JsonResponse(as_plain(whole), status=status)
    return HttpResponse(render_to_string(f"errors/{status}.html", whole), status=status)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A write that did not come from a page of ours; with an entry in the trail."""
    asked = cast("Asked", request)
    origin = getattr(asked, "origin", Origin())
    by = getattr(asked, "by", None) or Nobody(origin=origin)
    at = getattr(asked, "at", None) or timezone.now()
    trail.record_refusal(
        "page.forged", trail.What("page", "", request.path[:300]), by=by, at=at, reason=reason
    )
    return answer(
        request, 403, {"problems": [_("页面已过期，或请求不是从本系统发出的；请刷新后重试")]}
    )
