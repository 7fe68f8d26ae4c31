"""The types of file that are taken: what each is called, served as, and may be named."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Form(Enum):
    """What the bytes of a file turn out to be, whatever it is called."""

    PDF = auto()
    PNG = auto()
    JPEG = auto()
    GIF = auto()
    WEBP = auto()
    NEW_TEXT = auto()
    NEW_SHEET = auto()
    NEW_SLIDES = auto()
    OLD_TEXT = auto()
    OLD_SHEET = auto()
    OLD_SLIDES = auto()
    OFD = auto()
    TEXT = auto()
    ZIP = auto()


PICTURES = frozenset({Form.PNG, Form.JPEG, Form.GIF, Form.WEBP})
OFFICE = frozenset({Form.NEW_TEXT, Form.NEW_SHEET, Form.NEW_SLIDES})


class Shown(Enum):
    """How a file can be looked at in the page."""

    AS_PAGES = auto()
    AS_PICTURE = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file; ``key`` is what is stored of it."""

    key: str
    title: "_StrPromise"
    content_type: str
    extensions: tuple[str, ...]
    forms: frozenset[Form]

    @property
    def shown(self) -> Shown:
        """How it can be looked at in the page."""
        if Form.PDF in self.forms:
            return Shown.AS_PAGES
        return Shown.AS_PICTURE if self.forms & PICTURES else Shown.NOT


def _type(
    title: "_StrPromise", content_type: str, extensions: str, *forms: Form
) -> tuple[str, FileType]:
    """A row of the table; the first extension is the key."""
    names = tuple(extensions.split())
    return names[0], FileType(names[0], title, content_type, names, frozenset(forms))


OPEN = "application/vnd.openxmlformats-officedocument"
MS = "application/vnd.ms"
WPS = "application/wps-office"
SLIDES = (f"{OPEN}.presentationml.presentation", "pptx", Form.NEW_SLIDES)

TYPES: dict[str, FileType] = dict(
    [
        _type(_("PDF 文档"), "application/pdf", "pdf", Form.PDF),
        _type(_("OFD 版式文件"), "application/ofd", "ofd", Form.OFD),
        _type(_("Word 文档"), f"{OPEN}.wordprocessingml.document", "docx", Form.NEW_TEXT),
        _type(_("Excel 工作簿"), f"{OPEN}.spreadsheetml.sheet", "xlsx", Form.NEW_SHEET),
        _type(_("PowerPoint 演示文稿"), *SLIDES),
        _type(_("Word 97-2003 文档"), "application/msword", "doc", Form.OLD_TEXT),
        _type(_("Excel 97-2003 工作簿"), f"{MS}-excel", "xls", Form.OLD_SHEET),
        _type(_("PowerPoint 97-2003 演示文稿"), f"{MS}-powerpoint", "ppt", Form.OLD_SLIDES),
        _type(_("WPS 文字"), f"{WPS}.wps", "wps", Form.OLD_TEXT, Form.NEW_TEXT),
        _type(_("WPS 表格"), f"{WPS}.et", "et", Form.OLD_SHEET, Form.NEW_SHEET),
        _type(_("WPS 演示"), f"{WPS}.dps", "dps", Form.OLD_SLIDES, Form.NEW_SLIDES),
        _type(_("JPEG 图片"), "image/jpeg", "jpg jpeg", Form.JPEG),
        _type(_("PNG 图片"), "image/png", "png", Form.PNG),
        _type(_("GIF 图片"), "image/gif", "gif", Form.GIF),
        _type(_("WebP 图片"), "image/webp", "webp", Form.WEBP),
        _type(_("文本文件"), "text/plain", "txt", Form.TEXT),
        _type(_("CSV 表格"), "text/csv", "csv", Form.TEXT),
        _type(_("ZIP 压缩包"), "application/zip", "zip", Form.ZIP),
    ]
)
"""Every type that is taken, by its key, in the order in which it is offered."""

BY_EXTENSION = {name: kind for kind in TYPES.values() for name in kind.extensions}

ACCEPTED = ",".join(f".{name}" for name in BY_EXTENSION)
"""For the ``accept`` attribute of a file field."""


def usual_type(form: Form) -> FileType:
    """The type that a form usually has: the first that allows it."""
    return next(kind for kind in TYPES.values() if form in kind.forms)
