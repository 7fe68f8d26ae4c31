"""What the database holds after the load, to be compared with what was acknowledged.

python benchmarks/load_check.py FOUND.json
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from kaohe_web.audit.chain import in_order, verify  # noqa: E402 -- after the settings
from kaohe_web.filing.models import Evidence, Submission  # noqa: E402 -- the same


def found() -> dict[str, object]:
    """Every submission's version and note, how many files there are, whether the chain holds."""
    rows = Submission.objects.values_list("assessed_id", "part", "version", "note")
    checked = verify(in_order())
    return {
        "submissions": {f"{unit}/{part}": [version, note] for unit, part, version, note in rows},
        "evidence": Evidence.objects.count(),
        "entries": checked.entries,
        "broken": checked.broken.why if checked.broken else "",
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(found()), "utf-8")
