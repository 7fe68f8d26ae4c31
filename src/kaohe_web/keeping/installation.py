"""What an installation is made of, and how it is set; secrets and addresses with them left out."""

import platform
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kaohe import __version__
from kaohe_web.keeping.figures import space
from kaohe_web.keeping.health import free_megabytes

Lines = list[tuple[str, str]]


def facts() -> Lines:
    """Versions, places, space."""
    environment = settings.ENVIRONMENT
    return [
        (_("版本"), __version__),
        (_("数据库"), database()),
        (_("数据目录"), str(environment.data.resolve())),
        (_("剩余空间"), space(free_megabytes(environment.data))),
        (_("佐证材料存放"), _("数据目录") if not environment.evidence_url else stored_at()),
        ("Python / Django", f"{platform.python_version()} / {django.get_version()}"),
    ]


def database() -> str:
    """The database and its version."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0]}"
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        return f"SQLite {version}（{cursor.fetchone()[0].upper()}）"


def stored_at() -> str:
    """The evidence store, without what might be a password."""
    parts = urlsplit(settings.ENVIRONMENT.evidence_url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


HIDDEN = ("secret_key", "database_url", "evidence_url")
"""Settings that may hold a password."""


def settings_shown() -> Lines:
    """The settings, as their variables; changed only on the server."""
    environment = settings.ENVIRONMENT
    found = []
    for name in type(environment).model_fields:
        variable = "DATABASE_URL" if name == "database_url" else f"KAOHE_{name.upper()}"
        found.append((variable, said(getattr(environment, name), hidden=name in HIDDEN)))
    return found


def said(value: object, *, hidden: bool) -> str:
    """A setting's value as its variable has it."""
    if hidden:
        return _("已设置（不显示）") if value else _("未设置")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ",".join(value) or "—"
    return str(value) or "—"
