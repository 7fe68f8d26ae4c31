"""A data provider's values of all units as the workbook (数据表) has them."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import WrongState
from kaohe_web.filing import queries
from kaohe_web.filing.provided import Grid, Row, grid
from kaohe_web.filing.windows import require_providing
from kaohe_web.filing.workbooks_filing import in_words, measured_of
from kaohe_web.people.actor import Actor
from kaohe_web.sheets.grid import GridSheet, GridUnit
from kaohe_web.sheets.model import Issue


def own_grid(by: Actor, cycle: Cycle) -> tuple[Grid, list[int]]:
    """The grid of a year, and which of its columns the actor fills in.

    :raises WrongState: if it fills none.
    """
    mine = set(queries.provided_to_enter(by, cycle).values_list("indicator", flat=True))
    found = grid(by, cycle)
    places = [place for place, each in enumerate(found.columns) if each.indicator.id in mine]
    if not places:
        raise WrongState(_("没有由您填报的指标，没有可填的表；请考核办在“数据提供”里指定"))
    return found, places


def sheet_of(found: Grid, places: Sequence[int], issue: Issue, at: dt.datetime) -> GridSheet:
    """The workbook of a grid's columns that the actor fills in."""
    columns = [found.columns[place] for place in places]
    days = [row.window.last_day for row in found.rows if row.window]
    return GridSheet(
        issue,
        tuple(column.indicator for column in columns),
        tuple(unit_of(row, places, at) for row in found.rows),
        {column.indicator.id: column.clauses for column in columns},
        due=in_words(max(days, default=None)),
    )


def unit_of(row: Row, places: Sequence[int], at: dt.datetime) -> GridUnit:
    """One unit with its values; closed ones say why."""
    why = ""
    try:
        require_providing(row.assessed.cycle, row.window, at)
    except WrongState as refusal:
        why = refusal.sentence
    cells = [row.cells[place] for place in places]
    measured = {
        str(cell.indicator.id): measured_of(cell.indicator, cell.row, why) for cell in cells
    }
    return GridUnit(row.assessed.unit.code, row.assessed.unit.name, measured)
