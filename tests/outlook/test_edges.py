from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from counts import count
from kaohe.quantity import Exact, exact
from kaohe.rubric.model import Rubric
from kaohe.rules.banded import Banded
from kaohe.rules.base import IndicatorId, Rule
from kaohe.rules.catalogue import RULES
from kaohe.rules.composite import Composite, Term
from kaohe.rules.counted import Counted
from kaohe.rules.proportional import Proportional
from kaohe.rules.relative import Relative, Tier
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.edges import edges
from kaohe.scoring.outlook.grid import around, at_step, on_grid, places_of, stops
from kaohe.scoring.outlook.means import Mover
from kaohe.scoring.outlook.moved import in_cohort, with_settings
from outlook import demo, small

D = Decimal
RATE, AWARDS = IndicatorId("pass_rate"), IndicatorId("award_count")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_every_rule_type_says_where_its_edges_are(rule: type[Rule]) -> None:
    assert edges.dispatch(rule) is not edges.dispatch(object)


def found(rule: Rule, *, mover: int = 0, scored: int = 0, points: str = "4") -> set[Exact]:
    """The edges of one demo unit's value in another's score (甲区's in its own, unless said)."""
    rubric = demo.rubric()
    with exact():
        facts = assemble(rubric, demo.data())
        moving = Mover(facts[mover], rule.needs()[0].indicator)
        return set(edges(rule, facts[scored], D(points), moving))


def test_a_shortfall_has_its_edges_that_far_below_the_target() -> None:
    rule = Banded(
        RATE, on="shortfall", deduct=(small.band("(0, 1]", "1"), small.band("(1, ∞)", "2"))
    )
    assert found(rule) == {D(95), D(94)}


def test_a_rounded_value_changes_band_at_the_half_way_point() -> None:
    rule = Banded(RATE, award=(small.band("[94.5, 100]", "4"),), round=1)
    assert {D("94.45"), D("94.5"), D("94.55")} <= found(rule)


def test_the_own_value_is_solved_for_in_the_mean() -> None:
    rule = Relative(AWARDS, (Tier(D(4), at_least=D("1.2")), Tier(D(1), at_least=D(1))))
    # Others 2 + 1 = 3: x = 1.2(x + 3)/3 gives 2, x = (x + 3)/3 gives 1.5.
    assert found(rule) == {D(0), D(2), D("1.5")}


def test_a_mean_of_the_others_does_not_hold_the_own_value() -> None:
    rule = Relative(AWARDS, (Tier(D(4), at_least=D("1.2")),), others=True)
    assert found(rule) == {D(0), D("1.8")}


def test_anothers_score_changes_where_the_mean_passes_it() -> None:
    rule = Relative(AWARDS, (Tier(D(4), at_least=D("1.2")), Tier(D(1), at_least=D(1))))
    # 乙区's 2 = 1.2(x + 3)/3 gives 2, and 2 = (x + 3)/3 gives 3.
    assert found(rule, scored=1) == {D(2), D(3)}


def test_an_edge_that_never_ends_is_a_fraction() -> None:
    rule = Relative(AWARDS, (Tier(D(4), at_least=D("0.9")),))
    assert found(rule) == {D(0), Fraction(9, 7)}


def test_full_steps_have_an_edge_each_until_nothing_is_left() -> None:
    rule = Stepped(RATE, D(95), D(2), D("1.5"), counting="full")
    # 4 points last for 2 2/3 steps of 1.5.
    assert found(rule) == {D(95), D(93), D(91), D(89), Fraction(95) - Fraction(16, 3)}


def test_pro_rata_steps_have_edges_where_they_begin_double_and_end() -> None:
    rule = Stepped(RATE, D(95), D(1), D(1), counting="pro_rata", repeat_after=2, repeat_times=D(2))
    # 2 for the first two, then 2 each: 4 points last for three steps.
    assert found(rule) == {D(95), D(93), D(92)}


def test_each_thing_counts_until_the_cap() -> None:
    assert found(Counted(AWARDS, award=D("0.8"), cap=D(2))) == {D(0), D(1), D(2), D(3)}


def test_a_ratio_to_the_best_has_edges_at_the_best_of_the_others() -> None:
    rule = Proportional(AWARDS, of="best", cut_off=D("0.5"), round=2)
    assert found(rule) == {D(0), D(1), D(2)}
    assert found(rule, scored=1) == {D(2), D(4)}


def test_a_trend_has_edges_at_last_year_and_what_is_asked_beyond() -> None:
    rubric = demo.rubric()
    data = demo.data()
    data = replace(data, units=(replace(data.units[0], previous={RATE: D(90)}),))
    with exact():
        (facts,) = assemble(rubric, data)
        rule = Trend(RATE, by=D(5), in_="per_cent", at_limit=D(100))
        assert set(edges(rule, facts, D(4), Mover(facts, RATE))) == {D(90), D("94.5"), D(100)}


def test_a_mean_of_ratios_is_solved_for_the_moving_term() -> None:
    rule = Composite((Term(AWARDS),), "mean_of_ratios")
    # x ÷ ((x + 3)/3) is 0 at 0 and 1 at 1.5.
    assert found(rule) == {D(0), D("1.5")}


def test_the_grid_is_looked_at_beside_an_edge_and_on_a_finer_one() -> None:
    with exact():
        assert set(around(Fraction(4, 3), 1)) == {D("1.2"), D("1.3"), D("1.4"), D("1.5")}
        assert D("94.455") in set(around(D("94.455"), 2))


@pytest.mark.parametrize("seed", range(count(full=2_000, reduced=60)))
def test_between_two_stops_a_score_moves_one_way_at_most(seed: int) -> None:
    rubric, data = small.world(Random(f"edges {seed}"), crossing=False)
    with exact():
        mover = assemble(rubric, data)[0]
        for scored in mover.cohort.members:
            for part in rubric.all_parts():
                for name in dict.fromkeys(need.indicator for need in part.rule.needs()):
                    check_stretches(rubric, part.rule, scored, Mover(mover, name))


def check_stretches(rubric: Rubric, rule: Rule, scored: UnitFacts, mover: Mover) -> None:
    """Every whole value from stop to stop: equal ends mean a level stretch, others a slope."""
    indicator = rubric.indicators[mover.indicator]
    places = places_of(indicator)
    known = stops(indicator, edges(rule, scored, D(3), mover), places)
    last = D(len(indicator.values) or (100 if indicator.unit.name == "percent" else 40))
    known = sorted({*known, last, D(1 if indicator.values else 0)})
    for one, other in pairwise(value for value in known if value <= last):
        steps = range(on_grid(one, places), on_grid(other, places) + 1)
        lows = [low_at(rubric, rule, scored, mover, at_step(step, places)) for step in steps]
        assert lows in (sorted(lows), sorted(lows, reverse=True))


def low_at(rubric: Rubric, rule: Rule, scored: UnitFacts, mover: Mover, value: Decimal) -> Decimal:
    """The lowest score of a unit once the mover's value is another."""
    moved = with_settings(mover.facts, {mover.indicator: value}, rubric)
    own = scored.unit.id == mover.facts.unit.id
    facts = moved if own else in_cohort(scored, moved.cohort)
    return rule.assess(facts, D(3)).low


def test_stops_stay_within_the_limits_of_the_indicator() -> None:
    rubric = demo.rubric()
    with exact():
        rate, awards = rubric.indicators[RATE], rubric.indicators[AWARDS]
        assert stops(rate, [D("99.995"), D(120), D(-3)], 2) == [
            D(0),
            D("99.98"),
            D("99.99"),
            D("99.995"),
            D(100),
        ]
        assert stops(awards, [Fraction(4, 3)], 0) == [D(0), D(1), D(2), D(3)]


def test_a_mean_over_units_that_are_not_here_has_no_edges() -> None:
    data = replace(demo.data(), references={("市", AWARDS, ""): None})
    with exact():
        facts = assemble(demo.rubric(), data)[0]
        rule = Relative(AWARDS, (Tier(D(4), at_least=D("1.2")),))
        assert set(edges(rule, facts, D(4), Mover(facts, AWARDS))) == {D(0)}


def test_whoever_stands_alone_has_no_mean_to_pass() -> None:
    rubric = demo.rubric()
    with exact():
        (facts,) = assemble(rubric, Dataset(demo.data().units[:1]))
        rule = Relative(AWARDS, (Tier(D(4), at_least=D("1.2")),))
        assert set(edges(rule, facts, D(4), Mover(facts, AWARDS))) == {D(0)}
