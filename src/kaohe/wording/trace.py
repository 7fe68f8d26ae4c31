"""The whole way to one score: clause, values, comparison, band, sum, readings, what regains it."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kaohe.quantity import exact, write_number
from kaohe.rubric.interpretation import in_force
from kaohe.rubric.model import Part, Rubric
from kaohe.rules.base import Need
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative
from kaohe.scoring.cohort import UnitFacts
from kaohe.scoring.outlook.regain import regain
from kaohe.scoring.result import PartScore
from kaohe.wording.applied import applied
from kaohe.wording.arithmetic import arithmetic
from kaohe.wording.gains import gain_sentence
from kaohe.wording.sentences import explain_part, rule_sentence
from kaohe.wording.words import Lang, Words, exactly


@dataclass(frozen=True, slots=True)
class ValueTrace:
    """A value of the unit itself; ``value`` is exact and empty where it is missing."""

    indicator: str
    title: str
    value: str
    shown: str
    provider: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a value was compared with: a target, last year, a mean, the best value, the others.

    ``value`` is exact, a fraction where it does not end, and empty where it is not known.
    ``cohort`` names the group, ``members`` counts it (0 where not all of it is in the data),
    ``lacking`` are those without a value; a mean that was given instead of computed says so in
    ``reference``.
    """

    kind: str
    indicator: str
    value: str
    shown: str
    cohort: str = ""
    members: int = 0
    lacking: tuple[str, ...] = ()
    reference: bool = False


@dataclass(frozen=True, slots=True)
class ReadingTrace:
    """A reading the part rests on, and the choice in force (empty while nobody has decided)."""

    id: str
    choice: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PartTrace:
    """Everything that explains one part's score, in words where it is for people."""

    part: str
    clauses: tuple[str, ...]
    title: str
    points: Decimal
    score: Decimal | None
    low: Decimal
    high: Decimal
    rule: str
    values: tuple[ValueTrace, ...]
    comparisons: tuple[Comparison, ...]
    applied: str
    arithmetic: str
    explanation: str
    readings: tuple[ReadingTrace, ...]
    regain: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """The same as strings, lists and mappings, numbers by their digits, for JSON."""
        return {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}


def trace_part(scored: PartScore, facts: UnitFacts, rubric: Rubric, lang: Lang = "zh") -> PartTrace:
    """The trace of one part of one unit, as it was scored with ``facts`` under ``rubric``."""
    words, part, outcome = Words.of(rubric, lang), scored.part, scored.outcome
    with exact():
        return PartTrace(
            part=part.id,
            clauses=part.clauses,
            title=part.title,
            points=part.points,
            score=scored.score,
            low=outcome.low,
            high=outcome.high,
            rule=rule_sentence(part.rule, part.points, words),
            values=tuple(values_of(part, facts, words)),
            comparisons=tuple(comparisons_of(part, facts, words)),
            applied=applied(outcome.because, words),
            arithmetic=arithmetic(outcome.because, part.rule, part.points, outcome.low, words),
            explanation=explain_part(scored, words),
            readings=tuple(readings_of(part, rubric)),
            regain=tuple(gain_sentence(w, scored, words) for w in regain(scored, facts, rubric)),
        )


def values_of(part: Part, facts: UnitFacts, words: Words) -> Iterator[ValueTrace]:
    """The unit's own values of this year."""
    for need in part.rule.needs():
        if need.kind not in ("value", "tally"):
            continue
        indicator, value = need.indicator, facts.value(need.indicator)
        told = "" if value is None else words.value(indicator, value)
        tally = facts.tally(indicator) if need.kind == "tally" else None
        if tally is not None:
            told = "、".join(f"{words.level(indicator, name)} {n}" for name, n in tally.items())
        yield ValueTrace(
            indicator=indicator,
            title=words.title(indicator),
            value="" if value is None else exactly(value),
            shown=told,
            provider=words.provider(indicator) or part.provider,
        )


def comparisons_of(part: Part, facts: UnitFacts, words: Words) -> Iterator[Comparison]:
    """What the rule compares those values with."""
    for need in part.rule.needs():
        match need.kind:
            case "target":
                yield _single(need, facts.target(need.indicator), words)
            case "previous":
                yield _single(need, facts.previous(need.indicator), words)
            case "mean":
                yield _mean(part, need, facts, words)
            case "best":
                yield _over_cohort(need, facts.best(need.indicator), facts, words)
            case "place":
                yield _place(part, need, facts, words)


def _single(need: Need, value: Decimal | None, words: Words) -> Comparison:
    if value is None:
        return Comparison(need.kind, need.indicator, "", "")
    shown = words.value(need.indicator, value)
    return Comparison(need.kind, need.indicator, exactly(value), shown)


def _mean(part: Part, need: Need, facts: UnitFacts, words: Words) -> Comparison:
    others = isinstance(part.rule, Relative) and part.rule.others
    mean = facts.mean(need.indicator, need.of, others=others)
    value = None if mean is None else mean.value()
    told = "" if value is None else words.value(need.indicator, value)
    plain = "" if value is None else exactly(value)
    if need.of:
        reference = mean is not None
        return Comparison("mean", need.indicator, plain, told, need.of, reference=reference)
    return Comparison(
        "mean",
        need.indicator,
        plain,
        told,
        facts.unit.group,
        members_of(need, facts),
        facts.cohort.missing(need.indicator),
        reference=facts.cohort.references.get((need.indicator, "")) is not None,
    )


def _place(part: Part, need: Need, facts: UnitFacts, words: Words) -> Comparison:
    lowest_first = isinstance(part.rule, Ranked) and part.rule.order == "lowest_first"
    place = facts.place(need.indicator, lowest_first=lowest_first)
    over = _over_cohort(need, None, facts, words)
    if place is None:
        return over
    told = f"第 {place.rank} 名" if words.lang == "zh" else f"place {place.rank}"
    return dataclasses.replace(over, value=str(place.rank), shown=told)


def _over_cohort(need: Need, value: Decimal | None, facts: UnitFacts, words: Words) -> Comparison:
    members, lacking = members_of(need, facts), facts.cohort.missing(need.indicator)
    plain = "" if value is None else exactly(value)
    told = "" if value is None else words.value(need.indicator, value)
    group = facts.unit.group
    return Comparison(need.kind, need.indicator, plain, told, group, members, lacking)


def members_of(need: Need, facts: UnitFacts) -> int:
    """How many units the comparison is over; 0 where not all of them are in the data."""
    partial = facts.cohort.partial(need.indicator)
    return 0 if partial else len(facts.cohort.asked(need.indicator))


def readings_of(part: Part, rubric: Rubric) -> Iterator[ReadingTrace]:
    """The readings that the part, its item, or what it reads points at, in that order."""
    pointers = list(part.reading)
    for criterion in rubric.all_criteria():
        if any(own.id == part.id for own in criterion.parts):
            pointers += criterion.reading
    for need in part.rule.needs():
        indicator = rubric.indicators.get(need.indicator)
        register = rubric.registers.get(need.indicator)
        pointers += indicator.reading if indicator is not None else ()
        pointers += register.reading if register is not None else ()
    by_id = {reading.id: reading for reading in rubric.readings}
    force = in_force(rubric)
    for pointer in dict.fromkeys(pointers):
        reading = by_id.get(pointer)
        if reading is not None:
            choice = reading.choice(force.get(reading.id, ""))
            yield ReadingTrace(
                reading.id, choice.id if choice else "", choice.means if choice else ""
            )


def _plain(value: Any) -> Any:  # noqa: ANN401 -- whatever a trace holds
    match value:
        case Decimal():
            return write_number(value)
        case tuple():
            return [_plain(item) for item in value]
        case bool() | str() | None:
            return value
        case int():
            return str(value)
        case _:
            fields = dataclasses.fields(value)
            return {field.name: _plain(getattr(value, field.name)) for field in fields}
