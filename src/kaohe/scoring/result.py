"""What scoring gives: scores or ranges, each with its reason, down to the part (the trace)."""

from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import ZERO
from kaohe.rubric.model import Criterion, Part
from kaohe.rules.base import Outcome, Reason
from kaohe.scoring.cohort import UnitFacts


class Exempted(NamedTuple):
    """An approved exemption, and what the rubric makes of its points."""

    reason: str
    treatment: str


class PartScore(NamedTuple):
    """A part, its outcome, and the exemption if there is one.

    ``silent`` is what the rule itself said where an assessor settled it.
    """

    part: Part
    outcome: Outcome
    exempted: Exempted | None = None
    silent: Reason | None = None

    @property
    def score(self) -> Decimal | None:
        """The score, once settled."""
        return self.outcome.low if self.settled else None

    @property
    def settled(self) -> bool:
        """Whether nothing is open; an undecided exemption is."""
        if self.exempted is not None:
            return self.exempted.treatment != "undecided"
        return self.outcome.because.settled


class ItemScore(NamedTuple):
    """A criterion with the scores of its parts; the parts add up."""

    criterion: Criterion
    parts: tuple[PartScore, ...]
    low: Decimal
    high: Decimal
    settled: bool

    @property
    def score(self) -> Decimal | None:
        """The sum of the parts, once all are settled."""
        return self.low if self.settled else None

    @property
    def points(self) -> Decimal:
        """The points of the parts that this unit is scored on."""
        return sum((part.part.points for part in self.parts), ZERO)


class Effect(NamedTuple):
    """One step from the sum of the items to the total and the grade: who caused it, what it did.

    ``low`` and ``high`` are what it added to either end; ``certain`` is false while it may still
    not come to act.
    """

    kind: str
    source: str
    low: Decimal
    high: Decimal
    certain: bool = True
    detail: str = ""


class UnitScore(NamedTuple):
    """One unit's result: items, what acted across them, total or range, grade, rank."""

    facts: UnitFacts
    items: tuple[ItemScore, ...]
    effects: tuple[Effect, ...]
    low: Decimal
    high: Decimal
    settled: bool
    grade: str | None
    rank: int | None = None

    @property
    def total(self) -> Decimal | None:
        """The total, once every part is settled."""
        return self.low if self.settled else None

    def item(self, item_id: str) -> ItemScore | None:
        """The item of that id, or the one that holds the part of that id."""
        for item in self.items:
            if item_id == item.criterion.id or any(p.part.id == item_id for p in item.parts):
                return item
        return None

    def part(self, part_id: str) -> PartScore | None:
        """The part of that id."""
        for item in self.items:
            for part in item.parts:
                if part.part.id == part_id:
                    return part
        return None
