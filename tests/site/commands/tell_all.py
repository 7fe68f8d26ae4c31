"""Tells everybody something, so many times.

python tell_all.py COUNT
"""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 -- Django had to wake first

from kaohe_web.jobs.notify import notify  # noqa: E402 -- the same
from kaohe_web.people.models import Post  # noqa: E402 -- the same

for number in range(int(sys.argv[1])):
    notify(
        Post.objects.all(),
        kind="news",
        title="通知（示例）",
        at=timezone.now(),
        key=f"told:{number}",
    )
print("{}")  # noqa: T201 -- its output
