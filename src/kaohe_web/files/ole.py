"""The older office files (compound files): what streams and storages are inside one."""

import struct
from typing import BinaryIO

HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD_SIZE = 512
FIRST_LISTED = 76
LISTED_IN_HEAD = 109
LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on name no sector."""

ENTRY_SIZE = 128
MOST_SECTORS = 4_096
"""Of a directory: far more than any document has streams."""

SHIFTS = (9, 12)


class NotCompound(Exception):  # noqa: N818 -- it says what the file is not
    """Not a compound file, or a broken one."""


def stream_names(file: BinaryIO) -> frozenset[str]:
    """The names of all streams and storages.

    :raises NotCompound: if the file is broken.
    """
    try:
        return _Compound(file).names()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotCompound from error


class _Compound:
    """Follows the chain of directory sectors, a few numbers at a time."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        head = file.read(HEAD_SIZE)
        (shift,) = struct.unpack_from("<H", head, 30)
        if head[: len(HEAD)] != HEAD or shift not in SHIFTS:
            raise NotCompound
        self._size = 1 << shift
        (self._first,) = struct.unpack_from("<L", head, 48)
        self._tables = list(struct.unpack_from(f"<{LISTED_IN_HEAD}L", head, FIRST_LISTED))
        self._more, count = struct.unpack_from("<LL", head, 68)
        for _ in range(min(count, MOST_SECTORS)):
            self._read_more_tables()

    def _sector(self, number: int) -> bytes:
        """One sector; the last of a file may be cut short by a careless writer."""
        self._file.seek((number + 1) * self._size)
        data = self._file.read(self._size)
        if number >= LAST_SECTOR or not data:
            raise NotCompound
        return data.ljust(self._size, b"\0")

    def _read_more_tables(self) -> None:
        """Files above seven megabytes list their tables in sectors of their own."""
        *tables, self._more = struct.unpack(f"<{self._size // 4}L", self._sector(self._more))
        self._tables += tables

    def _next(self, number: int) -> int:
        per_sector = self._size // 4
        table = self._sector(self._tables[number // per_sector])
        return int(struct.unpack_from("<L", table, number % per_sector * 4)[0])

    def names(self) -> frozenset[str]:
        """The names in the directory."""
        found: set[str] = set()
        number = self._first
        for _ in range(MOST_SECTORS):
            if number >= LAST_SECTOR:
                return frozenset(found)
            sector = self._sector(number)
            for start in range(0, self._size, ENTRY_SIZE):
                (length,) = struct.unpack_from("<H", sector, start + 64)
                if length > 2:  # noqa: PLR2004 -- an empty name is its closing zero alone
                    found.add(sector[start : start + min(length - 2, 62)].decode("utf-16-le"))
            number = self._next(number)
        raise NotCompound
