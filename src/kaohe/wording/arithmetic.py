"""The sum behind a score, written out: 3 − 0.3 × 2.5 = 2.25."""

from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from kaohe.quantity import ONE, ZERO, Exact
from kaohe.rules.banded import InBand
from kaohe.rules.base import Reason, Rule
from kaohe.rules.composite import Combined
from kaohe.rules.converted import Scaled
from kaohe.rules.counted import CameTo, Counted
from kaohe.rules.proportional import InProportion
from kaohe.rules.ranked import Ranked, Stood
from kaohe.rules.stepped import SteppedDown
from kaohe.wording.words import Words, shown


@singledispatch
def arithmetic(reason: Reason, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    """How the score follows from the points; empty where nothing is reckoned."""
    del reason, rule, points, score, words
    return ""


def result(sum_: str, raw: Exact, score: Decimal, words: Words) -> str:
    """A sum and what it comes to; what a floor, a cap or a rounding made of it is said."""
    if raw == score:
        return f"{sum_} = {shown(score)}"
    taken = "，取" if words.lang == "zh" else ", taken as"
    return f"{sum_} = {shown(raw)}{taken} {shown(score)}"


@arithmetic.register
def _(reason: InBand, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    del rule
    if not reason.deducts:
        return ""
    lost = reason.band.points
    return result(f"{shown(points)} − {shown(lost)}", points - lost, score, words)


@arithmetic.register
def _(reason: SteppedDown, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    del rule
    stepped = reason.rule
    each, steps = stepped.deduct, Fraction(reason.steps)
    sum_ = f"{shown(points)} − {shown(each)} × {shown(steps)}"
    raw = Fraction(points) - Fraction(each) * steps
    first = stepped.repeat_after
    if first is not None and steps > first:
        again, times = steps - first, stepped.repeat_times
        sum_ = f"{shown(points)} − {shown(each)} × {first}"
        sum_ += f" − {shown(each)} × {shown(times)} × {shown(again)}"
        raw = Fraction(points) - Fraction(each) * (first + again * Fraction(times))
    return result(sum_, raw, score, words)


@arithmetic.register
def _(reason: InProportion, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    del rule
    if reason.ratio < reason.rule.cut_off:
        return ""
    sum_ = f"{shown(points)} × {shown(reason.value)} ÷ {shown(reason.of)}"
    return result(sum_, Fraction(points) * reason.ratio, score, words)


@arithmetic.register
def _(reason: Stood, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    del points
    if not isinstance(rule, Ranked) or rule.ties != "mean" or reason.place.shared == 1:
        return ""
    stood = range(reason.place.rank, reason.place.rank + reason.place.shared)
    awards = [award for rank in stood if (award := rule.award_of(rank)) is not None]
    sum_ = f"({' + '.join(map(shown, awards))}) ÷ {len(awards)}"
    return result(sum_, Fraction(sum(awards, ZERO)) / len(awards), score, words)


@arithmetic.register
def _(reason: Scaled, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    del rule
    sum_ = f"{shown(points)} × {shown(reason.value)} ÷ {shown(reason.scale)}"
    raw = Fraction(points) * Fraction(reason.value) / Fraction(reason.scale)
    return result(sum_, raw, score, words)


@arithmetic.register
def _(reason: Combined, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    del rule
    combined = formula(reason)
    if reason.step is not None:
        return combined
    raw = Fraction(points) * reason.ratio
    share = result(f"{shown(points)} × {shown(reason.ratio)}", raw, score, words)
    return f"{combined}；{share}" if words.lang == "zh" else f"{combined}; {share}"


def formula(reason: Combined) -> str:
    """The ratios put together."""
    ratios = [shown(ratio) for _, _, ratio in reason.terms]
    if reason.formula == "min":
        return f"min({', '.join(ratios)}) = {shown(reason.ratio)}"
    weights = [term.weight for term, _, _ in reason.terms]
    if all(weight == weights[0] for weight in weights):
        return f"({' + '.join(ratios)}) ÷ {len(ratios)} = {shown(reason.ratio)}"
    shares = [f"{shown(w)} × {r}" for w, r in zip(weights, ratios, strict=True)]
    over = sum(weights, ZERO)
    if over == ONE:
        return f"{' + '.join(shares)} = {shown(reason.ratio)}"
    return f"({' + '.join(shares)}) ÷ {shown(over)} = {shown(reason.ratio)}"


@arithmetic.register
def _(reason: CameTo, rule: Rule, points: Decimal, score: Decimal, words: Words) -> str:
    things = [f"{shown(each)} × {shown(Decimal(n))}" for _, n, each in reason.tally if n]
    if not things:
        return ""
    raw = sum((each * number for _, number, each in reason.tally), ZERO)
    if reason.deducts:
        return result(f"{shown(points)} − {' − '.join(things)}", points - raw, score, words)
    assert isinstance(rule, Counted), "the rule that counts"  # noqa: S101 -- only it says CameTo
    return result(" + ".join(things), raw, score, words)
