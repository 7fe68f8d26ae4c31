"""T05: names inside an archive that would lead astray, when unpacked or when read."""

import stat
import zipfile
from collections.abc import Callable

import pytest

from files.making import zipped

Refusal = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    "name", ["../../x.txt", "a/../../x.txt", "/etc/x.txt", "C:\\x.txt", "\\x.txt", "..\\x.txt"]
)
def test_T05_names_that_leave_the_folder_are_refused(refusal: Refusal, name: str) -> None:
    assert refusal(zipped({name: b"a"}), "a.zip") == (
        "archive",
        "压缩包里有越出文件夹的路径，不是正常的压缩包；请核对文件来源",
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("报告\u202excod.exe", "报告xcod.exe"),
        ("a\x01.txt", "a.txt"),
        ("CON", "_CON"),
        ("a/nul.txt", "_nul.txt"),
    ],
)
def test_T05_names_that_mislead_are_refused(refusal: Refusal, name: str, shown: str) -> None:
    assert refusal(zipped({name: b"a"}), "a.zip") == (
        "archive",
        f"压缩包里的文件名“{shown}”带有看不见的字符或保留名；请改名后重新压缩",
    )


def test_T05_a_zero_in_a_name_is_refused(refusal: Refusal) -> None:
    data = zipped({"a#.docx": b"a"}).replace(b"a#.docx", b"a\0.docx")
    assert refusal(data, "a.zip")[0] == "archive"


def test_T05_a_link_in_an_archive_is_refused(refusal: Refusal) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert refusal(zipped([(link, b"/etc/passwd")]), "a.zip") == (
        "archive",
        "压缩包里有链接或特殊文件；请只放普通文件，重新压缩后再上传",
    )


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_T05_names_in_the_encodings_of_other_systems_are_told_right(
    refusal: Refusal, encoding: str
) -> None:
    told = "佐证材料.exe"
    raw = told.encode(encoding)
    data = zipped({"x" * len(raw): b"plain"}).replace(b"x" * len(raw), raw)
    assert refusal(data, "a.zip")[1].startswith(f"压缩包或文档里的“{told}”：")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("长" * 300 + ".exe", "长" * 196 + ".exe"), ("报告.exe.", "报告.exe"), ("a?.exe ", "a_.exe")],
)
def test_T05_whatever_the_name_of_a_member_the_told_one_is_clean(
    refusal: Refusal, name: str, shown: str
) -> None:
    program = b"MZ\x90\0\x03" + b"\0" * 60
    assert refusal(zipped({name: program}), "a.zip")[1].startswith(f"压缩包或文档里的“{shown}”：")
