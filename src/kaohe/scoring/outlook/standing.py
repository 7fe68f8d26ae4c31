"""Where the units of one group stand, and where they would stand if one value of one moved."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import ZERO
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import OF_COHORT, UnitFacts
from kaohe.scoring.outlook.moved import Setting, in_cohort, with_settings
from kaohe.scoring.outlook.whatif import Range, range_of
from kaohe.scoring.result import ItemScore, PartScore, UnitScore
from kaohe.scoring.score import Scorer, ranked, ranks_of

Place = int
"""A unit's place in its group, in the order of the data."""

Seen = tuple[Decimal, Decimal, bool]
"""All that a part's score brings to a total: its ends, and whether it is settled."""


class Stand(NamedTuple):
    """A unit's total and grade, without the reasons."""

    range: Range
    grade: str | None

    @classmethod
    def of(cls, result: UnitScore) -> "Stand":
        """Where a result stands."""
        return cls(range_of(result), result.grade)


class Standing:
    """The results of one group; when a value moves, only what can see it is scored again.

    Means, ranks and bests are a group's own, so that nothing here touches another group.
    """

    def __init__(self, scorer: Scorer, reads: "Readers", group: Sequence[UnitFacts]) -> None:
        self.scorer, self.reads = scorer, reads
        self.scores = ranked([scorer.score_unit(facts) for facts in group])
        self.stands = [Stand.of(result) for result in self.scores]
        self.places = {facts.unit.id: place for place, facts in enumerate(group)}
        self.items = [
            {scored.part.id: at for at, item in enumerate(result.items) for scored in item.parts}
            for result in self.scores
        ]
        self._alike: dict[str, list[list[Place]]] = {}
        self._known: dict[tuple[Place, tuple[tuple[str, Seen], ...]], Stand | None] = {}

    def after(
        self, facts: UnitFacts, indicator: IndicatorId, setting: Setting
    ) -> dict[Place, Stand]:
        """The units of which a score changes once this unit has this setting."""
        moved = with_settings(facts, {indicator: setting}, self.scorer.rubric)
        mover = self.places[facts.unit.id]
        own = [self.scored(mover, part) for part in self.reads.own.get(indicator, ())]
        new = {
            mover: {s.part.id: self.scorer.score_part(s.part, moved) for s in own if s is not None}
        }
        for part in self.reads.cohort.get(indicator, ()):
            for first, alike in self.others(part, mover):
                old = self.known(first, part)
                there = in_cohort(self.scores[first].facts, moved.cohort)
                scored = self.scorer.score_part(old.part, there)
                if seen(scored) != seen(old):
                    for place in alike:
                        new.setdefault(place, {})[part] = scored
        found = ((place, self.stand(place, parts)) for place, parts in sorted(new.items()))
        return {place: stand for place, stand in found if stand is not None}

    def others(self, part: str, mover: Place) -> Iterator[tuple[Place, list[Place]]]:
        """The units beside the mover that a part is scored on, those alike to it together."""
        for together in self.alike(part):
            alike = [place for place in together if place != mover]
            if alike:
                yield alike[0], alike

    def alike(self, part: str) -> list[list[Place]]:
        """The units that a part is scored on; those it cannot tell apart stand together."""
        if part not in self._alike:
            together: dict[object, list[Place]] = {}
            for place, result in enumerate(self.scores):
                scored = self.scored(place, part)
                if scored is not None:
                    together.setdefault(asked(scored, result.facts), []).append(place)
            self._alike[part] = list(together.values())
        return self._alike[part]

    def scored(self, place: Place, part: str) -> PartScore | None:
        """A part of a unit's result; ``None`` if its kind of unit is not scored on it."""
        return self.known(place, part) if part in self.items[place] else None

    def known(self, place: Place, part: str) -> PartScore:
        """A part that the unit is scored on."""
        item = self.scores[place].items[self.items[place][part]]
        return next(scored for scored in item.parts if scored.part.id == part)

    def stand(self, place: Place, parts: Mapping[str, PartScore]) -> Stand | None:
        """Where a unit stands with these parts; ``None`` if no score of it changes.

        Moves lead to the same few scores again and again: each is added up once.
        """
        key = (place, tuple((part, seen(scored)) for part, scored in parts.items()))
        if key not in self._known:
            self._known[key] = self.added_up(place, parts)
        return self._known[key]

    def added_up(self, place: Place, parts: Mapping[str, PartScore]) -> Stand | None:
        """The same, worked out."""
        result = self.scores[place]
        items, changed = list(result.items), False
        for at in {self.items[place][part] for part in parts}:
            old = result.items[at]
            items[at] = new = with_parts(old, parts)
            same = [part.outcome[:2] for part in new.parts] == [p.outcome[:2] for p in old.parts]
            changed = changed or not same or new.settled != old.settled
        if not changed:
            return None
        return Stand.of(self.scorer.across.total(result.facts, tuple(items)))

    def ranked(self, changed: Mapping[Place, Stand]) -> Iterator[tuple[Place, Stand, int | None]]:
        """These units and those whose rank they change, each with its new rank, in order."""
        old = self.stands
        if all(old[place].range.score == stand.range.score for place, stand in changed.items()):
            for place, stand in changed.items():
                yield place, stand, self.scores[place].rank
            return
        new = [changed.get(place, stand) for place, stand in enumerate(old)]
        ranks = ranks_of([stand.range.score for stand in new])
        for place, rank in enumerate(ranks):
            if place in changed or rank != self.scores[place].rank:
                yield place, new[place], rank


def seen(scored: PartScore) -> Seen:
    """What a part's score brings to a total."""
    return scored.outcome.low, scored.outcome.high, scored.settled


def asked(scored: PartScore, facts: UnitFacts) -> object:
    """All that a part asks of the unit itself: what is equal here scores equal in one cohort."""
    part, given = scored.part, facts.given().get(scored.part.id)
    return (
        scored.exempted,
        None if given is None else given.low,
        tuple(of_unit(facts, need.indicator) for need in part.rule.needs()),
    )


def of_unit(facts: UnitFacts, indicator: IndicatorId) -> object:
    """What is known of the unit's own indicator."""
    tally = facts.tally(indicator)
    counted = None if tally is None else tuple(tally.items())
    return facts.value(indicator), facts.target(indicator), facts.previous(indicator), counted


def with_parts(item: ItemScore, parts: Mapping[str, PartScore]) -> ItemScore:
    """An item with these parts in place of its own."""
    scores = tuple(parts.get(scored.part.id, scored) for scored in item.parts)
    low: Decimal = sum((scored.outcome.low for scored in scores), ZERO)
    high: Decimal = sum((scored.outcome.high for scored in scores), ZERO)
    return ItemScore(item.criterion, scores, low, high, all(s.settled for s in scores))


class Readers(NamedTuple):
    """By indicator: the parts that ask for it at all, and those that ask it of the whole cohort."""

    own: Mapping[IndicatorId, tuple[str, ...]]
    cohort: Mapping[IndicatorId, tuple[str, ...]]


def readers(rubric: Rubric) -> Readers:
    """The parts whose rules ask for an indicator, each once."""
    own: dict[IndicatorId, dict[str, None]] = {}
    cohort: dict[IndicatorId, dict[str, None]] = {}
    for part in rubric.all_parts():
        for need in part.rule.needs():
            if need.kind in ("target", "previous"):
                continue
            own.setdefault(need.indicator, {})[part.id] = None
            if need.kind in OF_COHORT and not need.of:
                cohort.setdefault(need.indicator, {})[part.id] = None
    return Readers(
        {indicator: tuple(parts) for indicator, parts in own.items()},
        {indicator: tuple(parts) for indicator, parts in cohort.items()},
    )
