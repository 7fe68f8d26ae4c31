"""What would have earned the points back: the nearest value that scores better, and the best.

Each rule type names the values at which its score may change; the engine itself then scores every
one of them with the cohort's means and places recomputed, so that what is shown cannot differ from
what would be scored.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from kaohe.quantity import HUNDRED, ONE, ZERO, Exact, NeedsRounding
from kaohe.rubric.model import Part, Rubric
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import IndicatorId, Missing, Need, Outcome, Rule
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative, Tier
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.result import PartScore
from kaohe.wording.what_if import with_tally, with_value

PLACES = 2
"""Decimals of a needed value, where the rubric does not say how finely it is reported."""


@dataclass(frozen=True, slots=True)
class ValueNeeded:
    """A value that would have given a better score, all else as it was."""

    indicator: IndicatorId
    now: Decimal
    needed: Decimal
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TallyNeeded:
    """So many things at one level of a register that would have given a better score."""

    indicator: IndicatorId
    level: str
    now: int
    needed: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class AssessorNeeded:
    """An assessor decides: the most to be had, the level that gives it, the evidence expected."""

    most: Decimal
    level: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataNeeded:
    """Values are missing; with them the score lies between these ends."""

    needs: tuple[Need, ...]
    low: Decimal
    high: Decimal


Way = ValueNeeded | TallyNeeded | AssessorNeeded | DataNeeded


@dataclass(frozen=True, slots=True)
class Seen:
    """A part as it was scored, and what may be asked about its unit."""

    scored: PartScore
    facts: UnitFacts
    rubric: Rubric

    @property
    def part(self) -> Part:
        """The part."""
        return self.scored.part

    @property
    def score(self) -> Decimal:
        """What is sure of its score."""
        return self.scored.outcome.low

    def outcome(self, facts: UnitFacts) -> Outcome | None:
        """What other facts would give; ``None`` unless it is settled and better."""
        try:
            outcome = self.part.rule.assess(facts, self.part.points)
        except NeedsRounding:
            return None
        better = outcome.because.settled and outcome.low > self.score
        return outcome if better else None


def regain(scored: PartScore, facts: UnitFacts, rubric: Rubric) -> tuple[Way, ...]:
    """The ways to a better score on one part; none where it is full or exempt.

    For every indicator the nearest better value comes first, then the one that gives the most.
    """
    because = scored.outcome.because
    if scored.exempted is not None:
        return ()
    if isinstance(because, Missing):
        return (DataNeeded(because.needs, scored.outcome.low, scored.outcome.high),)
    if scored.settled and scored.outcome.low >= scored.part.rule.most(scored.part.points):
        return ()
    return tuple(ways(scored.part.rule, Seen(scored, facts, rubric)))


@singledispatch
def ways(rule: Rule, seen: Seen) -> Iterable[Way]:
    """The ways back under one type of rule.

    :raises NotImplementedError: for a rule type that names none yet.
    """
    raise NotImplementedError(f"no way back is known for the rule {type(rule).__name__}")


def grid(seen: Seen, indicator: IndicatorId) -> Decimal:
    """The smallest difference between two reported values."""
    known = seen.rubric.indicators.get(indicator)
    if known is None:
        return ONE.scaleb(-PLACES)
    if known.unit.whole:
        return ONE
    return ONE.scaleb(-(PLACES if known.decimals is None else known.decimals))


def up(edge: Exact, step: Decimal) -> Decimal:
    """The first reported value at or above an edge."""
    return step * -(-Fraction(edge) // Fraction(step))


def down(edge: Exact, step: Decimal) -> Decimal:
    """The last reported value at or below an edge."""
    return step * (Fraction(edge) // Fraction(step))


def around(edge: Exact, step: Decimal) -> tuple[Decimal, ...]:
    """The reported values on both sides of an edge, and on it."""
    low, high = down(edge, step), up(edge, step)
    return (low - step, low, high, high + step)


def by_value(
    seen: Seen, indicator: IndicatorId, candidates: Iterable[Decimal]
) -> Iterator[ValueNeeded]:
    """The nearest candidate that scores better, and the nearest that scores best."""
    now = seen.facts.value(indicator)
    known = seen.rubric.indicators.get(indicator)
    if now is None:
        return
    found = []
    for value in dict.fromkeys(candidates):
        if known is not None and known.unit.fault(value) is not None:
            continue
        outcome = seen.outcome(with_value(seen.facts, seen.rubric, indicator, value))
        if outcome is not None:
            found.append(ValueNeeded(indicator, now, value, outcome))
    found.sort(key=lambda way: (abs(way.needed - now), way.needed))
    best = sorted(found, key=lambda way: -way.outcome.low)
    yield from dict.fromkeys(found[:1] + best[:1])


@ways.register
def _(rule: Banded, seen: Seen) -> Iterable[Way]:
    step = grid(seen, rule.indicator)
    edges = [e for band in rule.bands for e in (band.within.low, band.within.high) if e.is_finite()]
    if rule.on == "shortfall":
        target = seen.facts.target(rule.indicator)
        edges = [] if target is None else [target, *(target - edge for edge in edges)]
    if rule.round is not None:
        half = ONE.scaleb(-rule.round) / 2
        edges += [edge + shift for edge in edges for shift in (half, -half)]
    candidates = (value for edge in edges for value in (edge, *around(edge, step)))
    return by_value(seen, rule.indicator, candidates)


@ways.register
def _(rule: Attained, seen: Seen) -> Iterable[Way]:
    mark = seen.facts.target(rule.indicator) if rule.mark == "target" else rule.mark
    if mark is None:
        return ()
    return by_value(seen, rule.indicator, (mark, *around(mark, grid(seen, rule.indicator))))


@ways.register
def _(rule: Stepped, seen: Seen) -> Iterable[Way]:
    now = seen.facts.value(rule.indicator)
    if now is None:
        return ()
    sign = -1 if rule.worse == "below" else 1
    steps = Fraction(sign * (now - rule.from_)) / Fraction(rule.per)
    whole = steps.numerator // steps.denominator
    kept = [steps - 1, Fraction(whole), Fraction(whole - 1), last_step(rule, seen.part.points)]
    kept += [Fraction(kept[-1].numerator // kept[-1].denominator)]
    edges = [Fraction(rule.from_) + sign * Fraction(rule.per) * left for left in kept if left >= 0]
    step = grid(seen, rule.indicator)
    if rule.counting == "pro_rata":
        nearest = down if sign > 0 else up
        candidates = [nearest(edge, step) for edge in (edges[0], *edges[-2:]) if edges]
        candidates += [value - sign * step for value in candidates[-2:]]
    else:
        candidates = [value for edge in edges for value in around(edge, step)]
    return by_value(seen, rule.indicator, [rule.from_, *candidates])


def last_step(rule: Stepped, points: Decimal) -> Fraction:
    """How many steps it takes until nothing more is lost: the floor, or the cap."""
    most = Fraction(points - rule.least(points))
    each, first = Fraction(rule.deduct), rule.repeat_after
    if first is None or most <= first * each:
        return most / each
    return first + (most - first * each) / (each * Fraction(rule.repeat_times))


@ways.register
def _(rule: Proportional, seen: Seen) -> Iterable[Way]:
    now, base = seen.facts.value(rule.indicator), rule.base(seen.facts)
    if now is None or base is None or base <= ZERO:
        return ()
    step, cap = grid(seen, rule.indicator), min(rule.cap, ONE)
    candidates = [now + ONE, up(base * cap, step), up(base * rule.cut_off, step)]
    return by_value(seen, rule.indicator, candidates)


def at_multiple(multiple: Fraction, total: Fraction, size: int) -> Fraction | None:
    """The own value at a multiple of a mean that moves with it: x = k · (others + x) ÷ n."""
    return multiple * total / (size - multiple) if size > multiple else None


def others_of(seen: Seen, indicator: IndicatorId) -> tuple[Fraction, int] | None:
    """The sum of the other units' values and the size of the cohort; ``None`` by reference."""
    cohort, own = seen.facts.cohort, seen.facts.value(indicator)
    mean = cohort.mean(indicator)
    if mean is None or own is None or (indicator, "") in cohort.references:
        return None
    return Fraction(mean.total - own), mean.size


def tier_edge(rule: Relative, tier: Tier, seen: Seen) -> Fraction | None:
    """The own value at the edge of a tier, the mean recomputed with it where it is part of it."""
    multiple = Fraction(tier.multiple)
    others = None if tier.of else others_of(seen, rule.indicator)
    if others is not None and not rule.others:
        return at_multiple(multiple, *others)
    mean = seen.facts.mean(rule.indicator, tier.of, others=rule.others)
    return None if mean is None else multiple * Fraction(mean.total) / mean.size


@ways.register
def _(rule: Relative, seen: Seen) -> Iterable[Way]:
    step = grid(seen, rule.indicator)
    edges = (tier_edge(rule, tier, seen) for tier in rule.tiers)
    near = [value for edge in edges if edge is not None for value in around(edge, step)]
    return by_value(seen, rule.indicator, [*near, step])


@ways.register
def _(rule: Ranked, seen: Seen) -> Iterable[Way]:
    values = seen.facts.cohort.ordered(rule.indicator) or ()
    step = grid(seen, rule.indicator)
    near = [value for other in values for value in around(other, step)]
    return by_value(seen, rule.indicator, near)


@ways.register
def _(rule: Converted, seen: Seen) -> Iterable[Way]:
    now = seen.facts.value(rule.indicator)
    if now is None:
        return ()
    step = grid(seen, rule.indicator)
    candidates = [] if rule.scale is None else [now + ONE, rule.scale]
    for grade in rule.grades:
        edge = grade.at_least if grade.at_least is not None else grade.place
        candidates += [] if edge is None else around(Decimal(edge), step)
    candidates += [Decimal(end) for run in rule.places for end in (run.from_, run.to)]
    return by_value(seen, rule.indicator, candidates)


@ways.register
def _(rule: Composite, seen: Seen) -> Iterator[Way]:
    if rule.formula == "undecided":
        return
    wanted = [Fraction(step.at_least) for step in rule.steps] or [Fraction(1)]
    for place, term in enumerate(rule.terms):
        edges = [edge for ratio in wanted for edge in term_edges(rule, place, ratio, seen)]
        near = [value for edge in edges for value in around(edge, grid(seen, term.of))]
        now = seen.facts.value(term.of)
        further = [] if now is None or rule.steps else [now + ONE]
        yield from by_value(seen, term.of, [*near, *further])


def term_edges(rule: Composite, place: int, wanted: Fraction, seen: Seen) -> Iterator[Fraction]:
    """The value of one term at which the formula comes to what is wanted, the others as they are."""
    bases = list(rule.bases(seen.facts))
    values = [seen.facts.value(term.of) for term in rule.terms]
    ratios = [
        Fraction(value) / base for value, base in zip(values, bases, strict=True) if value and base
    ]
    if len(ratios) < len(rule.terms) and rule.formula == "mean_of_ratios":
        ratios = [
            Fraction(value or 0) / base if base else Fraction(0)
            for value, base in zip(values, bases, strict=True)
        ]
    term = rule.terms[place]
    if rule.formula == "min":
        others = [Fraction(v or 0) / b for v, b in zip(values, bases, strict=True) if b]
        yield wanted * Fraction(term.scale)
        yield from (other * Fraction(term.scale) for other in others)
        return
    full = [Fraction(v or 0) / b if b else Fraction(0) for v, b in zip(values, bases, strict=True)]
    weights = [Fraction(t.weight) for t in rule.terms]
    rest = sum(
        (w * r for i, (w, r) in enumerate(zip(weights, full, strict=True)) if i != place),
        Fraction(0),
    )
    ratio = (wanted * sum(weights) - rest) / weights[place]
    if rule.formula == "weighted_sum":
        yield ratio * Fraction(term.scale)
        return
    others_ = others_of(seen, term.of)
    base = bases[place]
    edge = at_multiple(ratio, *others_) if others_ is not None else base and ratio * base
    if edge is not None:
        yield edge


@ways.register
def _(rule: Trend, seen: Seen) -> Iterable[Way]:
    previous = seen.facts.previous(rule.indicator)
    if previous is None:
        return ()
    asked = rule.by if rule.in_ == "points" else rule.by * abs(previous) / HUNDRED
    edge = previous + asked if rule.direction == "up" else previous - asked
    step = grid(seen, rule.indicator)
    candidates = [*around(edge, step), *around(previous, step)]
    if rule.at_limit is not None:
        candidates.append(rule.at_limit)
    return by_value(seen, rule.indicator, candidates)


@ways.register
def _(rule: Counted, seen: Seen) -> Iterable[Way]:
    if rule.levels:
        return by_level(rule, seen)
    now = seen.facts.value(rule.indicator)
    each = rule.award if rule.award is not None else rule.deduct
    if now is None or not each:
        return ()
    step = grid(seen, rule.indicator)
    worth = Fraction(seen.part.points - rule.least(seen.part.points)) / Fraction(each)
    most = Fraction(rule.most(seen.part.points)) / Fraction(each)
    ends = [ZERO, up(worth, step) - step, down(worth, step)] if rule.takes else [up(most, step)]
    return by_value(seen, rule.indicator, [now + ONE, now - ONE, *ends])


def by_level(rule: Counted, seen: Seen) -> Iterator[TallyNeeded]:
    """For each level of a register: one more thing that counts, or none that costs."""
    tally = seen.facts.tally(rule.indicator)
    if tally is None:
        return
    for level in rule.levels:
        now = tally.get(level.level, 0)
        for needed in dict.fromkeys([now - 1, 0] if rule.takes else [now + 1]):
            if needed < 0 or needed == now:
                continue
            changed = {**tally, level.level: needed}
            facts = with_tally(seen.facts, seen.rubric, rule.indicator, changed)
            outcome = seen.outcome(facts)
            if outcome is not None:
                yield TallyNeeded(rule.indicator, level.level, now, needed, outcome)


@ways.register
def _(rule: Levels, seen: Seen) -> Iterable[Way]:
    best = max(rule.levels, key=lambda level: level.award)
    return (AssessorNeeded(min(best.award, seen.part.points), best.text, seen.part.evidence),)


@ways.register
def _(rule: Judged, seen: Seen) -> Iterable[Way]:
    return (AssessorNeeded(rule.most(seen.part.points), "", seen.part.evidence),)


@ways.register
def _(rule: Binary, seen: Seen) -> Iterable[Way]:
    return (AssessorNeeded(rule.most(seen.part.points), "", seen.part.evidence),)
