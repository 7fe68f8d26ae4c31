"""Texts as cells keep them: the same after a trip through Excel or WPS as before it."""

import unicodedata

NEWLINES = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"})
KEPT = "\n\t"
NOT_IN_XML = ("Cc", "Cs")
"""Kinds of characters that a workbook cannot hold: controls and halves of characters."""


def tidy(text: str) -> str:
    r"""A text with one kind of newline, in one form of Unicode, bare at both ends.

    >>> tidy("  缺少照片\r\n已补  ")
    '缺少照片\n已补'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(NEWLINES))
    if not text.isprintable():
        text = "".join(character for character in text if _holdable(character))
    return text.strip()


def _holdable(character: str) -> bool:
    if character in KEPT:
        return True
    return unicodedata.category(character) not in NOT_IN_XML and character not in "\ufffe\uffff"


def folded(text: str) -> str:
    """A text as it is compared by machines: full-width and half-width alike, without blanks.

    >>> folded("电子 邮件（Ｅ－ｍａｉｌ）")
    '电子邮件(e-mail)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
