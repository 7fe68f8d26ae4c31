"""The sheets of measured values: this year's with what is pending, the targets, last year's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.rubric.model import Indicator
from kaohe.rules.base import IndicatorId
from kaohe.scoring.observations import Observations
from kaohe.workbook import looks
from kaohe.workbook.asking import parts_asking_for
from kaohe.workbook.book import Sheet
from kaohe.workbook.form import (
    ID_COLUMN,
    KEY_COLUMN,
    KEY_ROW,
    NAME_COLUMN,
    TITLE_ROW,
    Form,
    put_value,
)
from kaohe.workbook.hints import clause_words, refused, shown, unit_words, value_rule
from kaohe.workbook.keys import NOT_APPLICABLE, PENDING, STATES, key

HEAD_ROW = 3
ID_WIDTH, NAME_WIDTH, VALUE_WIDTH, STATE_WIDTH = 9, 22, 13, 11
SCALE = 78
ON_A_PAGE = 4
"""As many indicators as an A4 page holds sideways at that scale, whatever font stands in."""

STATE_RULE = {
    "validate": "list",
    "source": list(STATES),
    **shown(
        f"{NOT_APPLICABLE} / {PENDING}",
        f"{PENDING}：数值还没有出来，按缺数处理，不当作 0。",
        f"{NOT_APPLICABLE}：本单位没有这一项，不考核；可写成“{NOT_APPLICABLE}：理由”。",
    ),
    **refused(
        "请核对", f"只能是“{PENDING}”“{NOT_APPLICABLE}”或“{NOT_APPLICABLE}：理由”", "warning"
    ),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One of these sheets: its keys, its words, and where its values come from."""

    sheet: str
    column: str
    title: str
    note: str
    known: Callable[[Observations], Mapping[IndicatorId, Decimal]]
    states: bool = False


VALUES = Kind(
    "values",
    "value",
    "指标值",
    f"由数据提供单位填写。没有数的格留空并在右边选“{PENDING}”；空着或待定都不当作 0，"
    f"得分先算成一个范围。本单位没有这一项的选“{NOT_APPLICABLE}”，不要填 0。",
    lambda unit: unit.values,
    states=True,
)
TARGETS = Kind(
    "targets",
    "target",
    "目标值",
    "按目标备案填写；没有备案的留空，得分先算成一个范围。",
    lambda unit: unit.targets,
)
PREVIOUS = Kind(
    "previous",
    "previous",
    "上年值",
    "填上一个考核年度的数值，用来计算升降；没有的留空。",
    lambda unit: unit.previous,
)


def write_values(form: Form, kind: Kind, indicators: Sequence[Indicator]) -> None:
    """One of the sheets of values: a row for each unit, one or two columns for each indicator."""
    sheet = form.sheet(kind.sheet, kind.title, kind.note)
    span = 2 if kind.states else 1
    sheet.columns([ID_WIDTH, NAME_WIDTH], ID_COLUMN)
    width = VALUE_WIDTH if kind.states else VALUE_WIDTH + STATE_WIDTH
    for place in range(len(indicators)):
        sheet.columns([width, STATE_WIDTH][:span], NAME_COLUMN + 1 + place * span)
    first = write_heads(form, sheet, kind, indicators)
    write_rows(form, sheet, kind, indicators, first)
    last = first + form.slots - 1
    for place, indicator in enumerate(indicators):
        column = NAME_COLUMN + 1 + place * span
        rule = value_rule(indicator, form.choices(indicator.values))
        sheet.validate([(first, column, last, column)], rule)
        if kind.states:
            sheet.validate([(first, column + 1, last, column + 1)], STATE_RULE)
    sheet.raw.freeze_panes(first, NAME_COLUMN + 1)
    sheet.print_on_a4((TITLE_ROW, first - 1), left=(ID_COLUMN, NAME_COLUMN), scale=SCALE)
    breaks = range(ON_A_PAGE, len(indicators), ON_A_PAGE)
    sheet.raw.set_v_pagebreaks([NAME_COLUMN + 1 + place * span for place in breaks])
    sheet.protect()


def head_words(form: Form, indicator: Indicator) -> dict[str, str]:
    """What the head of an indicator's columns says, by the label of the row."""
    clauses = [c for part in parts_asking_for(form.rubric, indicator.id) for c in part.clauses]
    registered = indicator.id in form.rubric.registers
    return {
        "指标": indicator.title,
        "条款": clause_words(clauses),
        "单位与范围": unit_words(indicator),
        "由谁提供": indicator.provider,
        "说明": "；".join(
            words
            for words in (
                indicator.definition,
                "已在“登记”表逐项登记的，这里不要再填" if registered else "",
            )
            if words
        ),
    }


def write_heads(form: Form, sheet: Sheet, kind: Kind, indicators: Sequence[Indicator]) -> int:
    """The keys and heads of all columns; gives the row of the first unit."""
    span = 2 if kind.states else 1
    heads = [head_words(form, indicator) for indicator in indicators]
    labels = [label for label in heads[0] if any(head[label] for head in heads)]
    for row, label in enumerate(labels, HEAD_ROW):
        look = looks.HEAD if label == "指标" else looks.SMALL_HEAD
        sheet.span(row, ID_COLUMN, (row, NAME_COLUMN), label, look)
        for place, head in enumerate(heads):
            column = NAME_COLUMN + 1 + place * span
            sheet.span(row, column, (row, column + span - 1), head[label], look)
        room = sum(sheet.widths[NAME_COLUMN + 1 + step] for step in range(span))
        sheet.fit_blocks(row, [head[label] for head in heads], room)
    row = HEAD_ROW + len(labels)
    sheet.text(row, ID_COLUMN, "编号", looks.HEAD)
    sheet.text(row, NAME_COLUMN, "单位", looks.HEAD)
    for place, indicator in enumerate(indicators):
        column = NAME_COLUMN + 1 + place * span
        sheet.text(KEY_ROW, column, key(kind.column, indicator.id), looks.KEY)
        sheet.text(row, column, kind.title if span == 1 else "数值", looks.HEAD)
        if kind.states:
            sheet.text(KEY_ROW, column + 1, key("state", indicator.id), looks.KEY)
            sheet.text(row, column + 1, f"{NOT_APPLICABLE}/\n{PENDING}", looks.SMALL_HEAD)
    sheet.height(row, Decimal(32))
    return row + 1


def write_rows(
    form: Form, sheet: Sheet, kind: Kind, indicators: Sequence[Indicator], first: int
) -> None:
    """A row for each unit slot, with the values that are known."""
    for slot, unit in form.units():
        row = first + slot - 1
        sheet.text(row, KEY_COLUMN, str(slot), looks.KEY)
        form.unit_id(sheet, row, ID_COLUMN, slot, looks.FIXED_CENTRE)
        form.unit_name(sheet, row, NAME_COLUMN, slot, looks.FIXED)
        sheet.fit(row, {NAME_COLUMN: unit.name if unit else ""})
        for place, indicator in enumerate(indicators):
            column = NAME_COLUMN + 1 + place * (2 if kind.states else 1)
            value = kind.known(unit).get(indicator.id) if unit else None
            put_value(sheet, (row, column), indicator, value, looks.INPUT)
            if kind.states:
                sheet.text(row, column + 1, "", looks.CHOICE)
