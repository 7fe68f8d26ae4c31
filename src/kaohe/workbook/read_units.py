"""From the sheets with a place for each unit: the units, their values, their points."""

from collections.abc import Mapping

from kaohe.location import Location
from kaohe.nodes import Mistakes, Scalar
from kaohe.rubric.model import Indicator, Part, Rubric
from kaohe.workbook.asking import parts_asking_for
from kaohe.workbook.cells import Cell
from kaohe.workbook.gathering import Group, Unit
from kaohe.workbook.grid import Grid
from kaohe.workbook.keys import NOT_APPLICABLE, PENDING, UNIT_COLUMNS, default_id, key
from kaohe.workbook.labels import Labels
from kaohe.workbook.typed import (
    LEAVE_EMPTY,
    State,
    as_number,
    as_state,
    as_text,
    percent_of,
    too_small_a_rate,
)

Units = dict[str, Unit]
"""The units by their slots."""

ALWAYS = ("id", "name", "group")
"""What every unit has."""


def read_units(grid: Grid, rubric: Rubric, mistakes: Mistakes) -> Units:
    """The slots in which a unit stands; a slot with nothing but its first id is empty.

    Where the sheet has lost a column, units are made up as far as they cannot be read.
    """
    units: Units = {}
    types = Labels(rubric.unit_types)
    typed = any(part.applies_to for part in rubric.all_parts())
    for slot in grid.rows:
        cells = {name: grid.cell(slot, name) for name in UNIT_COLUMNS}
        own = cells.pop("id")
        untouched = own is None or (slot.isdigit() and own.text == default_id(int(slot)))
        if untouched and not any(cells.values()):
            if not grid.whole:
                units[slot] = made_up(slot, grid.itself())
            continue
        unit = units[slot] = Unit(slot, grid.place(slot, "id"))
        for name, cell in {"id": own, **cells}.items():
            asked = name != "type" or (typed and "type" in grid.columns)
            if cell is not None:
                at = grid.place(slot, name)
                unit.own.put(name, as_text(cell, at, mistakes))
            elif asked and name in grid.columns:
                at = grid.place(slot, name)
                mistakes.add(at, f"没有填单位的“{UNIT_COLUMNS[name]}”；请补上，或清空这一行")
                unit.own.put(name, Scalar("", at))
            elif name in ALWAYS:
                unit.own.put(name, Scalar(f"?{slot}", grid.itself()))
        kind = unit.own.entries.get("type")
        if isinstance(kind, Scalar):
            unit.type = types.find(kind.text) or kind.text
            unit.own.put("type", Scalar(unit.type, kind.at))
    return units


def made_up(slot: str, at: Location) -> Unit:
    """A unit of which nothing can be read, so that at least what is entered for it is checked."""
    unit = Unit(slot, at)
    for name in ALWAYS:
        unit.own.put(name, Scalar(f"?{slot}", at))
    return unit


class UnitSheets:
    """Reads the sheets that have a place for each unit; notes what has no unit to go to."""

    def __init__(
        self, rubric: Rubric, units: Units, mistakes: Mistakes, warnings: list[str]
    ) -> None:
        self.rubric, self.units = rubric, units
        self.mistakes, self.warnings = mistakes, warnings

    def values(self, grid: Grid, column: str, group: str) -> None:
        """One of the sheets of values, of which only the first has states."""
        for slot in grid.rows:
            unit = self.units.get(slot)
            if unit is None:
                self.homeless(grid, [(slot, name) for name in grid.columns], slot)
                continue
            for indicator in self.rubric.indicators.values():
                self.value(grid, (slot, key(column, indicator.id)), indicator, (unit, group))
                self.state_of(grid, slot, indicator, unit)

    def value(
        self, grid: Grid, place: tuple[str, str], indicator: Indicator, into: tuple[Unit, str]
    ) -> None:
        """One value."""
        cell = grid.cell(*place)
        if cell is None:
            return
        unit, group = into
        at = grid.place(*place)
        if indicator.values:
            scalar = as_text(cell, at, self.mistakes)
        else:
            percent = indicator.unit.name == "percent"
            advice = {} if group == "indicators" else {"advice": LEAVE_EMPTY}
            scalar = as_number(cell, at, self.mistakes, percent=percent, **advice)
            if percent and too_small_a_rate(cell, scalar):
                meant = percent_of(scalar.text)
                self.warnings.append(
                    f"{at}: {indicator.title}填的是 {scalar.text}，按 {scalar.text}% 计；"
                    f"如果是 {meant}%，请填 {meant}"
                )
        unit.group(group).put(indicator.id, scalar)

    def state_of(self, grid: Grid, slot: str, indicator: Indicator, unit: Unit) -> None:
        """What stands beside a value: pending says nothing, not applicable exempts the parts."""
        column = key("state", indicator.id)
        state = self.state(grid, slot, column, grid.cell(slot, key("value", indicator.id)))
        if state is None or state.word == PENDING:
            return
        exempt = unit.group("exempt")
        reason = Scalar(state.reason or NOT_APPLICABLE, grid.place(slot, column))
        for part in parts_asking_for(self.rubric, indicator.id):
            if part.applies(unit.type):
                exempt.entries.setdefault(part.id, reason)
                exempt.keys.setdefault(part.id, reason.at)

    def state(self, grid: Grid, row: str, column: str, beside: Cell | None) -> State | None:
        """The state in a cell, which contradicts a value beside it."""
        cell = grid.cell(row, column)
        if cell is None:
            return None
        at = grid.place(row, column)
        state = as_state(cell, at, self.mistakes)
        if state is not None and beside is not None:
            message = f"既填了数，又选了“{state.word}”，互相矛盾；请只留一样"
            self.mistakes.add(at, message)
        return state

    def points(self, grid: Grid, parts: Mapping[str, Part]) -> None:
        """The sheet of assessors' points."""
        slots = [name.partition(":")[2] for name in grid.columns if name.startswith("points:")]
        for slot in slots:
            unit = self.units.get(slot)
            names = [key(kind, slot) for kind in ("points", "state", "reason")]
            if unit is None:
                self.homeless(grid, [(part, name) for part in grid.rows for name in names], slot)
                continue
            for part in parts:
                if part in grid.rows:
                    self.point(grid, part, names, unit)

    def point(self, grid: Grid, part: str, names: list[str], unit: Unit) -> None:
        """What one unit was given on one part, or why it is exempt."""
        points, reason = grid.cell(part, names[0]), grid.cell(part, names[2])
        state = self.state(grid, part, names[1], points)
        why = None if reason is None else as_text(reason, grid.place(part, names[2]), self.mistakes)
        if points is not None:
            at = grid.place(part, names[0])
            score = as_number(points, at, self.mistakes, percent=False)
            award = Group()
            award.put("score", score)
            if why is not None:
                award.put("reason", why)
            unit.group("points").put(part, award.node(at))
        elif state is not None and state.word == NOT_APPLICABLE:
            given = state.reason or NOT_APPLICABLE
            at = grid.place(part, names[1])
            unit.group("exempt").put(part, why or Scalar(given, at), at)
        elif why is not None and state is None:
            where = grid.place(part, names[2])
            self.warnings.append(f"{where}: 有理由而没有得分，没有计入；请补上得分，或清空理由")

    def homeless(self, grid: Grid, places: list[tuple[str, str]], slot: str) -> None:
        """Note what is entered for a slot in which no unit stands."""
        found = [grid.place(*place) for place in places if grid.cell(*place) is not None]
        if not found:
            return
        more = f"（这个位置共有 {len(found)} 处）" if len(found) > 1 else ""
        message = (
            f"第 {slot} 个单位在“单位”表中没有填，而这里有数据{more}；"
            "请先在“单位”表填写单位，或清空这些格"
        )
        self.mistakes.add(min(found, key=_order), message)


def _order(at: Location) -> tuple[int, str]:
    return len(at.place), at.place
