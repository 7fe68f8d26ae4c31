"""The award register of clause 4: what counts once, at which level, and what waits for approval."""

import json
from decimal import Decimal
from typing import Any

import pytest

from kaohe.reading.load import load_rubric
from kaohe.rubric.model import Rubric
from kaohe.rules.base import IndicatorId
from kaohe.scoring.cohort import UnitFacts, assemble
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.score import score
from kaohe.wording.sentences import explain_part
from kaohe.wording.words import Words

AWARDS = IndicatorId("quality_award_count")


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("shuangtaizi-2017")


def award(name: str, level: str, **more: str) -> dict[str, str]:
    """A registered award."""
    return {
        "name": name,
        "level": level,
        "date": "2017-03-01",
        "document": "示〔2017〕1 号",
        **more,
    }


def text_of(*entries: dict[str, str]) -> str:
    """The data of one unit with these awards, and of a cohort whose mean is given."""
    unit: dict[str, Any] = {"id": "a", "name": "甲", "group": "市", "entries": {AWARDS: entries}}
    return json.dumps({"units": [unit], "references": {"市": {AWARDS: {"mean": "2"}}}})


def facts(rubric: Rubric, *entries: dict[str, str]) -> UnitFacts:
    """What is known of the unit."""
    return assemble(rubric, read_data(read_json(text_of(*entries), "data.json"), rubric))[0]


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        ([], 0),
        ([award("鲁班奖", "national")], 1),
        ([award("鲁班奖", "国家级"), award("大禹奖", "国家")], 2),
        ([award("地理标志", "national"), award("地理标志", "provincial")], 1),  # 同一奖项只计一次
        (
            [
                award("地理标志", "national", holder="大米协会"),
                award("地理标志", "provincial", holder="河蟹协会"),
            ],
            2,  # 不同的持有者是两项
        ),
        ([award("质量奖", "national"), award("中国质量奖", "national")], 1),  # 别名
        ([award("市政工程奖", "city", approval="示批〔2017〕3 号")], 1),  # 清单之外，已批准
    ],
)
def test_each_award_counts_once(rubric: Rubric, entries: list[dict[str, str]], count: int) -> None:
    assert facts(rubric, *entries).value(AWARDS) == count


def test_it_counts_at_its_highest_level(rubric: Rubric) -> None:
    both = [award("地理标志", "provincial"), award("地理标志", "national")]
    assert facts(rubric, *both).tally(AWARDS) == {"national": 1, "provincial": 0, "city": 0}


@pytest.mark.parametrize(
    "outside",
    [award("市政工程奖", "city"), award("鲁班奖", "city")],
    ids=["not in the catalogue", "not at that level"],
)
def test_what_is_outside_the_lists_leaves_the_count_open(
    rubric: Rubric, outside: dict[str, str]
) -> None:
    known = facts(rubric, award("鲁班奖", "national", holder="一"), outside)
    assert known.value(AWARDS) is None
    assert known.waiting == {AWARDS: 1}


def test_an_open_count_is_a_range(rubric: Rubric) -> None:
    text = text_of(award("市政工程奖", "city"))
    (result,) = score(rubric, read_data(read_json(text, "data.json"), rubric))
    part = result.part("G3")
    assert part is not None
    assert not part.settled
    assert (part.outcome.low, part.outcome.high) == (Decimal(0), Decimal(4))


def test_an_open_count_says_what_it_waits_for(rubric: Rubric) -> None:
    text = text_of(award("市政工程奖", "city"))
    (result,) = score(rubric, read_data(read_json(text, "data.json"), rubric))
    part = result.part("G3")
    assert part is not None
    assert explain_part(part, Words.of(rubric)) == (
        "质量激励项目数的登记中有 1 项在清单之外，还没有批准，"
        "得分未定（0–4 分）（数据：区市监局）。"
    )
