"""Asks for one slow piece of work, or (-1) says what became of it.

python ask_slow.py SECONDS
"""

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 -- Django had to wake first

from kaohe_web.audit.models import Entry  # noqa: E402 -- the same
from kaohe_web.jobs.models import Job  # noqa: E402 -- the same
from kaohe_web.jobs.outbox import enqueue  # noqa: E402 -- the same

seconds = int(sys.argv[1])
if seconds >= 0:
    enqueue("test.slow", {"seconds": seconds}, key="slow", at=timezone.now())
job = Job.objects.get(key="slow")
details = Entry.objects.filter(what="test.effect").order_by("seq").values_list("details", flat=True)
effects = [json.loads(text)["by"] for text in details]
print(json.dumps({"state": job.state, "attempts": job.attempts, "effects": effects}))  # noqa: T201 -- its output
