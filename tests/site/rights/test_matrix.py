"""Every address, for every role, over its own things and others': as the table of rights says."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from kaohe_web.audit.models import Entry, Outcome
from kaohe_web.keeping import probing
from kaohe_web.people.models import Role
from kaohe_web.people.rights import RIGHTS, Reach
from rights.addresses import Address, addresses
from rights.exceptions import EVERYBODYS, NAMED_INSIDE, NOT_THERE, SHARED
from rights.things import NEIGHBOUR, OWN, STRANGER, Things, make_things
from world import World

ROLES = [str(role) for role in Role]
WIDE = (Reach.INSTALLATION,)
REFUSED = (403, 404)
"""What whoever may not, and whoever asks for what is not theirs, get."""


def names() -> list[str]:
    return [address.name for address in addresses()]


def test_every_address_has_a_name_of_its_own() -> None:
    assert sorted(names()) == sorted(set(names()))


def test_every_address_names_its_right_or_says_why_it_is_open() -> None:
    bare = [
        address.name
        for address in addresses()
        if (address.right not in RIGHTS) == (not address.open_because)
    ]
    assert bare == []


def test_every_right_is_asked_for_somewhere() -> None:
    from kaohe_web.people.acting import ACTIONS  # noqa: PLC0415 -- filled when the rooms are loaded

    assert ACTIONS
    asked = {address.right for address in addresses()}
    inside = {right for right in RIGHTS if right not in asked}
    assert inside == set()


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is held up who asks for everything that is refused to them."""
    monkeypatch.setattr(probing, "MOST", 10_000)


@pytest.fixture
def things(world: World) -> Things:
    return make_things(world)


def answer(client: Client, address: Address, path: str) -> HttpResponseBase:
    """Ask for it, by the method it takes; a POST sends nothing but the empty form."""
    ask: Callable[..., HttpResponseBase] = client.get if "GET" in address.methods else client.post
    response = ask(path, HTTP_ACCEPT="text/html")
    if isinstance(response, StreamingHttpResponse):
        deque(cast("Iterator[bytes]", response.streaming_content), maxlen=0)
    return response


@pytest.mark.parametrize("role", ROLES)
def test_T21_who_lacks_a_right_is_refused_and_the_trail_says_so(role: str, things: Things) -> None:
    client = things.world.client(role)
    wrong = []
    for address in addresses():
        if not address.right or role in RIGHTS[address.right].roles:
            continue
        before = Entry.objects.filter(outcome=Outcome.REFUSED).count()
        status = answer(client, address, things.path(address, OWN, role=role)).status_code
        told = Entry.objects.filter(outcome=Outcome.REFUSED).count() - before
        if (status, told) != (403, 1):
            wrong.append(f"{address.name}: {status}, {told} entries")
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_T21_who_has_a_right_reaches_what_is_their_own(role: str, things: Things) -> None:
    wrong = []
    for address in addresses():
        if not address.right or role not in RIGHTS[address.right].roles:
            continue
        status = answer(
            things.world.client(role), address, things.path(address, OWN, role=role)
        ).status_code
        expected = address.name not in NAMED_INSIDE and (address.name, role) not in NOT_THERE
        if (status not in (*REFUSED, 405, 500)) != expected:
            wrong.append(f"{address.name}: {status}")
    assert wrong == []


@pytest.mark.parametrize("owner", [NEIGHBOUR, STRANGER])
@pytest.mark.parametrize("role", ROLES)
def test_T22_what_is_others_is_not_there_and_the_trail_says_so(
    role: str, owner: str, things: Things
) -> None:
    wrong = []
    for address in addresses():
        if not address.right or role not in RIGHTS[address.right].roles or not address.kinds:
            continue
        reach = RIGHTS[address.right].roles[Role(role)]
        if reach in WIDE or address.name in EVERYBODYS or (address.name, role) in SHARED:
            continue
        if owner == NEIGHBOUR and (reach == Reach.UNIT or address.of_a_unit):
            continue
        client = things.world.client(role)
        before = Entry.objects.filter(outcome=Outcome.REFUSED).count()
        status = answer(client, address, things.path(address, owner)).status_code
        told = Entry.objects.filter(outcome=Outcome.REFUSED).count() - before
        if (status, told) != (404, 1):
            wrong.append(f"{address.name}: {status}, {told} entries")
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_T22_another_year_shows_nothing_of_this_one(role: str, things: Things) -> None:
    """The things of this year under another year's number; and a year one takes no part in."""
    wrong = []
    for address in addresses():
        inside = "cycle_id" in address.parameters and address.right
        if not inside or role not in RIGHTS[address.right].roles:
            continue
        wide = RIGHTS[address.right].roles[Role(role)] in WIDE
        if wide and not address.kinds:
            continue
        path = things.path(address, OWN, cycle=things.other_cycle.pk)
        status = answer(things.world.client(role), address, path).status_code
        if status != 404:
            wrong.append(f"{address.name}: {status}")
    assert wrong == []


def test_T21_nobody_gets_in_without_signing_in(things: Things) -> None:
    client = Client()
    wrong = []
    for address in addresses():
        if not address.right:
            continue
        response = answer(client, address, things.path(address, OWN))
        if response.status_code != 302 or not response.headers["Location"].startswith("/login/"):
            wrong.append(f"{address.name}: {response.status_code}")
    assert wrong == []
