"""The size and wholeness of a picture, read from its structure; no pixel is decoded here."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from kaohe_web.files.errors import FileRefused, Why
from kaohe_web.files.kinds import Form
from kaohe_web.files.limits import Limits

MOST_BLOCKS = 100_000
"""Of a picture; a real one of the largest size has a tenth."""

MOST_SUBBLOCKS = 1_000_000
CHUNK = 64 * 1024

PNG_HEAD = 8
GIF_HEAD = struct.Struct("<6xHHBxx")
GIF_IMAGE = struct.Struct("<HHHHB")
JPEG_SIZES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_ALONE = {0x01, *range(0xD0, 0xD9)}
JPEG_SCAN, JPEG_END = 0xDA, 0xD9
FILL, MOST_FILL = 0xFF, 1_000
JPEG_NEXT = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]", re.DOTALL)


class Torn(Exception):  # noqa: N818 -- it says what the picture is
    """The picture ends before it is complete, or is not built as one."""


@dataclass(slots=True)
class Measured:
    """What is seen of a picture without decoding it."""

    width: int = 0
    height: int = 0
    frames: int = 0

    def covers(self, width: int, height: int) -> None:
        """The picture is at least so large."""
        self.width, self.height = max(self.width, width), max(self.height, height)


def check_picture(file: BinaryIO, form: Form, limits: Limits) -> None:
    """Refuse what would cost too much to decode, and what cannot be decoded.

    :raises FileRefused: if the picture is too large, has too many frames or is cut off.
    """
    try:
        measured = MEASURES[form](file)
    except (Torn, struct.error, IndexError):
        raise FileRefused(
            _("图片不完整或已损坏；请用看图软件打开核对，另存为 JPEG 或 PNG 后再上传"),
            Why.DAMAGED,
        ) from None
    words = {"width": measured.width, "height": measured.height, "frames": measured.frames}
    if measured.width * measured.height > limits.pixels:
        message = _(
            "图片有 %(width)d×%(height)d 像素，超过上限 %(limit)d 万像素；"
            "请缩小或降低扫描分辨率后再上传"
        )
        words["limit"] = limits.pixels // 10_000
        raise FileRefused(message % words, Why.PICTURE)
    if measured.frames > limits.frames:
        message = _("动图有超过 %(limit)d 帧；请截取其中的画面后再上传")
        raise FileRefused(message % {"limit": limits.frames}, Why.PICTURE)


def exactly(file: BinaryIO, size: int) -> bytes:
    """The next bytes, all of them."""
    data = file.read(size)
    if len(data) < size:
        raise Torn
    return data


def measure_png(file: BinaryIO) -> Measured:
    """Chunk by chunk to ``IEND``."""
    measured, end = Measured(frames=1), file.seek(0, 2)
    position = file.seek(PNG_HEAD)
    for _block in range(MOST_BLOCKS):
        length, kind = struct.unpack(">L4s", exactly(file, 8))
        if kind == b"IHDR":
            measured.covers(*struct.unpack(">LL", exactly(file, 8)))
        elif kind == b"acTL":
            measured.frames = struct.unpack(">L", exactly(file, 4))[0]
        position += 12 + length
        if position > end:
            break
        if kind == b"IEND" and measured.width and measured.height:
            return measured
        file.seek(position)
    raise Torn


def measure_gif(file: BinaryIO) -> Measured:
    """Block by block to the trailer."""
    measured = Measured()
    file.seek(0)
    width, height, flags = GIF_HEAD.unpack(exactly(file, GIF_HEAD.size))
    measured.covers(width, height)
    _skip_colours(file, flags)
    left = MOST_SUBBLOCKS
    while left > 0:
        match exactly(file, 1)[0]:
            case 0x21:  # an extension: its label, then sub-blocks
                exactly(file, 1)
            case 0x2C:  # a frame: its place and size, its colours, then sub-blocks
                x, y, width, height, flags = GIF_IMAGE.unpack(exactly(file, GIF_IMAGE.size))
                measured.covers(x + width, y + height)
                measured.frames += 1
                _skip_colours(file, flags)
                exactly(file, 1)
            case 0x3B if measured.frames and measured.width and measured.height:
                return measured
            case _:
                raise Torn
        while length := exactly(file, 1)[0]:
            exactly(file, length)
            left -= 1
        left -= 1
    raise Torn


def _skip_colours(file: BinaryIO, flags: int) -> None:
    if flags & 0x80:
        exactly(file, 3 << (flags & 7) + 1)


def measure_jpeg(file: BinaryIO) -> Measured:
    """Segment by segment, over the scans, to the end mark."""
    measured = Measured(frames=1)
    file.seek(2)
    for _block in range(MOST_BLOCKS):
        marker = _jpeg_marker(file)
        if marker == JPEG_END and measured.width and measured.height:
            return measured
        if marker in JPEG_ALONE:
            continue
        (length,) = struct.unpack(">H", exactly(file, 2))
        segment = exactly(file, max(length - 2, 0))
        if marker in JPEG_SIZES:
            height, width = struct.unpack_from(">HH", segment, 1)
            measured.covers(width, height)
        elif marker == JPEG_SCAN:
            _skip_scan(file)
    raise Torn


def _jpeg_marker(file: BinaryIO) -> int:
    """The next marker; any number of fill bytes may stand before it."""
    if exactly(file, 1) != b"\xff":
        raise Torn
    for _fill in range(MOST_FILL):
        marker = exactly(file, 1)[0]
        if marker != FILL:
            return marker
    raise Torn


def _skip_scan(file: BinaryIO) -> None:
    """Go to the marker that ends the entropy-coded bytes."""
    while chunk := file.read(CHUNK):
        found = JPEG_NEXT.search(chunk)
        if found:
            file.seek(found.start() - len(chunk), 1)
            return
        if chunk.endswith(b"\xff"):
            if len(chunk) == 1:
                break
            file.seek(-1, 1)
    raise Torn


def measure_webp(file: BinaryIO) -> Measured:
    """Chunk by chunk to the end that the head names."""
    measured, end = Measured(), file.seek(0, 2)
    file.seek(4)
    (length,) = struct.unpack("<L", exactly(file, 4))
    position = file.seek(12)
    if length + 8 > end:
        raise Torn
    for _block in range(MOST_BLOCKS):
        if position >= length + 8:
            break
        file.seek(position)
        kind, size = struct.unpack("<4sL", exactly(file, 8))
        _measure_webp_chunk(measured, kind, file.read(min(size, 16)))
        position += 8 + size + size % 2
    if position > length + 9 or not measured.frames:
        raise Torn
    return measured


def _measure_webp_chunk(measured: Measured, kind: bytes, data: bytes) -> None:
    match kind:
        case b"VP8X":
            measured.covers(_three(data, 4) + 1, _three(data, 7) + 1)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 6)
            measured.covers(width & 0x3FFF, height & 0x3FFF)
            measured.frames += 1
        case b"VP8L":
            (packed,) = struct.unpack_from("<L", data, 1)
            measured.covers((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
            measured.frames += 1
        case b"ANMF":
            measured.covers(_three(data, 6) + 1, _three(data, 9) + 1)
            measured.frames += 1


def _three(data: bytes, at: int) -> int:
    """A number of three bytes."""
    return int.from_bytes(data[at : at + 3].ljust(3, b"\0"), "little")


MEASURES: dict[Form, Callable[[BinaryIO], Measured]] = {
    Form.PNG: measure_png,
    Form.GIF: measure_gif,
    Form.JPEG: measure_jpeg,
    Form.WEBP: measure_webp,
}
