"""The ranking of a run or of the year as it stands: totals, grades, places, section by section."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, exact, write_number
from kaohe.rubric.model import Rubric, Section
from kaohe_web.results.moves import Moves, Span, UnitMoved
from kaohe_web.results.observed import vetoes_in
from kaohe_web.results.scoring import Plain, figure


@dataclass(frozen=True, slots=True)
class Column:
    """A section's column: the items whose scores it adds up, and their points."""

    title: str
    points: Decimal
    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's line; ``key`` is where its score sheet is, if it has one."""

    id: str
    name: str
    group: str
    total: Span
    grade: str | None
    rank: int | None
    sections: tuple[Span, ...]
    left_open: int
    vetoes: tuple[str, ...]
    adjusted: bool
    moved: UnitMoved | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The units that are compared with each other, the best first."""

    name: str
    rows: tuple[Row, ...]

    @property
    def ranked(self) -> bool:
        """Whether the ranks are known."""
        return all(row.rank is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything that the table shows."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    points: Decimal
    grades: tuple[tuple[str, int], ...]
    left_open: int = field(default=0)

    @property
    def rows(self) -> list[Row]:
        """The lines of all groups."""
        return [row for group in self.groups for row in group.rows]


def ranking(
    rubric: Rubric,
    result: Plain,
    data: Plain,
    *,
    moves: Moves | None = None,
    keys: Mapping[str, int] | None = None,
) -> Ranking:
    """The ranking of a result in the shape of ``kaohe score``, with the data it was made from."""
    columns = columns_of(rubric)
    titles = {veto.id: veto.title for veto in rubric.vetoes}
    vetoed = {u: tuple(titles.get(v, v) for v in ids) for u, ids in vetoes_in(data).items()}
    with exact():
        rows = [
            row(unit, columns, vetoed.get(unit["id"], ()), moves, keys or {})
            for unit in result["units"]
        ]
    groups = dict.fromkeys(each.group for each in rows)
    return Ranking(
        columns,
        tuple(Group(name, best_first(r for r in rows if r.group == name)) for name in groups),
        rubric.points,
        grades_of(rubric, rows),
        sum(each.total.score is None for each in rows),
    )


def columns_of(rubric: Rubric) -> tuple[Column, ...]:
    """The sections that hold criteria, and what stands outside the points."""
    found = [column(each) for each in rubric.all_sections() if each.criteria]
    if rubric.adjustments:
        ids = frozenset(criterion.id for criterion in rubric.adjustments)
        found.append(Column(_("总分之外"), ZERO, ids))
    return tuple(found)


def column(section: Section) -> Column:
    """A section's own items."""
    ids = frozenset(criterion.id for criterion in section.criteria)
    points = sum((criterion.points for criterion in section.criteria), ZERO)
    return Column(section.title, points, ids)


def row(
    unit: Plain,
    columns: Iterable[Column],
    vetoes: tuple[str, ...],
    moves: Moves | None,
    keys: Mapping[str, int],
) -> Row:
    """One unit's line."""
    leaves = [leaf for item in unit["items"] for leaf in item.get("parts", [item])]
    return Row(
        id=unit["id"],
        name=unit["name"],
        group=unit["group"],
        total=Span(unit["total"], unit["low"], unit["high"]),
        grade=unit["grade"],
        rank=unit["rank"],
        sections=tuple(added(unit["items"], column.items) for column in columns),
        left_open=sum(leaf["score"] is None for leaf in leaves),
        vetoes=vetoes,
        adjusted=bool(unit.get("effects")),
        moved=moves.unit(unit["id"]) if moves else None,
        key=keys.get(unit["id"]),
    )


def added(items: Iterable[Plain], ids: frozenset[str]) -> Span:
    """The sum of some items; open while one of them is."""
    chosen = [item for item in items if item["id"] in ids]
    low = write_number(sum((figure(item["low"]) for item in chosen), ZERO))
    high = write_number(sum((figure(item["high"]) for item in chosen), ZERO))
    left_open = any(item["score"] is None for item in chosen)
    return Span(None if left_open else low, low, high)


def best_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """By rank; while ranks are open by the best total still possible, then the least."""

    def order(each: Row) -> tuple[int, Decimal, Decimal]:
        high, low = figure(each.total.high), figure(each.total.low)
        return each.rank or 0, -high, -low

    return tuple(sorted(rows, key=order))


def grades_of(rubric: Rubric, rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """How many units have each grade, the best grade first; open ones are under no name."""
    counted = Counter(row.grade or "" for row in rows)
    names = [*rubric.grades.names, ""]
    return tuple((name, counted[name]) for name in names if name or counted[name])
