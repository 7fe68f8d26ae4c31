"""Workbooks that mean harm: refused soon, with a sentence, and without being unpacked."""

import io
import re
import struct
import time
import tracemalloc
import zipfile

import pytest

from kaohe.nodes import Mistaken
from kaohe.workbook.cells import MOST_CELLS, MOST_ROWS, read_cells
from kaohe.workbook.tags import MOST_TAGS
from workbook.desk import members, one_sheet, packed

SHEET = "xl/worksheets/sheet1.xml"
SECONDS = 1
MEGABYTES = 50


def refusal(data: bytes) -> str:
    """Why a workbook is refused: within a second and without much memory."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(Mistaken) as caught:
            read_cells(data, "x.xlsx")
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < SECONDS
    (mistake,) = caught.value.mistakes
    assert mistake.at == "x.xlsx:整个文件"
    return mistake.message


def with_member(name: str, content: bytes) -> bytes:
    return packed({**members(one_sheet("")), name: content})


def test_T01_a_zip_bomb_is_refused() -> None:
    bomb = with_member(SHEET, b"<worksheet>" + b" " * 150_000_000)
    assert len(bomb) < 200_000
    assert refusal(bomb) == "压缩得异常厉害（疑为压缩炸弹），没有打开；请核对文件来源"


def test_more_than_any_workbook_holds_is_refused() -> None:
    data = with_member("xl/media/large", b"")
    larger = data.replace(struct.pack("<LL", 2, 0), struct.pack("<LL", 2, 250_000_000))
    assert larger != data
    assert refusal(larger) == "解压后超过 200 MB，不像是数据表；请核对文件"


def test_T02_a_hundred_thousand_members_are_refused() -> None:
    data = one_sheet("") + b"PK\x01\x02" * 100_000
    assert refusal(data) == "压缩包里的文件超过 2000 个，不像是数据表；请核对文件"


def test_T02_members_that_overlap_are_refused() -> None:
    data = bytearray(one_sheet(""))
    heads = [m.start() for m in re.finditer(b"PK\x01\x02", bytes(data))]
    first, second = (struct.unpack_from("<L", data, head + 42)[0] for head in heads[:2])
    assert first < second
    struct.pack_into("<L", data, heads[1] + 42, first)
    assert refusal(bytes(data)) == "压缩包里的文件互相重叠，不是正常的工作簿；请重新保存后再用"


def test_T02_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(with_member(SHEET, b"<worksheet>" + b"<a/>" * 100_000 + b"</worksheet>"))
    for head, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for match in re.finditer(head, bytes(data)):
            name_at = match.start() + (46 if at == 24 else 30)
            if bytes(data[name_at : name_at + len(SHEET)]) == SHEET.encode():
                struct.pack_into("<L", data, match.start() + at, 500)
    assert refusal(bytes(data)) == (
        "文件已损坏；请在 Excel 或 WPS 中打开并重新保存，或重新传送文件"
    )


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "C:\\x", "xl/../../x", "..\\x"])
def test_T05_names_that_leave_their_folder_are_refused(name: str) -> None:
    said = "压缩包里有越出文件夹的路径，不是正常的工作簿；请核对文件来源"
    assert refusal(with_member(name, b"")) == said


def test_a_name_that_stands_twice_is_refused() -> None:
    target = io.BytesIO(one_sheet(""))
    with zipfile.ZipFile(target, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(SHEET, "<worksheet/>")
    said = "压缩包里有重名的文件，不是正常的工作簿；请重新保存后再用"
    assert refusal(target.getvalue()) == said


def test_T06_macros_are_refused() -> None:
    data = with_member("xl/vbaProject.bin", b"")
    assert refusal(data) == "工作簿带有宏；请另存为不带宏的 .xlsx 再用"


def test_a_locked_member_is_refused() -> None:
    data = bytearray(one_sheet(""))
    head = bytes(data).index(b"PK\x01\x02")
    data[head + 8] |= 1
    assert refusal(bytes(data)) == "压缩包加了密码；请去掉密码再用"


def test_a_rare_way_to_compress_is_refused() -> None:
    target = io.BytesIO(one_sheet(""))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_BZIP2) as package:
        package.writestr("x", "x")
    said = "压缩方式不是工作簿常用的；请在 Excel 或 WPS 中重新保存"
    assert refusal(target.getvalue()) == said


DTD = "工作簿里的 {} 带有 DTD 或实体，正常的工作簿没有；请核对文件来源"
EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
PARAMETER = b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost/x"> %x;]><worksheet/>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<!DOCTYPE worksheet SYSTEM "http://localhost/x.dtd"><worksheet/>'


@pytest.mark.parametrize("xml", [EXTERNAL, PARAMETER, LAUGHS, OUTSIDE])
@pytest.mark.parametrize("member", [SHEET, "xl/styles.xml", "xl/workbook.xml", "_rels/.rels"])
def test_T03_T04_a_dtd_is_refused_wherever_it_stands(member: str, xml: bytes) -> None:
    assert refusal(with_member(member, xml)) == DTD.format(member)


def test_entities_in_a_part_that_nobody_reads_do_no_harm() -> None:
    read_cells(with_member("docProps/core.xml", LAUGHS), "x.xlsx")


@pytest.mark.parametrize("xml", [b"", b"<worksheet>", b"<a></b>", b"\x00\x01", b"\xff\xfe<"])
def test_broken_xml_is_refused(xml: bytes) -> None:
    said = f"工作簿里的 {SHEET} 不是完好的 XML；请在 Excel 或 WPS 中打开并重新保存"
    assert refusal(with_member(SHEET, xml)) == said


def test_T12_a_sheet_of_a_million_rows_is_refused() -> None:
    rows = "<sheetData>" + "<row/>" * (MOST_ROWS + 1) + "</sheetData>"
    with pytest.raises(Mistaken, match=f"工作表超过 {MOST_ROWS} 行"):
        read_cells(one_sheet(rows), "x.xlsx")


def test_more_cells_than_any_data_workbook_has_are_refused() -> None:
    cells = "".join(f"<row>{'<c/>' * 1_000}</row>" for _ in range(MOST_CELLS // 1_000 + 1))
    with pytest.raises(Mistaken, match=f"单元格超过 {MOST_CELLS} 个"):
        read_cells(one_sheet(f"<sheetData>{cells}</sheetData>"), "x.xlsx")


def test_tags_without_end_are_refused() -> None:
    deep = "".join(f"<a{number}>" for number in range(MOST_TAGS + 1))
    with pytest.raises(Mistaken, match="太长，不像是数据表"):
        read_cells(one_sheet(deep), "x.xlsx")


@pytest.mark.parametrize("cut", [10, 100, -30, -1])
def test_a_file_that_is_cut_short_is_refused(cut: int) -> None:
    said = "文件已损坏，打不开；请在 Excel 或 WPS 中打开并重新保存，或重新传送文件"
    assert refusal(one_sheet("")[:cut]) == said


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    assert refusal(packed({"a.txt": b"a"})) == "不是 Excel 工作簿；请核对文件"


def test_a_workbook_that_lacks_a_part_says_which() -> None:
    content = members(one_sheet(""))
    del content[SHEET]
    said = f"工作簿里缺少 {SHEET}；请在 Excel 或 WPS 中打开并重新保存"
    assert refusal(packed(content)) == said


def test_a_text_that_is_not_in_the_table_is_refused() -> None:
    rows = '<sheetData><row><c t="s"><v>7</v></c></row></sheetData>'
    said = "工作簿里的文字表残缺；请在 Excel 或 WPS 中打开并重新保存"
    assert refusal(one_sheet(rows)) == said
