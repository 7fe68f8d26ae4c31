"""The sheets that are lists: what is registered, vetoes, means that stand in for computed ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kaohe.rubric.model import Indicator
from kaohe.scoring.observations import Determination, Entry, Observations
from kaohe.workbook import looks
from kaohe.workbook.book import Look, Sheet
from kaohe.workbook.dates import serial_of
from kaohe.workbook.form import KEY_COLUMN, KEY_ROW, TITLE_ROW, Form
from kaohe.workbook.hints import refused, shown
from kaohe.workbook.keys import (
    ENTRY_COLUMNS,
    NONE_REGISTERED,
    REFERENCE_COLUMNS,
    UNKNOWN_MEAN,
    VETO_COLUMNS,
    key,
)
from kaohe.workbook.labels import Labels

HEAD_ROW = 3
FIRST_ROW = 4
SPARE_ROWS = 60
"""Empty rows below what is already known."""

FEWER_SPARE_ROWS = 20

NAMED_REFERENCES = {"province": "全省平均值", "city": "全市平均值", "nation": "全国平均值"}
"""What the commonest names of references are called on the sheet."""

Content = str | Decimal


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: key, head, width, look, and what Excel allows in it."""

    key: str
    head: str
    width: int
    look: Look
    rule: dict[str, Any]


def write_list(
    sheet: Sheet, columns: list[Column], known: Iterable[Mapping[str, Content]], spare: int
) -> None:
    """The heads, the rows that are known and empty ones below them."""
    sheet.columns([column.width for column in columns], 1)
    for place, column in enumerate(columns, 1):
        sheet.text(KEY_ROW, place, column.key, looks.KEY)
        sheet.text(HEAD_ROW, place, column.head, looks.HEAD)
    sheet.fit(HEAD_ROW, {place: column.head for place, column in enumerate(columns, 1)})
    lines = list(known)
    lines += [{} for _ in range(spare)]
    last = FIRST_ROW + len(lines) - 1
    for row, line in enumerate(lines, FIRST_ROW):
        sheet.text(row, KEY_COLUMN, str(row - FIRST_ROW + 1), looks.KEY)
        for place, column in enumerate(columns, 1):
            content = line.get(column.key, "")
            if isinstance(content, Decimal):
                sheet.number(row, place, content, column.look)
            else:
                sheet.text(row, place, content, column.look)
        words = {p: str(line.get(column.key, "")) for p, column in enumerate(columns, 1)}
        sheet.fit(row, words)
    for place, column in enumerate(columns, 1):
        sheet.validate([(FIRST_ROW, place, last, place)], column.rule)
    sheet.raw.freeze_panes(FIRST_ROW, 2)
    sheet.print_on_a4((TITLE_ROW, HEAD_ROW))
    sheet.protect()


def choose_from(names: list[str] | str, what: str, *, kind: str = "stop") -> dict[str, Any]:
    """A drop-down."""
    no = refused(f"没有这个{what}", f"请从下拉列表中选择{what}", kind)
    return {"validate": "list", "source": names, **shown(what, "从下拉列表中选择"), **no}


def free(title: str, *lines: str) -> dict[str, Any]:
    """Anything, with a hint."""
    return {"validate": "any", **shown(title, *lines)}


def unit_labels(form: Form) -> Labels:
    """The units that are known, by id and name."""
    return Labels({unit.id: unit.name for unit in form.data.units})


def write_entries(form: Form) -> None:
    """The sheet ``登记``: one row for each award or event."""
    registers = form.rubric.registers
    titles = Labels({name: form.rubric.indicators[name].title for name in registers})
    levels = (level.title for register in registers.values() for level in register.levels)
    note = (
        "每行登记一件，没有证明文件的不能计数；同一件只按最高级别计一次。"
        f"确认一件也没有的，选好单位和项目，名称填“{NONE_REGISTERED}”，其余留空。"
    )
    sheet = form.sheet("entries", "登记", note)
    heads, text, chosen = ENTRY_COLUMNS, looks.INPUT_TEXT, looks.CHOICE_LEFT
    rules = {
        "unit": (18, chosen, choose_from(form.unit_list(), "单位")),
        "indicator": (18, chosen, choose_from(form.choices(titles.all()), "登记项目")),
        "name": (30, text, free("名称", "奖项或事项的全称", *catalogue_words(form))),
        "level": (11, chosen, choose_from(form.choices(levels), "级别")),
        "holder": (20, text, free("获得者", "企业、工程、产品的名称")),
        "date": (13, looks.INPUT_DATE, free("日期", "如 2017-05-31")),
        "document": (28, text, free("证明文件及文号", "没有证明文件的不能计数")),
        "approval": (24, text, free("目录以外的认定依据", "目录里没有的，经批准才能计数")),
    }
    columns = [Column(name, heads[name], *rules[name]) for name in heads]
    write_list(sheet, columns, known_entries(form, titles), SPARE_ROWS)


def catalogue_words(form: Form) -> Iterator[str]:
    """What the catalogues of the registers hold, for a hint."""
    for register in form.rubric.registers.values():
        if register.kinds:
            yield f"{register.title}的目录：{'、'.join(kind.name for kind in register.kinds)}"


def known_entries(form: Form, titles: Labels) -> Iterator[dict[str, Content]]:
    """The rows for what is registered already, unit by unit."""
    labels = unit_labels(form)
    for unit in form.data.units:
        for indicator, entries in unit.entries.items():
            levels = Labels({lv.id: lv.title for lv in form.rubric.registers[indicator].levels})
            head = {"unit": labels.of(unit.id), "indicator": titles.of(indicator)}
            if not entries:
                yield {**head, "name": NONE_REGISTERED}
            for entry in entries:
                yield {**head, **entry_row(entry, levels)}


def entry_row(entry: Entry, levels: Labels) -> dict[str, Content]:
    """One registered thing as a row; a day as a real date."""
    serial = serial_of(entry.date)
    return {
        "name": entry.name,
        "level": levels.of(entry.level),
        "holder": entry.holder,
        "date": entry.date if serial is None else Decimal(serial),
        "document": entry.document,
        "approval": entry.approval,
    }


def write_vetoes(form: Form) -> None:
    """The sheet ``否决``: recorded decisions, never computed."""
    titles = Labels({veto.id: veto.title for veto in form.rubric.vetoes})
    note = "只填已有书面认定的否决事项，写明认定机关和文号；没有就整张表留空。"
    sheet = form.sheet("vetoes", "否决", note)
    tests = [f"{veto.title}：{'；'.join(veto.test)}" for veto in form.rubric.vetoes]
    rules = {
        "unit": (22, looks.CHOICE_LEFT, choose_from(form.unit_list(), "单位")),
        "veto": (44, looks.CHOICE_LEFT, choose_from(form.choices(titles.all()), "否决项")),
        "authority": (28, looks.INPUT_TEXT, free("认定机关", *tests)),
        "document": (36, looks.INPUT_TEXT, free("文号", "认定文件的名称和文号")),
    }
    columns = [Column(name, VETO_COLUMNS[name], *rules[name]) for name in VETO_COLUMNS]
    write_list(sheet, columns, known_vetoes(form.data.units, form, titles), FEWER_SPARE_ROWS)


def known_vetoes(
    units: Iterable[Observations], form: Form, titles: Labels
) -> Iterator[dict[str, Content]]:
    """The rows for vetoes that are recorded already."""
    labels = unit_labels(form)
    for unit in units:
        for veto in unit.vetoes:
            case = unit.determinations.get(veto, Determination())
            yield {
                "unit": labels.of(unit.id),
                "veto": titles.of(veto),
                "authority": case.authority,
                "document": case.document,
            }


def write_references(form: Form) -> None:
    """The sheet ``参考值``: means given from outside, in place of computed ones."""
    indicators = form.rubric.indicators
    titles = Labels({name: indicator.title for name, indicator in indicators.items()})
    named = dict.fromkeys(name for i in indicators.values() for name in i.references)
    note = (
        "上级公布了平均值时填写：填了就用它，不填就按本组各单位的数值计算。"
        "参评组要与“单位”表中的写法完全一样。"
    )
    sheet = form.sheet("references", "参考值", note)
    rule = {"validate": "decimal", "criteria": ">=", "value": "0"}
    rule |= refused("请核对", "平均值应是不小于 0 的数。确实要这样填吗？")
    columns = [
        Column(
            "group",
            REFERENCE_COLUMNS["group"],
            26,
            looks.INPUT_TEXT,
            free("参评组", "与“单位”表一致"),
        ),
        Column(
            "indicator",
            REFERENCE_COLUMNS["indicator"],
            38,
            looks.CHOICE_LEFT,
            choose_from(form.choices(titles.all()), "指标"),
        ),
        Column("mean", REFERENCE_COLUMNS["mean"], 16, looks.INPUT, rule),
    ]
    for name in named:
        head = reference_head(name, indicators.values())
        columns.append(Column(key("reference", name), head, 22, looks.INPUT, rule))
    write_list(sheet, columns, known_references(form, titles), FEWER_SPARE_ROWS)


def reference_head(name: str, indicators: Iterable[Indicator]) -> str:
    """What a named reference is called, and of which indicators it is asked."""
    of = "、".join(i.title for i in indicators if name in i.references)
    return f"{NAMED_REFERENCES.get(name, name)}（只用于：{of}）"


def known_references(form: Form, titles: Labels) -> Iterator[dict[str, Content]]:
    """The rows for references that are known already: one for each group and indicator."""
    rows: dict[tuple[str, str], dict[str, Content]] = {}
    for (group, indicator, name), value in form.data.references.items():
        row = {"group": group, "indicator": titles.of(indicator)}
        column = key("reference", name) if name else "mean"
        rows.setdefault((group, indicator), {**row})[column] = (
            UNKNOWN_MEAN if value is None else value
        )
    yield from rows.values()
