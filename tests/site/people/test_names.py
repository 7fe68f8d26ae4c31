"""T53: names in one form, and no two logins that look alike."""

import pytest

from kaohe_web.people import names

ONLY_LETTERS = "用户名里有英文字母以外的字（可能是形近字或全角字）；请只用英文字母、数字和 . _ -"
SHAPE = "用户名应为 3–40 位英文字母、数字和 . _ -，以字母或数字开头和结尾"


@pytest.mark.parametrize(
    ("typed", "kept", "fault"),
    [
        (" Zhang.San ", "zhang.san", ""),
        ("u01-00", "u01-00", ""),
        ("zh\u0430ng", "zh\u0430ng", ONLY_LETTERS),  # Cyrillic а
        ("ｚｈａｎｇ", "ｚｈａｎｇ", ONLY_LETTERS),
        ("zhang\u200bsan", "zhang\u200bsan", ONLY_LETTERS),
        ("张三", "张三", ONLY_LETTERS),
        ("ab", "ab", SHAPE),
        ("-ab", "-ab", SHAPE),
        ("a b c", "a b c", SHAPE),
        ("a" * 41, "a" * 41, SHAPE),
    ],
)
def test_T53_logins_are_plain_ascii(typed: str, kept: str, fault: str) -> None:
    assert (names.as_login(typed), names.login_fault(typed)) == (kept, fault)


@pytest.mark.parametrize(
    ("typed", "kept", "fault"),
    [
        ("䶮𠅤㐂", "䶮𠅤㐂", ""),
        ("\u2f2f信科 ｱｲ", "\u2f2f信科 ｱｲ", ""),
        ("監理", "監理", ""),
        (" 欧阳  示例 ", "欧阳 示例", ""),
        ("Cafe\u0301", "Caf\u00e9", ""),
        ("张\u202e三", "张\u202e三", "有看不见的字符 U+202E；请删去它，重新键入"),
        ("张\u200d三", "张\u200d三", "有看不见的字符 U+200D；请删去它，重新键入"),
        ("\u3000", "", "没有填；请填上"),
        ("长" * 51, "长" * 51, "有 51 个字，超过 50 个；请缩短"),
    ],
)
def test_T53_names_are_composed_and_hide_nothing(typed: str, kept: str, fault: str) -> None:
    assert (names.as_name(typed), names.name_fault(typed)) == (kept, fault)
