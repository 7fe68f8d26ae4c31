"""Drift: how an assessor gives compared with the others, exact and to one decimal."""

from decimal import Decimal
from fractions import Fraction

from kaohe_web.review.drift import Drift, Given, drifts, share_of

A, B, C = 1, 2, 3


def mark(who: int, part: str, score: str, points: str) -> Given:
    return Given(who, part, share_of(Decimal(score), Decimal(points)))


def test_an_assessor_is_compared_with_the_others_on_the_same_parts() -> None:
    found = drifts(
        [
            mark(A, "M8.1", "1", "1"),
            mark(A, "M10", "3", "3"),
            mark(B, "M8.1", "0.5", "1"),
            mark(B, "M10", "1", "3"),
            mark(C, "M8.1", "1", "1"),
            mark(C, "M9", "0", "1"),  # nobody else marked M9
        ]
    )
    assert found[A] == Drift(2, Fraction(1), Fraction(13, 24))
    assert found[B] == Drift(2, Fraction(5, 12), Fraction(1))
    assert found[C] == Drift(1, Fraction(1), Fraction(3, 4))
    assert (found[A].own_percent, found[A].others_percent, found[A].difference) == (
        Decimal("100.0"),
        Decimal("54.2"),
        Decimal("45.8"),
    )
    assert found[B].difference == Decimal("-58.3")


def test_whoever_shares_no_part_has_no_drift() -> None:
    assert drifts([mark(A, "M8.1", "1", "1"), mark(A, "M8.1", "0", "1")]) == {}


def test_shares_that_do_not_end_stay_exact() -> None:
    found = drifts([mark(A, "M10", "1", "3"), mark(B, "M10", "2", "3")])
    assert found[A].own - found[A].others == Fraction(-1, 3)
    assert found[A].difference == Decimal("-33.3")
