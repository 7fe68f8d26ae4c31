"""Installations of their own for tests that need real processes: a folder, a database, commands.

They stand on whatever database the tests run on: SQLite, or a server of PostgreSQL.
"""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parent.parent.parent
SERVER = os.environ.get("KAOHE_TEST_DATABASE_URL", "")
PATIENCE = 60
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
BOUNDARY = "b" * 32
SEED = "s" * 32
"""What browsers of the tests have as the seed of their forms' tokens."""

SECRET = "installation-of-a-test-" * 3


@dataclass
class Installation:
    """A data folder and a database, and the command ``kaohe`` on them."""

    folder: Path
    database: str = ""
    port: int = 0
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of its processes: none of ours but what is meant."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KAOHE_")}
        del kept["DATABASE_URL"]
        return {
            **kept,
            "KAOHE_DATA": str(self.folder),
            "KAOHE_HTTPS": "0",
            "KAOHE_BIND": f"127.0.0.1:{self.port or 8000}",
            "KAOHE_SPARE_MEGABYTES": "1",
            "DATABASE_URL": self.database,
            "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT / 'tests/site'}",
            **self.variables,
        }

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run ``kaohe`` with arguments to its end."""
        return subprocess.run(  # noqa: S603 -- our own command
            [sys.executable, "-m", "kaohe", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE * 5,
        )

    def script(self, name: str, *arguments: str) -> Any:
        """Run a script of the tests on this installation; what it printed, as JSON."""
        done = subprocess.run(  # noqa: S603 -- our own script
            [sys.executable, str(ROOT / "tests/site" / name), *arguments],
            env={**self.environment, "DJANGO_SETTINGS_MODULE": "kaohe_web.settings.django"},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE * 5,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start ``kaohe`` with arguments, in a process group of its own; what it says is kept."""
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 -- our own command
                [sys.executable, "-m", "kaohe", *arguments],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> Path:
        """What started commands say."""
        return self.folder.parent / "said.log"

    @property
    def said(self) -> str:
        """All that started commands have said so far."""
        return self.log.read_text("utf-8") if self.log.exists() else ""

    @contextmanager
    def serving(self) -> Iterator["subprocess.Popen[bytes]"]:
        """The site, served until the end of the ``with``."""
        self.port = self.port or free_port()
        server = self.start("serve")
        try:
            self.wait_until_ready(server)
            yield server
        finally:
            server.terminate()
            server.wait(PATIENCE)

    def wait_until_ready(self, server: "subprocess.Popen[bytes]") -> None:
        """Wait until the site answers; fail with what it said if it ends before."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if server.poll() is not None:
                raise AssertionError(self.said)
            if self.get("/healthz")[0] == 200:
                return
            time.sleep(0.05)
        raise AssertionError("the site was not ready in time")

    def becomes_ready(self) -> bool:
        """Whether the site says of all its parts that they are ready: the worker comes last."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, text = self.get("/readyz")
            if status == 200 and json.loads(text)["ready"]:
                return True
            time.sleep(0.05)
        return False

    def get(self, path: str, cookies: str = "") -> tuple[int, str]:
        """Ask the running site for a page: its status and its text; status 0 if nobody answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        return self.ask(request, cookies)

    def post(
        self, path: str, cookies: str, page: str, fields: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Send a form of a page that was got before; its status and its text."""
        found = TOKEN.search(page)
        token = found[1] if found else ""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **(fields or {})})
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body.encode())
        return self.ask(request, cookies)

    def upload(
        self, path: str, cookies: str, fields: dict[str, str], file: tuple[str, str, bytes]
    ) -> tuple[int, str]:
        """Send a form with one file (its name, type and content)."""
        name, kind, content = file
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
            for field, value in fields.items()
        ]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: {kind}\r\n\r\n")
        body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body)
        request.add_header("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        return self.ask(request, cookies)

    def ask(self, request: urllib.request.Request, cookies: str) -> tuple[int, str]:
        """Send a request with cookies."""
        request.add_header("Cookie", "; ".join(filter(None, [cookies, f"csrf={SEED}"])))
        opener = urllib.request.build_opener(NoRedirect)
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where a page leads is not followed."""

    def redirect_request(self, *_: Any) -> None:
        return None


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def database(like: str = "") -> Iterator[str]:
    """The address of an empty database, or of a copy of another; empty for SQLite."""
    if not SERVER:
        yield ""
        return
    name = f"kaohe_{uuid.uuid4().hex[:12]}"
    template = f' TEMPLATE "{urlsplit(like).path.lstrip("/")}"' if like else ""
    on_server(f'CREATE DATABASE "{name}"{template}')
    try:
        parts = urlsplit(SERVER)
        yield urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))
    finally:
        on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def on_server(statement: str) -> None:
    """Run a statement on the server itself."""
    parts = urlsplit(SERVER)
    address = urlunsplit((parts.scheme, parts.netloc, "/postgres", parts.query, ""))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def empty_installation(folder: Path) -> Iterator[Installation]:
    """An installation with nothing in it."""
    with database() as address:
        yield Installation(folder / "data", address)


@contextmanager
def copy_of(original: Installation, folder: Path) -> Iterator[Installation]:
    """A copy of an installation that does not run."""
    shutil.copytree(original.folder, folder / "data")
    with database(original.database) as address:
        yield Installation(folder / "data", address)
