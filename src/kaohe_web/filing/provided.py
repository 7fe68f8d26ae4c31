"""Values that data providers enter for every unit (数据提供): one cell at a time."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe.rubric.model import Indicator
from kaohe.rules.base import IndicatorId
from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import Window
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import Conflict, Difference, Invalid, NotThere
from kaohe_web.filing import queries, values
from kaohe_web.filing.clauses import Year, year_of
from kaohe_web.filing.models import ReportedValue
from kaohe_web.filing.values import ValueEntry
from kaohe_web.filing.windows import Windows, require_providing
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor


@action("value.provided", right="provider.fill")
def enter(
    assessed: AssessedUnit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    indicator: str,
    version: int,
    entry: ValueEntry,
) -> ReportedValue:
    """Enter one unit's value of an indicator that the actor provides.

    Saving what stands there already writes nothing, whichever version was seen.

    :raises Conflict: if somebody else changed it since ``version``; with the differences.
    """
    unit = visible_units(by, assessed.cycle).filter(pk=assessed.pk).first()
    duty = queries.provided_to_enter(by, assessed.cycle).filter(indicator=indicator).first()
    if unit is None or duty is None:
        raise NotThere(_("没有这个单位，或者这个指标不由您填报；请从“数据填报”进入"))
    duty = locked(queries.provided_to_enter(by, unit.cycle), duty.pk)
    require_providing(unit.cycle, Windows(unit.cycle).providing(unit), at)
    asked = indicator_of(unit, indicator)
    row = values.rows_of(unit, [indicator]).get(indicator)
    row = row or ReportedValue(assessed=unit, cycle=unit.cycle, indicator=indicator, version=0)
    entry = entry.settled()
    if row.rolled:
        entry = entry._replace(before=row.before)
    found = differences(asked, values.entry_of(row), entry)
    if found and version != row.version:
        raise Conflict(
            _("别人刚刚改过%(unit)s的这个数，您的修改没有写入；请核对后再保存")
            % {"unit": unit.unit.name},
            list(found.values()),
        )
    if problems := [fault for _name, fault in values.faults(asked, entry)]:
        raise Invalid([f"{asked.title}：{problem}" for problem in problems])
    if not found:
        return row
    changes = {name: [each.now, each.mine] for name, each in found.items()}
    values.put(row, entry, source=str(duty.provider), by=by, at=at)
    details = {"indicator": indicator, "changes": changes}
    trail.record("value.provided", row, by=by, at=at, details=details)
    return row


def indicator_of(assessed: AssessedUnit, indicator: str) -> Indicator:
    """The indicator in the year's rubric.

    :raises NotThere: if it has none of that id.
    """
    found = year_of(assessed.cycle).rubric.indicators.get(IndicatorId(indicator))
    if found is None:
        raise NotThere(_("评分细则里没有这个指标；请考核办核对数据提供单位的设置"))
    return found


def differences(indicator: Indicator, now: ValueEntry, mine: ValueEntry) -> dict[str, Difference]:
    """The fields of a value that differ, in words."""
    labels = {
        "value": _("本年数值"),
        "state": _("情况"),
        "note": _("说明"),
        "before": _("上年数值"),
    }
    return {
        name: Difference(label, in_words(indicator, now, name), in_words(indicator, mine, name))
        for name, label in labels.items()
        if getattr(now, name) != getattr(mine, name)
    }


def in_words(indicator: Indicator, entry: ValueEntry, name: str) -> str:
    """One field of a value for people."""
    match name:
        case "state":
            return str(values.State(entry.state).label)
        case "note":
            return entry.note
        case _field:
            return values.told(indicator, getattr(entry, name))


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's value of one indicator, as the grid shows it."""

    indicator: Indicator
    row: ReportedValue | None

    @property
    def entry(self) -> ValueEntry:
        """What stands there."""
        return values.entry_of(self.row)

    @property
    def missing(self) -> bool:
        """Whether nobody has said anything yet: neither a number nor why there is none."""
        return self.entry.value is None and self.entry.state == values.State.VALUE

    @property
    def version(self) -> int:
        """The version that a person sees; 0 while nothing was ever entered."""
        return self.row.version if self.row else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One unit, its cells in the order of the columns, and when they may be filled."""

    assessed: AssessedUnit
    cells: tuple[Cell, ...]
    window: Window | None


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator, who provides it, and how many units lack it."""

    indicator: Indicator
    provider: str
    clauses: tuple[str, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Grid:
    """All assessed units by the indicators that somebody provides, or watches over."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def grid(by: Actor, cycle: Cycle) -> Grid:
    """The grid that the actor fills or sees; always the same number of queries."""
    year = year_of(cycle)
    duties = [
        (year.rubric.indicators[IndicatorId(duty.indicator)], duty)
        for duty in queries.provided_indicators(by, cycle)
        if duty.indicator in year.rubric.indicators
    ]
    held = {(row.assessed_id, row.indicator): row for row in queries.provided_values(by, cycle)}
    windows = Windows(cycle)
    rows = tuple(
        Row(
            unit,
            tuple(Cell(asked, held.get((unit.pk, asked.id))) for asked, _duty in duties),
            windows.providing(unit),
        )
        for unit in visible_units(by, cycle)
    )
    columns = tuple(
        Column(
            asked,
            str(duty.provider),
            clauses_of(year, asked.id),
            sum(row.cells[place].missing for row in rows),
        )
        for place, (asked, duty) in enumerate(duties)
    )
    return Grid(columns, rows)


def clauses_of(year: Year, indicator: str) -> tuple[str, ...]:
    """The printed numbers of the clauses whose rules read an indicator."""
    found = {
        number: None
        for criterion in year.rubric.all_criteria()
        for part in criterion.parts
        if any(need.indicator == indicator for need in part.rule.needs())
        for number in (part.clauses or criterion.clauses)
    }
    return tuple(found)
