"""``kaohe explain`` and ``kaohe outlook`` on the sample city."""

import pytest
import sample_workbook

from command.running import Kaohe

RUBRIC, CITY = "shuangtaizi-2017", sample_workbook.DATA


def test_explain_lists_every_lost_point_and_how_to_regain_it(kaohe: Kaohe) -> None:
    run = kaohe("explain", RUBRIC, CITY, "u01", "--json")
    assert (run.status, run.err) == (0, "")
    assert run.json["unit"] == "u01"
    parts = run.json["parts"]
    assert all(part["score"] != part["points"] for part in parts)
    assert all(part["regain"] for part in parts)


def test_explain_one_item_with_everything_behind_it(kaohe: Kaohe) -> None:
    """G3 of 河口县: one award against a mean of 15 ÷ 6 = 2.5."""
    (part,) = kaohe("explain", RUBRIC, CITY, "河口县（示例）", "G3", "--json").json["parts"]
    assert (part["score"], part["clauses"], part["arithmetic"]) == ("1", ["4"], "")
    assert [(v["indicator"], v["value"], v["provider"]) for v in part["values"]] == [
        ("quality_award_count", "1", "区市监局")
    ]
    (mean,) = part["comparisons"]
    assert (mean["kind"], mean["value"], mean["members"]) == ("mean", "2.5", "6")
    assert ("G3-fifth", "at-least") in [(r["id"], r["choice"]) for r in part["readings"]]
    assert len(part["regain"]) == 2


def test_explain_follows_a_reading_chosen_for_the_run(kaohe: Kaohe) -> None:
    arguments = ("explain", RUBRIC, CITY, "u02", "G3", "--json")
    (part,) = kaohe(*arguments, "--reading", "G3-fifth=more-than").json["parts"]
    assert part["score"] == "3"
    assert ("G3-fifth", "more-than") in [(r["id"], r["choice"]) for r in part["readings"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain_for_people(kaohe: Kaohe, lang: str) -> None:
    run = kaohe("explain", RUBRIC, CITY, "u03", "G2", "--lang", lang)
    assert run.status == 0
    heads = [line.split()[0] for line in run.out.splitlines() if line.startswith("G2.")]
    assert heads == ["G2.1", "G2.2", "G2.3"]


def test_what_moves_when_a_value_and_a_target_change(kaohe: Kaohe) -> None:
    run = kaohe(
        "outlook",
        RUBRIC,
        CITY,
        "--set",
        "u02.vegetable_pass_rate=91",
        "--set",
        "u01.target:manufacturing_pass_rate=97",
        "--json",
    )
    assert (run.status, run.err) == (0, "")
    moved = run.json["what_if"]
    assert [(c["unit"], c["before"], c["after"]) for c in moved["changes"]] == [
        ("u02", "94.5", "91"),
        ("u01", "95", "97"),
    ]
    assert moved["means"] == []
    assert [(unit["id"], [item["id"] for item in unit["items"]]) for unit in moved["units"]] == [
        ("u01", ["G1"]),
        ("u02", ["G2"]),
        ("u05", []),
    ]


def test_a_value_in_a_mean_moves_others(kaohe: Kaohe) -> None:
    moved = kaohe(
        "outlook", RUBRIC, CITY, "--set", "u05.quality_infrastructure_index=5", "--json"
    ).json["what_if"]
    (mean,) = moved["means"]
    assert (mean["before"], mean["after"]) == ("287/300", "1.59")
    assert [unit["id"] for unit in moved["units"] if unit["items"]] == ["u01", "u02", "u03", "u04"]


def test_the_cheapest_way_to_the_next_grade(kaohe: Kaohe) -> None:
    """城西区 lacks 0.59 of 90: one part is enough, and exactly so much."""
    ways = kaohe("outlook", RUBRIC, CITY, "--json").json["cheapest"]
    found = {way["unit"]: (way["reachable"], way.get("cost"), way.get("why")) for way in ways}
    assert found["u01"] == (False, None, "best")
    assert found["u02"] == (True, "1", None)
    assert found["u04"] == (False, None, "veto")
    (way,) = [way for way in ways if way["unit"] == "u02"]
    assert (way["gained"], way["total"]) == ("0.59", {"before": "89.41", "after": "90"})


def test_given_costs_decide_the_way(kaohe: Kaohe) -> None:
    ways = kaohe("outlook", RUBRIC, CITY, "--unit", "u02", "--cost", "M23=0.5", "--json").json[
        "cheapest"
    ]
    (way,) = ways
    assert [step["name"] for step in way["steps"]] == ["M23"]
    assert way["cost"] == "0.5"


def test_what_a_grade_rests_on(kaohe: Kaohe) -> None:
    robust = kaohe("outlook", RUBRIC, CITY, "--json").json["robustness"]
    grades = {unit["id"]: unit["grade_safe"] for unit in robust["units"]}
    assert grades == {
        "u01": True,
        "u02": False,
        "u03": True,
        "u04": True,
        "u05": True,
        "u06": True,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--set", "u02.vegetable_pass_rate=91"),
        ("--reading", "G3-fifth=more-than"),
        ("--unit", "u03", "--to", "A"),
        ("--set", "u02.water_project_quality_score=91"),
    ],
)
def test_outlook_for_people(kaohe: Kaohe, arguments: tuple[str, ...]) -> None:
    run = kaohe("outlook", RUBRIC, CITY, *arguments)
    assert (run.status, run.err) == (0, "")
    assert run.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--set", "u02.vegetable_pass_rate"),
        ("--set", "u02.vegetable_pass_rate=191"),
        ("--set", "u02.colour=1"),
        ("--set", "u99.vegetable_pass_rate=91"),
        ("--unit", "u99"),
        ("--to", "E"),
        ("--cost", "M13"),
        ("--cost", "M13=x"),
        ("--cost", "M13=-1"),
        ("--cost", "M99=1"),
    ],
)
def test_what_cannot_be_supposed(kaohe: Kaohe, arguments: tuple[str, ...]) -> None:
    run = kaohe("outlook", RUBRIC, CITY, *arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err
    assert "Traceback" not in run.err
