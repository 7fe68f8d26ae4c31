"""What surrounds every request: where it came from, who asks, how long they may be idle."""

import ipaddress
import uuid
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kaohe.errors import KaoheError
from kaohe_web.errors import NotAllowed, NotThere
from kaohe_web.keeping import probing
from kaohe_web.pages import refusals
from kaohe_web.pages.asked import Asked
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.models import User
from kaohe_web.people.sessions import acting_post, held_posts, in_time

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
OWN_PAGES = ("same-origin", "none")
"""What browsers say of a request from a page of ours, or from the person's own typing."""


def origin(answer: Answer) -> Answer:
    """Give the request its id, its instant and its true address."""

    def around(request: HttpRequest) -> HttpResponse:
        asked = cast("Asked", request)
        asked.origin = Origin(client_address(request), uuid.uuid4().hex)
        if not is_from_a_proxy(request):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        asked.at = timezone.now()
        asked.cycle = None
        response = answer(request)
        response["X-Request-Id"] = asked.origin.request
        return response

    return around


def client_address(request: HttpRequest) -> str:
    """The address of the person: what a trusted proxy says, else the connection's own.

    Over a socket of this machine, which has no address, it is what the proxy beside it says.
    """
    direct, trusted = direct_address(request), proxies()
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    address = direct or forwarded.pop()
    while forwarded and is_in(address, trusted):
        address = forwarded.pop()
    return address if is_address(address) else direct


def is_from_a_proxy(request: HttpRequest) -> bool:
    """Whether the connection is a trusted proxy's; a socket of this machine has no address."""
    direct = direct_address(request)
    return direct == "" or is_in(direct, proxies())


def direct_address(request: HttpRequest) -> str:
    """The address of the connection itself."""
    return str(request.META.get("REMOTE_ADDR", ""))


def proxies() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of the trusted proxies."""
    trusted = settings.ENVIRONMENT.trusted_proxies
    return [ipaddress.ip_network(network, strict=False) for network in trusted]


def is_address(text: str) -> bool:
    """Whether a text is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_in(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """Whether an address is one of the networks'."""
    return is_address(address) and any(ipaddress.ip_address(address) in n for n in networks)


class Sessions:
    """Ends sessions that are over, and says who asks in which post."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then answer; what a signed-in person sees is never cached."""
        asked = cast("Asked", request)
        user = request.user
        if isinstance(user, User):
            posts = held_posts(user, asked.at)
            if in_time(request.session, user, posts, asked.at, asked.origin.address):
                asked.by = Actor(user, acting_post(request.session, posts), asked.origin)
            else:
                logout(request)
        response = self.answer(request)
        if hasattr(asked, "by"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def own_pages(answer: Answer) -> Answer:
    """Refuse whatever would write and was sent from another site, by what the browser says of it.

    Beside Django's own check of tokens and origins; older browsers say nothing.
    """

    def around(request: HttpRequest) -> HttpResponse:
        said = request.headers.get("Sec-Fetch-Site", "none")
        if request.method not in SAFE and said not in OWN_PAGES:
            return refusals.csrf_failed(request, f"Sec-Fetch-Site: {said[:40]}")
        return answer(request)

    return around


class Refusals:
    """Turns what the site refuses on purpose into a page that says what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; whoever is held up gets none."""
        asked = cast("Asked", request)
        if hasattr(asked, "by") and probing.is_held(request.session, asked.at):
            return refusals.refused(asked, probing.too_often())
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal; anything else is a bug and goes on."""
        if not isinstance(error, KaoheError):
            return None
        asked = cast("Asked", request)
        foreign = isinstance(error, NotAllowed | NotThere) and hasattr(asked, "by")
        if foreign and probing.hold_up(request.session, by=asked.by, at=asked.at):
            error = probing.too_often()
        return refusals.refused(asked, error)
