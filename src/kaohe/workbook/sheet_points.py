"""The sheet of assessors' points: a row for each part, three columns for each unit."""

from collections.abc import Iterator
from decimal import Decimal

from kaohe.quantity import write_number
from kaohe.rubric.model import Criterion, Part, Section
from kaohe.scoring.observations import Observations
from kaohe.workbook import looks
from kaohe.workbook.book import Sheet
from kaohe.workbook.fitting import text_width
from kaohe.workbook.form import KEY_COLUMN, KEY_ROW, TITLE_ROW, Form
from kaohe.workbook.hints import award_rule, award_words, clause_words, shown
from kaohe.workbook.keys import NOT_APPLICABLE, PENDING, key
from kaohe.workbook.sheet_values import STATE_RULE
from kaohe.workbook.silence import Decides, who_decides

HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 2
LEFT = {"条目": 8, "条款": 10, "考核要点": 34, "分值": 7, "负责部门": 18, "给分办法": 25}
FROZEN = 5
FIRST_UNIT_COLUMN = 1 + len(LEFT)
UNIT_WIDTHS = (8, 11, 23)
SCALE = 70
UNIT_HEADS = {"points": "得分", "state": f"{NOT_APPLICABLE}/\n{PENDING}", "reason": "理由"}
"""What stands over each of a unit's three columns."""

NOTE = (
    f"由评审员填写：得分在 0 与分值之间，扣分的请写理由。还没评的留空或选“{PENDING}”；"
    f"经批准不考核的选“{NOT_APPLICABLE}”并写理由。灰色的由规则计分，不用打分。"
)


def write_points(form: Form) -> None:
    """The sheet ``评审得分``."""
    sheet = form.sheet("points", "评审得分", NOTE)
    sheet.columns(LEFT.values(), 1)
    for slot in range(1, form.slots + 1):
        sheet.columns(UNIT_WIDTHS, column_of(slot))
    write_heads(form, sheet)
    row = FIRST_ROW
    for what in rows(form):
        if isinstance(what, str):
            write_section(form, sheet, row, what)
        else:
            criterion, part = what
            decides = who_decides(part, form.rubric.indicators)
            write_part(form, sheet, row, (criterion, part, decides))
            if decides != "rule":
                cells = [(row, column_of(s), row, column_of(s)) for s in range(1, form.slots + 1)]
                sheet.validate(cells, award_rule(part, decides))
        row += 1
    columns = [column_of(slot) + 1 for slot in range(1, form.slots + 1)]
    sheet.validate([(FIRST_ROW, column, row - 1, column) for column in columns], STATE_RULE)
    reason = {"validate": "any", **shown("理由", "扣分的原因，或不考核的批准依据；会写进得分说明")}
    sheet.validate([(FIRST_ROW, c + 1, row - 1, c + 1) for c in columns], reason)
    sheet.raw.freeze_panes(FIRST_ROW, FROZEN)
    sheet.print_on_a4((TITLE_ROW, FIRST_ROW - 1), left=(1, FROZEN - 1), scale=SCALE)
    sheet.raw.set_v_pagebreaks([column_of(slot) for slot in range(2, form.slots + 1, 2)])
    sheet.protect()


def column_of(slot: int) -> int:
    """The first of a unit slot's three columns."""
    return FIRST_UNIT_COLUMN + (slot - 1) * len(UNIT_WIDTHS)


def rows(form: Form) -> Iterator[str | tuple[Criterion, Part]]:
    """The rows in document order: heads of sections, and parts with their criteria."""

    def inside(section: Section, depth: int) -> Iterator[str | tuple[Criterion, Part]]:
        yield f"{'　' * depth}{section.title}（{write_number(section.points)} 分）"
        for criterion in section.criteria:
            for part in criterion.parts:
                yield criterion, part
        for child in section.sections:
            yield from inside(child, depth + 1)

    for section in form.rubric.sections:
        yield from inside(section, 0)
    if form.rubric.adjustments:
        yield "总分之外（加分、扣分）"
    for criterion in form.rubric.adjustments:
        for part in criterion.parts:
            yield criterion, part


def write_heads(form: Form, sheet: Sheet) -> None:
    """The heads: what each left column is, and for each unit its name over its three columns."""
    for column, label in enumerate(LEFT, 1):
        sheet.span(HEAD_ROW, column, (HEAD_ROW + 1, column), label, looks.HEAD)
    for slot in range(1, form.slots + 1):
        column = column_of(slot)
        sheet.span(HEAD_ROW, column, (HEAD_ROW, column + 2), "", looks.HEAD)
        form.unit_name(sheet, HEAD_ROW, column, slot, looks.HEAD)
        for step, (kind, word) in enumerate(UNIT_HEADS.items()):
            sheet.text(KEY_ROW, column + step, key(kind, str(slot)), looks.KEY)
            sheet.text(HEAD_ROW + 1, column + step, word, looks.SMALL_HEAD)
    sheet.height(HEAD_ROW, Decimal(24))
    sheet.height(HEAD_ROW + 1, Decimal(32))


def write_section(form: Form, sheet: Sheet, row: int, title: str) -> None:
    """The head of a section; nothing is entered in its row."""
    sheet.text(row, 1, title, looks.SECTION)
    for column in range(2, column_of(form.slots) + len(UNIT_WIDTHS)):
        sheet.text(row, column, "", looks.SECTION)
    sheet.height(row, Decimal(22))


def write_part(form: Form, sheet: Sheet, row: int, what: tuple[Criterion, Part, Decides]) -> None:
    """One part: what it is on the left, what was given to each unit on the right."""
    criterion, part, decides = what
    title = part.title
    if criterion.divided and criterion.title != part.title:
        title = f"{criterion.title}：{part.title}"
    if part.applies_to:
        kinds = [form.rubric.unit_types.get(kind, kind) for kind in part.applies_to]
        title += f"（只考核{'、'.join(kinds)}）"
    sheet.text(row, KEY_COLUMN, part.id, looks.KEY)
    left = {
        1: part.id,
        2: clause_words(part.clauses),
        3: title,
        5: "、".join((*part.lead, *part.supporting)),
        6: award_words(part, decides),
    }
    for column, text in left.items():
        sheet.text(row, column, text, looks.FIXED_CENTRE if column <= 2 else looks.FIXED)  # noqa: PLR2004 -- id and clause
    sheet.number(row, 4, part.points, looks.FIXED_CENTRE)
    reasons = [write_unit(sheet, (row, column_of(s)), part, decides, u) for s, u in form.units()]
    sheet.fit(row, {**left, column_of(1) + 2: max(reasons, key=text_width)})


def write_unit(
    sheet: Sheet, at: tuple[int, int], part: Part, decides: Decides, unit: Observations | None
) -> str:
    """What a unit was given on a part; gives the reason."""
    row, column = at
    award = unit.awards.get(part.id) if unit else None
    exempt = unit.exempt.get(part.id, "") if unit else ""
    if award is not None:
        sheet.number(row, column, award.score, looks.INPUT)
    else:
        sheet.text(row, column, "", looks.RULED if decides == "rule" else looks.INPUT)
    sheet.text(row, column + 1, NOT_APPLICABLE if exempt else "", looks.CHOICE)
    reason = exempt or (award.reason if award else "")
    sheet.text(row, column + 2, reason, looks.REASON)
    return reason
