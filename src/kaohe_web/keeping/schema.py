"""Whether the tables of the database are those that this version works with."""

from dataclasses import dataclass

from django.db import connection
from django.db.migrations.loader import MigrationLoader


@dataclass(frozen=True, slots=True)
class Schema:
    """What sets the database apart from this version; each migration as ``app.name``."""

    missing: tuple[str, ...]
    """Not applied yet: the version is newer than the database."""

    unknown: tuple[str, ...]
    """Applied by a newer version: this one must not touch the database."""

    empty: bool
    """Whether there is nothing in it at all."""

    @property
    def is_current(self) -> bool:
        """Whether this version may work with the database."""
        return not self.missing and not self.unknown


def schema() -> Schema:
    """What the database lacks and has too much.

    :raises django.db.Error: if it cannot be reached.
    """
    loader = MigrationLoader(connection)
    assert loader.disk_migrations is not None  # noqa: S101 -- the loader has just read them
    known, applied = set(loader.disk_migrations), set(loader.applied_migrations)
    return Schema(named(known - applied), named(applied - known), empty=not applied)


def named(migrations: set[tuple[str, str]]) -> tuple[str, ...]:
    """Migrations as they are written down."""
    return tuple(sorted(f"{app}.{name}" for app, name in migrations))


def applied() -> tuple[str, ...]:
    """The migrations of the database, as a backup notes them."""
    return named(set(MigrationLoader(connection).applied_migrations))
