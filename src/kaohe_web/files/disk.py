"""Files kept in a folder of this machine: ``ab/ab12…``, written whole or not at all."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from kaohe_web.files.errors import Damaged, Missing, not_read, not_written
from kaohe_web.files.limits import NANOSECONDS

CHUNK = 1024 * 1024
INCOMING = "incoming"
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
READ_ONLY = 0o440


class DiskStore:
    """Files in a folder, by their hash."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __repr__(self) -> str:
        return f"DiskStore({self.root})"

    def put(self, path: Path, sha256: str) -> None:
        """Keep a copy of a file; once it returns, the copy outlives a crash.

        :raises Damaged: if the file is not the one of that hash.
        :raises StoreUnavailable: if it cannot be written; nothing of it is left then.
        """
        target = self._place(sha256)
        if self._holds(target, sha256):
            return
        try:
            self._copy(path, target, sha256)
        except OSError as error:
            raise not_written(error) from error

    def _copy(self, path: Path, target: Path, sha256: str) -> None:
        """Beside the stored files first, in the same file system, then in its place at once."""
        incoming = self.root / INCOMING
        for folder in (self.root, incoming, target.parent):
            make_folder(folder)
        descriptor, name = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(descriptor, "wb") as copy, path.open("rb") as original:
                digest = hashlib.sha256()
                while chunk := original.read(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                if digest.hexdigest() != sha256:
                    raise Damaged(sha256)
                copy.flush()
                os.fchmod(copy.fileno(), READ_ONLY)
                os.fsync(copy.fileno())
            Path(name).replace(target)
            sync_folder(target.parent)
        finally:
            Path(name).unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        """A stored file, found whole before a byte of it is given out.

        :raises Damaged: if it is not what was stored.
        :raises Missing: if it is not there.
        """
        try:
            file = self._place(sha256).open("rb")
        except FileNotFoundError:
            raise Missing(sha256) from None
        except OSError as error:
            raise not_read(error) from error
        try:
            whole = hash_of(file) == sha256
        except OSError:
            whole = False
        if not whole:
            file.close()
            raise Damaged(sha256)
        file.seek(0)
        return file

    def exists(self, sha256: str) -> bool:
        """Whether there is a file of that hash, whole or not."""
        return HASH.fullmatch(sha256) is not None and self._place(sha256).exists()

    def hashes(self) -> Iterator[str]:
        """The hashes of all files there are."""
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/*")):
            if HASH.fullmatch(path.name) and path.name.startswith(path.parent.name):
                yield path.name

    def delete(self, sha256: str) -> None:
        """Remove a file that nothing refers to; nothing happens if it is not there."""
        target = self._place(sha256)
        try:
            target.unlink()
        except FileNotFoundError:
            return
        except OSError as error:
            raise not_written(error) from error
        sync_folder(target.parent)

    def sweep(self, *, before: datetime) -> int:
        """Remove what a killed server left half written before a moment; gives how many."""
        return sweep(self.root / INCOMING, before=before)

    def _place(self, sha256: str) -> Path:
        """Where a file of that hash is kept."""
        if not HASH.fullmatch(sha256):
            raise Missing(sha256)
        return self.root / sha256[:2] / sha256

    @staticmethod
    def _holds(target: Path, sha256: str) -> bool:
        """Whether the file is kept already, and whole."""
        try:
            with target.open("rb") as file:
                return hash_of(file) == sha256
        except OSError:
            return False


def hash_of(file: BinaryIO) -> str:
    """The SHA-256 of what is left to read in a file."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def make_folder(folder: Path) -> None:
    """A folder for the owner alone, which outlives a crash too."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700, parents=True)
        sync_folder(folder.parent)


def sweep(folder: Path, *, before: datetime) -> int:
    """Remove the files in a folder that were last written before a moment; gives how many."""
    removed, moment = 0, int(before.timestamp()) * NANOSECONDS
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime_ns < moment:
                path.unlink()
                removed += 1
    return removed


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlive a crash."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
