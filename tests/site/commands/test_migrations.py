"""T63: the tables are what the models say, and bringing them up to date twice changes nothing."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from kaohe_web.keeping.schema import applied, schema

pytestmark = pytest.mark.django_db


def test_T63_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_T63_bringing_the_tables_up_to_date_twice_changes_nothing() -> None:
    before = (applied(), sorted(connection.introspection.table_names()))
    told = io.StringIO()
    call_command("migrate", interactive=False, stdout=told)
    assert "No migrations to apply" in told.getvalue() or "没有" in told.getvalue()
    assert (applied(), sorted(connection.introspection.table_names())) == before
    assert schema().is_current
