"""Workbooks that are not taken: for something else, changed behind the scenes, no .xlsx at all."""

import io
import zipfile
from pathlib import Path

import pytest

from kaohe.nodes import Mistaken
from kaohe_web.sheets.filing import filing_form, read_filing
from kaohe_web.sheets.grid import grid_form
from kaohe_web.sheets.model import Issue, Rejected
from kaohe_web.sheets.read import read_form
from kaohe_web.sheets.source import MOST_BYTES, workbook_bytes
from sheets.desk import FILE, SECRET, Desk, filing, grid, issue, written
from workbook.desk import members, packed

WHOLE = f"{FILE}:整个文件"
ONLY = "这里只收 .xlsx 工作簿，请在 Excel 或 WPS 中另存为 .xlsx 再上传"
OLD = "旧版 .xls 工作簿、旧版 Word 文件，或加了打开密码的工作簿"
ANEW = "请在系统里重新下载这张表，再把数据粘贴过去"


def refusals(data: bytes, asked: Issue | None = None, secret: bytes = SECRET) -> list[str]:
    """Why a file is not taken; it is about the whole file."""
    sheet = filing(issue=asked or issue())
    with pytest.raises(Mistaken) as caught:
        read_filing(data, FILE, sheet, secret=secret)
    assert not isinstance(caught.value, Rejected)
    assert {mistake.at for mistake in caught.value.mistakes} == {WHOLE}
    return [mistake.message for mistake in caught.value.mistakes]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"cycle": "c2018", "cycle_title": "2018年度考核"},
            (
                "这是发给另一个考核年度“2016-2017年度质量工作考核（示例）”的表，"
                "而这里导入的是“2018年度考核”的；请核对是不是拿错了文件"
            ),
        ),
        (
            {"unit": "u02", "unit_title": "示例二县"},
            "这是发给另一个单位“示例区”的表，而这里导入的是“示例二县”的；请核对是不是拿错了文件",
        ),
        (
            {"owner": "d08", "owner_title": "住建局（示例）"},
            (
                "这是发给另一个部门或数据提供单位“农业农村局（示例）”的表，"
                "而这里导入的是“住建局（示例）”的；请核对是不是拿错了文件"
            ),
        ),
        (
            {"edition": "sha256:ffff"},
            f"这张表是按评分细则的另一个版次发出的，条目或规则已经改过；{ANEW}",
        ),
    ],
)
def test_a_workbook_issued_for_something_else_is_refused(
    changed: dict[str, str], message: str
) -> None:
    data = written(filing_form(filing()))
    assert refusals(data, issue(**changed)) == [message]


def test_everything_that_a_workbook_is_wrong_for_is_said_at_once() -> None:
    data = written(filing_form(filing()))
    assert len(refusals(data, issue(cycle="x", unit="y", owner="z", edition="e"))) == 4


def test_an_older_issue_of_the_same_sheet_is_taken() -> None:
    later = filing(issue=issue(number=9, at="2017-11-01 10:00"))
    assert read_filing(written(filing_form(filing())), FILE, later, secret=SECRET).values


def test_a_grid_is_not_taken_for_a_filing() -> None:
    message = "这是数据表，而这里导入的是填报表；请到“数据表”的页面导入"
    assert refusals(written(grid_form(grid()))) == [message]


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ('"self_score":"2.4"', '"self_score":"2.3"'),
        ('["record",["part","G2.1"],7', '["record",["part","G2.1"],9'),
        ('"unit":"u01"', '"unit":"u02"'),
    ],
)
def test_a_workbook_whose_memory_was_changed_is_refused(line: str, by: str) -> None:
    desk = Desk.of_filing()
    changed = 0
    for cell in desk.sheet("_kaohe")["A"]:
        if line in str(cell.value):
            cell.value = str(cell.value).replace(line, by)
            changed += 1
    assert changed == 1
    assert refusals(desk.saved()) == [f"隐藏的底稿被改动过，或不是本系统发出的；{ANEW}"]


def test_a_workbook_of_another_installation_is_refused() -> None:
    data = written(filing_form(filing()))
    message = f"隐藏的底稿被改动过，或不是本系统发出的；{ANEW}"
    assert refusals(data, secret=b"another secret") == [message]


def test_a_workbook_of_another_version_is_refused() -> None:
    desk = Desk.of_filing()
    first = desk.sheet("_kaohe")["A1"]
    first.value = str(first.value).replace('"1"', '"2"')
    assert refusals(desk.saved()) == [f"是系统的另一个版本发出的表；{ANEW}"]


@pytest.mark.parametrize("head", ["", "随便写的", '["kaohe-sheets"', '["kaohe-sheets",1]'])
def test_a_workbook_without_our_memory_is_refused(head: str) -> None:
    desk = Desk.of_filing()
    desk.sheet("_kaohe")["A1"].value = head
    message = "不是从本系统下载的表（或它的隐藏底稿丢了）；请在系统里下载这张表，填好后再上传"
    assert refusals(desk.saved()) == [message]
    desk.book.remove(desk.sheet("_kaohe"))
    assert refusals(desk.saved()) == [message]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", f"文件是空的；{ONLY}"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            f"不是 .xlsx 工作簿，而是{OLD}；{ONLY}",
        ),
        ("条目,得分\nM9,1\n".encode(), f"不是 .xlsx 工作簿，而是文本文件（如 CSV）；{ONLY}"),
        (
            "条目,得分\nM9,1\n".encode("gb18030"),
            f"不是 .xlsx 工作簿，而是文本文件（如 CSV）；{ONLY}",
        ),
        (
            "条目,得分\n".encode("utf-8-sig"),
            f"不是 .xlsx 工作簿，而是文本文件（如 CSV）；{ONLY}",
        ),
        (b"<html>", f"不是 .xlsx 工作簿，而是网页或 XML（有的系统把它存成 .xls）；{ONLY}"),
        (b"%PDF-1.7", f"不是 .xlsx 工作簿，而是PDF 文件；{ONLY}"),
        (b"\x00\x01\x02", f"不是 .xlsx 工作簿；{ONLY}"),
        (bytes(MOST_BYTES + 1), "文件超过 10 MB，不像是填好的表；请核对文件"),
    ],
)
def test_T12_what_is_no_xlsx_is_refused_saying_what_it_seems_to_be(data: bytes, what: str) -> None:
    assert refusals(data) == [what]


def test_a_word_document_is_refused() -> None:
    data = packed({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"})
    assert refusals(data) == [f"不是 .xlsx 工作簿，而是Word 文档（.docx）；{ONLY}"]


def test_T01_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members(written(filing_form(filing()))).items():
            package.writestr(name, content)
        package.writestr("xl/media/a.bin", bytes(150_000_000))
    assert refusals(target.getvalue()) == [
        "压缩得异常厉害（疑为压缩炸弹），没有打开；请核对文件来源"
    ]


def test_T06_a_workbook_with_macros_is_refused() -> None:
    data = packed({**members(written(filing_form(filing()))), "xl/vbaProject.bin": b"x"})
    assert refusals(data) == ["工作簿带有宏；请另存为不带宏的 .xlsx 再用"]


@pytest.mark.parametrize(
    ("last", "message"),
    [
        (1_048_576, "工作簿里的 xl/worksheets/sheet2.xml 超过 16 MB，不像是数据表；请核对文件"),
        (101_000, "工作表超过 100000 行，不像是数据表；请删去多余的行"),
    ],
)
def test_T12_a_sheet_of_a_million_rows_is_refused(last: int, message: str) -> None:
    content = members(written(filing_form(filing())))
    name = "xl/worksheets/sheet2.xml"
    rows = b"".join(b'<row r="%d"/>' % row for row in range(1_000, last + 1))
    longer = content[name].replace(b"</sheetData>", rows + b"</sheetData>")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for member, data in {**content, name: longer}.items():
            package.writestr(member, data)
    assert refusals(target.getvalue()) == [message]


def test_a_file_is_read_from_a_path_a_stream_or_bytes(tmp_path: Path) -> None:
    data = written(filing_form(filing()))
    path = tmp_path / "表.xlsx"
    path.write_bytes(data)
    assert workbook_bytes(path, FILE) == data
    assert workbook_bytes(io.BytesIO(data), FILE) == data


def test_a_file_name_is_told_short_and_without_anything_unseen() -> None:
    name = "报告\u202e" + "长" * 300 + ".xlsx"
    with pytest.raises(Mistaken) as caught:
        read_form(b"", name, filing_form(filing()), secret=SECRET)
    (mistake,) = caught.value.mistakes
    assert len(mistake.at) < 150
    assert "\u202e" not in mistake.at
