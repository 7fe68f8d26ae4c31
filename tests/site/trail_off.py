"""The triggers of the trail, out of the way while a test with real commits is cleared away."""

from importlib import import_module

from django.db import connection

MIGRATION = import_module("kaohe_web.audit.migrations.0002_append_only")
TRIGGERS: dict[str, dict[str, list[str]]] = {
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
    """Turn the triggers ``off``, or ``on`` again once the tables are empty."""
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor][state]:
            cursor.execute(statement)
