"""The draw: anybody who follows the published steps gets the same units."""

import hashlib
import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import count
from kaohe_web.errors import Invalid
from kaohe_web.review.drawing import drawn, lines_of, lots

EXAMPLES = count(full=2000, reduced=100)

NAMES = ["城东区（示例）", "城西区（示例）", "城南区（示例）", "城北区（示例）", "河口县（示例）"]
SEED = "示例彩票第 2017123 期 04 11 17 22 29 33 + 08"

names = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=6),
    min_size=1,
    max_size=12,
    unique=True,
)
seeds = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8)


def test_the_draw_is_the_published_one() -> None:
    assert (
        drawn(NAMES, SEED, 2)
        == [
            name
            for _number, name in sorted(
                (hashlib.sha256(f"{SEED}\n{name}".encode()).hexdigest(), name) for name in NAMES
            )
        ][:2]
    )


def test_a_shell_computes_the_same_numbers() -> None:
    for lot in lots(NAMES, SEED, 2):
        said = subprocess.run(
            ["sha256sum"],  # noqa: S607 -- the machine's own
            input=f"{SEED}\n{lot.name}".encode(),
            capture_output=True,
            check=True,
        )
        assert said.stdout.decode().split()[0] == lot.number


@given(candidates=names, seed=seeds, data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_as_many_are_drawn_as_asked_none_twice_and_all_from_the_list(
    candidates: list[str], seed: str, data: st.DataObject
) -> None:
    many = data.draw(st.integers(1, len(candidates)))
    chosen = drawn(candidates, seed, many)
    assert len(chosen) == len(set(chosen)) == many
    assert set(chosen) <= set(candidates)
    assert {each.name for each in lots(candidates, seed, many)} == set(candidates)


@given(candidates=names, seed=seeds, data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_order_of_the_list_changes_nothing_and_more_units_only_add(
    candidates: list[str], seed: str, data: st.DataObject
) -> None:
    many = data.draw(st.integers(1, len(candidates)))
    shuffled = data.draw(st.permutations(candidates))
    assert drawn(shuffled, seed, many) == drawn(candidates, seed, many)
    assert drawn(candidates, seed, len(candidates))[:many] == drawn(candidates, seed, many)


def test_every_candidate_is_drawn_about_as_often() -> None:
    counts = dict.fromkeys(NAMES, 0)
    for number in range(1000):
        for name in drawn(NAMES, f"种子 {number}", 2):
            counts[name] += 1
    assert all(340 <= count <= 460 for count in counts.values()), counts


def test_a_draw_that_cannot_be_made_says_everything_that_is_wrong() -> None:
    with pytest.raises(Invalid) as refused:
        drawn(["城东区（示例）", "城东区（示例）"], " ", 3)
    assert refused.value.problems == (
        "候选名单里重复：城东区（示例）；每个单位只列一次",
        "请写明随机种子，例如事先说好的某期彩票开奖号码",
        "抽取个数应在 1–2 之间",
    )


@pytest.mark.parametrize(("seed", "names"), [("一\n二", ["甲"]), ("一", ["甲\r乙"])])
def test_a_line_feed_could_be_read_two_ways_and_is_refused(seed: str, names: list[str]) -> None:
    with pytest.raises(Invalid, match=re.escape("种子和单位名称里不能换行")):
        drawn(names, seed, 1)


def test_a_list_is_read_line_by_line() -> None:
    assert lines_of(" 城东区 \n\n城西区\r\n") == ["城东区", "城西区"]
