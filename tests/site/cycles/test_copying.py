"""A year made of last year's: its frame comes along, its decisions do not."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cycles.told import FIRST, LAST, entries
from kaohe_web.cycles import copying, marking
from kaohe_web.cycles.duties import divisions
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.marking import Marking, markings
from kaohe_web.cycles.models import Cycle, Target
from kaohe_web.cycles.years import Description
from kaohe_web.errors import Invalid, NotAllowed
from kaohe_web.filing.models import ReportedValue
from kaohe_web.filing.roll_forward import roll_forward
from world import NOW, World, adopt

NAME = "2017-2018 年度（示例）"


def copy(world: World, **changed: Any) -> Cycle:
    """The world's year copied by the office."""
    meant: dict[str, Any] = {
        "by": world.actor("office"),
        "at": NOW,
        "edition": world.edition,
        "description": Description(NAME, FIRST, LAST),
    }
    return copying.copy_year(world.cycle, **(meant | changed))


def test_the_frame_comes_along(world: World) -> None:
    was = markings(world.cycle).get("M13", Marking())
    marking.set_plan(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        edits={"M13": Edit(was, Marking(2, ("甲", "乙")))},
        reason="示例",
    )
    year = copy(world)
    assert (year.state, year.before, year.scope) == (Cycle.State.SETUP, world.cycle, "city")
    assert list(year.units.values_list("unit__code", "group", "position")) == [
        ("u01", "示例市", 1),
        ("u02", "示例市", 2),
        ("u03", "示例市", 3),
    ]
    for old in world.assessed:
        assert divisions(year.units.get(unit=old.unit)) == divisions(old)
    assert list(year.provided.values_list("indicator", "provider")) == list(
        world.cycle.provided.values_list("indicator", "provider")
    )
    assert markings(year)["M13"] == Marking(2, ("甲", "乙"))
    assert "M14" in markings(year)
    assert entries("cycle.copied")[0][3] == {
        "before": "2016-2017 年度（示例）",
        "edition": world.edition.fingerprint,
        "units": 3,
        "名称": NAME,
        "首日": "2017-09-01",
        "末日": "2018-08-31",
        "分歧界限": "20",
        "申诉期（天）": "5",
        "公示期（天）": "5",
    }


def test_confirmed_targets_become_drafts(world: World) -> None:
    Target.objects.filter(assessed=world.assessed[1]).update(state=Target.State.FILED)
    year = copy(world)
    rows = year.targets.values_list("assessed__unit__code", "value", "state", "version")
    assert list(rows) == [
        ("u01", Decimal(95), "draft", 1),
        ("u03", Decimal(95), "draft", 1),
    ]


def test_what_each_year_decides_anew_is_not_copied(world: World) -> None:
    world.cycle.references.create(
        group="示例市", indicator="quality_award_count", value=Decimal(3), document="示例"
    )
    world.cycle.exemptions.create(
        assessed=world.assessed[0], part="M8.1", reason="示例", by="示例", at=NOW
    )
    year = copy(world)
    for rows in (year.references, year.exemptions, year.stages, year.readings, year.deadlines):
        assert rows.count() == 0


def test_what_another_rubric_has_no_place_for_stays_behind(world: World) -> None:
    year = copy(world, edition=adopt("example-county"))
    assert (year.units.count(), year.duties.count(), year.provided.count()) == (3, 0, 0)
    assert year.targets.count() == 0
    assert set(year.units.values_list("type", flat=True)) == {""}


def test_last_years_values_stand_beside_this_years(world: World) -> None:
    ReportedValue.objects.create(
        cycle=world.cycle,
        assessed=world.assessed[0],
        indicator="manufacturing_pass_rate",
        value=Decimal("94.7"),
    )
    year = copy(world)
    assert roll_forward(year, by=world.actor("office"), at=NOW) == 1
    rows = year.values.values_list("assessed__unit__code", "indicator", "before", "value")
    assert list(rows) == [("u01", "manufacturing_pass_rate", Decimal("94.7"), None)]


def test_a_copy_needs_a_name_of_its_own(world: World) -> None:
    with pytest.raises(Invalid, match="已有名为“2016-2017 年度（示例）”的考核年度"):
        copy(
            world,
            description=Description("2016-2017 年度（示例）", FIRST, FIRST + dt.timedelta(1)),
        )
    assert Cycle.objects.count() == 1


def test_only_the_office_copies(world: World) -> None:
    with pytest.raises(NotAllowed):
        copy(world, by=world.actor("leader"))
