"""An input sheet by its keys: which row and column is what, wherever it has been moved."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.location import Location
from kaohe.nodes import Mistakes
from kaohe.workbook.cells import Cell, Holds, SheetCells
from kaohe.workbook.keys import MARK, SHEETS
from kaohe.workbook.places import address, column_letters

MAKE_ANEW = "请用 kaohe template 重新生成数据表，再把数据粘贴过去"


@dataclass(slots=True)
class Grid:
    """One input sheet: the rows and columns that carry keys, and the cells where they cross."""

    file: str
    kind: str
    sheet: SheetCells
    corner: tuple[int, int]
    rows: dict[str, int]
    columns: dict[str, int]
    whole: bool = True
    """Whether every key that is asked for stands there, once."""

    def at(self, row: int, column: int) -> Location:
        """Where a cell stands, as people say it."""
        return Location(self.file, f"{self.sheet.name}!{address(row, column)}")

    def place(self, row: str, column: str) -> Location:
        """Where the cell of two keys stands; the sheet, if it has lost one of them."""
        if row not in self.rows or column not in self.columns:
            return self.itself()
        return self.at(self.rows[row], self.columns[column])

    def itself(self) -> Location:
        """The sheet as a place, where what it has lost is noted."""
        return Location(self.file, self.sheet.name)

    def cell(self, row: str, column: str) -> Cell | None:
        """The cell of two keys, if something is in it."""
        if row not in self.rows or column not in self.columns:
            return None
        return self.sheet.cells.get((self.rows[row], self.columns[column]))

    def filled(self, row: str) -> bool:
        """Whether anything has been entered in a row."""
        return any(self.cell(row, column) is not None for column in self.columns)


def find_grids(sheets: list[SheetCells], file: str, mistakes: Mistakes) -> dict[str, Grid]:
    """The input sheets by their marks, whatever they are now called."""
    kinds = {MARK + kind: kind for kind in SHEETS}
    found: dict[str, Grid] = {}
    for sheet in sheets:
        for place, cell in sheet.cells.items():
            kind = kinds.get(cell.text)
            if kind is None:
                continue
            if kind in found:
                first = found[kind].sheet.name
                message = f"与“{first}”表是同一张（复制出来的）；请删去多余的一张"
                mistakes.add(Location(file, sheet.name), message)
            else:
                found[kind] = keyed(sheet, kind, place, file, mistakes)
            break
    return found


def keyed(
    sheet: SheetCells, kind: str, corner: tuple[int, int], file: str, mistakes: Mistakes
) -> Grid:
    """A sheet's keys, each of which stands once."""
    grid = Grid(file, kind, sheet, corner, {}, {})
    for (row, column), cell in sorted(sheet.cells.items()):
        if row == corner[0] and column > corner[1]:
            keys, place = grid.columns, column
        elif column == corner[1] and row > corner[0]:
            keys, place = grid.rows, row
        else:
            continue
        if cell.text in keys:
            message = f"隐藏的标记“{cell.text}”有两处（行或列被复制过）；{MAKE_ANEW}"
            mistakes.add(grid.at(row, column), message)
            grid.whole = False
        keys.setdefault(cell.text, place)
    return grid


def require(grid: Grid, rows: dict[str, str], columns: dict[str, str], mistakes: Mistakes) -> None:
    """Note every row and column that should be there and is not; values are what to call them."""
    for names, keys, what in ((rows, grid.rows, "行"), (columns, grid.columns, "列")):
        for key, title in names.items():
            if key not in keys:
                message = f"缺少“{title}”这一{what}（标记 {key} 不见了）；{MAKE_ANEW}"
                mistakes.add(grid.itself(), message)
                grid.whole = False


def check_merged(grid: Grid, mistakes: Mistakes) -> None:
    """Note merged cells that lie over cells where something is entered."""
    rows, columns = set(grid.rows.values()), set(grid.columns.values())
    for top, left, bottom, right in grid.sheet.merged:
        over_row = any(top <= row <= bottom for row in rows)
        if over_row and any(left <= column <= right for column in columns):
            block = f"{address(top, left)}:{address(bottom, right)}"
            message = f"{block} 合并了单元格，只有左上角一格读得到；请取消合并，每格各填各的"
            mistakes.add(grid.at(top, left), message)


def check_outside(grid: Grid, mistakes: Mistakes) -> None:
    """Note what was entered in rows and columns that carry no key.

    Heads stand above the first row with a key, and labels left of the first column with one.
    """
    rows, columns = set(grid.rows.values()), set(grid.columns.values())
    top, left = min(rows, default=0), min(columns, default=0)
    for (row, column), cell in grid.sheet.cells.items():
        if row < top or column < left or not typed_in(cell):
            continue
        if column not in columns:
            message = f"填在了模板以外的列里，读不到是哪一项；请把它移到模板的列内，或{MAKE_ANEW}"
            mistakes.add(grid.at(row, column), message)
        elif row not in rows:
            message = f"填在了模板以外的行里，读不到归属；请把它移到模板的行内，或{MAKE_ANEW}"
            mistakes.add(grid.at(row, column), message)


def typed_in(cell: Cell) -> bool:
    """Whether a cell holds anything that somebody may have entered."""
    return cell.holds is not Holds.NOT_COMPUTED


def hidden_input(grid: Grid) -> Iterator[str]:
    """A sentence for each sheet, row and column that is hidden and yet holds input."""
    filled = [
        (row, column)
        for row in grid.rows.values()
        for column in grid.columns.values()
        if (row, column) in grid.sheet.cells
    ]
    where = grid.itself()
    if grid.sheet.hidden and filled:
        yield f"{where}: 这张表被隐藏了，其中的数据照常读入；请确认无误"
    rows = sorted({row for row, _ in filled} & grid.sheet.hidden_rows)
    columns = sorted(
        {c for _, c in filled if any(a <= c <= b for a, b in grid.sheet.hidden_columns)}
    )
    if rows:
        named = "、".join(str(row + 1) for row in rows)
        yield f"{where}: 第 {named} 行被隐藏了，其中的数据照常读入；请确认无误"
    if columns:
        named = "、".join(column_letters(column) for column in columns)
        yield f"{where}: {named} 列被隐藏了，其中的数据照常读入；请确认无误"
