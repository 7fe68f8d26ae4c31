"""Cutting stretches out of one another, and finding numbers inside them."""

from decimal import Decimal

import pytest

from kaohe.intervals import Interval
from kaohe.lint.ladder import Ladder, Rung
from kaohe.lint.stretch import cut, left_of, sample, shared


def read(text: str) -> Interval:
    return Interval.read(text)


@pytest.mark.parametrize(
    ("whole", "taken", "left"),
    [
        ("[0, 100]", [], ["[0, 100]"]),
        ("[0, 100]", ["(-∞, ∞)"], []),
        ("[0, 100]", ["[20, 30)", "(30, 100]"], ["[0, 20)", "[30, 30]"]),
        ("[0, 100]", ["(10, 20]", "[15, 40)"], ["[0, 10]", "[40, 100]"]),
        ("(-∞, ∞)", ["[1, 2]"], ["(-∞, 1)", "(2, ∞)"]),
    ],
)
def test_what_is_left_once_others_are_taken_out(
    whole: str, taken: list[str], left: list[str]
) -> None:
    stretches = [stretch for text in taken if (stretch := cut(read(text), unsaid=True))]
    all_of_it = cut(read(whole), unsaid=True)

    assert all_of_it is not None
    assert [str(piece.interval) for piece in left_of(all_of_it, stretches)] == left


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("[1, 3]", "[3, 5]", "[3, 3]"),
        ("[1, 3)", "[3, 5]", None),
        ("[1, 9]", "(2, 5]", "(2, 5]"),
        ("[1, 2]", "[3, 4]", None),
    ],
)
def test_what_lies_in_both(one: str, other: str, both: str | None) -> None:
    found = shared(cut(read(one), unsaid=True), cut(read(other), unsaid=True))

    assert (None if found is None else str(found.interval)) == both


@pytest.mark.parametrize(
    ("text", "grid", "number"),
    [
        ("(94.4, 94.5)", None, "94.45"),
        ("(94.4, 94.5)", 1, None),
        ("(94.4, 94.5)", 2, "94.41"),
        ("[94.4, 94.5)", 1, "94.4"),
        ("(2, 4)", 0, "3"),
        ("(2, 3)", 0, None),
        ("(2, 3]", 0, "3"),
        ("(-∞, 3)", 0, "2"),
        ("(-∞, 3]", 0, "3"),
        ("(-∞, 2.5)", 0, "2"),
        ("(5, ∞)", 0, "6"),
        ("(5, ∞)", None, "6"),
        ("(-∞, 5)", None, "4"),
        ("(-∞, ∞)", None, "0"),
        ("(-∞, ∞)", 0, "0"),
        ("[7, 7]", None, "7"),
    ],
)
def test_a_number_inside(text: str, grid: int | None, number: str | None) -> None:
    stretch = cut(read(text), unsaid=True)

    assert stretch is not None
    assert sample(stretch, grid) == (None if number is None else Decimal(number))


def test_an_end_that_is_not_said_closes_a_gap_and_opens_no_overlap() -> None:
    rungs = tuple(
        Rung(read(text), Decimal(score), f"得 {score} 分")
        for text, score in (("[0, 1]", 1), ("?1, 3]", 3), ("(3, 9]", 9))
    )
    ladder = Ladder("差距", read("[0, 9]"), rungs)

    assert (list(ladder.holes()), list(ladder.clashes())) == ([], [])


def test_the_first_that_holds_takes_what_later_ones_would_hold_too() -> None:
    rungs = tuple(
        Rung(read(text), Decimal(score), f"得 {score} 分")
        for text, score in (("[90, ∞)", 10), ("[60, ∞)", 6), ("[0, ∞)", 0))
    )
    ladder = Ladder("得分", read("[0, 100]"), rungs, first_wins=True)

    pieces = [(str(piece.interval), rung.score) for piece, rung in ladder.pieces()]
    assert pieces == [
        ("[0, 60)", Decimal(0)),
        ("[60, 90)", Decimal(6)),
        ("[90, 100]", Decimal(10)),
    ]
    assert (ladder.least(), ladder.most()) == (Decimal(0), Decimal(10))
