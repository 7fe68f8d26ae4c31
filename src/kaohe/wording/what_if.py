"""The facts of one unit with a single value changed, its cohort's means and places with it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import Cohort, UnitFacts


def with_value(
    facts: UnitFacts, rubric: Rubric, indicator: IndicatorId, value: Decimal
) -> UnitFacts:
    """The same unit in the same cohort, had the value of one indicator been another.

    A value counted from a register is set in the register's place.
    """
    entries = {name: kept for name, kept in facts.unit.entries.items() if name != indicator}
    unit = replace(facts.unit, entries=entries, values={**facts.values, indicator: value})
    return in_cohort(facts, UnitFacts(rubric, unit))


def with_tally(
    facts: UnitFacts, rubric: Rubric, indicator: IndicatorId, by_level: Mapping[str, int]
) -> UnitFacts:
    """The same unit, had its register counted so many things at each level."""
    changed = UnitFacts(rubric, facts.unit)
    changed.tallies = {**facts.tallies, indicator: dict(by_level)}
    return in_cohort(facts, changed)


def in_cohort(facts: UnitFacts, changed: UnitFacts) -> UnitFacts:
    """The changed unit in the place of the one it was, so that means and places follow."""
    was = facts.cohort
    members = [changed if member is facts else member for member in was.members]
    changed.cohort = Cohort(members, was.references, was.asked_of)
    return changed
