"""How a file comes in: into a private folder, counted and hashed, examined, and gone again."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from kaohe_web.files.errors import Broken, CannotPreview, FileRefused, Locked, Why, not_written
from kaohe_web.files.examine import examine
from kaohe_web.files.kinds import FileType, Shown
from kaohe_web.files.limits import NANOSECONDS, Limits
from kaohe_web.files.names import clean_name
from kaohe_web.files.preview import page_count
from kaohe_web.files.scan import Scanner

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has come in and may be stored; ``path`` lives as long as the ``with``."""

    path: Path
    sha256: str
    size: int
    type: FileType
    name: str
    pages: int | None
    """Of a PDF; nothing else is counted."""


@contextmanager
def receive(
    chunks: Iterable[bytes],
    name: str,
    *,
    limits: Limits,
    folder: Path,
    scanner: Scanner | None = None,
    clock: Callable[[], int] = time.monotonic_ns,
) -> Iterator[Received]:
    """Take in one file; nothing of it is left in the folder afterwards, whatever happens.

    (What a killed server leaves there, ``disk.sweep`` removes.)

    :raises FileRefused: if it is too large, too slow, or not what is taken.
    :raises StoreUnavailable: if there is no room for it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, place = tempfile.mkstemp(dir=folder)
    except OSError as error:
        raise not_written(error) from error
    path = Path(place)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            sha256, size = _write(file, chunks, limits, clock)
            kind = _examine(file, clean_name(name), limits, folder)
            if scanner is not None:
                scanner.scan(file)
            pages = _pages(file) if kind.shown is Shown.AS_PAGES else None
        yield Received(path, sha256, size, kind, clean_name(name), pages)
    finally:
        path.unlink(missing_ok=True)


def in_chunks(file: BinaryIO) -> Iterator[bytes]:
    """A file or a request's body, piece by piece, for :func:`receive`."""
    while chunk := file.read(CHUNK):
        yield chunk


def _write(
    file: BinaryIO, chunks: Iterable[bytes], limits: Limits, clock: Callable[[], int]
) -> tuple[str, int]:
    """Keep the chunks while they come; gives their hash and size."""
    digest, size = hashlib.sha256(), 0
    deadline = clock() + limits.seconds * NANOSECONDS
    for chunk in chunks:
        size += len(chunk)
        limits.refuse_longer(size)
        if clock() > deadline:
            message = _("上传用了 %(limit)d 秒还没有完成，已停止；请检查网络后重新上传")
            raise FileRefused(message % {"limit": limits.seconds}, Why.TOO_SLOW)
        digest.update(chunk)
        try:
            file.write(chunk)
        except OSError as error:
            raise not_written(error) from error
    try:
        file.flush()
    except OSError as error:
        raise not_written(error) from error
    return digest.hexdigest(), size


def _examine(file: BinaryIO, name: str, limits: Limits, folder: Path) -> FileType:
    try:
        return examine(file, name, limits, folder)
    except OSError as error:
        raise not_written(error) from error


def _pages(file: BinaryIO) -> int | None:
    """The pages of a PDF that anybody can open; nothing where counting would take too much."""
    try:
        return page_count(file)
    except Locked as locked:
        message = _("PDF 设了打开密码，评审人员打不开；请去掉密码后再上传")
        raise FileRefused(message, Why.LOCKED) from locked
    except Broken as broken:
        message = _("PDF 打不开，可能已损坏或不完整；请重新导出或扫描后再上传")
        raise FileRefused(message, Why.DAMAGED) from broken
    except CannotPreview:
        return None
