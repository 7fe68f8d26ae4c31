"""Random cohorts for random rubrics: values on edges, some missing, entries, references."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from kaohe.rules.base import Award, IndicatorId
from kaohe.scoring.observations import Dataset, Entry, Observations
from strategies.measures import AMOUNT, EVENTS, LEVELS, RATE, REFERENCE, VALUES

Draw = Callable[[st.SearchStrategy[Any]], Any]

GROUPS = ("东片", "西片")


@st.composite
def entries(draw: Draw) -> tuple[Entry, ...]:
    """Registered things, some of them twice."""
    kinds = draw(
        st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(LEVELS)), max_size=5)
    )
    return tuple(Entry(name, level, "2017-05-31", "文件") for name, level in kinds)


@st.composite
def unit(
    draw: Draw, number: int, *, complete: bool = True, groups: tuple[str, ...] = GROUPS[:1]
) -> Observations:
    """One unit with values for every indicator, or for some."""
    values = {name: draw(strategy) for name, strategy in VALUES.items()}
    previous = {name: draw(VALUES[name]) for name in (RATE, AMOUNT)}
    targets = {RATE: draw(VALUES[RATE])}
    things: Mapping[IndicatorId, tuple[Entry, ...]] = {EVENTS: draw(entries())}
    if not complete:
        lost = draw(st.sets(st.sampled_from([*VALUES, EVENTS]), max_size=4))
        values = {name: value for name, value in values.items() if name not in lost}
        things = {name: found for name, found in things.items() if name not in lost}
    return Observations(
        f"u{number}",
        f"单位{number}",
        draw(st.sampled_from(groups)),
        values=values,
        previous=previous,
        targets=targets,
        entries=things,
    )


@st.composite
def datasets(draw: Draw, *, complete: bool = True, groups: tuple[str, ...] = GROUPS[:1]) -> Dataset:
    """One to four units, with references for some indicators."""
    size = draw(st.integers(1, 3))
    units = tuple(draw(unit(n, complete=complete, groups=groups)) for n in range(size))
    references: dict[tuple[str, IndicatorId, str], Decimal | None] = {}
    for name in draw(st.sets(st.sampled_from(list(VALUES)), max_size=3)):
        of = draw(st.sampled_from(("", REFERENCE)))
        unknown = not (complete or of) and draw(st.booleans())
        mean = None if unknown else draw(st.integers(0, 60).map(Decimal))
        references[units[0].group, name, of] = mean
    return Dataset(units, references)


def with_value(data: Dataset, place: int, indicator: IndicatorId, value: Decimal) -> Dataset:
    """The same data with another value of one unit."""
    units = list(data.units)
    units[place] = replace(units[place], values={**units[place].values, indicator: value})
    return replace(data, units=tuple(units))


def without_value(data: Dataset, place: int, indicator: IndicatorId) -> Dataset:
    """The same data, one value of one unit missing."""
    units = list(data.units)
    own = units[place]
    kept = {name: value for name, value in own.values.items() if name != indicator}
    things = {name: found for name, found in own.entries.items() if name != indicator}
    units[place] = replace(own, values=kept, entries=things)
    return replace(data, units=tuple(units))


def with_awards(data: Dataset, awards: Mapping[str, Mapping[str, Decimal]]) -> Dataset:
    """The same data with points given by unit and part."""
    units = (
        replace(own, awards={part: Award(score) for part, score in awards[own.id].items()})
        for own in data.units
    )
    return replace(data, units=tuple(units))
