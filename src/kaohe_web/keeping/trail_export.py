"""The trail as a table to take along: CSV or Excel; that it was taken is an entry itself."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe_web.audit import trail, words
from kaohe_web.audit.anchor import anchor
from kaohe_web.audit.models import Entry
from kaohe_web.clock import BEIJING, day_of
from kaohe_web.errors import Invalid
from kaohe_web.keeping.reading import Wanted, matching, year_names
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.sheets.csv_text import csv_table
from kaohe_web.sheets.table import Row, write_table

MOST_ROWS = {"csv": 500_000, "xlsx": 50_000}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed out."""

    name: str
    content: bytes
    type: str


@action("audit.exported", right="audit.read")
def export(_thing: None, *, by: Actor, at: dt.datetime, wanted: Wanted, form: str) -> File:
    """The entries that are looked for, with the head of the chain as a note.

    :raises Invalid: if they are too many for one table, or no such form is offered.
    """
    if form not in TYPES:
        raise Invalid([_("只能导出 CSV 或 Excel 表；请从页面上选择")])
    found, most = matching(by, wanted), MOST_ROWS[form]
    count = found.count()
    if count > most:
        said = _("要导出的有 %(count)s 条，超过一张表的 %(most)s 条；请缩小日期范围分次导出")
        raise Invalid([said % {"count": count, "most": most}])
    head = anchor()
    rows, title = list(lines(found.order_by("seq").iterator())), _("操作留痕")
    details = {"form": form, "count": count, **wanted.said()}
    trail.record("audit.exported", None, by=by, at=at, details=details)
    name = f"{title}-{day_of(at):%Y%m%d}.{form}"
    if form == "csv":
        return File(name, csv_table(columns(), rows), TYPES[form])
    target = io.BytesIO()
    write_table(title, columns(), rows, target, note=_("留痕链头：%(head)s") % {"head": head})
    return File(name, target.getvalue(), TYPES[form])


def columns() -> list[str]:
    """The heads of the table."""
    return [
        _("序号"),
        _("时间"),
        _("用户名"),
        _("姓名"),
        _("岗位"),
        _("地址"),
        _("请求编号"),
        _("操作"),
        _("操作代码"),
        _("结果"),
        _("对象类别"),
        _("对象编号"),
        _("对象"),
        _("考核年度"),
        _("理由"),
        _("详情"),
        _("上一条校验值"),
        _("校验值"),
    ]


def lines(found: Iterator[Entry]) -> Iterator[Row]:
    """A row for each entry."""
    years = year_names()
    for entry in found:
        yield [
            entry.seq,
            f"{entry.at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
            entry.login,
            entry.name,
            entry.post,
            entry.address,
            entry.request,
            words.what_in_words(entry.what),
            entry.what,
            entry.get_outcome_display(),
            entry.object_type,
            entry.object_id,
            entry.object_name,
            years.get(entry.cycle, entry.cycle),
            entry.reason,
            entry.details,
            entry.previous,
            entry.hash,
        ]
