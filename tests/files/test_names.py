"""T05: names are shown as what they are, and reach the browser whole."""

import doctest
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.making import SOUND
from kaohe_web.files import names
from kaohe_web.files.names import attachment, clean_name, extension_of
from kaohe_web.files.quarantine import Received


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("报告.docx", "报告.docx"),
        ("../../x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        (r"C:\x\报告.pdf", "报告.pdf"),
        ("C:x.pdf", "C_x.pdf"),
        ("a.pdf:evil.exe", "a.pdf_evil.exe"),
        ("a\0.docx", "a.docx"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("报告\u202excod.exe", "报告xcod.exe"),
        ("报\u200b告\ufeff\u2060.pdf", "报告.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("LPT1.tar.zip", "_LPT1.tar.zip"),
        ("COM¹.pdf", "_COM¹.pdf"),
        ("console.txt", "console.txt"),
        ("报告.pdf.", "报告.pdf"),
        ("报告.pdf . . ", "报告.pdf"),
        ("  报告　(1) .pdf", "报告 (1).pdf"),
        ('"<报|告>?*".pdf', "__报_告____.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("a/", "未命名"),
        (".pdf", "未命名.pdf"),
        ("\u202e.pdf", "未命名.pdf"),
        ("\ud800.pdf", "未命名.pdf"),
    ],
)
def test_T05_a_name_shows_what_it_is(raw: str, shown: str) -> None:
    assert clean_name(raw) == shown


def test_T05_a_long_name_keeps_its_extension() -> None:
    assert clean_name("长" * 300 + ".docx") == "长" * 195 + ".docx"
    assert clean_name("长" * 300) == "长" * 200
    assert clean_name("a." + "长" * 300) == "a." + "长" * 198


@given(st.text(st.characters(), max_size=300) | st.from_regex(r"[./\\ CON:a\u202e]{0,12}"))
def test_T05_whatever_the_name_the_shown_one_is_safe(raw: str) -> None:
    shown = clean_name(raw)
    assert 1 <= len(shown) <= 200
    assert clean_name(shown) == shown == unicodedata.normalize("NFC", shown)
    assert not set(shown) & set('/\\<>:"|?*\0\r\n\u202e')
    assert shown == shown.strip(" .")
    header = attachment(raw)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.rpartition("''")[2]) == shown


def test_T05_the_stored_path_is_a_hash_and_the_shown_name_is_clean(
    take: Callable[..., Received],
) -> None:
    received = take(SOUND["pdf"], "../../报告\u202e\0.pdf")
    assert received.name == "报告.pdf"
    assert not set("报告") & set(received.path.name)


def test_an_extension_is_what_stands_after_the_last_dot() -> None:
    assert [extension_of(name) for name in ("a.PDF", "a.tar.GZ", "无", "a.")] == [
        "pdf",
        "gz",
        "",
        "",
    ]


def test_the_examples_in_the_module_hold() -> None:
    assert doctest.testmod(names).failed == 0
