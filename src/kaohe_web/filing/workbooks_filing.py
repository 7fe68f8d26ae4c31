"""A department's filing as the workbook (填报表) has it: its parts, its indicators, its awards."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.rubric.model import Indicator
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.words import Words
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty, Exemption, Target
from kaohe_web.cycles.queries import parts_shared
from kaohe_web.errors import WrongState
from kaohe_web.filing import queries, values
from kaohe_web.filing.clauses import Clause, Year, year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue, SignOff, Submission
from kaohe_web.filing.opened import OPEN_STATES, why_closed
from kaohe_web.filing.windows import Windows, require_filing
from kaohe_web.people.actor import Actor
from kaohe_web.sheets.awards import AwardRow
from kaohe_web.sheets.filing import FilingSheet, IndicatorRow, PartRow
from kaohe_web.sheets.measured import Measured
from kaohe_web.sheets.model import Issue

VALUE = ReportedValue.State.VALUE


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held of a department's filing, read once."""

    assessed: AssessedUnit
    year: Year
    duties: Mapping[str, Duty]
    clauses: tuple[Clause, ...]
    submissions: Mapping[str, Submission]
    rows: Mapping[str, ReportedValue]
    targets: Mapping[str, Decimal | None]
    counts: Mapping[str, int]
    awards: tuple[AwardEntry, ...]
    closed: Mapping[str, str]


def held(by: Actor, cycle: Cycle, at: dt.datetime) -> Held:
    """What the actor's department files in a year, as it stands.

    :raises WrongState: if it leads no part.
    """
    duties = {duty.part: duty for duty in queries.duties_to_fill(by, cycle)}
    if not duties:
        raise WrongState(_("还没有分给本部门牵头的条款，没有可填的表；请等单位质强办分工"))
    assessed = next(iter(duties.values())).assessed
    year = year_of(cycle)
    exempt = set(Exemption.objects.filter(assessed=assessed).values_list("part", flat=True))
    clauses = tuple(
        clause
        for clause in year.clauses(assessed.type).filed()
        if clause.part.id in duties and clause.part.id not in exempt
    )
    submissions = {
        row.part: row for row in queries.submissions(by, cycle).filter(assessed=assessed)
    }
    typed = [indicator.id for clause in clauses for indicator in clause.typed]
    registers = queries.registers_of(parts_shared(by, cycle), cycle)
    counts = dict.fromkeys(registers, 0)
    for award in AwardEntry.objects.filter(assessed=assessed, indicator__in=registers):
        counts[award.indicator] += 1
    return Held(
        assessed=assessed,
        year=year,
        duties=duties,
        clauses=clauses,
        submissions=submissions,
        rows=values.rows_of(assessed, typed),
        targets=dict(Target.objects.filter(assessed=assessed).values_list("indicator", "value")),
        counts=counts,
        awards=tuple(queries.awards_to_change(by, cycle).filter(assessed=assessed)),
        closed=closed(by, assessed, submissions, at),
    )


class Closed(dict[str, str]):
    """Why parts are closed; a part nobody has begun is closed for one reason or none."""

    def __init__(self, reasons: Mapping[str, str], unbegun: str) -> None:
        super().__init__(reasons)
        self.unbegun = unbegun

    def __missing__(self, part: str) -> str:
        return self.unbegun


def closed(
    by: Actor, assessed: AssessedUnit, submissions: Mapping[str, Submission], at: dt.datetime
) -> Closed:
    """Why each part cannot be written at now; empty where it can."""
    window = Windows(assessed.cycle).of_department(assessed, by.department_id)

    def why(submission: Submission | None) -> str:
        try:
            require_filing(assessed.cycle, window, submission, at)
        except WrongState as refusal:
            return refusal.sentence
        if submission is not None and submission.state not in OPEN_STATES:
            return why_closed(submission.state)
        return ""

    signed = SignOff.objects.filter(assessed=assessed).exists()
    unbegun = why(None) or (_("本单位已签署提交；要补报这一条，请考核办退回") if signed else "")
    return Closed({part: why(row) for part, row in submissions.items()}, unbegun)


def sheet_of(found: Held, issue: Issue, due: dt.date | None) -> FilingSheet:
    """The workbook of what is held."""
    registers = found.year.rubric.registers
    return FilingSheet(
        issue,
        tuple(rows_of(found)),
        tuple(each for name, each in registers.items() if name in found.counts),
        tuple(award_row(found, award) for award in found.awards),
        due=in_words(due),
    )


def rows_of(found: Held) -> Iterator[PartRow | IndicatorRow]:
    """A row for each indicator and each part, in the order of the document."""
    words = Words.of(found.year.rubric, "zh")
    for clause in found.clauses:
        submission = found.submissions.get(clause.part.id)
        why = found.closed[clause.part.id]
        status = status_of(submission)
        for indicator in clause.typed:
            yield indicator_row(found, clause, indicator, why, status)
        part = clause.part
        yield PartRow(
            part=part.id,
            title=part.title,
            clauses=clause.numbers,
            points=part.points,
            rule=rule_sentence(part.rule, part.points, words),
            version=submission.version if submission else 0,
            self_score=submission.self_score if submission else None,
            lost_reason=submission.lost_reason if submission else "",
            note=submission.note if submission else "",
            section=clause.section,
            least=part.rule.least(part.points),
            status=status,
            locked=why,
        )


def indicator_row(
    found: Held, clause: Clause, indicator: Indicator, why: str, status: str
) -> IndicatorRow:
    """The row of one indicator; one that is counted from a register is not typed."""
    row = found.rows.get(indicator.id)
    counted = found.counts.get(indicator.id, 0)
    if counted and not why:
        why = _("登记了 %(count)s 件，个数由登记算出") % {"count": counted}
    measured = measured_of(indicator, row, why)
    return IndicatorRow(
        measured,
        target=found.targets.get(indicator.id) if indicator.target else None,
        clauses=clause.numbers,
        section=clause.section,
        status=status,
    )


def measured_of(indicator: Indicator, row: ReportedValue | None, locked: str) -> Measured:
    """A value as a cell has it; last year's may be typed where nobody carried it over."""
    if row is None:
        return Measured(indicator, asks_before=True, locked=locked)
    return Measured(
        indicator,
        value=row.value,
        state="" if row.state == VALUE else row.state,
        note=row.note,
        before=row.before,
        version=row.version,
        asks_before=not row.rolled,
        locked=locked,
    )


def award_row(found: Held, award: AwardEntry) -> AwardRow:
    """A registered thing as a row has it."""
    part = found.year.clauses(found.assessed.type).entered_with.get(award.indicator, "")
    return AwardRow(
        id=str(award.pk),
        indicator=award.indicator,
        name=award.name,
        level=award.level,
        on_day=award.on_day.isoformat(),
        document=award.document,
        version=award.version,
        holder=award.holder,
        approval=award.approval,
        locked=found.closed[part],
    )


def status_of(submission: Submission | None) -> str:
    """Where a part stands, for the column beside it; nothing for what is just being filled."""
    if submission is None or submission.state == Submission.State.DRAFT:
        return ""
    words = str(submission.get_state_display())
    if submission.state == Submission.State.RETURNED:
        return f"{words}：{submission.returned_note}"[:300]
    return words


def in_words(day: dt.date | None) -> str:
    """A day as the guide of a workbook says it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
