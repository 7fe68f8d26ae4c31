"""The sample city: figures and sentences as a golden file, reviewed as a diff."""

import json
import os
from pathlib import Path

import pytest
import sample_workbook

from kaohe.reading.load import load_rubric
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.observations import Dataset
from kaohe.scoring.score import score
from kaohe.wording.result_json import result_as_plain
from kaohe.wording.words import Lang
from kaohe.workbook.load import load_data

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("KAOHE_UPDATE_GOLDEN") == "yes"


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("shuangtaizi-2017")


@pytest.fixture(scope="module")
def data(rubric: Rubric) -> Dataset:
    text = sample_workbook.DATA.read_text("utf-8")
    return read_data(read_json(text, sample_workbook.DATA.name), rubric)


def test_ranking_and_grades(rubric: Rubric, data: Dataset) -> None:
    found = [(r.facts.unit.name, str(r.total), r.grade, r.rank) for r in score(rubric, data)]
    assert found == [
        ("城东区（示例）", "96.19", "A", 1),
        ("城西区（示例）", "89.41", "B", 3),
        ("河口县（示例）", "76.79", "C", 5),
        ("山前县（示例）", "87.38", "D", 4),
        ("滨海新区（示例）", "94.63", "A", 2),
        ("生态经济区（示例）", "62.27", "C", 6),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_explanation(rubric: Rubric, data: Dataset, lang: Lang) -> None:
    plain = result_as_plain(rubric, score(rubric, data), lang)
    del plain["fingerprint"]
    text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    golden = GOLDEN / f"sample-city.{lang}.json"
    if UPDATE:
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_the_shipped_workbook_holds_the_same_data(rubric: Rubric, data: Dataset) -> None:
    found, warnings = load_data(str(sample_workbook.SAMPLE), rubric)
    assert (found, warnings) == (data, [])


def test_the_shipped_workbook_is_the_one_that_is_made_now(tmp_path: Path) -> None:
    made = tmp_path / "sample.xlsx"
    sample_workbook.write(made)
    assert made.read_bytes() == sample_workbook.SAMPLE.read_bytes()
