"""That a server or worker runs on a data folder: a lock that ends with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaohe.errors import KaoheError

NAME = "running.lock"


class Running(KaoheError):  # noqa: N818 -- it says what is so
    """A server or worker runs on the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"数据目录 {folder} 上的服务正在运行；请先停止 kaohe serve 和 kaohe worker"
        )


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Say that this process runs on the folder; others may too.

    :raises Running: if somebody restores into it just now.
    """
    with locked(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every server and worker away from the folder.

    :raises Running: if one runs on it.
    """
    with locked(folder, fcntl.LOCK_EX):
        yield


@contextmanager
def locked(folder: Path, kind: int) -> Iterator[None]:
    """Hold the lock of a folder; children that are forked hold it too, as long as they live."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Running(folder) from error
        yield
    finally:
        os.close(descriptor)
