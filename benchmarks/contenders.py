"""What is measured, and the named peers it is measured against."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from kaohe.quantity import exact
from kaohe.reading.load import load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.score import Scorer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from oracle import evaluator  # noqa: E402 -- the tests' folder is on the path only now

RUBRIC = "shuangtaizi-2017"
RUBRIC_TEXT = (resources.files("kaohe") / "rubrics" / f"{RUBRIC}.yaml").read_text("utf-8")
SAMPLE = resources.files("kaohe") / "samples" / "sample-city.json"
SAMPLE_TEXT = SAMPLE.read_text("utf-8")
KAOHE = str(Path(sys.executable).with_name("kaohe"))


@dataclass(frozen=True, slots=True)
class Contender:
    """One thing to be timed; ``bar`` is the most it may take, in microseconds."""

    name: str
    run: Callable[[], object]
    bar: int | None = None


@dataclass(frozen=True, slots=True)
class Heat:
    """Contenders timed in turns; the first is ours, its peers follow.

    ``turn`` is how often each runs before it is the next one's turn.
    """

    title: str
    rounds: int
    contenders: tuple[Contender, ...]
    turn: int = 1


def sample_unit() -> tuple[Scorer, UnitFacts]:
    """The first unit of the sample city, ready to be scored again."""
    rubric = load_rubric(RUBRIC)
    scorer = Scorer(rubric)
    data = read_data(read_json(SAMPLE_TEXT, "sample"), rubric)
    return scorer, assemble(scorer.rubric, data)[0]


def plain_unit() -> tuple[Mapping[str, Any], evaluator.Peers]:
    """The same unit for the evaluator of plain fractions, its numbers already read."""
    data = json.loads(SAMPLE_TEXT, parse_float=str, parse_int=str)
    for unit in data["units"]:
        for kind in ("indicators", "targets"):
            unit[kind] = {name: Fraction(text) for name, text in unit.get(kind, {}).items()}
        unit["points"] = {
            part: Fraction(given["score"] if isinstance(given, dict) else given)
            for part, given in unit.get("points", {}).items()
        }
    first = data["units"][0]
    members = [unit for unit in data["units"] if unit["group"] == first["group"]]
    peers = evaluator.Peers(members, data.get("references", {}).get(first["group"], {}))
    return first, peers


def rescoring() -> Heat:
    """One unit scored again, with the whole trace."""
    scorer, facts = sample_unit()
    unit, peers = plain_unit()
    points = [Decimal(str(part.points)) for part in scorer.rubric.all_parts()]

    def bare_sum() -> Decimal:
        with exact():
            return sum(points, Decimal(0))

    return Heat(
        "Re-scoring one unit, 47 parts",
        40,
        (
            Contender("kaohe, with its full trace", partial(scorer.score, facts), 100),
            Contender(
                "hand-written evaluator of plain fractions, no reasons",
                partial(evaluator.result, unit, peers, evaluator.DEFAULTS),
            ),
            Contender("bare sum of 47 decimals", bare_sum),
        ),
        turn=100,
    )


def reading() -> Heat:
    """The rubric's YAML read."""
    return Heat(
        "Reading the rubric",
        15,
        (
            Contender(
                "kaohe: checked, with lines and columns", partial(read_rubric, RUBRIC_TEXT, "r")
            ),
            Contender(
                "PyYAML's CSafeLoader alone",
                partial(yaml.load, RUBRIC_TEXT, Loader=yaml.CSafeLoader),
            ),
        ),
    )


def process(*command: str) -> Callable[[], object]:
    """A process run to its end, successfully."""
    return partial(
        subprocess.run,  # the commands are ours
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def starting() -> Heat:
    """The command started as people start it."""
    return Heat(
        "Starting the command",
        15,
        (
            Contender("kaohe --help", process(KAOHE, "--help"), 150_000),
            Contender("python -c pass", process(sys.executable, "-c", "pass")),
            Contender("python -c 'import click'", process(sys.executable, "-c", "import click")),
        ),
    )


def scoring() -> Heat:
    """The sample city scored from the command line."""
    with resources.as_file(SAMPLE) as path:
        data = str(path)
    return Heat(
        "Scoring the sample city of six units",
        10,
        (
            Contender("kaohe score", process(KAOHE, "score", RUBRIC, data), 600_000),
            Contender("kaohe score --json", process(KAOHE, "score", RUBRIC, data, "--json")),
            Contender("python -c pass", process(sys.executable, "-c", "pass")),
        ),
    )
