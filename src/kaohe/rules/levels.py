"""Levels (分级给分): an assessor chooses one of a few described levels, each with its award."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kaohe.quantity import write_number
from kaohe.rules.base import Facts, Need, NotJudged, Outcome, Rule, RuleFault


@dataclass(frozen=True, slots=True)
class Level:
    """A level in words (全面落实、部分落实、未落实) and what it gives."""

    text: str
    award: Decimal


@dataclass(frozen=True, slots=True)
class Levels(Rule):
    """The award of the level that the assessor found (form R5)."""

    type: ClassVar[str] = "levels"

    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        if not self.levels:
            raise RuleFault("levels", "分级规则至少要有一级")

    def needs(self) -> tuple[Need, ...]:
        return ()

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        del facts
        awards = [min(level.award, points) for level in self.levels]
        return Outcome(min(awards), max(awards), NotJudged())

    def award_fault(self, score: Decimal, points: Decimal) -> str | None:
        del points
        if any(score == level.award for level in self.levels):
            return None
        choices = "、".join(f"{write_number(level.award)}（{level.text}）" for level in self.levels)
        return f"得分应是各级分值之一：{choices}"
