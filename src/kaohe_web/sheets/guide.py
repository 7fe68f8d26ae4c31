"""The first sheet of a form: whose it is, what to fill in where, what the colours mean."""

from decimal import Decimal

from kaohe.workbook import looks
from kaohe.workbook.book import Book, Sheet
from kaohe.workbook.fitting import row_height
from kaohe.workbook.guide import write_colours
from kaohe.workbook.keys import GUIDE
from kaohe_web.sheets.model import Form, Issue
from kaohe_web.sheets.texts import tidy

WIDTHS = (3, 22, 74, 34)
EDITION = slice(7, 19)
"""The part of a fingerprint that is shown: after ``sha256:``."""

CAUTIONS = (
    "百分数填 93.2 或 93.2% 都可以，不要填 0.932；不要用千分号（1,200 请写 1200）。",
    "数值格里只填数字，不要写“待查”“约 95”；没有数就留空，真的是 0 才填 0。",
    "不要合并单元格，不要插入、删除、移动行和列。工作表已锁定防止误改，没有密码。",
    "用公式算出来的数可以留着，但要在 Excel 或 WPS 里打开并保存一次。",
    "填好后存成 .xlsx（不是 .xls 或 .et，也不要加打开密码），在系统里“导入”这张表。",
    "导入时先列出会改动什么，确认以后才写入；有填错的会逐格列出，并可下载标好红的表接着改。",
    "下载以后系统里又有人改过也不要紧：只改了一边的照改，两边改得不同的由您逐条选定。",
)


def write_guide(book: Book, form: Form) -> None:
    """The sheet ``填写说明``."""
    sheet = book.sheet(GUIDE)
    sheet.columns(WIDTHS)
    sheet.raw.hide_gridlines(2)
    sheet.text(0, 1, tidy(form.title), looks.TITLE)
    sheet.height(0, Decimal(30))
    row = write_facts(sheet, form.issue, 2)
    row = write_pages(sheet, form, row + 1)
    row = write_colours(sheet, row + 1)
    sheet.text(row + 1, 1, "注意", {"bold": True})
    for number, caution in enumerate((*form.cautions, *CAUTIONS), 1):
        here = row + 1 + number
        text = f"{number}. {tidy(caution)}"
        sheet.span(here, 1, (here, 3), text, looks.PLAIN)
        sheet.height(here, row_height([(text, sum(WIDTHS[1:]))]))
    sheet.print_on_a4((0, 1))
    sheet.protect()


def write_facts(sheet: Sheet, issue: Issue, row: int) -> int:
    """Which sheet this is; gives the row after it."""
    facts = {
        "考核年度": issue.cycle_title,
        "被考核单位": issue.unit_title,
        "由谁填写": issue.owner_title,
        "下载时间": f"{issue.at}（第 {issue.number} 次下载）",
        "细则版次指纹": issue.edition[EDITION],
    }
    for name, fact in facts.items():
        if not fact:
            continue
        sheet.text(row, 1, name, looks.FIXED)
        sheet.text(row, 2, tidy(fact), looks.CELL)
        sheet.fit(row, {1: name, 2: fact})
        row += 1
    return row


def write_pages(sheet: Sheet, form: Form, row: int) -> int:
    """The table of sheets; gives the row after it."""
    sheet.text(row, 1, "工作表", looks.HEAD)
    sheet.text(row, 2, "填什么", looks.HEAD)
    sheet.height(row, Decimal(22))
    for here, page in enumerate(form.pages, row + 1):
        look = sheet.book.format(looks.LINK)
        sheet.raw.write_url(here, 1, f"internal:{page.name}!A1", look, page.name)
        sheet.text(here, 2, tidy(page.note), looks.FIXED)
        sheet.fit(here, {2: page.note})
    return row + 1 + len(form.pages)
