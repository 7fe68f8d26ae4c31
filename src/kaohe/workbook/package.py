"""The zip around a workbook: looked through before anything in it is unpacked, and while it is."""

import io
import posixpath
import zipfile
import zlib
from typing import BinaryIO, NoReturn

from kaohe.location import Location, Mistake
from kaohe.nodes import Mistaken, shown

MOST_MEMBERS = 2_000
MOST_BYTES = 200_000_000
MOST_RATIO = 100
SMALL = 1_000_000
"""A member so small may shrink as much as it likes."""

MOST_READ = 16_000_000
"""As many bytes as one member that is read may come to; a data workbook needs far fewer."""

MEMBER_HEAD = b"PK\x01\x02"
LOCAL_HEAD_SIZE = 30
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED_FLAG = 0x1
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What the standard library raises at a zip that is broken, locked, or in a way it cannot read."""


def refuse(file: str, message: str) -> NoReturn:
    """:raises Mistaken: always, about the whole file."""
    raise Mistaken([Mistake(shown(str(Location(file, ""))), shown(message))])


class Package:
    """The members of a zip that has been found harmless."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        if data.count(MEMBER_HEAD) > MOST_MEMBERS:
            refuse(file, f"压缩包里的文件超过 {MOST_MEMBERS} 个，不像是数据表；请核对文件")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*DAMAGED, UnicodeDecodeError):
            refuse(file, "文件已损坏，打不开；请在 Excel 或 WPS 中打开并重新保存，或重新传送文件")
        self.members = {info.filename: info for info in self._zip.infolist()}
        self._check_directory(len(data))

    def _check_directory(self, size: int) -> None:
        """Refuse what no spreadsheet program writes and attackers do."""
        infos = self._zip.infolist()
        if len(self.members) < len(infos):
            refuse(self.file, "压缩包里有重名的文件，不是正常的工作簿；请重新保存后再用")
        if sum(info.file_size for info in infos) > MOST_BYTES:
            limit = MOST_BYTES // 1_000_000
            refuse(self.file, f"解压后超过 {limit} MB，不像是数据表；请核对文件")
        for info in infos:
            self._check_member(info)
        ordered = sorted(infos, key=lambda info: info.header_offset)
        ends = [i.header_offset + LOCAL_HEAD_SIZE + i.compress_size for i in ordered]
        starts = [info.header_offset for info in ordered[1:]] + [size]
        if any(start < end for start, end in zip(starts, ends, strict=True)):
            refuse(self.file, "压缩包里的文件互相重叠，不是正常的工作簿；请重新保存后再用")

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            refuse(self.file, "压缩包里有越出文件夹的路径，不是正常的工作簿；请核对文件来源")
        if name.lower().endswith("vbaproject.bin"):
            refuse(self.file, "工作簿带有宏；请另存为不带宏的 .xlsx 再用")
        if info.flag_bits & ENCRYPTED_FLAG:
            refuse(self.file, "压缩包加了密码；请去掉密码再用")
        if info.compress_type not in READABLE:
            refuse(self.file, "压缩方式不是工作簿常用的；请在 Excel 或 WPS 中重新保存")
        if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            refuse(self.file, "压缩得异常厉害（疑为压缩炸弹），没有打开；请核对文件来源")

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def open(self, name: str) -> "Counted":
        """A member, read no further than is reasonable.

        :raises Mistaken: if it is not there or cannot be read.
        """
        if name not in self.members:
            refuse(self.file, f"工作簿里缺少 {name}；请在 Excel 或 WPS 中打开并重新保存")
        if self.members[name].file_size > MOST_READ:
            limit = MOST_READ // 1_000_000
            refuse(self.file, f"工作簿里的 {name} 超过 {limit} MB，不像是数据表；请核对文件")
        try:
            return Counted(self._zip.open(name), self.file)  # type: ignore[arg-type]  # it reads bytes
        except DAMAGED:
            refuse(self.file, f"工作簿里的 {name} 已损坏；请在 Excel 或 WPS 中打开并重新保存")


class Counted:
    """A member being read; what really comes out of it is counted, whatever the directory says."""

    def __init__(self, raw: BinaryIO, file: str) -> None:
        self._raw, self._file, self._count = raw, file, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        :raises Mistaken: if there are too many, or the member is damaged.
        """
        try:
            chunk = self._raw.read(size if size >= 0 else MOST_READ + 1)
        except DAMAGED:
            refuse(self._file, "文件已损坏；请在 Excel 或 WPS 中打开并重新保存，或重新传送文件")
        self._count += len(chunk)
        if self._count > MOST_READ:
            refuse(self._file, "解压出来的内容比目录所说的多，没有继续读；请核对文件来源")
        return chunk


def target_of(base: str, target: str) -> str:
    """The member that a relationship of ``base`` points at.

    >>> target_of("xl/workbook.xml", "worksheets/sheet1.xml")
    'xl/worksheets/sheet1.xml'
    >>> target_of("xl/workbook.xml", "/xl/styles.xml")
    'xl/styles.xml'
    """
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
