"""Edges: the values of one unit's indicator at which somebody's score changes, rule by rule.

A wing over the rule types: for each it solves, exactly, where the score jumps or bends when one
unit's value of one indicator moves and all else stays. Between two neighbouring edges a score is
constant or moves one way only, so whoever looks just before, on and just after every edge has
seen every jump. An edge too many does no harm; one that is missing would.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from kaohe.quantity import HUNDRED, ONE, ZERO, Exact, divide, rounded, settle
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import IndicatorId, Rule
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.outlook.means import Mover, at_multiple

MOST_STEPS = 10_000
"""More steps than any document charges; a rule that charges more is followed this far."""


@singledispatch
def edges(rule: Rule, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterable[Exact]:
    """The values of the mover at which the score of ``facts`` on a part of ``points`` changes."""
    del facts, points, mover
    raise NotImplementedError(f"no edges for {type(rule).__name__}")


@edges.register
def _(rule: Banded, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """The ends of the bands; of a shortfall, so far below the target; before any rounding."""
    del points
    if not mover.moves(facts, rule.indicator):
        return
    ends = [end for band in rule.bands for end in (band.within.low, band.within.high)]
    ends = [end for end in ends if end.is_finite()]
    if rule.on == "shortfall":
        target = facts.target(rule.indicator)
        if target is None:
            return
        ends = [target - end for end in (ZERO, *ends)]
    for end in ends:
        yield from before_rounding(end, rule.round)


def before_rounding(edge: Decimal, places: int | None) -> Iterator[Decimal]:
    """The values that round to an edge or past it: the half-way points beside it."""
    yield edge
    if places is not None:
        half = ONE.scaleb(-places) / 2
        near = rounded(edge, places)
        yield from (near + halves * half for halves in (-3, -1, 1, 3))


@edges.register
def _(rule: Stepped, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """Each step, or where a pro rata charge begins, doubles and ends."""
    if not mover.moves(facts, rule.indicator):
        return
    sign = -1 if rule.worse == "below" else 1
    for steps in charged(rule, points):
        yield settle(Fraction(rule.from_) + sign * steps * Fraction(rule.per))


def charged(rule: Stepped, points: Decimal) -> Iterator[Fraction]:
    """The numbers of steps at which a charge begins, changes its pace or ends."""
    most = points - rule.floor if rule.cap is None else min(rule.cap, points - rule.floor)
    last = Fraction(max(most, ZERO)) / Fraction(rule.deduct)
    repeat, times = rule.repeat_after, Fraction(rule.repeat_times)
    if repeat is not None and last > repeat and times > 0:
        last = repeat + (last - repeat) / times
    if rule.counting == "pro_rata":
        yield from (Fraction(0), last)
        if repeat is not None:
            yield Fraction(repeat)
        return
    whole = min(last.numerator // last.denominator + 1, MOST_STEPS)
    yield from (Fraction(steps) for steps in range(whole + 1))
    yield last


@edges.register
def _(rule: Attained, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """The mark."""
    del points
    if mover.moves(facts, rule.indicator):
        mark = facts.target(rule.indicator) if rule.mark == "target" else rule.mark
        if mark is not None:
            yield mark


@edges.register
def _(rule: Relative, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """Zero, and each tier's multiple of a mean that moves along with the value."""
    del points
    if rule.indicator != mover.indicator:
        return
    if mover.moves(facts, rule.indicator):
        yield ZERO
    for tier in rule.tiers:
        multiple = Fraction(tier.multiple)
        yield from at_multiple(facts, mover, multiple, tier.of, rule.others)


@edges.register
def _(rule: Ranked, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """The values of the others: reaching one is a tie, passing it a place."""
    del facts, points
    if rule.indicator == mover.indicator:
        yield from mover.rest or ()


@edges.register
def _(rule: Proportional, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """The cut-off, the cap and the whole, of whatever it is divided by."""
    del points
    ratios = (ZERO, rule.cut_off, rule.cap, ONE)
    if rule.of == "best" and rule.indicator == mover.indicator:
        yield from best_edges(rule, facts, mover, ratios)
    elif mover.moves(facts, rule.indicator):
        base = rule.base(facts)
        yield from (ratio * base for ratio in ratios if base is not None)
    elif isinstance(rule.of, str) and mover.moves(facts, IndicatorId(rule.of)):
        value = facts.value(rule.indicator)
        yield ZERO
        yield from (divide(value, ratio) for ratio in ratios if value is not None and ratio)


def best_edges(
    rule: Proportional, facts: UnitFacts, mover: Mover, ratios: Iterable[Decimal]
) -> Iterator[Exact]:
    """Where the mover becomes the best, and where the ratio to the best meets its bounds."""
    others, value = mover.rest, facts.value(rule.indicator)
    if not others:
        yield ZERO
        return
    best = max(others)
    yield best
    if mover.moves(facts, rule.indicator):
        yield from (ratio * best for ratio in ratios)
    elif value is not None:
        yield from (divide(value, ratio) for ratio in ratios if ratio)


@edges.register
def _(rule: Converted, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """The ends of the scale, the lines of the grades, the ends of the places."""
    del points
    if not mover.moves(facts, rule.indicator):
        return
    if rule.scale is not None:
        yield from (ZERO, rule.scale)
    for grade in rule.grades:
        yield Decimal(grade.place or 0) if grade.at_least is None else grade.at_least
    for run in rule.places:
        yield from (Decimal(run.from_), Decimal(run.to))


@edges.register
def _(rule: Composite, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """Where the combined ratio reaches a step, nothing or everything, the other terms held."""
    del points
    if rule.formula == "undecided":
        return
    marks = [Fraction(step.at_least) for step in rule.steps] or [Fraction(0), Fraction(1)]
    mine = [term for term in rule.terms if term.of == mover.indicator]
    values = {term.of: facts.value(term.of) for term in rule.terms if term not in mine}
    bases = dict(zip(rule.terms, rule.bases(facts), strict=True))
    kept: list[tuple[Fraction, Fraction]] = []
    for term in rule.terms:
        if term not in mine:
            value, base = values[term.of], bases[term]
            if value is None or not base:
                return
            kept.append((Fraction(term.weight), Fraction(value) / base))
    if mine and rule.formula == "min":
        if mover.moves(facts, mover.indicator):
            scales = (Fraction(term.scale) for term in mine)
            ratios = [*marks, *(ratio for _, ratio in kept)]
            yield from (settle(scale * ratio) for scale in scales for ratio in ratios)
        return
    whole = sum((Fraction(term.weight) for term in rule.terms), Fraction(0))
    have = sum((weight * ratio for weight, ratio in kept), Fraction(0))
    for mark in marks if mine else ():
        lacking = mark * whole - have
        if rule.formula == "mean_of_ratios":
            multiple = lacking / sum((Fraction(term.weight) for term in mine), Fraction(0))
            yield from at_multiple(facts, mover, multiple, "", others=False)
        elif mover.moves(facts, mover.indicator):
            worth = sum((Fraction(t.weight) / Fraction(t.scale) for t in mine), Fraction(0))
            yield settle(lacking / worth)


@edges.register
def _(rule: Trend, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """Last year's value, what is asked beyond it, and the limit."""
    del points
    previous = facts.previous(rule.indicator)
    if previous is None or not mover.moves(facts, rule.indicator):
        return
    asked = rule.by if rule.in_ == "points" else rule.by * abs(previous) / HUNDRED
    yield previous
    yield previous + asked if rule.direction == "up" else previous - asked
    if rule.at_limit is not None:
        yield rule.at_limit


@edges.register
def _(rule: Counted, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterator[Exact]:
    """Each thing, as long as it still counts; a register's levels are no single value."""
    each = rule.award if rule.award is not None else rule.deduct
    if not each or each < ZERO or not mover.moves(facts, rule.indicator):
        return
    most = points - rule.floor if rule.takes else points
    last = Fraction(max(most if rule.cap is None else min(most, rule.cap), ZERO)) / Fraction(each)
    whole = min(last.numerator // last.denominator + 1, MOST_STEPS)
    yield from (Decimal(things) for things in range(whole + 1))


@edges.register(Levels)
@edges.register(Judged)
@edges.register(Binary)
def _(rule: Rule, facts: UnitFacts, points: Decimal, mover: Mover) -> Iterable[Exact]:
    """None: an assessor decides, and no value is read."""
    del rule, facts, points, mover
    return ()
