"""Values that data providers enter: cell by cell, for every unit, never over somebody else's."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from filing.steps import trail, value
from kaohe_web.audit.models import Entry
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import (
    AssessedUnit,
    Cycle,
    ProvidedIndicator,
    Stage,
    StageException,
    StageKind,
)
from kaohe_web.errors import Conflict, Difference, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing import provided
from kaohe_web.filing.models import ReportedValue
from kaohe_web.filing.values import ValueEntry
from kaohe_web.people.models import Provider, Role, Unit
from world import NOW, World, person

RATE = "manufacturing_pass_rate"
JSON = {"accept": "application/json"}


def enter(world: World, number: str | None, version: int = 0, **more: Any) -> ReportedValue:
    """Enter the rate of the first unit."""
    asked: dict[str, Any] = {"by": world.actor("provider"), "at": NOW, "indicator": RATE} | more
    entry = asked.pop("entry", ValueEntry(None if number is None else Decimal(number)))
    return provided.enter(world.assessed[0], version=version, entry=entry, **asked)


def cell(world: World, unit: int = 0, indicator: str = RATE) -> str:
    """The address that a cell is saved at."""
    where = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[unit].pk}
    return reverse("grid_save", kwargs={**where, "indicator": indicator})


def sent(**fields: str) -> dict[str, str]:
    """A cell as a browser sends it."""
    return {"version": "0", "value": "", "state": "value", "note": "", "before": ""} | fields


def test_a_value_is_entered_with_who_says_so(world: World) -> None:
    row = enter(world, "93.2")
    assert (row.value, row.source, row.version) == (Decimal("93.2"), "市质监局（示例）", 1)
    entry = Entry.objects.get()
    assert (entry.what, json.loads(entry.details)) == (
        "value.provided",
        {"indicator": RATE, "changes": {"value": ["", "93.2"]}},
    )


def test_T55_the_same_value_twice_is_entered_once(world: World) -> None:
    first, again = enter(world, "93.2"), enter(world, "93.2")
    assert (first.pk, again.version, trail()) == (again.pk, 1, [("value.provided", "done")])


def test_T56_a_stale_value_is_not_written(world: World) -> None:
    enter(world, "93.2")
    with pytest.raises(Conflict) as caught:
        enter(world, "94")
    assert caught.value.differences == (Difference("本年数值", "93.2", "94"),)
    assert value(world, RATE).value == Decimal("93.2")


def test_a_value_outside_its_unit_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        enter(world, "193.2")
    assert caught.value.problems == (
        "制造业产品质量合格率：193.2 大于 100；百分数应在 0–100 之间，请核对数值和单位",
    )
    assert not ReportedValue.objects.exists()


def test_T22_an_indicator_of_another_provider_is_not_there(world: World) -> None:
    other = Provider.objects.create(name="市水利局（示例）")
    ProvidedIndicator.objects.filter(indicator=RATE).update(provider=other)
    with pytest.raises(NotThere):
        enter(world, "93.2")
    answer = world.client("provider").post(cell(world), sent(value="93.2"))
    assert (answer.status_code, ReportedValue.objects.count()) == (404, 0)
    assert trail() == [("value.provided", "refused"), ("page.refused", "refused")]


@pytest.mark.parametrize("who", ["liaison", "unit_office", "assessor", "leader"])
def test_nobody_else_enters_a_providers_value(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        enter(world, "93.2", by=world.actor(who))
    assert world.client(who).post(cell(world), sent(value="1")).status_code == 403
    assert not ReportedValue.objects.exists()


def test_the_office_enters_only_where_a_district_stands_alone(world: World) -> None:
    with pytest.raises(NotThere):
        enter(world, "93.2", by=world.actor("office"))
    Cycle.objects.update(scope=Cycle.Scope.DISTRICT)
    world.assessed[0].refresh_from_db()
    row = enter(world, "93.2", by=world.actor("office"))
    assert (row.value, row.entered_by) == (Decimal("93.2"), "考核办（示例）（考核办）")


def stages_end(world: World) -> None:
    """Filing ends on 3 November, review on the 20th."""
    stages = Stage.objects.filter(cycle=world.cycle)
    stages.filter(kind=StageKind.FILING).update(last_day=dt.date(2017, 11, 3))
    stages.filter(kind=StageKind.REVIEW).update(last_day=dt.date(2017, 11, 20))


@pytest.mark.parametrize("at", ["2017-10-01 00:00:00", "2017-11-20 23:59:59"])
def test_T57_values_are_entered_from_the_start_of_filing_to_the_end_of_review(
    world: World, at: str
) -> None:
    stages_end(world)
    instant = dt.datetime.fromisoformat(at).replace(tzinfo=BEIJING)
    assert enter(world, "93.2", at=instant).version == 1


@pytest.mark.parametrize("at", ["2017-09-30 23:59:59", "2017-11-21 00:00:00"])
def test_T57_before_and_after_that_they_are_not(world: World, at: str) -> None:
    stages_end(world)
    instant = dt.datetime.fromisoformat(at).replace(tzinfo=BEIJING)
    with pytest.raises(WrongState):
        enter(world, "93.2", at=instant)


def test_an_exception_lengthens_the_time_for_values(world: World) -> None:
    stages_end(world)
    StageException.objects.create(
        stage=Stage.objects.get(kind=StageKind.REVIEW),
        cycle=world.cycle,
        last_day=dt.date(2017, 11, 25),
        reason="示例",
        by="示例",
        at=NOW,
    )
    late = dt.datetime(2017, 11, 25, tzinfo=BEIJING)
    assert enter(world, "93.2", at=late).version == 1


def test_the_grid_shows_every_unit_and_counts_what_is_missing(world: World) -> None:
    enter(world, "93.2")
    enter(world, None, indicator="water_project_quality_score", entry=ValueEntry(None, "none"))
    answer = world.client("provider").get(
        reverse("provider_grid", kwargs={"cycle_id": world.cycle.pk})
    )
    columns = [(column.indicator.id, column.missing) for column, _ in answer.context["columns"]]
    assert columns == [(RATE, 2), ("water_project_quality_score", 2)]
    assert [str(row["assessed"]) for row in answer.context["rows"]] == [
        "城东区（示例）",
        "城西区（示例）",
        "城南区（示例）",
    ]
    assert (answer.context["missing"], answer.context["cells"]) == (4, 6)
    assert all(each["form"] for row in answer.context["rows"] for each in row["cells"])


def test_T22_a_provider_sees_only_its_own_indicators(world: World) -> None:
    other = Provider.objects.create(name="市水利局（示例）")
    ProvidedIndicator.objects.filter(indicator="water_project_quality_score").update(provider=other)
    enter(world, "93.2")
    world.posts["other_provider"] = person("other_provider", Role.PROVIDER, provider=other)
    page = world.client("other_provider").get(
        reverse("provider_grid", kwargs={"cycle_id": world.cycle.pk})
    )
    assert [column.indicator.id for column, _ in page.context["columns"]] == [
        "water_project_quality_score"
    ]
    assert "93.2" not in page.content.decode().replace("填 93.2 或 93.2%", "")


@pytest.mark.parametrize("who", ["office", "leader"])
def test_office_and_leaders_look_on(world: World, who: str) -> None:
    enter(world, "91.7")
    answer = world.client(who).get(reverse("provider_grid", kwargs={"cycle_id": world.cycle.pk}))
    cells = [each for row in answer.context["rows"] for each in row["cells"]]
    assert [each["told"] for each in cells] == ["91.7", "", "", "", "", ""]
    assert not any(each["form"] for each in cells)


def test_a_cell_saves_itself_and_answers_with_its_version(world: World) -> None:
    client = world.client("provider")
    answer = client.post(cell(world), sent(value="９３．２％"), headers=JSON)
    assert (answer.status_code, answer.json()["fields"]) == (200, {"version": 1})
    odd = client.post(cell(world), sent(version="1", value="93.2", before="50"), headers=JSON)
    assert odd.json()["saved_at"].partition("；")[2] == (
        "今年 93.2，上年 50，相差较大；请核对数值和单位"
    )
    wrong = client.post(cell(world), sent(version="2", value="九十"), headers=JSON)
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == {
        "value": ["“九十”不是数字；还没有数就留空，并在右边一栏选“待定”"]
    }
    assert value(world, RATE).value == Decimal("93.2")


def test_T56_a_stale_cell_gets_both_sides_and_can_take_either(world: World) -> None:
    enter(world, "93.2")
    client = world.client("provider")
    stale = client.post(cell(world), sent(value="94", note="复核"), headers=JSON)
    assert (stale.status_code, stale.json()["differences"]) == (
        409,
        [
            {"label": "本年数值", "now": "93.2", "mine": "94"},
            {"label": "说明", "now": "", "mine": "复核"},
        ],
    )
    assert client.post(cell(world), sent(value="94", note="复核")).status_code == 409
    chosen = sent(version="1", value="94", note="复核") | {"take-value": "now"}
    assert client.post(cell(world), chosen).status_code == 302
    saved = value(world, RATE)
    assert (saved.value, saved.note, saved.version) == (Decimal("93.2"), "复核", 2)


def test_T22_a_unit_of_another_year_is_not_there(world: World) -> None:
    other = Cycle.objects.create(
        name="另一年度（示例）",
        edition=world.edition,
        state=Cycle.State.OPEN,
        first_day=dt.date(2015, 9, 1),
        last_day=dt.date(2016, 8, 31),
        made_at=NOW,
    )
    foreign = AssessedUnit.objects.create(cycle=other, unit=world.units[0], group="示例市")
    where = {"cycle_id": world.cycle.pk, "assessed_id": foreign.pk, "indicator": RATE}
    answer = world.client("provider").post(reverse("grid_save", kwargs=where), sent(value="1"))
    assert (answer.status_code, ReportedValue.objects.count()) == (404, 0)


def test_the_grid_asks_the_same_number_of_questions_for_1_and_50_units(
    world: World, django_assert_num_queries: Any
) -> None:
    client, address = world.client("provider"), reverse("provider_grid", args=[world.cycle.pk])
    AssessedUnit.objects.exclude(pk=world.assessed[0].pk).delete()
    client.get(address)
    with django_assert_num_queries(15):
        assert len(client.get(address).context["rows"]) == 1
    for number in range(49):
        unit = Unit.objects.create(code=f"x{number}", name=f"示例 {number}")
        AssessedUnit.objects.create(cycle=world.cycle, unit=unit, group="示例市")
    with django_assert_num_queries(15):
        assert len(client.get(address).context["rows"]) == 50
