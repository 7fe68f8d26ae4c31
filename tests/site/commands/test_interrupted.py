"""T63: what a start leaves that is killed while it makes the tables, the next one finishes."""

import json
import os
import random
import signal
import time

import pytest

from counts import count
from installation import PATIENCE, Installation

KILLS = count(full=25, reduced=2)
LONGEST = 900
"""Milliseconds from the first table file until the kill, at most."""


def kill_while_it_begins(site: Installation, milliseconds: int) -> None:
    """Start the site and kill it a moment after it has begun with the database."""
    server, began = site.start("serve"), time.monotonic()
    while not (site.folder / "secret-key").exists() and time.monotonic() - began < PATIENCE:
        time.sleep(0.01)
    time.sleep(milliseconds / 1000)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


@pytest.mark.parametrize("kill", range(KILLS))
def test_T63_tables_that_a_kill_left_half_made_are_finished_by_the_next_start(
    empty: Installation, kill: int
) -> None:
    kill_while_it_begins(empty, LONGEST * kill // KILLS + random.Random().randrange(99))
    with empty.serving():
        ready = json.loads(empty.get("/readyz")[1])
    assert ready == dict.fromkeys(ready, True)
    assert empty.script("commands/count_people.py") == {"users": 0, "posts": 0}
    assert empty.run("audit", "verify").returncode == 0
