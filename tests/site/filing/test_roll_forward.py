"""Last year's values beside this year's."""

import datetime as dt
from decimal import Decimal

import pytest

from filing.steps import RATE, submit, trail, value
from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.errors import NotAllowed, WrongState
from kaohe_web.filing.models import AwardEntry, ReportedValue
from kaohe_web.filing.roll_forward import roll_forward
from world import NOW, World


def next_year(world: World) -> Cycle:
    """The year after, with the first unit and one that is new."""
    cycle = Cycle.objects.create(
        name="2017-2018 年度（示例）",
        edition=world.edition,
        first_day=dt.date(2017, 9, 1),
        last_day=dt.date(2018, 8, 31),
        before=world.cycle,
        made_at=NOW,
    )
    AssessedUnit.objects.create(cycle=cycle, unit=world.units[0], group="示例市")
    return cycle


def test_what_counted_last_year_stands_beside_this_years(world: World) -> None:
    for name in ("质量奖", "鲁班奖"):
        AwardEntry.objects.create(
            assessed=world.assessed[0],
            cycle=world.cycle,
            indicator="quality_award_count",
            name=name,
            level="national",
            on_day=dt.date(2017, 1, 2),
            document="示例 1 号",
        )
    ReportedValue.objects.create(
        assessed=world.assessed[0], cycle=world.cycle, indicator="aquatic_pass_rate", value="90"
    )
    submit(world, "G2.1", "G3")
    cycle = next_year(world)

    assert roll_forward(cycle, by=world.actor("office"), at=NOW) == 2

    rows = ReportedValue.objects.filter(cycle=cycle).values_list(
        "indicator", "before", "rolled", "value"
    )
    assert sorted(rows) == [
        ("quality_award_count", Decimal(2), True, None),
        (RATE, Decimal(95), True, None),
    ]
    assert trail()[-1] == ("values.rolled_forward", "done")


def test_doing_it_again_puts_what_last_year_says_by_now(world: World) -> None:
    submit(world, "G2.1")
    cycle, office = next_year(world), world.actor("office")
    roll_forward(cycle, by=office, at=NOW)
    row = value(world)
    row.value = Decimal(92)
    row.save()

    roll_forward(cycle, by=office, at=NOW)

    assert list(ReportedValue.objects.filter(cycle=cycle).values_list("before", flat=True)) == [
        Decimal(92)
    ]


def test_a_year_that_follows_none_has_nothing_to_carry_over(world: World) -> None:
    with pytest.raises(WrongState, match="没有指明上一年度"):
        roll_forward(world.cycle, by=world.actor("office"), at=NOW)


@pytest.mark.parametrize("who", ["unit_office", "leader", "provider"])
def test_only_the_office_carries_over(world: World, who: str) -> None:
    cycle = next_year(world)
    with pytest.raises(NotAllowed):
        roll_forward(cycle, by=world.actor(who), at=NOW)
    assert trail() == [("values.rolled_forward", "refused")]
