"""The stored files checked every night: damaged, missing, and what no one ever took up."""

import datetime as dt
import json
from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.files.configured import evidence_store
from kaohe_web.files.verify import verify
from kaohe_web.filing import evidence_pictures, stored_files
from kaohe_web.filing.models import StoredFile
from kaohe_web.jobs import queries
from kaohe_web.jobs.registry import Progress
from kaohe_web.keeping.alarms import tell_keepers
from kaohe_web.people.actor import SYSTEM

KIND = "evidence.verify"
BROKEN_OFF = dt.timedelta(days=1)
"""How long an upload may take before what is left of it is swept away."""

SHOWN = 5


def check(at: dt.datetime, progress: Progress) -> dict[str, object]:
    """Compare every stored file with its hash, and remove what nobody took up since last night."""
    store = evidence_store()
    found = verify(store, StoredFile.objects.values_list("sha256", flat=True))
    progress(90)
    before = unexpected_last_time()
    return {
        "whole": found.whole,
        "missing": list(found.missing),
        "damaged": list(found.damaged),
        "unexpected": list(found.unexpected),
        "swept": swept(at),
        "removed": remove_nobodys([each for each in found.unexpected if each in before]),
    }


def swept(at: dt.datetime) -> int:
    """Remove what a killed server left half received or half stored, and old pictures of pages."""
    before = at - BROKEN_OFF
    left = evidence_store().sweep(before=before) + stored_files.sweep(before)
    return left + evidence_pictures.sweep(at)


def unexpected_last_time() -> set[str]:
    """The files that already were nobody's at the last check."""
    job = queries.last_job(KIND)
    return set(json.loads(job.result)["unexpected"]) if job else set()


def remove_nobodys(hashes: Iterable[str]) -> int:
    """Remove files that no row refers to; whoever takes one up meanwhile keeps it."""
    removed, store = 0, evidence_store()
    for sha256 in hashes:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("LOCK TABLE filing_storedfile IN EXCLUSIVE MODE")
            if not StoredFile.objects.filter(sha256=sha256).exists():
                store.delete(sha256)
                removed += 1
    return removed


def tell(found: dict[str, object], *, at: dt.datetime) -> None:
    """Leave an entry, and tell the system officers if a file is damaged or missing."""
    counts = {
        name: len(value) if isinstance(value, list) else value for name, value in found.items()
    }
    trail.record("evidence.verified", None, by=SYSTEM, at=at, details=counts)
    broken = [*listed(found["damaged"]), *listed(found["missing"])]
    if not broken:
        return
    with translation.override(settings.LANGUAGE_CODE):
        said = _("共 %(count)s 个，校验值：%(hashes)s；请从备份恢复，或请上传人重新上传")
        hashes = "、".join(each[:12] for each in broken[:SHOWN])
        tell_keepers(
            _("有佐证材料损坏或丢失"),
            said % {"count": len(broken), "hashes": hashes},
            at=at,
            key=f"evidence.broken:{day_of(at)}",
        )


def listed(value: object) -> list[str]:
    """Hashes of a result that was kept as JSON."""
    return value if isinstance(value, list) else []
