"""What comes of the marks of a part: one score, or a disagreement; never a silent mean.

- One mark wanted: it is the score.
- Two: their mean, if they lie no further apart than the year's limit and the rubric allows the mean
  as a score. Else they disagree.
- A third mark, called because they disagree, decides with the nearer of the two: the mean of both,
  by the same conditions. Just in the middle it is the score itself, the mean of all three. Where it
  is near neither, or the mean is no allowed score, they still disagree: a conference decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kaohe.quantity import HUNDRED, exact
from kaohe_web.review.models import Judgement

How = Judgement.How

INDEPENDENT = (1, 2)
"""The turns of the independent marks."""

THIRD = 3
"""The turn of the mark that a disagreement calls."""

HALF = Decimal("0.5")


class Kind(StrEnum):
    """How far it is."""

    OPEN = "open"
    SETTLED = "settled"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the marks come to; ``used`` are the turns whose marks made the score."""

    kind: Kind
    score: Decimal | None = None
    how: str = ""
    used: tuple[int, ...] = ()


OPEN = Verdict(Kind.OPEN)
APART = Verdict(Kind.APART)


def limit_of(points: Decimal, threshold: Decimal) -> Decimal:
    """How far two marks of a part may lie apart: so many per cent of its points."""
    with exact():
        return points * threshold / HUNDRED


def mean_of(one: Decimal, other: Decimal) -> Decimal:
    """The mean of two marks; a half always ends."""
    with exact():
        return (one + other) * HALF


def verdict(
    marks: Mapping[int, Decimal],
    *,
    wanted: int,
    limit: Decimal,
    fault: Callable[[Decimal], str | None],
) -> Verdict:
    """What the marks, by turn, come to; ``fault`` is what the rubric says against a score."""
    turns = [turn for turn in INDEPENDENT if turn in marks]
    if len(turns) < max(wanted, 1):
        return OPEN
    if len(turns) == 1:
        return Verdict(Kind.SETTLED, marks[turns[0]], How.SINGLE, tuple(turns))
    together = meeting(marks, INDEPENDENT, limit=limit, fault=fault)
    if together is not None:
        return Verdict(Kind.SETTLED, together, How.MEAN, INDEPENDENT)
    return by_third(marks, limit=limit, fault=fault) if THIRD in marks else APART


def by_third(
    marks: Mapping[int, Decimal], *, limit: Decimal, fault: Callable[[Decimal], str | None]
) -> Verdict:
    """What the third mark decides."""
    with exact():
        far = {turn: abs(marks[THIRD] - marks[turn]) for turn in INDEPENDENT}
    if far[1] == far[2] and far[1] <= limit:
        return Verdict(Kind.SETTLED, marks[THIRD], How.THIRD, (*INDEPENDENT, THIRD))
    nearer = min(INDEPENDENT, key=lambda turn: far[turn])
    pair = (nearer, THIRD)
    together = meeting(marks, pair, limit=limit, fault=fault)
    return APART if together is None else Verdict(Kind.SETTLED, together, How.THIRD, pair)


def meeting(
    marks: Mapping[int, Decimal],
    pair: tuple[int, int],
    *,
    limit: Decimal,
    fault: Callable[[Decimal], str | None],
) -> Decimal | None:
    """The mean of two marks; none if they lie too far apart, or the rubric allows no such score."""
    one, other = (marks[turn] for turn in pair)
    with exact():
        apart = abs(one - other)
        mean = mean_of(one, other)
        return mean if apart <= limit and fault(mean) is None else None
