"""The search for the cheapest choices that reach a goal: branch and bound, exact.

It walks the levers in order and tries every choice of each, least promising last. It turns back
only where something proven says so: a bound under which the rest cannot be bought for what is
left (:mod:`kaohe.scoring.outlook.frontier`, exact for one sum and never too high for several), or
a state seen before in which the rest would be the same. What it accepts, the engine has scored.

Why points gained are least, too (:mod:`kaohe.scoring.outlook.stopping`): where the cheapest set
holds a part that an assessor may give any points, the others at their most cannot do without it,
so it can stop exactly at the line; where the set holds none, every stop of every slide in it is
looked at, the last one by halving. The tests try every combination on small random assessments.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import ONE, ZERO
from kaohe.scoring.outlook.frontier import NOTHING_SPENT, Spent, both, frontiers
from kaohe.scoring.outlook.goal import Goal
from kaohe.scoring.outlook.grid import decimals_of
from kaohe.scoring.outlook.levers import Lever, Option, Settings
from kaohe.scoring.outlook.stopping import Stopping

FINEST = 2
"""Points are given to two decimals, or as finely as the figures around them need."""


class Found(NamedTuple):
    """A way to the goal: what is spent, the total it ends at, and what it sets."""

    spent: Spent
    total: Decimal
    settings: Settings
    awards: dict[str, Decimal]
    scores: dict[str, Decimal]


class Choice(NamedTuple):
    """An option with what it costs, brings to each row, and adds to the state."""

    option: Option
    spent: Spent
    gains: tuple[Decimal, ...]
    state: tuple[Decimal, ...]
    number: tuple[int, int]


class Search:
    """One search: the goal, the levers, the costs of parts (one each unless given)."""

    def __init__(self, goal: Goal, levers: list[Lever], costs: Mapping[str, Decimal]) -> None:
        self.goal, self.costs = goal, costs
        self.rows = goal.rows()
        self.needs = tuple(row.need for row in self.rows)
        self.buckets = goal.buckets()
        self.size = max(self.buckets.values(), default=0) + 1
        ordered = sorted(levers, key=self.promise)
        self.choices = [self.weigh(place, lever) for place, lever in enumerate(ordered)]
        self.frontiers = [
            frontiers([[(c.spent, c.gains[r]) for c in each] for each in self.choices], need)
            for r, need in enumerate(self.needs)
        ]
        fineness = ONE.scaleb(-self.decimals())
        self.least = goal.least(self.rows, fineness)
        self.stopping = Stopping(goal, self.rows[0].weights, self.least, fineness)
        self.seen: set[object] = set()
        self.best: Found | None = None
        self.done = False

    def run(self) -> Found | None:
        """The cheapest way, or ``None`` if there is none."""
        self.walk(0, NOTHING_SPENT, self.needs, (ZERO,) * (2 * self.size), [])
        return self.best

    def promise(self, lever: Lever) -> tuple[bool, Decimal]:
        """Levers with fine awards come first, then those that gain the most."""
        most = max(sum((g for _, g in self.goal.gains(o.scores)), ZERO) for o in lever.options)
        return not any(option.fine for option in lever.options), -most

    def weigh(self, place: int, lever: Lever) -> list[Choice]:
        """The options of a lever with their worth, the greatest first."""
        found = []
        for number, option in enumerate(lever.options):
            gains = self.goal.gains(option.scores)
            spent = (sum((self.cost(p) for p in option.scores), ZERO), len(option.scores))
            by_row = tuple(row.gain(gains) for row in self.rows)
            found.append(Choice(option, spent, by_row, self.state(option), (place, number)))
        return sorted(found, key=lambda choice: (-sum(choice.gains), choice.spent, choice.number))

    def cost(self, part: str) -> Decimal:
        """What changing a part costs."""
        return self.costs.get(part, ONE)

    def state(self, option: Option) -> tuple[Decimal, ...]:
        """What an option adds to the sums of the buckets: what is fixed, and what is fine."""
        sums = [ZERO] * (2 * self.size)
        fine = {each.part for each in option.fine}
        for part, gain in self.goal.gains(option.scores):
            sums[self.buckets[part] + (self.size if part in fine else 0)] += gain
        return tuple(sums)

    def decimals(self) -> int:
        """The decimals that the line and every score need."""
        scores = [s for each in self.choices for c in each for s in c.option.scores.values()]
        line = [self.goal.needed] if self.goal.needed.is_finite() else []
        return max(FINEST, *map(decimals_of, [*line, *self.goal.lows.values(), *scores]))

    def bound(self, place: int, spent: Spent, needs: tuple[Decimal, ...]) -> Spent | None:
        """The least that will be spent in all; ``None`` if the goal is out of reach."""
        most = NOTHING_SPENT
        for frontier, need in zip(self.frontiers, needs, strict=True):
            least = frontier[place].least_for(need)
            if least is None:
                return None
            most = max(most, least)
        return both(spent, most)

    def walk(
        self,
        place: int,
        spent: Spent,
        needs: tuple[Decimal, ...],
        sums: tuple[Decimal, ...],
        picked: list[Choice],
    ) -> None:
        """Look at every set that begins with these choices, unless it cannot be the best."""
        if all(need <= ZERO for need in needs) and self.arrive(spent, picked):
            return
        slides = tuple(choice.number for choice in picked if choice.option.slide)
        key = (place, spent, sums, slides)
        if place == len(self.choices) or key in self.seen:
            return
        self.seen.add(key)
        branches = []
        for order, choice in enumerate((*self.choices[place], None)):
            now, left = spent, needs
            if choice is not None:
                now = both(spent, choice.spent)
                left = tuple(need - gain for need, gain in zip(needs, choice.gains, strict=True))
            least = self.bound(place + 1, now, left)
            if least is not None:
                branches.append((least, order, now, left, choice))
        for least, _, now, left, choice in sorted(branches, key=lambda branch: branch[:2]):
            if self.done or (self.best is not None and least > self.best.spent):
                return
            if choice is None:
                self.walk(place + 1, now, left, sums, picked)
            else:
                added = tuple(a + b for a, b in zip(sums, choice.state, strict=True))
                self.walk(place + 1, now, left, added, [*picked, choice])

    def arrive(self, spent: Spent, picked: list[Choice]) -> bool:
        """Whether the goal is reached with these choices; then the best is kept."""
        options = [choice.option for choice in picked]
        scores = {part: score for option in options for part, score in option.scores.items()}
        if self.goal.reached(scores) is None:
            return False
        settings = {key: value for option in options for key, value in option.settings.items()}
        slides = [option for option in options if option.slide is not None]
        fine = [each for option in options for each in option.fine]
        way = self.stopping.lowest(slides, fine, scores, settings)
        if way is None or not self.goal.graded(way.scores):
            return False
        if self.best is None or (spent, way.total) < (self.best.spent, self.best.total):
            given = (part for option in options for part in option.awards)
            awards = {part: way.scores[part] for part in given}
            self.best = Found(spent, way.total, way.settings, awards, way.scores)
            root = self.bound(0, NOTHING_SPENT, self.needs)
            self.done = spent == root and way.total <= self.least
        return True
