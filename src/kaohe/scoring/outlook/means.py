"""Solving for one unit's value in a mean that it is itself part of."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kaohe.quantity import ZERO, Exact, settle
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts


def rest(mover: UnitFacts, indicator: IndicatorId) -> list[Decimal] | None:
    """The values of the mover's cohort without its own; ``None`` if one of them is missing."""
    others = [m for m in mover.cohort.asked(indicator) if m.unit.id != mover.unit.id]
    values = [member.values.get(indicator) for member in others]
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def at_multiple(  # noqa: PLR0913, PLR0917 -- the question has these six words
    facts: UnitFacts,
    mover: UnitFacts,
    indicator: IndicatorId,
    multiple: Fraction,
    of: str,
    others: bool,  # noqa: FBT001 -- as a rule states it
) -> Iterator[Exact]:
    """The value of the mover at which the value of ``facts`` is this multiple of its mean.

    With n units, S the sum without the mover: the mover's own x = k(S + x)/n gives x = kS/(n − k);
    another's fixed value v = k(S + x)/n gives x = nv/k − S. A reference mean does not move. Where
    k is n the own x gets there, if at all, as soon as it is not zero.
    """
    own = facts.unit.id == mover.unit.id
    reference = mover.cohort.references.get((indicator, of))
    if of or reference is not None:
        if own and reference is not None:
            yield settle(multiple * Fraction(reference))
        return
    values = rest(mover, indicator)
    if not values or mover.unit.id not in {m.unit.id for m in mover.cohort.asked(indicator)}:
        if own:
            yield ZERO
        return
    total, size = Fraction(sum(values, ZERO)), len(values) + 1
    value = facts.value(indicator)
    if own and others:
        yield settle(multiple * total / (size - 1))
    elif own:
        yield settle(multiple * total / (size - multiple)) if multiple != size else ZERO
    elif value is not None and multiple:
        known = Fraction(value)
        if others:
            yield settle(known * (size - 1) / multiple - (total - known))
        else:
            yield settle(known * size / multiple - total)
