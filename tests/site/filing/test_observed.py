"""What is known of a year: what counts and when, in the shape that ``kaohe score`` reads."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from filing.steps import RATE, duty, entered, hand_in, submission, submit
from kaohe.scoring.data import read_data
from kaohe.scoring.json_data import read_json
from kaohe_web.cycles.models import Exemption, ReferenceValue, Target
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.filing import provided, submissions
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import AwardEntry, ReportedValue
from kaohe_web.filing.observed import observed
from kaohe_web.filing.values import ValueEntry
from world import NOW, World


def first(world: World, *, drafts: bool) -> dict[str, Any]:
    """What is known of the first unit."""
    found: dict[str, Any] = observed(world.cycle, drafts=drafts)["units"][0]
    return found


def save(world: World, entry: ValueEntry) -> None:
    """Save the rate of G2.1 as a draft."""
    row = submissions.save(
        duty(world, "G2.1"),
        by=world.actor("liaison"),
        at=NOW,
        version=0,
        entered=Entered(values={RATE: entry}),
    )
    assert row.state == "draft"


def test_units_come_in_the_official_order_with_their_codes(world: World) -> None:
    found = observed(world.cycle, drafts=False)
    assert (found["rubric"], found["references"]) == ("shuangtaizi-2017", {})
    assert [(unit["id"], unit["name"], unit["group"]) for unit in found["units"]] == [
        ("u01", "城东区（示例）", "示例市"),
        ("u02", "城西区（示例）", "示例市"),
        ("u03", "城南区（示例）", "示例市"),
    ]
    assert found["units"][2] == {
        "id": "u03",
        "name": "城南区（示例）",
        "group": "示例市",
        "indicators": {},
        "targets": {"manufacturing_pass_rate": "95"},
        "previous": {},
        "entries": {},
        "exempt": {},
    }


def test_a_departments_value_counts_once_its_part_is_submitted(world: World) -> None:
    seen = []
    hand_in(world, "G2.1")
    seen.append(first(world, drafts=False)["indicators"])
    assert first(world, drafts=True)["indicators"] == {RATE: "95"}
    row = submission(world, "G2.1")
    submissions.withdraw(
        duty(world, "G2.1"), by=world.actor("liaison"), at=NOW, version=row.version
    )
    submit(world, "G2.1")
    seen.append(first(world, drafts=False)["indicators"])
    row = submission(world, "G2.1")
    submissions.send_back(
        row, by=world.actor("office"), at=NOW, version=row.version, reason="数值不符"
    )
    seen.append(first(world, drafts=False)["indicators"])
    assert seen == [{}, {RATE: "95"}, {}]


def test_a_providers_value_counts_at_once(world: World) -> None:
    provided.enter(
        world.assessed[0],
        by=world.actor("provider"),
        at=NOW,
        indicator="manufacturing_pass_rate",
        version=0,
        entry=ValueEntry(Decimal("93.20")),
    )
    assert first(world, drafts=False)["indicators"] == {"manufacturing_pass_rate": "93.2"}


@pytest.mark.parametrize("state", ["none", "pending", "see_note"])
def test_a_state_leaves_the_key_out_and_is_no_zero(world: World, state: str) -> None:
    save(world, ValueEntry(None, state, "说明"))
    assert first(world, drafts=True)["indicators"] == {}


def test_a_zero_is_a_zero(world: World) -> None:
    save(world, ValueEntry(Decimal(0)))
    assert first(world, drafts=True)["indicators"] == {RATE: "0"}


def test_a_target_counts_once_it_is_confirmed(world: World) -> None:
    Target.objects.filter(assessed=world.assessed[0]).update(state=Target.State.FILED)
    assert first(world, drafts=False)["targets"] == {}
    assert first(world, drafts=True)["targets"] == {"manufacturing_pass_rate": "95"}


def test_last_years_value_counts_at_once_if_it_was_carried_over(world: World) -> None:
    save(world, ValueEntry(Decimal(93), before=Decimal("91.5")))
    assert first(world, drafts=False)["previous"] == {}
    assert first(world, drafts=True)["previous"] == {RATE: "91.5"}
    ReportedValue.objects.update(rolled=True)
    assert first(world, drafts=False)["previous"] == {RATE: "91.5"}


def test_exemptions_and_references_are_there_and_what_the_rubric_lacks_is_not(
    world: World,
) -> None:
    for part in ("M13", "M99"):
        Exemption.objects.create(
            assessed=world.assessed[0],
            cycle=world.cycle,
            part=part,
            reason="没有这项工作",
            by="示例",
            at=NOW,
        )
    for group, indicator, mean in (
        ("示例市", "quality_award_count", ""),
        ("示例市", "quality_infrastructure_index", "province"),
        ("示例市", "quality_infrastructure_index", "nothing"),
        ("示例市", "no_such_rate", ""),
        ("别的市", "quality_award_count", ""),
    ):
        ReferenceValue.objects.create(
            cycle=world.cycle, group=group, indicator=indicator, mean=mean, value="3.50"
        )
    found = observed(world.cycle, drafts=False)
    assert found["units"][0]["exempt"] == {"M13": "没有这项工作"}
    assert found["references"] == {
        "示例市": {
            "quality_award_count": {"mean": "3.5"},
            "quality_infrastructure_index": {"province": "3.5"},
        }
    }


def test_the_library_reads_it_as_it_is(world: World) -> None:
    submit(world, "G2.1", "M10")
    for on_day in (dt.date(2017, 1, 2), dt.date(2017, 1, 3)):
        AwardEntry.objects.create(
            assessed=world.assessed[1],
            cycle=world.cycle,
            indicator="quality_award_count",
            name="质量奖",
            level="national",
            on_day=on_day,
            document="示例 1 号",
        )
    save_second = entered("4", quality_infrastructure_index="1.25")
    submissions.save(
        duty(world, "G4", unit=1),
        by=world.actor("foreign_liaison"),
        at=NOW,
        version=0,
        entered=save_second,
    )
    for drafts in (False, True):
        text = json.dumps(observed(world.cycle, drafts=drafts), ensure_ascii=False)
        data = read_data(read_json(text, "year.json"), rubric_of(world.cycle))
        assert [unit.id for unit in data.units] == ["u01", "u02", "u03"]


def test_it_asks_the_same_number_of_questions_for_few_and_for_many(
    world: World, django_assert_num_queries: Any
) -> None:
    cycle = type(world.cycle).objects.select_related("edition").get()
    observed(cycle, drafts=False)
    with django_assert_num_queries(9):
        observed(cycle, drafts=False)
    submit(world, "G2.1", "G2.2", "G2.3", "G4", "M30.1")
    submit(world, "G2.1", "G2.2", "G2.3", "G4", "M30.1", unit=1)
    with django_assert_num_queries(9):
        assert len(observed(cycle, drafts=False)["units"][1]["indicators"]) == 5
