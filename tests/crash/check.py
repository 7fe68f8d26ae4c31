"""What must hold of an installation whose server was killed: prints everything that does not.

    python check.py ACKNOWLEDGED KILLS

``ACKNOWLEDGED`` is a file with a line of JSON for each act that was acknowledged.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402 -- Django had to wake first

from kaohe_web.audit.models import Entry  # noqa: E402 -- the same
from kaohe_web.files.configured import evidence_store  # noqa: E402 -- the same
from kaohe_web.files.verify import verify  # noqa: E402 -- the same
from kaohe_web.filing.models import Evidence, StoredFile, Submission  # noqa: E402 -- the same
from kaohe_web.jobs.models import Job, Urge  # noqa: E402 -- the same
from kaohe_web.keeping.verification import check as check_trail  # noqa: E402 -- the same
from kaohe_web.results.models import ScoringRun  # noqa: E402 -- the same

KILLS = int(sys.argv[2])
Acknowledged = list[dict[str, str]]
Faults = Iterator[str]


def entries(what: str) -> int:
    """How often something was done, by the trail."""
    return Entry.objects.filter(what=what, outcome="done").count()


def lost(acknowledged: Acknowledged, key: str, there: set[str]) -> Faults:
    """What was acknowledged and is not there."""
    for each in acknowledged:
        if each[key] not in there:
            yield f"acknowledged and lost: {each[key]}"


def urge(acknowledged: Acknowledged) -> Faults:
    """Each urging is there once, with its message and its entry."""
    rows = list(Urge.objects.all())
    yield from lost(acknowledged, "text", {row.text for row in rows})
    if len({row.text for row in rows}) != len(rows):
        yield "one press, two urgings"
    if any(row.notices.count() != 1 for row in rows):
        yield "an urging without its message"
    if len(rows) != entries("urge.sent"):
        yield f"{len(rows)} urgings and {entries('urge.sent')} entries"


def hand_in(acknowledged: Acknowledged) -> Faults:
    """The part stands as its last entry says, and no acknowledged hand-in is missing."""
    row = Submission.objects.get(part="M9")
    of_row = Entry.objects.filter(object_type="filing.submission", object_id=str(row.pk))
    steps = [entry.what for entry in of_row.order_by("seq")]
    handed_in = steps.count("submission.handed_in")
    if not len(acknowledged) <= handed_in <= len(acknowledged) + KILLS:
        yield f"{len(acknowledged)} acknowledged, {handed_in} handed in"
    state = "handed_in" if steps[-1] == "submission.handed_in" else "draft"
    if row.state != state:
        yield f"the part is {row.state}, its last entry says {steps[-1]}"
    if row.version < len(steps):
        yield f"version {row.version} after {len(steps)} steps"
    number = int(row.note.split()[1])
    if acknowledged and number < int(acknowledged[-1]["note"].split()[1]):
        yield f"{acknowledged[-1]['note']} was acknowledged, {row.note} stands"


def upload(acknowledged: Acknowledged) -> Faults:
    """Each picture has its row, its entry and its whole file; what is nobody's is little."""
    names = list(Evidence.objects.values_list("name", flat=True))
    yield from lost(acknowledged, "file", set(names))
    if len(names) != entries("evidence.uploaded"):
        yield f"{len(names)} files and {entries('evidence.uploaded')} entries"
    if Evidence.objects.filter(uses=None).exists():
        yield "evidence for nothing"
    found = verify(evidence_store(), StoredFile.objects.values_list("sha256", flat=True))
    if not found.is_sound:
        yield f"missing {found.missing}, damaged {found.damaged}"
    if len(found.unexpected) > KILLS:
        yield f"{len(found.unexpected)} files are nobody's after {KILLS} kills"


def run(acknowledged: Acknowledged) -> Faults:
    """Each run is there with a result for every unit, numbered without gaps."""
    rows = list(ScoringRun.objects.order_by("number"))
    yield from lost(acknowledged, "reason", {row.reason for row in rows})
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        yield f"runs {[row.number for row in rows]}"
    if any(row.units.count() != 3 for row in rows):
        yield "a run without its units"
    if len(rows) != entries("results.run"):
        yield f"{len(rows)} runs and {entries('results.run')} entries"


def sign_in(acknowledged: Acknowledged) -> Faults:
    """Each sign-in has its entry."""
    found = Entry.objects.filter(what="session.begun", outcome="done", login="leader").count()
    if not len(acknowledged) <= found <= len(acknowledged) + KILLS:
        yield f"{len(acknowledged)} acknowledged, {found} signed in"


def check(acknowledged: Acknowledged) -> Faults:
    """Each check that was asked for is a piece of work that is done or will be."""
    states = Counter(
        Job.objects.filter(kind="audit.verify", asked_by__gt="").values_list("state", flat=True)
    )
    asked = sum(states.values())
    if not len(acknowledged) <= asked <= len(acknowledged) + KILLS:
        yield f"{len(acknowledged)} acknowledged, {asked} asked for"
    if states["failed"] or asked != entries("audit.verify_asked"):
        yield f"checks {dict(states)}, {entries('audit.verify_asked')} entries"


def whole() -> Faults:
    """The trail verifies, and the database is sound."""
    found = check_trail({})
    if found["broken"] or found["unguarded"]:
        yield f"the trail is broken: {found}"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchall() != [("ok",)]:
                yield "the database is damaged"
        connection.check_constraints()


CHECKS: tuple[Callable[[Acknowledged], Faults], ...] = (urge, hand_in, upload, run, sign_in, check)
told = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
faults = [
    f"{each.__name__}: {fault}"
    for each in CHECKS
    for fault in each([line["what"] for line in told if line["act"] == each.__name__])
]
faults += [f"whole: {fault}" for fault in whole()]
acts = Counter(line["act"] for line in told)
print(json.dumps({"faults": faults, "acts": acts}))  # noqa: T201 -- its output
