from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random

import pytest

from counts import count
from kaohe.errors import UnknownName
from kaohe.quantity import exact
from kaohe.reading.load import load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.rubric.interpretation import choose
from kaohe.rubric.model import Indicator, Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.grid import places_of
from kaohe.scoring.outlook.robust import OtherReading, Shift, ValueEdge, robustness
from kaohe.scoring.outlook.setting import apply
from kaohe.scoring.outlook.whatif import Move
from kaohe.scoring.result import UnitScore
from kaohe.scoring.score import score
from outlook import demo
from outlook.small import world

D = Decimal


def places(shifts: tuple[Shift, ...]) -> list[tuple[str, Move[str | None], Move[int | None]]]:
    return [(shift.unit, shift.grade, shift.rank) for shift in shifts]


def test_what_gives_way_is_found_with_its_nearest_edge() -> None:
    found = robustness(demo.rubric(), demo.data())

    # 甲区 6.5 良 2nd, 乙区 9 优 1st, 丙区 5.5 差 3rd; 优 from 8, 良 from 6.
    assert [
        (f.cause.unit, f.cause.indicator, f.cause.move, f.cause.better, places(f.shifts))
        for f in found.fragile
        if isinstance(f.cause, ValueEdge)
    ] == [
        # More than 3 short: 1 off, 5.5, level with 丙区.
        (
            "u.1",
            "pass_rate",
            Move(D(93), D("91.99")),
            False,
            [("u.1", Move("良", "差"), Move(2, 2)), ("u.3", Move("差", "差"), Move(3, 2))],
        ),
        # At most 1 short: 2 more, 8.5.
        ("u.1", "pass_rate", Move(D(93), D(94)), True, [("u.1", Move("良", "优"), Move(2, 2))]),
        # On target: 1 more, 6.5, level with 甲区.
        ("u.3", "pass_rate", Move(D(94), D(95)), True, [("u.3", Move("差", "良"), Move(3, 2))]),
    ]
    assert [f for f in found.fragile if isinstance(f.cause, OtherReading)] == []
    # Six values both ways; 乙区 cannot do better than its target.
    assert (found.values_tried, found.readings_tried, found.safe) == (11, 1, False)


def test_each_unit_is_told_what_its_grade_and_rank_rest_on() -> None:
    found = robustness(demo.rubric(), demo.data())

    assert [(f.unit, f.grade, f.rank, f.grade_safe, f.rank_safe) for f in found.footings] == [
        ("u.1", "良", 2, False, True),
        ("u.2", "优", 1, True, True),
        ("u.3", "差", 3, False, False),
    ]
    first, _, third = found.footings
    assert first.grade_rests_on == found.fragile[:2]
    assert third.grade_rests_on == found.fragile[2:]
    assert third.rank_rests_on == (found.fragile[0], found.fragile[2])


def test_a_reading_that_changes_a_grade_is_named_with_the_choice() -> None:
    data = demo.data(u3={"points": {"M1": "1"}})
    found = robustness(demo.rubric(), data)

    # 丙区 has 6, and exactly 1 short: read the other way it loses 2.
    assert [
        (f.cause.reading, f.cause.move, places(f.shifts))
        for f in found.fragile
        if isinstance(f.cause, OtherReading)
    ] == [
        (
            "edges",
            Move("upper-held", "lower-held"),
            [("u.3", Move("良", "差"), Move(3, 3))],
        )
    ]


def test_where_nothing_gives_way_everything_is_safe() -> None:
    data = demo.data(u1={"indicators": {"pass_rate": "88"}})
    alone = Dataset(data.units[:1])

    found = robustness(demo.rubric(), alone)

    # Its own mean: 0 + 3 + 1.5 = 4.5; at most 3 short it has 5.5, without awards 1.5, always 差.
    assert (found.fragile, found.safe, found.values_tried) == ((), True, 2)
    assert [(f.grade, f.grade_safe, f.rank_safe) for f in found.footings] == [("差", True, True)]


def test_one_thing_more_or_fewer_in_a_register_is_an_edge() -> None:
    rubric = load_rubric("example-county")
    text = """{"units": [{"id": "u", "name": "县", "group": "市", "type": "county",
        "indicators": {"online_handling_rate": "95", "average_handling_days": "3",
            "complaint_settlement_rate": "99", "station_coverage_rate": "100",
            "satisfaction_score": "90", "report_late_days": "0"},
        "targets": {"online_handling_rate": "95"}, "previous": {"satisfaction_score": "80"},
        "points": {"B1": "12", "C1": "0"},
        "entries": {"commendation_count": [
            {"name": "表扬", "level": "provincial", "date": "2026-03-01", "document": "文"}],
            "criticism_count": []}}]}"""
    data = read_data(read_json(text, "data.json"), rubric)

    found = robustness(rubric, data)

    # 15 + 10 + 15 + 12 + 20 + 0 + 10 + 5 + 2 = 89 of 90 for 优秀.
    assert [
        (f.cause.indicator, f.cause.level, f.cause.move, [s.grade for s in f.shifts])
        for f in found.fragile
        if isinstance(f.cause, ValueEdge)
    ] == [
        ("commendation_count", "national", Move(D(0), D(1)), [Move("良好", "优秀")]),
        ("commendation_count", "provincial", Move(D(1), D(2)), [Move("良好", "优秀")]),
        ("commendation_count", "city", Move(D(0), D(1)), [Move("良好", "优秀")]),
    ]


def in_steps(cause: ValueEdge, rubric: Rubric) -> Decimal:
    """Where a move ends in whole steps: an edge finer than the steps is reached by the next one."""
    step = Decimal(1).scaleb(-places_of(rubric.indicators[cause.indicator], cause.move.before))
    outward = ROUND_CEILING if cause.move.after > cause.move.before else ROUND_FLOOR
    return cause.move.after.quantize(step, outward)


@pytest.mark.parametrize("seed", range(count(full=500, reduced=15)))
def test_every_finding_is_confirmed_by_scoring_and_no_nearer_one_is_missed(seed: int) -> None:
    rubric, data = world(Random(f"robust {seed}"), crossing=bool(seed % 2))
    before = score(rubric, data)

    found = {
        (f.cause.unit, f.cause.indicator, in_steps(f.cause, rubric)): places(f.shifts)
        for f in robustness(rubric, data).fragile
        if isinstance(f.cause, ValueEdge)
    }

    expected = {}
    for unit in data.units:
        for name in unit.values:
            for way in (-1, 1):
                stepped = by_stepping(rubric, data, before, unit.id, rubric.indicators[name], way)
                for value, shifts in stepped:
                    if shifts:
                        expected[unit.id, name, value] = shifts
    assert found == expected


Shifts = list[tuple[str, Move[str | None], Move[int | None]]]


def by_stepping(  # noqa: PLR0913, PLR0917 -- where to step from, and which way
    rubric: Rubric,
    data: Dataset,
    before: list[UnitScore],
    unit_id: str,
    indicator: Indicator,
    way: int,
) -> Iterator[tuple[Decimal, Shifts]]:
    """The first whole value on one side at which a part's score changes, and who shifts there."""
    value = {unit.id: unit for unit in data.units}[unit_id].values[indicator.id]
    for step in range(1, 101):
        other = value + way * step
        last = len(indicator.values) or 100
        if indicator.unit.fault(other) or other > last:
            return
        after = score(rubric, apply(rubric, data, {(unit_id, indicator.id): other}, {}))
        if parts(after) != parts(before):
            pairs = zip(before, after, strict=True)
            yield (
                other,
                [
                    (old.facts.unit.id, Move(old.grade, new.grade), Move(old.rank, new.rank))
                    for old, new in pairs
                    if (old.grade, old.rank) != (new.grade, new.rank)
                ],
            )
            return


def parts(scores: list[UnitScore]) -> list[tuple[Decimal, Decimal, bool]]:
    with exact():
        return [
            (part.outcome.low, part.outcome.high, part.settled)
            for result in scores
            for item in result.items
            for part in item.parts
        ]


def test_readings_of_the_built_in_rubric_are_confirmed_by_scoring() -> None:
    rubric = load_rubric("shuangtaizi-2017")
    indicators = """"manufacturing_pass_rate": "92", "vegetable_pass_rate": "94.45",
        "livestock_pass_rate": "99", "aquatic_pass_rate": "93.2", "quality_award_count": "1",
        "quality_infrastructure_index": "2", "water_project_quality_score": "85",
        "tourism_campaign_count": "2", "tourism_complaint_settlement_rate": "97.5",
        "construction_supervision_coverage_rate": "99" """
    text = f"""{{"units": [{{"id": "u", "name": "区", "group": "市", "indicators": {{{indicators}}},
        "targets": {{"manufacturing_pass_rate": "95"}}}}]}}"""
    data = read_data(read_json(text, "data.json"), rubric)

    found = robustness(rubric, data)

    others = sum(c.id != reading.chosen for reading in rubric.readings for c in reading.choices)
    assert found.readings_tried == others
    (before,) = score(rubric, data)
    for fragile in found.fragile:
        if isinstance(fragile.cause, OtherReading):
            chosen = choose(rubric, {fragile.cause.reading: fragile.cause.move.after})
            (after,) = score(chosen, data)
            assert places(fragile.shifts) == [
                ("u", Move(before.grade, after.grade), Move(before.rank, after.rank))
            ]


def test_other_groups_are_not_touched() -> None:
    one, two, three = demo.data().units
    data = Dataset((one, two, replace(three, group="另一市")))

    found = robustness(demo.rubric(), data)

    group = {"u.1": "市", "u.2": "市", "u.3": "另一市"}
    assert {
        (group[f.cause.unit], group[s.unit])
        for f in found.fragile
        if isinstance(f.cause, ValueEdge)
        for s in f.shifts
    } <= {("市", "市"), ("另一市", "另一市")}


def test_what_a_unit_rests_on_does_not_depend_on_other_groups() -> None:
    rubric, data = in_two_groups()

    together = {f.unit: f for f in robustness(rubric, data).footings}

    for group in ("市", "另一市"):
        alone = replace(data, units=tuple(unit for unit in data.units if unit.group == group))
        expected = robustness(rubric, alone).footings
        assert tuple(together[f.unit] for f in expected) == expected


def test_asking_for_some_units_gives_the_same_as_asking_for_all() -> None:
    rubric, data = in_two_groups()

    whole = robustness(rubric, data)

    assert any(isinstance(f.cause, OtherReading) and len(f.shifts) > 1 for f in whole.fragile)
    assert [f.unit for f in whole.footings] == [unit.id for unit in data.units]
    for wanted in (("u.1",), ("u.3",), ("u.6", "u.2"), ("u.1", "u.3", "u.5")):
        expected = tuple(f for f in whole.footings if f.unit in wanted)
        assert robustness(rubric, data, wanted).footings == expected
    assert robustness(rubric, data, [unit.id for unit in data.units]) == whole
    assert robustness(rubric, data, ("u.1",)).values_tried < whole.values_tried


def test_a_unit_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownName):
        robustness(demo.rubric(), demo.data(), ("u.9",))


def test_a_value_that_opens_a_total_opens_every_rank_of_the_group() -> None:
    text = demo.TEXT.replace("EXTRA", "").replace('"(3, ∞)": 4', '"(3, 5]": 4')
    rubric = read_rubric(text, "demo.yaml")
    data = demo.data(rubric, u1={"indicators": {"pass_rate": "90"}})

    found = robustness(rubric, data)

    # 甲区 further than 5 short: the document is silent, and no rank of its group can be told.
    (opened,) = [
        f
        for f in found.fragile
        if isinstance(f.cause, ValueEdge)
        and f.cause.move.before == D(90)
        and f.cause.move.after < D(90)
    ]
    assert [(shift.unit, shift.rank.after) for shift in opened.shifts] == [
        ("u.1", None),
        ("u.2", None),
        ("u.3", None),
    ]


def in_two_groups() -> tuple[Rubric, Dataset]:
    """The three units twice, taking turns, with a unit in each group that a reading regrades."""
    data = demo.data(u3={"points": {"M1": "1"}})
    units = [
        replace(unit, id=f"u.{number}", group="另一市" if number % 2 else "市")
        for number, unit in enumerate((unit for unit in data.units for _ in range(2)), start=1)
    ]
    return demo.rubric(), Dataset(tuple(units))
