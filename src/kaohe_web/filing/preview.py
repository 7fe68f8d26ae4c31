"""What a unit's values would score as they stand now, before anything is handed in.

Its own values count as they are typed; those of the other units only once they are submitted, so
that nobody reads another unit's draft out of a mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kaohe.quantity import exact
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset, Observations
from kaohe.scoring.result import PartScore
from kaohe.wording.sentences import explain_part
from kaohe.wording.words import Lang, Words
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.filing.clauses import Clause, Year
from kaohe_web.filing.observed import dataset
from kaohe_web.filing.values import ValueEntry


@dataclass(frozen=True, slots=True)
class Preview:
    """The score of a part, or the range it lies in, and why."""

    points: Decimal
    score: Decimal | None
    low: Decimal
    high: Decimal
    because: str


def preview(
    year: Year,
    assessed: AssessedUnit,
    clause: Clause,
    typed: Mapping[str, ValueEntry],
    *,
    lang: Lang = "zh",
) -> Preview:
    """What one part of one unit would score with these values; reads only what the part needs."""
    data = group_of(year, assessed, only=clause.read)
    own = next(unit for unit in data.units if unit.id == assessed.unit.code)
    trial = with_typed(own, typed)
    units = tuple(trial if unit is own else unit for unit in data.units)
    with exact():
        facts = facts_of(year, Dataset(units, data.references), assessed)
        scored = year.scorer.score_part(clause.part, facts)
    return told(scored, Words.of(year.rubric, lang))


def standing(year: Year, assessed: AssessedUnit) -> dict[str, PartScore]:
    """What each part of a unit would score now, by its id."""
    with exact():
        facts = facts_of(year, group_of(year, assessed), assessed)
        scored = year.scorer.score_unit(facts)
    return {part.part.id: part for item in scored.items for part in item.parts}


def told(scored: PartScore, words: Words) -> Preview:
    """A part's score with its reason as a sentence."""
    return Preview(
        points=scored.part.points,
        score=scored.score,
        low=scored.outcome.low,
        high=scored.outcome.high,
        because=explain_part(scored, words),
    )


def group_of(
    year: Year, assessed: AssessedUnit, *, only: tuple[IndicatorId, ...] | None = None
) -> Dataset:
    """The units that one is compared with, itself included, and the means that are given."""
    cycle = assessed.cycle
    units = list(cycle.units.filter(group=assessed.group).select_related("unit"))
    return dataset(year, cycle, units, drafts=lambda unit: unit.pk == assessed.pk, only=only)


def with_typed(unit: Observations, typed: Mapping[str, ValueEntry]) -> Observations:
    """A unit's observations with values as somebody is typing them; an emptied one is missing."""
    values, previous = dict(unit.values), dict(unit.previous)
    for name, entry in typed.items():
        indicator = IndicatorId(name)
        for found, number in ((values, entry.number), (previous, entry.before)):
            if number is None:
                found.pop(indicator, None)
            else:
                found[indicator] = number
    return replace(unit, values=values, previous=previous)


def facts_of(year: Year, data: Dataset, assessed: AssessedUnit) -> UnitFacts:
    """What the rules may ask about a unit among the others."""
    facts = assemble(year.rubric, data)
    return next(each for each in facts if each.unit.id == assessed.unit.code)
