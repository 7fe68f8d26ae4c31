"""The heat map: units by items, each cell a score and the tenth of the points that it reaches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, Mean, exact, rounded, write_number
from kaohe.rubric.model import Rubric
from kaohe_web.results.moves import Span
from kaohe_web.results.scoring import Plain, figure

TENTHS = 10
PLACES = 2
"""The decimals of a column's mean, which is only looked at."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's score on one item; ``tenth`` is empty while it is open."""

    item: str
    points: str
    score: Span | None
    tenth: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One unit."""

    id: str
    name: str
    group: str
    cells: tuple[Cell, ...]
    total: Span
    grade: str | None
    key: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """An item's column, with the mean of the units that are scored on it, once all are settled."""

    id: str
    title: str
    points: Decimal
    mean: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The whole table; ``sections`` are the titles above the columns and how many each spans."""

    sections: tuple[tuple[str, int], ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


def heat_map(
    rubric: Rubric, result: Plain, keys: Mapping[str, int] | None = None, group: str = ""
) -> HeatMap:
    """The heat map of a result in the shape of ``kaohe score``; of one group, if it is named."""
    units = [unit for unit in result["units"] if group in ("", unit["group"])]
    ids = [criterion.id for criterion in rubric.all_criteria()]
    with exact():
        lines = tuple(line(unit, ids, keys or {}) for unit in units)
        heads = tuple(
            Head(each.id, each.title, each.points, mean_of(lines, place))
            for place, each in enumerate(rubric.all_criteria())
        )
    sections = [(s.title, len(s.criteria)) for s in rubric.all_sections() if s.criteria]
    if rubric.adjustments:
        sections.append((_("总分之外"), len(rubric.adjustments)))
    return HeatMap(tuple(sections), heads, lines)


def line(unit: Plain, ids: Iterable[str], keys: Mapping[str, int]) -> Line:
    """One unit's line; an item that its kind is not scored on is an empty cell."""
    items = {item["id"]: item for item in unit["items"]}
    return Line(
        unit["id"],
        unit["name"],
        unit["group"],
        tuple(cell(item_id, items.get(item_id)) for item_id in ids),
        Span(unit["total"], unit["low"], unit["high"]),
        unit["grade"],
        keys.get(unit["id"]),
    )


def cell(item_id: str, item: Plain | None) -> Cell:
    """One cell."""
    if item is None:
        return Cell(item_id, "", None, None)
    score = Span(item["score"], item["low"], item["high"])
    return Cell(item_id, item["points"], score, tenth(item["score"], item["points"]))


def tenth(score: str | None, points: str) -> int | None:
    """The tenth of the points that a score reaches: 0 for nothing, 10 for all of them only."""
    full = figure(points)
    if score is None or full <= ZERO:
        return None
    share = figure(score) * TENTHS // full
    return int(min(max(share, ZERO), Decimal(TENTHS)))


def mean_of(lines: Iterable[Line], place: int) -> str:
    """The mean of a column as people read it; empty while a score in it is open."""
    scores = [line.cells[place].score for line in lines if line.cells[place].score is not None]
    settled = [figure(each.score) for each in scores if each is not None and each.score]
    if not scores or len(settled) < len(scores):
        return ""
    value = Mean(sum(settled, ZERO), len(settled)).value()
    told = rounded(value, PLACES)
    return write_number(told) if told == value else f"≈{write_number(told)}"
