"""What a rubric asks of a year: parts to be filed, values to be provided, targets, means."""

from kaohe.rubric.model import Indicator, Part, Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import OF_COHORT

FILED = ("value", "tally", "previous")
"""The needs of a rule that are entered as values."""


def filed_parts(rubric: Rubric) -> list[Part]:
    """The parts for which the units file, in document order."""
    return [part for part in rubric.all_parts() if part.filing == "units"]


def judged(part: Part) -> bool:
    """Whether an assessor gives the points, no value deciding any of them."""
    return not part.rule.needs()


def measured(rubric: Rubric) -> dict[IndicatorId, list[Part]]:
    """The indicators that rules read the values of, each with the parts that read it."""
    found: dict[IndicatorId, list[Part]] = {}
    for part in rubric.all_parts():
        for need in part.rule.needs():
            parts = found.setdefault(need.indicator, [])
            if need.kind in FILED and part not in parts:
                parts.append(part)
    return found


def to_be_provided(rubric: Rubric) -> dict[IndicatorId, list[Part]]:
    """The indicators that no unit files a value of: every part that reads them says so."""
    return {
        indicator: parts
        for indicator, parts in measured(rubric).items()
        if parts and all(part.filing == "none" for part in parts)
    }


def printed_provider(rubric: Rubric, indicator: IndicatorId, parts: list[Part]) -> str:
    """Who provides an indicator's values by the words of the rubric; empty where it is silent."""
    known = rubric.indicators.get(indicator)
    named = [known.provider] if known is not None else []
    return next(filter(None, [*named, *(part.provider for part in parts)]), "")


def with_targets(rubric: Rubric) -> list[Indicator]:
    """The indicators for which each unit files a target."""
    return [indicator for indicator in rubric.indicators.values() if indicator.target]


def means_needed(rubric: Rubric) -> list[tuple[IndicatorId, str]]:
    """The means that rules compare with: the indicator, and the mean's name (empty: the cohort's).

    Names that an indicator offers and no rule asks for stand there too, for whoever changes a
    reading later.
    """
    needs = [need for part in rubric.all_parts() for need in part.rule.needs()]
    asked = [(need.indicator, need.of) for need in needs if need.kind == "mean"]
    offered = [(i.id, name) for i in rubric.indicators.values() for name in i.references]
    return list(dict.fromkeys((*asked, *offered)))


def compared(rubric: Rubric) -> list[IndicatorId]:
    """The indicators of which rules ask something over all units: mean, place or best value."""
    needs = [need for part in rubric.all_parts() for need in part.rule.needs()]
    asked = [need.indicator for need in needs if need.kind in OF_COHORT and not need.of]
    return list(dict.fromkeys(asked))


def title_of(rubric: Rubric, indicator: str) -> str:
    """The printed name of an indicator; its id where the rubric does not define it."""
    known = rubric.indicators.get(IndicatorId(indicator))
    return known.title if known is not None else indicator
