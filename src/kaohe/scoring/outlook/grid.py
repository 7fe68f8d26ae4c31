"""Which values an indicator can take: its limits, its direction, and how finely it is told."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from kaohe.quantity import Exact, settle
from kaohe.rubric.model import Indicator

USUAL_PLACES = 2
"""A rate or an index is told to two decimals where the rubric does not say."""

MOST_PLACES = 12
"""No value in a data file has more decimals."""


def places_of(indicator: Indicator, value: Decimal | None = None) -> int:
    """The decimals an indicator is told to; those of the value if it has more."""
    if indicator.unit.whole:
        return 0
    usual = USUAL_PLACES if indicator.decimals is None else indicator.decimals
    return usual if value is None else max(usual, decimals_of(value))


def decimals_of(number: Decimal) -> int:
    """How many decimals a number needs.

    >>> [decimals_of(Decimal(text)) for text in ("1.20", "300", "0.005")]
    [1, 0, 3]
    """
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "values are finite"  # noqa: S101 -- data files hold no other
    return max(0, -exponent)


def upward(indicator: Indicator) -> bool:
    """Whether a higher value is better; of places and grades the first is the best."""
    return indicator.better == "higher" and indicator.unit.name not in ("rank", "grade")


def admits(indicator: Indicator, value: Decimal) -> bool:
    """Whether the indicator can have this value."""
    beyond = bool(indicator.values) and value > len(indicator.values)
    return not beyond and indicator.unit.fault(value) is None


def on_grid(number: Exact, places: int) -> int:
    """The number in steps of the grid, downward."""
    scaled = Fraction(number) * 10**places
    step: int = scaled.numerator // scaled.denominator
    return step


def at_step(step: int, places: int) -> Decimal:
    """The value at a step of the grid."""
    return Decimal(step).scaleb(-places)


def around(edge: Exact, places: int) -> Iterator[Decimal]:
    """The grid's values just before, on and just after an edge, and the edge if it is finer."""
    below = on_grid(edge, places)
    yield from (at_step(below + step, places) for step in (-1, 0, 1, 2))
    exact = settle(edge)
    if isinstance(exact, Decimal) and places < decimals_of(exact) <= MOST_PLACES:
        yield exact


def stops(indicator: Indicator, found: Iterable[Exact], places: int) -> list[Decimal]:
    """The values worth looking at, in order: around every edge, and at the limits."""
    limits = [end for end in (indicator.unit.low, indicator.unit.high) if end is not None]
    if indicator.values:
        limits.append(Decimal(len(indicator.values)))
    near = {value for edge in found for value in around(edge, places)}
    near.update(limits)
    # -0 and 0, 1 and 1.0 are one value; the set already holds them once.
    whole = indicator.unit.whole
    fit = (v for v in near if not (whole and v != v.to_integral_value()) and admits(indicator, v))
    return sorted(fit)
