"""What comes of marks, to the last digit: one score, an exact mean, or a disagreement."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import count
from kaohe.intervals import Interval
from kaohe.rules.judged import Judged
from kaohe_web.review.verdicts import APART, OPEN, Kind, Verdict, limit_of, mean_of, verdict

EXAMPLES = count(full=2000, reduced=100)

FREE = Judged()
POINTS = Decimal(10)


def decided(
    *scores: str, wanted: int = 2, points: str = "10", rule: Judged = FREE, threshold: str = "20"
) -> Verdict:
    """The verdict over the marks of turn 1, 2 and 3."""
    return verdict(
        {turn: Decimal(score) for turn, score in enumerate(scores, 1)},
        wanted=wanted,
        limit=limit_of(Decimal(points), Decimal(threshold)),
        fault=lambda score: rule.award_fault(score, Decimal(points)),
    )


@pytest.mark.parametrize(
    ("scores", "wanted", "score", "how", "used"),
    [
        (("8.35",), 1, "8.35", "single", (1,)),
        (("7", "8"), 2, "7.5", "mean", (1, 2)),
        (("6", "8"), 2, "7", "mean", (1, 2)),  # just at the limit of 2
        (("0.1", "0.2"), 2, "0.15", "mean", (1, 2)),
        (("2.000000000001", "2"), 2, "2.0000000000005", "mean", (1, 2)),
        (("6", "8.1", "7.5"), 2, "7.8", "third", (2, 3)),  # nearer to the second
        (("2", "9", "1.9"), 2, "1.95", "third", (1, 3)),
        (("6", "9", "7.5"), 2, "7.5", "third", (1, 2, 3)),  # the middle: the mean of all three
    ],
)
def test_marks_come_to_a_score(
    scores: tuple[str, ...], wanted: int, score: str, how: str, used: tuple[int, ...]
) -> None:
    assert decided(*scores, wanted=wanted) == Verdict(Kind.SETTLED, Decimal(score), how, used)


@pytest.mark.parametrize(
    "scores",
    [
        ("6", "8.000000000001"),  # a hair over the limit
        ("0", "10"),
        ("1", "9", "5"),  # a third in the middle, but near neither
        ("0", "10", "7.9"),
    ],
)
def test_marks_too_far_apart_come_to_nothing(scores: tuple[str, ...]) -> None:
    assert decided(*scores) == APART


@pytest.mark.parametrize(("scores", "wanted"), [((), 1), (("3",), 2), ((), 2)])
def test_marks_that_are_awaited_leave_it_open(scores: tuple[str, ...], wanted: int) -> None:
    assert decided(*scores, wanted=wanted) == OPEN


def test_a_mean_that_the_rubric_does_not_allow_is_no_score() -> None:
    halves = Judged(step=Decimal("0.5"))
    assert decided("1", "1.5", rule=halves) == APART
    assert decided("1", "2", rule=halves).score == Decimal("1.5")
    assert decided("1", "1.5", "1", rule=halves) == Verdict(
        Kind.SETTLED, Decimal(1), "third", (1, 3)
    )
    assert decided("1", "1.5", "2", rule=halves) == APART


def test_a_mean_outside_the_discretion_is_no_score() -> None:
    five_to_ten = Judged(discretion=Interval.read("[5, 10]"))
    assert decided("10", "5", rule=five_to_ten, threshold="60") == APART


def test_without_a_limit_only_equal_marks_agree() -> None:
    assert decided("5", "5", threshold="0").score == Decimal(5)
    assert decided("5", "5.1", threshold="0") == APART


scores = st.decimals(0, 10, places=3, allow_nan=False, allow_infinity=False)


@given(one=scores, other=scores)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_mean_is_exact_and_the_order_of_the_marks_does_not_matter(
    one: Decimal, other: Decimal
) -> None:
    assert mean_of(one, other) * 2 == one + other
    found = decided(str(one), str(other))
    assert found == decided(str(other), str(one))
    assert (found.kind is Kind.SETTLED) == (abs(one - other) <= 2)


@given(one=scores, other=scores, third=scores)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_third_mark_never_decides_with_one_that_is_too_far_away(
    one: Decimal, other: Decimal, third: Decimal
) -> None:
    found = decided(str(one), str(other), str(third))
    if found.how != "third":
        return
    marks = {1: one, 2: other, 3: third}
    used = [marks[turn] for turn in found.used]
    assert found.score is not None
    assert found.score * len(used) == sum(used)
    assert all(abs(third - each) <= 2 for each in used)
    assert abs(one - other) > 2
