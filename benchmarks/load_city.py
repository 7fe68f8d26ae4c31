"""The city that the load is put on: fifty liaisons, each with a part of their own to file.

    python benchmarks/load_city.py SEATS.json

Fills the database of the environment, and writes where each liaison walks in and what they file.
"""

import json
import sys
from itertools import islice
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402 -- after the settings
from django.urls import reverse  # noqa: E402 -- the same
from django.utils import timezone  # noqa: E402 -- the same

from kaohe_web.cycles.models import Duty, Stage  # noqa: E402 -- the same
from kaohe_web.people.models import Post, Role  # noqa: E402 -- the same
from kaohe_web.people.sample_links import token_of  # noqa: E402 -- the same
from kaohe_web.sample import city, figures, people  # noqa: E402 -- the same
from kaohe_web.sample.clock import Diary  # noqa: E402 -- the same

LIAISONS = 50


def seats() -> list[dict[str, str]]:
    """Fifty liaisons whose department leads a part, with the addresses that they will use."""
    with transaction.atomic():
        diary = Diary(timezone.now())
        city.set_up(people.begin(diary.ago(270)), diary, figures.names())
        Stage.objects.update(last_day=timezone.localdate())
    led = {duty.department_id: duty for duty in Duty.objects.filter(kind=Duty.Kind.LEAD)}
    posts = Post.objects.filter(role=Role.LIAISON, department__in=led).order_by("pk")
    found = []
    for post in islice(posts, LIAISONS):
        assert post.department_id is not None  # noqa: S101 -- liaisons have a department
        duty = led[post.department_id]
        of = {"cycle_id": duty.cycle_id, "assessed_id": duty.assessed_id, "part": duty.part}
        found.append(
            {
                "enter": reverse("sample_link", kwargs={"token": token_of(post)}),
                "clause": reverse("clause", kwargs=of),
                "save": reverse("submission_save", kwargs=of),
                "upload": reverse("evidence_upload", kwargs=of),
                "assessed": str(duty.assessed_id),
                "part": duty.part,
            }
        )
    return found


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(seats()), "utf-8")
