"""The printed names of bodies that nobody has been found for yet, unit by unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kaohe.rubric.model import Part, Rubric
from kaohe_web.cycles.asks import filed_parts
from kaohe_web.cycles.duties import Division
from kaohe_web.cycles.matching import Bodies, folded, groups
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.people.models import Department


@dataclass(frozen=True, slots=True)
class Waiting:
    """A printed name that waits for a person, and where it stands.

    A ``group`` (领导小组成员单位) is no department: one of its members has to be named.
    """

    printed: str
    parts: tuple[str, ...]
    leads: bool
    group: bool


def without_lead(
    unit: AssessedUnit, rubric: Rubric, standing: Mapping[str, Division]
) -> list[Part]:
    """The parts that a unit has to file for and that no department of it leads."""
    return [
        part
        for part in filed_parts(rubric)
        if part.applies(unit.type) and standing.get(part.id, Division()).lead is None
    ]


def waiting_names(
    unit: AssessedUnit,
    rubric: Rubric,
    standing: Mapping[str, Division],
    bodies: Bodies[Department],
) -> list[Waiting]:
    """The names that wait, those that would lead first."""
    leading: dict[str, list[str]] = {}
    for part in without_lead(unit, rubric, standing):
        if part.lead:
            leading.setdefault(part.lead[0], []).append(part.id)
    supporting: dict[str, list[str]] = {}
    for part in filed_parts(rubric):
        division = standing.get(part.id, Division())
        for name in unfound(part, division, bodies) if part.applies(unit.type) else ():
            supporting.setdefault(name, []).append(part.id)
    of_groups = groups(rubric)
    found = [
        Waiting(name, tuple(parts), leads, folded(name) in of_groups)
        for names, leads in ((leading, True), (supporting, False))
        for name, parts in names.items()
    ]
    return [name for name in found if name.leads or name.printed not in leading]


def unfound(part: Part, division: Division, bodies: Bodies[Department]) -> Iterator[str]:
    """The printed names of supporters that go by no department, while supporters are lacking."""
    later = (*part.lead[1:], *part.supporting)
    if len(division.supporting) < len(later):
        yield from (name for name in later if bodies.match(name) is None)
