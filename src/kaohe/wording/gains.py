"""The ways to a better score as sentences: 达到 94.5% 得满分（+0.1）."""

from decimal import Decimal
from functools import singledispatch

from kaohe.rules.ranked import Stood
from kaohe.rules.relative import InTier
from kaohe.scoring.outlook.regain import (
    AssessorNeeded,
    DataNeeded,
    TallyNeeded,
    ValueNeeded,
    Way,
)
from kaohe.scoring.result import PartScore
from kaohe.wording import phrases_en as en
from kaohe.wording import phrases_zh as zh
from kaohe.wording import reasons_en, reasons_zh
from kaohe.wording.words import Words, shown, spread


def gain_sentence(way: Way, scored: PartScore, words: Words) -> str:
    """What would have been needed, and what it would have given."""
    return gain_words(way, scored, words) + ("。" if words.lang == "zh" else ".")


@singledispatch
def gain_words(way: Way, scored: PartScore, words: Words) -> str:
    """The same, without a full stop.

    :raises NotImplementedError: for a way that has no words yet.
    """
    del scored, words
    raise NotImplementedError(f"no words for the way {type(way).__name__}")


def given(score: Decimal, scored: PartScore, words: Words) -> str:
    """The score it would give and, where a score stands already, by how much more."""
    points = scored.part.points
    said = zh.gives(score, points) if words.lang == "zh" else en.gives(score, points)
    if not scored.settled:
        return said
    more = shown(score - scored.outcome.low)
    return f"{said}（+{more}）" if words.lang == "zh" else f"{said} (+{more})"


@gain_words.register
def _(way: ValueNeeded, scored: PartScore, words: Words) -> str:
    title, value = words.title(way.indicator), words.value(way.indicator, way.needed)
    score, then = given(way.outcome.low, scored, words), consequence(way, words)
    rises = way.needed > way.now or words.unit(way.indicator) in ("grade", "rank")
    if words.lang == "zh":
        verb = "达到" if rises else "降到"
        space = " " if not then and value[-1] in "%0123456789" else ""
        return f"{title}{verb} {value}{then}{space}{score}"
    verb = "up to" if rises else "down to"
    return f"{title} {verb} {value}{then}: {score}"


def consequence(way: ValueNeeded, words: Words) -> str:
    """What else would move: the mean it is compared with, or the place."""
    because = way.outcome.because
    if isinstance(because, Stood):
        place = because.place.rank
        return f"（排第 {place} 名）" if words.lang == "zh" else f" (place {place})"
    if isinstance(because, InTier):
        mean = shown(because.mean.value())
        return f"（平均值 {mean}）" if words.lang == "zh" else f" (the mean is {mean})"
    return ""


@gain_words.register
def _(way: TallyNeeded, scored: PartScore, words: Words) -> str:
    title, level = words.title(way.indicator), words.level(way.indicator, way.level)
    score = given(way.outcome.low, scored, words)
    if words.lang == "zh":
        return f"{title}（{level}）由 {way.now} 项变为 {way.needed} 项，{score}"
    return f"{title} ({level}) {way.needed} instead of {way.now}: {score}"


@gain_words.register
def _(way: AssessorNeeded, scored: PartScore, words: Words) -> str:
    most = given(way.most, scored, words)
    if words.lang == "zh":
        found = f"由评审认定为“{way.level}”的{most}" if way.level else f"由评审给分，最高可{most}"
        return f"{found}；请提交证据" + ("：" + "、".join(way.evidence) if way.evidence else "")
    found = f"an assessor finds “{way.level}”" if way.level else "an assessor gives points"
    evidence = f"submit evidence: {', '.join(way.evidence)}" if way.evidence else "submit evidence"
    return f"{found}, at most {most}; {evidence}"


@gain_words.register
def _(way: DataNeeded, scored: PartScore, words: Words) -> str:
    del scored
    span = spread(way.low, way.high)
    if words.lang == "zh":
        needs = "、".join(reasons_zh.need_words(need, words) for need in way.needs)
        return f"补齐{needs}后才能计分，得分在 {span} 分之间"
    needs = ", ".join(reasons_en.need_words(need, words) for need in way.needs)
    return f"scored once {needs} is known, between {span} points"
