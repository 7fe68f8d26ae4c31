"""Random rules of every type: sound ones, and ones that leave open what a document may leave."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeVar

from hypothesis import strategies as st

from kaohe.intervals import INFINITY, Interval
from kaohe.quantity import ONE, ZERO
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Band, Banded
from kaohe.rules.base import UNDECIDED, IndicatorId, Rule, Undecided
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite, Step, Term
from kaohe.rules.converted import Converted, GradeAward
from kaohe.rules.counted import Counted, LevelAward
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Level, Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Places, Ranked
from kaohe.rules.relative import Relative, Tier
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend
from strategies.measures import (
    AMOUNT,
    COUNT,
    EVENTS,
    GRADE,
    GRADES,
    INDEX,
    LEVELS,
    OTHER,
    PLACE,
    RATE,
    positive,
    tenths,
)

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]
Ties = Literal["better", "worse", "mean", "undecided"]


ROUNDING = st.sampled_from((2, 2, 0, 12))


class Ordered(NamedTuple):
    """A rule under which a better value can never score less; ``better`` is 1 for higher."""

    rule: Rule
    indicator: IndicatorId
    better: Literal[1, -1]


def falling(draw: Draw, points: Decimal, size: int) -> list[Decimal]:
    """Awards from the most to the least, none above the points; the most is often all of them."""
    drawn = draw(st.lists(st.integers(0, 20), min_size=size, max_size=size))
    scores = [points * number / 20 for number in sorted(drawn, reverse=True)]
    return [points, *scores[1:]] if draw(st.booleans()) else scores


def cuts(draw: Draw, least: int = 1) -> list[Decimal]:
    """Places to cut a line of rates at, in rising order."""
    return sorted(draw(st.lists(tenths, min_size=least, max_size=4, unique=True)))


def stretches(draw: Draw, ends: list[Decimal], first: Decimal) -> list[Interval]:
    """Stretches that meet at the given places; who holds an end is drawn, or left unsaid."""
    held = [draw(st.sampled_from((True, False, None))) for _ in ends]
    edges: list[tuple[Decimal, bool | None]] = [(first, False), *zip(ends, held, strict=True)]
    found = []
    for (low, low_held), (high, high_held) in pairwise([*edges, (INFINITY, False)]):
        below = high_held if high_held is None or high == INFINITY else not high_held
        found.append(Interval(low, high, low_held, below))
    return found


@st.composite
def banded(draw: Draw, points: Decimal) -> Ordered:
    """Bands that meet, worth the more the better."""
    on: Literal["value", "shortfall"] = draw(st.sampled_from(("value", "shortfall")))
    ends = [end for end in cuts(draw) if end > ZERO or on == "value"]
    bands = stretches(draw, ends, -INFINITY if on == "value" else ZERO)
    scores = falling(draw, points, len(bands))
    if on == "value":
        scores.reverse()
    rounding = draw(st.sampled_from((None, 0, 1)))
    worth = [Band(within, score) for within, score in zip(bands, scores, strict=True)]
    if draw(st.booleans()):
        return Ordered(Banded(RATE, on, award=tuple(worth), round=rounding), RATE, 1)
    cost = tuple(Band(band.within, points - band.points) for band in worth)
    return Ordered(Banded(RATE, on, deduct=cost, round=rounding), RATE, 1)


@st.composite
def stepped(draw: Draw, points: Decimal) -> Ordered:
    """Steps away from where nothing is lost."""
    worse: Literal["below", "above"] = draw(st.sampled_from(("below", "above")))
    rule = Stepped(
        RATE,
        from_=draw(tenths),
        per=draw(st.sampled_from(list(map(Decimal, ("0.5", "1", "2", "3", "10"))))),
        deduct=draw(positive),
        worse=worse,
        counting=draw(st.sampled_from(("pro_rata", "full", "started", "undecided"))),
        repeat_after=draw(st.sampled_from((None, 1, 3))),
        repeat_times=draw(st.sampled_from((ONE, Decimal(2)))),
        cap=draw(st.none() | st.just(points / 2)),
        floor=draw(st.sampled_from((ZERO, -points))),
        round=draw(ROUNDING),
    )
    return Ordered(rule, RATE, 1 if worse == "below" else -1)


@st.composite
def attained(draw: Draw, points: Decimal) -> Ordered:
    """A mark, and what reaching it gives."""
    mark: Decimal | Literal["target"] = draw(tenths | st.just("target"))
    award, below = falling(draw, points, 2)
    silent = draw(st.booleans())
    given: Decimal | None = None if silent else award
    short: Decimal | Undecided = UNDECIDED if silent else below
    if draw(st.booleans()):
        return Ordered(Attained(RATE, at_least=mark, award=given, below=short), RATE, 1)
    return Ordered(Attained(RATE, at_most=mark, award=given, below=short), RATE, -1)


@st.composite
def proportional(draw: Draw, points: Decimal) -> Ordered:
    """A share of the points by a ratio."""
    del points
    of: Any = draw(st.sampled_from((Decimal(100), "target", "best", OTHER)) | positive)
    rule = Proportional(
        RATE,
        of,
        cap=draw(st.sampled_from((ONE, Decimal("0.9"), Decimal("1.5")))),
        cut_off=draw(st.sampled_from((ZERO, Decimal("0.6")))),
        zero=draw(st.sampled_from((UNDECIDED, ZERO))),
        round=draw(ROUNDING),
    )
    return Ordered(rule, RATE, 1)


@st.composite
def relative(draw: Draw, points: Decimal) -> Ordered:
    """Tiers of the mean; zero is decided first."""
    multiples = [Decimal(6) / 5, ONE, Decimal(1) / 2][: draw(st.integers(1, 3))]
    scores = falling(draw, points, len(multiples) + 2)
    kind = draw(st.sampled_from(("at_least", "more_than", "over")))
    edges: list[dict[str, Any]] = [{kind: multiple} for multiple in multiples]
    tiers = [Tier(score, **edge) for score, edge in zip(scores, edges, strict=False)]
    last = multiples[-1]
    rest = Tier(scores[-2], at_least=ZERO) if kind != "at_least" else Tier(scores[-2], below=last)
    return Ordered(
        Relative(COUNT, (*tiers, rest), zero=scores[-1], others=draw(st.booleans())), COUNT, 1
    )


def runs(draw: Draw, points: Decimal) -> tuple[tuple[Places, ...], Decimal]:
    """Runs of places from the first on, and what stands beyond them."""
    lengths = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    *scores, beyond = falling(draw, points, len(lengths) + 1)
    found, first = [], 1
    for length, score in zip(lengths, scores, strict=True):
        found.append(Places(first, first + length - 1, score))
        first += length
    return tuple(found), beyond


@st.composite
def ranked(draw: Draw, points: Decimal) -> Ordered:
    """Awards by place."""
    places, beyond = runs(draw, points)
    order: Any = draw(st.sampled_from(("highest_first", "lowest_first")))
    ties: Ties = draw(st.sampled_from(("better", "worse", "mean", "undecided")))
    rule = Ranked(RATE, places, order, ties, beyond, round=2)
    return Ordered(rule, RATE, 1 if order == "highest_first" else -1)


@st.composite
def converted(draw: Draw, points: Decimal) -> Ordered:
    """Another body's score, grade or place."""
    match draw(st.sampled_from(("scale", "marks", "grades", "places"))):
        case "scale":
            scale = draw(st.sampled_from((Decimal(100), Decimal(60), Decimal(3))))
            return Ordered(Converted(RATE, scale=scale, round=2), RATE, 1)
        case "marks":
            marks = [*reversed(cuts(draw)), ZERO]
            scores = falling(draw, points, len(marks))
            awards = [GradeAward(f"{m}", s, at_least=m) for m, s in zip(marks, scores, strict=True)]
            return Ordered(Converted(RATE, grades=tuple(awards)), RATE, 1)
        case "grades":
            scores = falling(draw, points, len(GRADES))
            named = zip(GRADES, scores, range(1, len(GRADES) + 1), strict=True)
            awards = [GradeAward(grade, s, place=place) for grade, s, place in named]
            return Ordered(Converted(GRADE, grades=tuple(awards)), GRADE, -1)
        case _:
            places, beyond = runs(draw, points)
            rest = Places(places[-1].to + 1, 99, beyond)
            return Ordered(Converted(PLACE, places=(*places, rest)), PLACE, -1)


@st.composite
def composite(draw: Draw, points: Decimal) -> Ordered:
    """Several indicators combined."""
    formula: Any = draw(st.sampled_from(("weighted_sum", "min", "mean_of_ratios")))
    terms = (Term(RATE, draw(positive)), Term(OTHER, draw(positive), Decimal(50)))
    steps: tuple[Step, ...] = ()
    if draw(st.booleans()):
        marks = [*reversed(cuts(draw)), ZERO]
        scores = falling(draw, points, len(marks))
        steps = tuple(Step(mark / 100, s) for mark, s in zip(marks, scores, strict=True))
    return Ordered(Composite(terms, formula, steps, round=2), RATE, 1)


@st.composite
def trend(draw: Draw, points: Decimal) -> Ordered:
    """This year against last year."""
    direction: Any = draw(st.sampled_from(("up", "down")))
    award, steady, otherwise = falling(draw, points, 3)
    by = draw(st.sampled_from((ZERO, ONE, Decimal(5))))
    rule = Trend(
        RATE,
        direction,
        by,
        in_=draw(st.sampled_from(("points", "per_cent"))),
        at_limit=Decimal(100) if direction == "up" else ZERO,
        award=award,
        steady=steady,
        otherwise=otherwise,
    )
    return Ordered(rule, RATE, 1 if direction == "up" else -1)


@st.composite
def counted(draw: Draw, points: Decimal) -> Ordered:
    """So much for each thing."""
    cap = draw(st.none() | st.just(points / 2))
    costs = draw(st.booleans())
    floor = draw(st.sampled_from((ZERO, -points))) if costs else ZERO
    better: Literal[1, -1] = -1 if costs else 1
    if draw(st.booleans()):
        awards = tuple(LevelAward(level, draw(positive)) for level in LEVELS)
        return Ordered(
            Counted(EVENTS, levels=awards, deducts=costs, cap=cap, floor=floor), EVENTS, better
        )
    each = draw(positive)
    if costs:
        return Ordered(Counted(COUNT, deduct=each, cap=cap, floor=floor), COUNT, better)
    return Ordered(Counted(COUNT, award=each, cap=cap), COUNT, better)


MEASURED: dict[str, Callable[[Decimal], st.SearchStrategy[Ordered]]] = {
    "banded": banded,
    "stepped": stepped,
    "attained": attained,
    "proportional": proportional,
    "relative": relative,
    "ranked": ranked,
    "converted": converted,
    "composite": composite,
    "trend": trend,
    "counted": counted,
}
"""The rule types that a measured value decides, each with its sound rules."""


@st.composite
def judged(draw: Draw, points: Decimal) -> Rule:
    """Any points, in steps or within a stretch of discretion."""
    step = draw(st.sampled_from((None, Decimal("0.5"))))
    within = Interval(points / 4, points / 2, holds_low=True, holds_high=True)
    return Judged(step, draw(st.sampled_from((None, within))))


@st.composite
def levels(draw: Draw, points: Decimal) -> Rule:
    """Levels in words."""
    scores = falling(draw, points, draw(st.integers(2, 4)))
    return Levels(tuple(Level(f"第{n}级", score) for n, score in enumerate(scores, 1)))


@st.composite
def binary(draw: Draw, points: Decimal) -> Rule:
    """There or not."""
    return Binary(draw(st.sampled_from((None, points / 2))))


JUDGED: dict[str, Callable[[Decimal], st.SearchStrategy[Rule]]] = {
    "judged": judged,
    "levels": levels,
    "binary": binary,
}
"""The rule types that an assessor decides."""


@st.composite
def open_ended(draw: Draw, points: Decimal) -> Rule:
    """Rules as documents print them: with gaps, overlaps, and what nobody has decided."""
    half = points / 2
    ends = cuts(draw, 2)
    low, high = ends[0], ends[-1]
    printed = Interval(low, high, holds_low=True, holds_high=True)
    above = Interval(draw(tenths), INFINITY, holds_low=None, holds_high=False)
    choices: list[Rule] = [
        Banded(RATE, deduct=(Band(printed, half), Band(above, ZERO))),
        Banded(RATE, award=(Band(above, points),), elsewhere="undecided"),
        Banded(RATE, on="shortfall", deduct=(Band(printed, points),)),
        Relative(INDEX, (Tier(points, over=ONE), Tier(half, below=ONE, of="province"))),
        Relative(COUNT, (Tier(points, at_least=ONE), Tier(ZERO, below=Decimal(1) / 2))),
        Converted(RATE),
        Converted(GRADE, grades=(GradeAward("优", points, place=1),)),
        Ranked(RATE, (Places(1, 2, points),), ties="undecided"),
        Composite((Term(RATE),)),
        Composite((Term(INDEX), Term(COUNT)), "mean_of_ratios", round=3),
        Composite((Term(RATE),), "min", (Step(Decimal(1) / 2, points),)),
        Trend(AMOUNT),
        Proportional(AMOUNT, Decimal(20), round=2),
        Stepped(AMOUNT, ZERO, Decimal(3), ONE, round=2),
    ]
    chosen: Rule = draw(st.sampled_from(choices))
    return chosen


def sound(points: Decimal) -> st.SearchStrategy[Rule]:
    """A rule of any type that lints clean."""
    measured = [strategy(points).map(lambda found: found.rule) for strategy in MEASURED.values()]
    return st.one_of(*measured, *(strategy(points) for strategy in JUDGED.values()))


def any_rule(points: Decimal) -> st.SearchStrategy[Rule]:
    """A rule of any type, sound or open."""
    return st.one_of(sound(points), open_ended(points))
