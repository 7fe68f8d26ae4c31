"""Wrong use ends with 2 and a hint; a user's mistake ends with 1; nobody sees a traceback."""

from pathlib import Path
from typing import Any

import pytest

from command.running import Kaohe, Written


def test_help_lists_the_commands_that_are_there(kaohe: Kaohe) -> None:
    run = kaohe("--help")
    assert run.status == 0
    listed = [
        line.split()[0] for line in run.out.splitlines() if line.startswith("  ") and line[2] != " "
    ]
    assert [word for word in listed if word.isascii() and word.isalpha() and word.islower()] == [
        "score",
        "explain",
        "outlook",
        "template",
        "show",
        "lint",
        "serve",
        "worker",
        "backup",
        "restore",
        "audit",
    ]


@pytest.mark.parametrize("name", ["score", "explain", "outlook", "template", "show", "lint"])
def test_every_command_has_help_with_examples(kaohe: Kaohe, name: str) -> None:
    run = kaohe(name, "--help")
    assert (run.status, run.err) == (0, "")
    assert f"  kaohe {name} " in run.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("score",),
        ("score", "shuangtaizi-2017"),
        ("score", "no-such-rubric", "{data}"),
        ("score", "shuangtaizi-2017", "no-such-file.json"),
        ("score", "shuangtaizi-2017", "{data}", "--reading", "G1-edges"),
        ("score", "shuangtaizi-2017", "{data}", "--reading", "G9=x"),
        ("score", "shuangtaizi-2017", "{data}", "--reading", "G1-edges=sideways"),
        ("score", "shuangtaizi-2017", "{data}", "--colour"),
        ("explain", "shuangtaizi-2017", "{data}", "u99"),
        ("explain", "shuangtaizi-2017", "{data}", "u01", "G9"),
        ("template", "shuangtaizi-2017"),
        ("template", "shuangtaizi-2017", "-o", "no/such/folder/data.xlsx"),
        ("template", "shuangtaizi-2017", "-o", "data.doc"),
        ("import", "x"),
    ],
)
def test_wrong_use_ends_with_2(
    kaohe: Kaohe, example: Any, written: Written, arguments: tuple[str, ...]
) -> None:
    data = str(written(example))
    run = kaohe(*(argument.replace("{data}", data) for argument in arguments))
    assert (run.status, run.out) == (2, "")
    assert run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "\x00", "title: 细则", '{"units": []}', "PK\x03\x04"]
)
def test_a_file_that_is_not_what_its_name_says_ends_with_1(
    kaohe: Kaohe, written: Written, content: str
) -> None:
    data = written(content)
    run = kaohe("score", "shuangtaizi-2017", data, "--json")
    assert (run.status, run.out) == (1, "")
    assert all(line.startswith(str(data)) for line in run.err.splitlines())
    assert run.err


def test_a_rubric_with_mistakes_is_told_by_line_and_column(kaohe: Kaohe, tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(
        "rubric: x\ntitle: 细则\npoints: ten\ngrades: {A: 90}\nsections: []\nfoo: 1\n", "utf-8"
    )
    run = kaohe("lint", path)
    assert (run.status, run.out) == (1, "")
    places = [line.removeprefix(f"{path}:").split(": ")[0] for line in run.err.splitlines()]
    assert places == ["6:1", "3:9"]


ODD = ["[/]", "[bold]甲[/bold]", ":smile:", "甲" * 300, "a.b=c", "..", "甲\\"]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_names_are_shown_as_they_are(
    kaohe: Kaohe, example: Any, written: Written, tmp_path: Path, odd: str
) -> None:
    """Brackets are no markup, and every name makes a file."""
    example["units"][0] |= {"id": odd, "name": odd, "group": odd, "vetoes": ["V1"]}
    example["references"] = {}
    data = written(example)
    run = kaohe("score", "shuangtaizi-2017", data, "--sheets", tmp_path / "sheets")
    assert run.status == 0
    assert run.out.replace("\n", "").count(odd[:20]) >= 2
    assert len(list((tmp_path / "sheets").iterdir())) == 1
    explained = kaohe("explain", "shuangtaizi-2017", data, odd, "G1")
    assert (explained.status, explained.err) == (0, "")
    outlook = kaohe("outlook", "shuangtaizi-2017", data, "--set", f"{odd}.vegetable_pass_rate=9")
    assert (outlook.status, outlook.err) == (0, "")


def test_a_folder_that_cannot_be_made_is_wrong_use(
    kaohe: Kaohe, example: Any, written: Written
) -> None:
    data = written(example)
    run = kaohe("score", "shuangtaizi-2017", data, "--sheets", data / "inside")
    assert (run.status, run.out) == (2, "")
    assert run.err.count(str(data)) == 1


@pytest.mark.parametrize("name", ["my.xlsx", "my.json", "my.txt"])
def test_a_rubric_by_another_name_is_refused(kaohe: Kaohe, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("rubric: x\n", "utf-8")
    run = kaohe("show", path)
    assert (run.status, run.out) == (1, "")
    assert run.err == f"{path}:整个文件: 评分细则应是 .yaml 文件；请核对文件，或改正文件名\n"


def test_a_day_that_is_none_is_told_where_it_stands(kaohe: Kaohe, tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(
        "rubric: x\ntitle: 细则\npoints: 1\ngrades: 5\n"
        "period: {name: 年, first: 2017-13-45}\nsections: []\n",
        "utf-8",
    )
    run = kaohe("lint", path)
    places = [line.removeprefix(f"{path}:").split(": ")[0] for line in run.err.splitlines()]
    assert (run.status, places) == (1, ["4:9", "5:26"])
