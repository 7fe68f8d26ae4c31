"""What a unit lost, part by part; and what it lost on the same part the year before."""

from collections.abc import Mapping
from decimal import Decimal

from kaohe.quantity import ZERO, exact
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.results.models import UnitResult
from kaohe_web.results.moves import leaves
from kaohe_web.results.queries import in_force
from kaohe_web.results.scoring import Plain, figure
from kaohe_web.results.stored import detail_in, result_in

Losses = Mapping[str, Decimal]
"""The points that were lost, by part."""


def losses_in(unit: Plain) -> dict[str, Decimal]:
    """The points that each part of a unit's result lost, where its score is settled."""
    found = {}
    with exact():
        for leaf in leaves(unit).values():
            if leaf["score"] is not None:
                lost = figure(leaf["points"]) - figure(leaf["score"])
                if lost > ZERO:
                    found[leaf["id"]] = lost
    return found


def losses_of(result: UnitResult) -> dict[str, Decimal]:
    """The points that each part of a stored result lost."""
    return losses_in(detail_in(result)["zh"]["unit"])


def losses_before(cycle: Cycle) -> dict[str, Losses]:
    """What each unit lost in the year before, by the unit's code; nothing where none is known.

    Only of parts that are still the same: a part may bear another title in another edition.
    """
    run = in_force(cycle.before) if cycle.before is not None else None
    if run is None:
        return {}
    titles = {part.id: part.title for part in rubric_of(cycle).all_parts()}
    same = {p.id for p in rubric_of(run.cycle).all_parts() if titles.get(p.id) == p.title}
    return {
        unit["id"]: {part: lost for part, lost in losses_in(unit).items() if part in same}
        for unit in result_in(run)["units"]
    }
