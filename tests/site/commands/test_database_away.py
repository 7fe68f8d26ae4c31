"""T64: a database that is busy or away is told in bounded time, and all is well once it is back."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connection

from installation import SEED, SERVER, Installation, on_server
from kaohe_web.audit.models import Entry
from processes import Filled
from world import World

SAID = "数据库暂时连不上或太忙，这一步没有办成，已保存的内容不受影响；请稍后再试。"
TOKEN = f'name="csrfmiddlewaretoken" value="{SEED}"'
LONGEST = 20
"""Seconds within which whoever asks is answered."""


@contextmanager
def write_lock() -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def impatient() -> Iterator[None]:
    """Our own connection waits a tenth of a second where it usually waits twenty."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    yield
    connection.close()


@pytest.mark.skipif(SERVER != "", reason="PostgreSQL lets many write at once")
def test_T64_a_database_that_is_busy_is_told_and_nothing_is_half_done(
    committed_world: World,
) -> None:
    client = committed_world.client("liaison")
    client.raise_request_exception = False
    with impatient(), write_lock():
        refused, page = client.post("/notices/read/"), client.get("/account/")
    assert (refused.status_code, SAID in refused.content.decode()) == (503, True)
    assert page.status_code == 200
    assert Entry.objects.count() == 0
    assert client.post("/notices/read/").status_code == 302
    assert Entry.objects.count() == 1


@contextmanager
def away(site: Installation) -> Iterator[None]:
    """The server turns everybody away from the site's database."""
    name = urlsplit(site.database).path.lstrip("/")
    on_server(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608 -- our own name
    try:
        yield
    finally:
        on_server(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@pytest.mark.skipif(SERVER == "", reason="the embedded database is never away")
def test_T64_a_database_that_is_away_is_told_and_found_again(filled: Filled) -> None:
    site, cookie = filled.installation, filled.cookie("liaison")
    with site.serving():
        assert site.get("/notices/", cookie)[0] == 200
        with away(site):
            began = time.monotonic()
            pages = [site.get("/notices/", cookie) for _turn in range(4)]
            refused = site.post("/notices/read/", cookie, TOKEN)
            alive, ready = site.get("/healthz")[0], site.get("/readyz")[0]
            took = time.monotonic() - began
        again = site.post("/notices/read/", cookie, TOKEN)
        back = [site.get(path, cookie)[0] for path in ("/notices/", "/readyz")]
    assert [(status, SAID in text) for status, text in (*pages, refused)] == [(503, True)] * 5
    assert (alive, ready, took < LONGEST) == (200, 503, True)
    assert (again[0], back) == (302, [200, 200])
    assert site.run("audit", "verify").returncode == 0
