"""What the command prints against the independent evaluator: the shape that others rely on."""

import json
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner

from counts import count
from kaohe.cli.main import kaohe
from oracle import cohorts, evaluator

CHUNK = 8


def written(number: Fraction | None) -> str | None:
    """A fraction that ends, in plain digits without trailing zeros."""
    if number is None:
        return None
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str(abs(number * 10**places)).rjust(places + 1, "0")
    whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def figures(part: evaluator.Part | evaluator.Item) -> dict[str, Any]:
    """What the output says of an item or a part, but for its explanation."""
    return {
        "id": part.id,
        "points": written(part.points),
        "score": written(part.score),
        "low": written(part.low),
        "high": written(part.high),
    }


def expected(data: dict[str, Any], readings: dict[str, str]) -> list[dict[str, Any]]:
    """The units of the output, worked out without the program."""
    units = []
    for unit, result in zip(data["units"], evaluator.evaluate(data, readings), strict=True):
        items = []
        for item in result.items:
            told = figures(item)
            if [part.id for part in item.parts] != [item.id]:
                told["parts"] = [figures(part) for part in item.parts]
            items.append(told)
        units.append(
            {
                "id": unit["id"],
                "name": unit["name"],
                "group": unit["group"],
                "total": written(result.total),
                "low": written(result.low),
                "high": written(result.high),
                "grade": result.grade,
                "rank": result.rank,
                "items": items,
            }
        )
    return units


def bare(told: dict[str, Any]) -> dict[str, Any]:
    """A unit, item or part of the output without its words; each item and part has some."""
    kept = {k: v for k, v in told.items() if k not in ("explanation", "effects")}
    for inner in ("items", "parts"):
        if inner in kept:
            assert all(isinstance(child["explanation"], str) for child in kept[inner])
            assert all(child["explanation"] for child in kept[inner])
            kept[inner] = [bare(child) for child in kept[inner]]
    return kept


@pytest.mark.parametrize("chunk", range(count(full=50, reduced=3)))
def test_the_command_prints_what_the_evaluator_finds(tmp_path: Path, chunk: int) -> None:
    file = tmp_path / "data.json"
    for number in range(CHUNK):
        seed = f"command {chunk}:{number}"
        rng = Random(seed)
        readings = cohorts.random_readings(rng)
        data = cohorts.random_cohort(rng, readings, partial=True)
        text = cohorts.write_json(cohorts.spelled(rng, data))
        file.write_text(text, "utf-8")
        options = [f"--reading={name}={choice}" for name, choice in readings.items()]
        told = CliRunner().invoke(
            kaohe, ["score", "shuangtaizi-2017", str(file), "--json", *options]
        )
        assert told.exit_code == 0, f"seed {seed}: {told.output}"
        output = json.loads(told.stdout)
        read_back = json.loads(text, parse_float=str, parse_int=str)
        assert [bare(unit) for unit in output["units"]] == expected(read_back, readings), seed
        assert output["rubric"] == "shuangtaizi-2017"
        assert output["fingerprint"].startswith("sha256:")
        assert output.get("readings", {}) == readings


@pytest.mark.parametrize(
    ("number", "digits"),
    [("0", "0"), ("1/4", "0.25"), ("285/100", "2.85"), ("-3/2", "-1.5"), ("100", "100")],
)
def test_fractions_that_end_are_written_in_plain_digits(number: str, digits: str) -> None:
    assert written(Fraction(number)) == digits
