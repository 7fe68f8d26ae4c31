"""What a run keeps as JSON, read back."""

import json
from functools import lru_cache

from kaohe_web.results.models import ScoringRun, UnitResult
from kaohe_web.results.scoring import Plain


def readings_in(run: ScoringRun) -> dict[str, str]:
    """The readings it was scored by."""
    readings: dict[str, str] = json.loads(run.readings)
    return readings


def inputs_in(run: ScoringRun) -> Plain:
    """The data it was scored from; not to be changed."""
    return read(run.inputs)


def result_in(run: ScoringRun) -> Plain:
    """The result as the command prints it; not to be changed."""
    return read(run.result)


def detail_in(result: UnitResult) -> Plain:
    """A unit's detail; not to be changed."""
    return read(result.detail)


@lru_cache(maxsize=32)
def read(text: str) -> Plain:
    """A JSON text of ours: the same text is read once."""
    plain: Plain = json.loads(text)
    return plain
