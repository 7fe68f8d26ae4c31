"""An uploaded rubric: what cannot be read is told with its line, quickly, and nothing is kept."""

import time

import pytest

from kaohe.nodes import Mistaken
from kaohe_web.rubrics.checking import Faulty, check
from kaohe_web.rubrics.uploaded import MOST_BYTES, built_in_text, text_of
from rubrics.texts import TEXT
from world import World


def mistakes(content: bytes) -> list[str]:
    """What is said of a file that cannot be read as text."""
    with pytest.raises(Mistaken) as caught:
        text_of(content, "x.yaml")
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference() -> None:
    windows = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert text_of(windows, "x.yaml") == TEXT


def test_T12_other_encodings_are_told_with_line_and_column() -> None:
    assert mistakes("rubric: x\ntitle: 示例".encode("gb18030")) == [
        "x.yaml:2:10: 从这里起不是 UTF-8 文字；请在编辑软件里另存为 UTF-8 编码的 YAML 文件"
    ]


def test_T15_a_file_far_too_long_is_not_read() -> None:
    assert mistakes(b"a: 1\n" * (MOST_BYTES // 5 + 1)) == [
        "x.yaml:整个文件: 文件超过 1 MB，不像是评分细则；请核对文件"
    ]


def test_there_is_no_built_in_rubric_of_another_name() -> None:
    with pytest.raises(Mistaken, match="没有这份内置的评分细则"):
        built_in_text("../../secret")


HOSTILE = {
    "alias bomb": (
        "a: &a [x, x]\nb: &b [*a, *a]\nrubric: [*b, *b]\n",
        "x.yaml:1:4: 不能使用 YAML 锚点（&名称）；请把内容写在原处",
    ),
    "deep nesting": (
        "[" * 3000 + "]" * 3000,
        "x.yaml:1:26: 嵌套超过 24 层；评分细则不需要这么深，请核对缩进",
    ),
    "duplicate key": (
        TEXT + "title: 又一个\n",
        None,
    ),
    "python object": (
        "rubric: !!python/object/apply:os.system [id]\n",
        "x.yaml:1:9: 不能使用 YAML 类型标记（!名称）；请只写内容",
    ),
    "a day that is none": (
        TEXT.replace("first: 2017-01-01", "first: 2017-13-45"),
        "x.yaml:4:29: period的 first ：“2017-13-45”不是日期；请写成 2017-05-31",
    ),
    "an exponent": (
        TEXT.replace("points: 10\nperiod", "points: 1e400\nperiod"),
        None,
    ),
    "no number": (TEXT.replace("points: 10\nperiod", "points: .nan\nperiod"), None),
    "a tab": (TEXT.replace("  - title: 全部", "\t- title: 全部"), None),
    "a merge key": (TEXT + "<<: {title: x}\n", None),
    "two documents": (TEXT + "---\nrubric: y\n", None),
    "nothing": ("", "x.yaml:整个文件: 文件是空的；请写入评分细则"),
    "a list": ("- a\n", None),
    "a NUL": ("rubric: a\0b\n", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_T15_a_hostile_text_is_told_clearly_and_at_once(world: World, name: str) -> None:
    text, expected = HOSTILE[name]
    began = time.monotonic()
    found = check(world.actor("office"), text, "x.yaml")
    took = time.monotonic() - began
    assert (found.rubric, found.findings, found.fingerprint) == (None, (), "")
    said = [f"{mistake.place}: {mistake.message}" for mistake in found.mistakes]
    if expected is not None:
        assert said == [expected]
    assert said
    assert all(line.startswith("x.yaml:") for line in said)
    assert took < 1


def test_a_mistake_shows_the_line_that_it_is_in(world: World) -> None:
    text = TEXT.replace("points: 3\n        lead: [甲局, 乙局]", "points: 三\n        lead: 甲局")
    found = check(world.actor("office"), text, "x.yaml")
    assert found.mistakes == (
        Faulty(
            "x.yaml:27:17",
            "考核要点 A2 的 points ：“三”不是普通十进制数；请写成 93.2 这样的数字"
            "（小数点前后各不超过 12 位，不用指数、千分号、下划线和正号）",
            "points: 三",
        ),
    )


def test_a_sound_text_is_looked_over(world: World) -> None:
    found = check(world.actor("office"), TEXT, "x.yaml")
    assert found.rubric is not None
    assert (found.rubric.id, found.mistakes, found.twin) == ("small-example", (), None)
    assert found.stopping == []


def test_the_twin_of_an_adopted_rubric_is_found(world: World) -> None:
    found = check(world.actor("office"), built_in_text("shuangtaizi-2017"), "again.yaml")
    assert found.twin == world.edition
