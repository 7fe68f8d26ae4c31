"""What people write for a name, a telephone number or an address, put into one form."""

import re
import unicodedata

from kaohe.nodes import unseen
from kaohe_web.sheets.contacts import GENDERS, HEADS
from kaohe_web.sheets.texts import tidy

ROOM = {"name": 50, "body": 200, "duty": 50, "phone": 100, "mobile": 100, "fax": 100, "email": 254}
"""As many characters as a field holds."""

BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
APART = re.compile(r"[、,;/\n]+")
DASHES = str.maketrans("‐‑‒–—―−﹣", "--------")
MOBILE = re.compile(r"(?:\+?86-?)?(1[3-9][0-9]{9})", re.ASCII)
PHONE = re.compile(
    r"(?:\+?86-?)?(?:\(0[0-9]{2,3}\)|0[0-9]{2,3}-?)?[0-9]{5,8}(?:(?:-|转)[0-9]{1,6})?"
    r"|400-?[0-9]{3}-?[0-9]{4}",
    re.ASCII,
)
EMAIL = re.compile(
    r"[A-Z0-9._%+'-]{1,64}@[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?(?:\.[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?)+",
    re.ASCII | re.IGNORECASE,
)


def read_field(name: str, text: str) -> tuple[str, str]:
    """A field of a contact in its one form, and what is wrong with it; empty if nothing is.

    >>> read_field("name", "张　三"), read_field("mobile", "１３８ 0013-8000")
    (('张三', ''), ('13800138000', ''))
    """
    text = tidy(text)
    if not text:
        return "", ""
    hidden = unseen(text)
    if hidden:
        return "", f"文字里有看不见的字符 U+{ord(hidden):04X}；请删去它，重新键入"
    match name:
        case "gender":
            value, fault = _gender(text)
        case "mobile":
            value, fault = _mobiles(text)
        case "phone" | "fax":
            value, fault = _phones(text, HEADS[name])
        case "email":
            value, fault = _email(text)
        case _:
            value, fault = BETWEEN_HAN.sub("", " ".join(text.split())), ""
    room = ROOM.get(name, len(value))
    if len(value) > room:
        return "", f"有 {len(value)} 个字，超过 {room} 个；请缩短"
    return value, fault


def plain(text: str) -> str:
    """Digits and signs of a Chinese keyboard as the plain ones."""
    return unicodedata.normalize("NFKC", text).translate(DASHES)


def _gender(text: str) -> tuple[str, str]:
    value = text.removesuffix("性")
    return (value, "") if value in GENDERS else ("", f"“{text[:20]}”不行；请写“男”或“女”，或留空")


def _numbers(text: str) -> list[str]:
    numbers = ["".join(each.split()) for each in APART.split(plain(text))]
    return [each for each in numbers if each]


def _mobiles(text: str) -> tuple[str, str]:
    found = [MOBILE.fullmatch(number.replace("-", "")) for number in _numbers(text)]
    if not found or not all(found):
        return "", f"“{text[:40]}”不是手机号码；请写 11 位数字，几个号码用顿号隔开"
    return "、".join(match.group(1) for match in found if match is not None), ""


def _phones(text: str, head: str) -> tuple[str, str]:
    numbers = _numbers(text)
    right = [PHONE.fullmatch(each) or MOBILE.fullmatch(each.replace("-", "")) for each in numbers]
    if not numbers or not all(right):
        advice = "请写成 0427-1234567，分机写在后面（0427-1234567-801），几个号码用顿号隔开"
        return "", f"“{text[:40]}”不是{head}号码；{advice}"
    return "、".join(numbers), ""


def _email(text: str) -> tuple[str, str]:
    address = "".join(plain(text).split()).removeprefix("mailto:")
    if EMAIL.fullmatch(address) is None or ".." in address:
        return "", f"“{text[:40]}”不是电子邮件地址；请写成 lianxi@example.gov.cn 的样子"
    return address, ""
