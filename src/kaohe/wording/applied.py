"""The band, tier, step, place or level that was applied, by itself."""

from functools import singledispatch

from kaohe.rules.banded import InBand, MetTarget
from kaohe.rules.base import Reason
from kaohe.rules.composite import Combined
from kaohe.rules.converted import Graded, PlacedOutside
from kaohe.rules.ranked import Stood
from kaohe.rules.relative import InTier
from kaohe.wording import phrases_en as en
from kaohe.wording import phrases_zh as zh
from kaohe.wording.words import Words, shown


@singledispatch
def applied(reason: Reason, words: Words) -> str:
    """What of the rule decided; empty where the rule has no bands, tiers, steps or places."""
    del reason, words
    return ""


@applied.register
def _(reason: MetTarget, words: Words) -> str:
    del reason
    return "达到目标值" if words.lang == "zh" else "at or above the target"


@applied.register
def _(reason: InBand, words: Words) -> str:
    shortfall = reason.target is not None
    if words.lang == "zh":
        return zh.band_stretch(reason.band, reason.indicator, words, shortfall=shortfall)
    return en.band_stretch(reason.band, reason.indicator, words, shortfall=shortfall)


@applied.register
def _(reason: InTier, words: Words) -> str:
    return zh.tier_edge(reason.tier) if words.lang == "zh" else en.tier_edge(reason.tier)


@applied.register
def _(reason: Stood, words: Words) -> str:
    return f"第 {reason.rank} 名" if words.lang == "zh" else f"place {reason.rank}"


@applied.register
def _(reason: Graded, words: Words) -> str:
    if words.lang == "zh":
        return zh.grade_edge(reason.grade, reason.indicator, words)
    return en.grade_edge(reason.grade, reason.indicator, words)


@applied.register
def _(reason: PlacedOutside, words: Words) -> str:
    return zh.run_of(reason.places) if words.lang == "zh" else en.run_of(reason.places)


@applied.register
def _(reason: Combined, words: Words) -> str:
    if reason.step is None:
        return ""
    edge = shown(reason.step.at_least)
    return f"不低于 {edge}" if words.lang == "zh" else f"at least {edge}"
