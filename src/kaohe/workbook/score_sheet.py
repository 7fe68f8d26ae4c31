"""The score sheet of one unit (得分说明表): each item with its score, reason and department."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from kaohe.quantity import ZERO, exact, write_number
from kaohe.reading.writer import fingerprint
from kaohe.rubric.interpretation import in_force
from kaohe.rubric.model import Criterion, Rubric, Section
from kaohe.scoring.result import ItemScore, PartScore, UnitScore
from kaohe.wording.effects import effect_sentence
from kaohe.wording.words import Words, spread
from kaohe.workbook import looks
from kaohe.workbook.book import Book, Look, Sheet
from kaohe.workbook.fitting import row_height

HEADS = ("条目", "条款", "考核要点", "分值", "得分", "扣分", "得分说明", "负责部门")
WIDTHS = (8, 9, 34, 7, 11, 11, 62, 18)
WHOLE = sum(WIDTHS)
LAST = len(HEADS) - 1
CENTRED = (1, 3, 4, 5)
HEAD_ROW = 4
SHORT = slice(7, 19)
"""The part of a fingerprint that is shown: after ``sha256:``."""

Explain = Callable[[PartScore], str]
"""Words the reason of a part: ``explain_part`` of ``kaohe.wording.sentences``."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its eight cells, numbers as numbers, and how it looks."""

    cells: tuple[str | Decimal, ...]
    look: Look


def write_score_sheet(
    rubric: Rubric,
    unit: UnitScore,
    target: str | Path | BinaryIO,
    explain: Explain,
) -> None:
    """Write one unit's score sheet, ready to be printed on A4.

    :raises CannotWrite: if the place is not writable.
    """
    facts = unit.facts.unit
    book = Book(target, f"{facts.name} {rubric.title}得分说明表")
    sheet = book.sheet("得分说明表")
    sheet.columns(WIDTHS)
    sheet.raw.hide_gridlines(2)
    write_top(sheet, rubric, unit)
    with exact():
        table = [*lines(rubric, unit, explain), total_line(rubric, unit)]
    row = HEAD_ROW + 1
    for line in table:
        write_line(sheet, row, line)
        row += 1
    row = write_effects(sheet, row + 1, rubric, unit)
    write_readings(sheet, row, rubric)
    sheet.raw.freeze_panes(HEAD_ROW + 1, 0)
    sheet.print_on_a4((HEAD_ROW, HEAD_ROW))
    book.close()


def write_top(sheet: Sheet, rubric: Rubric, unit: UnitScore) -> None:
    """Whose sheet it is, the result in a line, and the edition it rests on."""
    facts = unit.facts.unit
    centred = {"align": "center", **looks.TITLE}
    sheet.span(0, 0, (0, LAST), f"{rubric.title}得分说明表", centred)
    sheet.height(0, Decimal(30))
    total = f"总分：{spread(unit.low, unit.high)} 分（满分 {write_number(rubric.points)} 分）"
    if not unit.settled:
        total += "，尚有未定项，先列出可能的范围"
    grade = f"等级：{unit.grade or '未定'}"
    rank = f"名次：{'未定' if unit.rank is None else f'第 {unit.rank} 名'}"
    name = f"被考核单位：{facts.name}（{facts.group}）"
    result = f"{name}　　{total}　　{grade}　　{rank}"
    sheet.span(1, 0, (1, LAST), result, {"bold": True, **looks.WRAP})
    sheet.height(1, row_height([(result, WHOLE)]))
    period = f"考核年度：{rubric.period.name}　　" if rubric.period.name else ""
    edition = f"{period}细则：{rubric.id}　　版次指纹：{fingerprint(rubric)[SHORT]}"
    sheet.span(2, 0, (2, LAST), edition, looks.NOTE)
    for column, head in enumerate(HEADS):
        sheet.text(HEAD_ROW, column, head, looks.HEAD)
    sheet.height(HEAD_ROW, Decimal(24))


def lines(rubric: Rubric, unit: UnitScore, explain: Explain) -> Iterator[Line]:
    """The table in document order: sections with their sums, items, parts."""
    items = {item.criterion.id: item for item in unit.items}

    def inside(section: Section, depth: int) -> Iterator[Line]:
        scored = [items[c.id] for c in section.all_criteria() if c.id in items]
        if scored:
            yield sum_line("　" * depth + section.title, scored, looks.SECTION)
        yield from of(section.criteria)
        for child in section.sections:
            yield from inside(child, depth + 1)

    def of(criteria: tuple[Criterion, ...]) -> Iterator[Line]:
        for criterion in criteria:
            if criterion.id in items:
                yield from item_lines(items[criterion.id], explain)

    for section in rubric.sections:
        yield from inside(section, 0)
    outside = [items[c.id] for c in rubric.adjustments if c.id in items]
    if outside:
        yield sum_line("总分之外（加分、扣分）", outside, looks.SECTION)
        yield from of(rubric.adjustments)


def sum_line(title: str, items: list[ItemScore], look: Look) -> Line:
    """The sums of a section."""
    points = sum((item.points for item in items), ZERO)
    low = sum((item.low for item in items), ZERO)
    high = sum((item.high for item in items), ZERO)
    return Line((title, "", "", points, *scores(points, low, high), "", ""), look)


def item_lines(item: ItemScore, explain: Explain) -> Iterator[Line]:
    """An item that is divided has a line of sums above its parts."""
    criterion = item.criterion
    if criterion.divided:
        sums = scores(item.points, item.low, item.high)
        clauses = "、".join(criterion.clauses)
        cells = (criterion.id, clauses, criterion.title, item.points, *sums, "", "")
        yield Line(cells, {**looks.CELL, "bold": True})
    for part in item.parts:
        yield part_line(part, explain)


def part_line(scored: PartScore, explain: Explain) -> Line:
    """One part with its reason."""
    part, outcome = scored.part, scored.outcome
    if scored.exempted is not None and scored.settled and not outcome.high:
        numbers: tuple[str | Decimal, ...] = ("不适用", "—")
    else:
        numbers = scores(part.points, outcome.low, outcome.high)
    who = "、".join((*part.lead, *part.supporting))
    clauses = "、".join(part.clauses)
    cells = (part.id, clauses, part.title, part.points, *numbers, explain(scored), who)
    return Line(cells, looks.CELL)


def total_line(rubric: Rubric, unit: UnitScore) -> Line:
    """The total, after whatever acts across items."""
    sums = scores(rubric.points, unit.low, unit.high)
    note = "含下列跨条目事项的影响" if unit.effects else ""
    return Line(("总分", "", "", rubric.points, *sums, note, ""), {**looks.SECTION, **looks.WRAP})


def scores(points: Decimal, low: Decimal, high: Decimal) -> tuple[str | Decimal, str | Decimal]:
    """The score and what was lost; ranges as text. Nothing is lost where there was nothing."""
    if low != high:
        lost = spread(max(points - high, ZERO), points - low) if points > ZERO else ""
        return spread(low, high), lost
    return low, (points - low if points > ZERO else "")


def write_line(sheet: Sheet, row: int, line: Line) -> None:
    """One row of the table, tall enough for its texts."""
    for column, cell in enumerate(line.cells):
        centred = {**line.look, "align": "center"} if column in CENTRED else line.look
        if isinstance(cell, Decimal):
            sheet.number(row, column, cell, centred)
        else:
            sheet.text(row, column, cell, centred)
    if line.look.get("bold") and not line.cells[2]:
        sheet.height(row, Decimal(24))
    else:
        sheet.fit(row, {c: cell for c, cell in enumerate(line.cells) if isinstance(cell, str)})


def write_effects(sheet: Sheet, row: int, rubric: Rubric, unit: UnitScore) -> int:
    """What acted across items; gives the row after it."""
    if not unit.effects:
        return row
    words = Words.of(rubric)
    sheet.text(row, 0, "跨条目事项（否决、前提条件、不适用换算等）", {"bold": True})
    for number, effect in enumerate(unit.effects, 1):
        write_note(sheet, row + number, f"{number}. {effect_sentence(effect, rubric, words)}")
    return row + len(unit.effects) + 2


def write_readings(sheet: Sheet, row: int, rubric: Rubric) -> None:
    """The readings in force: what the document leaves unclear, and how it was read."""
    chosen = in_force(rubric)
    readings = [reading for reading in rubric.readings if reading.id in chosen]
    if not readings:
        return
    sheet.text(row, 0, "计分所用口径（原文不明确之处如何理解）", {"bold": True})
    for number, reading in enumerate(readings, 1):
        choice = reading.choice(chosen[reading.id])
        clauses = f"（第 {'、'.join(reading.clauses)} 条）" if reading.clauses else ""
        means = choice.means if choice is not None else chosen[reading.id]
        once = "；本次计分临时改用" if reading.id in rubric.run_choices else ""
        text = f"{number}. {reading.id}{clauses}：{reading.unclear} → {means}{once}"
        write_note(sheet, row + number, text)


def write_note(sheet: Sheet, row: int, text: str) -> None:
    """A sentence over the whole width."""
    sheet.span(row, 0, (row, LAST), text, looks.PLAIN)
    sheet.height(row, row_height([(text, WHOLE)]))
