"""What an outlook found: what moves, the cheapest ways, robustness; each worked out when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import click

from kaohe.cli.screen import follow
from kaohe.errors import UnknownName
from kaohe.quantity import NotANumber, read_number
from kaohe.reading.writer import fingerprint
from kaohe.rubric.model import Rubric
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.improve import Improvement, NoWay, cheapest
from kaohe.scoring.outlook.robust import Robustness, robustness
from kaohe.scoring.outlook.setting import read_settings
from kaohe.scoring.outlook.whatif import WhatIf, what_if
from kaohe.wording.outlook_json import (
    cheapest_as_plain,
    robustness_as_plain,
    what_if_as_plain,
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One request: the rubric and data as they are, and what is supposed."""

    rubric: Rubric
    data: Dataset
    values: Mapping[tuple[str, str], Decimal]
    targets: Mapping[tuple[str, str], Decimal]
    readings: Mapping[str, str]
    units: tuple[str, ...]
    grade: str | None
    costs: Mapping[str, Decimal] | None

    @classmethod
    def of(
        cls,
        rubric: Rubric,
        data: Dataset,
        *,
        settings: tuple[str, ...],
        readings: Mapping[str, str],
        unit: str | None,
        grade: str | None,
        costs: Mapping[str, str] | None,
    ) -> "Outlook":
        """The request as typed.

        :raises UnknownName: for a unit, indicator or grade that is not there.
        :raises BadSetting: for a value that an indicator cannot have.
        """
        values, targets = read_settings(settings, rubric, data)
        known = [observed.id for observed in data.units]
        if unit is not None and unit not in known:
            raise UnknownName("单位", unit, known)
        if grade is not None and grade not in rubric.grades.names:
            raise UnknownName("等级", grade, rubric.grades.names)
        units = tuple(known) if unit is None else (unit,)
        return cls(rubric, data, values, targets, readings, units, grade, _costs(costs, rubric))

    @property
    def supposes(self) -> bool:
        """Whether any value, target or reading is supposed to be another."""
        return bool(self.values or self.targets or self.readings)

    def moves(self) -> WhatIf:
        """Everything that moves."""
        supposed = {"values": self.values, "targets": self.targets}
        return what_if(self.rubric, self.data, **supposed, readings=self.readings)

    def ways(self) -> list[Improvement | NoWay]:
        """The cheapest way up, for each unit asked about."""
        return [
            cheapest(self.rubric, self.data, unit, grade=self.grade, costs=self.costs)
            for unit in follow(self.units, "找最省力的办法")
        ]

    def footing(self) -> Robustness:
        """What grades and ranks of the units asked about rest on."""
        return robustness(self.rubric, self.data, self.units)

    def as_plain(self) -> dict[str, Any]:
        """All three, as JSON."""
        return {
            "rubric": self.rubric.id,
            "fingerprint": fingerprint(self.rubric),
            "what_if": what_if_as_plain(self.moves()),
            "cheapest": [cheapest_as_plain(way) for way in self.ways()],
            "robustness": robustness_as_plain(self.footing()),
        }


def _costs(costs: Mapping[str, str] | None, rubric: Rubric) -> dict[str, Decimal] | None:
    if costs is None:
        return None
    parts = [part.id for part in rubric.all_parts()]
    for part, cost in costs.items():
        if part not in parts:
            raise UnknownName("计分条目", part, parts)
        if cost.startswith("-"):
            raise click.BadOptionUsage("cost", f"{part} 的成本 {cost} 小于 0；成本应不小于 0")
    try:
        return {part: read_number(cost) for part, cost in costs.items()}
    except NotANumber as error:
        raise click.BadOptionUsage("cost", str(error)) from error
