"""Rules, reasons, parts and items as sentences: what a score sheet prints beside each score."""

from dataclasses import replace
from decimal import Decimal

from kaohe.quantity import ONE, exact
from kaohe.rules.base import NotJudged, Reason, Rule
from kaohe.rules.relative import InTier, Relative
from kaohe.scoring.result import Exempted, ItemScore, PartScore
from kaohe.wording import reasons_en, reasons_zh, rules_en, rules_zh
from kaohe.wording.arithmetic import arithmetic
from kaohe.wording.effects import effect_sentence, grade_sentence
from kaohe.wording.words import Words, shown, spread

__all__ = [
    "effect_sentence",
    "explain_item",
    "explain_part",
    "grade_sentence",
    "reason_sentence",
    "rule_sentence",
]

TREATMENTS = {
    "zh": {
        "rebase": "其分值由其余条目重新折算",
        "full": "按满分计",
        "leave_out": "不计入总分",
        "undecided": "如何处理原文没有写明",
    },
    "en": {
        "rebase": "the rest is scaled up in its place",
        "full": "full points are given",
        "leave_out": "left out of the total",
        "undecided": "the document does not say what becomes of its points",
    },
}


def rule_sentence(rule: Rule, points: Decimal, words: Words) -> str:
    """The rule of a part of so many points, as a clerk would read it in the standard.

    :raises NotImplementedError: for a rule type that has no words yet.
    """
    with exact():
        if words.lang == "zh":
            return rules_zh.rule_words(rule, points, words) + "。"
        said = rules_en.rule_words(rule, points, words)
        return said[:1].upper() + said[1:] + "."


def reason_sentence(reason: Reason, points: Decimal, words: Words) -> str:
    """Why a part of so many points has the score it has.

    :raises NotImplementedError: for a reason that has no words yet.
    """
    with exact():
        said = reason_words(reason, points, words)
        return said + "。" if words.lang == "zh" else said[:1].upper() + said[1:] + "."


def reason_words(reason: Reason, points: Decimal, words: Words) -> str:
    """The reason without a full stop, to be built into a longer sentence."""
    if words.lang == "zh":
        return reasons_zh.reason_words(reason, points, words)
    return reasons_en.reason_words(reason, points, words)


def explain_part(scored: PartScore, words: Words) -> str:
    """One line (得分说明): the value and its source, what it was compared with, and the sum.

    What is open says so, with its range; an assessor's points stand beside the rule that was
    silent; an exemption says what becomes of the points.
    """
    with exact():
        if scored.exempted is not None:
            return exempt_words(scored.exempted, scored, words)
        said = reason_words(named(scored), scored.part.points, words)
        if scored.silent is not None and not isinstance(scored.silent, NotJudged):
            silent = reason_words(scored.silent, scored.part.points, words)
            said = f"{silent}；{said}" if words.lang == "zh" else f"{silent}; {said}"
        said += reckoned(scored, words)
        if not scored.settled:
            span = spread(scored.outcome.low, scored.outcome.high)
            said += f"（{span} 分）" if words.lang == "zh" else f" ({span} points)"
        said += source(scored, words)
        return f"{said}。" if words.lang == "zh" else f"{said}."


def exempt_words(exempted: Exempted, scored: PartScore, words: Words) -> str:
    """An exemption, its reason, and what becomes of the points."""
    treatment = TREATMENTS[words.lang][exempted.treatment]
    points = shown(scored.part.points)
    if words.lang == "zh":
        return f"不适用（{exempted.reason}），{points} 分{treatment}。"
    noun = "point" if scored.part.points == ONE else "points"
    return f"not applicable ({exempted.reason}); {points} {noun}: {treatment}."


def named(scored: PartScore) -> Reason:
    """The reason of a part, its mean called by the name that the rule gives it (全市)."""
    because, rule = scored.outcome.because, scored.part.rule
    if isinstance(because, InTier) and isinstance(rule, Relative) and not because.tier.of:
        return replace(because, tier=replace(because.tier, of=rule.of))
    return because


def reckoned(scored: PartScore, words: Words) -> str:
    """The arithmetic, where there is any."""
    low = scored.outcome.low
    sum_ = arithmetic(scored.outcome.because, scored.part.rule, scored.part.points, low, words)
    if not sum_:
        return ""
    return f"：{sum_}" if words.lang == "zh" else f"; {sum_}"


def source(scored: PartScore, words: Words) -> str:
    """Who enters the values that the part rests on."""
    needs = dict.fromkeys(need.indicator for need in scored.part.rule.needs())
    providers = dict.fromkeys(words.provider(i) or scored.part.provider for i in needs)
    named = [provider for provider in providers if provider]
    if not named:
        return ""
    return f"（数据：{'、'.join(named)}）" if words.lang == "zh" else f" (data: {', '.join(named)})"


def explain_item(item: ItemScore, words: Words) -> str:
    """The explanation of an item: its part's, or those of its parts, each by its title."""
    if not item.criterion.divided:
        return explain_part(item.parts[0], words)
    return ("" if words.lang == "zh" else " ").join(titled(part, words) for part in item.parts)


def titled(scored: PartScore, words: Words) -> str:
    """A part's explanation behind its id, and its title where the explanation does not begin so."""
    part, said = scored.part, explain_part(scored, words)
    if said.startswith(part.title):
        return f"{part.id} {said}"
    return f"{part.id} {part.title}{'：' if words.lang == 'zh' else ': '}{said}"
