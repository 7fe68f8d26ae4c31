"""A filled workbook becomes the same tree of nodes as JSON data, each value with its cell."""

import re
from itertools import chain
from pathlib import Path

from kaohe.location import Location, Mistake
from kaohe.nodes import Mapping, Mistaken, Mistakes, Node, Scalar, Sequence
from kaohe.reading.writer import fingerprint
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.workbook.cells import SheetCells, read_cells
from kaohe.workbook.gathering import Group
from kaohe.workbook.grid import (
    MAKE_ANEW,
    Grid,
    check_merged,
    check_outside,
    find_grids,
    hidden_input,
    require,
)
from kaohe.workbook.keys import (
    ENTRY_COLUMNS,
    FORMAT,
    HIDDEN,
    REFERENCE_COLUMNS,
    SHEETS,
    VETO_COLUMNS,
    key,
)
from kaohe.workbook.package import refuse
from kaohe.workbook.read_lists import ListSheets
from kaohe.workbook.read_units import Units, UnitSheets, made_up, read_units
from kaohe.workbook.whose import check_labels

PLACE = re.compile(r"(.*)!([A-Z]+)([0-9]+)", re.DOTALL)


def read_workbook(source: str | Path | bytes, file: str, rubric: Rubric) -> tuple[Node, list[str]]:
    """The node tree of a filled data workbook, and warnings that do not stop anything.

    ``file`` is what messages call it. The tree is for :func:`kaohe.scoring.data.read_data`.

    :raises Mistaken: with every mistake at its sheet and cell: the workbook's own, and if there
        are any, also those that ``read_data`` finds.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    sheets = read_cells(data, file)
    check_signature(sheets, file, rubric)
    reader = _Reader(sheets, file, interpret(rubric))
    node = reader.root()
    if reader.mistakes.found:
        raise Mistaken(in_order(all_mistakes(reader.mistakes, node, rubric), sheets))
    return node, reader.warnings


def check_signature(sheets: list[SheetCells], file: str, rubric: Rubric) -> None:
    """Only a workbook made for this edition of this rubric has the cells that are looked for.

    :raises Mistaken: if it is another.
    """
    hidden = next((sheet for sheet in sheets if sheet.name == HIDDEN), None)
    signed: dict[str, str] = {}
    if hidden is not None:
        for (row, column), cell in hidden.cells.items():
            if column == 0 and (row, 1) in hidden.cells:
                signed[cell.text] = hidden.cells[row, 1].text
    if signed.get("kaohe") != "workbook":
        refuse(
            file,
            "不是由 kaohe template 生成的数据表；"
            f"请用 kaohe template {rubric.id} -o 数据表.xlsx 生成，再把数据填进去",
        )
    if signed.get("format") != FORMAT:
        refuse(file, f"是另一个版本的 kaohe 生成的数据表；{anew(rubric)}")
    if signed.get("rubric") != rubric.id:
        named = signed.get("rubric", "")
        refuse(
            file,
            f"是按“{named}”生成的数据表，而现在用的是“{rubric.id}”；请换数据表或换评分细则",
        )
    if signed.get("fingerprint") != fingerprint(rubric):
        refuse(file, f"是按评分细则的另一个版次生成的，条目或规则已经改过；{anew(rubric)}")


def anew(rubric: Rubric) -> str:
    """What to do with a workbook that is out of date."""
    return f"请用 kaohe template {rubric.id} 重新生成数据表，再把数据粘贴过去"


class _Reader:
    """Reads the sheets one after the other; gathers mistakes and warnings."""

    def __init__(self, sheets: list[SheetCells], file: str, rubric: Rubric) -> None:
        self.sheets, self.file, self.rubric = sheets, file, rubric
        self.mistakes, self.warnings = Mistakes(), list[str]()
        self.parts = {part.id: part for part in rubric.all_parts()}
        self.incomplete = False

    def root(self) -> Mapping:
        """The whole file; where sheets, rows or columns are missing, what is there is read."""
        grids = self.grids()
        self.incomplete = bool(self.mistakes.found)
        for grid in grids.values():
            check_merged(grid, self.mistakes)
            if grid.whole:
                check_outside(grid, self.mistakes)
            self.warnings += hidden_input(grid)
        return self.gather(grids, self.units(grids))

    def units(self, grids: dict[str, Grid]) -> Units:
        """The units, made up from the other sheets where their own is missing."""
        if "units" not in grids:
            at = Location(self.file, SHEETS["units"])
            return {slot: made_up(slot, at) for slot in slots_of(grids)}
        units = read_units(grids["units"], self.rubric, self.mistakes)
        if not units:
            message = "一个单位也没有填；请至少填写一个被考核单位"
            self.mistakes.add(grids["units"].itself(), message)
        return units

    def grids(self) -> dict[str, Grid]:
        """The input sheets, with the keys that the rubric asks for."""
        wanted = self.columns()
        marked = find_grids(self.sheets, self.file, self.mistakes)
        for kind in wanted:
            if kind not in marked:
                at = Location(self.file, SHEETS[kind])
                message = f"缺少“{SHEETS[kind]}”表（或它隐藏的标记被删掉了）；{MAKE_ANEW}"
                self.mistakes.add(at, message)
        found = {kind: marked[kind] for kind in SHEETS if kind in marked}
        units = found.get("units")
        slots = {slot: f"第 {slot} 个单位" for slot in units.rows} if units else {}
        rows = dict.fromkeys(("values", "targets", "previous"), slots)
        rows["points"] = {part.id: f"{part.id} {part.title}" for part in self.parts.values()}
        for kind, grid in found.items():
            columns = dict(wanted.get(kind, {}))
            if kind == "points":
                for word in ("points", "state", "reason"):
                    columns |= {key(word, slot): title for slot, title in slots.items()}
            require(grid, rows.get(kind, {}), columns, self.mistakes)
        return found

    def columns(self) -> dict[str, dict[str, str]]:
        """The columns that each kind of sheet must have, with what to call them."""
        rubric = self.rubric
        needs = [need for part in self.parts.values() for need in part.rule.needs()]
        last_year = {need.indicator for need in needs if need.kind == "previous"}
        indicators = rubric.indicators.values()
        values = {key("value", i.id): i.title for i in indicators}
        values |= {key("state", i.id): f"{i.title}（待定）" for i in indicators}
        wanted: dict[str, dict[str, str]] = {
            "units": {"id": "编号", "name": "名称", "group": "所属市（参评组）"},
            "values": values,
            "targets": {key("target", i.id): i.title for i in indicators if i.target},
            "previous": {key("previous", i.id): i.title for i in indicators if i.id in last_year},
            "entries": ENTRY_COLUMNS if rubric.registers else {},
            "vetoes": VETO_COLUMNS if rubric.vetoes else {},
            "references": REFERENCE_COLUMNS if rubric.indicators else {},
        }
        return {kind: columns for kind, columns in wanted.items() if columns} | {"points": {}}

    def gather(self, grids: dict[str, Grid], units: Units) -> Mapping:
        """Everything that the sheets say, by unit."""
        by_unit = UnitSheets(self.rubric, units, self.mistakes, self.warnings)
        certain = "units" in grids and grids["units"].whole and bool(units)
        if "points" in grids:
            by_unit.points(grids["points"], self.parts)
        for kind, column, group in (
            ("values", "value", "indicators"),
            ("targets", "target", "targets"),
            ("previous", "previous", "previous"),
        ):
            if kind in grids:
                by_unit.values(grids[kind], column, group)
        for kind in ("values", "targets", "previous", "points"):
            if certain and kind in grids and grids[kind].whole:
                check_labels(grids[kind], units, self.mistakes)
        lists = ListSheets(self.rubric, units, self.mistakes, self.warnings)
        lists.certain = certain
        if "entries" in grids:
            lists.entries(grids["entries"])
        if "vetoes" in grids:
            lists.vetoes(grids["vetoes"])
        references = lists.references(grids["references"]) if "references" in grids else Group()
        if self.incomplete:
            self.leave_out_awards(units)
        at = Location(self.file, "")
        root = Group()
        root.put("rubric", Scalar(self.rubric.id, at))
        there = Location(self.file, SHEETS["units"])
        there = grids["units"].itself() if "units" in grids else there
        root.put("units", Sequence(tuple(unit.node() for unit in units.values()), there))
        if references.entries and certain:
            root.put("references", references.node(at))
        return root.node(at)

    def leave_out_awards(self, units: Units) -> None:
        """Do not judge points by values or kinds of units that may stand in what is missing."""
        for unit in units.values():
            points = unit.group("points")
            for part in self.parts.values():
                if part.rule.needs() or part.applies_to:
                    points.entries.pop(part.id, None)


def slots_of(grids: dict[str, Grid]) -> list[str]:
    """The slots that other sheets than that of units have."""
    rows = [grids[kind].rows for kind in ("values", "targets", "previous") if kind in grids]
    columns = grids["points"].columns if "points" in grids else {}
    heads = [name.partition(":")[2] for name in columns if name.startswith("points:")]
    return list(dict.fromkeys([*chain.from_iterable(rows), *heads]))


def all_mistakes(own: Mistakes, node: Node, rubric: Rubric) -> list[Mistake]:
    """The workbook's own mistakes and those of the data; of two at one cell, the workbook's."""
    found = list(own.found)
    places = {mistake.at for mistake in found}
    try:
        read_data(node, rubric)
    except Mistaken as error:
        found += [mistake for mistake in error.mistakes if mistake.at not in places]
    return found


def in_order(mistakes: list[Mistake], sheets: list[SheetCells]) -> list[Mistake]:
    """The mistakes in the order in which a person goes through the workbook."""
    order = {sheet.name: number for number, sheet in enumerate(sheets)}

    def place(mistake: Mistake) -> tuple[int, int, int, str]:
        match = PLACE.fullmatch(mistake.at)
        if match is None:
            return -1, 0, 0, ""
        before, letters, row = match.groups()
        sheet = next((order[name] for name in order if before.endswith(f":{name}")), -1)
        return sheet, int(row), len(letters), letters

    return sorted(mistakes, key=place)
