"""Spreading parts over assessors: all wanted is given, to nobody barred, evenly, by the seed."""

from collections import Counter
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from counts import count
from kaohe_web.review.chance import order_of
from kaohe_web.review.spreading import Place, Spread, Wanted, spread

EXAMPLES = count(full=2000, reduced=100)
FEW = count(full=500, reduced=50)

ASSESSORS = ("甲", "乙", "丙", "丁")
Case = tuple[list[Wanted], dict[str, int], set[tuple[str, str]]]


def wants(units: int, parts: int, more: int = 1) -> list[Wanted]:
    return [
        Wanted(Place(f"u{unit}", f"M{part}"), more)
        for unit in range(units)
        for part in range(parts)
    ]


@st.composite
def cases(draw: st.DrawFn, *, most_units: int = 4, most_parts: int = 5) -> Case:
    assessors = ASSESSORS[: draw(st.integers(1, len(ASSESSORS)))]
    units = draw(st.integers(1, most_units))
    barred = {
        pair
        for pair in product(assessors, [f"u{unit}" for unit in range(units)])
        if draw(st.integers(0, 3)) == 0
    }
    found = [
        Wanted(
            want.place,
            draw(st.integers(1, 2)),
            frozenset(draw(st.sets(st.sampled_from(assessors), max_size=1))),
        )
        for want in wants(units, draw(st.integers(1, most_parts)))
    ]
    loads = {assessor: draw(st.integers(0, 3)) for assessor in assessors}
    return found, loads, barred


def loads_after(loads: dict[str, int], result: Spread) -> dict[str, int]:
    counts = Counter(assessor for _place, assessor in result.given)
    return {assessor: loads[assessor] + counts[assessor] for assessor in loads}


@given(case=cases(), seed=st.text(min_size=1, max_size=5))
@settings(max_examples=EXAMPLES, deadline=None)
def test_everything_wanted_is_given_to_somebody_who_may_or_named_as_lacking(
    case: Case, seed: str
) -> None:
    wanted, loads, barred = case
    result = spread(wanted, loads, barred, seed)
    lacking = dict(result.lacking)
    for want in wanted:
        got = [assessor for place, assessor in result.given if place == want.place]
        able = [a for a in loads if (a, want.place.unit) not in barred and a not in want.held]
        assert len(got) == len(set(got)) == min(want.more, len(able))
        assert set(got) <= set(able)
        assert lacking.get(want.place, 0) == want.more - len(got)


@given(case=cases(), seed=st.text(min_size=1, max_size=5))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_same_seed_gives_the_same_and_the_order_of_the_wants_does_not_matter(
    case: Case, seed: str
) -> None:
    wanted, loads, barred = case
    assert set(spread(wanted, loads, barred, seed).given) == set(
        spread(wanted[::-1], loads, barred, seed).given
    )


@given(
    units=st.integers(1, 5),
    parts=st.integers(1, 9),
    more=st.integers(1, 2),
    seed=st.text(min_size=1),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_with_nobody_barred_no_two_loads_differ_by_more_than_one(
    units: int, parts: int, more: int, seed: str
) -> None:
    loads = dict.fromkeys(ASSESSORS, 0)
    after = loads_after(loads, spread(wants(units, parts, more), loads, (), seed)).values()
    assert max(after) - min(after) <= 1


@given(case=cases(most_units=3, most_parts=2), seed=st.text(min_size=1, max_size=3))
@settings(max_examples=FEW, deadline=None)
def test_no_other_way_makes_the_loads_more_even(case: Case, seed: str) -> None:
    wanted, loads, barred = case
    after = sorted(loads_after(loads, spread(wanted, loads, barred, seed)).values())
    assert after == most_even(wanted, loads, barred)


def most_even(
    wanted: list[Wanted], loads: dict[str, int], barred: set[tuple[str, str]]
) -> list[int]:
    """The most even loads of all ways there are, step by step."""
    reached = {tuple(loads.values())}
    names = list(loads)
    for want in wanted:
        able = [
            place
            for place, name in enumerate(names)
            if (name, want.place.unit) not in barred and name not in want.held
        ]
        reached = {
            tuple(load + (place in chosen) for place, load in enumerate(each))
            for each in reached
            for chosen in combinations(able, min(want.more, len(able)))
        }
    return sorted(min(reached, key=lambda each: sum(load * load for load in each)))


def test_an_assessor_barred_from_most_units_relieves_the_others_where_they_may() -> None:
    barred = {("甲", "u0"), ("甲", "u1")}
    loads = {"甲": 0, "乙": 0}
    after = loads_after(loads, spread(wants(3, 2), loads, barred, "种子"))
    assert after == {"甲": 2, "乙": 4}


def test_another_seed_spreads_otherwise() -> None:
    loads = dict.fromkeys(ASSESSORS, 0)
    assert spread(wants(3, 9), loads, (), "一") != spread(wants(3, 9), loads, (), "二")


def test_everybody_has_an_order_of_their_own() -> None:
    parts = [f"M{part}" for part in range(20)]
    orders = {
        who: sorted(parts, key=lambda part: order_of("种子", who, "u01", part)) for who in ASSESSORS
    }
    assert len({tuple(order) for order in orders.values()}) == len(ASSESSORS)
    assert orders["甲"] != parts
    assert all(sorted(order) == sorted(parts) for order in orders.values())
