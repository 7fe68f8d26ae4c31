"""What would have earned the points back: the nearest value that scores better, and the best.

Each rule type names the values at which its score may change; the engine itself then scores every
one of them with the cohort's means and places recomputed, so that what is shown cannot differ from
what would be scored.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from kaohe.quantity import HUNDRED, ONE, ZERO, exact
from kaohe.rubric.model import Rubric
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import Missing, Rule
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
from kaohe.scoring.result import PartScore
from kaohe.wording.edges import step_edges, term_edges, tier_edge
from kaohe.wording.ways import (
    AssessorNeeded,
    DataNeeded,
    Seen,
    TallyNeeded,
    Way,
    around,
    by_value,
    down,
    grid,
    up,
)
from kaohe.wording.what_if import with_tally


def regain(scored: PartScore, facts: UnitFacts, rubric: Rubric) -> tuple[Way, ...]:
    """The ways to a better score on one part; none where it is full or exempt.

    For every indicator the nearest better value comes first, then the one that gives the most.
    """
    because, rule = scored.outcome.because, scored.part.rule
    if scored.exempted is not None:
        return ()
    if isinstance(because, Missing):
        return (DataNeeded(because.needs, scored.outcome.low, scored.outcome.high),)
    if scored.settled and scored.outcome.low >= rule.most(scored.part.points):
        return ()
    with exact():
        return tuple(ways(rule, Seen(scored, facts, rubric)))


@singledispatch
def ways(rule: Rule, seen: Seen) -> Iterable[Way]:
    """The ways back under one type of rule.

    :raises NotImplementedError: for a rule type that names none yet.
    """
    raise NotImplementedError(f"no way back is known for the rule {type(rule).__name__}")


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
    candidates = step_edges(rule, now, seen.part.points, grid(seen, rule.indicator))
    return by_value(seen, rule.indicator, [rule.from_, *candidates])


@ways.register
def _(rule: Proportional, seen: Seen) -> Iterable[Way]:
    now, base = seen.facts.value(rule.indicator), rule.base(seen.facts)
    if now is None or base is None or base <= ZERO:
        return ()
    step, cap = grid(seen, rule.indicator), min(rule.cap, ONE)
    candidates = [now + ONE, up(base * cap, step), up(base * rule.cut_off, step)]
    return by_value(seen, rule.indicator, candidates)


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
        step, now = grid(seen, term.of), seen.facts.value(term.of)
        near = [value for edge in edges for value in around(edge, step)]
        further = [] if now is None or rule.steps else [now + ONE]
        yield from by_value(seen, term.of, [*near, *further, step])  # off a mean of zero


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
