"""What holds for every rule of every type, whatever its settings and whatever the values."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counts import count
from kaohe.intervals import INFINITY, Interval
from kaohe.quantity import exact
from kaohe.rubric.grading import Grade, GradeScale
from kaohe.rubric.model import Rubric
from kaohe.rules.base import Missing, Outcome, Rule, Silent
from kaohe.rules.catalogue import RULES
from kaohe.rules.counted import Counted
from kaohe.rules.stepped import Stepped
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset, Entry
from strategies import cohorts, rules
from strategies.measures import EVENTS, INDICATORS, LEVELS, REGISTERS, VALUES, points

BARE = Rubric(
    "bare",
    "细则",
    Decimal(1),
    (),
    GradeScale((Grade("好", Interval(Decimal(0), INFINITY, True, False)),)),  # noqa: FBT003 -- its fields, in order
    indicators=INDICATORS,
    registers=REGISTERS,
)
"""A rubric that says what the indicators are, and nothing else."""

run = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    database=None,
)


def facts(data: Dataset) -> UnitFacts:
    """What is known of the first unit."""
    return assemble(BARE, data)[0]


def outcome(rule: Rule, data: Dataset, worth: Decimal) -> Outcome:
    """What the rule makes of the first unit."""
    with exact():
        return rule.assess(facts(data), worth)


def declared_floor(rule: Rule) -> Decimal:
    """The least that the rubric allows a part to give."""
    return rule.floor if isinstance(rule, Counted | Stepped) else Decimal(0)


def test_every_rule_type_has_a_strategy() -> None:
    assert {**rules.MEASURED, **rules.JUDGED}.keys() == RULES.keys()


@pytest.mark.parametrize("kind", rules.MEASURED)
@settings(run, max_examples=count(full=4_000, reduced=40))
@given(data=st.data())
def test_a_better_value_never_scores_less(kind: str, data: st.DataObject) -> None:
    worth = data.draw(points)
    rule, indicator, better = data.draw(rules.MEASURED[kind](worth))
    before = data.draw(cohorts.datasets())
    if indicator == EVENTS:
        more = data.draw(st.sampled_from(LEVELS))
        after = with_one_more(before, more)
    else:
        low, high = sorted((data.draw(VALUES[indicator]), data.draw(VALUES[indicator])))
        before = cohorts.with_value(before, 0, indicator, low)
        after = cohorts.with_value(before, 0, indicator, high)
    lower, higher = outcome(rule, before, worth), outcome(rule, after, worth)
    if better < 0:
        lower, higher = higher, lower
    if any(isinstance(found.because, Missing | Silent) for found in (lower, higher)):
        assert lower.low <= higher.high
    else:
        assert lower.low <= higher.low
        assert lower.high <= higher.high


def with_one_more(data: Dataset, level: str) -> Dataset:
    """The first unit with one more registered thing."""
    own = data.units[0]
    more = Entry("又一项", level, "2017-05-31", "文件")
    things = {EVENTS: (*own.entries[EVENTS], more)}
    return Dataset(
        (type(own)(own.id, own.name, own.group, values=own.values, entries=things), *data.units[1:])
    )


@settings(run, max_examples=count(full=32_000, reduced=200))
@given(data=st.data())
def test_a_score_lies_between_its_least_and_its_points(data: st.DataObject) -> None:
    worth = data.draw(points)
    rule = data.draw(rules.any_rule(worth))
    found = outcome(rule, data.draw(cohorts.datasets(complete=False)), worth)
    assert declared_floor(rule) <= rule.least(worth) <= found.low <= found.high <= worth
    assert found.high <= rule.most(worth)
    assert not found.because.settled or found.low == found.high


@settings(run, max_examples=count(full=10_000, reduced=150))
@given(data=st.data())
def test_a_missing_value_only_widens_the_range(data: st.DataObject) -> None:
    worth = data.draw(points)
    rule = data.draw(rules.any_rule(worth))
    known = data.draw(cohorts.datasets())
    place = data.draw(st.integers(0, len(known.units) - 1))
    lost = data.draw(st.sampled_from([need.indicator for need in rule.needs()] or [EVENTS]))
    settled = outcome(rule, known, worth)
    widened = outcome(rule, cohorts.without_value(known, place, lost), worth)
    assert widened.low <= settled.low
    assert settled.high <= widened.high


@settings(run, max_examples=count(full=4_000, reduced=100))
@given(data=st.data(), digits=st.integers(1, 40))
def test_the_callers_precision_changes_no_score(data: st.DataObject, digits: int) -> None:
    worth = data.draw(points)
    rule = data.draw(rules.any_rule(worth))
    known = data.draw(cohorts.datasets())
    expected = outcome(rule, known, worth)
    with localcontext(prec=digits):
        assert outcome(rule, known, worth) == expected


@settings(run, max_examples=count(full=6_000, reduced=100))
@given(data=st.data())
def test_points_accepted_from_an_assessor_lie_within_the_rules_bounds(data: st.DataObject) -> None:
    worth = data.draw(points)
    rule = data.draw(rules.any_rule(worth))
    score = data.draw(st.integers(-40, 60).map(lambda n: worth * n / 40))
    with exact():
        if rule.award_fault(score, worth) is None:
            assert rule.least(worth) <= score <= worth
