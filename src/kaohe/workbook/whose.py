"""Whose a row or a column is: labels that somebody typed over, against the sheet of units."""

from collections.abc import Iterator, Mapping

from kaohe.nodes import Mistakes
from kaohe.workbook.cells import Cell
from kaohe.workbook.gathering import Unit
from kaohe.workbook.grid import Grid
from kaohe.workbook.keys import key
from kaohe.workbook.sheet_points import HEAD_ROW, UNIT_HEADS
from kaohe.workbook.typed import short


def check_labels(grid: Grid, units: Mapping[str, Unit], mistakes: Mistakes) -> None:
    """Note every typed label that names another unit than the one whose row or column it is.

    What a formula shows is not looked at: it may have been computed before the units were typed.
    """
    what = "列" if grid.kind == "points" else "行"
    for (row, column), slot in places_of_labels(grid):
        cell, unit = grid.sheet.cells[row, column], units.get(slot)
        if unit is not None and contradicts(cell, unit):
            message = (
                f"这里写的是“{short(cell.text)}”，而这一{what}是“单位”表中"
                f"“{unit.says('name')}”（{unit.says('id')}）的，填的数都算它的；"
                f"请照“单位”表改回来，别的单位的数请移到它自己的{what}"
            )
            mistakes.add(grid.at(row, column), message)


def contradicts(cell: Cell, unit: Unit) -> bool:
    """Whether a label was typed and is neither the unit's id nor its name."""
    known = (unit.says("id"), unit.says("name"))
    return not cell.formula and all(known) and cell.text not in known


def places_of_labels(grid: Grid) -> Iterator[tuple[tuple[int, int], str]]:
    """The filled label cells with their slots: left of the values, or over the points."""
    if grid.kind == "points":
        slots = {
            column: name.partition(":")[2]
            for name, column in grid.columns.items()
            if name in (key(kind, name.partition(":")[2]) for kind in UNIT_HEADS)
        }
        for (row, column), cell in grid.sheet.cells.items():
            head = row == grid.corner[0] + HEAD_ROW and cell.text not in UNIT_HEADS.values()
            if head and column in slots:
                yield (row, column), slots[column]
    else:
        rows = {row: slot for slot, row in grid.rows.items()}
        first = min(grid.columns.values(), default=0)
        for row, column in grid.sheet.cells:
            if row in rows and grid.corner[1] < column < first:
                yield (row, column), rows[row]
