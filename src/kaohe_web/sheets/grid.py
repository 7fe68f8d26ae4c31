"""A data provider's workbook (数据表): every unit down, every indicator of the provider across."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.rubric.model import Indicator
from kaohe.workbook.hints import clause_words, unit_words
from kaohe_web.sheets.measured import Measured, measured_record, told
from kaohe_web.sheets.model import Column, Filled, Form, Issue, Key, Line, Page, Record
from kaohe_web.sheets.read import read_form
from kaohe_web.sheets.source import Source
from kaohe_web.sheets.write import Target, write_form

VALUE = "value"
ID, NAME = ("id",), ("name",)
OVER = ("指标", "条款", "单位与范围", "说明")
INDICATORS_ON_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class GridUnit:
    """One assessed unit and its values by indicator; what is not there is not asked of it."""

    id: str
    name: str
    values: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class GridSheet:
    """What a provider enters for all units, as the site holds it now.

    ``clauses`` are the printed numbers by indicator.
    """

    issue: Issue
    indicators: tuple[Indicator, ...]
    units: tuple[GridUnit, ...]
    clauses: Mapping[str, Sequence[str]]
    due: str = ""


def write_grid(sheet: GridSheet, target: Target, *, secret: bytes) -> None:
    """Write the workbook that a provider fills in for all units at once.

    :raises CannotWrite: if the place is not writable, or a text is too long for a cell.
    """
    write_form(grid_form(sheet), target, secret=secret)


def read_grid(source: Source, file: str, sheet: GridSheet, *, secret: bytes) -> Filled:
    """Read a provider's filled workbook; ``sheet`` is what the site holds now.

    :raises Rejected: with every mistake at its sheet and cell.
    :raises Mistaken: if the whole workbook cannot be taken.
    """
    return read_form(source, file, grid_form(sheet), secret=secret)


def grid_form(sheet: GridSheet) -> Form:
    """The form of cells that a provider's grid is."""
    due = (f"请在{sheet.due}前填好、导入。",) if sheet.due else ()
    title = f"{sheet.issue.owner_title}数据表"
    pages = (_page(sheet),) if sheet.units and sheet.indicators else ()
    return Form(sheet.issue, title, dict(_records(sheet)), pages, due)


def _records(sheet: GridSheet) -> Iterator[tuple[Key, Record]]:
    for unit in sheet.units:
        for indicator in sheet.indicators:
            measured = unit.values.get(indicator.id)
            if measured is not None:
                key = VALUE, unit.id, indicator.id
                title = f"{unit.name} {indicator.title}"
                yield key, measured_record(key, title, measured, ("数值", "说明"))


def _page(sheet: GridSheet) -> Page:
    with_before = any(
        measured.before is not None or measured.asks_before
        for unit in sheet.units
        for measured in unit.values.values()
    )
    columns = [Column(ID, "编号", 9, centred=True), Column(NAME, "单位", 22)]
    for indicator in sheet.indicators:
        columns += _columns_of(
            indicator, sheet.clauses.get(indicator.id, ()), with_before=with_before
        )
    note = (
        "黄色直接填，蓝色从下拉列表中选，灰色不用填。没有数的留空并选“待定”，不当作 0；"
        "该单位没有这一项的选“无此项”；情况特殊的选“见说明”并写说明。"
    )
    issue = sheet.issue
    title = f"{issue.owner_title}　{issue.cycle_title}数据表"
    lines = tuple(_line(unit, sheet.indicators) for unit in sheet.units)
    on_a_page = INDICATORS_ON_A_PAGE * (4 if with_before else 3)
    a_page = on_a_page if len(sheet.indicators) > INDICATORS_ON_A_PAGE else 0
    return Page("grid", "数据表", title, note, tuple(columns), lines, 2, NAME, OVER, a_page)


def _columns_of(indicator: Indicator, clauses: Sequence[str], *, with_before: bool) -> list[Column]:
    words = (indicator.title, clause_words(clauses), unit_words(indicator), indicator.definition)
    heads = {"before": ("上年值", 10), "value": ("数值", 12)}
    heads |= {"state": ("无此项\n待定\n见说明", 9), "note": ("说明", 20)}
    return [
        Column((indicator.id, name), head, width, indicator.id, words, centred=name == "before")
        for name, (head, width) in heads.items()
        if with_before or name != "before"
    ]


def _line(unit: GridUnit, indicators: Sequence[Indicator]) -> Line:
    labels: dict[Key, str | Decimal] = {ID: unit.id, NAME: unit.name}
    for indicator in indicators:
        measured = unit.values.get(indicator.id)
        if measured is not None and not measured.asks_before:
            labels[indicator.id, "before"] = told(indicator, measured.before)
    return Line((VALUE, unit.id), labels)
