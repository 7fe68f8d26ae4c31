"""Which papers there are, which are missing, and who sees them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty
from kaohe_web.cycles.queries import visible_units
from kaohe_web.filing.clauses import Year, year_of
from kaohe_web.filing.models import Paper
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Department, Role

Kind = Paper.Kind


def papers(by: Actor, cycle: Cycle) -> QuerySet[Paper]:
    """The papers of a year that the actor may see, with those that were superseded.

    Liaisons: their department's. Unit offices, office and leaders: all of the units that they have
    to do with. Assessors: what the units that they judge handed in as a whole.
    """
    rows = Paper.objects.filter(
        cycle=cycle, assessed__in=visible_units(by, cycle).values("pk")
    ).select_related("assessed__unit", "cycle", "department", "file")
    match by.role:
        case Role.OFFICE | Role.LEADER | Role.UNIT_OFFICE:
            return rows
        case Role.LIAISON:
            return rows.filter(department=by.department_id)
        case Role.ASSESSOR:
            return rows.filter(department=None, superseded_at=None)
        case _:
            return rows.none()


@dataclass(frozen=True, slots=True)
class Place:
    """Where one paper belongs: which kind, whether it is asked for, what was handed in."""

    kind: Kind
    asked: bool
    paper: Paper | None
    older: tuple[Paper, ...]

    @property
    def missing(self) -> bool:
        """Whether it is asked for and not there."""
        return self.asked and self.paper is None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The papers of a department, or of the unit as a whole (no department)."""

    assessed: AssessedUnit
    department: Department | None
    places: tuple[Place, ...]

    @property
    def title(self) -> str:
        """Whose they are."""
        return str(self.department or _("全单位"))

    @property
    def missing(self) -> list[Kind]:
        """What is asked for and not there."""
        return [place.kind for place in self.places if place.missing]


def shelves(by: Actor, cycle: Cycle, units: Collection[AssessedUnit]) -> list[Shelf]:
    """The papers of some units, those of each unit as a whole first; always the same queries.

    A liaison sees the shelf of the own department, an assessor those of whole units.
    """
    year = year_of(cycle)
    found: dict[tuple[int, int | None], list[Paper]] = defaultdict(list)
    for paper in papers(by, cycle).filter(assessed__in=[unit.pk for unit in units]):
        found[paper.assessed_id, paper.department_id].append(paper)
    leading = leading_departments(units)
    shown = []
    for unit in units:
        for department, parts in [(None, set()), *leading.get(unit.pk, [])]:
            if not is_shown(by, department):
                continue
            key = unit.pk, department.pk if department else None
            asked = kinds_asked(year, unit, parts) if department else tuple(Kind)
            shown.append(Shelf(unit, department, tuple(places(asked, found[key]))))
    return shown


def is_shown(by: Actor, department: Department | None) -> bool:
    """Whether the actor sees the papers of a department, or of the unit as a whole."""
    match by.role:
        case Role.LIAISON:
            return department is not None and department.pk == by.department_id
        case Role.ASSESSOR:
            return department is None
        case _:
            return True


Leading = dict[int, list[tuple[Department, set[str]]]]


def leading_departments(units: Collection[AssessedUnit]) -> Leading:
    """The departments that lead parts of each unit, in their order, with those parts."""
    found: dict[int, dict[Department, set[str]]] = defaultdict(dict)
    duties = Duty.objects.filter(assessed__in=[unit.pk for unit in units], kind=Duty.Kind.LEAD)
    rows = duties.select_related("department").order_by("department__position", "department__pk")
    for duty in rows:
        found[duty.assessed_id].setdefault(duty.department, set()).add(duty.part)
    return {unit: list(of.items()) for unit, of in found.items()}


def kinds_asked(year: Year, unit: AssessedUnit, parts: Collection[str]) -> tuple[Kind, ...]:
    """The papers asked of a department: targets only where it files for one."""
    clauses = year.clauses(unit.type)
    led = [clause for part in parts if (clause := clauses.get(part))]
    if any(indicator.target for clause in led for indicator in clause.typed):
        return tuple(Kind)
    return (Kind.SELF_SCORE, Kind.SELF_REPORT)


def places(asked: Collection[Kind], handed_in: Iterable[Paper]) -> Iterable[Place]:
    """A place for each kind, with what was handed in; the latest first."""
    by_kind: dict[str, list[Paper]] = defaultdict(list)
    for paper in handed_in:
        by_kind[paper.kind].append(paper)
    for kind in Kind:
        current = next((each for each in by_kind[kind] if each.superseded_at is None), None)
        older = tuple(each for each in by_kind[kind] if each.superseded_at is not None)
        yield Place(kind, kind in asked, current, older)
