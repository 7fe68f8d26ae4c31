"""From the data of a year to its scores, by the very path that ``kaohe score`` takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.observations import Dataset
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import score
from kaohe.wording.result_json import result_as_plain
from kaohe.wording.words import Lang
from kaohe_web.cycles.models import Cycle
from kaohe_web.rubrics.models import RubricEdition
from kaohe_web.rubrics.queries import rubric_of as rubric_of_edition

FILE = "计分数据"
"""What the places of mistakes begin with, as the name of a file does in the command."""

Plain = dict[str, Any]
"""Data as JSON holds it; numbers are text."""

Readings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """The units of one scoring, in the order of the data, each with its whole trace."""

    rubric: Rubric
    data: Dataset
    units: tuple[UnitScore, ...]

    def plain(self, lang: Lang = "zh") -> Plain:
        """What ``kaohe score --json`` prints, as data."""
        return result_as_plain(self.rubric, self.units, lang)


def readings_of(cycle: Cycle) -> dict[str, str]:
    """The readings (口径) settled in a year, by id, in one order whatever the database."""
    return dict(sorted(cycle.readings.values_list("reading", "choice")))


def rubric_as_read(edition: RubricEdition, readings: Mapping[str, str]) -> Rubric:
    """The rubric of an edition with these readings in force.

    :raises UnknownName: for a reading or a choice that the edition does not have.
    """
    return choose(rubric_of_edition(edition), readings)


def score_text(edition: RubricEdition, readings: Mapping[str, str], text: str) -> Scored:
    """The scores of data in the shape of ``kaohe score``; equal data is scored once.

    :raises Mistaken: with every mistake in the data, its place, and what to do.
    """
    return _score(_Key(edition), tuple(readings.items()), text)


class _Key:
    """An edition as the key of what was scored by it: its fingerprint."""

    def __init__(self, edition: RubricEdition) -> None:
        self.edition = edition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.edition.fingerprint == other.edition.fingerprint

    def __hash__(self) -> int:
        return hash(self.edition.fingerprint)


@lru_cache(maxsize=8)
def _score(key: _Key, readings: Readings, text: str) -> Scored:
    return compute(key.edition, dict(readings), text)


def compute(edition: RubricEdition, readings: Mapping[str, str], text: str) -> Scored:
    """The same, computed anew whatever was scored before."""
    rubric = rubric_as_read(edition, readings)
    data = read_data(read_json(text, FILE), rubric)
    return Scored(rubric, data, tuple(score(rubric, data)))


def figure(text: str) -> Decimal:
    """A score of a result, by its digits: it may have more of them than any value that is typed."""
    return Decimal(text)


def canonical(data: Any) -> str:  # noqa: ANN401 -- whatever JSON holds
    """Data as JSON text: the same text for equal data, its names in order, easy to read."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def printed(data: Plain) -> str:
    """A result as the command prints it, to the last byte."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
