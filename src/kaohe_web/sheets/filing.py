"""A department's filing workbook (填报表): its parts, its indicators, its awards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaohe.quantity import ZERO, Unit, write_number
from kaohe.rubric.register import Register
from kaohe.workbook.hints import clause_words, unit_words
from kaohe_web.sheets.awards import CAUTION, AwardRow, award_page, award_records
from kaohe_web.sheets.kinds import Number, Words
from kaohe_web.sheets.measured import Measured, measured_record, told
from kaohe_web.sheets.model import (
    Column,
    Fault,
    Field,
    Filled,
    Form,
    Issue,
    Key,
    Line,
    Page,
    Record,
)
from kaohe_web.sheets.read import read_form
from kaohe_web.sheets.source import Source
from kaohe_web.sheets.write import Target, write_form

PART, INDICATOR = "part", "indicator"
CLAUSES, TITLE, WORTH, RULE = ("clauses",), ("title",), ("worth",), ("rule",)
BEFORE, TARGET, STATUS = ("before",), ("target",), ("status",)
PAGE = (
    Column(CLAUSES, "条款", 8, centred=True),
    Column(TITLE, "条目、指标", 24),
    Column(WORTH, "分值、\n计量单位", 11, centred=True),
    Column(RULE, "评分标准、填报说明", 38),
    Column(BEFORE, "上年值", 10, centred=True),
    Column(TARGET, "目标值", 10, centred=True),
    Column(("value",), "本年值", 11),
    Column(("state",), "无此项\n待定\n见说明", 9),
    Column(("self_score",), "自评\n得分", 8),
    Column(("lost_reason",), "失分原因", 28),
    Column(("note",), "备注", 22),
)
STATUS_COLUMN = Column(STATUS, "状态", 16)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part to be filed for (条目): its rule in words, and what has been filed so far.

    ``status`` is shown beside it (已退回：缺少照片); ``locked`` says why it cannot be changed now.
    """

    part: str
    title: str
    clauses: tuple[str, ...]
    points: Decimal
    rule: str
    version: int
    self_score: Decimal | None = None
    lost_reason: str = ""
    note: str = ""
    section: str = ""
    least: Decimal = ZERO
    status: str = ""
    locked: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator to be filed (指标): what it is measured in, and what has been filed so far."""

    measured: Measured
    target: Decimal | None = None
    clauses: tuple[str, ...] = ()
    section: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class FilingSheet:
    """What a department files, as the site holds it now, in the order of the document.

    ``registers`` are those it may enter awards in. ``due`` is the day by which it files, in words.
    """

    issue: Issue
    rows: tuple[PartRow | IndicatorRow, ...]
    registers: tuple[Register, ...] = ()
    awards: tuple[AwardRow, ...] = ()
    due: str = ""


def write_filing(sheet: FilingSheet, target: Target, *, secret: bytes) -> None:
    """Write the workbook that a department fills in.

    :raises CannotWrite: if the place is not writable, or a text is too long for a cell.
    """
    write_form(filing_form(sheet), target, secret=secret)


def read_filing(source: Source, file: str, sheet: FilingSheet, *, secret: bytes) -> Filled:
    """Read a department's filled workbook; ``sheet`` is what the site holds now.

    :raises Rejected: with every mistake at its sheet and cell.
    :raises Mistaken: if the whole workbook cannot be taken.
    """
    return read_form(source, file, filing_form(sheet), secret=secret)


def filing_form(sheet: FilingSheet) -> Form:
    """The form of cells that a department's filing is."""
    records = dict(map(_record_of, sheet.rows))
    pages = [_filing_page(sheet)] if sheet.rows else []
    blank = None
    if sheet.registers:
        listed, blank = award_records(sheet.registers, sheet.awards)
        records |= {record.key: record for record in listed}
        title = f"{sheet.issue.unit_title} {sheet.issue.owner_title}　登记"
        pages.append(award_page(title, listed))
    title = f"{sheet.issue.owner_title}填报表"
    return Form(sheet.issue, title, records, tuple(pages), _cautions(sheet), blank)


def _cautions(sheet: FilingSheet) -> tuple[str, ...]:
    due = f"请在{sheet.due}前填好、导入，并在系统里报审。" if sheet.due else ""
    return tuple(
        words
        for words in (
            due,
            "自评得分低于分值的，请在“失分原因”写明为什么；佐证材料请在系统里上传。",
            CAUTION if sheet.registers else "",
        )
        if words
    )


def _record_of(row: PartRow | IndicatorRow) -> tuple[Key, Record]:
    if isinstance(row, IndicatorRow):
        indicator = row.measured.indicator
        key: Key = (INDICATOR, str(indicator.id))
        return key, measured_record(key, indicator.title, row.measured, ("本年值", "备注"))
    key = (PART, row.part)
    unit = Unit("points", "分数", row.least, row.points)
    fields = {
        "self_score": Field("自评得分", Number(unit, "还没有自评就留空"), row.rule),
        "lost_reason": Field("失分原因", Words(2_000, reason=True), "没有得满分的，写明为什么"),
        "note": Field("备注", Words(2_000)),
    }
    values = {
        "self_score": "" if row.self_score is None else write_number(row.self_score),
        "lost_reason": row.lost_reason,
        "note": row.note,
    }

    def check(filled: Mapping[str, str]) -> Iterable[Fault]:
        score = filled.get("self_score")
        if score and Decimal(score) < row.points and filled.get("lost_reason") == "":
            yield Fault(
                "lost_reason", "自评没有得满分，而失分原因是空的；报审前请补上", serious=False
            )

    return key, Record(key, row.title, fields, values, row.version, row.locked, check)


def _filing_page(sheet: FilingSheet) -> Page:
    with_status = any(row.status for row in sheet.rows)
    columns = (*PAGE[:4], STATUS_COLUMN, *PAGE[4:]) if with_status else PAGE
    note = (
        "黄色直接填，蓝色从下拉列表中选，绿色写理由，灰色不用填。"
        "没有数的留空并选“待定”；本单位没有这一项的选“无此项”，不要填 0。"
    )
    issue = sheet.issue
    title = f"{issue.unit_title} {issue.owner_title}　{issue.cycle_title}填报表"
    lines = tuple(_lines(sheet.rows))
    return Page("filing", "填报表", title, note, columns, lines, 2, TITLE)


def _lines(rows: Iterable[PartRow | IndicatorRow]) -> Iterator[Line]:
    section, bands, parts = "", 0, 0
    for row in rows:
        if row.section and row.section != section:
            section, bands = row.section, bands + 1
            yield Line(("band", str(bands)), {CLAUSES: section}, band=True)
        if isinstance(row, IndicatorRow):
            yield _indicator_line(row)
        else:
            parts += 1
            yield _part_line(row)
    if parts:
        labels: dict[Key, str | Decimal] = dict.fromkeys((CLAUSES, RULE, STATUS), "")
        labels[TITLE] = "合计"
        yield Line(("total",), labels, sums=(WORTH, ("self_score",)))


def _part_line(row: PartRow) -> Line:
    labels: dict[Key, str | Decimal] = {
        CLAUSES: clause_words(row.clauses),
        TITLE: row.title,
        WORTH: row.points,
        RULE: row.rule,
        STATUS: row.status or row.locked,
    }
    return Line((PART, row.part), labels)


def _indicator_line(row: IndicatorRow) -> Line:
    indicator = row.measured.indicator
    words = (unit_words(indicator), indicator.definition)
    labels: dict[Key, str | Decimal] = {
        CLAUSES: clause_words(row.clauses),
        TITLE: indicator.title,
        WORTH: indicator.unit.zh,
        RULE: "；".join(word for word in words if word),
        STATUS: row.status or row.measured.locked,
        TARGET: told(indicator, row.target),
    }
    if not row.measured.asks_before:
        labels[BEFORE] = told(indicator, row.measured.before)
    return Line((INDICATOR, indicator.id), labels)
