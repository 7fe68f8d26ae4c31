"""What a year's rubric asks of a unit, part by part: which values, which registers, in which words.

Worked out once for an edition, its readings and its providers, and kept: pages ask for it often.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Criterion, Indicator, Part, Rubric, Section
from kaohe.rubric.register import Register
from kaohe.rules.base import IndicatorId
from kaohe.scoring.score import Scorer
from kaohe_web.cycles.models import Cycle
from kaohe_web.rubrics.models import RubricEdition
from kaohe_web.rubrics.queries import rubric_of as rubric_of_edition

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A part as it is filed for: what its leading department enters, and what it only sees.

    ``typed`` are entered with this clause and no other; ``shown`` are read by the rule and come
    from a data provider or another clause.
    """

    part: Part
    criterion: Criterion
    section: str
    typed: tuple[Indicator, ...] = ()
    shown: tuple[Indicator, ...] = ()
    registers: tuple[Register, ...] = ()
    asks_before: frozenset[str] = frozenset()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The printed numbers of the clauses that the part stands for."""
        return self.part.clauses or self.criterion.clauses

    @property
    def read(self) -> tuple[IndicatorId, ...]:
        """Every indicator that the rule reads."""
        return tuple(dict.fromkeys(need.indicator for need in self.part.rule.needs()))


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses that a kind of unit is scored on, in the order of the document."""

    by_part: Mapping[str, Clause]
    entered_with: Mapping[str, str]
    """The part with which each indicator is entered; what is not there, no department enters."""

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.by_part.values())

    def filed(self) -> list[Clause]:
        """Those that the units file for."""
        return [clause for clause in self if clause.part.filing == "units"]

    def get(self, part: str) -> Clause | None:
        """The clause of a part, if this kind of unit is scored on it."""
        return self.by_part.get(part)


@dataclass(frozen=True, slots=True)
class Year:
    """A year's rubric as it is read in it, and the indicators that data providers enter."""

    fingerprint: str
    text: str
    choices: Choices
    provided: frozenset[str]

    @property
    def scorer(self) -> Scorer:
        """The rubric made ready to score."""
        return _scorer(self.fingerprint, self.text, self.choices)

    @property
    def rubric(self) -> Rubric:
        """The rubric with its readings applied."""
        return self.scorer.rubric

    def clauses(self, unit_type: str) -> Clauses:
        """What a kind of unit is asked."""
        return _clauses(self.fingerprint, self.text, self.choices, self.provided, unit_type)


def year_of(cycle: Cycle) -> Year:
    """The year's rubric and providers."""
    edition = cycle.edition
    choices = tuple(sorted(cycle.readings.values_list("reading", "choice")))
    provided = frozenset(cycle.provided.values_list("indicator", flat=True))
    return Year(edition.fingerprint, edition.text, choices, provided)


@lru_cache(maxsize=16)
def _scorer(fingerprint: str, text: str, choices: Choices) -> Scorer:
    rubric = rubric_of_edition(RubricEdition(fingerprint=fingerprint, text=text))
    return Scorer(choose(rubric, dict(choices)))


@lru_cache(maxsize=64)
def _clauses(
    fingerprint: str, text: str, choices: Choices, provided: frozenset[str], unit_type: str
) -> Clauses:
    rubric = _scorer(fingerprint, text, choices).rubric
    placed = [
        (section, criterion, part)
        for section, criterion in _criteria(rubric)
        for part in criterion.parts_for(unit_type)
    ]
    entered_with: dict[str, str] = {}
    for _, _, part in placed:
        for need in part.rule.needs() if part.filing == "units" else ():
            if need.indicator not in provided and need.indicator in rubric.indicators:
                entered_with.setdefault(need.indicator, part.id)
    by_part = {
        part.id: _clause(rubric, section, criterion, part, entered_with)
        for section, criterion, part in placed
    }
    return Clauses(by_part, entered_with)


def _criteria(rubric: Rubric) -> Iterator[tuple[str, Criterion]]:
    """Every criterion with the title of its section; adjustments stand outside the sections."""

    def inside(section: Section) -> Iterator[tuple[str, Criterion]]:
        for criterion in section.criteria:
            yield section.title, criterion
        for below in section.sections:
            yield from inside(below)

    for section in rubric.sections:
        yield from inside(section)
    for criterion in rubric.adjustments:
        yield "总分之外", criterion


def _clause(
    rubric: Rubric,
    section: str,
    criterion: Criterion,
    part: Part,
    entered_with: Mapping[str, str],
) -> Clause:
    read = dict.fromkeys(need.indicator for need in part.rule.needs())
    known = [rubric.indicators[each] for each in read if each in rubric.indicators]
    typed = tuple(each for each in known if entered_with.get(each.id) == part.id)
    before = (need.indicator for need in part.rule.needs() if need.kind == "previous")
    return Clause(
        part=part,
        criterion=criterion,
        section=section,
        typed=typed,
        shown=tuple(each for each in known if each not in typed),
        registers=tuple(rubric.registers[e.id] for e in typed if e.id in rubric.registers),
        asks_before=frozenset(before),
    )
