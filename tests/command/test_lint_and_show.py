"""``kaohe lint`` and ``kaohe show``."""

from pathlib import Path

import pytest

from command.running import Kaohe
from kaohe.reading.load import load_rubric
from kaohe.reading.writer import write_rubric


@pytest.mark.parametrize("rubric", ["shuangtaizi-2017", "example-county"])
def test_the_built_in_rubrics_have_no_open_error(kaohe: Kaohe, rubric: str) -> None:
    run = kaohe("lint", rubric, "--json")
    assert (run.status, run.err) == (0, "")
    findings = run.json["findings"]
    assert [f for f in findings if f["severity"] == "error" and f["waived_by"] is None] == []
    assert {tuple(finding) for finding in findings} == {
        ("code", "severity", "place", "message", "waived_by")
    }


def test_the_silence_of_two_parts_stays_as_warnings(kaohe: Kaohe) -> None:
    findings = kaohe("lint", "shuangtaizi-2017", "--json").json["findings"]
    silent = [(f["place"], f["severity"], f["waived_by"]) for f in findings if f["code"] == "K203"]
    assert [found for found in silent if found[2] is None] == [
        ("G2.2", "warning", None),
        ("M30.1", "warning", None),
    ]


def test_without_its_readings_the_rubric_has_errors(kaohe: Kaohe, tmp_path: Path) -> None:
    text = write_rubric(load_rubric("shuangtaizi-2017"))
    lines = [line for line in text.splitlines() if not line.strip().startswith("reading:")]
    path = tmp_path / "stripped.yaml"
    path.write_text("\n".join(lines), "utf-8")
    run = kaohe("lint", path, "--json")
    assert run.status == 1
    errors = {(f["code"], f["place"]) for f in run.json["findings"] if f["severity"] == "error"}
    assert errors == {
        ("K201", "G1"),
        ("K201", "G2.1"),
        ("K201", "G2.3"),
        ("K202", "G2.3"),
        ("K204", "G1"),
        ("K207", "G6.2"),
        ("K208", "G4"),
        ("K210", "G3"),
        ("K211", "G5"),
        ("K215", "grades"),
    }


def test_lint_for_people_lists_what_is_open(kaohe: Kaohe) -> None:
    run = kaohe("lint", "shuangtaizi-2017")
    assert run.status == 0
    heads = [line.split()[:3] for line in run.out.splitlines() if line[:2] in ("错误", "警告")]
    assert heads == [
        ["警告", "K203", "G2.2"],
        ["警告", "K203", "M30.1"],
        ["警告", "K106", "not_applicable"],
        ["警告", "K307", "G2.2-below"],
        ["警告", "K307", "not-applicable"],
    ]


def test_show_names_every_part_once(kaohe: Kaohe) -> None:
    run = kaohe("show", "shuangtaizi-2017")
    assert (run.status, run.err) == (0, "")
    shown = [word for line in run.out.splitlines() for word in line.split()[:6]]
    for part in load_rubric("shuangtaizi-2017").all_parts():
        assert shown.count(part.id) == 1, part.id


def test_show_in_english_and_as_printed(kaohe: Kaohe) -> None:
    english = kaohe("show", "shuangtaizi-2017", "--lang", "en").out
    printed = kaohe("show", "shuangtaizi-2017", "--lang", "en", "--printed").out
    assert english != printed
    assert english.count("percentage point") > 0


def test_show_readings_marks_the_one_in_force(kaohe: Kaohe) -> None:
    run = kaohe("show", "shuangtaizi-2017", "--readings", "--reading", "G3-fifth=more-than")
    marked = [line for line in run.out.splitlines() if "●" in line and "more-than" in line]
    assert len(marked) == 1
