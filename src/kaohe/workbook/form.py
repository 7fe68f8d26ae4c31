"""What a template is made of: the rubric as it is read, the unit slots, what is already known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from kaohe.rubric.model import Indicator, Rubric
from kaohe.scoring.observations import Dataset, Observations
from kaohe.workbook import looks
from kaohe.workbook.book import Book, CannotWrite, Look, Sheet
from kaohe.workbook.keys import HIDDEN, MARK, MOST_SLOTS, SHEETS, default_id
from kaohe.workbook.places import column_letters

KEY_ROW, KEY_COLUMN = 0, 0
TITLE_ROW, NOTE_ROW = 1, 2
ID_COLUMN, NAME_COLUMN = 1, 2

FIRST_UNIT_ROW = 4
"""Where the first unit stands on the sheet of units; other sheets point there."""

LISTS_FROM = 3
"""The first column of the hidden sheet that holds a list for drop-downs."""

SHORT_LIST = 250
"""As many characters as a drop-down can name by itself."""


@dataclass(slots=True)
class Form:
    """A template in the making: its book, its rubric, and the data that it begins with."""

    book: Book
    rubric: Rubric
    data: Dataset
    slots: int
    lists: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.slots = max(self.slots, len(self.data.units), 1)
        if self.slots > MOST_SLOTS:
            message = (
                f"一份数据表最多容纳 {MOST_SLOTS} 个单位，而这里要 {self.slots} 个；请分成几份"
            )
            raise CannotWrite(message)

    def sheet(self, kind: str, title: str, note: str) -> Sheet:
        """A new input sheet with its mark, its title and a note under it."""
        sheet = self.book.sheet(SHEETS[kind])
        sheet.text(KEY_ROW, KEY_COLUMN, MARK + kind, looks.KEY)
        sheet.hide_row(KEY_ROW)
        sheet.hide_column(KEY_COLUMN)
        sheet.text(TITLE_ROW, 1, title, looks.TITLE)
        sheet.height(TITLE_ROW, Decimal(26))
        sheet.text(NOTE_ROW, 1, note, looks.NOTE)
        sheet.height(NOTE_ROW, Decimal(20))
        return sheet

    def units(self) -> Iterator[tuple[int, Observations | None]]:
        """Every unit slot from 1, with the unit that stands in it from the beginning."""
        for slot in range(1, self.slots + 1):
            yield slot, self.data.units[slot - 1] if slot <= len(self.data.units) else None

    def id_of(self, slot: int) -> str:
        """The id that a slot begins with; one that no unit of the data has."""
        if slot <= len(self.data.units):
            return self.data.units[slot - 1].id
        taken = {unit.id for unit in self.data.units}
        return "" if default_id(slot) in taken else default_id(slot)

    def unit_name(self, sheet: Sheet, row: int, column: int, slot: int, look: Look) -> None:
        """The name of a slot's unit, as the sheet of units has it."""
        self._unit_cell(sheet, (row, column), slot, NAME_COLUMN, look)

    def unit_id(self, sheet: Sheet, row: int, column: int, slot: int, look: Look) -> None:
        """The id of a slot's unit, as the sheet of units has it."""
        self._unit_cell(sheet, (row, column), slot, ID_COLUMN, look)

    def _unit_cell(
        self, sheet: Sheet, at: tuple[int, int], slot: int, column: int, look: Look
    ) -> None:
        there = f"{SHEETS['units']}!{column_letters(column)}{FIRST_UNIT_ROW + slot}"
        unit = self.data.units[slot - 1] if slot <= len(self.data.units) else None
        shown = self.id_of(slot) if column == ID_COLUMN else (unit.name if unit else "")
        sheet.formula(*at, f'=IF({there}="","",{there})', shown, look)

    def unit_list(self) -> str:
        """The names of the units, for a drop-down."""
        column = column_letters(NAME_COLUMN)
        first, last = FIRST_UNIT_ROW + 1, FIRST_UNIT_ROW + self.slots
        return f"={SHEETS['units']}!${column}${first}:${column}${last}"

    def choices(self, names: Iterable[str]) -> list[str] | str:
        """A drop-down of these names: named on the spot, or kept on the hidden sheet."""
        names = tuple(dict.fromkeys(names))
        short = len(",".join(names)) <= SHORT_LIST
        if short and not any("," in name or '"' in name for name in names):
            return list(names)
        if names not in self.lists:
            self.lists.append(names)
        column = column_letters(LISTS_FROM + self.lists.index(names))
        return f"={HIDDEN}!${column}$1:${column}${len(names)}"

    def previous(self) -> list[Indicator]:
        """The indicators whose values of last year are asked for, or known."""
        asked = {
            n.indicator
            for part in self.rubric.all_parts()
            for n in part.rule.needs()
            if n.kind == "previous"
        }
        known = {indicator for unit in self.data.units for indicator in unit.previous}
        return [i for i in self.rubric.indicators.values() if i.id in asked | known]


def put_value(
    sheet: Sheet, at: tuple[int, int], indicator: Indicator, value: Decimal | None, look: Look
) -> None:
    """A value in its cell: a number by its digits, or the name of a grade."""
    if value is None:
        sheet.text(*at, "", look)
    elif indicator.values:
        sheet.text(*at, indicator.values[int(value) - 1], look)
    else:
        sheet.number(*at, value, look)
