"""A workbook filled offline: two bad cells come back marked, the mended file goes in."""

from pathlib import Path

import openpyxl

from journeys import figures
from journeys.browsing import Window
from journeys.steps_filing import LED, hand_in, number_of
from journeys.story import INDUSTRY, WEST, Story, liaison_of

SHEET = "填报表"


def fill_offline(story: Story, folder: Path) -> None:
    """城西区's 经信局: out, filled with two mistakes, refused, mended, looked over, taken."""
    window = story.inside(liaison_of(WEST, INDUSTRY), "workbook/")
    empty = download(window, "下载填报表.xlsx", folder / "填报表.xlsx")
    fill(empty, value="待查", own="99")
    upload(window, empty)
    assert "表里有 2 处需要改正，没有写入任何数据" in window.notices()
    rows = [window.cells(row) for row in window.part("错误清单").locator("tbody tr").all()]
    assert [row[:4] for row in rows] == [
        ["1", "填报表.xlsx:填报表!H6", "重点企业检查率：本年值", "待查"],
        ["2", "填报表.xlsx:填报表!J9", "企业质量管理：自评得分", "99"],
    ]
    marked = download(window, "下载标出错误的表", folder / "标出错误.xlsx")
    assert marked_cells(marked) == ["H6", "J9"]
    mend(marked)
    window.go(f"/cycles/{story.cycle}/workbook/")
    upload(window, marked)
    window.press("确认导入")
    for part in LED[INDUSTRY]:
        window = story.inside(liaison_of(WEST, INDUSTRY), f"units/{number_of(WEST)}/parts/{part}/")
        assert window.field("自评得分").input_value() == figures.self_score(WEST, part)[0]
        hand_in(window)


def download(window: Window, link: str, path: Path) -> Path:
    """Follow a link to a file, and keep the file."""
    with window.page.expect_download() as coming:
        window.page.get_by_role("link", name=link, exact=True).click()
    coming.value.save_as(path)
    return path


def upload(window: Window, path: Path) -> None:
    """Hand a filled workbook in to be looked over."""
    window.page.get_by_label("填好的表").set_input_files(path)
    window.press("上传并预览")


def fill(path: Path, *, value: str, own: str) -> None:
    """Fill the sheet in a spreadsheet program: the value of G3, and the self-score of M2."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    sheet["H6"] = value
    sheet["J7"], sheet["K7"] = 12, "一家企业未查到（示例）"
    sheet["J9"], sheet["J10"] = int(own), 15
    book.save(path)


def mend(path: Path) -> None:
    """Put right what was marked; everything else is as it was filled."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    assert (sheet["J7"].value, sheet["J10"].value) == (12, 15)
    sheet["H6"], sheet["J9"] = int(figures.INSPECTIONS[WEST]), 10
    book.save(path)


def marked_cells(path: Path) -> list[str]:
    """The cells of the sheet that carry a comment, which says what is wrong with them."""
    sheet = openpyxl.load_workbook(path)[SHEET]
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
