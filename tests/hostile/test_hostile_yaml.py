"""What YAML can be abused for: refused at its line and column, in under a second."""

from pathlib import Path

import pytest

from hostile.refusal import places, refused
from kaohe.location import WHOLE
from kaohe.reading.load import load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.reading.tree import MOST_DEPTH, MOST_NODES

SMALL = """\
rubric: small
title: 小细则
points: 1
grades: {好: "[0, 1]"}
sections:
  - title: 一
    points: 1
    criteria:
      - {id: A, title: 甲, points: 1, rule: judged}
"""

BOMB = "a: &a [x, x]\n" + "".join(
    f"{own}: &{own} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, own in zip("abcdefgh", "bcdefghi", strict=True)
)

ATTACKS = {
    "alias bomb": (BOMB, "1:4"),
    "alias without an anchor": ("a: *b", "1:4"),
    "anchor": ("a: 1\nb: &x 2", "2:4"),
    "merge key with an alias": ("a: &x {b: 1}\nc:\n  <<: *x\n", "1:4"),
    "python object": ("a: !!python/object/apply:os.system ['echo']", "1:4"),
    "own tag": ("a: !thing x", "1:4"),
    "standard tag": ("a: !!str x", "1:4"),
    "binary tag": ("a: !!binary aGVsbG8=", "1:4"),
    "deep lists": ("[" * 3000 + "]" * 3000, f"1:{MOST_DEPTH + 2}"),
    "deep lists never closed": ("[" * 1_000_000, f"1:{MOST_DEPTH + 2}"),
    "deep mappings": ("{a: " * 3000 + "x" + "}" * 3000, f"1:{4 * MOST_DEPTH + 2}"),
    "deep dashes": ("- " * 3000 + "x", f"1:{2 * MOST_DEPTH + 3}"),
    "deep by indentation": (
        "".join(" " * n + "a:\n" for n in range(1500)),
        f"{MOST_DEPTH + 1}:{MOST_DEPTH + 1}",
    ),
    "too many values": ("a: [" + "1," * 150_000 + "]", f"1:{2 * MOST_NODES - 1}"),
    "several documents": ("a: 1\n---\nb: 2", "2:1"),
    "a tab for an indent": ("a:\n\tb: 1", "2:1"),
    "a list as a key": ("? [a]\n: 1", "1:3"),
    "an unclosed bracket": ("a: [1, 2", "2:1"),
    "an unclosed quotation": ('a: "x', "1:6"),
    "a colon too many": ("a: b: c", "1:5"),
    "control character": ("a: 1\nb: \x01", "2:4"),
    "zero byte": ("a: \0", "1:4"),
    "half a character": ("a: \ud800", "1:4"),
    "an image": ("\x89PNG\r\n\x1a\n\0\0", "1:1"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_T15_an_attack_is_refused_where_it_stands(name: str) -> None:
    text, place = ATTACKS[name]
    assert places(read_rubric, text, "x") == [f"x:{place}"]


@pytest.mark.parametrize(
    "text",
    ["", " \n", "# only a word\n", "a: " + "x" * 10_000_000, "a: 1\n" * 2_000_000],
    ids=["empty", "blank", "only a comment", "10 MB in one line", "10 MB in many lines"],
)
def test_T15_what_has_no_place_is_refused_by_its_file(text: str) -> None:
    assert places(read_rubric, text, "x") == [f"x:{WHOLE}"]


def test_T15_a_repeated_key_is_told_with_everything_else() -> None:
    text = SMALL.replace("points: 1\ng", "points: 1\npoints: 2\nfoo: 1\ng")
    assert places(read_rubric, text, "x") == ["x:4:1", "x:5:1"]


@pytest.mark.parametrize("root", ["- a\n- b", "word", "~", "3", "[]"])
def test_a_root_that_is_no_mapping_is_refused(root: str) -> None:
    assert places(read_rubric, root, "x") == ["x:1:1"]


@pytest.mark.parametrize(
    "number",
    [
        *[".nan", ".inf", "-.inf", "1e400", "1E3", "1_000", "+1", "0x10", "1,000", "１", "١"],
        *["1.", ".5", "-", "--1", "1 2", "9" * 13, "9" * 5000, "0.1234567890123", "yes"],
        *["12:30", "2017-13-45"],
    ],
)
def test_T15_only_plain_decimals_are_numbers(number: str) -> None:
    assert places(read_rubric, SMALL.replace("points: 1\ng", f'points: "{number}"\ng'), "x") == [
        "x:3:9"
    ]


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_an_empty_value_is_a_mistake_and_no_text(nothing: str) -> None:
    assert refused(read_rubric, SMALL.replace("小细则", nothing), "x") == [
        ("x:2:8" if nothing else "x:2:7", "title应是文字，而这里是空值")
    ]


@pytest.mark.parametrize("word", ["no", "NO", "off", "yes", "2017-13-45", "010", "1e400", ".nan"])
def test_T15_words_that_yaml_would_change_stay_as_they_are_printed(word: str) -> None:
    assert read_rubric(SMALL.replace("小细则", word), "x").title == word


def test_T15_a_merge_key_is_an_unknown_field_and_nothing_more() -> None:
    assert places(read_rubric, SMALL + "<<: {title: 别的}\n", "x") == ["x:10:1"]


def test_T15_a_byte_order_mark_at_the_start_is_no_part_of_the_text() -> None:
    assert read_rubric("\ufeff" + SMALL, "x") == read_rubric(SMALL, "x")


@pytest.mark.parametrize("hidden", ["\ufeff", "\u200b", "\u202e", "\u2066", "\\e", "\\0", "\\x7f"])
def test_what_nobody_sees_is_refused_in_a_text(hidden: str) -> None:
    text = SMALL.replace("小细则", f'"小{hidden}细则"')
    assert places(read_rubric, text, "x") == ["x:2:8"]


def test_a_name_of_a_megabyte_is_told_in_one_short_line() -> None:
    assert places(read_rubric, SMALL + "? " + "k" * 1_000_000 + "\n: 1\n", "x") == ["x:10:3"]


def test_thousands_of_mistakes_end_with_one_that_says_so() -> None:
    unknown = "".join(f"k{number}: 1\n" for number in range(8_000))
    told = refused(read_rubric, SMALL + unknown, "x")
    assert len(told) == 501
    assert told[-1] == (f"x:{WHOLE}", "错误已有 500 处，后面的没有再查；请先改好这些，再查一遍")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", "title: 考核".encode("gb18030"), b"PK\x03\x04\x90"]
)
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "rubric.yaml"
    file.write_bytes(content)
    assert [at for at, _ in refused(load_rubric, str(file))] == [f"{file}:{WHOLE}"]


@pytest.mark.parametrize("name", ["no-such-rubric", "../shuangtaizi-2017", ".", "x" * 5000])
def test_a_rubric_that_is_not_there_is_refused_by_name(name: str) -> None:
    assert len(refused(load_rubric, name)) == 1
