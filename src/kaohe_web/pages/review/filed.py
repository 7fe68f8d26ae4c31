"""What is filed for a part, as its assessor reads it beside the judging form."""

from dataclasses import dataclass

from kaohe.quantity import write_number
from kaohe.rules.base import IndicatorId
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.trace import ReadingTrace, readings_of
from kaohe.wording.words import Words
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.filing import queries, values
from kaohe_web.filing.clauses import Clause, year_of
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.pages.filing.words import TONES, spoken, state_words
from kaohe_web.people.actor import Actor
from kaohe_web.review.awaiting import said_by_rule
from kaohe_web.review.marks import REVIEWABLE


@dataclass(frozen=True, slots=True)
class Value:
    """One value that the rule reads, in words, and who says so."""

    title: str
    told: str
    before: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Filed:
    """Everything at the left of the judging form."""

    submission: Submission | None
    state_words: str
    tone: str
    shown: bool
    """Whether it is submitted: what a department is still writing is not shown."""
    values: tuple[Value, ...]
    awards: tuple[AwardEntry, ...]
    rule: str
    outcome: str
    readings: tuple[ReadingTrace, ...]


def filed(by: Actor, assessed: AssessedUnit, clause: Clause) -> Filed:
    """What is filed for a part, as far as the assessor reads it."""
    year = year_of(assessed.cycle)
    words = Words.of(year.rubric, spoken())
    rows = queries.submissions(by, assessed.cycle).filter(assessed=assessed, part=clause.part.id)
    submission = rows.first()
    asked = clause.part.filing == "units"
    shown = not asked or (submission is not None and submission.state in REVIEWABLE)
    state = submission.state if submission else "none"
    registers = [str(register.indicator) for register in clause.registers]
    entries = queries.awards(by, assessed.cycle).filter(assessed=assessed, indicator__in=registers)
    return Filed(
        submission=submission,
        state_words=state_words(state) if asked else "",
        tone=TONES[state],
        shown=shown,
        values=values_of(assessed, clause, words) if shown else (),
        awards=tuple(entries) if shown and registers else (),
        rule=rule_sentence(clause.part.rule, clause.part.points, words),
        outcome=said_by_rule(assessed, clause, spoken()) if clause.read else "",
        readings=tuple(each for each in readings_of(clause.part, year.rubric) if each.meaning),
    )


def values_of(assessed: AssessedUnit, clause: Clause, words: Words) -> tuple[Value, ...]:
    """The values that the rule reads, whoever entered them."""
    indicators = (*clause.typed, *clause.shown)
    rows = values.rows_of(assessed, [each.id for each in indicators])
    return tuple(told(each.id, each.title, rows.get(each.id), words) for each in indicators)


def told(indicator: str, title: str, row: ReportedValue | None, words: Words) -> Value:
    """One value in words; what is none is said to be none."""
    if row is None:
        return Value(title, "", "", "", "")
    number = IndicatorId(indicator)
    now = words.value(number, row.value) if row.value is not None else ""
    if row.state != ReportedValue.State.VALUE:
        now = str(ReportedValue.State(row.state).label)
    before = write_number(row.before) if row.before is not None else ""
    return Value(title, now, before, row.note, row.source)
