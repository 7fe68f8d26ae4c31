"""Where all units stand, and where they would stand if one value of one unit moved."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from kaohe.quantity import ZERO
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.moved import Setting, in_cohort, with_settings
from kaohe.scoring.result import ItemScore, UnitScore
from kaohe.scoring.score import Scorer, ranked

OF_COHORT = ("mean", "place", "best")
"""What a rule may ask about an indicator of the whole cohort."""


class Standing:
    """Every unit's result; when a value moves, only the parts that can see it are scored again."""

    def __init__(self, rubric: Rubric, data: Dataset) -> None:
        self.scorer = Scorer(rubric)
        self.rubric = self.scorer.rubric
        facts = assemble(self.rubric, data)
        self.scores = ranked([self.scorer.score_unit(unit) for unit in facts])
        self.own, self.cohort = readers(self.rubric)

    def after(
        self, facts: UnitFacts, settings: Mapping[IndicatorId, Setting]
    ) -> dict[str, UnitScore]:
        """The results of the unit's group, by unit id, once the unit has these settings."""
        moved = with_settings(facts, settings, self.rubric)
        own = {part for indicator in settings for part in self.own.get(indicator, ())}
        others = {part for indicator in settings for part in self.cohort.get(indicator, ())}
        found = []
        for result in self.scores:
            here = result.facts
            if here.unit.group != facts.unit.group:
                continue
            if here is facts:
                found.append(self.rescored(result, moved, own))
            elif others:
                new = in_cohort(here, moved.cohort)
                found.append(self.rescored(result, new, others))
            else:
                found.append(result)
        return {result.facts.unit.id: result for result in ranked(found)}

    def rescored(self, result: UnitScore, facts: UnitFacts, parts: Collection[str]) -> UnitScore:
        """The unit's result with these parts scored on other facts."""
        items, changed = [], False
        for item in result.items:
            if not any(scored.part.id in parts for scored in item.parts):
                items.append(item)
                continue
            new = self.rescored_item(item, facts, parts)
            same = [part.outcome[:2] for part in new.parts] == [p.outcome[:2] for p in item.parts]
            changed = changed or not same or new.settled != item.settled
            items.append(new)
        return self.scorer.across.total(facts, tuple(items)) if changed else result

    def rescored_item(self, item: ItemScore, facts: UnitFacts, parts: Collection[str]) -> ItemScore:
        """An item with some of its parts scored on other facts."""
        scores = tuple(
            self.scorer.score_part(scored.part, facts) if scored.part.id in parts else scored
            for scored in item.parts
        )
        low: Decimal = sum((scored.outcome.low for scored in scores), ZERO)
        high: Decimal = sum((scored.outcome.high for scored in scores), ZERO)
        return ItemScore(item.criterion, scores, low, high, all(s.settled for s in scores))


Readers = dict[IndicatorId, tuple[str, ...]]
"""The parts whose rules ask for an indicator."""


def readers(rubric: Rubric) -> tuple[Readers, Readers]:
    """The parts that ask for an indicator at all, and those that ask for it of the whole cohort."""
    own: Readers = {}
    cohort: Readers = {}
    for part in rubric.all_parts():
        for need in part.rule.needs():
            if need.kind in ("target", "previous"):
                continue
            own[need.indicator] = (*own.get(need.indicator, ()), part.id)
            if need.kind in OF_COHORT and not need.of:
                cohort[need.indicator] = (*cohort.get(need.indicator, ()), part.id)
    return own, cohort
