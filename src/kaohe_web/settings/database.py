"""The database: SQLite without the WAL-reset bug in the data folder, or PostgreSQL by address."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

MENDED_SQLITE = (3, 51, 3)
"""The first SQLite without the bug that could spoil a WAL database with two writers."""


def use_mended_sqlite() -> str:
    """Put a SQLite without the WAL-reset bug in the place of Python's own, if there is one.

    Returns the journal mode that is safe with what was found.
    """
    try:
        import pysqlite3  # noqa: PLC0415 -- there is no wheel of it for every machine
    except ImportError:
        import sqlite3  # noqa: PLC0415 -- only its version is asked

        return "WAL" if sqlite3.sqlite_version_info >= MENDED_SQLITE else "TRUNCATE"
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    return "WAL" if pysqlite3.sqlite_version_info >= MENDED_SQLITE else "TRUNCATE"


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's ``DATABASES["default"]`` for a PostgreSQL address, or for SQLite in a folder."""
    return postgresql(url) if url else sqlite(folder / "kaohe.sqlite3")


def sqlite(path: Path) -> dict[str, Any]:
    """The embedded database; every transaction takes the write lock at once (IMMEDIATE)."""
    journal = use_mended_sqlite()
    pragmas = (
        f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA secure_delete=ON;PRAGMA mmap_size=0;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,  # the last to close a WAL database copies and deletes its log
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def postgresql(url: str) -> dict[str, Any]:
    """A PostgreSQL server by its address; a socket's folder may stand as ``?host=``."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }
