"""From the sheets that are lists: registered things, vetoes, references."""

from collections.abc import Iterator

from kaohe.location import Location
from kaohe.nodes import Mistakes, Scalar, nearest
from kaohe.quantity import UNITS
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.workbook.dates import written_day
from kaohe.workbook.gathering import Group, Unit
from kaohe.workbook.grid import Grid
from kaohe.workbook.keys import ENTRY_COLUMNS, NONE_REGISTERED, REFERENCE_COLUMNS, VETO_COLUMNS
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
        self.by_name: dict[str, list[str]] = {}
        for slot, unit in units.items():
            self.by_name.setdefault(_name(unit), []).append(slot)
        self.by_id = {_id(unit): slot for slot, unit in units.items()}

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

    def lacking(self, at: Location, head: str) -> None:
        """Note a cell that must not be empty."""
        self.mistakes.add(at, f"没有填“{head}”；请补上，或清空这一行")

    def unit(self, grid: Grid, row: str, named: Scalar | None) -> Unit | None:
        """The unit that a row is about."""
        if named is None:
            self.lacking(grid.place(row, "unit"), "单位")
            return None
        called = self.by_name.get(named.text, [])
        slot = called[0] if called else self.by_id.get(named.text)
        if len(called) > 1:
            message = f"有不止一个单位叫“{named.text}”；请改填单位的编号"
            self.mistakes.add(named.at, message)
            return None
        if slot is None:
            hint = nearest(named.text, self.by_name)
            self.mistakes.add(named.at, f"“单位”表中没有“{short(named.text)}”；{hint}")
            return None
        return self.units[slot]

    def chosen(self, named: Scalar | None, at: Location, labels: Labels, head: str) -> str | None:
        """The id of what was chosen from a list; the only choice need not be made."""
        if named is None and len(labels.titles) == 1:
            return next(iter(labels.titles))
        if named is None:
            self.lacking(at, head)
            return None
        found = labels.find(named.text)
        if found is None:
            hint = nearest(named.text, labels.all())
            self.mistakes.add(named.at, f"没有“{short(named.text)}”这一{head}；{hint}")
        return found

    def entries(self, grid: Grid) -> None:
        """What is registered, thing by thing."""
        indicators = self.rubric.indicators
        titles = Labels({name: indicators[name].title for name in self.rubric.registers})
        for row, found in self.rows(grid):
            unit = self.unit(grid, row, found.pop("unit", None))
            at = grid.place(row, "indicator")
            indicator = self.chosen(found.pop("indicator", None), at, titles, "登记项目")
            if unit is not None and indicator is not None:
                self.entry(grid, row, (unit, indicator), found)

    def entry(self, grid: Grid, row: str, of: tuple[Unit, str], found: Row) -> None:
        """One registered thing, or the statement that there is none."""
        unit, indicator = of
        here = grid.place(row, "name")
        none = set(found) == {"name"} and found["name"].text == NONE_REGISTERED
        listed = unit.entries.get(indicator)
        if listed is not None and (none or not listed):
            message = f"同一单位的同一项既登记了事项，又填了“{NONE_REGISTERED}”；请只留一种"
            self.mistakes.add(here, message)
        listed = unit.entries.setdefault(indicator, [])
        unit.entry_places.setdefault(indicator, here)
        if none:
            return
        entry = Group()
        for name in ENTRY_COLUMNS:
            if name in found:
                entry.put(name, found[name])
            elif name in NEEDED:
                at = grid.place(row, name)
                head = ENTRY_COLUMNS[name]
                self.mistakes.add(at, f"没有填“{head}”；没有的不能计数，请补上，或清空这一行")
                entry.put(name, Scalar("", at))
        level, date = found.get("level"), found.get("date")
        if level is not None:
            known = self.rubric.registers[IndicatorId(indicator)].level(level.text)
            entry.put("level", Scalar(known.id if known else level.text, level.at))
        if date is not None:
            entry.put("date", Scalar(written_day(date.text), date.at))
        listed.append(entry.node(here))

    def vetoes(self, grid: Grid) -> None:
        """Recorded vetoes; one without its authority and document is warned of."""
        titles = Labels({veto.id: veto.title for veto in self.rubric.vetoes})
        for row, found in self.rows(grid):
            unit = self.unit(grid, row, found.get("unit"))
            at = grid.place(row, "veto")
            veto = self.chosen(found.get("veto"), at, titles, "否决项")
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
            at = grid.place(row, "indicator")
            name = self.chosen(found.get("indicator"), at, titles, "指标")
            group = found.get("group")
            if group is None:
                self.lacking(grid.place(row, "group"), REFERENCE_COLUMNS["group"])
            if name is None or group is None:
                continue
            places.setdefault(group.text, group.at)
            means = groups.setdefault(group.text, {}).setdefault(name, Group())
            self.means(grid, row, name, means)
        whole = Group()
        for named, by_indicator in groups.items():
            inside = Group()
            for name, means in by_indicator.items():
                inside.put(name, means.node(next(iter(means.keys.values()), places[named])))
            whole.put(named, inside.node(places[named]), places[named])
        return whole

    def means(self, grid: Grid, row: str, indicator: str, into: Group) -> None:
        """The means in one row of references."""
        percent = self.rubric.indicators[IndicatorId(indicator)].unit == UNITS["percent"]
        columns = [c for c in grid.columns if c == "mean" or c.startswith("reference:")]
        found = [(column, grid.cell(row, column)) for column in columns]
        if not any(cell for _, cell in found):
            at = grid.place(row, "mean")
            self.mistakes.add(at, "没有填平均值；请补上，或清空这一行")
        for column, cell in found:
            if cell is None:
                continue
            at = grid.place(row, column)
            name = column.removeprefix("reference:")
            if name in into.entries:
                first = into.keys[name].place
                self.mistakes.add(at, f"与 {first} 处重复；同一组的同一指标只写一个平均值")
            scalar = as_number(cell, at, self.mistakes, percent=percent, advice=LEAVE_EMPTY)
            into.put(name, scalar)


def _name(unit: Unit) -> str:
    node = unit.own.entries.get("name")
    return node.text if isinstance(node, Scalar) else ""


def _id(unit: Unit) -> str:
    node = unit.own.entries.get("id")
    return node.text if isinstance(node, Scalar) else ""
