"""Each reason as the English sentence that goes into the score sheet."""

from decimal import Decimal
from functools import singledispatch

from kaohe.quantity import HUNDRED, ZERO
from kaohe.rules.attained import Reached
from kaohe.rules.banded import BetweenBands, InBand, MetTarget
from kaohe.rules.base import (
    AwaitingApproval,
    Award,
    CohortPartial,
    IndicatorId,
    Missing,
    Need,
    NotJudged,
    Reason,
    Silent,
)
from kaohe.rules.composite import Combined
from kaohe.rules.converted import Graded, PlacedOutside, Scaled
from kaohe.rules.counted import CameTo
from kaohe.rules.proportional import InProportion, ZeroBase
from kaohe.rules.ranked import Stood, TieUndecided
from kaohe.rules.relative import BetweenTiers, InTier, ZeroCase
from kaohe.rules.stepped import NothingLost, SteppedDown, StepUndecided
from kaohe.rules.trend import Moved
from kaohe.wording import phrases_en as en
from kaohe.wording.words import Words, shown


@singledispatch
def reason_words(reason: Reason, points: Decimal, words: Words) -> str:
    """Why the score is what it is, in words, without a full stop.

    :raises NotImplementedError: for a reason that has no English words yet.
    """
    raise NotImplementedError(f"no English words for the reason {type(reason).__name__}")


def measured(indicator: IndicatorId, value: Decimal, words: Words) -> str:
    """An indicator and its value."""
    return f"{words.title(indicator)} {words.value(indicator, value)}"


NEEDS = {
    "value": "{}",
    "target": "the target of {}",
    "previous": "last year's {}",
    "mean": "the mean of {}",
    "place": "the ranks of {}",
    "best": "the best value of {}",
    "tally": "the register of {}",
}


def need_words(need: Need, words: Words) -> str:
    """A value that is not there, by name."""
    said = NEEDS[need.kind].format(words.title(need.indicator))
    return f"{said} over {need.of}" if need.of else said


@reason_words.register
def _(reason: Missing, points: Decimal, words: Words) -> str:
    del points
    needs = ", ".join(need_words(need, words) for need in reason.needs)
    return f"missing: {needs}; the score is open"


@reason_words.register
def _(reason: AwaitingApproval, points: Decimal, words: Words) -> str:
    del points
    titles = ", ".join(dict.fromkeys(words.title(need.indicator) for need in reason.needs))
    entries = "entry" if reason.waiting == 1 else "entries"
    return f"{titles}: {reason.waiting} {entries} outside the catalogue, not approved; open"


@reason_words.register
def _(reason: CohortPartial, points: Decimal, words: Words) -> str:
    del points
    lacking = [need_words(need, words) for need in reason.needs if need not in reason.unknown]
    unknown = ", ".join(need_words(need, words) for need in reason.unknown)
    told = f"missing: {', '.join(lacking)}; " if lacking else ""
    given = any(need.kind == "mean" for need in reason.unknown)
    advice = "; give a reference value" if given else ""
    return f"{told}not known: {unknown} (not all units are in the data{advice}); the score is open"


SILENCES = {
    "outside the bands": "the document does not say in which band this lies",
    "not reached": "not reached, and the document does not say what then",
    "divisor is zero": "the divisor is 0, and the document does not say what then",
    "outside the tiers": "the document does not say in which tier this lies",
    "place not named": "the document does not say what this place gives",
    "outside the conversion": "the document does not say how this result converts",
    "no conversion": "the document gives no conversion",
    "no formula": "the document gives no formula",
    "mean is zero": "the mean is 0, and the document does not say what then",
    "below the steps": "below the lowest step, and the document does not say what then",
    "steady": "no change on last year, and the document does not say what then",
    "worse": "not the change that is asked, and the document does not say what then",
}


@reason_words.register
def _(reason: Silent, points: Decimal, words: Words) -> str:
    del points
    about = SILENCES[reason.about]
    return f"{measured(reason.indicator, reason.value, words)}: {about}; for an assessor to settle"


@reason_words.register
def _(reason: NotJudged, points: Decimal, words: Words) -> str:
    del reason, points, words
    return "not yet judged by an assessor"


@reason_words.register
def _(reason: Award, points: Decimal, words: Words) -> str:
    del words
    given = f"given by an assessor: {en.gives(reason.score, points)}"
    return f"{given}, because: {reason.reason}" if reason.reason else given


@reason_words.register
def _(reason: MetTarget, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    target = words.value(reason.indicator, reason.target)
    return f"{value} reaches its target of {target}: {en.gives(points, points)}"


@reason_words.register
def _(reason: InBand, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    shortfall = reason.target is not None
    if reason.target is not None:
        target = words.value(reason.indicator, reason.target)
        short = words.change(reason.indicator, reason.measured)
        value = f"{value}, {short} short of its target of {target}"
    elif reason.measured != reason.value:
        value = f"{value}, taken as {words.value(reason.indicator, reason.measured)}"
    band = en.band_stretch(reason.band, reason.indicator, words, shortfall=shortfall)
    what = en.takes(reason.band.points) if reason.deducts else en.gives(reason.band.points, points)
    return f"{value}, in the band “{band}”: {what}"


@reason_words.register
def _(reason: BetweenBands, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    told = ", ".join(str(band.within) for band in reason.bands)
    if len(reason.bands) == 1:
        return f"{value} is on an end of {told} of which the document says nothing; open"
    return f"{value} lies in any of the bands {told} by the document's words; the score is open"


@reason_words.register
def _(reason: NothingLost, points: Decimal, words: Words) -> str:
    edge = words.value(reason.indicator, reason.from_)
    value = measured(reason.indicator, reason.value, words)
    return f"{value} reaches {edge}, where nothing is taken off: {en.gives(points, points)}"


@reason_words.register
def _(reason: SteppedDown, points: Decimal, words: Words) -> str:
    del points
    way = "below" if reason.rule.worse == "below" else "above"
    edge = words.value(reason.indicator, reason.rule.from_)
    away = words.change(reason.indicator, reason.away)
    value = measured(reason.indicator, reason.value, words)
    steps = f" ({shown(reason.steps)} steps)" if reason.steps != reason.away else ""
    return f"{value}, {away} {way} {edge}{steps}: {en.takes(reason.lost)}"


@reason_words.register
def _(reason: StepUndecided, points: Decimal, words: Words) -> str:
    del points
    away = words.change(reason.indicator, reason.away)
    value = measured(reason.indicator, reason.value, words)
    return f"{value}, {away} away; what a part of a step costs is not said, the score is open"


@reason_words.register
def _(reason: Reached, points: Decimal, words: Words) -> str:
    del points
    mark = words.value(reason.indicator, reason.mark)
    met, missed = ("at least", "below") if reason.at_least else ("at most", "above")
    verdict = "reached" if reason.reached else "not reached"
    value = measured(reason.indicator, reason.value, words)
    return f"{value}, {met if reason.reached else missed} {mark}: {verdict}"


@reason_words.register
def _(reason: InProportion, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    said = f"{value} is {shown(reason.ratio * 100)}% of {shown(reason.of)}"
    if reason.ratio < reason.rule.cut_off:
        return f"{said}, below {shown(reason.rule.cut_off * HUNDRED)}%: no points"
    if reason.ratio > reason.rule.cap:
        return f"{said}, counted as {shown(reason.rule.cap * HUNDRED)}%"
    return f"{said}: points in proportion"


@reason_words.register
def _(reason: ZeroBase, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    return f"{value}, the divisor is 0: as the rule says for that case"


@reason_words.register
def _(reason: InTier, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    mean, edge = reason.mean.value(), reason.mean.times(reason.tier.multiple).value()
    told = f"the mean{f' of {reason.tier.of}' if reason.tier.of else ''} is {shown(mean)}"
    if mean != edge:
        told += f" ({shown(reason.tier.multiple)} times it is {shown(edge)})"
    what = en.gives(reason.tier.award, points)
    return f"{value}; {told}; {en.tier_edge(reason.tier)}: {what}"


@reason_words.register
def _(reason: ZeroCase, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, ZERO, words)
    return f"{value}; zero is decided first: {en.gives(reason.award, points)}"


@reason_words.register
def _(reason: BetweenTiers, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    told = ", ".join(f"“{en.tier_edge(t)}: {en.gives(t.award, points)}”" for t in reason.tiers)
    mean = shown(reason.mean.value())
    return f"{value}; the mean is {mean}; just on the edge of {told}; the score is open"


@reason_words.register
def _(reason: Stood, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    place = f"place {reason.place.rank} of {reason.place.size}"
    if reason.place.shared > 1:
        place += f" (shared by {reason.place.shared})"
    if reason.rank != reason.place.rank:
        place += f", counted as place {reason.rank}"
    return f"{value}, {place}"


@reason_words.register
def _(reason: TieUndecided, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    place = f"{reason.place.shared} units tie for place {reason.place.rank}"
    return f"{value}; {place}; how ties count is not said, the score is open"


@reason_words.register
def _(reason: Scaled, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    return f"{value} of {shown(reason.scale)}, carried over in proportion"


@reason_words.register
def _(reason: Graded, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    grade = en.grade_edge(reason.grade, reason.indicator, words)
    return f"{value}, grade {grade}: {en.gives(reason.grade.award, points)}"


@reason_words.register
def _(reason: PlacedOutside, points: Decimal, words: Words) -> str:
    value = measured(reason.indicator, reason.value, words)
    return f"{value}, within {en.run_of(reason.places)}: {en.gives(reason.places.award, points)}"


@reason_words.register
def _(reason: Combined, points: Decimal, words: Words) -> str:
    values = ", ".join(measured(term.of, value, words) for term, value, _ in reason.terms)
    said = f"{values}; combined {shown(reason.ratio)}"
    if reason.step is None:
        return f"{said}: points in proportion"
    edge = shown(reason.step.at_least)
    return f"{said}, at least {edge}: {en.gives(reason.step.award, points)}"


@reason_words.register
def _(reason: Moved, points: Decimal, words: Words) -> str:
    del points
    value = measured(reason.indicator, reason.value, words)
    change = reason.value - reason.previous
    way = "up" if change > ZERO else "down"
    moved = f"{way} {words.change(reason.indicator, abs(change))}" if change else "no change"
    verdict = {
        "better": "as asked",
        "at_limit": "at its limit, which counts as asked",
        "steady": "as the rule says for no change",
        "worse": "not as asked",
    }[reason.verdict]
    previous = words.value(reason.indicator, reason.previous)
    return f"{value}, last year {previous}, {moved}: {verdict}"


@reason_words.register
def _(reason: CameTo, points: Decimal, words: Words) -> str:
    del points
    kinds = [
        f"{words.level(reason.indicator, level)} {shown(Decimal(number))}"
        if level
        else words.counted(reason.indicator, Decimal(number))
        for level, number, _ in reason.tally
    ]
    came = en.takes(reason.came_to) if reason.deducts else en.points_of(reason.came_to)
    return f"{words.title(reason.indicator)} {', '.join(kinds)}: {came}"
