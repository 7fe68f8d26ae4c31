"""From a total to a grade: the scale, vetoes and preconditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kaohe.intervals import Interval
from kaohe.quantity import rounded
from kaohe.rubric.effects import Effects


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the totals that earn it."""

    name: str
    within: Interval


@dataclass(frozen=True, slots=True)
class GradeScale:
    """The grades, best first; ``round`` rounds the total half up before it is looked up."""

    scale: tuple[Grade, ...]
    round: int | None = None
    source: str = ""
    reading: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the grades, best first."""
        return tuple(grade.name for grade in self.scale)

    def of(self, total: Decimal) -> str | None:
        """The grade of a total; ``None`` where the scale has a hole there."""
        if self.round is not None:
            total = rounded(total, self.round)
        for grade in self.scale:
            if grade.within.holds(total):
                return grade.name
        return None

    def after(self, grade: str | None, effects: Iterable[Effects]) -> str | None:
        """The grade once the effects have acted: fixed first, then lowered, then capped."""
        names = self.names
        place = None if grade is None else names.index(grade)
        effects = tuple(effects)
        fixed = [names.index(effect.grade) for effect in effects if effect.grade]
        if fixed:
            return names[max(fixed)]
        if place is None:
            return None
        place = min(place + sum(effect.downgrade for effect in effects), len(names) - 1)
        caps = [names.index(effect.cap) for effect in effects if effect.cap]
        return names[max([place, *caps])]


@dataclass(frozen=True, slots=True)
class Veto:
    """A recorded event that acts on the whole result (否决项).

    ``test`` are the questions that an authority has answered with yes; it is never computed.
    """

    id: str
    title: str
    effects: Effects
    test: tuple[str, ...] = ()
    authority: str = ""
    clauses: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Precondition:
    """An item or section that must reach a share of its points, else the effects act."""

    id: str
    title: str
    of: str
    share: Decimal
    otherwise: Effects
    note: str = ""
