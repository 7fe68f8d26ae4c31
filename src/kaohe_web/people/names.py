"""The names of people and accounts: one form of writing, and nothing that only looks alike."""

import re
import unicodedata

from django.utils.translation import gettext as _

from kaohe.nodes import unseen

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
LONGEST_NAME = 50


def as_login(text: str) -> str:
    """A login as it is kept and looked for: in small letters, bare at both ends."""
    return text.strip().lower()


def login_fault(text: str) -> str:
    """What is wrong with a login; empty if nothing is.

    Only ASCII: a Cyrillic а would look like another's a.
    """
    login = as_login(text)
    if not login.isascii():
        return _("用户名里有英文字母以外的字（可能是形近字或全角字）；请只用英文字母、数字和 . _ -")
    if not LOGIN.fullmatch(login):
        return _("用户名应为 3–40 位英文字母、数字和 . _ -，以字母或数字开头和结尾")
    return ""


def as_name(text: str) -> str:
    """A name as it is kept: composed (NFC), bare at both ends, with single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_fault(text: str, longest: int = LONGEST_NAME) -> str:
    """What is wrong with a name; empty if nothing is."""
    name = as_name(text)
    if not name:
        return _("没有填；请填上")
    if len(name) > longest:
        return _("有 %(count)s 个字，超过 %(most)s 个；请缩短") % {
            "count": len(name),
            "most": longest,
        }
    hidden = unseen(text)
    if hidden:
        return _("有看不见的字符 %(sign)s；请删去它，重新键入") % {"sign": f"U+{ord(hidden):04X}"}
    return ""
