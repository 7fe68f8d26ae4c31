"""A worker with a short lease, and one slow kind of work; ends once there is nothing left to do.

    python worker_process.py NAME LEASE FILE

Each step of the work is a line of the file; its effect is an entry of the trail.
"""

import datetime as dt
import json
import os
import sys
import time

import django

django.setup()


from kaohe_web.audit import trail  # noqa: E402 -- Django had to wake first
from kaohe_web.jobs.models import Job  # noqa: E402 -- the same
from kaohe_web.jobs.registry import Progress, job  # noqa: E402 -- the same
from kaohe_web.jobs.worker import Worker  # noqa: E402 -- the same
from kaohe_web.people.actor import SYSTEM  # noqa: E402 -- the same

name, lease, path = sys.argv[1], dt.timedelta(milliseconds=int(sys.argv[2])), sys.argv[3]
OPEN = (Job.State.WAITING, Job.State.RUNNING)


def say(what: str) -> None:
    """A line that the test reads."""
    with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123 -- one line, appended at once
        file.write(f"{name} {os.getpid()} {what}\n")


@job("test.slow", means="慢")
def slow(payload: dict[str, int], *, at: dt.datetime, progress: Progress) -> dict[str, object]:
    """Take a while, then leave an entry."""
    say("began")
    end = time.monotonic() + payload["seconds"]
    while time.monotonic() < end:
        time.sleep(0.02)
    say("writes")
    with progress.writing():
        trail.record("test.effect", None, by=SYSTEM, at=at, details={"by": name})
        progress.finish({"by": name})
    say("ended")
    return {}


worker = Worker(lease=lease)
say("ready")
while Job.objects.filter(kind="test.slow", state__in=OPEN).exists():
    held = worker.turn()
    if not held:
        time.sleep(0.05)
say("left")
print(json.dumps({"name": name}))  # noqa: T201 -- its output
