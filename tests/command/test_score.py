"""``kaohe score``: the shapes and figures that the contract fixes."""

from pathlib import Path
from typing import Any

from command.running import Kaohe, Written


def test_the_example_of_the_contract(kaohe: Kaohe, example: Any, written: Written) -> None:
    run = kaohe("score", "shuangtaizi-2017", written(example), "--json")
    assert (run.status, run.err) == (0, "")
    result = run.json
    assert list(result) == ["rubric", "fingerprint", "units"]
    assert result["fingerprint"].startswith("sha256:")
    (unit,) = result["units"]
    assert {key: unit[key] for key in unit if key != "items"} == {
        "id": "u01",
        "name": "双台子区",
        "group": "盘锦市",
        "total": None,
        "low": "11",
        "high": "96.5",
        "grade": None,
        "rank": None,
    }
    g1, g2 = unit["items"][:2]
    assert {key: g1[key] for key in g1 if key != "explanation"} == {
        "id": "G1",
        "points": "10",
        "score": "7",
        "low": "7",
        "high": "7",
    }
    assert "1.8" in g1["explanation"]
    assert (g2["score"], g2["low"], g2["high"]) == (None, "2.5", "6")
    assert [part["id"] for part in g2["parts"]] == ["G2.1", "G2.2", "G2.3"]
    part = g2["parts"][0]
    assert (part["points"], part["score"], part["low"], part["high"]) == ("2.5",) * 4


def test_items_are_in_document_order(kaohe: Kaohe, example: Any, written: Written) -> None:
    run = kaohe("score", "shuangtaizi-2017", written(example), "--json")
    items = [item["id"] for item in run.json["units"][0]["items"]]
    assert items == [f"G{n}" for n in range(1, 7)] + [f"M{n}" for n in range(8, 36)]


def test_an_undivided_item_has_no_parts(kaohe: Kaohe, example: Any, written: Written) -> None:
    run = kaohe("score", "shuangtaizi-2017", written(example), "--json")
    divided = [item["id"] for item in run.json["units"][0]["items"] if "parts" in item]
    assert divided == ["G2", "G6", "M8", "M12", "M15", "M24", "M25", "M27", "M30", "M31"]


def test_a_reading_chosen_for_one_run(kaohe: Kaohe, example: Any, written: Written) -> None:
    """At 1.8 below target the band is (1, 3] either way; at exactly 1 it is not."""
    example["units"][0]["indicators"]["manufacturing_pass_rate"] = "94"
    data = written(example)
    as_chosen = kaohe("score", "shuangtaizi-2017", data, "--json").json
    other = kaohe(
        "score", "shuangtaizi-2017", data, "--json", "--reading", "G1-edges=lower-held"
    ).json
    assert as_chosen["units"][0]["items"][0]["score"] == "9"
    assert other["units"][0]["items"][0]["score"] == "7"
    assert other["readings"] == {"G1-edges": "lower-held"}
    assert other["fingerprint"] == as_chosen["fingerprint"]


def test_a_veto_fixes_the_grade_and_leaves_the_points(
    kaohe: Kaohe, example: Any, written: Written
) -> None:
    example["units"][0]["vetoes"] = ["V1"]
    unit = kaohe("score", "shuangtaizi-2017", written(example), "--json").json["units"][0]
    assert (unit["grade"], unit["total"], unit["low"], unit["high"]) == ("D", None, "11", "96.5")
    assert list(unit)[-2:] == ["rank", "items"]


def test_numbers_are_read_by_their_digits(kaohe: Kaohe, written: Written) -> None:
    """A JSON number never passes through a binary float."""
    text = (
        '{"units": [{"id": "a", "name": "甲", "group": "市", '
        '"indicators": {"water_project_quality_score": 92.125000000001}}]}'
    )
    unit = kaohe("score", "shuangtaizi-2017", written(text), "--json").json["units"][0]
    assert unit["items"][4]["score"] == "5.53"


def test_mistakes_come_all_at_once_each_with_its_place(
    kaohe: Kaohe, example: Any, written: Written
) -> None:
    unit = example["units"][0]
    unit["indicators"]["vegetable_pass_rate"] = "193.2"
    unit["points"]["M9"] = "2"
    unit["colour"] = "red"
    example["references"]["大连市"] = {}
    data = written(example)
    run = kaohe("score", "shuangtaizi-2017", data, "--json")
    assert (run.status, run.out) == (1, "")
    places = [line.removeprefix(f"{data}:").split(": ")[0] for line in run.err.splitlines()]
    assert sorted(places) == [
        "references.大连市",
        "units[0].colour",
        "units[0].indicators.vegetable_pass_rate",
        "units[0].points.M9",
    ]


def test_points_for_a_part_that_a_rule_decides_are_a_mistake(
    kaohe: Kaohe, example: Any, written: Written
) -> None:
    example["units"][0]["points"] = {"G2.1": "1", "G2.2": "1", "M30.1": "1"}
    example["units"][0]["indicators"]["livestock_pass_rate"] = "97"
    data = written(example)
    run = kaohe("score", "shuangtaizi-2017", data)
    assert run.status == 1
    places = [line.removeprefix(f"{data}:").split(": ")[0] for line in run.err.splitlines()]
    assert places == ["units[0].points.G2.1", "units[0].points.M30.1"]


def test_the_table_shows_ranges_grades_and_ranks(
    kaohe: Kaohe, example: Any, written: Written
) -> None:
    run = kaohe("score", "shuangtaizi-2017", written(example))
    assert (run.status, run.err) == (0, "")
    row = next(line for line in run.out.splitlines() if "双台子区 " in line)
    assert row.split() == ["–", "双台子区", "11–96.5", "未定", "9.5–32", "1.5–64.5", "43"]


def test_score_sheets_are_written_for_every_unit(
    kaohe: Kaohe, example: Any, written: Written, tmp_path: Path
) -> None:
    second = dict(example["units"][0], id="u/02", name="../甲 县")
    example["units"].append(second)
    folder = tmp_path / "sheets"
    run = kaohe("score", "shuangtaizi-2017", written(example), "--sheets", folder)
    assert run.status == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "u01-双台子区.xlsx",
        "u_02-甲_县.xlsx",
    ]
