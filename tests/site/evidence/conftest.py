"""A store of its own for each test, and the files that are put into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from evidence.desk import Desk
from kaohe_web.files.configured import evidence_store
from world import World


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The data folder of this test: nothing in it that the test did not put there."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"data": tmp_path, "upload_megabytes": 2}
    )
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    evidence_store.cache_clear()
    yield tmp_path
    evidence_store.cache_clear()


@pytest.fixture
def desk(world: World, data: Path) -> Desk:
    """The people of the world with files in their hands."""
    return Desk(world, data)


@pytest.fixture
def committed_desk(committed_world: World, data: Path) -> Desk:
    """The same, where every transaction is committed."""
    return Desk(committed_world, data)
