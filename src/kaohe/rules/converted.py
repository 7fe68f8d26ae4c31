"""Converted (按外部结果折算): another body's score, grade or rank becomes points."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kaohe.quantity import ZERO, divide, to_score
from kaohe.rules.base import (
    Facts,
    IndicatorId,
    Need,
    Outcome,
    Reason,
    Rule,
    RuleFault,
    Silent,
    missing,
    settled,
)
from kaohe.rules.ranked import Places


@dataclass(frozen=True, slots=True)
class GradeAward:
    """The award of an external grade: reached from ``at_least`` on, or named by its ``place``.

    ``place`` counts the grades of the other assessment, the best being 1.
    """

    grade: str
    award: Decimal
    at_least: Decimal | None = None
    place: int | None = None

    def __post_init__(self) -> None:
        if (self.at_least is None) == (self.place is None):
            raise RuleFault("grades", "每个等级要写 at_least（分数线）或 place（第几等）其中一种")


@dataclass(frozen=True, slots=True)
class Scaled(Reason):
    """An external score, carried over in proportion."""

    indicator: IndicatorId
    value: Decimal
    scale: Decimal
    places: int | None


@dataclass(frozen=True, slots=True)
class Graded(Reason):
    """An external grade, and what it is worth here."""

    indicator: IndicatorId
    value: Decimal
    grade: GradeAward


@dataclass(frozen=True, slots=True)
class PlacedOutside(Reason):
    """A place in another body's ranking, and what it is worth here."""

    indicator: IndicatorId
    value: Decimal
    places: Places


@dataclass(frozen=True, slots=True)
class Converted(Rule):
    """Points × value ÷ ``scale``, or the award of a grade, or of a place in an external ranking.

    Where the document names the other assessment but no conversion, none of the three is given
    and the score stays open. Form R11.
    """

    type: ClassVar[str] = "converted"

    indicator: IndicatorId
    scale: Decimal | None = None
    grades: tuple[GradeAward, ...] = ()
    places: tuple[Places, ...] = ()
    round: int | None = None

    def __post_init__(self) -> None:
        if sum((self.scale is not None, bool(self.grades), bool(self.places))) > 1:
            raise RuleFault("scale", "scale、grades、places 只能写其中一种折算办法")
        if self.scale is not None and self.scale <= ZERO:
            raise RuleFault("scale", "满分 scale 应大于 0")

    def needs(self) -> tuple[Need, ...]:
        return (Need("value", self.indicator),)

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        value = facts.value(self.indicator)
        if value is None:
            return missing(self.needs(), points)
        if self.scale is not None:
            counted = max(min(value, self.scale), ZERO)
            score = to_score(divide(points * counted, self.scale), self.round)
            return settled(
                min(score, points), Scaled(self.indicator, value, self.scale, self.round)
            )
        for grade in self.grades:
            if value >= grade.at_least if grade.at_least is not None else value == grade.place:
                return settled(grade.award, Graded(self.indicator, value, grade))
        for run in self.places:
            if run.from_ <= value <= run.to:
                return settled(run.award, PlacedOutside(self.indicator, value, run))
        about = "outside the conversion" if self.grades or self.places else "no conversion"
        return Outcome(ZERO, points, Silent(value, self.indicator, about))
