"""What must hold of lint for every rubric that reads, and for every ladder of bands."""

import copy
from decimal import Decimal
from typing import Any, Literal

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counts import count
from kaohe.intervals import INFINITY, Interval
from kaohe.lint.check import CHECKS
from kaohe.lint.ladder import Ladder
from kaohe.lint.profile import Setting, profile
from kaohe.lint.run import lint
from kaohe.nodes import Mistaken
from kaohe.quantity import Mean
from kaohe.reading.reader import read_rubric
from kaohe.rules.banded import Band, Banded
from kaohe.rules.base import IndicatorId, Place
from kaohe.rules.relative import Relative, Tier
from lint.cases import cases

SEEDS = [yaml.load(case.text, Loader=yaml.BaseLoader) for case in cases()]  # noqa: S506 -- makes nothing but texts
WORDS = ["0", "-1", "0.5", "3", "100", "999", "", "yes", "undecided", "A1", "R1", "pass_rate"]
WORDS += ["award_count", "target", "best", "[0, 1]", "?1, 3?", "(-∞, ∞)", "lower", "甲局", "合格"]
INDICATORS = read_rubric(cases()[0].text, "rubric.yaml").indicators
PATIENT = settings(
    max_examples=count(full=20_000, reduced=300),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def slots(node: Any) -> list[tuple[Any, Any]]:
    """Every place in a YAML tree where something can be changed: its holder and its key."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    found = [(node, key) for key in keys]
    for key in keys:
        if isinstance(node[key], dict | list):
            found += slots(node[key])
    return found


@PATIENT
@given(data=st.data())
def test_lint_never_raises_on_a_rubric_that_reads(data: st.DataObject) -> None:
    tree = copy.deepcopy(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(slots(tree)))
        match data.draw(st.sampled_from(["change", "drop", "double"])):
            case "change" if not isinstance(holder[key], dict | list):
                holder[key] = data.draw(st.sampled_from(WORDS))
            case "drop":
                del holder[key]
            case "double" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case _:
                holder[key] = data.draw(st.sampled_from([[], {}]))
    try:
        rubric = read_rubric(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "m.yaml")
    except Mistaken:
        return

    found = lint(rubric)

    assert found == lint(rubric)
    assert {finding.code for finding in found} <= set(CHECKS)
    assert all(finding.place and finding.message for finding in found)


class Value:
    """Facts of which only this year's value is known, and a mean of 1 to compare it with."""

    def __init__(self, value: Decimal) -> None:
        self.only = value

    def value(self, indicator: IndicatorId) -> Decimal | None:
        return self.only if indicator == "pass_rate" else None

    def target(self, indicator: IndicatorId) -> Decimal | None:
        return Decimal(100) if indicator == "pass_rate" else None

    def previous(self, indicator: IndicatorId) -> Decimal | None:
        return self.value(indicator)

    def mean(self, indicator: IndicatorId, of: str, *, others: bool) -> Mean | None:
        del of, others
        return Mean(Decimal(1), 1) if indicator == "pass_rate" else None

    def place(self, indicator: IndicatorId, *, lowest_first: bool) -> Place | None:
        del lowest_first
        return Place(1, 1, 1) if indicator == "pass_rate" else None

    def best(self, indicator: IndicatorId) -> Decimal | None:
        return self.value(indicator)

    def tally(self, indicator: IndicatorId) -> dict[str, int] | None:
        del indicator
        return None


ENDS = [Decimal(n) for n in (0, 20, 40, 60, 80, 100)]
HELD = st.sampled_from([True, False])
SCORES = st.sampled_from([Decimal(n) for n in (0, 2, 5, 10)])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """A stretch between two of a few ends, so that gaps, overlaps and matches are all common."""
    low, high = draw(st.tuples(st.integers(-1, 4), st.integers(0, 6)).filter(lambda p: p[0] < p[1]))
    low_end = -INFINITY if low < 0 else ENDS[low]
    high_end = INFINITY if high > 5 else ENDS[high]
    holds_low = draw(HELD) if low >= 0 else False
    return Interval(low_end, high_end, holds_low, draw(HELD) if high <= 5 else False)


def probes(ladder: Ladder) -> list[Decimal]:
    """Every end, and a number between any two."""
    low, high = ladder.domain.low, ladder.domain.high
    points = {end for end in ENDS if low <= end <= high}
    between = {(one + other) / 2 for one in points for other in points}
    return sorted(points | between)


@settings(max_examples=count(full=20_000, reduced=300), deadline=None)
@given(bands=st.lists(st.builds(Band, intervals(), SCORES), min_size=1, max_size=5), data=st.data())
def test_the_engine_is_open_just_where_lint_finds_a_hole_or_a_clash(
    bands: list[Band], data: st.DataObject
) -> None:
    on: Literal["value", "shortfall"] = data.draw(st.sampled_from(["value", "shortfall"]))
    rule = Banded(IndicatorId("pass_rate"), on=on, deduct=tuple(bands))
    ladder = ladder_of(rule)
    holes = [hole.within for hole in ladder.holes()]
    clashes = [clash.within for clash in ladder.clashes()]

    for probe in probes(ladder):
        value = probe if on == "value" else Decimal(100) - probe
        outcome = rule.assess(Value(value), Decimal(10))
        faulty = any(stretch.holds(probe) for stretch in holes + clashes)
        if on == "shortfall" and probe == 0:
            faulty = False
        assert (outcome.score is None) == faulty


TIERS = st.one_of(
    st.builds(Tier, SCORES, at_least=st.sampled_from(ENDS)),
    st.builds(Tier, SCORES, more_than=st.sampled_from(ENDS)),
    st.builds(Tier, SCORES, below=st.sampled_from(ENDS)),
)


@settings(max_examples=count(full=20_000, reduced=300), deadline=None)
@given(tiers=st.lists(TIERS, min_size=1, max_size=5))
def test_the_first_tier_that_holds_is_the_piece_that_lint_sees(tiers: list[Tier]) -> None:
    rule = Relative(IndicatorId("pass_rate"), tuple(tiers))
    ladder = ladder_of(rule)
    holes = [hole.within for hole in ladder.holes()]

    for probe in probes(ladder):
        outcome = rule.assess(Value(probe), Decimal(10))
        decided = [r.score for piece, r in ladder.pieces() if piece.interval.holds(probe)]
        assert ([] if outcome.score is None else [outcome.score]) == decided
        assert any(hole.holds(probe) for hole in holes) == (not decided)


def ladder_of(rule: Banded | Relative) -> Ladder:
    """The ladder that lint sees in a rule of ten points on a pass rate."""
    ladder = profile(rule, Setting(Decimal(10), INDICATORS)).ladder
    assert ladder is not None
    return ladder
