"""The seal of a run: its files, their hashes, and one digest over all of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from kaohe_web.results.models import ScoringRun
from kaohe_web.results.scoring import compute, printed
from kaohe_web.results.stored import readings_in

SUMS = "SHA256SUMS"
"""The list of hashes, as the usual tools write and check it; its own hash is the digest."""


def files_of(run: ScoringRun) -> dict[str, str]:
    """What a run froze, file by file, by name."""
    details = run.units.order_by("pk").values_list("detail", flat=True)
    return {
        "details.json": "[\n" + ",\n".join(details) + "\n]\n",
        "inputs.json": run.inputs,
        "readings.json": run.readings,
        "result.json": run.result,
        "rubric.yaml": run.edition.text,
    }


def sums_of(files: Mapping[str, str]) -> str:
    """The hash of every file, a line each, in the order of their names."""
    lines = (f"{sha256(files[name])}  {name}\n" for name in sorted(files))
    return "".join(lines)


def digest_of(files: Mapping[str, str]) -> str:
    """The digest over everything."""
    return f"sha256:{sha256(sums_of(files))}"


def sha256(text: str) -> str:
    """The hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What came of computing a run again: ``intact`` is its seal, ``identical`` its result."""

    intact: bool
    identical: bool

    @property
    def holds(self) -> bool:
        """Whether both hold."""
        return self.intact and self.identical


def recompute(run: ScoringRun) -> Reproduced:
    """Compute a stored run again from what it froze, and compare to the last byte."""
    again = compute(run.edition, readings_in(run), run.inputs)
    return Reproduced(
        intact=digest_of(files_of(run)) == run.digest,
        identical=printed(again.plain()) == run.result,
    )
