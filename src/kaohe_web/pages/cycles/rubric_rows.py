"""A rubric as the lines of a table that a clerk can lay beside the printed page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import get_language

from kaohe.lint.finding import Finding
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Criterion, Part, Rubric, Section
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.words import Lang, Words


def spoken() -> Lang:
    """The language of the page, as the library knows it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@dataclass(frozen=True, slots=True)
class Line:
    """A section, a criterion or a part; ``rule`` in words, and the kinds of unit by name."""

    kind: str
    id: str
    title: str
    points: Decimal
    level: int = 0
    clauses: tuple[str, ...] = ()
    rule: str = ""
    part: Part | None = None
    kinds: tuple[str, ...] = ()
    readings: tuple[str, ...] = field(default=())


def rubric_lines(rubric: Rubric, *, printed: bool = False) -> list[Line]:
    """The lines of a rubric in document order, each rule as it is read, or as printed."""
    shown = rubric if printed else interpret(rubric)
    return list(_Lines(rubric, Words.of(rubric, spoken())).all(shown))


class _Lines:
    """Makes the lines of one rubric in the language of the page."""

    def __init__(self, rubric: Rubric, words: Words) -> None:
        self.rubric, self.words = rubric, words

    def all(self, shown: Rubric) -> Iterator[Line]:
        for section in shown.sections:
            yield from self.of_section(section, 0)
        for criterion in shown.adjustments:
            yield from self.of_criterion(criterion)

    def of_section(self, section: Section, level: int) -> Iterator[Line]:
        yield Line("section", section.id, section.title, section.points, level)
        for criterion in section.criteria:
            yield from self.of_criterion(criterion)
        for below in section.sections:
            yield from self.of_section(below, level + 1)

    def of_criterion(self, criterion: Criterion) -> Iterator[Line]:
        if criterion.divided:
            yield Line(
                "criterion",
                criterion.id,
                criterion.title,
                criterion.points,
                clauses=criterion.clauses,
                readings=criterion.reading,
            )
        for part in criterion.parts:
            yield Line(
                "part" if criterion.divided else "whole",
                part.id,
                part.title,
                part.points,
                clauses=()
                if part.clauses == criterion.clauses and criterion.divided
                else part.clauses,
                rule=rule_sentence(part.rule, part.points, self.words),
                part=part,
                kinds=tuple(self.rubric.unit_types.get(kind, kind) for kind in part.applies_to),
                readings=part.reading,
            )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many findings of a kind are open, and how many a reading settles."""

    errors: int
    warnings: int
    advice: int
    settled: int

    @classmethod
    def of(cls, findings: list[Finding]) -> "Counted":
        """The counts of some findings."""
        left = [finding.severity for finding in findings if finding.waived_by is None]
        return cls(
            left.count("error"),
            left.count("warning"),
            left.count("advice"),
            len(findings) - len(left),
        )
