"""Data from a file, by what is in it: JSON text or a filled workbook, and nothing else."""

from pathlib import Path, PurePath
from typing import Literal

from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.observations import Dataset
from kaohe.workbook.package import refuse

MOST_BYTES = 50_000_000

ZIP = b"PK\x03\x04"
BOM = b"\xef\xbb\xbf"

BEGINNINGS: dict[bytes, str] = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (
        "旧版 .xls 工作簿、旧版 Word 文件，或加了打开密码的工作簿；"
        "请在 Excel 或 WPS 中去掉密码，另存为 .xlsx"
    ),
    b"%PDF": "PDF 文件；请提供 JSON 或数据表（.xlsx）",
    b"\x89PNG": "图片；请提供 JSON 或数据表（.xlsx）",
    b"\xff\xd8\xff": "图片；请提供 JSON 或数据表（.xlsx）",
    b"GIF8": "图片；请提供 JSON 或数据表（.xlsx）",
    b"Rar!": "RAR 压缩包；请解压后再用",
    b"7z\xbc\xaf": "7z 压缩包；请解压后再用",
    b"\xff\xfe": "UTF-16 文本；请另存为 UTF-8 编码",
    b"\xfe\xff": "UTF-16 文本；请另存为 UTF-8 编码",
}
"""What other files begin with, and what to do about them."""

INSIDE: dict[bytes, str] = {
    b"word/document.xml": "Word 文档（.docx）；请提供 JSON 或数据表（.xlsx）",
    b"ppt/presentation.xml": "演示文稿（.pptx）；请提供 JSON 或数据表（.xlsx）",
    b"opendocument": "OpenDocument 文件（.ods 等）；请另存为 .xlsx",
    b"OFD.xml": "OFD 版式文件；请提供 JSON 或数据表（.xlsx）",
    b"xl/workbook.bin": "二进制工作簿（.xlsb）；请另存为 .xlsx",
}
"""The members by which other kinds of zip are known."""

Content = Literal["json", "workbook"]
NAMES: dict[str, Content | None] = {
    ".json": "json",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    **dict.fromkeys((".xls", ".xlsb", ".et", ".ods", ".csv", ".txt", ".tsv", ".docx", ".doc")),
    **dict.fromkeys((".wps", ".pptx", ".pdf", ".ofd", ".xml", ".html", ".yaml", ".yml", ".zip")),
}
"""What the end of a name promises; ``None`` where it promises something else."""

CONTENT_WORDS = {"json": "JSON 文本", "workbook": "Excel 工作簿"}
RIGHT_NAMES = {"json": ".json", "workbook": ".xlsx"}


def load_data(path: str, rubric: Rubric) -> tuple[Dataset, list[str]]:
    """The observations in a JSON file or a filled workbook, and warnings for people.

    :raises Mistaken: if the file cannot be read, is neither, is not what its name says, or has
        mistakes; every message begins with ``path``.
    """
    data = read_file(path)
    content = content_of(data, path)
    suffix = PurePath(path).suffix.lower()
    if NAMES.get(suffix, content) != content:
        right = RIGHT_NAMES[content]
        refuse(
            path,
            f"文件名以 {suffix} 结尾，内容却是 {CONTENT_WORDS[content]}；"
            f"请核对是不是拿错了文件，没错就把文件名改成以 {right} 结尾",
        )
    if content == "json":
        return read_data(read_json(decoded(data, path), path), rubric), []
    from kaohe.workbook.read import read_workbook  # noqa: PLC0415 -- slow import, not for JSON

    node, warnings = read_workbook(data, path, rubric)
    return read_data(node, rubric), warnings


def read_file(path: str) -> bytes:
    """The bytes of a file.

    :raises Mistaken: if there is none, or it cannot be read, or is far too large.
    """
    place = Path(path)
    try:
        if place.is_dir():
            refuse(path, "是文件夹，不是文件；请给出 JSON 文件或数据表（.xlsx）的路径")
        if place.stat().st_size > MOST_BYTES:
            limit = MOST_BYTES // 1_000_000
            refuse(path, f"文件超过 {limit} MB，不像是考核数据；请核对文件")
        data = place.read_bytes()
    except FileNotFoundError:
        refuse(path, "没有这个文件；请核对路径和文件名")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "路径里有不能用的字符"
        refuse(path, f"读不了这个文件（{reason}）；请核对权限和路径")
    return data


def content_of(data: bytes, path: str) -> Content:
    """What the bytes are.

    :raises Mistaken: if they are neither JSON nor a workbook, saying what they seem to be.
    """
    other = something_else(data)
    if other:
        refuse(path, other)
    return "workbook" if data.startswith(ZIP) else "json"


def something_else(data: bytes) -> str:
    """What the bytes are if they are neither JSON nor a workbook, and what to do; else empty."""
    known = INSIDE if data.startswith(ZIP) else BEGINNINGS
    for sign, words in known.items():
        if sign in data[-200_000:] + data[:200] if known is INSIDE else data.startswith(sign):
            return f"不是数据表，而是{words}"
    text = data.removeprefix(BOM).lstrip()
    if data.startswith(ZIP) or text[:1] in (b"{", b"["):
        return ""
    if not text:
        return "文件是空的；请提供 JSON 或数据表（.xlsx）"
    if text.startswith(b"<"):
        return "是网页或 XML（有的系统把它存成 .xls）；请在 Excel 或 WPS 中另存为 .xlsx"
    if b"\x00" not in data[:4096] and any(mark in text.split(b"\n", 1)[0] for mark in b",\t;"):
        return "像是 CSV 文本；请用 kaohe template 生成数据表，把数据粘贴进去"
    return "不是 JSON，也不是 Excel 工作簿；请核对文件"


def decoded(data: bytes, path: str) -> str:
    """JSON's bytes as text.

    :raises Mistaken: if they are not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        refuse(path, f"第 {line} 行不是 UTF-8 文本（可能是 GB18030）；请另存为 UTF-8 编码")
    return text
