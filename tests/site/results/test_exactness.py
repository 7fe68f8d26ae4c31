"""Numbers through the database and the pages, exact to the last digit (T51, T52)."""

import json
from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse

from counts import count
from kaohe.quantity import exact, write_number
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import ReportedValue
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import runs
from kaohe_web.results.observed import score_now
from oracle import cohorts, evaluator
from oracle.test_command import bare, expected
from results.conftest import People
from results.loading import load_cohort
from results.test_agreement import as_text
from world import NOW

EDGES = {
    "94.5": "2.5",
    "94.499999999999": "2.4",
    "94.45": "2.4",
    "94.4": "2.4",
    "92": "2.4",
    "91.999999999999": "2.3",
    "90": "2.3",
    "89.999999999999": "2.2",
    "0": "2.2",
}


def one_unit(**data: object) -> Cycle:
    """A year of one unit of which this is known."""
    unit = {"id": "u01", "name": "城东区（示例）", "group": "示例市", **data}
    return load_cohort({"units": [unit]})


def score_of(cycle: Cycle, part: str) -> str:
    """The settled score of a part, as it is written."""
    [unit] = score_now(cycle)[0].units
    scored = unit.part(part)
    assert scored is not None
    assert scored.score is not None
    return write_number(scored.score)


@pytest.mark.parametrize(("value", "score"), EDGES.items())
def test_T51_band_edges_hold_through_the_database(db: None, value: str, score: str) -> None:
    del db
    cycle = one_unit(indicators={"vegetable_pass_rate": value})
    assert ReportedValue.objects.get().value == Decimal(value)
    assert score_of(cycle, "G2.1") == score


@pytest.mark.parametrize(
    ("value", "score"), [("89.999999999999", "0"), ("90", "0"), ("90.1", "0.03"), ("100", "3")]
)
def test_T51_a_deduction_stops_at_zero(db: None, value: str, score: str) -> None:
    del db
    cycle = one_unit(indicators={"tourism_complaint_settlement_rate": value})
    assert score_of(cycle, "G6.2") == score


@pytest.mark.parametrize("chunk", range(count(full=25, reduced=2)))
def test_T51_runs_equal_a_second_evaluator_and_do_not_mind_the_order_of_units(
    db: None, office: Actor, chunk: int
) -> None:
    del db
    for number in range(4):
        seed = f"exact {chunk}:{number}"
        rng = Random(seed)
        readings = cohorts.random_readings(rng)
        data = as_text(cohorts.random_cohort(rng, readings))
        for unit in data["units"]:
            unit["id"] = f"{number}-{unit['id']}"
        cycle = load_cohort(data, readings, name=seed)
        run = runs.run(cycle, by=office, at=NOW, after=0, reason="示例")
        frozen = json.loads(run.inputs, parse_float=str, parse_int=str)
        result = json.loads(run.result)
        assert [bare(unit) for unit in result["units"]] == expected(frozen, readings), seed

        by_id = {unit["id"]: unit for unit in result["units"]}
        for assessed in cycle.units.all():
            assessed.position = rng.randrange(1000)
            assessed.save()
        again = runs.run(cycle, by=office, at=NOW, after=1, reason="次序不同")
        assert {unit["id"]: unit for unit in json.loads(again.result)["units"]} == by_id, seed


def test_T52_ten_times_a_tenth_is_one_and_a_difference_is_exact(db: None, office: Actor) -> None:
    del db
    parts = ("M8.1", "M8.2", "M9", "M10", "M11", "M12.1", "M12.2", "M13", "M14", "M15.1")
    cycle = one_unit(
        points=dict.fromkeys(parts, "0.1"),
        indicators={"manufacturing_pass_rate": "92.4"},
        targets={"manufacturing_pass_rate": "94.5"},
    )
    run = runs.run(cycle, by=office, at=NOW, after=0, reason="示例")
    [unit] = json.loads(run.result)["units"]
    scores = {item["id"]: item["low"] for item in unit["items"]}
    assert (scores["G1"], unit["low"]) == ("7", "8")
    assert "2.1 个百分点" in unit["items"][0]["explanation"]
    assert run.units.get().low == Decimal(8)


def test_T52_ten_thousand_numbers_come_back_from_the_database_as_they_went_in(db: None) -> None:
    del db
    cycle = one_unit()
    assessed = cycle.units.get()
    rng = Random("T52")
    numbers = [Decimal(rng.randrange(10**13)).scaleb(-rng.randrange(13)) for _ in range(10_000)]
    ReportedValue.objects.bulk_create(
        ReportedValue(cycle=cycle, assessed=assessed, indicator=f"i{place:05}", value=number)
        for place, number in enumerate(numbers)
    )
    read = [row.value for row in ReportedValue.objects.order_by("indicator")]
    assert read == numbers
    with exact():
        assert sum(filter(None, read), Decimal(0)) == sum(numbers, Decimal(0))


def test_T52_a_total_of_many_digits_is_shown_whole(db: None, office: Actor, people: People) -> None:
    del db
    cycle = one_unit(
        indicators={"tourism_complaint_settlement_rate": "99.999999999999"}, points={"M9": "1"}
    )
    run = runs.run(cycle, by=office, at=NOW, after=0, reason="示例")
    result = run.units.get()
    where = reverse("score_sheet", kwargs={"cycle_id": cycle.pk, "result_id": result.pk})
    html = people.client(Role.OFFICE).get(where).content.decode()
    assert "2.9999999999997" in html
    assert result.low == Decimal("3.9999999999997")
    assert evaluator.POINTS["G6.2"] == 3
