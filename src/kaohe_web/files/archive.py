"""A zip looked through before anything in it is unpacked, and counted while it is."""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from django.utils.translation import gettext as _

from kaohe_web.files.errors import FileRefused, Why
from kaohe_web.files.limits import MB, Limits
from kaohe_web.files.names import clean_name, is_device

CHUNK = 64 * 1024
MOST_DIRECTORY = 1024 * 1024
"""Bytes of the directory: two thousand members have a third of it at most."""

LOCAL_SIGNATURE = b"PK\x03\x04"
LOCAL_HEAD = struct.Struct("<4s22xHH")
SMALL = 1024 * 1024
"""A member so small may grow as much as it likes."""

LOCKED_FLAG, UTF8_FLAG = 0x1, 0x800
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError)
"""What the standard library raises at a directory that is broken or that it cannot read."""

UPWARD = re.compile(r"(^|[/\\])\.\.([/\\]|$)")
ABSOLUTE = re.compile(r"^([/\\]|[A-Za-z]:)")
DIRECTION_MARKS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, as the directory describes it."""

    name: str
    size: int
    packed: int
    deflated: bool
    crc: int
    head: int
    """Where its own head stands."""
    begins: int
    """Where its bytes do."""

    @property
    def extension(self) -> str:
        """The extension in small letters."""
        return self.name.rpartition(".")[2].casefold()


@dataclass(slots=True)
class Budget:
    """What may still be unpacked, shared by an archive and those inside it."""

    unpacked: int
    members: int

    @classmethod
    def of(cls, limits: Limits) -> "Budget":
        """All that the limits allow."""
        return cls(limits.unpacked_bytes, limits.members_in_all)


class Archive:
    """The members of a zip whose directory was found harmless.

    :raises FileRefused: if it was not.
    """

    def __init__(self, file: BinaryIO, limits: Limits, budget: Budget) -> None:
        self._file, self._limits, self._budget = file, limits, budget
        self._size = file.seek(0, 2)
        try:
            with zipfile.ZipFile(_Bounded(file)) as opened:
                infos, end = opened.infolist(), opened.start_dir
        except BROKEN:
            raise _damaged() from None
        self._check_counts(infos)
        for info in infos:
            _check_entry(info)
        placed = [self._member(info) for info in infos]
        self._check_places(placed, end)
        self.members = tuple(member for member in placed if not member.name.endswith("/"))

    def _check_counts(self, infos: list[zipfile.ZipInfo]) -> None:
        limits, total = self._limits, sum(info.file_size for info in infos)
        self._budget.members -= len(infos)
        if len(infos) > limits.members or self._budget.members < 0:
            raise _refused(
                _("压缩包里的文件超过 %(limit)d 个；请分成几个上传") % {"limit": limits.members}
            )
        if len({info.orig_filename for info in infos}) < len(infos):
            raise _refused(_("压缩包里有重名的文件，不是正常的压缩包；请重新压缩后再上传"))
        if total > self._budget.unpacked:
            raise _too_large(limits)
        sizes = [(info.file_size, info.compress_size) for info in infos]
        if any(size > SMALL and size > limits.ratio * packed for size, packed in sizes) or (
            total > SMALL and total > limits.ratio * self._size
        ):
            raise FileRefused(
                _("压缩得异常厉害（疑为压缩炸弹），没有打开；请核对文件来源"), Why.BOMB
            )

    def _member(self, info: zipfile.ZipInfo) -> Member:
        """A member with the place where its bytes begin, which only its own head tells."""
        if info.header_offset < 0:
            raise _damaged()
        self._file.seek(info.header_offset)
        head = self._file.read(LOCAL_HEAD.size)
        if len(head) < LOCAL_HEAD.size:
            raise _damaged()
        signature, name_size, extra_size = LOCAL_HEAD.unpack(head)
        if signature != LOCAL_SIGNATURE or self._file.read(name_size) != raw_name(info):
            raise _damaged()
        begins = info.header_offset + LOCAL_HEAD.size + name_size + extra_size
        return Member(
            name=told_name(info),
            size=info.file_size,
            packed=info.compress_size,
            deflated=info.compress_type == zipfile.ZIP_DEFLATED,
            crc=info.CRC,
            head=info.header_offset,
            begins=begins,
        )

    @staticmethod
    def _check_places(members: list[Member], end: int) -> None:
        """No member's bytes belong to another's, or to the directory."""
        spans = sorted((member.head, member.begins + member.packed) for member in members)
        if any(
            one_ends > begins for (_from, one_ends), (begins, _to) in pairwise([*spans, (end, end)])
        ):
            raise _refused(_("压缩包里的文件互相重叠，不是正常的压缩包；请重新压缩后再上传"))

    def chunks(self, member: Member) -> Iterator[bytes]:
        """What is in a member, piece by piece, counted as it comes out.

        :raises FileRefused: if it is not what the directory says.
        """
        crc = size = 0
        for chunk in self._inflated(member):
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
            self._budget.unpacked -= len(chunk)
            if self._budget.unpacked < 0:
                raise _too_large(self._limits)
            if size > member.size:
                message = _("“%(name)s”解压出来比目录所说的多，没有继续解压；请核对文件来源")
                raise FileRefused(message % {"name": clean_name(member.name)}, Why.BOMB)
            yield chunk
        if (size, crc) != (member.size, member.crc):
            raise _damaged()

    def _inflated(self, member: Member) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        position, end = member.begins, member.begins + member.packed
        while position < end:
            self._file.seek(position)
            raw = self._file.read(min(CHUNK, end - position))
            position += len(raw)
            if not raw:
                raise _damaged()
            if not member.deflated:
                yield raw
                continue
            try:
                while raw and not inflate.eof:
                    yield inflate.decompress(raw, CHUNK)
                    raw = inflate.unconsumed_tail
            except zlib.error:
                raise _damaged() from None
        if member.deflated and (not inflate.eof or inflate.unused_data):
            raise _damaged()


class _Bounded:
    """A file of which no more than a reasonable directory is read at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        if size > MOST_DIRECTORY:
            raise _refused(_("压缩包的目录异常庞大，没有打开；请核对文件来源"))
        return self._file.read(size)


def raw_name(info: zipfile.ZipInfo) -> bytes:
    """A member's name as its bytes."""
    return info.orig_filename.encode("utf-8" if info.flag_bits & UTF8_FLAG else "cp437")


def told_name(info: zipfile.ZipInfo) -> str:
    """A member's name: many archives are in GBK, or in UTF-8, without saying so."""
    raw = raw_name(info)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            pass
    return info.orig_filename


def _check_entry(info: zipfile.ZipInfo) -> None:
    """Refuse what no honest archive holds, and what cannot be looked into."""
    for name in {info.orig_filename, told_name(info)}:
        if UPWARD.search(name) or ABSOLUTE.match(name):
            raise _refused(_("压缩包里有越出文件夹的路径，不是正常的压缩包；请核对文件来源"))
        if any(map(_misleads, name)) or any(map(is_device, re.split(r"[/\\]", name))):
            message = _("压缩包里的文件名“%(name)s”带有看不见的字符或保留名；请改名后重新压缩")
            raise _refused(message % {"name": clean_name(name)})
    mode = stat.S_IFMT(info.external_attr >> 16)
    if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused(_("压缩包里有链接或特殊文件；请只放普通文件，重新压缩后再上传"))
    if info.flag_bits & LOCKED_FLAG:
        raise FileRefused(_("压缩包加了密码，评审人员打不开；请去掉密码后再上传"), Why.LOCKED)
    if info.compress_type not in READABLE:
        raise _refused(_("压缩方式不常用，无法检查；请用系统自带的“压缩(zipped)文件夹”重新压缩"))


def _misleads(character: str) -> bool:
    """Whether a character in a name makes it look like another name."""
    if unicodedata.bidirectional(character) in DIRECTION_MARKS:
        return True
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def _refused(message: str) -> FileRefused:
    return FileRefused(message, Why.ARCHIVE)


def _too_large(limits: Limits) -> FileRefused:
    message = _("压缩包解压后超过 %(limit)d MB；请分成几个上传")
    return FileRefused(message % {"limit": limits.unpacked_bytes // MB}, Why.BOMB)


def _damaged() -> FileRefused:
    message = _("压缩包或文档已损坏，解不开；请在原来的程序中打开并重新保存，再上传")
    return FileRefused(message, Why.DAMAGED)
