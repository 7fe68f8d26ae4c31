"""What a zip is: a document of the newer office programs, an OFD, or just an archive."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from kaohe_web.files.archive import Archive, Member
from kaohe_web.files.errors import FileRefused, Why
from kaohe_web.files.kinds import Form
from kaohe_web.files.names import clean_name

CONTENT_TYPES = "[content_types].xml"
LARGEST_TABLE = 1024 * 1024
OPEN = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    f"{OPEN}.wordprocessingml.document.main+xml": Form.NEW_TEXT,
    f"{OPEN}.spreadsheetml.sheet.main+xml": Form.NEW_SHEET,
    f"{OPEN}.presentationml.presentation.main+xml": Form.NEW_SLIDES,
}

MACRO_FILES = ("vbaproject.bin", "vbaprojectsignature.bin")
MACRO_TYPES = ("macroenabled", "vbaproject", "ms-excel.macrosheet", "ms-excel.intlmacrosheet")

MARKUP = {"xml", "rels", "vml"}
DECLARED = {"svg": b"<!ENTITY"} | dict.fromkeys(MARKUP, b"<!DOCTYPE")
"""What no such member of an office document declares, and attackers do (XXE, billion laughs)."""


def package_form(archive: Archive) -> Form:
    """What a zip is by the members it has.

    :raises FileRefused: if it is a document with macros, or one of another program.
    """
    by_name = {member.name.casefold(): member for member in archive.members}
    if any(name.rpartition("/")[2] in MACRO_FILES for name in by_name):
        raise _macros()
    if CONTENT_TYPES in by_name:
        return _office_form(_content_types(archive, by_name[CONTENT_TYPES]))
    if "ofd.xml" in by_name:
        return Form.OFD
    if "mimetype" in by_name and "content.xml" in by_name:
        raise _of_another_program()
    return Form.ZIP


def watched(archive: Archive, member: Member) -> Iterator[bytes]:
    """What is in a member, piece by piece.

    :raises FileRefused: if it declares entities or is not what the directory says.
    """
    declaration, tail = DECLARED.get(member.extension), b""
    for chunk in archive.chunks(member):
        if declaration is not None:
            tail += chunk.replace(b"\0", b"")  # so that UTF-16 is seen through too
            if declaration in tail:
                raise _entities(member)
            tail = tail[-len(declaration) :]
        yield chunk


def _content_types(archive: Archive, member: Member) -> set[str]:
    """The content types of all parts, in small letters."""
    if member.size > LARGEST_TABLE:
        raise _broken()
    try:
        root: Element = fromstring(b"".join(watched(archive, member)), forbid_dtd=True)
    except DefusedXmlException:
        raise _entities(member) from None
    except (ParseError, ValueError, LookupError):
        raise _broken() from None
    return {element.get("ContentType", "").casefold() for element in root}


def _office_form(types: set[str]) -> Form:
    if any(sign in kind for kind in types for sign in MACRO_TYPES):
        raise _macros()
    forms = {form for kind, form in MAIN_PARTS.items() if kind in types}
    if len(forms) != 1:
        raise _of_another_program()
    return forms.pop()


def _macros() -> FileRefused:
    message = _("文档带有宏；请另存为不带宏的 .docx、.xlsx 或 .pptx 后上传")
    return FileRefused(message, Why.MACRO)


def _broken() -> FileRefused:
    message = _("文档已损坏；请用 Word、Excel 或 WPS 打开并重新保存，再上传")
    return FileRefused(message, Why.DAMAGED)


def _of_another_program() -> FileRefused:
    message = _("内容不是 Word、Excel、PowerPoint 或 WPS 文档；请另存为 .docx、.xlsx 或 PDF 后上传")
    return FileRefused(message, Why.UNWANTED)


def _entities(member: Member) -> FileRefused:
    message = _(
        "文档里的“%(name)s”声明了外部引用或实体，正常的文档没有；"
        "请用 Word、Excel 或 WPS 打开，另存为新文件后上传"
    )
    return FileRefused(message % {"name": clean_name(member.name)}, Why.ENTITIES)
