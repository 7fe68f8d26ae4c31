"""What every rule shares: the facts it may ask for, and an outcome that cannot lack its reason."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import ClassVar, NamedTuple, NewType, Protocol

from kaohe.errors import KaoheError
from kaohe.quantity import ZERO, Mean, write_number

IndicatorId = NewType("IndicatorId", str)

made = tuple.__new__
"""A NamedTuple from all of its fields: half the time of its own constructor, which scoring calls
more than a hundred times for one unit."""


class Undecided(Enum):
    """Said where the document is silent; never guessed at."""

    UNDECIDED = "undecided"


UNDECIDED = Undecided.UNDECIDED


class RuleFault(KaoheError):  # noqa: N818 -- it names what is at fault
    """A rule whose settings contradict each other; ``key`` is the setting to mend."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


class Reason:
    """Why a score is what it is: data, made into a sentence elsewhere (``kaohe.wording``)."""

    __slots__ = ()

    settled: ClassVar[bool] = True
    """False where the document or the data leaves the score open, so that it is a range."""

    awaits_award: ClassVar[bool] = False
    """True where an assessor may settle the score by awarding points."""


class Outcome(NamedTuple):
    """A score, or the range it lies in, and the reason: none is made without the other."""

    low: Decimal
    high: Decimal
    because: Reason

    @property
    def score(self) -> Decimal | None:
        """The score, once nothing is open."""
        return self.low if self.because.settled else None


@dataclass(frozen=True, slots=True)
class Need:
    """A value that a rule asks for: whose, of which indicator."""

    kind: str
    indicator: IndicatorId
    of: str = ""


class Place(NamedTuple):
    """A unit's rank in its cohort: ``shared`` units stand on it together."""

    rank: int
    shared: int
    size: int


class Facts(Protocol):
    """What is known of one unit and its cohort; ``None`` means missing, which is not zero."""

    def value(self, indicator: IndicatorId) -> Decimal | None:
        """This year's value."""

    def target(self, indicator: IndicatorId) -> Decimal | None:
        """The target filed for the unit (目标备案)."""

    def previous(self, indicator: IndicatorId) -> Decimal | None:
        """Last year's value."""

    def mean(self, indicator: IndicatorId, of: str, *, others: bool) -> Mean | None:
        """The mean named ``of`` (empty: the unit's own cohort), with or without the unit itself."""

    def place(self, indicator: IndicatorId, *, lowest_first: bool) -> Place | None:
        """The unit's place in its cohort."""

    def best(self, indicator: IndicatorId) -> Decimal | None:
        """The highest value in the cohort."""

    def tally(self, indicator: IndicatorId) -> dict[str, int] | None:
        """How many registered things count at each level."""


@dataclass(frozen=True, slots=True)
class Missing(Reason):
    """A value the rule needs is not there; the score is anything the rule could give."""

    needs: tuple[Need, ...]

    settled: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class AwaitingApproval(Missing):
    """A count that is open because entries outside the register's catalogue wait for approval."""

    waiting: int


@dataclass(frozen=True, slots=True)
class CohortPartial(Missing):
    """Of what is missing, ``unknown`` is so because not all units compared with are in the data."""

    unknown: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Silent(Reason):
    """The values are known and the document says nothing about them (规则未规定)."""

    value: Decimal
    indicator: IndicatorId
    about: str

    settled: ClassVar[bool] = False
    awaits_award: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class NotJudged(Reason):
    """An assessor has not yet given points."""

    settled: ClassVar[bool] = False
    awaits_award: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Award(Reason):
    """Points given by an assessor, with the reason given for them."""

    score: Decimal
    reason: str = ""


def missing(needs: tuple[Need, ...], points: Decimal, floor: Decimal = ZERO) -> Outcome:
    """The outcome of a rule that lacks values: everything from its floor to its points."""
    return Outcome(floor, points, Missing(needs))


def settled(score: Decimal, because: Reason) -> Outcome:
    """The outcome of a rule that has decided."""
    return made(Outcome, (score, score, because))


@dataclass(frozen=True, slots=True)
class Rule:
    """The base of all rules; each type is one file beside this one."""

    type: ClassVar[str]

    def needs(self) -> tuple[Need, ...]:
        """The values it may ask for, in the order it asks."""
        raise NotImplementedError(type(self).__name__)

    def assess(self, facts: Facts, points: Decimal) -> Outcome:
        """The score of one unit on a part of ``points``, and why."""
        raise NotImplementedError(type(self).__name__)

    def least(self, points: Decimal) -> Decimal:
        """The least it can give; below zero only where the rubric declares a floor there."""
        del points
        return ZERO

    def most(self, points: Decimal) -> Decimal:
        """The most it can give."""
        return points

    def award_fault(self, score: Decimal, points: Decimal) -> str | None:
        """What is wrong with an assessor's points where the rule is silent; ``None`` if nothing."""
        if self.least(points) <= score <= points:
            return None
        return f"得分应在 {write_number(self.least(points))}–{write_number(points)} 之间"
