"""What the site shows is what ``kaohe score`` says of the exported data, digit for digit."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from django.urls import reverse

from counts import count
from kaohe.cli.main import kaohe
from kaohe_web.cycles.models import Cycle
from kaohe_web.people.models import Role
from kaohe_web.results import runs
from oracle import cohorts
from results.conftest import People, address
from results.loading import Plain, load_cohort, sample_city
from results.parsing import heat_in, ranking_in, sheet_in
from world import NOW

CHUNK = 4


def scored_by_command(folder: Path, exported: bytes, readings: dict[str, str]) -> Plain:
    """What the command says of the data that the site hands out."""
    file = folder / "数据.json"
    file.write_bytes(exported)
    options = [f"--reading={reading}={choice}" for reading, choice in readings.items()]
    told = CliRunner().invoke(kaohe, ["score", "shuangtaizi-2017", str(file), "--json", *options])
    assert told.exit_code == 0, told.output
    plain: Plain = json.loads(told.stdout, parse_float=str, parse_int=str)
    return plain


def totals(result: Plain) -> dict[str, Plain]:
    """The totals, grades and ranks of a result, by unit."""
    names = ("total", "low", "high", "grade", "rank")
    return {unit["id"]: {name: unit[name] for name in names} for unit in result["units"]}


def scores(unit: Plain) -> dict[str, Plain]:
    """The points and scores of a unit's items and parts, and its total under no name."""
    lines = [line for item in unit["items"] for line in (item, *item.get("parts", ()))]
    names = ("score", "low", "high", "points")
    found = {line["id"]: {name: line[name] for name in names} for line in lines}
    found[""] = {"score": unit["total"], "low": unit["low"], "high": unit["high"]}
    return found


def written(item: Plain) -> str:
    """A score or its range, as pages write it."""
    return item["score"] if item["score"] is not None else f"{item['low']}–{item['high']}"


def assert_site_agrees(
    cycle: Cycle, people: People, folder: Path, readings: dict[str, str], seed: str
) -> None:
    """Every figure of every page of results against the command's."""
    client = people.client(Role.OFFICE)
    run = runs.run(cycle, by=people.actor(Role.OFFICE), at=NOW, after=0, reason="示例")
    in_year = {"cycle_id": cycle.pk}
    exported = client.get(reverse("data_export", kwargs=in_year)).content
    expected = scored_by_command(folder, exported, readings)

    assert json.loads(run.result, parse_int=str) == expected, seed
    for shown in (address("run", run), reverse("standing", kwargs=in_year)):
        assert ranking_in(client.get(shown).content.decode()) == totals(expected), seed
    for shown in (address("run_heat_map", run), reverse("heat_map", kwargs=in_year)):
        cells = {unit["id"]: [written(i) for i in unit["items"]] for unit in expected["units"]}
        assert heat_in(client.get(shown).content.decode()) == cells, seed
    sheets = dict(run.units.values_list("assessed__unit__code", "pk"))
    live = dict(cycle.units.values_list("unit__code", "pk"))
    for unit in expected["units"]:
        frozen = {**in_year, "result_id": sheets[unit["id"]]}
        moment = {**in_year, "assessed_id": live[unit["id"]]}
        for name, kwargs in (("score_sheet", frozen), ("standing_sheet", moment)):
            page = client.get(reverse(name, kwargs=kwargs)).content.decode()
            assert sheet_in(page) == scores(unit), (seed, name, unit["id"])


def test_the_sample_city_is_shown_as_the_command_scores_it(people: People, tmp_path: Path) -> None:
    data = sample_city()
    assert_site_agrees(load_cohort(data), people, tmp_path, {}, "sample city")


@pytest.mark.parametrize("chunk", range(count(full=50, reduced=3)))
def test_random_cohorts_are_shown_as_the_command_scores_them(
    people: People, tmp_path: Path, chunk: int
) -> None:
    for number in range(CHUNK):
        seed = f"site {chunk}:{number}"
        rng = Random(seed)
        readings = cohorts.random_readings(rng)
        data = as_text(cohorts.random_cohort(rng, readings))
        for unit in data["units"]:
            unit["id"] = f"{number}-{unit['id']}"
        cycle = load_cohort(data, readings, name=seed)
        assert_site_agrees(cycle, people, tmp_path, readings, seed)


def as_text(data: Any) -> Any:
    """The same data with its numbers as text."""
    return json.loads(
        cohorts.write_json(cohorts.spelled(Random(0), data)), parse_float=str, parse_int=str
    )
