"""Which parts a measured value decides."""

from collections.abc import Iterator

from kaohe.rubric.model import Part, Rubric
from kaohe.rules.base import IndicatorId


def parts_asking_for(rubric: Rubric, indicator: IndicatorId) -> Iterator[Part]:
    """The parts whose rules ask for an indicator, in document order."""
    for part in rubric.all_parts():
        if any(need.indicator == indicator for need in part.rule.needs()):
            yield part
