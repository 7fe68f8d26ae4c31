"""Data from a file, by what is in it and not by what it is called."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kaohe.location import Location
from kaohe.nodes import Mistaken
from kaohe.rubric.model import Rubric
from kaohe.workbook.load import load_data
from workbook.desk import Desk, packed, template

UNIT = '{"id": "u01", "name": "双台子区", "group": "盘锦市"}'
JSON = f'{{"rubric": "shuangtaizi-2017", "units": [{UNIT}]}}'
Written = Callable[[str, bytes], str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


def refusal(path: str, rubric: Rubric) -> str:
    with pytest.raises(Mistaken) as caught:
        load_data(path, rubric)
    (mistake,) = caught.value.mistakes
    assert mistake.at == str(Location(path, ""))
    return mistake.message


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\n  "])
@pytest.mark.parametrize("name", ["data.json", "data.JSON", "data", "data.2017"])
def test_json_is_read(written: Written, seed: Rubric, name: str, before: bytes) -> None:
    data, warnings = load_data(written(name, before + JSON.encode()), seed)
    assert ([unit.name for unit in data.units], warnings) == (["双台子区"], [])


@pytest.mark.parametrize("name", ["表.xlsx", "表.XLSX", "表"])
def test_a_workbook_is_read_with_its_warnings(
    written: Written, desk: Desk, seed: Rubric, name: str
) -> None:
    desk.put("points", "M9", "reason:1", "缺少截图")
    path = written(name, desk.saved())
    data, warnings = load_data(path, seed)
    assert [unit.name for unit in data.units] == ["双台子区"]
    said = "有理由而没有得分，没有计入；请补上得分，或清空理由"
    assert warnings == [f"{path}:评审得分!J20: {said}"]


def test_mistakes_begin_with_the_path(written: Written, seed: Rubric) -> None:
    path = written("data.json", JSON.replace('"u01"', '""').encode())
    with pytest.raises(Mistaken) as caught:
        load_data(path, seed)
    assert [m.at for m in caught.value.mistakes] == [f"{path}:units[0].id"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.xlsx", "JSON 文本", "把文件名改成以 .json 结尾"),
        ("表.csv", "JSON 文本", "把文件名改成以 .json 结尾"),
        ("表.json", "Excel 工作簿", "把文件名改成以 .xlsx 结尾"),
        ("表.docx", "Excel 工作簿", "把文件名改成以 .xlsx 结尾"),
        ("表.xls", "Excel 工作簿", "把文件名改成以 .xlsx 结尾"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    written: Written, seed: Rubric, name: str, content: str, said: str
) -> None:
    data = JSON.encode() if content == "JSON 文本" else template(seed)
    message = refusal(written(name, data), seed)
    ending = Path(name).suffix
    assert message == (
        f"文件名以 {ending} 结尾，内容却是 {content}；请核对是不是拿错了文件，没错就{said}"
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", OLE, "不是数据表，而是旧版 .xls 工作簿、旧版 Word 文件，或加了打开密码的工作簿"),
        ("a.xlsx", packed({"word/document.xml": b""}), "不是数据表，而是Word 文档（.docx）"),
        ("a.xlsx", packed({"ppt/presentation.xml": b""}), "不是数据表，而是演示文稿（.pptx）"),
        ("a.xlsx", packed({"OFD.xml": b""}), "不是数据表，而是OFD 版式文件"),
        ("a.xlsx", packed({"xl/workbook.bin": b""}), "不是数据表，而是二进制工作簿（.xlsb）"),
        (
            "a.ods",
            packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "文件名以 .ods 结尾",
        ),
        ("a.xlsx", packed({"a.txt": b""}), "不是 Excel 工作簿"),
        ("a.xlsx", b"%PDF-1.7", "不是数据表，而是PDF 文件"),
        ("a.json", b"\x89PNG\r\n", "不是数据表，而是图片"),
        ("a.csv", "编号,名称\nu01,甲".encode(), "像是 CSV 文本"),
        ("a.xlsx", "编号\t名称\n".encode("gb18030"), "像是 CSV 文本"),
        ("a.xls", b"<html><table></table></html>", "是网页或 XML"),
        ("a.json", b"", "文件是空的"),
        ("a.json", b"\xef\xbb\xbf \n", "文件是空的"),
        ("a.json", "{}".encode("utf-16"), "不是数据表，而是UTF-16 文本"),
        ("a.json", "随便写的".encode(), "不是 JSON，也不是 Excel 工作簿"),
        ("a.json", b'{\n"a": "\xb9\xe3"}', "第 2 行不是 UTF-8 文本（可能是 GB18030）"),
    ],
)
def test_anything_else_is_named_for_what_it_is(
    written: Written, seed: Rubric, name: str, data: bytes, said: str
) -> None:
    message = refusal(written(name, data), seed)
    assert re_cut(message) == said


def re_cut(message: str) -> str:
    """The part of a message that says what is wrong; the rest says what to do."""
    return message.partition("；")[0].partition("，内容却是")[0].partition("（有的系统")[0]


def test_a_file_that_is_not_there_is_said(tmp_path: Path, seed: Rubric) -> None:
    message = "没有这个文件；请核对路径和文件名"
    assert refusal(str(tmp_path / "没有.json"), seed) == message


def test_a_folder_is_no_file(tmp_path: Path, seed: Rubric) -> None:
    message = "是文件夹，不是文件；请给出 JSON 文件或数据表（.xlsx）的路径"
    assert refusal(str(tmp_path), seed) == message


def test_a_file_that_may_not_be_read_is_said(
    written: Written, seed: Rubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", denied)
    message = "读不了这个文件（Permission denied）；请核对权限和路径"
    assert refusal(written("a.json", b"{}"), seed) == message


def test_a_path_that_cannot_be_one_is_said(seed: Rubric) -> None:
    with pytest.raises(Mistaken, match="读不了这个文件（路径里有不能用的字符）"):
        load_data("a\0b", seed)


def test_a_file_far_too_large_is_not_read(tmp_path: Path, seed: Rubric) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 60_000_000)
    assert refusal(str(path), seed) == "文件超过 50 MB，不像是考核数据；请核对文件"
