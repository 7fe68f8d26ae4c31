"""What somebody uploads: accepted only if it is an .xlsx workbook, by its content."""

from pathlib import Path
from typing import BinaryIO

from kaohe.nodes import shown
from kaohe.workbook.load import BEGINNINGS, INSIDE, ZIP
from kaohe.workbook.package import refuse

MOST_BYTES = 10_000_000
LONGEST_NAME = 120
ENDS = 200_000
"""As many bytes at a zip's end as hold the names of its members."""

ACCEPTED = (
    "只收 .xlsx 工作簿（Excel 2007 以后的版本和 WPS 表格都能存），不超过 10 MB；"
    "旧版 .xls、WPS 的 .et、CSV、带宏或加了密码的都不收，请先在 Excel 或 WPS 中另存为 .xlsx"
)
"""What is accepted, in words, for the page where people upload."""

SAVE_AS = "这里只收 .xlsx 工作簿，请在 Excel 或 WPS 中另存为 .xlsx 再上传"

Source = bytes | Path | BinaryIO
"""A workbook as bytes, as a file on disk, or open for reading."""


def named(file: str) -> str:
    """What messages call a file: short, and without anything unseen."""
    name = shown(file)
    return name if len(name) <= LONGEST_NAME else f"{name[:60]}…{name[-50:]}"


def workbook_bytes(source: Source, file: str) -> bytes:
    """The bytes of an uploaded workbook.

    :raises Mistaken: if there are too many, or they are no .xlsx, saying what they seem to be.
    """
    data = _read(source)
    if len(data) > MOST_BYTES:
        refuse(file, f"文件超过 {MOST_BYTES // 1_000_000} MB，不像是填好的表；请核对文件")
    if not data:
        refuse(file, f"文件是空的；{SAVE_AS}")
    what = _other_kind(data)
    if what:
        refuse(file, f"不是 .xlsx 工作簿，而是{what}；{SAVE_AS}")
    if not data.startswith(ZIP):
        refuse(file, f"不是 .xlsx 工作簿；{SAVE_AS}")
    return data


def _read(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, Path):
        with source.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    return source.read(MOST_BYTES + 1)


def _other_kind(data: bytes) -> str:
    """What the bytes are by their signs, if they are some other known kind of file."""
    if data.startswith(ZIP):
        around = data[-ENDS:] + data[:200]
        words = next((words for sign, words in INSIDE.items() if sign in around), "")
    else:
        words = next((words for sign, words in BEGINNINGS.items() if data.startswith(sign)), "")
        if not words and data.lstrip()[:1] == b"<":
            words = "网页或 XML（有的系统把它存成 .xls）"
        elif not words and b"\x00" not in data[:4096]:
            words = "文本文件（如 CSV）"
    return words.partition("；")[0]
