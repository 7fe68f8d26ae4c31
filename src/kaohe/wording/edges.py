"""At which own value a rule's score changes, where that takes an equation to find."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kaohe.quantity import Exact
from kaohe.rules.base import IndicatorId
from kaohe.rules.composite import Composite
from kaohe.rules.relative import Relative, Tier
from kaohe.rules.stepped import Stepped
from kaohe.wording.ways import Seen, around, down, up


def step_edges(rule: Stepped, now: Decimal, points: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Where fewer steps are charged, and where the floor or the cap no longer holds.

    Pro rata every better value scores better: then one step's worth stands for the nearest.
    """
    sign = 1 if rule.worse == "above" else -1
    last = last_step(rule, points)
    if rule.counting == "pro_rata":
        edge = Fraction(rule.from_) + sign * Fraction(rule.per) * last
        inside = down(edge, step) if sign > 0 else up(edge, step)
        yield from (now - sign * rule.per, inside, inside - sign * step)
        return
    steps = Fraction(sign * (now - rule.from_)) / Fraction(rule.per)
    kept = [floor - less for floor in (steps // 1, -(-steps // 1), last // 1) for less in (0, 1)]
    for left in dict.fromkeys([*kept, -(-last // 1), 1]):
        yield from around(Fraction(rule.from_) + sign * Fraction(rule.per) * left, step)


def last_step(rule: Stepped, points: Decimal) -> Fraction:
    """How many steps it takes until nothing more is lost: the floor, or the cap."""
    most = Fraction(points - rule.least(points))
    each, first = Fraction(rule.deduct), rule.repeat_after
    if first is None or most <= first * each:
        return most / each
    return first + (most - first * each) / (each * Fraction(rule.repeat_times))


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


def term_edges(rule: Composite, place: int, wanted: Fraction, seen: Seen) -> Iterator[Exact]:
    """The value of one term at which the formula comes to what is wanted, the rest as they are."""
    bases = list(rule.bases(seen.facts))
    values = [seen.facts.value(term.of) for term in rule.terms]
    known = [(v, b) for v, b in zip(values, bases, strict=True) if v is not None and b]
    if len(known) < len(rule.terms):
        return
    ratios = [Fraction(value) / base for value, base in known]
    base = known[place][1]
    if rule.formula == "min":
        yield from (ratio * base for ratio in (wanted, *ratios))
        return
    weights = [Fraction(term.weight) for term in rule.terms]
    rest = sum((w * r for w, r in zip(weights, ratios, strict=True)), Fraction(0))
    rest -= weights[place] * ratios[place]
    ratio = (wanted * sum(weights) - rest) / weights[place]
    others = others_of(seen, rule.terms[place].of) if rule.formula == "mean_of_ratios" else None
    edge = ratio * base if others is None else at_multiple(ratio, *others)
    if edge is not None:
        yield edge
