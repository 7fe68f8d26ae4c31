from decimal import Decimal

import pytest

from kaohe.errors import UnknownName
from kaohe.reading.load import load_rubric
from kaohe.reading.reader import read_rubric
from kaohe.rubric.model import Rubric
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe.scoring.observations import Dataset
from kaohe.scoring.outlook.improve import BadCost, Improvement, NoWay, cheapest
from kaohe.scoring.outlook.robust import robustness
from kaohe.scoring.outlook.setting import apply
from kaohe.scoring.outlook.whatif import Move
from kaohe.scoring.score import score
from outlook import demo

D = Decimal


def way(
    rubric: Rubric,
    data: Dataset,
    unit: str,
    *,
    grade: str | None = None,
    costs: dict[str, Decimal] | None = None,
) -> Improvement:
    found = cheapest(rubric, data, unit, grade=grade, costs=costs)
    assert isinstance(found, Improvement)
    return found


def told(found: Improvement) -> list[tuple[str, str, Decimal | None, Decimal | None]]:
    return [(step.kind, step.name, step.move.before, step.move.after) for step in found.steps]


def test_one_part_is_cheaper_than_two_though_it_gains_more() -> None:
    found = way(demo.rubric(), demo.data(), "u.1")

    # 6.5 to 8: M1 has room for 0.5 only; at most 1 short, G1 gives 3 instead of 1.
    assert told(found) == [("value", "pass_rate", D(93), D(94))]
    assert [(p.part, p.move, p.cost, p.was_open) for p in found.parts] == [
        ("G1", Move(D(1), D(3)), D(1), False)
    ]
    assert (found.wanted, found.grade) == ("优", Move("良", "优"))
    assert (found.total, found.gained, found.cost) == (Move(D("6.5"), D("8.5")), D(2), D(1))
    assert found.open_parts == ()


def test_of_ways_with_as_many_parts_the_one_that_gains_least() -> None:
    found = way(demo.rubric(), demo.data(), "u.3")

    # 5.5 to 6: G1 would gain 1 and G3 at least 1; an assessor can give exactly 0.5 more.
    assert told(found) == [("award", "M1", D("0.5"), D(1))]
    assert found.total == Move(D("5.5"), D(6))


def test_given_costs_decide_first() -> None:
    costs = {"M1": D(5), "G1": D(2), "G3": D("1.5")}
    found = way(demo.rubric(), demo.data(), "u.3", costs=costs)

    # The mean moves with the value x: x ≥ (x + 5)/3 from 2.5 on, so 3 awards give 3 for 2.
    assert told(found) == [("value", "award_count", D(1), D(3))]
    assert (found.cost, found.total) == (D("1.5"), Move(D("5.5"), D("6.5")))


def test_a_grade_further_up_can_be_asked_for() -> None:
    found = way(demo.rubric(), demo.data(), "u.3", grade="优")

    # 5.5 to 8 takes 2.5: G1 can gain 1, G3 2 (x ≥ 1.2(x + 5)/3 from 10/3 on: 4 awards), M1 1.5.
    # Two parts do: G3 2 and M1 0.5, or G1 1 and M1 1.5; both end at 8.
    assert len(found.parts) == 2
    assert found.total == Move(D("5.5"), D(8))


def test_the_own_value_is_part_of_the_mean_it_must_beat() -> None:
    data = demo.data(
        u1={"indicators": {"award_count": "3"}},
        u2={"indicators": {"award_count": "3"}},
        u3={"indicators": {"pass_rate": "95"}, "points": {"M1": "1"}},
    )
    costs = {"M1": D(100)}

    found = way(demo.rubric(), data, "u.3", grade="优", costs=costs)

    # 4 + 1 + 1 = 6 to 8 takes 3: the mean of 1, 3 and 3 is 7/3, but x ≥ (x + 6)/3 only from 3 on.
    assert told(found) == [("value", "award_count", D(1), D(3))]
    assert found.total == Move(D(6), D(8))


def test_what_is_open_counts_as_lost_and_may_be_part_of_the_way() -> None:
    data = demo.data(u1={"points": {"M1": None}, "indicators": {"pass_rate": "94"}})

    found = way(demo.rubric(), data, "u.1")

    # 3 + 4 + 0..2: at least 7, one short of 8.
    assert found.open_parts == ("M1",)
    assert found.total == Move(D(7), D(8))
    assert [(p.part, p.was_open) for p in found.parts] in ([("M1", True)], [("G1", False)])
    assert found.before.total is None


def test_the_whole_of_a_way_scores_as_it_says() -> None:
    rubric, data = demo.rubric(), demo.data()
    found = way(rubric, data, "u.1", grade="优")
    values = {("u.1", s.name): s.move.after for s in found.steps if s.move.after is not None}

    after = score(rubric, apply(rubric, data, values, {}))[0]

    assert (after.total, after.grade) == (found.after.total, found.after.grade) == (D("8.5"), "优")


def test_the_best_grade_has_no_next() -> None:
    found = cheapest(demo.rubric(), demo.data(), "u.2")
    assert isinstance(found, NoWay)
    assert (found.why, found.wanted, found.total, found.grade) == ("best", "优", D(9), "优")


def test_a_grade_already_had_needs_no_way() -> None:
    found = cheapest(demo.rubric(), demo.data(), "u.1", grade="差")
    assert isinstance(found, NoWay)
    assert (found.why, found.wanted, found.grade) == ("reached", "差", "良")


def test_a_veto_that_fixes_the_grade_leaves_no_way() -> None:
    rubric = demo.rubric(
        "vetoes: [{id: V1, title: 事故, grade: 差}, {id: V2, title: 迟报, deduct: 1}]"
    )
    found = cheapest(rubric, demo.data(rubric, u1={"vetoes": ["V2", "V1"]}), "u.1")
    assert isinstance(found, NoWay)
    assert (found.why, found.by, found.wanted) == ("veto", ("V1",), "良")


def test_a_veto_that_lowers_by_one_asks_for_the_points_of_the_grade_above() -> None:
    rubric = demo.rubric("vetoes: [{id: V1, title: 迟报, downgrade: 1}]")
    found = way(rubric, demo.data(rubric, u1={"vetoes": ["V1"]}), "u.1")

    # 6.5 would be 良 and is 差; back to 良 takes 8.
    assert (found.grade, found.total) == (Move("差", "良"), Move(D("6.5"), D("8.5")))


def test_a_precondition_that_caps_the_grade_must_be_met_on_the_way() -> None:
    rubric = demo.rubric(
        "preconditions: [{id: P1, title: 措施过半, of: measures, share: 90, cap: 良}]"
    )
    found = way(rubric, demo.data(rubric), "u.1")

    # M1 has 1.5 of the 1.8 asked for; the points come from G1, and 0.3 from M1 however many.
    assert told(found) == [
        ("value", "pass_rate", D(93), D(94)),
        ("award", "M1", D("1.5"), D("1.8")),
    ]
    assert found.total == Move(D("6.5"), D("8.8"))


def test_a_precondition_nobody_can_meet_is_named() -> None:
    rubric = demo.rubric(
        "preconditions: [{id: P1, title: 措施, of: measures, share: 110, cap: 良}]"
    )
    found = cheapest(rubric, demo.data(rubric), "u.1")
    assert isinstance(found, NoWay)
    assert (found.why, found.by) == ("precondition", ("P1",))


def test_of_exclusive_parts_only_what_exceeds_the_better_one_gains() -> None:
    rubric = demo.rubric("exclusive: [{id: E1, title: 就高, among: [G1, M1]}]")
    found = way(rubric, demo.data(rubric), "u.1", grade="良")

    # G1 1 and M1 1.5 count as 1.5, with G3 in all 5.5; M1 at 2 makes 6.
    assert told(found) == [("award", "M1", D("1.5"), D(2))]
    assert found.total == Move(D("5.5"), D(6))


def test_points_re_based_for_an_exemption_count_more() -> None:
    rubric = demo.rubric("not_applicable: {treatment: rebase, within: rubric, round: 2}")
    data = demo.data(rubric, u1={"exempt": {"G3": "没有"}, "indicators": {"pass_rate": "93"}})
    found = way(rubric, data, "u.1")

    # (1 + 1.5) × 10 ÷ 6 = 4.17 and 6 are 差 and 良: 3.6 of the 6 points, 1.1 more.
    assert found.total.before == D("4.17")
    assert (found.total.after, found.grade.after) == (D("7.5"), "良")
    assert told(found) == [("value", "pass_rate", D(93), D(94))]


def test_points_beyond_everything_are_no_way() -> None:
    rubric = demo.rubric("vetoes: [{id: V1, title: 事故, deduct: 3}]")
    found = cheapest(rubric, demo.data(rubric, u1={"vetoes": ["V1"]}), "u.1", grade="优")
    assert isinstance(found, NoWay)
    # 6.5 − 3 + 3 (G1) + 0.5 (M1).
    assert (found.why, found.total, found.most) == ("points", D("3.5"), D(7))


@pytest.mark.parametrize(
    ("unit", "grade", "costs", "error"),
    [
        ("u9", None, {}, "没有名为“u9”的单位；可用的有：u.1、u.2、u.3"),
        ("u.1", "A", {}, "没有名为“A”的等级；可用的有：优、良、差"),
        ("u.1", None, {"G2": D(1)}, "没有名为“G2”的计分条目；可用的有：G1、G3、M1"),
    ],
)
def test_a_name_that_is_not_there_is_named(
    unit: str, grade: str | None, costs: dict[str, Decimal], error: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        cheapest(demo.rubric(), demo.data(), unit, grade=grade, costs=costs)
    assert str(caught.value) == error


def test_a_cost_below_zero_is_refused() -> None:
    with pytest.raises(BadCost) as caught:
        cheapest(demo.rubric(), demo.data(), "u.1", costs={"M1": D("-0.5")})
    assert str(caught.value) == "M1 的成本 -0.5 小于 0；成本应不小于 0，请改正"


def test_in_the_built_in_rubric_the_fewest_parts_are_those_with_most_to_gain() -> None:
    rubric = load_rubric("shuangtaizi-2017")
    text = """{"units": [{"id": "u", "name": "区", "group": "市",
        "indicators": {"manufacturing_pass_rate": "88", "livestock_pass_rate": "97.5"},
        "targets": {"manufacturing_pass_rate": "95"}, "points": {"M24.1": "1", "M10": "3"}}]}"""
    data = read_data(read_json(text, "data.json"), rubric)

    found = way(rubric, data, "u")

    # G1 is 7 short: 4 of 10. Everything else is open or missing: 4 + 1 + 3 = 8 of 60.
    assert (found.total, found.grade, found.gained) == (Move(D(8), D(60)), Move("D", "C"), D(52))
    # Alone in its group it is its own mean of awards, which gives G3 3 of 4; all else can be full.
    rooms = sorted(
        (
            (D(3) if scored.part.id == "G3" else scored.part.points) - scored.outcome.low
            for item in found.before.items
            for scored in item.parts
        ),
        reverse=True,
    )
    assert sum(rooms[: len(found.parts) - 1]) < D(52) <= sum(rooms[: len(found.parts)])


COUNTY = """{"units": [{"id": "u", "name": "县", "group": "市", "type": "county",
    "indicators": {"online_handling_rate": "95", "average_handling_days": "3",
        "complaint_settlement_rate": "99", "station_coverage_rate": "100",
        "satisfaction_score": "70", "report_late_days": "6"},
    "targets": {"online_handling_rate": "95"}, "previous": {"satisfaction_score": "80"},
    "points": {"B1": "12", "C1": "5"},
    "entries": {"commendation_count": [
        {"name": "表扬", "level": "city", "date": "2026-03-01", "document": "文"}],
        "criticism_count": [
        {"name": "批评", "level": "provincial", "date": "2026-03-01", "document": "文"}]}}]}"""


def test_things_of_a_register_are_added_by_level() -> None:
    rubric = load_rubric("example-county")
    data = read_data(read_json(COUNTY, "data.json"), rubric)
    costs = {part: D(9) for part in ("B1", "C2", "C3")}

    found = way(rubric, data, "u", costs=costs)

    # 40 + 12 + 20 + 5 + 0 + 1 + 1 − 3 = 76 of 90. Commendations can add 4, criticism taken back 3:
    # not without one of the dear parts, and only C2's 10 leaves one cheap part to add. 14 exactly.
    assert sorted((s.kind, s.name, s.level, s.move) for s in found.steps) == [
        ("things", "commendation_count", "provincial", Move(D(0), D(2))),
        ("value", "satisfaction_score", "", Move(D(70), D("80.01"))),
    ]
    assert (found.cost, found.total) == (D(10), Move(D(76), D(90)))


def test_where_a_rule_is_silent_an_assessor_or_the_value_can_win_the_points() -> None:
    rubric = load_rubric("shuangtaizi-2017")
    text = """{"units": [{"id": "u", "name": "区", "group": "市",
        "indicators": {"livestock_pass_rate": "97.5"}, "points": {}}]}"""
    data = read_data(read_json(text, "data.json"), rubric)
    free = {"G2.2": D(0)}

    found = way(rubric, data, "u", grade="C", costs=free)

    (part,) = (part for part in found.parts if part.part == "G2.2")
    assert (part.move, part.was_open, part.cost) == (Move(D(0), D(2)), True, D(0))


RATIO = """
rubric: ratio
title: 比例
points: 4
grades: {优: 4, 良: 2.5, 差: 0}
indicators: {work_amount: {title: 工作量, unit: amount}}
sections:
  - title: 一
    points: 4
    criteria:
      - {id: A, title: 甲, points: 4, rule: proportional, indicator: work_amount, of: 7}
"""


def test_a_value_whose_score_would_need_a_rounding_is_not_proposed() -> None:
    rubric = read_rubric(RATIO, "ratio.yaml")
    text = """{"units": [{"id": "u", "name": "区", "group": "市",
        "indicators": {"work_amount": "3.5"}}]}"""
    data = read_data(read_json(text, "data.json"), rubric)

    found = way(rubric, data, "u")

    # 3.5 of 7 is 2. Most values between give sevenths without end, 7 gives 4.
    assert told(found) == [("value", "work_amount", D("3.5"), D(7))]
    assert found.total == Move(D(2), D(4))
    assert robustness(rubric, data).values_tried == 2


PRO_RATA = """
rubric: rates
title: 两项按比例扣分
points: 6
grades: {优: 5.0002, 差: 0}
indicators: {one_rate: {title: 一}, two_rate: {title: 二}}
sections:
  - title: 一
    points: 6
    criteria:
      - {id: A, title: 甲, points: 3, rule: stepped, indicator: one_rate, from: 100, per: 1,
         deduct: 0.03, counting: pro_rata}
      - {id: B, title: 乙, points: 3, rule: stepped, indicator: two_rate, from: 100, per: 1,
         deduct: 0.03, counting: pro_rata}
"""


def test_two_sliding_parts_end_as_near_to_the_line_as_their_steps_allow() -> None:
    rubric = read_rubric(PRO_RATA, "rates.yaml")
    text = """{"units": [{"id": "u", "name": "区", "group": "市",
        "indicators": {"one_rate": "0", "two_rate": "0"}}]}"""

    found = way(rubric, read_data(read_json(text, "data.json"), rubric), "u")

    # A hundredth is worth 0.0003: 16,667 of them give 5.0001, 16,668 give 5.0004.
    assert (found.total, len(found.parts)) == (Move(D(0), D("5.0004")), 2)
