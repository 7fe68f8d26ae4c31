"""T39: what stands in a request's headers is believed only where a trusted proxy put it."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from kaohe_web.pages.middleware import client_address, origin

PERSON, FORGED = "203.0.113.9", "10.1.2.3"
PROXIES = ("10.9.0.0/24", "fd00::1")
LOGIN = "/login/"


@pytest.fixture
def behind(settings: Any) -> None:
    """The site behind proxies of its own."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"trusted_proxies": PROXIES})
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def address(direct: str, forwarded: str = "") -> str:
    """The address that the site takes a request to come from."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=direct))


def is_secure(direct: str) -> bool:
    """Whether the site takes a request for one by HTTPS that says of itself that it is."""
    seen: list[bool] = []

    def look(request: HttpRequest) -> HttpResponse:
        seen.append(request.is_secure())
        return HttpResponse()

    headers = {"X-Forwarded-Proto": "https"}
    origin(look)(RequestFactory().get("/", headers=headers, REMOTE_ADDR=direct))
    return seen[0]


def test_T39_without_proxies_no_forwarded_address_is_believed() -> None:
    assert address(PERSON, FORGED) == PERSON
    assert not is_secure(PERSON)


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    ("direct", "forwarded", "found"),
    [
        ("10.9.0.7", PERSON, PERSON),
        ("10.9.0.7", f"{FORGED}, {PERSON}", PERSON),
        ("10.9.0.7", f"{FORGED}, {PERSON}, 10.9.0.8", PERSON),
        ("fd00::1", PERSON, PERSON),
        ("10.9.0.7", "", "10.9.0.7"),
        ("10.9.0.7", "nonsense", "10.9.0.7"),
        (PERSON, FORGED, PERSON),
        (PERSON, f"{FORGED}, 10.9.0.7", PERSON),
        ("", f"{FORGED}, {PERSON}", PERSON),
        ("", f"{FORGED}, {PERSON}, 10.9.0.8", PERSON),
        ("", "", ""),
    ],
)
def test_T39_the_address_is_what_the_trusted_proxy_saw(
    direct: str, forwarded: str, found: str
) -> None:
    assert address(direct, forwarded) == found


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(("direct", "secure"), [("10.9.0.7", True), ("", True), (PERSON, False)])
def test_T39_only_a_proxy_says_that_it_was_asked_by_https(direct: str, secure: bool) -> None:  # noqa: FBT001 -- the table's answer
    assert is_secure(direct) is secure


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil"])
def test_T39_the_site_answers_to_its_own_names_only(host: str, db: None) -> None:
    del db
    assert Client().get(LOGIN, headers={"Host": host}).status_code == 400


def test_T39_a_forged_forwarded_host_is_not_used(db: None) -> None:
    del db
    answer = Client().get(LOGIN, headers={"X-Forwarded-Host": "evil.example"})
    assert (answer.status_code, "evil.example" in answer.content.decode()) == (200, False)
