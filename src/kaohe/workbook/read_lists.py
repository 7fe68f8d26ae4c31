"""From the sheets that are lists: registered things, vetoes, references."""

from collections.abc import Iterator

from kaohe.location import Location
from kaohe.nodes import Mistakes, Node, Scalar, is_day, nearest
from kaohe.quantity import UNITS
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.data_values import UNKNOWN
from kaohe.workbook.dates import written_day
from kaohe.workbook.gathering import Group, Unit
from kaohe.workbook.grid import Grid
from kaohe.workbook.keys import (
    ENTRY_COLUMNS,
    NONE_REGISTERED,
    REFERENCE_COLUMNS,
    UNKNOWN_MEAN,
    VETO_COLUMNS,
)
from kaohe.workbook.labels import Labels
from kaohe.workbook.read_units import Units
from kaohe.workbook.typed import LEAVE_EMPTY, as_number, as_text, short

NEEDED = ("name", "level", "date", "document")
"""Without these an entry does not count."""

Row = dict[str, Scalar]


class ListSheets:
    """Reads the lists; what is chosen by name is found by id."""

    def __init__(
        self, rubric: Rubric, units: Units, mistakes: Mistakes, warnings: list[str]
    ) -> None:
        self.rubric, self.units = rubric, units
        self.mistakes, self.warnings = mistakes, warnings
        self.certain = True
        """Whether the units are all known, so that one that is not among them is a mistake."""
        self.by_name: dict[str, list[str]] = {}
        for slot, unit in units.items():
            self.by_name.setdefault(unit.says("name"), []).append(slot)
        self.by_id = {unit.says("id"): slot for slot, unit in units.items()}
        self.groups = {unit.says("group") for unit in units.values()}

    def rows(self, grid: Grid) -> Iterator[tuple[str, Row]]:
        """The rows in which something stands, as text."""
        for row in grid.rows:
            if grid.filled(row):
                found = {}
                for column in grid.columns:
                    cell = grid.cell(row, column)
                    if cell is not None and not column.startswith(("mean", "reference:")):
                        found[column] = as_text(cell, grid.place(row, column), self.mistakes)
                yield row, found

    def lacking(self, grid: Grid, row: str, column: str, message: str) -> None:
        """Note a cell that must not be empty, in a column that is there."""
        if column in grid.columns:
            self.mistakes.add(grid.place(row, column), message)

    def unit(self, grid: Grid, row: str, named: Scalar | None) -> Unit | None:
        """The unit that a row is about."""
        if named is None:
            self.lacking(grid, row, "unit", "没有填“单位”；请补上，或清空这一行")
            return None
        called = self.by_name.get(named.text, [])
        slot = called[0] if called else self.by_id.get(named.text)
        if len(called) > 1:
            message = f"有不止一个单位叫“{named.text}”；请改填单位的编号"
            self.mistakes.add(named.at, message)
            return None
        if slot is None and not (self.certain and named.text):
            return None
        if slot is None:
            hint = nearest(named.text, self.by_name)
            self.mistakes.add(named.at, f"“单位”表中没有“{short(named.text)}”；{hint}")
            return None
        return self.units[slot]

    def chosen(
        self, grid: Grid, place: tuple[str, str], named: Scalar | None, of: tuple[Labels, str]
    ) -> str | None:
        """The id of what was chosen from a list; the only choice need not be made."""
        labels, head = of
        if named is None and len(labels.titles) == 1:
            return next(iter(labels.titles))
        if named is None:
            self.lacking(grid, *place, f"没有填“{head}”；请补上，或清空这一行")
            return None
        found = labels.find(named.text)
        if found is None and named.text:
            hint = nearest(named.text, labels.all())
            self.mistakes.add(named.at, f"没有“{short(named.text)}”这一{head}；{hint}")
        return found

    def entries(self, grid: Grid) -> None:
        """What is registered, thing by thing; a row is read to its end whatever is wrong in it."""
        indicators = self.rubric.indicators
        titles = Labels({name: indicators[name].title for name in self.rubric.registers})
        for row, found in self.rows(grid):
            unit = self.unit(grid, row, found.pop("unit", None))
            named = found.pop("indicator", None)
            indicator = self.chosen(grid, (row, "indicator"), named, (titles, "登记项目"))
            if not found and "name" not in grid.columns:
                continue
            none = set(found) == {"name"} and found["name"].text == NONE_REGISTERED
            entry = None if none else self.entry(grid, row, indicator, found)
            if unit is not None and indicator is not None:
                self.register(unit, indicator, entry, grid.place(row, "name"))

    def register(self, unit: Unit, indicator: str, entry: Node | None, here: Location) -> None:
        """Enter one thing for a unit, or that there is none."""
        listed = unit.entries.get(indicator)
        if listed is not None and (entry is None or not listed):
            message = f"同一单位的同一项既登记了事项，又填了“{NONE_REGISTERED}”；请只留一种"
            self.mistakes.add(here, message)
        listed = unit.entries.setdefault(indicator, [])
        unit.entry_places.setdefault(indicator, here)
        if entry is not None:
            listed.append(entry)

    def entry(self, grid: Grid, row: str, indicator: str | None, found: Row) -> Node:
        """One registered thing, of whichever unit."""
        entry = Group()
        for name, head in ENTRY_COLUMNS.items():
            if name in found:
                entry.put(name, found[name])
                if found[name].text:
                    self.mistakes.text(found[name], f"“{head}”")
            elif name in NEEDED:
                message = f"没有填“{head}”；没有的不能计数，请补上，或清空这一行"
                self.lacking(grid, row, name, message)
                entry.put(name, Scalar("", grid.place(row, name)))
        level, date = found.get("level"), found.get("date")
        if level is not None and level.text:
            entry.put("level", self.level(level, indicator))
        if date is not None and date.text:
            day = written_day(date.text)
            entry.put("date", Scalar(day, date.at))
            if not is_day(day):
                self.mistakes.add(date.at, f"“{short(date.text)}”不是日期；请写成 2017-05-31")
        return entry.node(grid.place(row, "name"))

    def level(self, level: Scalar, indicator: str | None) -> Scalar:
        """A level by its id; one of any register where it is not known which."""
        registers = self.rubric.registers
        asked = list(registers.values())
        if indicator is not None:
            asked = [registers[IndicatorId(indicator)]]
        known = next(filter(None, (register.level(level.text) for register in asked)), None)
        if known is not None:
            return Scalar(known.id, level.at)
        titles = dict.fromkeys(each.title for register in asked for each in register.levels)
        message = f"没有“{short(level.text)}”这一级；可用的有：{'、'.join(titles)}"
        self.mistakes.add(level.at, message)
        return level

    def vetoes(self, grid: Grid) -> None:
        """Recorded vetoes; one without its authority and document is warned of."""
        titles = Labels({veto.id: veto.title for veto in self.rubric.vetoes})
        for row, found in self.rows(grid):
            unit = self.unit(grid, row, found.get("unit"))
            at = grid.place(row, "veto")
            veto = self.chosen(grid, (row, "veto"), found.get("veto"), (titles, "否决项"))
            if unit is not None and veto is not None:
                case = Group()
                case.put("veto", Scalar(veto, at))
                for name in ("authority", "document"):
                    if name in found:
                        case.put(name, found[name])
                unit.vetoes.append(case.node(at))
            lacking = [VETO_COLUMNS[n] for n in ("authority", "document") if n not in found]
            if lacking:
                self.warnings.append(
                    f"{at}: 否决没有填{'、'.join(lacking)}；否决要有书面认定，请补上依据"
                )

    def references(self, grid: Grid) -> Group:
        """The references by group and indicator."""
        indicators = self.rubric.indicators
        titles = Labels({name: indicator.title for name, indicator in indicators.items()})
        groups: dict[str, dict[str, Group]] = {}
        places: dict[str, Location] = {}
        for row, found in self.rows(grid):
            cell = found.get("indicator")
            name = self.chosen(grid, (row, "indicator"), cell, (titles, "指标"))
            group = self.group(grid, row, found.get("group"))
            means = Group()
            if name is not None and group is not None:
                places.setdefault(group.text, group.at)
                means = groups.setdefault(group.text, {}).setdefault(name, means)
            self.means(grid, row, name, means)
        whole = Group()
        for named, by_indicator in groups.items():
            inside = Group()
            for name, means in by_indicator.items():
                inside.put(name, means.node(next(iter(means.keys.values()), places[named])))
            whole.put(named, inside.node(places[named]), places[named])
        return whole

    def group(self, grid: Grid, row: str, named: Scalar | None) -> Scalar | None:
        """The group that a row is about."""
        if named is None:
            head = REFERENCE_COLUMNS["group"]
            self.lacking(grid, row, "group", f"没有填“{head}”；请补上，或清空这一行")
        elif self.certain and named.text and named.text not in self.groups:
            hint = nearest(named.text, self.groups)
            self.mistakes.add(named.at, f"没有单位属于“{short(named.text)}”；{hint}")
        return named

    def means(self, grid: Grid, row: str, indicator: str | None, into: Group) -> None:
        """The means in one row of references; with % or without where the indicator is unknown."""
        known = None if indicator is None else self.rubric.indicators[IndicatorId(indicator)]
        percent = known is None or known.unit == UNITS["percent"]
        columns = [c for c in grid.columns if c == "mean" or c.startswith("reference:")]
        found = [(column, grid.cell(row, column)) for column in columns]
        if not any(cell for _, cell in found):
            self.lacking(grid, row, "mean", "没有填平均值；请补上，或清空这一行")
        for column, cell in found:
            if cell is None:
                continue
            at = grid.place(row, column)
            name = column.removeprefix("reference:")
            if name in into.entries:
                first = into.keys[name].place
                self.mistakes.add(at, f"与 {first} 处重复；同一组的同一指标只写一个平均值")
            if name == "mean" and cell.text == UNKNOWN_MEAN:
                into.put(name, Scalar(UNKNOWN, at))
                continue
            scalar = as_number(cell, at, self.mistakes, percent=percent, advice=LEAVE_EMPTY)
            into.put(name, scalar)
