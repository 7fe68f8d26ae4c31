from decimal import Decimal
from random import Random

import pytest

from counts import count
from kaohe.quantity import exact
from kaohe.scoring.outlook.improve import Improvement, cheapest
from outlook.small import world
from outlook.trying import Cost, by_trying

CASES = count(full=4_000, reduced=60)


@pytest.mark.parametrize("crossing", [False, True], ids=["items alone", "across items"])
@pytest.mark.parametrize("seed", range(CASES))
def test_no_combination_of_values_and_points_is_cheaper(seed: int, *, crossing: bool) -> None:
    rng = Random(f"{seed} {crossing}")
    rubric, data = world(rng, crossing=crossing)
    costs = rng.choice([{}, {"x0": Decimal(3), "x1": Decimal("0.5"), "x2": Decimal(2)}])
    wanted = rng.choice(rubric.grades.names[:-1])
    costs = {part.id: costs[part.id] for part in rubric.all_parts() if part.id in costs}

    found = cheapest(rubric, data, "u0", grade=wanted, costs=costs)

    answer: Cost | None
    if isinstance(found, Improvement):
        answer = (found.cost, len(found.parts), found.total.after)
    else:
        answer = (Decimal(0), 0, found.total) if found.why == "reached" else None
    with exact():
        assert answer == by_trying(rubric, data, wanted, costs)
