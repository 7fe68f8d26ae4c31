from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from counts import count
from kaohe.errors import UnknownName
from kaohe.quantity import Mean
from kaohe.rules.base import IndicatorId
from kaohe.scoring.outlook.setting import BadSetting
from kaohe.scoring.outlook.whatif import Move, Range, WhatIf, what_if
from kaohe.scoring.score import score
from outlook import demo
from outlook.small import world

D = Decimal


def told(found: WhatIf) -> dict[str, list[tuple[str, Decimal | None, Decimal | None]]]:
    """The scores that move, by unit: items first, the total last."""
    return {
        unit.before.facts.unit.id: [
            *(
                (item.after.criterion.id, item.ranges.before.score, item.ranges.after.score)
                for item in unit.items
            ),
            ("total", unit.total.before.score, unit.total.after.score),
        ]
        for unit in found.moved
    }


def test_more_awards_of_one_unit_raise_the_mean_and_cost_the_others() -> None:
    found = what_if(demo.rubric(), demo.data(), values={("u.1", "award_count"): D(6)})

    # The mean is (6 + 2 + 1) ÷ 3 = 3: 2 is between 0.5 and 1 of it, 1 is below 0.5 of it.
    assert told(found) == {
        "u.2": [("G3", D(3), D(2)), ("total", D(9), D(8))],
        "u.3": [("G3", D(2), D(1)), ("total", D("5.5"), D("4.5"))],
    }
    assert [tuple(mean) for mean in found.means] == [
        ("市", "award_count", Move(Mean(D(6), 3), Mean(D(9), 3)))
    ]


def test_a_mean_over_units_that_are_not_here_stays_unknown() -> None:
    references = {("市", IndicatorId("award_count"), ""): None}
    data = replace(demo.data(), references=references)
    found = what_if(demo.rubric(), data, values={("u.1", "award_count"): D(6)})

    assert (told(found), found.means) == ({}, ())
    data = replace(data, units=data.units[:1])
    found = what_if(demo.rubric(), data, values={("u.1", "award_count"): D(0)})
    assert told(found)["u.1"][0] == ("G3", None, D(0))


def test_a_lower_target_lifts_score_total_grade_and_nobody_elses() -> None:
    found = what_if(demo.rubric(), demo.data(), targets={("u.1", "pass_rate"): D(94)})

    assert told(found) == {"u.1": [("G1", D(1), D(3)), ("total", D("6.5"), D("8.5"))]}
    assert [tuple(change) for change in found.values] == [
        ("target", "u.1", "pass_rate", Move(D(95), D(94)))
    ]
    unit = found.unit("u.1")
    assert unit is not None
    assert (unit.grade, unit.rank) == (Move("良", "优"), Move(2, 2))
    assert found.means == ()


def test_another_reading_moves_who_stands_on_the_edge() -> None:
    found = what_if(demo.rubric(), demo.data(), readings={"edges": "lower-held"})

    # 丙区 is exactly 1 short: now in [1, 3), −3 instead of −1.
    assert told(found) == {"u.3": [("G1", D(3), D(1)), ("total", D("5.5"), D("3.5"))]}
    assert [tuple(change) for change in found.readings] == [
        ("reading", "", "edges", Move("upper-held", "lower-held"))
    ]


def test_ranks_that_change_hands_are_shown_for_both() -> None:
    found = what_if(demo.rubric(), demo.data(), values={("u.3", "pass_rate"): D(95)})

    # 丙区 gains 1: 6.5, level with 甲区.
    assert [(u.before.facts.unit.id, u.rank, u.grade) for u in found.moved] == [
        ("u.3", Move(3, 2), Move("差", "良"))
    ]


def test_a_missing_value_that_is_supposed_closes_the_ranges_of_all() -> None:
    data = demo.data(u1={"indicators": {"award_count": None}})

    found = what_if(demo.rubric(), data, values={("u.1", "award_count"): D(3)})

    # Without 甲区's awards there is no mean: G3 of everyone is 0 to 4.
    assert {u.before.facts.unit.id: u.total for u in found.moved} == {
        "u.1": Move(
            Range(D("2.5"), D("6.5"), settled=False), Range(D("6.5"), D("6.5"), settled=True)
        ),
        "u.2": Move(Range(D(6), D(10), settled=False), Range(D(9), D(9), settled=True)),
        "u.3": Move(
            Range(D("3.5"), D("7.5"), settled=False), Range(D("5.5"), D("5.5"), settled=True)
        ),
    }
    assert [tuple(mean) for mean in found.means] == [
        ("市", "award_count", Move(None, Mean(D(6), 3)))
    ]


def test_a_typed_value_takes_the_place_of_a_register() -> None:
    entries = [
        {"name": "奖一", "level": "city", "date": "2017-01-01", "document": "文一"},
        {"name": "奖二", "level": "city", "date": "2017-01-01", "document": "文二"},
    ]
    data = demo.data(u2={"indicators": {"award_count": None}, "entries": {"award_count": entries}})

    found = what_if(demo.rubric(), data, values={("u.2", "award_count"): D(4)})

    # Of 3, 4 and 1 the mean is 8/3: 3 ≥ 8/3 but < 3.2, 4 ≥ 3.2, 1 < 4/3.
    assert [tuple(change) for change in found.values] == [
        ("value", "u.2", "award_count", Move(D(2), D(4)))
    ]
    assert told(found) == {
        "u.1": [("G3", D(4), D(3)), ("total", D("6.5"), D("5.5"))],
        "u.2": [("G3", D(3), D(4)), ("total", D(9), D(10))],
        "u.3": [("G3", D(2), D(1)), ("total", D("5.5"), D("4.5"))],
    }


@pytest.mark.parametrize(
    ("values", "targets", "readings", "error"),
    [
        ({("u9", "award_count"): D(1)}, {}, {}, "没有名为“u9”的单位；可用的有：u.1、u.2、u.3"),
        (
            {("u.1", "awards"): D(1)},
            {},
            {},
            "没有名为“awards”的指标；可用的有：pass_rate、award_count、outside_grade",
        ),
        ({}, {}, {"edge": "upper-held"}, "没有名为“edge”的口径；可用的有：edges"),
        (
            {},
            {},
            {"edges": "both"},
            "没有名为“both”的选项（口径 edges）；可用的有：upper-held、lower-held",
        ),
    ],
)
def test_a_name_that_is_not_there_is_named_with_those_that_are(
    values: dict[tuple[str, str], Decimal],
    targets: dict[tuple[str, str], Decimal],
    readings: dict[str, str],
    error: str,
) -> None:
    with pytest.raises(UnknownName) as caught:
        what_if(demo.rubric(), demo.data(), values=values, targets=targets, readings=readings)
    assert str(caught.value) == error


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        (
            "pass_rate",
            D(101),
            "u.1.pass_rate：101 大于 100；百分数应在 0–100 之间，请核对数值和单位",
        ),
        ("award_count", D("1.5"), "u.1.award_count：1.5 不是整数；个数只能是整数"),
        ("award_count", D(-1), "u.1.award_count：-1 小于 0；请核对数值和单位"),
        ("pass_rate", D("NaN"), "u.1.pass_rate：“NaN”不是数值；请写普通十进制数"),
        (
            "outside_grade",
            D(4),
            "u.1.outside_grade：4 不是等级的次序；应是 1–3（甲等、乙等、丙等）",
        ),
    ],
)
def test_a_value_the_indicator_cannot_have_is_refused_with_the_reason(
    name: str, value: Decimal, error: str
) -> None:
    with pytest.raises(BadSetting) as caught:
        what_if(demo.rubric(), demo.data(), values={("u.1", name): value})
    assert str(caught.value) == error


def test_an_indicator_without_targets_takes_none() -> None:
    with pytest.raises(BadSetting) as caught:
        what_if(demo.rubric(), demo.data(), targets={("u.1", "award_count"): D(3)})
    assert str(caught.value) == "u.1.award_count：指标“奖项数”没有目标值；请改设指标值本身"


@pytest.mark.parametrize("seed", range(count(full=1_000, reduced=20)))
def test_supposing_nothing_or_what_is_already_so_moves_nothing(seed: int) -> None:
    rubric, data = world(Random(seed), crossing=bool(seed % 2))
    same = {(unit.id, str(name)): v for unit in data.units for name, v in unit.values.items()}

    for found in (what_if(rubric, data), what_if(rubric, data, values=same)):
        assert (found.moved, found.means) == ((), ())


@pytest.mark.parametrize("seed", range(count(full=1_000, reduced=20)))
def test_after_is_the_score_of_the_changed_data(seed: int) -> None:
    rng = Random(seed)
    rubric, data = world(rng, crossing=bool(seed % 2))
    _, other = world(Random(f"{seed} other"), crossing=False)
    settings = {
        (unit.id, str(name)): value
        for unit, changed in zip(data.units, other.units, strict=False)
        for name, value in changed.values.items()
        if rng.random() < 0.5
    }
    units = tuple(
        replace(
            u,
            values={
                **u.values,
                **{IndicatorId(n): v for (i, n), v in settings.items() if i == u.id},
            },
        )
        for u in data.units
    )
    expected = score(rubric, replace(data, units=units))

    found = what_if(rubric, data, values=settings)

    figures = [(r.low, r.high, r.grade, r.rank, r.items) for r in expected]
    assert [
        (u.after.low, u.after.high, u.after.grade, u.after.rank, u.after.items) for u in found.units
    ] == figures
