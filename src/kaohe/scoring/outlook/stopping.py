"""Where the slides and the fine awards of a set of choices stop: at the lowest total that does."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import permutations
from math import gcd
from typing import NamedTuple

from kaohe.quantity import ONE
from kaohe.scoring.outlook.goal import Goal
from kaohe.scoring.outlook.grid import decimals_of
from kaohe.scoring.outlook.levers import Fine, Option, Settings

MOST_ORDERED = 4
"""Of more fine awards than this only the first order of lowering them is tried."""


class Way(NamedTuple):
    """A resolved set of choices: where its slides and fine awards stop."""

    total: Decimal
    scores: dict[str, Decimal]
    settings: Settings


class Stopping:
    """Brings a set of choices down from their most, as far as the goal is still reached."""

    def __init__(
        self, goal: Goal, weights: Mapping[str, Decimal], least: Decimal, fineness: Decimal
    ) -> None:
        self.goal, self.weights = goal, weights
        self.least, self.fineness = least, fineness

    def lowest(
        self, slides: list[Option], fine: list[Fine], scores: dict[str, Decimal], settings: Settings
    ) -> Way | None:
        """Where slides and fine awards stop so that the total is the least that still reaches."""
        if not fine:
            return self.slid(slides, scores, settings, self.floor(slides, scores))
        way = self.lowered(fine, scores, settings)
        if way is None or not slides or way.total <= self.least:
            return way
        best = way
        for there in self.stops(slides[0], scores, settings):
            lower = self.lowest(slides[1:], fine, there.scores, there.settings)
            best = best if lower is None or best.total <= lower.total else lower
            if best.total <= self.least:
                break
        return best

    def slid(
        self, slides: list[Option], scores: dict[str, Decimal], settings: Settings, least: Decimal
    ) -> Way | None:
        """The lowest way over all stops of these slides; no lower than ``least`` is looked for."""
        if not slides:
            total = self.goal.reached(scores)
            return None if total is None else Way(total, scores, settings)
        if len(slides) == 1:
            return self.halved(slides[0], scores, settings)
        best: Way | None = None
        for there in self.stops(slides[0], scores, settings):
            way = self.slid(slides[1:], there.scores, there.settings, least)
            if way is not None and (best is None or way.total < best.total):
                best = way
            if best is not None and best.total <= least:
                break
        return best

    def floor(self, slides: list[Option], scores: dict[str, Decimal]) -> Decimal:
        """The lowest total at or over the line that the steps of the slides can add up to.

        All totals are whole numbers of the common measure of their steps below the most.
        """
        total = self.goal.reached(scores)
        if total is None or len(slides) <= 1 or not self.goal.additive:
            return self.least
        grains = [grain(option) for option in slides]
        known = [each for each in grains if each is not None]
        if len(known) < len(grains) or not self.goal.needed.is_finite():
            return self.least
        places = max(map(decimals_of, known))
        measure = Decimal(gcd(*(int(each.scaleb(places)) for each in known))).scaleb(-places)
        least = total - (total - self.goal.needed) // measure * measure
        if self.goal.strict and least == self.goal.needed:
            least += measure
        return max(least, self.least)

    def lowered(
        self, fine: list[Fine], scores: dict[str, Decimal], settings: Settings
    ) -> Way | None:
        """Fine awards lowered one by one as far as each will go, the weightiest first.

        If that ends above the line, something else than the total holds them, such as a
        precondition; then it matters who is lowered first, and every order is tried.
        """
        ordered = sorted(fine, key=lambda each: -self.weights.get(each.part, ONE))
        best: Way | None = None
        for order in permutations(ordered):
            way = self.lowered_in(order, scores, settings)
            if way is not None and (best is None or way.total < best.total):
                best = way
            settled = best is not None and best.total <= self.least
            if settled or self.goal.plain or len(fine) > MOST_ORDERED:
                break
        return best

    def lowered_in(
        self, fine: tuple[Fine, ...], scores: dict[str, Decimal], settings: Settings
    ) -> Way | None:
        """Fine awards lowered in this order."""
        scores = dict(scores)
        for part, floor, most in fine:
            low, high = 0, int((most - floor) / self.fineness)
            if most - high * self.fineness == floor:
                high -= 1
            while low < high:
                middle = (low + high + 1) // 2
                if self.goal.reached({**scores, part: most - middle * self.fineness}) is None:
                    high = middle - 1
                else:
                    low = middle
            scores[part] = most - low * self.fineness
        total = self.goal.reached(scores)
        return None if total is None else Way(total, scores, settings)

    def halved(self, option: Option, scores: dict[str, Decimal], settings: Settings) -> Way | None:
        """The first step of a slide that reaches the goal, found by halving."""
        assert option.slide is not None, "it is a slide"  # noqa: S101 -- the caller has looked
        first, last = option.slide.first, option.slide.last
        way = 1 if last >= first else -1
        low, high, found = 0, abs(last - first), None
        while low <= high:
            middle = (low + high) // 2
            there = self.stopped(option, first + way * middle, scores, settings)
            if there is None:
                low = middle + 1
            else:
                found, high = there, middle - 1
        return found

    def stopped(
        self, option: Option, step: int, scores: dict[str, Decimal], settings: Settings
    ) -> Way | None:
        """The way with a slide stopped at a step, if it reaches the goal."""
        there = option.lever.at(option, step)
        if there is None:
            return None
        scores = {**scores, **there[1]}
        total = self.goal.reached(scores)
        return None if total is None else Way(total, scores, {**settings, **there[0]})

    def stops(
        self, option: Option, scores: dict[str, Decimal], settings: Settings
    ) -> Iterator[Way]:
        """Where the scores along a slide differ, from its most down, while the goal is reached.

        Of steps with equal scores the one that moves least.
        """
        assert option.slide is not None, "it is a slide"  # noqa: S101 -- the caller has looked
        first, last = option.slide.first, option.slide.last
        way = -1 if last >= first else 1
        held: Way | None = None
        for step in range(last, first + way, way):
            if option.lever.at(option, step) is None:
                continue
            there = self.stopped(option, step, scores, settings)
            if there is None:
                break
            if held is not None and held.scores != there.scores:
                yield held
            held = there
        if held is not None:
            yield held


def grain(option: Option) -> Decimal | None:
    """The measure of which all scores along a slide are whole numbers apart; ``None`` if unsure.

    A rounded score moves by its last decimal. One that is not is straight between two edges (or
    bends one way only, and then does not end where its first step points to).
    """
    slide = option.slide
    assert slide is not None, "it is a slide"  # noqa: S101 -- the caller has looked
    way = 1 if slide.last > slide.first else -1
    steps = abs(slide.last - slide.first)
    seen = [option.lever.at(option, slide.first + way * step) for step in (0, min(1, steps), steps)]
    found = [there[1] for there in seen if there is not None]
    if len(found) < len(seen):
        return None
    measures = []
    for part in option.lever.parts:
        first, second, last = (there[part.id] for there in found)
        places = getattr(part.rule, "round", None)
        if first == last:
            continue
        if places is not None:
            finest = max(places, *map(decimals_of, (first, second, last)))
            measures.append(ONE.scaleb(-finest))
        elif (second - first) * steps == last - first:
            measures.append(abs(second - first))
        else:
            return None
    if not measures:
        return None
    places = max(map(decimals_of, measures))
    return Decimal(gcd(*(int(each.scaleb(places)) for each in measures))).scaleb(-places)
