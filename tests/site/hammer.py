"""Eight people at once, each doing many things, on an installation; prints what the trail is then.

python hammer.py THREADS COMMANDS
"""

import json
import sys
import threading

import django

django.setup()

from django.db import connections  # noqa: E402 -- Django had to wake first
from django.utils import timezone  # noqa: E402 -- the same

from kaohe_web.audit.models import Entry  # noqa: E402 -- the same
from kaohe_web.jobs import notices  # noqa: E402 -- the same
from kaohe_web.people.actor import Actor  # noqa: E402 -- the same
from kaohe_web.people.models import Post  # noqa: E402 -- the same

threads, commands = int(sys.argv[1]), int(sys.argv[2])
before = Entry.objects.count()
failures: list[str] = []


def hammer(post: Post) -> None:
    """One person, one command after another."""
    try:
        for _ in range(commands):
            notices.read_all(None, by=Actor(post.user, post), at=timezone.now())
    except Exception as error:  # noqa: BLE001 -- every failure is counted
        failures.append(repr(error))
    finally:
        connections.close_all()


posts = list(Post.objects.select_related("user", "unit", "department__unit", "provider")[:threads])
running = [threading.Thread(target=hammer, args=[post]) for post in posts]
for thread in running:
    thread.start()
for thread in running:
    thread.join()
numbers = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
gaps = numbers != list(range(1, len(numbers) + 1))
print(json.dumps({"added": len(numbers) - before, "gaps": gaps, "failures": failures}))  # noqa: T201 -- its output
