"""The secret of an installation: given, or made once and kept readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret_key(given: str, folder: Path) -> str:
    """The secret that was given, or the one of the data folder, made if there is none."""
    if given:
        return given
    path = folder / "secret-key"
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        pass
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text("ascii")
