"""What would have earned the points back, against trying every value there is."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import count
from kaohe.quantity import write_number
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import assemble
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.regain import ValueNeeded, regain
from kaohe.scoring.result import PartScore, UnitScore
from kaohe.scoring.score import Scorer
from spec import (
    test_composite,
    test_proportional,
    test_ranked,
    test_relative,
    test_stepped,
)
from spec.examples import results, rubric_of

AWARDS = IndicatorId("award_count")


def part_of(scored: UnitScore) -> PartScore:
    part = scored.part("P")
    assert part is not None
    return part


def valued(name: str, *values: str) -> list[dict[str, Any]]:
    return [{"indicators": {name: value}} for value in values]


def scores_of(rubric: Rubric, scored: UnitScore) -> Iterator[tuple[Decimal, Decimal]]:
    """Every whole value from 0 to 130, and the settled score it would have had."""
    scorer = Scorer(rubric)
    own, *others = (member.unit for member in scored.facts.cohort.members)
    for value in map(Decimal, range(131)):
        moved = replace(own, values={**own.values, AWARDS: value})
        part = part_of(scorer.score(assemble(scorer.rubric, Dataset((moved, *others)))[0]))
        if part.settled:
            yield value, part.outcome.low


COUNTED = [
    test_relative.EXAMPLE,
    test_relative.EXAMPLE.replace("zero: 0\n", "others: yes\n"),
    test_ranked.EXAMPLE.replace("quality_index", "award_count"),
    test_ranked.EXAMPLE.replace("quality_index", "award_count").replace("better", "worse"),
    "rule: stepped\nindicator: award_count\nfrom: 20\nper: 3\ndeduct: 0.7\ncounting: full\n",
    "rule: stepped\nindicator: award_count\nfrom: 20\nper: 3\ndeduct: 0.7\ncounting: started\n",
    (
        "rule: stepped\nindicator: award_count\nfrom: 9\nper: 2\ndeduct: 0.3\ncounting: started\n"
        "worse: above\nrepeat_after: 2\nrepeat_times: 3\ncap: 4\n"
    ),
    'rule: banded\nindicator: award_count\naward: {"[0, 5)": 0, "[5, 12]": 2, "(12, ∞)": 5}\n',
    "rule: counted\nindicator: award_count\naward: 0.4\n",
    "rule: counted\nindicator: award_count\ndeduct: 0.4\ncap: 3\n",
    (
        "rule: composite\nformula: mean_of_ratios\nterms: [{of: award_count}]\n"
        "steps: [{at_least: 1.1, award: 5}, {at_least: 0.7, award: 3}, {at_least: 0, award: 1}]\n"
    ),
    (
        "rule: composite\nformula: mean_of_ratios\nterms: [{of: award_count}]\n"
        "steps: [{at_least: 2, award: 5}, {at_least: 0, award: 1}]\n"
    ),
    "rule: composite\nformula: mean_of_ratios\nterms: [{of: award_count}]\nround: 4\n",
    "rule: proportional\nindicator: award_count\nof: 20\ncut_off: 0.6\nround: 2\n",
    "rule: proportional\nindicator: award_count\nof: best\ncut_off: 0.4\nround: 4\n",
    (
        "rule: stepped\nindicator: award_count\nfrom: 20\nper: 1\ndeduct: 0.4\n"
        "counting: pro_rata\nrepeat_after: 3\nrepeat_times: 2\n"
    ),
    "rule: attained\nindicator: award_count\nat_least: 9\nbelow: 1\n",
]


@pytest.mark.parametrize("rule", COUNTED)
@settings(max_examples=count(full=500, reduced=15), deadline=None)
@given(values=st.lists(st.integers(min_value=0, max_value=30), min_size=1, max_size=5))
def test_no_value_that_was_not_named_is_nearer_or_better(rule: str, values: list[int]) -> None:
    rubric = rubric_of(rule, "5")
    scored = results(rubric, valued("award_count", *map(str, values)))[0]
    part, now = part_of(scored), Decimal(values[0])
    tried = [(v, s) for v, s in scores_of(rubric, scored) if s > part.outcome.low]
    best = max((score for _, score in tried), default=None)
    ways = [way for way in regain(part, scored.facts, rubric) if isinstance(way, ValueNeeded)]

    if not tried:
        assert ways == []
        return
    nearest = min(abs(value - now) for value, _ in tried)
    to_best = min(abs(value - now) for value, score in tried if score == best)
    assert abs(ways[0].needed - now) == nearest
    assert (abs(ways[-1].needed - now), ways[-1].outcome.low) == (to_best, best)


def needed(rule: str, values: dict[str, str], *others: dict[str, str]) -> list[tuple[str, str]]:
    """The values that would have been needed, by indicator, of the first unit."""
    rubric = rubric_of(rule, "4")
    scored = results(rubric, [{"indicators": known} for known in (values, *others)])[0]
    ways = regain(part_of(scored), scored.facts, rubric)
    return [(w.indicator, write_number(w.needed)) for w in ways if isinstance(w, ValueNeeded)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("90", ["91", "100"]),  # not 90.01, where the first thousandths are
        ("99.2", ["100"]),  # a whole step would lead past the limit
        ("89.995", ["90.01", "100"]),  # down there nothing is left to lose
    ],
)
def test_pro_rata_one_step_stands_for_the_nearest(now: str, expected: list[str]) -> None:
    rule = test_stepped.EXAMPLE.replace("deduct: 0.3", "deduct: 0.4")

    assert needed(rule, {"settlement_rate": now}) == [("settlement_rate", v) for v in expected]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("47.99", ["48", "80"]),  # the cut-off comes before the whole step
        ("48", ["49", "80"]),
        ("79.5", ["80"]),
    ],
)
def test_in_proportion_one_step_stands_for_the_nearest(now: str, expected: list[str]) -> None:
    found = needed(test_proportional.EXAMPLE, {"coverage_rate": now})

    assert found == [("coverage_rate", value) for value in expected]


@pytest.mark.parametrize(("rounding", "nearest"), [("", "80.01"), ("round: 2\n", "81")])
def test_of_a_minimum_the_least_step_that_is_not_rounded_away(rounding: str, nearest: str) -> None:
    rule = test_composite.EXAMPLE.replace("weighted_sum", "min") + rounding
    found = needed(rule, {"pass_rate": "90", "coverage_rate": "80"})

    assert found == [("coverage_rate", nearest), ("coverage_rate", "90")]


@pytest.mark.parametrize(("held", "expected"), [("[", "92.125"), ("(", "92.13")])
def test_an_edge_that_the_rubric_names_is_told_in_full(held: str, expected: str) -> None:
    below = {"[": ")", "(": "]"}[held]
    bands = f'{{"[0, 92.125{below}": 1, "{held}92.125, 100]": 4}}'
    rule = f"rule: banded\nindicator: pass_rate\naward: {bands}\n"

    assert needed(rule, {"pass_rate": "90"}) == [("pass_rate", expected)]


def test_an_edge_that_is_worked_out_is_told_as_finely_as_the_value() -> None:
    rule = "rule: relative\nindicator: quality_index\n"
    rule += "tiers: [{at_least: 1, award: 4}, {below: 1, award: 1}]\n"
    others = ({"quality_index": "7.123"}, {"quality_index": "7"})

    # 14.123 ÷ 2 is 7.0615.
    assert needed(rule, {"quality_index": "5"}, *others) == [("quality_index", "7.07")]


def test_nobody_is_told_to_lower_what_is_divided_by() -> None:
    rule = "rule: proportional\nindicator: campaign_count\nof: planned_count\n"
    found = needed(rule, {"campaign_count": "2", "planned_count": "4"})

    assert found == [("campaign_count", "3"), ("campaign_count", "4")]
