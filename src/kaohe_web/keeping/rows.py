"""The rows of every table as plain JSON, the same for SQLite and PostgreSQL, out and in again.

What is sealed in the database stays sealed: columns are taken as they are stored.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Protocol

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model

LEFT_OUT = {"auth", "contenttypes"}
"""Apps whose rows are made anew by every ``migrate`` and mean nothing to us."""

LEFT_OUT_TABLES = {"people_session"}
"""Who was signed in signs in again: a backup must not hold living sessions."""

KINDS = {
    "BigAutoField": "whole",
    "BigIntegerField": "whole",
    "IntegerField": "whole",
    "PositiveBigIntegerField": "whole",
    "PositiveIntegerField": "whole",
    "PositiveSmallIntegerField": "whole",
    "SmallIntegerField": "whole",
    "BooleanField": "truth",
    "DateField": "day",
    "DateTimeField": "instant",
    "CharField": "text",
    "TextField": "text",
}
"""How the values of a field are written down, by Django's name for its type."""

AT_ONCE = 500


class NotRows(ValueError):  # noqa: N818 -- it says what it is
    """A file of rows that does not say what it holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is in the database, and how its values are written down."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is, or as it was when its rows were written down."""

    name: str
    columns: tuple[Column, ...]
    numbered: str
    """The column that the database numbers by itself; empty if none is."""


class Cursor(Protocol):
    """What runs a statement and gives its rows: a cursor of either database."""

    def execute(self, statement: str, /) -> object:
        """Run it."""

    def __iter__(self) -> Iterator[Any]:
        """Its rows."""


def tables() -> list[Table]:
    """Every table whose rows are ours, by name."""
    models = apps.get_models(include_auto_created=True)
    return sorted(map(table_of, filter(is_ours, models)), key=lambda table: table.name)


def is_ours(model: type[Model]) -> bool:
    """Whether the rows of a model are kept."""
    of = model._meta  # noqa: SLF001 -- Django's own public name for it
    return of.app_label not in LEFT_OUT and of.db_table not in LEFT_OUT_TABLES


def table_of(model: type[Model]) -> Table:
    """The table of a model."""
    of = model._meta  # noqa: SLF001 -- Django's own public name for it
    columns = tuple(Column(str(field.column), kind_of(field)) for field in of.concrete_fields)
    numbered = str(of.pk.column) if of.pk.get_internal_type().endswith("AutoField") else ""
    return Table(of.db_table, columns, numbered)


def kind_of(field: "Field[Any, Any]") -> str:
    """How a field's values are written down: a reference as the key it refers to."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]  # a reference has one
    return KINDS[field.get_internal_type()]


def written(table: Table, cursor: Cursor) -> Iterator[str]:
    """A table as lines of JSON: what it is, then its rows in the order of their key."""
    columns = [asdict(column) for column in table.columns]
    yield line({"table": table.name, "numbered": table.numbered, "columns": columns})
    names = ", ".join(quoted(column.name) for column in table.columns)
    key = quoted(table.columns[0].name)
    cursor.execute(f"SELECT {names} FROM {quoted(table.name)} ORDER BY {key}")  # noqa: S608 -- names of our models
    writers = [WRITE[column.kind] for column in table.columns]
    for row in cursor:
        values = zip(row, writers, strict=True)
        yield line([None if value is None else write(value) for value, write in values])


def line(content: object) -> str:
    """A line of a file of rows."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def quoted(name: str) -> str:
    """A name as both databases take it literally."""
    return '"' + name.replace('"', '""') + '"'


def instant_written(value: dt.datetime | str) -> str:
    """An instant in UTC; SQLite keeps it as text without saying so."""
    instant = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=dt.UTC)
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")


WRITE: dict[str, Callable[[Any], object]] = {
    "whole": int,
    "truth": bool,
    "day": str,
    "instant": instant_written,
    "text": str,
}


def read_head(text: str) -> Table:
    """What a file of rows holds, by its first line.

    :raises NotRows: if it does not say so.
    """
    try:
        head = json.loads(text)
        columns = tuple(Column(each["name"], each["kind"]) for each in head["columns"])
        table = Table(head["table"], columns, head["numbered"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotRows(text[:100]) from error
    if not columns or not {column.kind for column in columns} <= READ.keys():
        raise NotRows(text[:100])
    return table


def put(table: Table, lines: Iterable[str]) -> int:
    """Put rows into their table, in the transaction that is open; how many."""
    names = ", ".join(quoted(column.name) for column in table.columns)
    places = ", ".join(["%s"] * len(table.columns))
    statement = f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({places})"  # noqa: S608 -- names checked against the tables there are
    readers = [READ[column.kind] for column in table.columns]
    count, rest = 0, iter(lines)
    with connection.cursor() as cursor:
        while some := [read_row(text, readers) for text in islice(rest, AT_ONCE)]:
            cursor.executemany(statement, some)
            count += len(some)
    return count


def read_row(text: str, readers: Sequence[Callable[[Any], Any]]) -> list[Any]:
    """A row as the database takes it."""
    values = zip(json.loads(text), readers, strict=True)
    return [None if value is None else read(value) for value, read in values]


def instant_read(text: str) -> object:
    """An instant as the database at hand keeps it."""
    return connection.ops.adapt_datetimefield_value(dt.datetime.fromisoformat(text))


def day_read(text: str) -> object:
    """A day as the database at hand keeps it."""
    return connection.ops.adapt_datefield_value(dt.date.fromisoformat(text))


READ: dict[str, Callable[[Any], object]] = {
    "whole": int,
    "truth": bool,
    "day": day_read,
    "instant": instant_read,
    "text": str,
}


def number_on(table: Table) -> None:
    """Let PostgreSQL go on numbering behind the rows that were put in; SQLite does by itself."""
    if not table.numbered or connection.vendor != "postgresql":
        return
    column = quoted(table.numbered)
    statement = (
        f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({column}), 1),"  # noqa: S608 -- as above
        f" max({column}) IS NOT NULL) FROM {quoted(table.name)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [quoted(table.name), table.numbered])
