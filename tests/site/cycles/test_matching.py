"""A printed name finds the body that goes by it, and never another."""

import pytest

from kaohe.reading.load import load_rubric
from kaohe_web.cycles.matching import Bodies, folded, groups
from kaohe_web.people.models import Department

RUBRIC = load_rubric("shuangtaizi-2017")


def bodies(*named: tuple[str, str]) -> Bodies[Department]:
    """Departments by name and aliases; none of them is kept anywhere."""
    return Bodies.of(
        RUBRIC,
        [
            Department(pk=key, name=name, aliases=aliases)
            for key, (name, aliases) in enumerate(named, start=1)
        ],
    )


@pytest.mark.parametrize(
    ("name", "aliases", "printed"),
    [
        ("区市监局", "", "区市监局"),
        ("市场监管局", "区市监局、食药监局", "区市监局"),
        ("市场监管局", "食药监局，区市监局", "区市监局"),
        ("市监局", "", "区市监局"),
        ("市场监督管理部门", "", "市监局"),
        ("区 市监局", "", "区市监局"),
    ],
)
def test_a_body_is_found_by_its_name_an_alias_or_another_printed_name(
    name: str, aliases: str, printed: str
) -> None:
    found = bodies((name, aliases)).match(printed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "printed", ["市质监局", "区市监局下属单位", "市监", "质量强区工作领导小组成员单位"]
)
def test_nothing_is_guessed(printed: str) -> None:
    assert bodies(("市监局", ""), ("经信局", "")).match(printed) is None


def test_two_bodies_of_one_name_are_none() -> None:
    assert bodies(("甲", "区市监局"), ("乙", "区市监局")).match("区市监局") is None
    assert bodies(("市监局", ""), ("市场监督管理部门", "")).match("区市监局") is None


def test_the_exact_name_wins_over_other_printed_names() -> None:
    found = bodies(("市监局", ""), ("区市监局", "")).match("区市监局")
    assert found is not None
    assert found.name == "区市监局"


def test_a_group_is_known_by_all_its_names() -> None:
    assert groups(RUBRIC) == {
        folded("质量强区工作领导小组成员单位"),
        folded("质量强区工作领导小组相关成员单位"),
        folded("网络市场监管部门联席会议成员单位"),
        folded("网络市监部门联席会议其他成员"),
    }
