"""What is known of the assessed units: values, targets, awards of points, entries, vetoes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import ZERO
from kaohe.rubric.register import Register
from kaohe.rules.base import Award, IndicatorId


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered thing: an award, an event.

    ``date`` is an ISO date; ``document`` the paper that proves it; ``approval`` the decision that
    lets an entry outside the catalogue count.
    """

    name: str
    level: str
    date: str
    document: str
    holder: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True)
class Determination:
    """Who determined that a veto's event took place, and in which document."""

    authority: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Observations:
    """Everything known of one assessed unit. A key that is not there is a missing value."""

    id: str
    name: str
    group: str
    type: str = ""
    values: Mapping[IndicatorId, Decimal] = field(default_factory=dict)
    targets: Mapping[IndicatorId, Decimal] = field(default_factory=dict)
    previous: Mapping[IndicatorId, Decimal] = field(default_factory=dict)
    awards: Mapping[str, Award] = field(default_factory=dict)
    entries: Mapping[IndicatorId, tuple[Entry, ...]] = field(default_factory=dict)
    exempt: Mapping[str, str] = field(default_factory=dict)
    vetoes: tuple[str, ...] = ()
    determinations: Mapping[str, Determination] = field(default_factory=dict)


References = Mapping[tuple[str, IndicatorId, str], Decimal | None]
"""Means from outside by group, indicator and name of the mean (empty for the cohort's own).

``None`` stands in place of a cohort's own mean where not all units compared with are in the data:
nothing over the cohort is known then.
"""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The units of one assessment, and the means that stand in for computed ones."""

    units: tuple[Observations, ...]
    references: References = field(default_factory=dict)


class Tallied(NamedTuple):
    """What a unit's register comes to: how many per level, and how many entries wait."""

    by_level: dict[str, int]
    waiting: int


def tally(register: Register, entries: tuple[Entry, ...]) -> Tallied:
    """Count a unit's entries: the same thing once, at its highest level.

    The same thing is the same name with the same holder. An entry outside the catalogue counts
    only with an approval; those without one are waiting, and leave the count open.
    """
    order = [level.id for level in register.levels]
    best: dict[tuple[str, str], int] = {}
    waiting = set()
    for entry in entries:
        level = register.level(entry.level)
        assert level is not None, "levels are checked when data is read"  # noqa: S101 -- see data.py
        kind = register.kind(entry.name, level.id)
        thing = (kind.name if kind else entry.name, entry.holder)
        if kind is None and not entry.approval and register.kinds:
            waiting.add(thing)
            continue
        place = order.index(level.id)
        best[thing] = min(best.get(thing, place), place)
    by_level = dict.fromkeys(order, 0)
    for place in best.values():
        by_level[order[place]] += 1
    return Tallied(by_level, len(waiting - best.keys()))


def count(register: Register, by_level: Mapping[str, int]) -> Decimal:
    """The value of the register's indicator: what its things count for, added up."""
    return sum((level.counts * by_level[level.id] for level in register.levels), ZERO)
