"""Each rule as an English sentence, for readers of the same rubric who read no Chinese."""

from decimal import Decimal
from functools import singledispatch

from kaohe.quantity import HUNDRED, ONE, ZERO
from kaohe.rules.attained import Attained
from kaohe.rules.banded import Banded
from kaohe.rules.base import UNDECIDED, IndicatorId, Rule
from kaohe.rules.binary import Binary
from kaohe.rules.composite import Composite
from kaohe.rules.converted import Converted
from kaohe.rules.counted import Counted
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels
from kaohe.rules.proportional import Proportional
from kaohe.rules.ranked import Ranked
from kaohe.rules.relative import Relative
from kaohe.rules.stepped import Stepped
from kaohe.rules.trend import Trend
from kaohe.wording import phrases_en as en
from kaohe.wording.words import Words, shown


@singledispatch
def rule_words(rule: Rule, points: Decimal, words: Words) -> str:
    """The rule of a part of so many points, in words, without a full stop.

    :raises NotImplementedError: for a rule type that has no English words yet.
    """
    raise NotImplementedError(f"no English words for the rule {type(rule).__name__}")


def kept(places: int | None) -> str:
    """How the score is rounded."""
    if places is None:
        return ""
    decimals = {0: "the whole number", 1: "1 decimal"}.get(places, f"{places} decimals")
    return f", rounded half up to {decimals}"


@rule_words.register
def _(rule: Banded, points: Decimal, words: Words) -> str:
    shortfall = rule.on == "shortfall"
    stretches = []
    for band in rule.bands:
        where = en.band_stretch(band, rule.indicator, words, shortfall=shortfall)
        what = en.takes(band.points) if rule.deduct else en.gives(band.points, points)
        stretches.append(f"{where}: {what}")
    title = words.title(rule.indicator)
    head = f"{title} at or above its target: full points; short of it by: " if shortfall else ""
    tail = [f"{title} is first rounded half up to {rule.round}"] if rule.round is not None else []
    if rule.deduct and max(band.points for band in rule.deduct) > points - rule.floor:
        tail.append(en.floor_words(rule.floor))
    if rule.elsewhere:
        tail.append("elsewhere: not said")
    return (head or f"{title} ") + "; ".join([*stretches, *tail])


def step_size(rule: Stepped, number: Decimal, words: Words) -> str:
    """How large a step is: 1 percentage point, 3 days."""
    measure = {"percentage_point": "percentage point", "day": "day"}.get(rule.unit)
    if measure is not None:
        return f"{shown(number)} {measure if number == ONE else measure + 's'}"
    return words.change(rule.indicator, number)


COUNTING = {
    "pro_rata": "a part of a step costs its share",
    "full": "a part of a step costs nothing",
    "started": "a part of a step costs a whole one",
    "undecided": "what a part of a step costs is not said",
}


@rule_words.register
def _(rule: Stepped, points: Decimal, words: Words) -> str:
    title, edge = words.title(rule.indicator), words.value(rule.indicator, rule.from_)
    met, way = ("at least", "below") if rule.worse == "below" else ("at most", "above")
    said = [
        f"{title} {met} {edge}: full points",
        f"{en.takes(rule.deduct)} for each {step_size(rule, rule.per, words)} {way} it",
    ]
    if not (words.whole(rule.indicator) and rule.per == ONE):
        said.append(COUNTING[rule.counting])
    if rule.repeat_after is not None:
        first = step_size(rule, rule.per * rule.repeat_after, words)
        said.append(f"what is beyond {first} costs {shown(rule.repeat_times)} times as much")
    if rule.cap is not None:
        said.append(f"at most {en.takes(rule.cap)}")
    if rule.cap is None or points - rule.cap < rule.floor:
        said.append(en.floor_words(rule.floor))
    return "; ".join([said[0], ", ".join(said[1:])]) + kept(rule.round)


@rule_words.register
def _(rule: Attained, points: Decimal, words: Words) -> str:
    mark = "its target" if rule.mark == "target" else words.value(rule.indicator, rule.mark)
    met, missed = ("at least", "below") if rule.at_least is not None else ("at most", "above")
    return (
        f"{words.title(rule.indicator)} {met} {mark}: {en.gives_if_said(rule.award, points)}; "
        f"{missed} {mark}: {en.gives_if_said(rule.below, points)}"
    )


def divisor(rule: Proportional, words: Words) -> str:
    """What the value is divided by."""
    match rule.of:
        case Decimal():
            return words.value(rule.indicator, rule.of)
        case "target":
            return "its target"
        case "best":
            return "the best value of the cohort"
        case _:
            return words.title(IndicatorId(rule.of))


@rule_words.register
def _(rule: Proportional, points: Decimal, words: Words) -> str:
    title = words.title(rule.indicator)
    said = [f"in proportion: {shown(points)} × {title} ÷ {divisor(rule, words)}{kept(rule.round)}"]
    if rule.cut_off > ZERO:
        said.append(f"a ratio below {shown(rule.cut_off * HUNDRED)}% gives no points")
    if rule.cap != ONE:
        said.append(f"a ratio counts up to {shown(rule.cap * HUNDRED)}%")
    said.append(f"not above {en.points_of(points)}")
    if not isinstance(rule.of, Decimal) and rule.zero is not UNDECIDED:
        said.append(f"a divisor of 0: {en.gives_if_said(rule.zero, points)}")
    return "; ".join(said)


@rule_words.register
def _(rule: Relative, points: Decimal, words: Words) -> str:
    title = words.title(rule.indicator)
    mean = f"the mean of {rule.of}" if rule.of else "the mean of the cohort"
    others = " (the unit itself left out)" if rule.others else ""
    said = [f"{title} against {mean}{others}, the first that holds"]
    if rule.zero is not None:
        said.append(f"{title} of 0: {en.gives(rule.zero, points)}")
    said += [f"{en.tier_edge(tier)}: {en.gives(tier.award, points)}" for tier in rule.tiers]
    return "; ".join(said)


TIES = {
    "better": "units that tie all take the better place",
    "worse": "units that tie all take the worse place",
    "mean": "units that tie share the mean of their places",
    "undecided": "how ties count is not said",
}


@rule_words.register
def _(rule: Ranked, points: Decimal, words: Words) -> str:
    order = "highest first" if rule.order == "highest_first" else "lowest first"
    said = [f"by rank of {words.title(rule.indicator)}, {order}"]
    said += [f"{en.run_of(run)}: {en.gives(run.award, points)}" for run in rule.places]
    said.append(f"other places: {en.gives_if_said(rule.beyond, points)}")
    said.append(TIES[rule.ties])
    return "; ".join(said) + kept(rule.round)


@rule_words.register
def _(rule: Converted, points: Decimal, words: Words) -> str:
    title = words.title(rule.indicator)
    if rule.scale is not None:
        return f"converted: {shown(points)} × {title} ÷ {shown(rule.scale)}{kept(rule.round)}"
    said = [
        f"{en.grade_edge(grade, rule.indicator, words)}: {en.gives(grade.award, points)}"
        for grade in rule.grades
    ]
    said += [f"{en.run_of(run)}: {en.gives(run.award, points)}" for run in rule.places]
    if not said:
        return f"by {title}; how it converts is not said"
    return f"by {title}: {'; '.join(said)}"


FORMULAS = {
    "weighted_sum": "the weighted mean of value ÷ full mark",
    "min": "the lowest of value ÷ full mark",
    "mean_of_ratios": "the weighted mean of value ÷ mean of the cohort",
    "undecided": "the formula is not said",
}


@rule_words.register
def _(rule: Composite, points: Decimal, words: Words) -> str:
    weighted = any(term.weight != rule.terms[0].weight for term in rule.terms)
    named = []
    for term in rule.terms:
        notes = [f"weight {shown(term.weight)}"] if weighted else []
        if rule.formula in ("weighted_sum", "min"):
            notes.append(f"full mark {shown(term.scale)}")
        named.append(words.title(term.of) + (f" ({', '.join(notes)})" if notes else ""))
    said = [f"{', '.join(named)} combined", FORMULAS[rule.formula]]
    if rule.formula != "undecided" and not rule.steps:
        said.append(f"score = {shown(points)} × that, not above {shown(points)}{kept(rule.round)}")
    said += [
        f"at least {shown(step.at_least)}: {en.gives(step.award, points)}" for step in rule.steps
    ]
    return "; ".join(said)


@rule_words.register
def _(rule: Trend, points: Decimal, words: Words) -> str:
    way = "up" if rule.direction == "up" else "down"
    by = ""
    if rule.by > ZERO:
        amount = f"{shown(rule.by)}% of it" if rule.in_ == "per_cent" else ""
        by = f" by at least {amount or words.change(rule.indicator, rule.by)}"
    given = en.gives_if_said(rule.award, points)
    said = [f"{words.title(rule.indicator)} {way} on last year{by}: {given}"]
    if rule.at_limit is not None:
        said.append(f"staying at {words.value(rule.indicator, rule.at_limit)} counts as {way}")
    steady = f"no change, or less {way}" if rule.by > ZERO else "no change"
    said.append(f"{steady}: {en.gives_if_said(rule.steady, points)}")
    said.append(f"otherwise: {en.gives_if_said(rule.otherwise, points)}")
    return "; ".join(said)


@rule_words.register
def _(rule: Counted, points: Decimal, words: Words) -> str:
    title, say = words.title(rule.indicator), en.takes if rule.takes else en.points_of
    if rule.levels:
        each = ", ".join(
            f"{words.level(rule.indicator, level.level)} {say(level.award)}"
            for level in rule.levels
        )
        said = [f"each of {title}: {each}", "the same thing once, at its highest level"]
    else:
        worth = rule.award if rule.award is not None else rule.deduct
        assert worth is not None, "one of the three is given"  # noqa: S101 -- Counted saw to it
        said = [f"each of {title}: {say(worth)}"]
    if rule.cap is not None:
        said.append(f"at most {say(rule.cap)}")
    if rule.takes:
        said.append(en.floor_words(rule.floor))
    elif rule.cap is None:
        said.append(f"at most {en.points_of(points)}")
    return ", ".join(said)


@rule_words.register
def _(rule: Levels, points: Decimal, words: Words) -> str:
    del words
    said = [f"{level.text}: {en.gives(level.award, points)}" for level in rule.levels]
    return f"found by an assessor: {'; '.join(said)}"


@rule_words.register
def _(rule: Judged, points: Decimal, words: Words) -> str:
    del words
    step = f", in steps of {shown(rule.step)}" if rule.step is not None else ""
    if rule.discretion is None:
        return f"an assessor gives 0–{en.points_of(points)}{step}"
    taken = en.amounts(rule.discretion, shown)
    return f"an assessor takes off nothing, or {taken} points{step}"


@rule_words.register
def _(rule: Binary, points: Decimal, words: Words) -> str:
    del words
    return f"found by an assessor: there, {en.gives(rule.most(points), points)}; not there, none"
