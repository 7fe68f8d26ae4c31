"""A unit with other values, in a cohort put together anew around it; nothing given is touched."""

from collections.abc import Mapping
from decimal import Decimal

from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import Cohort, UnitFacts
from kaohe.scoring.observations import count

Tally = dict[str, int]
"""How many things a register counts at each level."""

Setting = Decimal | Tally
"""What an indicator is set to: a typed value, or the counts of its register."""


def with_settings(
    facts: UnitFacts, settings: Mapping[IndicatorId, Setting], rubric: Rubric
) -> UnitFacts:
    """The unit's facts with these settings, and its cohort with the means that follow from them.

    A typed value takes the place of a register's count, and its entries then count no more.
    """
    own = copied(facts)
    own.values, own.tallies, own.waiting = dict(facts.values), dict(facts.tallies), {}
    for indicator, setting in settings.items():
        if isinstance(setting, dict):
            own.tallies[indicator] = setting
            own.values[indicator] = count(rubric.registers[indicator], setting)
        else:
            own.tallies.pop(indicator, None)
            own.values[indicator] = setting
    waiting = facts.waiting.items()
    own.waiting = {indicator: n for indicator, n in waiting if indicator not in settings}
    members = list(facts.cohort.members)
    if facts in members:
        members[members.index(facts)] = own
    own.cohort = Cohort(members, facts.cohort.references, facts.cohort.asked_of)
    return own


def in_cohort(facts: UnitFacts, cohort: Cohort) -> UnitFacts:
    """The unit's facts as they are, compared with another cohort."""
    own = copied(facts)
    own.cohort = cohort
    return own


def copied(facts: UnitFacts) -> UnitFacts:
    """The same facts once more: a tenth of the time of ``copy.copy``, which asks what they are."""
    own = UnitFacts.__new__(UnitFacts)
    for name in UnitFacts.__slots__:
        setattr(own, name, getattr(facts, name))
    return own
