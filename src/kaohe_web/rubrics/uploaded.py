"""The text of a rubric that somebody uploads: measured, decoded, and read with every mistake."""

from django.utils.translation import gettext as _

from kaohe.location import Location, Mistake
from kaohe.nodes import Mistaken
from kaohe.reading.load import BUILT_IN, built_in_names

MOST_BYTES = 1_000_000
"""A rubric of forty pages has a twentieth of it; more is not even read."""


def text_of(content: bytes, name: str) -> str:
    """The text of an uploaded file; line ends are the author's own affair.

    :raises Mistaken: if it is far too long for a rubric, or no UTF-8.
    """
    if len(content) > MOST_BYTES:
        raise Mistaken([mistake(name, _("文件超过 1 MB，不像是评分细则；请核对文件"))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = _("从这里起不是 UTF-8 文字；请在编辑软件里另存为 UTF-8 编码的 YAML 文件")
        raise Mistaken([mistake(name, message, f"{line}:{column}")]) from error
    return text.replace("\r\n", "\n")


def built_in_text(name: str) -> str:
    """The YAML of a built-in rubric.

    :raises Mistaken: if there is none of that name.
    """
    if name not in built_in_names():
        raise Mistaken([mistake(name, _("没有这份内置的评分细则；请从列表中选择"))])
    return (BUILT_IN / f"{name}.yaml").read_text("utf-8")


def mistake(name: str, message: str, place: str = "") -> Mistake:
    """A mistake of a whole file, or at a place in it."""
    return Mistake(str(Location(name, place)), message)
