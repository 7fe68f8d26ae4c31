"""The cohorts (参评范围) of a scoring: who is in, which mean was taken, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaohe.quantity import exact
from kaohe.rubric.interpretation import interpret
from kaohe.rubric.model import Indicator
from kaohe.scoring.cohort import OF_COHORT, Cohort
from kaohe.wording.words import Lang, Words, exactly
from kaohe_web.results.scoring import Scored


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of a cohort and its value; empty if it is missing."""

    id: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator by which a cohort is compared, with the mean that the rules were given.

    ``exact`` is the mean itself, a fraction where it does not end, and ``shown`` is how people read
    it; both are empty while it is not known. ``kinds`` say what the rules ask for. ``partial`` says
    that not all units compared with are in the data.
    """

    indicator: str
    title: str
    kinds: tuple[str, ...]
    parts: tuple[str, ...]
    exact: str
    shown: str
    reference: bool
    partial: bool
    named: tuple[tuple[str, str], ...]
    members: tuple[Member, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One cohort: its name, its members, and what they are compared by."""

    name: str
    units: tuple[str, ...]
    compared: tuple[Compared, ...]


def frames(scored: Scored, lang: Lang = "zh") -> tuple[Frame, ...]:
    """Every cohort of a scoring, in the order of the data."""
    cohorts: dict[str, Cohort] = {}
    for unit in scored.units:
        cohorts.setdefault(unit.facts.unit.group, unit.facts.cohort)
    with exact():
        return tuple(
            Frame(
                name,
                tuple(member.unit.name for member in cohort.members),
                tuple(compared(scored, cohort, lang)),
            )
            for name, cohort in cohorts.items()
        )


def compared(scored: Scored, cohort: Cohort, lang: Lang) -> Iterator[Compared]:
    """What the rules compare within a cohort, in the order of the document."""
    asked: dict[str, tuple[Indicator, dict[str, None], dict[str, None], dict[str, None]]] = {}
    for part in interpret(scored.rubric).all_parts():
        for need in part.rule.needs():
            indicator = scored.rubric.indicators.get(need.indicator)
            if need.kind not in OF_COHORT or indicator is None:
                continue
            empty = (indicator, dict[str, None](), dict[str, None](), dict[str, None]())
            _, kinds, parts, named = asked.setdefault(need.indicator, empty)
            kinds[need.kind] = parts[part.id] = None
            if need.of:
                named[need.of] = None
    words = Words.of(scored.rubric, lang)
    for indicator, kinds, parts, named in asked.values():
        yield told(cohort, indicator, words, (tuple(kinds), tuple(parts), tuple(named)))


def told(
    cohort: Cohort,
    indicator: Indicator,
    words: Words,
    asked: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
) -> Compared:
    """One indicator within a cohort."""
    kinds, parts, named = asked
    mean = cohort.mean(indicator.id)
    value = None if mean is None else mean.value()
    given = ((of, cohort.references.get((indicator.id, of))) for of in named)
    values = ((member, member.values.get(indicator.id)) for member in cohort.asked(indicator.id))
    return Compared(
        indicator=indicator.id,
        title=indicator.title,
        kinds=kinds,
        parts=parts,
        exact="" if value is None else exactly(value),
        shown="" if value is None else words.value(indicator.id, value),
        reference=cohort.references.get((indicator.id, "")) is not None,
        partial=cohort.partial(indicator.id),
        named=tuple((of, "" if v is None else words.value(indicator.id, v)) for of, v in given),
        members=tuple(
            Member(m.unit.id, m.unit.name, "" if v is None else words.value(indicator.id, v))
            for m, v in values
        ),
        missing=cohort.missing(indicator.id),
    )
