"""The hidden sheet: what was issued, line by line, under a seal that only the site can make."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kaohe.location import Location
from kaohe.nodes import Mistakes
from kaohe.workbook.book import Book
from kaohe.workbook.cells import SheetCells
from kaohe.workbook.keys import HIDDEN
from kaohe.workbook.package import refuse
from kaohe_web.sheets.model import Held, Issue, Issued, Key
from kaohe_web.sheets.texts import tidy

FORMAT = "1"
"""The version of the lay-out; a workbook of another one is refused."""

MARK = "kaohe-sheets"
"""Begins the hidden sheet."""

LISTS_FROM = 2
"""The first column that holds a list for drop-downs; all before it is sealed."""

ANEW = "请在系统里重新下载这张表，再把数据粘贴过去"
FOREIGN = "不是从本系统下载的表（或它的隐藏底稿丢了）；请在系统里下载这张表，填好后再上传"
KINDS = {"filing": "填报表", "grid": "数据表"}


def write_hidden(
    book: Book, issued: Issued, lists: Iterable[Sequence[str]], *, secret: bytes
) -> None:
    """Write the hidden sheet, and the lists that drop-downs take from it.

    :raises CannotWrite: if one record holds more text than a cell.
    """
    sheet = book.sheet(HIDDEN)
    lines = list(lines_of(issued))
    for row, line in enumerate([line_of(MARK, FORMAT, seal(lines, secret)), *lines]):
        sheet.text(row, 0, line, {})
    for column, names in enumerate(lists, LISTS_FROM):
        for row, name in enumerate(names):
            sheet.text(row, column, name, {})
    sheet.raw.very_hidden()
    sheet.protect()


def lines_of(issued: Issued) -> Iterator[str]:
    """Everything that was issued, each thing a line of JSON."""
    yield line_of("issue", {name: said(value) for name, value in asdict(issued.issue).items()})
    for page, rows in issued.rows.items():
        for row, label in rows.items():
            yield line_of("row", page, row, tidy(label))
    for page, columns in issued.columns.items():
        yield line_of("columns", page, columns)
    for key, held in issued.base.items():
        yield line_of("record", key, held.version, held.values)


def said(value: object) -> object:
    """A name or a number of an issue as it is written."""
    return tidy(value) if isinstance(value, str) else value


def line_of(*what: object) -> str:
    """A line of JSON; ``_x`` is escaped, with which workbooks begin escapes of their own."""
    line = json.dumps(what, ensure_ascii=False, separators=(",", ":"), default=dict)
    return line.replace("_x", "\\u005fx")


def seal(lines: Iterable[str], secret: bytes) -> str:
    """A seal over the lines, which nobody makes without the secret."""
    return hmac.new(secret, "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def read_hidden(sheets: list[SheetCells], file: str, *, secret: bytes) -> Issued:
    """What a workbook remembers of its issue.

    :raises Mistaken: if it is none of the site's, or somebody changed what it remembers.
    """
    lines = lines_in(sheets)
    head = first_of(lines)
    if head is None:
        refuse(file, FOREIGN)
    _, version, sealed = head
    if version != FORMAT:
        refuse(file, f"是系统的另一个版本发出的表；{ANEW}")
    if not hmac.compare_digest(str(sealed), seal(lines[1:], secret)):
        refuse(file, f"隐藏的底稿被改动过，或不是本系统发出的；{ANEW}")
    return issued_in(lines[1:])


def lines_in(sheets: list[SheetCells]) -> list[str]:
    """The sealed lines; none if there is no hidden sheet."""
    hidden = next((sheet for sheet in sheets if sheet.name == HIDDEN), None)
    if hidden is None:
        return []
    return [cell.text for (_, column), cell in sorted(hidden.cells.items()) if column == 0]


def first_of(lines: list[str]) -> list[Any] | None:
    """The first line, if it is one of ours; it is read before anything is known to be sealed."""
    if not lines or not lines[0].startswith(f'["{MARK}"') or len(lines[0]) > 200:  # noqa: PLR2004 -- ours is short
        return None
    try:
        head = json.loads(lines[0], parse_float=str)
    except (ValueError, RecursionError):
        return None
    return head if isinstance(head, list) and len(head) == 3 else None  # noqa: PLR2004 -- mark, format, seal


def issued_in(lines: list[str]) -> Issued:
    """What sealed lines say."""
    rows: dict[str, dict[Key, str]] = {}
    columns: dict[str, tuple[Key, ...]] = {}
    base: dict[Key, Held] = {}
    issue: dict[str, Any] = {}
    for line in lines:
        match json.loads(line):
            case ["issue", dict(said)]:
                issue = said
            case ["row", page, row, label]:
                rows.setdefault(page, {})[tuple(row)] = label
            case ["columns", page, keys]:
                columns[page] = tuple(tuple(key) for key in keys)
                rows.setdefault(page, {})
            case ["record", key, version, values]:
                base[tuple(key)] = Held(version, values)
    return Issued(Issue(**issue), rows, columns, base)


def check_issue(issued: Issue, asked: Issue, file: str) -> None:
    """A workbook is taken only where it was handed out for: all that is wrong, at once.

    An older issue of the same sheet is right: what changed since is merged.

    :raises Mistaken: if it is for another year, unit, department, provider or edition.
    """
    at, mistakes = Location(file, ""), Mistakes()
    if issued.kind != asked.kind:
        here, there = KINDS[asked.kind], KINDS[issued.kind]
        refuse(file, f"这是{there}，而这里导入的是{here}；请到“{there}”的页面导入")
    pairs = (
        ("考核年度", issued.cycle, asked.cycle, issued.cycle_title, asked.cycle_title),
        ("单位", issued.unit, asked.unit, issued.unit_title, asked.unit_title),
        ("部门或数据提供单位", issued.owner, asked.owner, issued.owner_title, asked.owner_title),
    )
    for what, one, other, title, wanted in pairs:
        if one != other:
            message = f"这是发给另一个{what}“{title}”的表，而这里导入的是“{wanted}”的"
            mistakes.add(at, f"{message}；请核对是不是拿错了文件")
    if issued.edition != asked.edition:
        message = "这张表是按评分细则的另一个版次发出的，条目或规则已经改过"
        mistakes.add(at, f"{message}；{ANEW}")
    mistakes.stop_if_any()
