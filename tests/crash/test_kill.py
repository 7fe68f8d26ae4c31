"""kill -9 at random moments: nothing acknowledged is lost, nothing is half done."""

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from acts import ACTS, Act

from counts import count
from installation import Installation, free_port
from processes import Filled, filled, original

__all__ = ["filled", "original"]

KILLS = count(full=100, reduced=3)
MOST = 6
"""Acts that are acknowledged before a kill, at most."""

LONGEST = 400
"""Milliseconds from then on until the kill, at most."""

PATIENCE = 30


class People:
    """Everybody who does something, each in a thread; what was acknowledged goes into a file."""

    def __init__(self, acts: list[Act], path: Path) -> None:
        self.acts, self.path = acts, path
        self.serving, self.over = threading.Event(), threading.Event()
        self.writing = threading.Lock()
        self.threads = [threading.Thread(target=self.work, args=[act]) for act in acts]

    def work(self, act: Act) -> None:
        """One act again and again, whenever somebody serves."""
        while not self.over.is_set():
            if not self.serving.wait(1):
                continue
            acknowledged = act.do()
            if acknowledged is not None:
                with self.writing, self.path.open("a", encoding="utf-8") as file:
                    line = {"act": act.name, "what": acknowledged}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def acknowledged(self) -> list[str]:
        """What was acknowledged so far, act by act."""
        return self.path.read_text("utf-8").splitlines()

    def wait_for(self, more: int) -> None:
        """Wait until so many more acts are acknowledged."""
        wanted, deadline = len(self.acknowledged()) + more, time.monotonic() + PATIENCE
        while len(self.acknowledged()) < wanted and time.monotonic() < deadline:
            time.sleep(0.02)

    def wait_for_all(self) -> None:
        """Wait until everybody was acknowledged something at least once."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = {json.loads(line)["act"] for line in self.acknowledged()}
            if found == {act.name for act in self.acts}:
                return
            time.sleep(0.1)

    def start(self) -> None:
        """Let them begin."""
        self.path.touch()
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Let them end what they do."""
        self.over.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def people(filled: Filled, tmp_path: Path) -> Iterator[People]:
    """Everybody, before they begin."""
    filled.installation.port = free_port()
    everybody = People([act(filled) for act in ACTS], tmp_path / "acknowledged")
    yield everybody
    everybody.over.set()


def test_T60_whatever_was_acknowledged_outlives_a_kill_and_nothing_is_half_done(
    filled: Filled, people: People
) -> None:
    site, chance = filled.installation, random.Random()
    server = serve(site)
    people.serving.set()
    people.start()
    for _ in range(KILLS):
        people.wait_for(chance.randrange(MOST + 1))
        time.sleep(chance.randrange(LONGEST) / 1000)
        kill(server)
        people.serving.clear()
        server = serve(site)
        people.serving.set()
    people.wait_for_all()
    people.end()
    server.terminate()
    assert server.wait(60) == 0
    found = site.script("../crash/check.py", str(people.path), str(KILLS))
    assert found["faults"] == []
    assert sorted(found["acts"]) == sorted(act.name for act in people.acts)
    assert site.run("audit", "verify").returncode == 0


def serve(site: Installation) -> "subprocess.Popen[bytes]":
    """Start the server."""
    server = site.start("serve")
    site.wait_until_ready(server)
    return server


def kill(server: "subprocess.Popen[bytes]") -> None:
    """Kill the server, its workers and the background worker, without a warning."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
