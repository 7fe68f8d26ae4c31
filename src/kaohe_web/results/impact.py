"""Before a correction is accepted: whose score, mean, rank and grade it would move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kaohe.quantity import write_number
from kaohe.rules.base import Award
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.observed import observed as filed
from kaohe_web.results.moves import Moves, between
from kaohe_web.results.observed import judged_in, vetoes_of, with_points, with_vetoes
from kaohe_web.results.scoring import Plain, readings_of, rubric_as_read, score_text


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction changes of one unit, named by its code.

    ``values`` by indicator (``None`` takes a value away), ``points`` by part, ``vetoes`` that come
    to act and ``lifted`` that no longer do.
    """

    unit: str
    values: Mapping[str, Decimal | None] = field(default_factory=dict)
    points: Mapping[str, Decimal] = field(default_factory=dict)
    vetoes: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()


def impact(cycle: Cycle, *changes: Change) -> Moves:
    """Everything that moves if these changes are made to the year as it stands; changes nothing.

    :raises Mistaken: if a changed value is one that the indicator cannot have.
    """
    readings = readings_of(cycle)
    rubric = rubric_as_read(cycle.edition, readings)
    data, judged, vetoes = filed(cycle, drafts=False), judged_in(cycle), vetoes_of(cycle)
    before = with_points(rubric, with_vetoes(data, vetoes), judged)
    changed = with_vetoes(with_values(data, changes), other_vetoes(vetoes, changes))
    given = {
        (change.unit, part): Award(score)
        for change in changes
        for part, score in change.points.items()
    }
    after = with_points(rubric, changed, {**judged, **given})
    return between(
        score_text(cycle.edition, readings, before.text),
        score_text(cycle.edition, readings, after.text),
    )


def with_values(data: Plain, changes: Iterable[Change]) -> Plain:
    """The data with these values; a typed value takes the place of what is registered."""
    units = {unit["id"]: unit for unit in data["units"]}
    for change in changes:
        unit = units[change.unit]
        values, entries = dict(unit.get("indicators", {})), dict(unit.get("entries", {}))
        for indicator, value in change.values.items():
            entries.pop(indicator, None)
            values.pop(indicator, None)
            if value is not None:
                values[indicator] = write_number(value)
        units[change.unit] = {**unit, "indicators": values, "entries": entries}
    return {**data, "units": list(units.values())}


def other_vetoes(
    vetoes: Mapping[str, list[Plain]], changes: Iterable[Change]
) -> dict[str, list[Plain]]:
    """The vetoes with those that come to act, without those that are lifted."""
    found = {unit: list(listed) for unit, listed in vetoes.items()}
    for change in changes:
        kept = [veto for veto in found.get(change.unit, ()) if veto["veto"] not in change.lifted]
        known = {veto["veto"] for veto in kept}
        new = [{"veto": veto} for veto in change.vetoes if veto not in known]
        found[change.unit] = [*kept, *new]
    return found
