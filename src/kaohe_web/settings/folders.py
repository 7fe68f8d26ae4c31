"""Folders of an installation that nobody but its owner reads."""

from pathlib import Path


def private_folder(folder: Path) -> Path:
    """The folder, made for the owner alone if it is not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
