"""What tests of filing share: a database in which two people really write at once."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from world import World, make_world

MIGRATION = import_module("kaohe_web.audit.migrations.0002_append_only")
TRIGGERS = {
    "sqlite": {
        "off": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
        "on": MIGRATION.SQLITE,
    },
    "postgresql": {
        "off": ["ALTER TABLE audit_entry DISABLE TRIGGER USER"],
        "on": ["ALTER TABLE audit_entry ENABLE TRIGGER USER"],
    },
}


def turn(state: str) -> None:
    """Turn the triggers of the trail off, so that a test may be cleared away, or on again."""
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor][state]:
            cursor.execute(statement)


@pytest.fixture
def _trail_goes_too(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Puts the triggers back once the tables are empty again."""
    del django_db_setup
    yield
    with django_db_blocker.unblock():
        turn("on")


@pytest.fixture
def committed_world(_trail_goes_too: None, transactional_db: None) -> Iterator[World]:
    """A small running year in which every transaction is committed."""
    del transactional_db
    yield make_world()
    turn("off")
