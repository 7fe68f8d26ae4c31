"""A rubric as frozen data: Rubric ⊃ Section ⊃ Criterion ⊃ Part, and what they refer to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from kaohe.nodes import NO_DAY, Day
from kaohe.quantity import Unit
from kaohe.rubric.effects import Effects
from kaohe.rubric.grading import GradeScale, Precondition, Veto
from kaohe.rubric.readings import Reading
from kaohe.rubric.register import Register
from kaohe.rules.base import IndicatorId, Rule


@dataclass(frozen=True, slots=True)
class Source:
    """An official document the rubric rests on: its name, number, and what it is the source of."""

    title: str
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A body that answers for clauses or provides data, and the names it goes by in print."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["department", "group", "provider", "third_party"] = "department"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measured quantity that rules read (指标).

    ``better`` is the direction that a unit works towards. ``values`` are the names of the grades,
    best first, of an indicator whose unit is ``grade``. ``decimals`` is how finely it is reported.
    """

    id: IndicatorId
    title: str
    unit: Unit
    target: bool = False
    better: Literal["higher", "lower"] = "higher"
    provider: str = ""
    definition: str = ""
    values: tuple[str, ...] = ()
    decimals: int | None = None
    references: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The scored leaf: points and the rule that decides them.

    ``clauses`` are the printed numbers. ``filing`` says whether the units file for it; where they
    do not, ``provider`` enters the value. ``applies_to`` names kinds of unit; empty means all.
    """

    id: str
    title: str
    points: Decimal
    rule: Rule
    clauses: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    filing: Literal["units", "none"] = "units"
    provider: str = ""
    evidence: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    note: str = ""

    def applies(self, unit_type: str) -> bool:
        """Whether a unit of this kind is scored on it."""
        return not self.applies_to or unit_type in self.applies_to


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is looked at (考核要点); its parts carry the points.

    A criterion that the document does not divide has one part with its own id.
    """

    id: str
    title: str
    points: Decimal
    parts: tuple[Part, ...]
    clauses: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    note: str = ""

    @property
    def divided(self) -> bool:
        """Whether the document divides its points over parts."""
        return self.parts[0].id != self.id

    def parts_for(self, unit_type: str) -> tuple[Part, ...]:
        """The parts a unit of this kind is scored on."""
        return tuple(part for part in self.parts if part.applies(unit_type))


@dataclass(frozen=True, slots=True)
class Section:
    """A division of the rubric (质量目标、质量措施); it may hold sections and criteria."""

    title: str
    points: Decimal
    sections: tuple["Section", ...] = ()
    criteria: tuple[Criterion, ...] = ()
    id: str = ""

    def walk(self) -> Iterator["Section"]:
        """This section and those below it, in document order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def all_criteria(self) -> Iterator[Criterion]:
        """The criteria in and below it, in document order."""
        yield from self.criteria
        for section in self.sections:
            yield from section.all_criteria()


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """What becomes of the points of an approved exemption (不适用).

    ``rebase`` scales the rest up to the full points of ``within``; ``full`` gives them;
    ``leave_out`` drops them; ``undecided`` keeps the score a range. Form R18.
    """

    treatment: Literal["rebase", "full", "leave_out", "undecided"] = "undecided"
    within: Literal["criterion", "section", "rubric"] = "rubric"
    round: int | None = None
    reading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusive:
    """Parts of which only the best counts (就高不重复)."""

    id: str
    title: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contacts:
    """A contact list that the document asks for: its title and its columns."""

    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The assessment year: its first and last day, both held, and its printed name."""

    name: str
    first: Day = NO_DAY
    last: Day = NO_DAY


@dataclass(frozen=True, slots=True)
class Rubric:
    """The whole document as data; equal rubrics have equal canonical text and fingerprint.

    ``run_choices`` are choices of readings for one run only (reading → choice): they are no part of
    the edition, of its text or of its fingerprint.
    """

    id: str
    title: str
    points: Decimal
    sections: tuple[Section, ...]
    grades: GradeScale
    period: Period = field(default_factory=lambda: Period(""))
    sources: tuple[Source, ...] = ()
    departments: tuple[Department, ...] = ()
    unit_types: dict[str, str] = field(default_factory=dict)
    indicators: dict[IndicatorId, Indicator] = field(default_factory=dict)
    registers: dict[IndicatorId, Register] = field(default_factory=dict)
    adjustments: tuple[Criterion, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    exclusive: tuple[Exclusive, ...] = ()
    not_applicable: NotApplicable = NotApplicable()
    readings: tuple[Reading, ...] = ()
    reading: tuple[str, ...] = ()
    contacts: tuple[Contacts, ...] = ()
    run_choices: dict[str, str] = field(default_factory=dict)

    def all_sections(self) -> Iterator[Section]:
        """Every section, in document order."""
        for section in self.sections:
            yield from section.walk()

    def all_criteria(self) -> Iterator[Criterion]:
        """Every criterion in document order; what stands outside the points comes last."""
        for section in self.sections:
            yield from section.all_criteria()
        yield from self.adjustments

    def all_parts(self) -> Iterator[Part]:
        """Every scored leaf, in document order."""
        for criterion in self.all_criteria():
            yield from criterion.parts

    def effects(self) -> Iterator[tuple[str, Effects]]:
        """Every cross-item effect with the id of what brings it about."""
        for veto in self.vetoes:
            yield veto.id, veto.effects
        for precondition in self.preconditions:
            yield precondition.id, precondition.otherwise
