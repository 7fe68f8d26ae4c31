"""The cheapest way found the long way: by scoring every combination of values and points."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

from kaohe.rubric.model import Indicator, Part, Rubric
from kaohe.rules.base import Award, IndicatorId
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset, Observations
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import Scorer
from outlook.small import MOST_THINGS

D = Decimal

Cost = tuple[Decimal, int, Decimal]
"""The cost of the parts changed, how many they are, and the total reached."""


def by_trying(
    rubric: Rubric, data: Dataset, wanted: str, costs: Mapping[str, Decimal]
) -> Cost | None:
    """The least cost of reaching a grade, by scoring every combination of values and points."""
    scorer = Scorer(rubric)
    first, others = data.units[0], data.units[1:]
    start = scorer.score(assemble(scorer.rubric, data)[0])
    lows = {p.part.id: p.outcome.low for item in start.items for p in item.parts}
    best: Cost | None = None
    for values in product(
        *(list(offered(i, first)) for i in rubric.indicators.values() if read(rubric, i))
    ):
        moved = replace(
            first, values={**first.values, **{k: v for k, v in values if v is not None}}
        )
        facts = assemble(scorer.rubric, Dataset((moved, *others)))[0]
        for awards in product(*(list(givable(part, facts, lows)) for part in rubric.all_parts())):
            given = {part: Award(score) for part, score in awards if score is not None}
            facts.unit = replace(moved, awards={**moved.awards, **given})
            result = scorer.score(facts)
            total, grade = as_lost(scorer, result)
            if grade is None or rubric.grades.names.index(grade) > rubric.grades.names.index(
                wanted
            ):
                continue
            changed = [
                p.part.id
                for item in result.items
                for p in item.parts
                if p.outcome.low != lows[p.part.id]
            ]
            cost = sum((costs.get(part, D(1)) for part in changed), D(0))
            found = (cost, len(changed), total)
            best = found if best is None else min(best, found)
    return best


def read(rubric: Rubric, indicator: Indicator) -> bool:
    return any(
        need.indicator == indicator.id for part in rubric.all_parts() for need in part.rule.needs()
    )


def offered(
    indicator: Indicator, first: Observations
) -> Iterator[tuple[IndicatorId, Decimal | None]]:
    """The values an indicator can be brought to, and as it is."""
    now = first.values.get(indicator.id)
    yield indicator.id, None
    low, high = {"percent": (0, 100), "count": (0, MOST_THINGS), "grade": (1, 3)}[
        indicator.unit.name
    ]
    for step in range(low, high + 1):
        lower = indicator.better == "lower" or indicator.unit.name == "grade"
        if now is None or (step < now if lower else step > now):
            yield indicator.id, D(step)


def givable(
    part: Part, facts: UnitFacts, lows: Mapping[str, Decimal]
) -> Iterator[tuple[str, Decimal | None]]:
    """The points an assessor can give where the rule leaves it to them, and as it is."""
    yield part.id, None
    if (
        part.id in facts.unit.exempt
        or not part.rule.assess(facts, part.points).because.awaits_award
    ):
        return
    now = facts.unit.awards.get(part.id)
    low = int((lows[part.id] if now is None else now.score) * 100)
    for hundredths in range(low + 1, 301):
        if part.rule.award_fault(D(hundredths) / 100, part.points) is None:
            yield part.id, D(hundredths) / 100


def as_lost(scorer: Scorer, result: UnitScore) -> tuple[Decimal, str | None]:
    """Total and grade when everything open is settled at its lowest."""
    items = []
    for item in result.items:
        parts = tuple(
            p._replace(outcome=p.outcome._replace(high=p.outcome.low, because=Award(p.outcome.low)))
            for p in item.parts
        )
        items.append(item._replace(parts=parts, high=item.low))
    total = scorer.across.total(result.facts, tuple(items))
    certain, possible = scorer.across.acting(result.facts.unit.vetoes, tuple(items))
    grades = scorer.rubric.grades
    return total.low, grades.after(grades.of(total.low), certain + possible)
