"""What a file is by its content: the name is not asked."""

import codecs
import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from kaohe_web.files import ole
from kaohe_web.files.errors import FileRefused, Why
from kaohe_web.files.kinds import Form
from kaohe_web.files.unwanted import UNWANTED

HEAD = 1024
CHUNK = 64 * 1024
NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
ENCODINGS = ("utf-8", "gb18030")

ZIP = b"PK\x03\x04"
PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,16}%PDF-")
HEADS: tuple[tuple[bytes, Form], ...] = (
    (b"\x89PNG\r\n\x1a\n", Form.PNG),
    (b"\xff\xd8\xff", Form.JPEG),
    (b"GIF87a", Form.GIF),
    (b"GIF89a", Form.GIF),
    (ZIP, Form.ZIP),
)
STREAMS: tuple[tuple[str, Form], ...] = (
    ("WordDocument", Form.OLD_TEXT),
    ("Workbook", Form.OLD_SHEET),
    ("Book", Form.OLD_SHEET),
    ("PowerPoint Document", Form.OLD_SLIDES),
)
MACRO_STREAMS = {"VBA", "_VBA_PROJECT"}


def form_of(file: BinaryIO) -> Form:
    """What a file is; a zip is told as ``ZIP``, whatever it is inside.

    :raises FileRefused: if it is nothing that is taken.
    """
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise FileRefused(_("文件是空的；请核对后重新选择"), Why.EMPTY)
    for begins, form in HEADS:
        if head.startswith(begins):
            return form
    if PDF.match(head):
        return Form.PDF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Form.WEBP
    if head.startswith(ole.HEAD):
        return _old_office(file)
    for unwanted in UNWANTED:
        if unwanted.begins.match(head):
            message = _("内容是%(title)s，不在可以上传的类型之内；%(instead)s")
            words = {"title": unwanted.title, "instead": unwanted.instead}
            raise FileRefused(message % words, Why.UNWANTED)
    if any(is_text(file, encoding) for encoding in ENCODINGS):
        return Form.TEXT
    raise FileRefused(
        _("认不出文件的内容，可能已损坏；请用原来的程序打开，另存为 PDF 或常用格式后上传"),
        Why.UNWANTED,
    )


def _old_office(file: BinaryIO) -> Form:
    """What an older office file holds."""
    try:
        names = ole.stream_names(file)
    except ole.NotCompound:
        message = _("文档已损坏；请用 Word、Excel 或 WPS 打开并重新保存，再上传")
        raise FileRefused(message, Why.DAMAGED) from None
    if "EncryptedPackage" in names:
        message = _("文档设了打开密码，评审人员打不开；请去掉密码后再上传")
        raise FileRefused(message, Why.LOCKED)
    if names & MACRO_STREAMS:
        raise FileRefused(_("文档带有宏；请另存为不带宏的 .docx、.xlsx 或 PDF 后上传"), Why.MACRO)
    for name, form in STREAMS:
        if name in names:
            return form
    message = _("内容不是 Word、Excel、PowerPoint 或 WPS 文档；请另存为 PDF 后上传")
    raise FileRefused(message, Why.UNWANTED)


def is_text(file: BinaryIO, encoding: str) -> bool:
    """Whether the whole file is readable text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            if NOT_TEXT.search(chunk):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
