"""A district alone: points lost per department, and what is open, with whom and until when."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import ZERO, exact, write_number
from kaohe.scoring.result import PartScore, UnitScore
from kaohe.wording.sentences import explain_part
from kaohe.wording.words import Lang, Words
from kaohe_web.cycles.models import AssessedUnit, Cycle, Duty
from kaohe_web.filing.models import Submission
from kaohe_web.filing.windows import Windows, due_of
from kaohe_web.results.moves import Span
from kaohe_web.results.scoring import Scored


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """What the parts that a department leads come to; ``lost`` is lost for certain."""

    name: str
    parts: int
    points: str
    score: Span
    lost: str
    left_open: int


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A part that is not decided yet: with whom it lies, until when, and why it is open."""

    part: str
    title: str
    who: str
    state: str
    due: dt.date | None
    points: str
    score: Span
    why: str


@dataclass(frozen=True, slots=True)
class LossLine:
    """A part that has lost points for certain, and why."""

    part: str
    title: str
    who: str
    points: str
    score: Span
    lost: str
    why: str


@dataclass(frozen=True, slots=True)
class District:
    """The district's page: one unit, department by department."""

    unit: AssessedUnit
    result: UnitScore
    departments: tuple[DepartmentLine, ...]
    total: DepartmentLine
    left_open: tuple[OpenLine, ...]
    losses: tuple[LossLine, ...]


def district(cycle: Cycle, unit: AssessedUnit, scored: Scored, lang: Lang) -> District:
    """What the scores of a unit come to, department by department."""
    result = next(each for each in scored.units if each.facts.unit.id == unit.unit.code)
    parts = [part for item in result.items for part in item.parts]
    led, own = leaders(unit), own_words(unit, result)
    words = Words.of(scored.rubric, lang)
    with exact():
        return District(
            unit,
            result,
            tuple(department_lines(parts, led)),
            department_line("", parts),
            tuple(open_lines(cycle, unit, parts, led, words)),
            tuple(loss_lines(parts, led, own, words)),
        )


def leaders(unit: AssessedUnit) -> dict[str, Duty]:
    """The duty of the department that leads each part."""
    duties = unit.duties.filter(kind=Duty.Kind.LEAD).select_related("department")
    return {duty.part: duty for duty in duties}


def own_words(unit: AssessedUnit, result: UnitScore) -> dict[str, str]:
    """What departments say of the scores that they gave themselves, where nobody else judged."""
    judged = set(unit.judgements.values_list("part", flat=True))
    awards = result.facts.unit.awards
    return {part: award.reason for part, award in awards.items() if part not in judged}


def who_of(part: PartScore, led: dict[str, Duty]) -> str:
    """With whom a part lies: its department, its data provider, or whom the rubric names."""
    duty = led.get(part.part.id)
    if duty is not None:
        return duty.department.name
    named = part.part.provider or "、".join(part.part.lead)
    return named if part.part.filing == "none" and named else _("尚未分工")


def department_lines(parts: Iterable[PartScore], led: dict[str, Duty]) -> Iterator[DepartmentLine]:
    """A line for each body, the one that lost most first."""
    found: dict[str, list[PartScore]] = {}
    for part in parts:
        found.setdefault(who_of(part, led), []).append(part)
    lines = [(lost_of(mine), department_line(name, mine)) for name, mine in found.items()]
    for _lost, line in sorted(lines, key=lambda each: -each[0]):
        yield line


def department_line(name: str, parts: list[PartScore]) -> DepartmentLine:
    """One body's line."""
    points = sum((part.part.points for part in parts), ZERO)
    return DepartmentLine(
        name,
        len(parts),
        write_number(points),
        span_of(parts),
        write_number(lost_of(parts)),
        sum(not part.settled for part in parts),
    )


def span_of(parts: Iterable[PartScore]) -> Span:
    """What some parts add up to."""
    parts = list(parts)
    low = write_number(sum((part.outcome.low for part in parts), ZERO))
    high = write_number(sum((part.outcome.high for part in parts), ZERO))
    settled = all(part.settled for part in parts)
    return Span(low if settled else None, low, high)


def lost_of(parts: Iterable[PartScore]) -> Decimal:
    """What some parts have lost for certain."""
    return sum((part.part.points - part.outcome.high for part in parts), ZERO)


def open_lines(
    cycle: Cycle,
    unit: AssessedUnit,
    parts: Iterable[PartScore],
    led: dict[str, Duty],
    words: Words,
) -> Iterator[OpenLine]:
    """A line for each part that is not decided, the earliest due first."""
    windows = Windows(cycle)
    filed = {row.part: row for row in Submission.objects.filter(assessed=unit)}
    lines = []
    for part in parts:
        if part.settled:
            continue
        duty, submission = led.get(part.part.id), filed.get(part.part.id)
        due = None
        if duty is not None:
            due = due_of(windows.of_department(unit, duty.department_id), submission)
        lines.append(
            OpenLine(
                part.part.id,
                part.part.title,
                who_of(part, led),
                state_words(part, submission),
                due,
                write_number(part.part.points),
                span_of([part]),
                explain_part(part, words),
            )
        )
    yield from sorted(lines, key=lambda line: (line.due is None, line.due or dt.date.max))


def state_words(part: PartScore, submission: Submission | None) -> str:
    """How far a part has come, in words."""
    if part.part.filing == "none":
        return _("由数据提供单位填报")
    return submission.get_state_display() if submission else _("未填报")


def loss_lines(
    parts: Iterable[PartScore], led: dict[str, Duty], own: dict[str, str], words: Words
) -> Iterator[LossLine]:
    """A line for each part that has lost points for certain, the greatest loss first."""
    lost = [part for part in parts if part.outcome.high < part.part.points]
    for part in sorted(lost, key=lambda each: -lost_of([each])):
        yield LossLine(
            part.part.id,
            part.part.title,
            who_of(part, led),
            write_number(part.part.points),
            span_of([part]),
            write_number(lost_of([part])),
            own.get(part.part.id) or explain_part(part, words),
        )
