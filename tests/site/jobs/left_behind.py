"""Ends a session as signing out does, has the night's tidying done; says where its key still lies.

python left_behind.py
"""

import json
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 -- Django had to wake first
from django.db import connection  # noqa: E402 -- the same
from django.utils import timezone  # noqa: E402 -- the same

from kaohe_web.jobs import registry  # noqa: E402 -- the same
from kaohe_web.jobs.outbox import enqueue  # noqa: E402 -- the same
from kaohe_web.jobs.worker import Worker  # noqa: E402 -- the same
from kaohe_web.people.session_store import SessionStore, kept  # noqa: E402 -- the same


def where(key: str) -> list[str]:
    """The files of the data folder in which the hash of a key lies."""
    folder = Path(settings.ENVIRONMENT.data)
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in files if kept(key).encode() in path.read_bytes())


store = SessionStore()
store["began"] = timezone.now().isoformat()
store.save()
key = store.session_key or ""
told = {"signed in": where(key)}
store.delete()
now = timezone.now()
registry.load()
worker = Worker(clock=lambda: now)
worker.planned = {f"{name}:{now.date()}" for name in registry.KINDS}
enqueue("tidy", {}, key="tidy at once", at=now)
while worker.turn():
    pass
told["tidied"] = where(key)
connection.close()
told["closed"] = where(key)
print(json.dumps(told))  # noqa: T201 -- its output
