"""Levers: what a unit can better, each with the choices that lead to different scores.

Parts that read an indicator in common move together and make one lever; so does a part that only
an assessor decides. Levers never touch one another's parts.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise, product
from typing import NamedTuple

from kaohe.quantity import NeedsRounding
from kaohe.rubric.model import Indicator, Part
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.outlook.awards import Awards, awards_above
from kaohe.scoring.outlook.edges import edges
from kaohe.scoring.outlook.grid import at_step, on_grid, places_of, stops, upward
from kaohe.scoring.outlook.means import Mover
from kaohe.scoring.outlook.moved import Setting, with_settings
from kaohe.scoring.outlook.tallies import tallies
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import Scorer

Settings = dict[IndicatorId, Setting]


class Slide(NamedTuple):
    """A stretch of values over which a score moves bit by bit, from the first step to the last."""

    indicator: IndicatorId
    first: int
    last: int
    places: int


class Fine(NamedTuple):
    """A part that an assessor may give any points above ``floor``, and the most."""

    part: str
    floor: Decimal
    most: Decimal


class Option(NamedTuple):
    """One choice of a lever at its most: settings, awards, and the scores that follow.

    ``fine`` awards and a ``slide`` may also stop short of it.
    """

    lever: "Lever"
    settings: Settings
    awards: dict[str, Decimal]
    scores: dict[str, Decimal]
    fine: tuple[Fine, ...] = ()
    slide: Slide | None = None


class Seen(NamedTuple):
    """What a part comes to at some settings, and whether an assessor may still settle it."""

    low: Decimal
    awaits: bool


class Lever:
    """Parts that move together, with the indicators they read; its options are found once."""

    def __init__(
        self,
        scorer: Scorer,
        result: UnitScore,
        parts: tuple[Part, ...],
        indicators: tuple[Indicator, ...],
    ) -> None:
        self.scorer, self.facts = scorer, result.facts
        self.parts, self.indicators = parts, indicators
        self.lows = {p.part.id: p.outcome.low for i in result.items for p in i.parts}
        self.options = tuple(self.find())

    def seen(self, settings: Mapping[IndicatorId, Setting]) -> dict[str, Seen] | None:
        """What the parts come to; ``None`` where a score would need a rounding nobody named."""
        facts = self.moved(settings)
        found = {}
        try:
            for part in self.parts:
                scored = self.scorer.score_part(part, facts)
                reason = scored.silent or scored.outcome.because
                found[part.id] = Seen(scored.outcome.low, reason.awaits_award)
        except NeedsRounding:
            return None
        return found

    def moved(self, settings: Mapping[IndicatorId, Setting]) -> UnitFacts:
        """The unit's facts with these settings."""
        if not settings:
            return self.facts
        return with_settings(self.facts, settings, self.scorer.rubric)

    def at(self, option: Option, step: int) -> tuple[Settings, dict[str, Decimal]] | None:
        """Settings and scores of an option whose slide stops at a step."""
        slide = option.slide
        assert slide is not None, "only slides stop short"  # noqa: S101 -- the search asks of slides
        settings = {**option.settings, slide.indicator: at_step(step, slide.places)}
        seen = self.seen(settings)
        if seen is None:
            return None
        return settings, {part: found.low for part, found in seen.items()} | option.awards

    def find(self) -> Iterator[Option]:
        """Every choice that betters some part; of those with equal scores the smallest move."""
        known = set()
        for settings, slide in self.positions():
            seen = self.seen(settings)
            for option in () if seen is None else self.judged(settings, slide, seen):
                better = any(score > self.lows[part] for part, score in option.scores.items())
                key = (*sorted(option.scores.items()), *option.fine)
                if better and (slide is not None or key not in known):
                    known.add(key)
                    yield option

    def judged(
        self, settings: Settings, slide: Slide | None, seen: dict[str, Seen]
    ) -> Iterator[Option]:
        """The option of these settings, alone and with each choice of points by assessors."""
        choices = [
            awards_above(part, seen[part.id].low) if seen[part.id].awaits else Awards((), fine=None)
            for part in self.parts
        ]
        offered = [
            (None, *choice.single, *((choice.fine,) * (choice.fine is not None)))
            for choice in choices
        ]
        for given in product(*offered):
            pairs = list(zip(self.parts, given, strict=True))
            awards = {part.id: award for part, award in pairs if award is not None}
            scores = {part: found.low for part, found in seen.items()} | awards
            changed = {p: score for p, score in scores.items() if score != self.lows[p]}
            fine = tuple(
                Fine(part.id, seen[part.id].low, award)
                for (part, award), choice in zip(pairs, choices, strict=True)
                if award is not None and choice.fine is not None and award == choice.fine
            )
            yield Option(self, settings, awards, changed, fine, slide)

    def positions(self) -> Iterator[tuple[Settings, Slide | None]]:
        """Where the indicators can be put: as they are, at each stop, and along each slide.

        Of several indicators bound together by a rule, one at a time may stand between stops.
        """
        yield {}, None
        for indicator in self.indicators:
            others = [other for other in self.indicators if other is not indicator]
            for settings in self.combinations(others, {}):
                yield from self.along(indicator, settings)

    def combinations(self, indicators: list[Indicator], settings: Settings) -> Iterator[Settings]:
        """Each of these indicators as it is, and at each of its stops given those before it."""
        if not indicators:
            yield settings
            return
        first, rest = indicators[0], indicators[1:]
        yield from self.combinations(rest, settings)
        for setting in self.choices(first, settings):
            yield from self.combinations(rest, {**settings, first.id: setting})

    def along(
        self, indicator: Indicator, settings: Settings
    ) -> Iterator[tuple[Settings, Slide | None]]:
        """The slides of one indicator between its stops, then each of its stops."""
        choices = self.choices(indicator, settings)
        start = self.facts.value(indicator.id)
        values = [value for value in (start, *choices) if isinstance(value, Decimal)]
        places = places_of(indicator)
        for one, other in pairwise(values):
            first, last = on_grid(one, places), on_grid(other, places)
            if abs(last - first) > 1 and self.differs(indicator, settings, one, other):
                step = 1 if last > first else -1
                slide = Slide(indicator.id, first + step, last, places)
                yield {**settings, indicator.id: at_step(last, places)}, slide
        for setting in choices:
            yield {**settings, indicator.id: setting}, None

    def differs(
        self, indicator: Indicator, settings: Settings, one: Decimal, other: Decimal
    ) -> bool:
        """Whether the scores at two values are not the same."""
        seen = [self.seen({**settings, indicator.id: value}) for value in (one, other)]
        return seen[0] != seen[1]

    def choices(self, indicator: Indicator, settings: Settings) -> list[Setting]:
        """The stops of an indicator in its better direction, the nearest first."""
        rules = [part.rule for part in self.parts]
        if any(n.kind == "tally" and n.indicator == indicator.id for r in rules for n in r.needs()):
            return list(tallies(indicator, self.facts, self.scorer.rubric, self.parts))
        facts = self.moved(settings)
        mover = Mover(facts, indicator.id)
        found = [e for part in self.parts for e in edges(part.rule, facts, part.points, mover)]
        ahead = stops(indicator, found, places_of(indicator))
        value, up = self.facts.value(indicator.id), upward(indicator)
        if value is not None:
            ahead = [stop for stop in ahead if (stop > value if up else stop < value)]
        return list(ahead if up else reversed(ahead))


def levers(scorer: Scorer, result: UnitScore) -> list[Lever]:
    """The unit's levers that have any choice, in document order."""
    exempt = result.facts.unit.exempt
    parts = [p.part for item in result.items for p in item.parts if p.part.id not in exempt]
    found = []
    for together in grouped(parts):
        names = dict.fromkeys(name for part in together for name in levered(part))
        indicators = tuple(scorer.rubric.indicators[name] for name in names)
        lever = Lever(scorer, result, together, indicators)
        if lever.options:
            found.append(lever)
    return found


def levered(part: Part) -> list[IndicatorId]:
    """The indicators whose value of this year the part's rule reads."""
    return [need.indicator for need in part.rule.needs() if need.kind in ("value", "tally")]


def grouped(parts: list[Part]) -> list[tuple[Part, ...]]:
    """The parts that share indicators, put together; one alone where it shares none."""
    groups: list[tuple[set[IndicatorId], list[Part]]] = []
    for part in parts:
        names, members = set(levered(part)), [part]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (names, members)]
    order = {part.id: place for place, part in enumerate(parts)}
    sorted_groups = (tuple(sorted(group, key=lambda p: order[p.id])) for _, group in groups)
    return sorted(sorted_groups, key=lambda group: order[group[0].id])
