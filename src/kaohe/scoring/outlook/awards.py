"""Which points an assessor could give a part above what it has."""

from decimal import Decimal
from typing import NamedTuple

from kaohe.quantity import ONE
from kaohe.rubric.model import Part
from kaohe.rules.binary import Binary
from kaohe.rules.judged import Judged
from kaohe.rules.levels import Levels

GRAIN = ONE.scaleb(-2)
"""How finely points within a stretch of discretion are tried."""


class Awards(NamedTuple):
    """Single points to choose from, or ``fine``: any points up to so many."""

    single: tuple[Decimal, ...]
    fine: Decimal | None


def awards_above(part: Part, low: Decimal) -> Awards:
    """The points that an assessor may give a part which more than ``low`` would better."""
    rule, most = part.rule, part.rule.most(part.points)
    match rule:
        case Levels():
            offered = [level.award for level in rule.levels]
        case Binary():
            offered = [most]
        case Judged(step=Decimal() as step):
            offered = [times * step for times in range(int(most / step) + 1)] + [most]
        case Judged(discretion=discretion) if discretion is not None:
            hundredths = range(int(most / GRAIN) + 1)
            offered = [times * GRAIN for times in hundredths] + [most]
        case _:
            return Awards((), fine=most if most > low else None)
    fit = {
        award for award in offered if award > low and rule.award_fault(award, part.points) is None
    }
    return Awards(tuple(sorted(fit)), fine=None)
