"""Whether the process lives and the site can work: for whatever watches over the machine."""

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse

from kaohe_web.keeping.health import readiness
from kaohe_web.pages.asked import Asked, open_page

NOT_READY = 503


@open_page("a watcher asks whether the process lives")
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    del request
    return told({"status": "ok"}, 200)


@open_page("a watcher asks whether the site can work; it learns no more than yes or no")
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, tables, disk and background work: 503 if one of them is not as it must be."""
    found = readiness(cast("Asked", request).at)
    ready = all(found.values())
    return told({"ready": ready, **found}, 200 if ready else NOT_READY)


def told(content: dict[str, object], status: int) -> HttpResponse:
    """An answer that nobody keeps."""
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
