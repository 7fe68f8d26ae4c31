"""The first sheet: what to fill in where, by whom, what the colours mean, how to have it scored."""

from decimal import Decimal

from kaohe.quantity import write_number
from kaohe.rubric.model import Rubric
from kaohe.workbook import looks
from kaohe.workbook.book import Book, Look, Sheet
from kaohe.workbook.fitting import row_height
from kaohe.workbook.keys import GUIDE, NONE_REGISTERED, NOT_APPLICABLE, PENDING, SHEETS

WIDTHS = (3, 16, 74, 40)

WHAT = {
    "units": ("编号、名称、所属市（参评组）。先填这一张，其他表的单位名称由此带出。", "考核办"),
    "values": (f"各指标的实际数值；没有数的选“{PENDING}”，没有这一项的选“{NOT_APPLICABLE}”。", ""),
    "targets": ("目标备案中的目标值。", "考核办"),
    "previous": ("上一个考核年度的数值，用来计算升降。", "数据提供单位"),
    "points": ("评审员给的分、不考核的条目和理由。", "评审员、考核办"),
    "entries": (
        f"逐件登记奖项或事项；确认一件也没有的，名称填“{NONE_REGISTERED}”。",
        "负责部门、数据提供单位",
    ),
    "vetoes": ("已有书面认定的否决事项；没有就留空。", "考核办"),
    "references": ("上级公布的平均值；没有公布就留空，按本组各单位计算。", "考核办"),
}

COLOURS: tuple[tuple[Look, str], ...] = (
    (looks.INPUT, "黄色：直接填写"),
    (looks.CHOICE, "蓝色：从下拉列表中选择"),
    (looks.REASON, "绿色：填写理由"),
    (looks.FIXED, "灰色：不用填（已锁定，没有密码）"),
)


def cautions(rubric: Rubric) -> tuple[str, ...]:
    """What people most often get wrong."""
    return (
        "缺的数不当作 0：空着的格，得分先算成一个范围，补上数就定下来。真的是 0 才填 0。",
        "百分数填 93.2 或 93.2% 都可以；不要填 0.932。不要用千分号（1,200 请写 1200）。",
        "数值格里只填数字，不要写“待查”“约 95”；没有数就留空，在右边一栏选“待定”。",
        "不要合并单元格，不要插入、删除行和列，不要改工作表的名称；单位不够用时请重新生成更多行的数据表。",
        "用公式算出来的数可以留着，但要在 Excel 或 WPS 里打开并保存一次。",
        "填好后存成 .xlsx（不是 .xls，也不要加打开密码）。",
        f"计分：kaohe score {rubric.id} 这个文件.xlsx；或把文件交给考核办统一计分。",
        "有填错的地方，计分时会逐条列出工作表、单元格和改法，一次列全。",
    )


def write_guide(book: Book, rubric: Rubric, kinds: list[str], print_: str) -> None:
    """The sheet ``填写说明``; ``kinds`` are the input sheets that follow it."""
    sheet = book.sheet(GUIDE)
    sheet.columns(WIDTHS)
    sheet.raw.hide_gridlines(2)
    sheet.text(0, 1, rubric.title, looks.TITLE)
    sheet.height(0, Decimal(30))
    edition = [
        f"考核年度：{rubric.period.name}" if rubric.period.name else "",
        f"满分：{write_number(rubric.points)} 分",
        f"细则编号：{rubric.id}",
        f"版次指纹：{print_[7:19]}",
    ]
    sheet.text(1, 1, "　　".join(word for word in edition if word), looks.NOTE)
    row = write_kinds(sheet, rubric, kinds, 3)
    row = write_colours(sheet, row + 1)
    sheet.text(row + 1, 1, "注意", {"bold": True})
    for number, caution in enumerate(cautions(rubric), 1):
        here = row + 1 + number
        text = f"{number}. {caution}"
        sheet.span(here, 1, (here, 3), text, looks.PLAIN)
        sheet.height(here, row_height([(text, sum(WIDTHS[1:]))]))
    sheet.print_on_a4((0, 1))
    sheet.protect()


def write_kinds(sheet: Sheet, rubric: Rubric, kinds: list[str], row: int) -> int:
    """The table of sheets; gives the row after it."""
    for column, head in enumerate(("工作表", "填什么", "由谁填"), 1):
        sheet.text(row, column, head, looks.HEAD)
    sheet.height(row, Decimal(22))
    providers = dict.fromkeys(i.provider for i in rubric.indicators.values() if i.provider)
    for here, kind in enumerate(kinds, row + 1):
        what, who = WHAT[kind]
        who = who or "、".join(providers) or "数据提供单位"
        cells = {1: SHEETS[kind], 2: what, 3: who}
        for column, text in cells.items():
            sheet.text(here, column, text, looks.FIXED)
        sheet.raw.write_url(
            here, 1, f"internal:{SHEETS[kind]}!A1", sheet.book.format(looks.LINK), SHEETS[kind]
        )
        sheet.fit(here, cells)
    return row + 1 + len(kinds)


def write_colours(sheet: Sheet, row: int) -> int:
    """The legend; gives the row after it."""
    sheet.text(row, 1, "颜色", {"bold": True})
    for here, (look, words) in enumerate(COLOURS, row + 1):
        sheet.text(here, 1, "", {**look, "locked": True})
        sheet.text(here, 2, words, {})
        sheet.height(here, Decimal(20))
    return row + 1 + len(COLOURS)
