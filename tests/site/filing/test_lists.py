"""The lists: a liaison's parts, a unit's board, the progress of all units."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from filing.steps import check, duty, entered, hand_in, submission, submit
from kaohe_web.cycles.models import AssessedUnit, Duty, Exemption, InternalDeadline
from kaohe_web.filing import submissions
from kaohe_web.filing.models import SignOff, Submission
from kaohe_web.people.models import Unit
from world import NOW, World


def year(world: World, name: str) -> str:
    """The address of one of the year's lists."""
    return reverse(name, kwargs={"cycle_id": world.cycle.pk})


def shown(context: Any) -> list[tuple[str, str]]:
    """The parts of a list and their states."""
    return [(row["line"].clause.part.id, row["line"].state) for row in context["rows"]]


def test_a_liaison_sees_what_the_department_leads_and_below_what_it_supports(
    world: World,
) -> None:
    Duty.objects.create(
        cycle=world.cycle,
        assessed=world.assessed[0],
        part="M13",
        department=world.departments["u01", "经信局"],
        kind=Duty.Kind.SUPPORTING,
    )
    hand_in(world, "M10")
    context = world.client("other_liaison").get(year(world, "filing")).context
    assert shown(context) == [("M10", "handed_in"), ("M11", "none")]
    assert [row["line"].clause.part.id for row in context["supporting"]] == ["M13"]
    assert context["sums"].points == Decimal(4)


@pytest.mark.parametrize(
    ("state", "parts"),
    [
        ("", ["M10", "M11"]),
        ("open", ["M11"]),
        ("handed_in", ["M10"]),
        ("returned", []),
        ("anything", ["M10", "M11"]),
    ],
)
def test_a_list_is_narrowed_by_state(world: World, state: str, parts: list[str]) -> None:
    hand_in(world, "M10")
    client = world.client("other_liaison")
    answer = client.get(year(world, "filing"), {"state": state})
    assert [part for part, _state in shown(answer.context)] == parts


def test_an_internal_deadline_is_the_due_day(world: World) -> None:
    InternalDeadline.objects.create(
        assessed=world.assessed[0],
        cycle=world.cycle,
        department=world.departments["u01", "经信局"],
        last_day=dt.date(2017, 10, 25),
    )
    page = world.client("other_liaison").get(year(world, "filing"))
    assert {row["line"].due for row in page.context["rows"]} == {dt.date(2017, 10, 25)}
    assert page.context["figures"]["late"] == 2


def test_an_exempt_part_is_shown_and_asks_for_nothing(world: World) -> None:
    Exemption.objects.create(
        assessed=world.assessed[0],
        cycle=world.cycle,
        part="M11",
        reason="没有工业企业",
        by="示例",
        at=NOW,
    )
    context = world.client("other_liaison").get(year(world, "filing")).context
    assert shown(context) == [("M10", "none"), ("M11", "exempt")]
    assert (context["sums"].points, context["figures"]["asked"]) == (Decimal(3), 1)


def test_a_department_without_parts_is_told_who_divides_them(world: World) -> None:
    Duty.objects.filter(department=world.departments["u01", "经信局"]).delete()
    page = world.client("other_liaison").get(year(world, "filing")).content.decode()
    assert "还没有分给本部门牵头的条款" in page


def test_the_board_shows_every_part_of_ones_own_unit(world: World) -> None:
    hand_in(world, "M10")
    hand_in(world, "M10", unit=1)
    hand_in(world, "M11", unit=1)
    context = world.client("unit_office").get(year(world, "filing_board")).context
    states = dict(shown(context))
    assert (len(states), states["M10"], states["M11"]) == (43, "handed_in", "none")
    assert {row["line"].assessed for row in context["rows"]} == {world.assessed[0]}
    assert context["sums"].points == Decimal(79)


def test_parts_are_accepted_from_the_board(world: World) -> None:
    rows = [hand_in(world, part) for part in ("G2.1", "M10")]
    ticked = [f"{row.pk}:{row.version}" for row in rows]
    answer = world.client("unit_office").post(
        year(world, "submission_check"), {"checked": ticked}, follow=True
    )
    assert "已审核通过 2 条" in answer.content.decode()
    assert {row.state for row in Submission.objects.all()} == {"checked"}


def test_T22_a_tick_at_another_units_part_accepts_nothing(world: World) -> None:
    own, foreign = hand_in(world, "G2.1"), hand_in(world, "G2.1", unit=1)
    ticked = [f"{foreign.pk}:{foreign.version}", f"{own.pk}:{own.version}"]
    answer = world.client("unit_office").post(year(world, "submission_check"), {"checked": ticked})
    assert answer.status_code == 404
    assert {row.state for row in Submission.objects.all()} == {"handed_in"}


def test_a_unit_is_signed_from_the_board(world: World) -> None:
    check(world, "G2.1")
    client = world.client("unit_office")
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[0].pk}
    board = client.get(year(world, "filing_board"))
    missing = {
        f"missing-{line.clause.part.id}": "本年未开展（示例）"
        for line in board.context["unfinished"]
    }
    incomplete = client.post(reverse("sign_off", kwargs=unit), {"note": "情况属实"})
    assert (incomplete.status_code, SignOff.objects.count()) == (422, 0)

    answer = client.post(reverse("sign_off", kwargs=unit), {"note": "情况属实", **missing})
    assert (answer.status_code, SignOff.objects.get().note) == (302, "情况属实")

    row = submission(world, "G2.1")
    by = world.actor("office")
    submissions.send_back(row, by=by, at=NOW, version=row.version, reason="补充")
    check(world, "G2.1")
    assert "有 1 条退回后补报的条目" in client.get(year(world, "filing_board")).content.decode()
    assert client.post(reverse("filing_resubmit", kwargs=unit)).status_code == 302
    assert submission(world, "G2.1").state == "submitted"


def test_T22_another_units_filing_is_not_signed(world: World) -> None:
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[0].pk}
    for name in ("sign_off", "filing_resubmit"):
        answer = world.client("foreign_office").post(reverse(name, kwargs=unit), {"note": ""})
        assert answer.status_code == 404
    assert not SignOff.objects.exists()


def test_the_office_sees_how_far_every_unit_has_come(world: World) -> None:
    submit(world, "G2.1")
    hand_in(world, "M10", unit=1)
    context = world.client("office").get(year(world, "filing_progress")).context
    rows = [(str(row.assessed), row.checked, counts) for row, _due, counts in context["rows"]]
    assert rows == [
        ("城东区（示例）", 43, [0, 0, 0, 0, 0, 1, 42]),
        ("城西区（示例）", 0, [42, 0, 1, 0, 0, 0, 0]),
        ("城南区（示例）", 0, [43, 0, 0, 0, 0, 0, 0]),
    ]
    assert context["total"] == [129, 85, 0, 1, 0, 0, 1, 42]


def test_the_office_opens_one_unit_and_cannot_sign_for_it(world: World) -> None:
    unit = {"cycle_id": world.cycle.pk, "assessed_id": world.assessed[1].pk}
    page = world.client("office").get(reverse("unit_filing", kwargs=unit))
    assert (page.status_code, "签署并提交考核办" in page.content.decode()) == (200, False)


def test_the_list_asks_the_same_number_of_questions_for_1_and_43_parts(
    world: World, django_assert_num_queries: Any
) -> None:
    client = world.client("liaison")
    client.get(year(world, "filing"))
    Duty.objects.filter(department=world.departments["u01", "市监局"]).exclude(part="G2.1").update(
        department=world.departments["u01", "经信局"]
    )
    save = submissions.save
    asked = {"by": world.actor("liaison"), "at": NOW, "version": 0, "entered": entered("1")}
    save(duty(world, "G2.1"), **asked)  # type: ignore[arg-type]  # the test made it, so it is there
    with django_assert_num_queries(26):
        assert len(client.get(year(world, "filing")).context["rows"]) == 1
    Duty.objects.filter(assessed=world.assessed[0]).update(
        department=world.departments["u01", "市监局"]
    )
    for part in ("M8.1", "M8.2", "M9", "M10"):
        save(duty(world, part), **{**asked, "entered": entered("0.5", "说明")})  # type: ignore[arg-type]  # the test made it, so it is there
    with django_assert_num_queries(26):
        assert len(client.get(year(world, "filing")).context["rows"]) == 43


def test_the_progress_asks_the_same_number_of_questions_for_1_and_50_units(
    world: World, django_assert_num_queries: Any
) -> None:
    client = world.client("office")
    AssessedUnit.objects.exclude(pk=world.assessed[0].pk).delete()
    client.get(year(world, "filing_progress"))
    with django_assert_num_queries(15):
        assert len(client.get(year(world, "filing_progress")).context["rows"]) == 1
    for number in range(49):
        unit = Unit.objects.create(code=f"x{number}", name=f"示例 {number}")
        AssessedUnit.objects.create(cycle=world.cycle, unit=unit, group="示例市")
    with django_assert_num_queries(15):
        assert len(client.get(year(world, "filing_progress")).context["rows"]) == 50
