"""``example-county``: everything the seed does not have, with no code of its own."""

import json
from decimal import Decimal
from typing import Any

import pytest

from kaohe.lint.run import has_errors, lint
from kaohe.reading.load import load_rubric
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import score
from kaohe.wording.sentences import explain_item
from kaohe.wording.words import Words

FULL: dict[str, Any] = {
    "type": "county",
    "group": "示例市",
    "indicators": {
        "online_handling_rate": "90",
        "average_handling_days": "3",
        "complaint_settlement_rate": "98",
        "station_coverage_rate": "100",
        "satisfaction_score": "90",
        "report_late_days": "0",
        "commendation_count": "0",
        "criticism_count": "0",
    },
    "targets": {"online_handling_rate": "90"},
    "previous": {"satisfaction_score": "88"},
    "points": {"B1": "20", "C1": "5"},
}
"""A county that has everything; its two registers are still to be entered thing by thing."""


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("example-county")


def unit(unit_id: str, **changes: Any) -> dict[str, Any]:
    """The full county with some keys changed; registers are empty unless given."""
    made: dict[str, Any] = {"id": unit_id, "name": unit_id, **FULL}
    made["indicators"] = {
        key: value for key, value in FULL["indicators"].items() if not key.endswith("_count")
    } | changes.pop("indicators", {})
    made["entries"] = {"commendation_count": [], "criticism_count": []} | changes.pop("entries", {})
    return made | changes


def scored(rubric: Rubric, *units: dict[str, Any]) -> list[UnitScore]:
    """The results of these units."""

    text = json.dumps({"rubric": "example-county", "units": list(units)})
    return score(rubric, read_data(read_json(text, "data.json"), rubric))


def entry(name: str, level: str) -> dict[str, str]:
    """A registered thing."""
    return {"name": name, "level": level, "date": "2026-05-01", "document": "示〔2026〕1 号"}


def test_it_lints_without_errors(rubric: Rubric) -> None:
    assert not has_errors(lint(rubric))


def test_a_county_that_has_everything_gets_100(rubric: Rubric) -> None:
    (result,) = scored(rubric, unit("a"))
    assert (result.total, result.grade, result.rank) == (Decimal(100), "优秀", 1)


def test_ranking_with_ties_shares_the_better_place(rubric: Rubric) -> None:
    """A2: places 1–2 give 10, 3–4 give 8, the rest 6; fewest days first."""
    days = ["2", "4", "4", "5", "7"]
    units = [unit(f"u{n}", indicators={"average_handling_days": d}) for n, d in enumerate(days)]
    scores = [result.part("A2") for result in scored(rubric, *units)]
    assert [part.score for part in scores if part] == [10, 10, 10, 8, 6]


def test_the_bonus_is_capped_and_one_thing_counts_once(rubric: Rubric) -> None:
    """X1: 3, 2, 1 by level, at most 5; the same commendation at its highest level."""
    same = [entry("放管服改革表扬", "national"), entry("放管服改革表扬", "city")]
    (once,) = scored(rubric, unit("a", entries={"commendation_count": same}))
    assert once.total == Decimal(103)
    many = [entry(f"表扬{n}", "provincial") for n in range(4)]
    (capped,) = scored(rubric, unit("a", entries={"commendation_count": many}))
    assert capped.total == Decimal(105)


def test_negative_items_come_off_the_total_down_to_their_floor(rubric: Rubric) -> None:
    one = [entry("通报一", "city")]
    (result,) = scored(rubric, unit("a", entries={"criticism_count": one}))
    assert result.total == Decimal("98.5")
    five = [entry(f"通报{n}", "provincial") for n in range(5)]
    (floored,) = scored(rubric, unit("a", entries={"criticism_count": five}))
    assert floored.total == Decimal(94)


def test_kinds_of_unit_have_different_items(rubric: Rubric) -> None:
    zone = unit("z", type="zone", points={"B1": "20", "B3": "18.5", "C1": "5"})
    county, found = scored(rubric, unit("a"), zone)
    assert [i.criterion.id for i in county.items if i.criterion.id.startswith("B")] == ["B1", "B2"]
    assert [i.criterion.id for i in found.items if i.criterion.id.startswith("B")] == ["B1", "B3"]
    assert found.total == Decimal("98.5")


def test_an_exempt_item_is_rebased_within_its_section(rubric: Rubric) -> None:
    """A1 (15 of 40) does not apply: (10 + 12) × 40 ÷ 25 = 35.2."""
    changes: dict[str, Any] = {
        "exempt": {"A1": "尚未纳入网上办理范围"},
        "indicators": {"complaint_settlement_rate": "96"},
    }
    (result,) = scored(rubric, unit("a", **changes))
    assert [(effect.kind, effect.low, effect.high) for effect in result.effects] == [
        ("rebase", Decimal("13.2"), Decimal("13.2"))
    ]
    assert result.total == Decimal("35.2") + 60


def test_the_precondition_caps_the_grade(rubric: Rubric) -> None:
    """办事效率 below 70 %: 15 + 10 + 0 = 25 of 40; with a bonus the total is 90 and still 良好."""
    weak: dict[str, Any] = {
        "indicators": {"complaint_settlement_rate": "80"},
        "entries": {"commendation_count": [entry(f"表扬{n}", "national") for n in range(2)]},
    }
    (result,) = scored(rubric, unit("a", **weak))
    assert (result.total, result.grade) == (Decimal(90), "良好")
    assert [effect.kind for effect in result.effects] == ["cap"]


def test_fraud_lowers_the_grade_by_one(rubric: Rubric) -> None:
    (result,) = scored(rubric, unit("a", vetoes=["N1"]))
    assert (result.total, result.grade) == (Decimal(100), "良好")


def test_everything_is_explained_in_both_languages(rubric: Rubric) -> None:
    (result,) = scored(rubric, unit("a"))
    for item in result.items:
        assert explain_item(item, Words.of(rubric, "zh"))
        assert explain_item(item, Words.of(rubric, "en"))
