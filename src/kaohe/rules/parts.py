"""Parts: how the outcomes of an item's parts become the item's, and of exclusive items one."""

from collections.abc import Iterable
from decimal import Decimal

from kaohe.quantity import ZERO

Span = tuple[Decimal, Decimal]
"""The lowest and the highest score still possible."""


def add_up(spans: Iterable[Span]) -> Span:
    """The sum of the parts; a range where any part is one."""
    low = high = ZERO
    for part_low, part_high in spans:
        low += part_low
        high += part_high
    return low, high


def highest(spans: Iterable[Span]) -> Span:
    """Only the best counts (就高不重复, form R17)."""
    spans = list(spans)
    return max(low for low, _ in spans), max(high for _, high in spans)
