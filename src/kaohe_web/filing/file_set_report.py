"""The draft of a unit's self-assessment report (自评报告), made from what it filed."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, exact, write_number
from kaohe_web.cycles.models import Target
from kaohe_web.filing import values
from kaohe_web.filing.board import Line
from kaohe_web.filing.evidence_catalogue import Catalogue
from kaohe_web.filing.file_set_docx import Block, Paragraph, Table
from kaohe_web.filing.models import ReportedValue, Submission
from kaohe_web.filing.papers_scores import ScoreSheet

Sheet = ScoreSheet
TO_WRITE = "……"
"""Stands where the unit itself goes on writing."""


def report(sheet: Sheet, found: Catalogue) -> Iterator[Block]:
    """The draft, block by block; what only the unit can say is left for it to write."""
    unit, cycle = sheet.assessed, sheet.assessed.cycle
    yield Paragraph(_("%(unit)s质量工作自评报告（草稿）") % {"unit": unit}, "Title")
    yield Paragraph(_("一、总体情况"), "Heading1")
    yield Paragraph(overall(sheet))
    yield Paragraph(_("（请补充组织领导、主要做法和总体成效）%(rest)s") % {"rest": TO_WRITE})
    yield Paragraph(_("二、指标完成情况"), "Heading1")
    if table := indicators(sheet):
        yield table
    else:
        yield Paragraph(_("本单位没有需要填报的指标。"))
    yield Paragraph(_("三、各条款落实情况"), "Heading1")
    for section, lines in groupby(sheet.lines, key=lambda line: line.clause.section):
        yield Paragraph(section, "Heading2")
        for line in lines:
            yield from of_clause(line, files_of(found, line))
    yield Paragraph(_("四、失分情况"), "Heading1")
    yield from lost(sheet.lines)
    yield Paragraph(_("五、下一步打算"), "Heading1")
    yield Paragraph(_("（请补充改进措施、责任部门和完成时限）%(rest)s") % {"rest": TO_WRITE})
    yield Paragraph(_("%(unit)s（盖章）") % {"unit": unit}, "Right")
    yield Paragraph(_("年　　月　　日"), "Right")
    yield Paragraph(foot(sheet, cycle.name), "Small")


def overall(sheet: Sheet) -> str:
    """The figures of the whole."""
    cycle = sheet.assessed.cycle
    states = [line.state for line in sheet.lines]
    said = _(
        "考核年度为 %(first)s 至 %(last)s，依据%(rubric)s。本单位应填报 %(asked)s 条，"
        "分值合计 %(points)s 分；已提交 %(submitted)s 条，确认缺报 %(missing)s 条，"
        "不适用 %(exempt)s 条。自评得分合计 %(own)s 分"
    ) % {
        "first": cycle.first_day,
        "last": cycle.last_day,
        "rubric": cycle.edition.title,
        "asked": len(states) - states.count("exempt"),
        "points": write_number(sheet.points),
        "submitted": states.count(Submission.State.SUBMITTED),
        "missing": states.count(Submission.State.MISSING),
        "exempt": states.count("exempt"),
        "own": write_number(sheet.self_score),
    }
    if sheet.unscored:
        said += _("（另有 %(count)s 条尚未自评）") % {"count": sheet.unscored}
    return said + _("。")


def indicators(sheet: Sheet) -> Table | None:
    """What was measured, beside last year and the target; ``None`` if the parts read nothing."""
    asked = list(
        dict.fromkeys(
            indicator
            for line in sheet.lines
            if not line.exempt
            for indicator in (*line.clause.typed, *line.clause.shown)
        )
    )
    if not asked:
        return None
    held = values.rows_of(sheet.assessed, [indicator.id for indicator in asked])
    targets = {row.indicator: row.value for row in Target.objects.filter(assessed=sheet.assessed)}
    rows = [
        [
            indicator.title,
            indicator.unit.zh,
            values.told(indicator, before_of(held.get(indicator.id))) or "—",
            values.told(indicator, targets.get(indicator.id)) or "—",
            now_of(
                held.get(indicator.id), values.told(indicator, value_of(held.get(indicator.id)))
            ),
        ]
        for indicator in asked
    ]
    heads = [_("指标"), _("计量单位"), _("上年值"), _("目标值"), _("本年值")]
    return Table(heads, rows, (34, 18, 15, 15, 18))


def value_of(row: ReportedValue | None) -> Decimal | None:
    """The value of a row."""
    return row.value if row else None


def before_of(row: ReportedValue | None) -> Decimal | None:
    """Last year's value of a row."""
    return row.before if row else None


def now_of(row: ReportedValue | None, told: str) -> str:
    """A value for people, or why there is none."""
    if told or row is None:
        return told or _("未填")
    words = _("未填") if row.state == values.State.VALUE else str(row.get_state_display())
    return f"{words}（{row.note}）" if row.note else words


def of_clause(line: Line, files: list[str]) -> Iterator[Block]:
    """What was filed for one part."""
    submission = line.submission
    named = {
        "numbers": "、".join(line.clause.numbers),
        "title": line.clause.part.title,
        "points": write_number(line.clause.part.points),
        "own": _("未自评")
        if line.self_score is None
        else _("自评 %(score)s") % {"score": write_number(line.self_score)},
        "department": str(line.department or _("未分工")),
    }
    if line.exempt:
        yield Paragraph(
            _("第 %(numbers)s 条　%(title)s：不适用（%(reason)s）。")
            % {**named, "reason": line.exempt}
        )
        return
    yield Paragraph(
        _("第 %(numbers)s 条　%(title)s（分值 %(points)s，%(own)s，%(department)s）") % named
    )
    if submission and submission.state == Submission.State.MISSING:
        yield Paragraph(_("缺报原因：%(reason)s") % {"reason": submission.missing_reason})
    if submission and submission.note:
        yield Paragraph(submission.note)
    else:
        yield Paragraph(_("（请补充主要做法和成效）%(rest)s") % {"rest": TO_WRITE})
    if files:
        yield Paragraph(_("佐证材料：%(files)s。") % {"files": "、".join(files)})
    elif line.clause.part.evidence:
        expected = "、".join(line.clause.part.evidence)
        yield Paragraph(_("佐证材料：尚未上传；一般应有%(expected)s。") % {"expected": expected})


def files_of(found: Catalogue, line: Line) -> list[str]:
    """The names of a part's files, with the pages to look at."""
    part = line.clause.part.id
    uses = [each.use for each in found.lines if each.use and each.use.submission.part == part]
    return [
        _("《%(name)s》第 %(page)s 页") % {"name": use.evidence.name, "page": use.page}
        if use.page
        else f"《{use.evidence.name}》"
        for use in uses
    ]


def lost(lines: Iterable[Line]) -> Iterator[Block]:
    """The parts that do not give themselves full points, with the reason."""
    rows = []
    total = ZERO
    with exact():
        for line in lines:
            points, own = line.clause.part.points, line.self_score
            if line.exempt or own is None or own >= points:
                continue
            total += points - own
            rows.append(
                [
                    "、".join(line.clause.numbers),
                    line.clause.part.title,
                    write_number(points),
                    write_number(own),
                    write_number(points - own),
                    line.submission.lost_reason if line.submission else "",
                ]
            )
    if not rows:
        yield Paragraph(_("自评没有失分的条款。"))
        return
    rows.append([_("合计"), "", "", "", write_number(total), ""])
    heads = [_("条款"), _("条目"), _("分值"), _("自评"), _("失分"), _("原因")]
    yield Table(heads, rows, (10, 26, 9, 9, 9, 37))


def foot(sheet: Sheet, cycle: str) -> str:
    """From what the draft was made, and how a later one is told from it."""
    return _(
        "本草稿由系统按%(cycle)s的填报内容生成，仅供修改成文；"
        "内容指纹 %(fingerprint)s；留痕凭据 %(anchor)s"
    ) % {"cycle": cycle, "fingerprint": sheet.fingerprint, "anchor": sheet.anchor}
