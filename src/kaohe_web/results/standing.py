"""The year as it stands, scored now: or the mistakes in its data that stand in the way."""

import re
from dataclasses import dataclass

from kaohe.errors import KaoheError
from kaohe.nodes import Mistaken
from kaohe_web.cycles.models import Cycle
from kaohe_web.results.observed import Basis, Observed, score_now
from kaohe_web.results.scoring import Scored

UNIT = re.compile(r"units\[(\d+)\]\.?")


@dataclass(frozen=True, slots=True)
class Standing:
    """The scores of the moment; where the data has mistakes, none but these."""

    scored: Scored | None
    observed: Observed | None
    mistakes: tuple[str, ...] = ()


def standing(cycle: Cycle, basis: Basis) -> Standing:
    """Score a year as it stands, on some basis."""
    try:
        scored, observed = score_now(cycle, basis)
    except Mistaken as error:
        names = list(cycle.units.select_related("unit"))
        told = (placed(str(mistake), [str(each) for each in names]) for mistake in error.mistakes)
        return Standing(None, None, tuple(told))
    except KaoheError as error:
        return Standing(None, None, (str(error),))
    return Standing(scored, observed)


def placed(mistake: str, names: list[str]) -> str:
    """A mistake with its unit by name instead of by its place in the data."""

    def name(found: re.Match[str]) -> str:
        place = int(found[1])
        return f"{names[place]} " if place < len(names) else found[0]

    return UNIT.sub(name, mistake, count=1)
