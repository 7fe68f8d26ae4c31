"""Solving for one unit's value in a mean that it is itself part of."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from kaohe.quantity import ZERO, Exact, settle
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts


@dataclass(frozen=True)
class Mover:
    """Whose value of which indicator moves; what the others have is looked up once."""

    facts: UnitFacts
    indicator: IndicatorId

    def moves(self, facts: UnitFacts, indicator: IndicatorId) -> bool:
        """Whether it is this unit's value of this indicator."""
        return indicator == self.indicator and facts.unit.id == self.facts.unit.id

    @cached_property
    def counts(self) -> bool:
        """Whether the mover's kind of unit is part of the mean."""
        unit_id = self.facts.unit.id
        return any(m.unit.id == unit_id for m in self.facts.cohort.asked(self.indicator))

    @cached_property
    def rest(self) -> list[Decimal] | None:
        """The values of its cohort without its own; ``None`` if one of them is not known."""
        if self.facts.cohort.partial(self.indicator):
            return None
        members = self.facts.cohort.asked(self.indicator)
        others = [m for m in members if m.unit.id != self.facts.unit.id]
        values = [member.values.get(self.indicator) for member in others]
        known = [value for value in values if value is not None]
        return known if len(known) == len(values) else None

    @cached_property
    def rest_total(self) -> Fraction:
        """What the others have together, as far as it is known."""
        return Fraction(sum(self.rest or (), ZERO))


def at_multiple(
    facts: UnitFacts,
    mover: Mover,
    multiple: Fraction,
    of: str,
    others: bool,  # noqa: FBT001 -- as a rule states it
) -> Iterator[Exact]:
    """The value of the mover at which the value of ``facts`` is this multiple of its mean.

    With n units, S the sum without the mover: the mover's own x = k(S + x)/n gives x = kS/(n − k);
    another's fixed value v = k(S + x)/n gives x = nv/k − S. A reference mean does not move. Where
    k is n the own x gets there, if at all, as soon as it is not zero.
    """
    own = facts.unit.id == mover.facts.unit.id
    reference = mover.facts.cohort.references.get((mover.indicator, of))
    if of or reference is not None:
        if own and reference is not None:
            yield settle(multiple * Fraction(reference))
        return
    if not mover.rest or not mover.counts:
        if own:
            yield ZERO
        return
    total, size = mover.rest_total, len(mover.rest) + 1
    value = facts.value(mover.indicator)
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
