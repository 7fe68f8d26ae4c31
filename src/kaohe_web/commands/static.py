"""The static files in the data folder, collected anew only when they changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "stamp"


def collect() -> bool:
    """Bring the collected files up to date; whether there was anything to do."""
    root, now = Path(settings.STATIC_ROOT), stamp()
    path = root / STAMP
    if path.exists() and path.read_text("ascii") == now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    path.write_text(now, "ascii")
    return True


def stamp() -> str:
    """A hash over every static file there is."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(name.encode())
            with storage.open(name) as file:
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()
