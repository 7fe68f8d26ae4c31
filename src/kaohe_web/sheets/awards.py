"""The sheet of awards (登记): a row for each thing that is registered, and rows for new ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.rubric.register import Register
from kaohe.workbook.keys import NONE_REGISTERED
from kaohe_web.sheets.kinds import Choice, Day, Words
from kaohe_web.sheets.model import ENTRY, NEW, Column, Fault, Field, Line, Page, Record

FREE_ROWS = 30
"""Rows kept free for new awards."""

NEEDED = {"name": "名称", "level": "级别", "on_day": "日期", "document": "证明文件及文号"}
"""Without these an award does not count."""

MOST_TEXT = 200
COLUMNS = (
    Column(("number",), "序号", 6, centred=True),
    Column(("indicator",), "登记哪一项", 22),
    Column(("name",), "名称", 36),
    Column(("level",), "级别", 12),
    Column(("on_day",), "日期", 13),
    Column(("document",), "证明文件及文号", 34),
    Column(("holder",), "获得者", 24),
    Column(("approval",), "目录以外的认定依据", 26),
)
CAUTION = (
    "“登记”表每行一件，没有证明文件的不能计数；清空一整行就是删去这一件；"
    f"确认一件也没有的，选好登记哪一项，名称填“{NONE_REGISTERED}”，其余留空。"
)


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One thing in a register; ``level`` is the level's id, ``on_day`` an ISO date."""

    id: str
    indicator: str
    name: str
    level: str
    on_day: str
    document: str
    version: int
    holder: str = ""
    approval: str = ""
    locked: str = ""


def award_records(
    registers: Sequence[Register], awards: Iterable[AwardRow]
) -> tuple[list[Record], Record]:
    """The awards there are and the rows for new ones; and what a new one begins as."""
    levels = {level.id: level.title for each in registers for level in each.levels}
    titles = tuple((str(each.indicator), each.title) for each in registers)
    catalogue = "、".join(kind.name for each in registers for kind in each.kinds)
    name_hint = f"奖项或事项的全称。目录：{catalogue}" if catalogue else "奖项或事项的全称"
    fields = {
        "indicator": Field("登记哪一项", Choice(titles, "登记项目", "请选一项")),
        "name": Field("名称", Words(MOST_TEXT), name_hint),
        "level": Field("级别", Choice(tuple(levels.items()), "级别", "请选一级")),
        "on_day": Field("日期", Day(), "证书或文件的日期"),
        "document": Field("证明文件及文号", Words(MOST_TEXT), "没有证明文件的不能计数"),
        "holder": Field("获得者", Words(MOST_TEXT), "企业、工程、产品的名称"),
        "approval": Field("目录以外的认定依据", Words(MOST_TEXT), "目录里没有的，经批准才能计数"),
    }

    def check(filled: Mapping[str, str]) -> Iterator[Fault]:
        return faults_of(filled, registers)

    blank = Record((ENTRY,), "登记", fields, {}, check=check)
    listed = [
        Record((ENTRY, a.id), a.name, fields, _values(a), a.version, a.locked, check)
        for a in awards
    ]
    free = [
        Record((ENTRY, f"{NEW}{number}"), "新登记", fields, {}, check=check)
        for number in range(1, FREE_ROWS + 1)
    ]
    return [*listed, *free], blank


def _values(award: AwardRow) -> dict[str, str]:
    return {
        "indicator": award.indicator,
        "name": award.name,
        "level": award.level,
        "on_day": award.on_day,
        "document": award.document,
        "holder": award.holder,
        "approval": award.approval,
    }


def award_page(title: str, keys: Iterable[Record]) -> Page:
    """The sheet ``登记``."""
    note = (
        "每行登记一件，没有证明文件的不能计数；同一件只按最高级别计一次。"
        f"确认一件也没有的，名称填“{NONE_REGISTERED}”，其余留空。"
    )
    lines = tuple(
        Line(record.key, {("number",): Decimal(number)}) for number, record in enumerate(keys, 1)
    )
    return Page("awards", "登记", title, note, COLUMNS, lines, 3)


def faults_of(filled: Mapping[str, str], registers: Sequence[Register]) -> Iterator[Fault]:
    """What a registered thing lacks; an empty row lacks nothing."""
    if not any(filled.values()):
        return
    asked = [r for r in registers if r.indicator == filled.get("indicator")]
    if filled.get("indicator") == "":
        yield Fault("indicator", "没有选“登记哪一项”；请选一项，或清空这一行")
    if filled.get("name") == NONE_REGISTERED:
        rest = [name for name in (*NEEDED, "holder", "approval") if name != "name"]
        for name in rest:
            if filled.get(name):
                message = f"名称填了“{NONE_REGISTERED}”（一件也没有），这里却有内容；请只留一样"
                yield Fault(name, message)
        return
    for name, title in NEEDED.items():
        if filled.get(name) == "":
            yield Fault(name, f"没有填“{title}”；没有的不能计数，请补上，或清空这一行")
    level = filled.get("level")
    if asked and level and all(level != known.id for known in asked[0].levels):
        names = "、".join(known.title for known in asked[0].levels)
        yield Fault("level", f"“{asked[0].title}”没有这一级；可用的有：{names}")
