"""What two people do at the same moment, in threads of a process with a database of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

SCRIPT = Path(__file__).with_name("two_at_once.py")
SERVER = os.environ.get("KAOHE_TEST_DATABASE_URL", "")
NAME = f"kaohe_two_at_once_{os.getpid()}"


@pytest.fixture
def database_url() -> Iterator[str]:
    """A new database on the tests' PostgreSQL server; empty for SQLite in a new folder."""
    if not SERVER:
        yield ""
        return
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {NAME}")
        try:
            yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{NAME}"))
        finally:
            server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def test_T31_T34_T36_whoever_comes_second_finds_it_done(tmp_path: Path, database_url: str) -> None:
    environment = {
        **os.environ,
        "KAOHE_DATA": str(tmp_path),
        "KAOHE_HTTPS": "0",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "kaohe_web.settings.django",
    }
    done = subprocess.run(  # noqa: S603 -- our own script
        [sys.executable, str(SCRIPT)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout) == {
        "standing officers": [1] * 10,
        "posts held": [1] * 10,
        "tries let through": 5,
        "uses of a link": 1,
        "uses of a code": 1,
    }
