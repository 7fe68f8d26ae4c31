"""What the points of each level come to, for every kind of unit."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import ZERO
from kaohe.rubric.model import Criterion, Part, Rubric, Section


class Sum(NamedTuple):
    """What the children of one place come to, and what the place states.

    ``types`` are the kinds of unit it holds for; empty where it holds for all.
    """

    place: str
    of: str
    comes_to: Decimal
    stated: Decimal
    types: tuple[str, ...] = ()


def sums(rubric: Rubric) -> Iterator[Sum]:
    """The sums of every level; kinds of unit with the same sum stand together."""
    by_type = {kind: list(sums_for(rubric, kind)) for kind in kinds(rubric)}
    merged: dict[Sum, list[str]] = {}
    for kind, found in by_type.items():
        for one in found:
            merged.setdefault(one, []).append(rubric.unit_types.get(kind, kind))
    for one, types in merged.items():
        everyone = len(types) == len(by_type)
        yield one if everyone else one._replace(types=tuple(types))


def kinds(rubric: Rubric) -> tuple[str, ...]:
    """The kinds of unit that are scored on different items; one nameless kind if none are."""
    if any(part.applies_to for part in rubric.all_parts()):
        return tuple(rubric.unit_types) or ("",)
    return ("",)


def sums_for(rubric: Rubric, kind: str) -> Iterator[Sum]:
    """The sums of every level for one kind of unit, in document order."""
    adder = Adder(rubric, kind)
    total = adder.children(rubric.sections, ())
    yield Sum("rubric", "各部分", total, rubric.points)
    for section in rubric.all_sections():
        comes_to = adder.children(section.sections, section.criteria)
        if adder.asked(adder.below(section)):
            yield Sum(section.title, f"“{section.title}”各条目", comes_to, section.points)
        for criterion in section.criteria:
            yield from adder.criterion(criterion)
    for criterion in rubric.adjustments:
        yield from adder.criterion(criterion)


class Adder:
    """Adds up what one kind of unit is scored on; of exclusive parts only the best counts."""

    def __init__(self, rubric: Rubric, kind: str) -> None:
        self.kind = kind
        ids = {p.id: c.id for c in rubric.all_criteria() for p in c.parts}
        self.groups = [
            {part for part, criterion in ids.items() if {part, criterion} & set(rule.among)}
            for rule in rubric.exclusive
        ]

    def applies(self, parts: Iterable[Part]) -> bool:
        """Whether this kind of unit is scored on any of the parts."""
        return any(part.applies(self.kind) for part in parts)

    def asked(self, parts: list[Part]) -> bool:
        """Whether a place counts for this kind of unit; an empty one counts for all."""
        return not parts or self.applies(parts)

    def below(self, section: Section) -> list[Part]:
        """The parts in and below a section."""
        return [part for criterion in section.all_criteria() for part in criterion.parts]

    def of_parts(self, parts: Iterable[Part]) -> Decimal:
        """What parts come to, exclusive ones counting once."""
        points = {part.id: part.points for part in parts if part.applies(self.kind)}
        for group in self.groups:
            here = [part for part in points if part in group]
            best = max(here, key=points.__getitem__, default=None)
            points.update({part: ZERO for part in here if part != best})
        return sum(points.values(), ZERO)

    def criterion(self, criterion: Criterion) -> Iterator[Sum]:
        """The sum of a criterion's parts, if this kind of unit is scored on any."""
        if criterion.divided and self.applies(criterion.parts):
            comes_to = self.of_parts(criterion.parts)
            yield Sum(criterion.id, f"{criterion.id} 各分项", comes_to, criterion.points)

    def children(self, sections: Iterable[Section], criteria: Iterable[Criterion]) -> Decimal:
        """What sections and criteria state, less what counts once though it stands in several."""
        parts = [(child.points, self.below(child)) for child in sections]
        parts += [(child.points, list(child.parts)) for child in criteria]
        asked = [(points, below) for points, below in parts if self.asked(below)]
        stated = sum((points for points, _ in asked), ZERO)
        apart = sum((self.of_parts(below) for _, below in asked), ZERO)
        together = self.of_parts(part for _, below in asked for part in below)
        return stated - (apart - together)
