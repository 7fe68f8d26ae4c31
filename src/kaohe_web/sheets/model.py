"""A form of cells: what is asked, what the site holds, and how both lie on sheets.

A cell to fill is known by its record (a part, an indicator, an award) and its field (自评得分).
On a sheet it stands where a row and a column cross whose keys, joined, are the record and field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from kaohe.location import Mistake
from kaohe.nodes import Mistaken
from kaohe.workbook.cells import Cell
from kaohe_web.sheets.kinds import Kind

Key = tuple[str, ...]
"""Names a record, a row or a column: ``("part", "G2.1")``."""

Slot = tuple[Key, str]
"""Names a cell to be filled: its record and its field."""

ENTRY = "entry"
"""Begins the keys of records that make a list, where people add and remove rows."""

NEW = "+"
"""Begins the name of an entry that is in a sheet and not yet on the site."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Which sheet was handed out: for which year, whom and which edition, and when.

    ``unit`` is empty for a provider's grid. ``owner`` is the department or the provider.
    ``number`` counts the issues of the same sheet; ``at`` is the time, as people read it.
    """

    kind: Literal["filing", "grid"]
    cycle: str
    cycle_title: str
    unit: str
    unit_title: str
    owner: str
    owner_title: str
    edition: str
    number: int
    at: str


class Held(NamedTuple):
    """What is held of one record: its row's version and its values, each in canonical text.

    ``locked`` says why nothing of it may be changed now; empty if it may.
    """

    version: int
    values: Mapping[str, str]
    locked: str = ""


class Fault(NamedTuple):
    """What does not go together in one record; ``serious`` if it cannot be taken so."""

    field: str
    message: str
    serious: bool = True


Check = Callable[[Mapping[str, str]], Iterable[Fault]]
"""Looks at a record as it was filled; a field with a mistake of its own is not there."""


def no_faults(_values: Mapping[str, str]) -> Iterable[Fault]:
    """Whatever the fields hold goes together."""
    return ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked of a record, and what may stand in its cell."""

    title: str
    kind: Kind
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to fill: what is asked of it, what the site holds, and its row's version there."""

    key: Key
    title: str
    fields: Mapping[str, Field]
    values: Mapping[str, str]
    version: int = 0
    locked: str = ""
    check: Check = no_faults

    def held(self) -> Held:
        """What the site holds, in canonical text."""
        values = {
            name: asked.kind.canonical(self.values.get(name, ""))
            for name, asked in self.fields.items()
        }
        return Held(self.version, values, self.locked)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; ``over`` stands above the head, over all columns of one ``group``."""

    key: Key
    head: str
    width: int
    group: str = ""
    over: tuple[str, ...] = ()
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: what it says by itself; what is filled in follows from its key.

    A ``band`` is a heading over the whole width. ``sums`` are the columns that it adds up.
    """

    key: Key
    labels: Mapping[Key, str | Decimal]
    band: bool = False
    sums: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: ``fixed`` columns on the left stay in sight; ``label`` says whose a row is."""

    kind: str
    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    fixed: int
    label: Key | None = None
    over: tuple[str, ...] = ()
    a_page: int = 0
    """As many columns as one printed page holds beside the fixed ones; 0 for all."""


class Issued(NamedTuple):
    """What a workbook remembers of the day it was handed out, on its hidden sheet.

    ``rows`` are, by page, the keys of rows with their labels; ``columns`` the keys of columns.
    """

    issue: Issue
    rows: Mapping[str, Mapping[Key, str]]
    columns: Mapping[str, tuple[Key, ...]]
    base: Mapping[Key, Held]


@dataclass(frozen=True, slots=True)
class Form:
    """A workbook to be filled: its records, its sheets, what its guide says.

    ``blank`` is what a new entry begins as, where there is a list.
    """

    issue: Issue
    title: str
    records: Mapping[Key, Record]
    pages: tuple[Page, ...]
    cautions: tuple[str, ...]
    blank: Record | None = None

    def record(self, key: Key) -> Record | None:
        """The record of a key; an entry that the site no longer has is still known as one."""
        if key in self.records:
            return self.records[key]
        return self.blank if key[:1] == (ENTRY,) else None

    def held(self) -> dict[Key, Held]:
        """What the site holds now; rows kept free for new entries are not held."""
        return {key: r.held() for key, r in self.records.items() if not is_new(key)}

    def issued(self) -> Issued:
        """What the workbook is to remember if it is handed out now."""
        return Issued(self.issue, *self.layout(), {k: r.held() for k, r in self.records.items()})

    def layout(self) -> tuple[dict[str, dict[Key, str]], dict[str, tuple[Key, ...]]]:
        """The rows with records, by page, and the columns."""
        rows: dict[str, dict[Key, str]] = {}
        for page in self.pages:
            lines = [line for line in page.lines if any(self.slots(page, line))]
            rows[page.kind] = {line.key: label_of(page, line) for line in lines}
        return rows, {page.kind: tuple(c.key for c in page.columns) for page in self.pages}

    def slots(self, page: Page, line: Line) -> Iterator[tuple[Column, Slot]]:
        """The cells of a row that are filled in."""
        for column in page.columns:
            slot = slot_of(line.key, column.key)
            record = self.record(slot[0])
            if record is not None and slot[1] in record.fields:
                yield column, slot


def slot_of(row: Key, column: Key) -> Slot:
    """The record and field where a row and a column cross.

    >>> slot_of(("part", "G2.1"), ("note",)), slot_of(("value", "u01"), ("rate", "value"))
    ((('part', 'G2.1'), 'note'), (('value', 'u01', 'rate'), 'value'))
    """
    return row + column[:-1], column[-1]


def label_of(page: Page, line: Line) -> str:
    """What says whose a row is; empty if nothing does."""
    label = line.labels.get(page.label, "") if page.label is not None else ""
    return label if isinstance(label, str) else ""


def is_new(key: Key) -> bool:
    """Whether a record is a row kept free for a new entry."""
    return key[:1] == (ENTRY,) and key[1].startswith(NEW)


@dataclass(slots=True)
class Filled:
    """A workbook that came back: what was issued, what now stands in its cells, and where.

    ``values`` are canonical; a field that could not be read is not among them. ``typed`` are the
    cells as they were filled; ``places`` say where each stands (``填报表!D7``).
    """

    file: str
    issued: Issued
    values: dict[Key, dict[str, str]] = field(default_factory=dict)
    typed: dict[Slot, Cell] = field(default_factory=dict)
    places: dict[Slot, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


class Rejected(Mistaken):
    """A workbook with mistakes at its cells: all of them, and what is filled in all the same.

    ``filled`` is for handing the workbook back with its mistakes marked.
    """

    def __init__(self, mistakes: Iterable[Mistake], filled: Filled) -> None:
        super().__init__(mistakes)
        self.filled = filled
