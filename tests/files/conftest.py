"""What tests of files share: a private folder, and one call that takes a file in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kaohe_web.files.errors import FileRefused
from kaohe_web.files.limits import Limits
from kaohe_web.files.quarantine import Received, receive

LIMITS = Limits()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The quarantine."""
    return tmp_path / "quarantine"


@pytest.fixture
def take(folder: Path) -> Callable[..., Received]:
    """Takes a file in, and makes sure that nothing of it stays behind."""

    def taken(data: bytes, name: str, limits: Limits = LIMITS) -> Received:
        try:
            with receive([data], name, limits=limits, folder=folder) as received:
                assert received.path.read_bytes() == data
                return received
        finally:
            assert list(folder.iterdir()) == []

    return taken


@pytest.fixture
def refusal(take: Callable[..., Received]) -> Callable[..., tuple[str, str]]:
    """Why a file is not taken: the code and the sentence."""

    def refused(data: bytes, name: str, limits: Limits = LIMITS) -> tuple[str, str]:
        with pytest.raises(FileRefused) as caught:
            take(data, name, limits)
        assert (caught.value.status, str(caught.value)) == (422, caught.value.message)
        return caught.value.code.value, caught.value.message

    return refused
