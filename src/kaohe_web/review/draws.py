"""Drawing units for site visits: what goes in and comes out is published, and never changed."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.review import queries
from kaohe_web.review.assignments import open_year
from kaohe_web.review.drawing import drawn
from kaohe_web.review.models import Draw

LONGEST_SEED = 200


@action("draw.made", right="review.assign")
def draw(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    candidates: Collection[int],
    seed: str,
    many: int,
    note: str = "",
) -> Draw:
    """Draw so many of some units; a second draw says why the first does not serve.

    The same draw asked for twice is the same one.

    :raises Invalid: with everything that is wrong with the list, the seed or the number.
    """
    year = open_year(cycle, by)
    units = queries.units_to_review(by, year).filter(pk__in=candidates)
    names = [unit.unit.name for unit in units]
    seed, listed = seed.strip(), "\n".join(names)
    if len(seed) > LONGEST_SEED:
        raise Invalid([_("随机种子最多 %(most)s 个字") % {"most": LONGEST_SEED}])
    chosen = drawn(names, seed, many)
    earlier = queries.draws(by, year)
    again = earlier.filter(seed=seed, candidates=listed, many=many).first()
    if again is not None:
        return again
    if earlier.exists() and not note.strip():
        raise Invalid([_("已经抽过；再抽请写明原因，原来的抽取会保留")])
    row = Draw.objects.create(
        cycle=year,
        seed=seed,
        candidates=listed,
        many=many,
        drawn="\n".join(chosen),
        note=note.strip(),
        by=f"{by.name}（{by.title}）"[:200],
        at=at,
    )
    details = {"seed": seed, "candidates": names, "many": str(many), "drawn": chosen}
    trail.record("draw.made", row, by=by, at=at, reason=row.note, details=details)
    return row
