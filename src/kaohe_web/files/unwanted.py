"""What is known by its first bytes and not taken, with what to hand in instead."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Something that is known and not taken, with what to do instead."""

    begins: re.Pattern[bytes]
    title: "_StrPromise"
    instead: "_StrPromise"


def _unwanted(begins: bytes, title: "_StrPromise", instead: "_StrPromise") -> Unwanted:
    return Unwanted(re.compile(begins, re.DOTALL | re.IGNORECASE), title, instead)


NO_PROGRAM = _("请不要上传")
AS_ZIP = _("请改用 ZIP 格式压缩")
AS_PICTURE = _("请另存为 JPEG 或 PNG 图片后上传")
AS_UTF8 = _("请用记事本另存为 UTF-8 编码后上传")
AS_PDF = _("请打印或另存为 PDF 后上传")
AS_OFFICE = _("请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后上传")

BLANK = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?"
UNWANTED = (
    _unwanted(rb"MZ(?=.{0,62}\0)", _("Windows 程序"), NO_PROGRAM),
    _unwanted(rb"\x7fELF|#!", _("程序"), NO_PROGRAM),
    _unwanted(rb"Rar!\x1a\x07", _("RAR 压缩包"), AS_ZIP),
    _unwanted(rb"7z\xbc\xaf\x27\x1c", _("7z 压缩包"), AS_ZIP),
    _unwanted(rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd", _("压缩文件"), AS_ZIP),
    _unwanted(rb".{257}ustar", _("TAR 打包文件"), AS_ZIP),
    _unwanted(rb"II\*\0|MM\0\*", _("TIFF 图片"), AS_PICTURE),
    _unwanted(rb"BM.{4}\0\0\0\0", _("BMP 图片"), AS_PICTURE),
    _unwanted(rb".{4}ftyp(?:hei|mif|avi)", _("HEIC 或 AVIF 图片"), AS_PICTURE),
    _unwanted(rb".{4}ftyp", _("视频"), _("请截取画面，存为图片后上传")),
    _unwanted(rb"\xff\xfe|\xfe\xff", _("UTF-16 编码的文本"), AS_UTF8),
    _unwanted(rb"\{\\rtf", _("RTF 文档"), AS_OFFICE),
    _unwanted(BLANK + rb"(?:<!doctype\s+svg|<svg)", _("SVG 图"), AS_PICTURE),
    _unwanted(BLANK + rb"<(?:!doctype|html|head|body|script|iframe|meta)\b", _("网页"), AS_PDF),
    _unwanted(rb"(?:\xef\xbb\xbf)?\s*<\?xml", _("XML 文件"), AS_OFFICE),
    _unwanted(rb"\s*(?:MIME-Version:|From: <Saved by )", _("网页存档或邮件"), AS_PDF),
)
