"""T32: nothing is written by what does not come from a page of ours, nor by asking for a page."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from counts import count
from kaohe_web.audit.models import Entry
from kaohe_web.keeping import probing
from kaohe_web.people.models import Role
from rights.addresses import Address, addresses
from rights.test_matrix import answer
from rights.things import OWN, Things, make_things
from world import World

TOKEN = "t" * 32
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
NOTED = {"audit_entry", "people_session"}
"""What asking for a page may leave: its entry, and when the session was last used."""


@pytest.fixture
def things(world: World, monkeypatch: pytest.MonkeyPatch) -> Things:
    """One of everything; nobody is held up who asks for what is refused."""
    monkeypatch.setattr(probing, "MOST", 10_000)
    return make_things(world)


@contextmanager
def tables_written() -> Iterator[list[str]]:
    """The tables that are written to."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if written := WRITES.match(sql):
            found.append(written[1])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def forms() -> list[Address]:
    """Every address that a form is sent to."""
    return [address for address in addresses() if "POST" in address.methods]


def strict(world: World, name: str) -> Client:
    """A browser in which somebody is signed in, before a site that checks its forms."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client(name).cookies
    client.cookies["csrf"] = TOKEN
    return client


FORGED: dict[str, dict[str, Any]] = {
    "no token": {"data": {}},
    "another token": {"data": {"csrfmiddlewaretoken": "x" * 32}},
    "JSON instead of a form": {"data": {}, "content_type": "application/json"},
    "plain text instead of a form": {"data": "{}", "content_type": "text/plain"},
    "from another site": {
        "data": {"csrfmiddlewaretoken": TOKEN},
        "headers": {"Origin": "https://evil.example"},
    },
    "from a subdomain": {
        "data": {"csrfmiddlewaretoken": TOKEN},
        "headers": {"Origin": "http://evil.testserver"},
    },
    "from a sandbox": {"data": {"csrfmiddlewaretoken": TOKEN}, "headers": {"Origin": "null"}},
    "across sites by what the browser says": {
        "data": {"csrfmiddlewaretoken": TOKEN},
        "headers": {"Sec-Fetch-Site": "cross-site"},
    },
    "within the domain by what the browser says": {
        "data": {"csrfmiddlewaretoken": TOKEN},
        "headers": {"Sec-Fetch-Site": "same-site"},
    },
}


READERS = count(full=list(Role), reduced=[Role.OFFICE, Role.LIAISON, Role.ASSESSOR])


@pytest.mark.parametrize("how", FORGED)
def test_T32_no_form_that_is_forged_writes_anything(how: str, things: Things) -> None:
    client, wrong = strict(things.world, "office"), []
    for address in forms():
        before = Entry.objects.filter(what="page.forged", outcome="refused").count()
        with tables_written() as written:
            status = client.post(things.path(address, OWN), **FORGED[how]).status_code
        told = Entry.objects.filter(what="page.forged", outcome="refused").count() - before
        if (status, told, set(written) - NOTED) != (403, 1, set()):
            wrong.append(f"{address.name}: {status}, {told} entries, {written}")
    assert wrong == []


def test_T32_a_form_of_our_own_is_taken(world: World) -> None:
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    for headers in ({}, own, {"Sec-Fetch-Site": "none"}):
        client = strict(world, "liaison")
        sent = {"csrfmiddlewaretoken": TOKEN}
        assert client.post("/notices/read/", sent, headers=headers).status_code == 302


def test_T32_what_only_takes_forms_answers_no_other_way(things: Things) -> None:
    client = things.world.client("office")
    only = [address for address in forms() if "GET" not in address.methods]
    ways = (client.get, client.put, client.patch, client.delete)
    found = {way(things.path(address, OWN)).status_code for address in only for way in ways}
    assert (len(only) > 100, found) == (True, {405})


@pytest.mark.parametrize("role", READERS)
def test_T32_asking_for_a_page_writes_nothing(role: Role, things: Things) -> None:
    client, wrong = things.world.client(role), []
    for address in addresses():
        if "GET" not in address.methods:
            continue
        with tables_written() as written:
            answer(client, address, things.path(address, OWN, role=role))
        if more := set(written) - NOTED:
            wrong.append(f"{address.name}: {sorted(more)}")
    assert wrong == []
