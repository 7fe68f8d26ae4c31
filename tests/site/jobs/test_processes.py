"""T61 with real processes: killed, two at once, put to sleep beyond the lease."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from installation import ROOT, Installation
from processes import Filled

PATIENCE = 40
LEASE = "1500"
"""Milliseconds: long enough for a heartbeat, short enough to wait for."""


class Room:
    """An installation with workers on it, and the file in which they say what they do."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self.installation, self.said = installation, folder / "said"
        self.said.touch()
        self.workers: list[subprocess.Popen[bytes]] = []

    def ask(self, seconds: int) -> None:
        """Ask for one slow piece of work."""
        self.installation.script("jobs/ask_slow.py", str(seconds))

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        """Start a worker."""
        script = str(ROOT / "tests/site/jobs/worker_process.py")
        variables = {
            **self.installation.environment,
            "DJANGO_SETTINGS_MODULE": "kaohe_web.settings.django",
        }
        worker = subprocess.Popen(  # noqa: S603 -- our own script
            [sys.executable, script, name, LEASE, str(self.said)],
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.workers.append(worker)
        return worker

    def lines(self, what: str) -> list[str]:
        """Who said something, in order."""
        told = [line.split() for line in self.said.read_text("utf-8").splitlines()]
        return [name for name, _pid, said in told if said == what]

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < deadline, self.said.read_text("utf-8")
            time.sleep(0.02)

    def end(self) -> dict[str, object]:
        """Wait until every worker has left, then see what is in the database."""
        for worker in self.workers:
            worker.wait(PATIENCE)
        found: dict[str, object] = self.installation.script("jobs/ask_slow.py", "-1")
        return found


@pytest.fixture
def room(filled: Filled, tmp_path: Path) -> Room:
    """A room without workers."""
    return Room(filled.installation, tmp_path)


def test_T61_a_worker_killed_in_the_middle_leaves_its_work_to_another(room: Room) -> None:
    room.ask(1)
    first = room.start("first")
    room.wait(lambda: room.lines("began") == ["first"])
    first.kill()
    room.start("second")
    assert room.end() == {"state": "done", "attempts": 2, "effects": ["second"]}
    assert room.lines("began") == ["first", "second"]


def test_T61_two_workers_do_a_piece_of_work_once(room: Room) -> None:
    room.ask(2)
    for name in ("first", "second"):
        room.start(name)
    found = room.end()
    [who] = room.lines("began")
    assert found == {"state": "done", "attempts": 1, "effects": [who]}


def test_T61_a_worker_that_slept_beyond_its_lease_writes_nothing(room: Room) -> None:
    room.ask(1)
    first = room.start("first")
    room.wait(lambda: room.lines("began") == ["first"])
    os.kill(first.pid, signal.SIGSTOP)
    room.start("second")
    room.wait(lambda: room.lines("ended") == ["second"])
    os.kill(first.pid, signal.SIGCONT)
    assert room.end() == {"state": "done", "attempts": 2, "effects": ["second"]}
    assert (room.lines("writes"), room.lines("ended")) == (["second", "first"], ["second"])
