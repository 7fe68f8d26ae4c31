"""Cutting stretches of numbers out of one another, where an end may or may not be held."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from kaohe.intervals import INFINITY, Interval
from kaohe.quantity import ONE, ZERO

TWO = Decimal(2)


class Edge(NamedTuple):
    """A cut between numbers: just before ``at``, or just after it."""

    at: Decimal
    after: bool


class Stretch(NamedTuple):
    """What lies between two cuts; never empty."""

    start: Edge
    end: Edge

    @property
    def interval(self) -> Interval:
        """The stretch as an interval, for people."""
        return Interval(self.start.at, self.end.at, not self.start.after, self.end.after)


EVERYTHING = Interval(-INFINITY, INFINITY, holds_low=False, holds_high=False)


def cut(interval: Interval, *, unsaid: bool) -> Stretch | None:
    """The interval as a stretch; an end of which nothing is said is held if ``unsaid``."""
    holds_low = unsaid if interval.holds_low is None else interval.holds_low
    holds_high = unsaid if interval.holds_high is None else interval.holds_high
    start, end = Edge(interval.low, not holds_low), Edge(interval.high, holds_high)
    return Stretch(start, end) if start < end else None


def shared(one: Stretch | None, other: Stretch | None) -> Stretch | None:
    """What lies in both."""
    if one is None or other is None:
        return None
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Stretch(start, end) if start < end else None


def left_of(whole: Stretch, taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of the whole once the others are taken out of it, from low to high."""
    left, start = [], whole.start
    for stretch in sorted(taken):
        end = min(stretch.start, whole.end)
        if start < end:
            left.append(Stretch(start, end))
        start = max(start, stretch.end)
    if start < whole.end:
        left.append(Stretch(start, whole.end))
    return left


def sample(stretch: Stretch, grid: int | None) -> Decimal | None:
    """A number inside, of at most ``grid`` decimals if that is given; ``None`` if there is none."""
    if grid is not None:
        return _on_grid(stretch, ONE.scaleb(-grid))
    low, high = stretch.start.at, stretch.end.at
    if low.is_infinite():
        return ZERO if high.is_infinite() else high - ONE
    return low + ONE if high.is_infinite() else (low + high) / TWO


def _on_grid(stretch: Stretch, step: Decimal) -> Decimal | None:
    low, high = stretch.start.at, stretch.end.at
    if low.is_infinite() and high.is_infinite():
        return ZERO
    if low.is_infinite():
        point = (high / step).to_integral_value(ROUND_FLOOR) * step
        return point if Edge(point, after=True) <= stretch.end else point - step
    point = (low / step).to_integral_value(ROUND_CEILING) * step
    if Edge(point, after=False) < stretch.start:
        point += step
    return point if Edge(point, after=True) <= stretch.end else None
