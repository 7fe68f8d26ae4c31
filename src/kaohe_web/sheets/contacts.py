"""The contact list (联系人员名单) as a workbook: with its purpose, or empty for filling in."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal

from kaohe.workbook import looks
from kaohe.workbook.book import Book, Sheet
from kaohe.workbook.hints import refused, shown
from kaohe_web.sheets.kinds import AS_TEXT
from kaohe_web.sheets.texts import tidy
from kaohe_web.sheets.write import Target

HEADS = {
    "name": "姓名",
    "gender": "性别",
    "body": "所在单位",
    "duty": "职务",
    "phone": "办公电话",
    "mobile": "手机",
    "fax": "传真",
    "email": "电子邮件",
}
"""The columns of attachment 2, by the names of a contact's fields."""

WIDTHS = (6, 12, 7, 30, 18, 20, 16, 20, 30)
HINTS = {
    "name": "必填",
    "body": "必填，写全称",
    "phone": "如 0427-1234567 或 0427-1234567-801；几个号码用顿号隔开",
    "mobile": "11 位手机号码",
    "fax": "如 0427-1234567",
    "email": "如 lianxi@example.gov.cn",
}
GENDERS = ("男", "女")
SHEET = "联系人名单"
TITLE = "质量工作考核联系人员名单"
HEAD_ROW = 2
FREE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the contact list; all but the name and the body (所在单位) may be empty."""

    name: str
    body: str
    gender: str = ""
    duty: str = ""
    phone: str = ""
    mobile: str = ""
    fax: str = ""
    email: str = ""


def write_contacts(
    rows: Iterable[Contact], target: Target, purpose: str, *, title: str = TITLE
) -> None:
    """Write a contact list that says what it may be used for; rows are free for more people.

    What should be masked is masked in ``rows``.

    :raises CannotWrite: if the place is not writable, or a text is too long for a cell.
    """
    book = Book(target, title)
    sheet = book.sheet(SHEET)
    sheet.columns(WIDTHS)
    sheet.raw.hide_gridlines(2)
    last = len(HEADS)
    centred = {"align": "center", **looks.TITLE}
    sheet.span(0, 0, (0, last), tidy(title), centred)
    sheet.height(0, Decimal(30))
    note = f"用途：{tidy(purpose)}。含个人信息，只用于上述用途，不要转发，用后请删除。"
    sheet.span(1, 0, (1, last), note, looks.NOTE)
    sheet.height(1, Decimal(20))
    for column, head in enumerate(("序号", *HEADS.values())):
        sheet.text(HEAD_ROW, column, head, looks.HEAD)
    sheet.height(HEAD_ROW, Decimal(24))
    lines: list[Contact | None] = [*rows, *(None for _ in range(FREE_ROWS))]
    for number, contact in enumerate(lines, 1):
        _write_line(sheet, HEAD_ROW + number, number, contact)
    _hint(sheet, HEAD_ROW + 1, HEAD_ROW + len(lines))
    sheet.raw.freeze_panes(HEAD_ROW + 1, 2)
    sheet.raw.ignore_errors(
        {"number_stored_as_text": f"A{HEAD_ROW + 2}:I{HEAD_ROW + 1 + len(lines)}"}
    )
    sheet.print_on_a4((0, HEAD_ROW))
    book.close()


def _write_line(sheet: Sheet, row: int, number: int, contact: Contact | None) -> None:
    sheet.number(row, 0, Decimal(number), looks.FIXED_CENTRE)
    texts = dict.fromkeys(range(1, len(HEADS) + 1), "")
    if contact is not None:
        held = {each.name: tidy(getattr(contact, each.name)) for each in fields(contact)}
        texts = {column: held[name] for column, name in enumerate(HEADS, 1)}
    for column, text in texts.items():
        sheet.text(row, column, text, {**looks.CELL, **AS_TEXT})
    sheet.fit(row, texts)


def _hint(sheet: Sheet, first: int, last: int) -> None:
    """What to write in each column, and how."""
    for column, (name, head) in enumerate(HEADS.items(), 1):
        rule = {"validate": "any", **shown(head, HINTS.get(name, ""))}
        if name == "gender":
            no = refused("性别", "请从下拉列表中选择，没有就留空", "warning")
            rule |= {"validate": "list", "source": list(GENDERS), **no}
        sheet.validate([(first, column, last, column)], rule)
