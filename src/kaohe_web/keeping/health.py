"""Whether the site can do its work just now: database, tables, disk, background work."""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from kaohe_web.jobs.queries import oldest_waiting
from kaohe_web.keeping.schema import schema

MEGABYTE = 1024 * 1024
LATE = dt.timedelta(minutes=10)
"""How long due work may wait before the worker is taken for dead."""


def readiness(at: dt.datetime) -> dict[str, bool]:
    """Each thing the site needs, and whether it is so."""
    needs: dict[str, Callable[[], bool]] = {
        "database": answers,
        "migrations": lambda: schema().is_current,
        "disk": lambda: has_room(settings.ENVIRONMENT.data),
        "queue": lambda: keeps_up(at),
    }
    return {name: holds(question) for name, question in needs.items()}


def holds(question: Callable[[], bool]) -> bool:
    """The answer to a question; what cannot even be asked does not hold."""
    try:
        return question()
    except (DatabaseError, OSError):
        return False


def answers() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def has_room(folder: Path) -> bool:
    """Whether the data folder can be written, and has space to spare."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"kaohe")
        file.flush()
        os.fsync(file.fileno())
    return free_megabytes(folder) >= settings.ENVIRONMENT.spare_megabytes


def free_megabytes(folder: Path) -> int:
    """What is free where a folder is."""
    return shutil.disk_usage(folder).free // MEGABYTE


def keeps_up(at: dt.datetime) -> bool:
    """Whether no background work has waited for long."""
    since = oldest_waiting(at)
    return since is None or at - since <= LATE
