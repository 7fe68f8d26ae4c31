"""The engine against an evaluator that shares no code with it, to the last digit."""

import ast
import inspect
import json
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from counts import count
from kaohe.nodes import Mistaken
from kaohe.reading.load import load_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import score
from oracle import cohorts, evaluator

CHUNK = 100
CHUNKS = range(count(full=20_000, reduced=400) // CHUNK)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("shuangtaizi-2017")


def by_the_engine(rubric: Rubric, text: str) -> list[evaluator.Result]:
    """The engine's results in the evaluator's shape."""
    return [told(result) for result in score(rubric, read_data(read_json(text, "data"), rubric))]


def told(result: UnitScore) -> evaluator.Result:
    """One of the engine's results in the evaluator's shape."""
    items = tuple(
        evaluator.Item(
            item.criterion.id,
            Fraction(item.points),
            Fraction(item.low),
            Fraction(item.high),
            None if item.score is None else Fraction(item.score),
            tuple(
                evaluator.Part(
                    part.part.id,
                    Fraction(part.part.points),
                    Fraction(part.outcome.low),
                    Fraction(part.outcome.high),
                    None if part.score is None else Fraction(part.score),
                )
                for part in item.parts
            ),
        )
        for item in result.items
    )
    return evaluator.Result(
        result.facts.unit.id,
        items,
        Fraction(result.low),
        Fraction(result.high),
        None if result.total is None else Fraction(result.total),
        result.grade,
        result.rank,
    )


def drawn(seed: str) -> tuple[Mapping[str, str], str]:
    """Readings and the text of a data file."""
    rng = Random(seed)
    readings = cohorts.random_readings(rng)
    data = cohorts.random_cohort(rng, readings, partial=True)
    return readings, cohorts.write_json(cohorts.spelled(rng, data))


def read_back(text: str) -> Any:
    """The data as the evaluator takes it: numbers by their digits."""
    return json.loads(text, parse_float=str, parse_int=str)


@pytest.mark.parametrize("chunk", CHUNKS)
def test_the_engine_scores_as_the_independent_evaluator_does(rubric: Rubric, chunk: int) -> None:
    for number in range(CHUNK):
        seed = f"{chunk}:{number}"
        readings, text = drawn(seed)
        ours = by_the_engine(choose(rubric, readings), text)
        theirs = evaluator.evaluate(read_back(text), readings)
        assert ours == theirs, f"seed {seed}, readings {readings}:\n{text}"


@pytest.mark.parametrize("chunk", range(count(full=40, reduced=4)))
def test_points_are_accepted_exactly_where_the_document_is_silent(
    rubric: Rubric, chunk: int
) -> None:
    for number in range(10):
        seed = f"points {chunk}:{number}"
        readings, text = drawn(seed)
        data = read_back(text)
        chosen = evaluator.DEFAULTS | dict(readings)
        expected = []
        for place, unit in enumerate(data["units"]):
            peers = cohorts.peers_of(data, unit)
            unit["points"] = dict.fromkeys(evaluator.POINTS, "0")
            expected += [
                f"data:units[{place}].points.{part}"
                for part in evaluator.POINTS
                if evaluator.verdict(part, unit, peers, chosen).kind != "silent"
            ]
        node = read_json(json.dumps(data), "data")
        with pytest.raises(Mistaken) as caught:
            read_data(node, choose(rubric, readings))
        places = [mistake.at for mistake in caught.value.mistakes]
        assert places == expected, f"seed {seed}, readings {readings}:\n{json.dumps(data)}"


def test_the_drawn_cohorts_reach_every_case_that_matters() -> None:
    seen = set()
    for number in range(150):
        readings, text = drawn(f"coverage:{number}")
        seen |= {f"{name}={choice}" for name, choice in readings.items()}
        for result in evaluator.evaluate(read_back(text), readings):
            seen.add(f"grade {result.grade}")
            seen.add("settled" if result.total is not None else "open")
            seen |= {f"{p.id} {p.score}" for i in result.items for p in i.parts if i.id != "G5"}
            seen |= {"on a grade's edge"} if result.total in {60, 80, 90} else set()
            seen |= {"shared rank"} if result.rank and result.id == "twin" else set()
    expected = {
        f"{name}={choice}" for name, options in cohorts.CHOICES.items() for choice in options
    }
    expected |= {f"grade {name}" for name in ("A", "B", "C", "D", None)}
    expected |= {f"G1 {score}" for score in (10, 9, 7, 5, 4, 2, 0, None)}
    expected |= {f"G2.1 {score}" for score in ("5/2", "12/5", "23/10", "11/5", None)}
    expected |= {f"G2.3 {score}" for score in ("3/2", "7/5", "13/10", "6/5", None)}
    expected |= {f"G3 {score}" for score in (4, 3, 2, 1, 0, None)}
    expected |= {f"G4 {score}" for score in (4, 2, 1, None)}
    expected |= {"settled", "open", "on a grade's edge", "shared rank"}
    assert expected - seen == set()


def test_the_evaluator_shares_no_code_with_what_it_judges() -> None:
    tree = ast.parse(inspect.getsource(evaluator))
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
    assert modules == {"collections.abc", "fractions", "math", "typing"}
