"""Fixtures of tests with real processes: an empty installation, and copies of a filled one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from installation import Installation, copy_of, empty_installation


@dataclass
class Filled:
    """An installation with the small world in it, and who can walk in how."""

    installation: Installation
    told: dict[str, Any]

    def cookie(self, name: str) -> str:
        """The header that signs somebody in."""
        return f"{self.told['cookie']}={self.told['cookies'][name]}"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """An installation with nothing in it."""
    with empty_installation(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The installation that others are copied from; it never runs."""
    with empty_installation(tmp_path_factory.mktemp("original")) as made:
        told = made.script("fill.py")
        (made.folder / "told.json").write_text(json.dumps(told), "utf-8")
        yield Filled(made, told)


@pytest.fixture
def filled(original: Filled, tmp_path: Path) -> Iterator[Filled]:
    """An installation with the small world in it."""
    with copy_of(original.installation, tmp_path) as made:
        yield Filled(made, original.told)


@pytest.fixture(scope="session")
def original_backup(original: Filled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with three files of evidence, that is only copied."""
    folder = tmp_path_factory.mktemp("backup")
    with copy_of(original.installation, folder) as site:
        site.script("keep_files.py", "3")
        path = folder / "backup.zip"
        assert site.run("backup", "-o", str(path)).returncode == 0
    return path
