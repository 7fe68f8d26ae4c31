"""One unit's result with everything that argues for it, in both languages, as it is frozen."""

from collections.abc import Iterator

from kaohe.scoring.result import UnitScore
from kaohe.wording.effects import effect_sentence, grade_sentence
from kaohe.wording.trace import trace_part
from kaohe.wording.words import Lang, Words
from kaohe_web.results.scoring import Plain, Scored
from kaohe_web.results.sources import Sources

LANGS: tuple[Lang, ...] = ("zh", "en")


def details(scored: Scored, sources: Sources) -> Iterator[tuple[UnitScore, Plain]]:
    """Each unit's score, and its detail: figures, traces, effects, sources."""
    plain = {lang: scored.plain(lang)["units"] for lang in LANGS}
    for place, result in enumerate(scored.units):
        told: Plain = {"sources": sources.get(result.facts.unit.id, {})}
        for lang in LANGS:
            told[lang] = worded(scored, result, lang, plain[lang][place])
        yield result, told


def worded(scored: Scored, result: UnitScore, lang: Lang, plain: Plain) -> Plain:
    """A unit's figures and sentences in one language."""
    rubric, words = scored.rubric, Words.of(scored.rubric, lang)
    parts = [part for item in result.items for part in item.parts]
    traces = {p.part.id: trace_part(p, result.facts, rubric, lang).as_plain() for p in parts}
    return {
        "unit": plain,
        "traces": traces,
        "effects": [effect_sentence(effect, rubric, words) for effect in result.effects],
        "grade": grade_sentence(result, rubric, words),
    }


def live_detail(scored: Scored, unit_id: str, lang: Lang, sources: Sources) -> Plain:
    """The detail of one unit in one language, of a scoring that is not frozen."""
    place = [result.facts.unit.id for result in scored.units].index(unit_id)
    plain = scored.plain(lang)["units"][place]
    told = worded(scored, scored.units[place], lang, plain)
    return {lang: told, "sources": sources.get(unit_id, {})}
