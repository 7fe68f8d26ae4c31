"""What JSON can be abused for: refused with its place, in under a second."""

import json

import pytest

from hostile.refusal import places, refused
from kaohe.location import WHOLE
from kaohe.reading.load import load_rubric
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import MOST_DEPTH, read_json

ATTACKS = {
    "nothing": ("", "1:1"),
    "blanks": (" \n ", "2:2"),
    "cut off": ('{"a":', "1:6"),
    "a comma too many": ("[1,]", "1:4"),
    "single quotes": ("{'a': 1}", "1:2"),
    "a comment": ("{} // x", "1:4"),
    "two documents": ("{}\n{}", "2:1"),
    "control character": ('"\x01"', "1:2"),
    "a tab in a text": ('{"a": "\t"}', "1:8"),
    "zero byte": ("\0", "1:1"),
    "python": ("{'a': None}", "1:2"),
    "hexadecimal": ("0x10", "1:2"),
    "leading zero": ('{"a": 01}', "1:8"),
    "plus sign": ('{"a": +1}', "1:7"),
    "full-width digits": ('{"a": １}', "1:7"),
    "deep lists": ("[" * 900 + "]" * 900, "[0]" * (MOST_DEPTH + 1)),
    "deep objects": ('{"a":' * 300 + "1" + "}" * 300, ".".join("a" * (MOST_DEPTH + 1))),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_where_it_stands(name: str) -> None:
    text, place = ATTACKS[name]
    assert places(read_json, text, "x") == [f"x:{place}"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3000 + "]" * 3000,
        "[" * 1_000_000,
        '{"a":' * 3000 + "1" + "}" * 3000,
        '["' + "x" * 10_000_000 + '"]',
        '{"a": ' + "9" * 10_000_000 + "}",
        "[" + "1," * 600_000 + "1]",
    ],
    ids=["deep", "deep and open", "deep objects", "10 MB text", "10 MB number", "600,000 values"],
)
def test_what_is_too_much_is_refused_by_its_file(text: str) -> None:
    assert places(read_json, text, "x") == [f"x:{WHOLE}"]


REPEATED = {
    "inside": ('{"units": {"b": 1, "b": 1}}', ["units.b", "units"]),
    "at the root": ('{"units": 1, "units": 1}', ["units", "units"]),
    "an escape to a terminal": (
        '{"units": 1, "\\u001b[2J": 1, "\\u001b[2J": 1}',
        ["\ufffd[2J", "\ufffd[2J", "units"],
    ),
}


@pytest.mark.parametrize("name", REPEATED)
def test_a_repeated_key_is_told_with_everything_else(rubric: Rubric, name: str) -> None:
    text, expected = REPEATED[name]
    assert places(read_data, read_json(text, "x"), rubric) == [f"x:{place}" for place in expected]


def test_a_key_repeated_a_hundred_thousand_times_is_told_five_hundred_times(
    rubric: Rubric,
) -> None:
    node = read_json("{" + ",".join(['"a":1'] * 100_000) + "}", "x")
    told = refused(read_data, node, rubric)
    assert len(told) == 501
    assert told[-1][0] == f"x:{WHOLE}"


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_text() -> None:
    assert read_json('\ufeff{"a": 1.50}', "x") == read_json('{"a": 1.50}', "x")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("shuangtaizi-2017")


@pytest.mark.parametrize("root", ["[]", "3", '"word"', "null", "true", "NaN", "1e400"])
def test_a_root_that_is_no_object_is_refused(rubric: Rubric, root: str) -> None:
    assert places(read_data, read_json(root, "x"), rubric) == [f"x:{WHOLE}"]


@pytest.mark.parametrize("hidden", ["\u0000", "\u001b[31m", "\u200b", "\u202e", "\ufeff", "\ud800"])
def test_what_nobody_sees_is_refused_in_a_name(rubric: Rubric, hidden: str) -> None:
    unit = {"id": "u1", "name": f"双{hidden}台子区", "group": "盘锦市"}
    text = json.dumps({"units": [unit]})
    assert places(read_data, read_json(text, "x"), rubric) == ["x:units[0].name"]


def test_rare_characters_of_names_are_no_mistake(rubric: Rubric) -> None:
    name = "䶮𠅤㐂\u3000邨\N{VARIATION SELECTOR-17}"
    text = json.dumps({"units": [{"id": "u1", "name": name, "group": "盘锦市"}]})
    assert read_data(read_json(text, "x"), rubric).units[0].name == name


def test_thousands_of_unknown_indicators_are_refused_in_time(rubric: Rubric) -> None:
    indicators = {f"rate_{number}": "1" for number in range(100_000)}
    unit = {"id": "u1", "name": "一", "group": "一", "indicators": indicators}
    node = read_json(json.dumps({"units": [unit]}), "x")
    assert len(refused(read_data, node, rubric)) == 501


def test_a_veto_with_a_megabyte_for_a_name_is_told_in_one_short_line(rubric: Rubric) -> None:
    unit = {"id": "u1", "name": "一", "group": "一", "vetoes": ["V" * 1_000_000]}
    node = read_json(json.dumps({"units": [unit]}), "x")
    assert places(read_data, node, rubric) == ["x:units[0].vetoes[0]"]
