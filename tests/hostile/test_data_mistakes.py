"""Every mistake a data file can hold: so many as there are, each at its place, all at once."""

import json
from decimal import Decimal
from typing import Any

import pytest

from hostile.refusal import places, refused
from kaohe.location import WHOLE
from kaohe.quantity import write_number
from kaohe.reading.load import load_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.observations import Dataset

AWARDS = "quality_award_count"
INDEX = "quality_infrastructure_index"
ENTRY = {"name": "鲁班奖", "level": "national", "date": "2017-03-01", "document": "证书1号"}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("shuangtaizi-2017")


def unit(**changes: Any) -> dict[str, Any]:
    """A unit without mistakes, but for these changes."""
    sound = {
        "id": "u01",
        "name": "双台子区",
        "group": "盘锦市",
        "indicators": {"livestock_pass_rate": "97", "vegetable_pass_rate": "95"},
        "points": {"M9": "1"},
    }
    return sound | changes


def city(*units: Any, **more: Any) -> str:
    """The text of a data file."""
    data = {"rubric": "shuangtaizi-2017", "units": units or [unit()], **more}
    return json.dumps(data, ensure_ascii=False)


def wrong(rubric: Rubric, text: str) -> list[str]:
    """The places of the mistakes."""
    return [at.removeprefix("x:") for at in places(read_data, read_json(text, "x"), rubric)]


def right(rubric: Rubric, text: str) -> Dataset:
    """The data, which has no mistakes."""
    return read_data(read_json(text, "x"), rubric)


def test_the_unit_that_the_mistakes_are_put_into_has_none(rubric: Rubric) -> None:
    assert [known.id for known in right(rubric, city()).units] == ["u01"]


NOT_TEXT = ["null", "true", "5", "[]", "{}", '""', '" "', '"　"']
NOT_NUMBERS = [
    *["null", '""', "true", "false", "[]", "{}", "NaN", "-Infinity", "1e1", "1E400", "0.0e0"],
    *['"NaN"', '"Infinity"', '"inf"', '"1e1"', '"1E+999999"', '"0x1"', '"1/3"', '"九十三"'],
    *['"９３"', '"٣"', '"١٢"', '"−5"', '"－5"', '"+5"', '"1_000"', '"1,000"', '"1，000"'],
    *['" 93"', '"93 "', '"93\\n"', '".5"', '"5."', '"--1"', '"1.2.3"', '"93%"', '"９４．５％"'],
    *["1" * 13, f'"{"1" * 13}"', "1" * 5000, f'"0.{"1" * 13}"', f"0.{'0' * 13}", '"null"'],
]
NUMBERS = {
    "93.20": "93.2",
    '"93.20"': "93.2",
    "100": "100",
    '"-0"': "0",
    "-0.0": "0",
    '"007"': "7",
    '"0.000000000001"': "0.000000000001",
    '"00000000000' + '1.5"': "1.5",
}
NUMBER_PLACES = [
    ("indicators", "aquatic_pass_rate"),
    ("indicators", "quality_award_count"),
    ("targets", "manufacturing_pass_rate"),
    ("previous", "aquatic_pass_rate"),
    ("points", "M10"),
]


@pytest.mark.parametrize("key", ["id", "name", "group", "type"])
@pytest.mark.parametrize("raw", NOT_TEXT)
def test_what_is_no_text_is_a_mistake(rubric: Rubric, key: str, raw: str) -> None:
    assert wrong(rubric, city(unit(**{key: "@"})).replace('"@"', raw)) == [f"units[0].{key}"]


@pytest.mark.parametrize(("kind", "name"), NUMBER_PLACES)
@pytest.mark.parametrize("raw", NOT_NUMBERS, ids=range(len(NOT_NUMBERS)))
def test_what_is_no_plain_decimal_is_a_mistake(
    rubric: Rubric, kind: str, name: str, raw: str
) -> None:
    text = city(unit(**{kind: {name: "@"}})).replace('"@"', raw)
    assert wrong(rubric, text) == [f"units[0].{kind}.{name}"]


@pytest.mark.parametrize("raw", NUMBERS)
def test_plain_decimals_are_read_by_their_digits(rubric: Rubric, raw: str) -> None:
    text = city(unit(indicators={"vegetable_pass_rate": "@"})).replace('"@"', raw)
    (known,) = right(rubric, text).units
    assert list(map(write_number, known.values.values())) == [NUMBERS[raw]]


RANGES = [
    ("indicators", "vegetable_pass_rate", ["-0.000000000001", "100.000000000001", "-1", "101"]),
    ("targets", "manufacturing_pass_rate", ["-0.1", "100.1"]),
    ("previous", "vegetable_pass_rate", ["-1", "100.5"]),
    ("indicators", "water_project_quality_score", ["-1", "100.01"]),
    ("indicators", "quality_award_count", ["-1", "0.5", "2.000000000001"]),
    ("indicators", "tourism_campaign_count", ["-0.5", "1.5"]),
    ("indicators", "quality_infrastructure_index", ["-0.000000000001"]),
    ("points", "M9", ["-0.000000000001", "1.000000000001", "2"]),
    ("points", "G2.2", ["-1", "2.1"]),
]


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [(kind, name, value) for kind, name, values in RANGES for value in values],
)
def test_a_number_outside_its_range_is_a_mistake(
    rubric: Rubric, kind: str, name: str, value: str
) -> None:
    assert wrong(rubric, city(unit(**{kind: {name: value}}))) == [f"units[0].{kind}.{name}"]


@pytest.mark.parametrize("value", ["3", "3.0", "3.000", "0", "999999999999"])
def test_a_whole_number_may_be_printed_with_a_point(rubric: Rubric, value: str) -> None:
    (known,) = right(rubric, city(unit(indicators={AWARDS: value}))).units
    assert list(known.values.values()) == [Decimal(value)]


RULE_DECIDES = {"indicators": {"livestock_pass_rate": "98"}}
UNITS = {
    "an unknown field": (unit(indicator={}), ["indicator"]),
    "an unknown indicator": (
        unit(indicators={"vegetable_pass_rat": "1"}),
        ["indicators.vegetable_pass_rat"],
    ),
    "an unknown target": (unit(targets={"rate": "1"}), ["targets.rate"]),
    "a target of an indicator that has none": (
        unit(targets={"vegetable_pass_rate": "95"}),
        ["targets.vegetable_pass_rate"],
    ),
    "last year's value of an unknown indicator": (unit(previous={"rate": "1"}), ["previous.rate"]),
    "an unknown part": (unit(points={"M99": "1"}), ["points.M99"]),
    "an item that is divided": (unit(points={"M8": "1"}), ["points.M8"]),
    "points with an unknown field": (
        unit(points={"M9": {"score": "1", "why": "x"}}),
        ["points.M9.why"],
    ),
    "points without a score": (unit(points={"M9": {"reason": "好"}}), ["points.M9"]),
    "points with an empty reason": (
        unit(points={"M9": {"score": "1", "reason": ""}}),
        ["points.M9.reason"],
    ),
    "points in a list": (unit(points={"M9": ["1"]}), ["points.M9"]),
    "points for a part that a rule decides": (
        unit(**RULE_DECIDES, points={"G2.2": "1"}),
        ["points.G2.2"],
    ),
    "points for a part whose value is missing": (
        unit(indicators={}, points={"G2.2": "1"}),
        ["points.G2.2"],
    ),
    "points where the mean is missing": (
        unit(indicators={"quality_infrastructure_index": "1"}, points={"G5": "1"}),
        ["points.G5"],
    ),
    "an unknown veto": (unit(vetoes=["V2"]), ["vetoes[0]"]),
    "a veto twice": (unit(vetoes=["V1", "V1"]), ["vetoes[1]"]),
    "a veto that is no list": (unit(vetoes="V1"), ["vetoes"]),
    "a veto that is no text": (unit(vetoes=[None]), ["vetoes[0]"]),
    "an exemption of an unknown part": (unit(exempt={"M99": "无"}), ["exempt.M99"]),
    "an exemption without a reason": (unit(exempt={"M10": ""}), ["exempt.M10"]),
    "an exemption and points": (unit(exempt={"M9": "无"}), ["points.M9"]),
    "entries of an unknown indicator": (unit(entries={"awards": []}), ["entries.awards"]),
    "entries of an indicator without a register": (
        unit(entries={"vegetable_pass_rate": []}),
        ["entries.vegetable_pass_rate"],
    ),
    "entries and a typed count": (
        unit(indicators={AWARDS: "1"}, points={}, entries={AWARDS: [ENTRY]}),
        [f"entries.{AWARDS}"],
    ),
    "an entry at an unknown level": (
        unit(entries={AWARDS: [ENTRY | {"level": "county"}]}),
        [f"entries.{AWARDS}[0].level"],
    ),
    "an entry on a day that never was": (
        unit(entries={AWARDS: [ENTRY | {"date": "2017-13-45"}]}),
        [f"entries.{AWARDS}[0].date"],
    ),
    "an entry on a day in another form": (
        unit(entries={AWARDS: [ENTRY | {"date": "20170301"}]}),
        [f"entries.{AWARDS}[0].date"],
    ),
    "an entry with an unknown field": (
        unit(entries={AWARDS: [ENTRY | {"points": "1"}]}),
        [f"entries.{AWARDS}[0].points"],
    ),
    "an entry that lacks its document": (
        unit(entries={AWARDS: [{k: v for k, v in ENTRY.items() if k != "document"}]}),
        [f"entries.{AWARDS}[0]"],
    ),
    "an entry with an empty name": (
        unit(entries={AWARDS: [ENTRY | {"name": ""}]}),
        [f"entries.{AWARDS}[0].name"],
    ),
    "an entry that is no object": (unit(entries={AWARDS: ["鲁班奖"]}), [f"entries.{AWARDS}[0]"]),
    "entries that are no list": (unit(entries={AWARDS: ENTRY}), [f"entries.{AWARDS}"]),
}


@pytest.mark.parametrize("name", UNITS)
def test_a_mistake_in_a_unit_is_found_where_it_stands(rubric: Rubric, name: str) -> None:
    mistaken, expected = UNITS[name]
    assert wrong(rubric, city(mistaken)) == [f"units[0].{place}" for place in expected]


@pytest.mark.parametrize(
    "kind", ["indicators", "targets", "previous", "points", "entries", "exempt"]
)
@pytest.mark.parametrize("raw", ["null", '""', "true", "5", "[]", '"95"'])
def test_a_group_of_values_that_is_no_object_is_a_mistake(
    rubric: Rubric, kind: str, raw: str
) -> None:
    text = city(unit(**{kind: "@"})).replace('"@"', raw)
    assert wrong(rubric, text) == [f"units[0].{kind}"]


@pytest.mark.parametrize("key", ["id", "name", "group"])
def test_what_is_required_of_a_unit_and_absent_is_a_mistake(rubric: Rubric, key: str) -> None:
    lacking = {name: value for name, value in unit().items() if name != key}
    assert wrong(rubric, city(lacking)) == ["units[0]"]


FILES = {
    "no units at all": ('{"rubric": "shuangtaizi-2017"}', [WHOLE]),
    "an empty list of units": ('{"units": []}', ["units"]),
    "units in an object": ('{"units": {}}', ["units"]),
    "units that are null": ('{"units": null}', ["units"]),
    "a unit that is no object": (city("u01"), ["units[0]"]),
    "an unknown field": (city(year="2017"), ["year"]),
    "another rubric": (city(rubric="example-county"), ["rubric"]),
    "an empty rubric": (city(rubric=""), ["rubric"]),
    "two units of one id": (city(unit(), unit(name="另一区")), ["units[1]"]),
    "three units of one id": (city(unit(), unit(), unit()), ["units[1]", "units[2]"]),
    "references in a list": (city(references=[]), ["references"]),
    "a reference for an unknown group": (
        city(references={"营口市": {AWARDS: {"mean": "1"}}}),
        ["references.营口市"],
    ),
    "a reference for an unknown indicator": (
        city(references={"盘锦市": {"awards": {"mean": "1"}}}),
        ["references.盘锦市.awards"],
    ),
    "a reference of an unknown kind": (
        city(references={"盘锦市": {AWARDS: {"median": "1"}}}),
        [f"references.盘锦市.{AWARDS}.median"],
    ),
    "the province's mean of what has none": (
        city(references={"盘锦市": {AWARDS: {"province": "1"}}}),
        [f"references.盘锦市.{AWARDS}.province"],
    ),
    "a reference below zero": (
        city(references={"盘锦市": {AWARDS: {"mean": "-0.1"}}}),
        [f"references.盘锦市.{AWARDS}.mean"],
    ),
    "a reference that is no number": (
        city(references={"盘锦市": {AWARDS: {"mean": None}}}),
        [f"references.盘锦市.{AWARDS}.mean"],
    ),
    "a mean that is unknown in other words": (
        city(references={"盘锦市": {AWARDS: {"mean": "Unknown"}}}),
        [f"references.盘锦市.{AWARDS}.mean"],
    ),
    "another mean that is said to be unknown": (
        city(references={"盘锦市": {INDEX: {"mean": "unknown", "province": "unknown"}}}),
        [f"references.盘锦市.{INDEX}.province"],
    ),
    "a value that is said to be unknown": (
        city(unit(indicators={AWARDS: "unknown"})),
        [f"units[0].indicators.{AWARDS}"],
    ),
    "a reference without its kind": (
        city(references={"盘锦市": {AWARDS: "3.5"}}),
        [f"references.盘锦市.{AWARDS}"],
    ),
    "a group's references in a list": (city(references={"盘锦市": []}), ["references.盘锦市"]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_mistake_in_the_file_is_found_where_it_stands(rubric: Rubric, name: str) -> None:
    text, expected = FILES[name]
    found = [at.removeprefix("x") for at in wrong(rubric, text)]
    assert found == expected


def test_a_repeated_key_is_a_mistake_wherever_it_stands(rubric: Rubric) -> None:
    text = city().replace('"points": {', '"points": {"M9": "0.5", ')
    assert wrong(rubric, text) == ["units[0].points.M9"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(rubric: Rubric) -> None:
    first = unit(
        indicators={"vegetable_pass_rate": "93,2", AWARDS: "1.5", "unknown": "1"},
        points={"M9": "1.5", "M10": True},
        vetoes=["V9"],
        colour="red",
    )
    second = unit(name=None, targets={"vegetable_pass_rate": "95", "manufacturing_pass_rate": ""})
    references = {"无此组": {}, "盘锦市": {AWARDS: {"mean": "-1"}}}
    text = city(first, second, rubric="other", references=references)
    assert sorted(wrong(rubric, text)) == sorted(
        [
            "rubric",
            "units[0].colour",
            "units[0].indicators.vegetable_pass_rate",
            f"units[0].indicators.{AWARDS}",
            "units[0].indicators.unknown",
            "units[0].points.M9",
            "units[0].points.M10",
            "units[0].vetoes[0]",
            "units[1]",
            "units[1].name",
            "units[1].targets.vegetable_pass_rate",
            "units[1].targets.manufacturing_pass_rate",
            "references.无此组",
            f"references.盘锦市.{AWARDS}.mean",
        ]
    )


def test_points_where_a_reading_lets_the_rule_decide_are_a_mistake(rubric: Rubric) -> None:
    text = city(
        unit(
            indicators={"construction_supervision_coverage_rate": "99"},
            points={"M30.1": {"score": "0.5", "reason": "个别项目未覆盖"}},
        )
    )
    assert right(rubric, text).units[0].awards["M30.1"].reason == "个别项目未覆盖"
    other = choose(rubric, {"M30.1-below": "zero"})
    assert wrong(other, text) == ["units[0].points.M30.1"]


def test_a_misspelt_name_is_answered_with_the_nearest_one(rubric: Rubric) -> None:
    node = read_json(city(unit(indicators={"vegetable_pas_rate": "95"})), "x")
    assert refused(read_data, node, rubric) == [
        (
            "x:units[0].indicators.vegetable_pas_rate",
            "没有“vegetable_pas_rate”这个指标；是不是“vegetable_pass_rate”？",
        )
    ]
