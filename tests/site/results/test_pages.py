"""The pages of results: what each role sees, what it does not, and how much it costs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import Evidence, EvidenceUse, StoredFile, Submission
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import objections, runs
from kaohe_web.results.models import Objection, ScoringRun
from kaohe_web.review.models import Judgement
from results.conftest import People, address
from results.loading import load_cohort
from results.parsing import lines_in, ranking_in, sheet_in
from world import NOW


def page(client: Client, where: str, status: int = 200) -> str:
    """A page's HTML."""
    response = client.get(where)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def sheet_of(run: ScoringRun, unit: str) -> str:
    """Where a unit's score sheet is."""
    result = run.units.get(assessed__unit__code=unit)
    return reverse("score_sheet", kwargs={"cycle_id": run.cycle_id, "result_id": result.pk})


def test_a_unit_sees_its_own_announced_result_and_nobody_elses(
    announced: ScoringRun, people: People
) -> None:
    client = people.client(Role.LIAISON, "u02")
    listed = page(client, reverse("runs", kwargs={"cycle_id": announced.cycle_id}))
    assert [("城西区（示例）" in listed), ("城东区（示例）" in listed)] == [True, False]
    sheet = page(client, sheet_of(announced, "u02"))
    assert sheet_in(sheet)[""] == {"score": "89.41", "low": "89.41", "high": "89.41"}
    assert "96.19" not in sheet
    page(client, sheet_of(announced, "u01"), 404)
    page(client, address("run", announced), 403)
    refusals = Entry.objects.filter(what="page.refused").order_by("seq")
    assert list(refusals.values_list("object_name", flat=True)) == [
        sheet_of(announced, "u01"),
        address("run", announced),
    ]


@pytest.mark.parametrize("role", [Role.UNIT_OFFICE, Role.LIAISON])
def test_before_the_announcement_a_unit_sees_nothing(
    provisional: ScoringRun, people: People, role: Role
) -> None:
    client = people.client(role, "u01")
    listed = page(client, reverse("runs", kwargs={"cycle_id": provisional.cycle_id}))
    assert "结果还没有公示" in listed
    page(client, sheet_of(provisional, "u01"), 404)


def test_T22_ids_of_another_year_lead_nowhere(
    announced: ScoringRun, people: People, office: Actor
) -> None:
    other = load_cohort(
        {"units": [{"id": "x1", "name": "别区（示例）", "group": "别市"}]}, name="别年"
    )
    run = runs.run(other, by=office, at=NOW, after=0, reason="示例")
    client = people.client(Role.OFFICE)
    mixed = {"cycle_id": announced.cycle_id, "run_id": run.pk}
    for name in ("run", "run_moved", "run_heat_map", "run_means", "run_archive"):
        page(client, reverse(name, kwargs=mixed), 404)
    for name in ("run_announce", "run_approve", "run_finalise", "run_reproduce"):
        by = people.client(Role.LEADER) if name == "run_approve" else client
        assert by.post(reverse(name, kwargs=mixed), {"version": 1}).status_code == 404
    result = run.units.get()
    page(
        client,
        reverse("score_sheet", kwargs={"cycle_id": announced.cycle_id, "result_id": result.pk}),
        404,
    )
    run.refresh_from_db()
    assert run.state == "provisional"


def test_T23_extra_fields_change_nothing(provisional: ScoringRun, people: People) -> None:
    client = people.client(Role.OFFICE)
    sent = {"version": 1, "state": "final", "digest": "x", "made_by": "x", "objections_until": "x"}
    response = client.post(address("run_announce", provisional), sent)
    assert response.status_code == 302
    provisional.refresh_from_db()
    assert (provisional.state, provisional.digest[:7]) == ("announced", "sha256:")


def test_who_judged_is_named_to_the_office_and_not_to_the_unit(
    announced: ScoringRun, people: People
) -> None:
    name = "评审员（示例）"
    where = sheet_of(announced, "u01")
    assert name in page(people.client(Role.OFFICE), where)
    assert name not in page(people.client(Role.UNIT_OFFICE, "u01"), where)


def test_a_score_sheet_shows_reason_comparison_reading_and_way_back(
    announced: ScoringRun, people: People
) -> None:
    shown = page(people.client(Role.UNIT_OFFICE, "u03"), sheet_of(announced, "u03"))
    for words in (
        "平均值：2.5 个（示例市，6 个单位）",
        "目标值：94%",
        "口径：G3-fifth = at-least",
        "得回：蔬菜监测合格率达到 94.5% 得满分（+0.1）。",
        "一人评分",
        "监测报告（示例）",
    ):
        assert words in shown


def test_a_score_sheet_speaks_english_too(announced: ScoringRun, people: People) -> None:
    client = people.client(Role.OFFICE)
    shown = client.get(sheet_of(announced, "u03"), headers={"accept-language": "en"})
    assert "given by an assessor: full points" in shown.content.decode()


def test_only_losses_are_shown_on_request(announced: ScoringRun, people: People) -> None:
    client = people.client(Role.OFFICE)
    whole = sheet_in(page(client, sheet_of(announced, "u01")))
    lost = sheet_in(page(client, sheet_of(announced, "u01") + "?only=lost"))
    expected = {
        name: line
        for name, line in whole.items()
        if name == "" or (name not in DIVIDED and line["score"] != line["points"])
    }
    assert lost == expected


DIVIDED = {"G2", "G6", "M8", "M12", "M15", "M24", "M25", "M27", "M30", "M31"}


def test_T28_sensitive_evidence_is_named_in_no_result(
    city: Cycle, office: Actor, people: People
) -> None:
    assessed = city.units.get(unit__code="u01")
    submission = Submission.objects.get(assessed=assessed, part="M9")
    file = StoredFile.objects.create(sha256="0" * 64, size=1, type="pdf", stored_at=NOW)
    evidence = Evidence.objects.create(
        cycle=city,
        assessed=assessed,
        file=file,
        name="线索核查（示例）.pdf",
        label="sensitive",
        uploaded_by="示例",
        uploaded_at=NOW,
    )
    EvidenceUse.objects.create(evidence=evidence, submission=submission, page=3)
    run = runs.run(city, by=office, at=NOW, after=0, reason="示例")
    shown = page(people.client(Role.OFFICE), sheet_of(run, "u01"))
    assert ("线索核查" in shown, "敏感材料" in shown, "（第 3 页）" in shown) == (False, True, True)
    assert not run.units.filter(detail__contains="线索核查").exists()


def test_the_ranking_is_narrowed_by_the_address(announced: ScoringRun, people: People) -> None:
    client = people.client(Role.OFFICE)
    where = address("run", announced)
    assert list(ranking_in(page(client, where))) == ["u01", "u05", "u02", "u04", "u03", "u06"]
    assert list(ranking_in(page(client, f"{where}?grade=A"))) == ["u01", "u05"]
    assert list(ranking_in(page(client, f"{where}?show=veto"))) == ["u04"]
    assert list(ranking_in(page(client, f"{where}?show=open"))) == []
    assert len(ranking_in(page(client, f"{where}?grade=nonsense"))) == 6
    assert "没有符合条件的单位" in page(client, f"{where}?show=open")


def test_mistakes_in_the_data_are_shown_and_not_crashed_on(city: Cycle, people: People) -> None:
    city.values.filter(indicator="vegetable_pass_rate").update(value="101")
    client = people.client(Role.OFFICE)
    for name in ("standing", "heat_map", "means"):
        shown = page(client, reverse(name, kwargs={"cycle_id": city.pk}))
        assert "城东区（示例） indicators.vegetable_pass_rate" in shown
    response = client.post(
        reverse("run_new", kwargs={"cycle_id": city.pk}), {"after": 0, "reason": "示例"}
    )
    assert response.status_code == 422
    assert "101 大于 100" in response.content.decode()
    assert not city.runs.exists()


def test_points_that_rest_are_told_where_the_year_is_looked_at(city: Cycle, people: People) -> None:
    Judgement.objects.create(
        cycle=city,
        assessed=city.units.all()[0],
        part="G1",
        score="1",
        reason="",
        how="single",
        at=NOW,
    )
    shown = page(people.client(Role.OFFICE), reverse("standing", kwargs={"cycle_id": city.pk}))
    assert "这些评定现在不起作用" in shown


def test_the_year_in_the_browser(city: Cycle, people: People) -> None:
    client, leader = people.client(Role.OFFICE), people.client(Role.LEADER)
    new = reverse("run_new", kwargs={"cycle_id": city.pk})
    empty = client.post(new, {"after": 0, "reason": ""})
    assert (empty.status_code, city.runs.count()) == (422, 0)
    made = client.post(new, {"after": 0, "reason": "初评结束"})
    run = city.runs.get()
    assert made["Location"] == address("run", run)
    assert "确认公示" in page(client, address("run", run))
    assert "确认公示" not in page(leader, address("run", run))
    client.post(address("run_announce", run), {"version": 1})
    assert "确认批准" not in page(leader, address("run", run))
    stale = client.post(address("run_announce", run), {"version": 1})
    assert stale.status_code == 409
    checked = client.post(address("run_reproduce", run), follow=True)
    assert "重新计算的结果与存档逐字相同" in checked.content.decode()
    ScoringRun.objects.update(objections_until=NOW.date(), announced_at=NOW)
    assert "确认批准" in page(leader, address("run", run))
    leader.post(address("run_approve", run), {"version": 2, "note": "同意"})
    assert "确认定稿" in page(client, address("run", run))
    client.post(address("run_finalise", run), {"version": 3})
    run.refresh_from_db()
    assert run.state == "final"
    assert "最终结果" in page(client, address("run", run))


def test_a_unit_objects_and_is_answered_in_the_browser(
    provisional: ScoringRun, people: People
) -> None:
    office, unit = people.client(Role.OFFICE), people.client(Role.UNIT_OFFICE, "u01")
    office.post(address("run_announce", provisional), {"version": 1})
    where = sheet_of(provisional, "u01")
    assert "对结果有异议" in page(unit, where)
    assert "对结果有异议" not in page(people.client(Role.LIAISON, "u01"), where)
    raising = where + "objections/new"
    assert unit.post(raising, {"text": ""}).status_code == 422
    assert unit.post(raising, {"text": "第 9 条有异议"}).status_code == 302
    objection = Objection.objects.get()
    listed = reverse("objections", kwargs={"cycle_id": provisional.cycle_id})
    assert "第 9 条有异议" in page(office, listed)
    assert "第 9 条有异议" not in page(people.client(Role.UNIT_OFFICE, "u02"), listed)
    kwargs = {"cycle_id": provisional.cycle_id, "objection_id": objection.pk}
    answering = reverse("objection_answer", kwargs=kwargs)
    assert office.post(answering, {"version": 1, "text": ""}).status_code == 422
    assert office.post(answering, {"version": 1, "text": "经核对，维持"}).status_code == 302
    assert "经核对，维持" in page(unit, where)


def test_T40_what_people_type_is_shown_as_they_typed_it(
    announced: ScoringRun, people: People
) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    own = announced.units.get(assessed__unit__code="u01")
    objections.raise_against(own, by=by, at=NOW, text='<script>alert(1)</script>" {{ 7*7 }}')
    listed = reverse("objections", kwargs={"cycle_id": announced.cycle_id})
    shown = page(people.client(Role.OFFICE), listed)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot; {{ 7*7 }}" in shown


def many_runs(city: Cycle, count: int) -> None:
    """So many runs of a year, each with a result for one unit."""
    first = city.runs.get()
    for number in range(2, count + 1):
        ScoringRun.objects.create(
            cycle=city,
            number=number,
            edition=first.edition,
            readings="{}",
            inputs="{}",
            result="{}",
            digest="",
            reason="示例",
            made_by="示例",
            made_at=NOW,
        )


@pytest.mark.parametrize("size", [1, 50])
def test_the_list_of_runs_costs_the_same_for_1_and_50(
    provisional: ScoringRun, people: People, size: int, django_assert_num_queries: Any
) -> None:
    city = provisional.cycle
    many_runs(city, size)
    client = people.client(Role.OFFICE)
    where = reverse("runs", kwargs={"cycle_id": city.pk})
    client.get(where)
    with django_assert_num_queries(9):
        shown = page(client, where)
    assert len(list(lines_in(shown, "runs"))) == min(size, 20) + 1


@pytest.mark.parametrize("size", [1, 50])
def test_the_list_of_objections_costs_the_same_for_1_and_50(
    announced: ScoringRun, people: People, size: int, django_assert_num_queries: Any
) -> None:
    assessed = announced.cycle.units.all()[0]
    for number in range(size):
        Objection.objects.create(
            run=announced,
            cycle=announced.cycle,
            assessed=assessed,
            text=f"异议 {number}",
            by="示例",
            at=NOW,
        )
    client = people.client(Role.OFFICE)
    where = reverse("objections", kwargs={"cycle_id": announced.cycle_id})
    client.get(where)
    with django_assert_num_queries(8):
        page(client, where)


@pytest.mark.parametrize("size", [1, 50])
def test_ranking_heat_map_and_standing_cost_the_same_for_1_and_50_units(
    people: People, office: Actor, size: int, django_assert_num_queries: Any
) -> None:
    units = [
        {"id": f"u{n:02}", "name": f"单位{n}（示例）", "group": "示例市", "points": {"M9": "1"}}
        for n in range(size)
    ]
    cycle = load_cohort({"units": units})
    run = runs.run(cycle, by=office, at=NOW, after=0, reason="示例")
    client = people.client(Role.OFFICE)
    in_year = {"cycle_id": cycle.pk}
    costs = {
        address("run", run): 10,
        address("run_heat_map", run): 8,
        address("run_means", run): 7,
        reverse("standing", kwargs=in_year): 20,
        reverse("heat_map", kwargs=in_year): 20,
        reverse("means", kwargs=in_year): 19,
    }
    client.get(address("run", run))
    for where, cost in costs.items():
        with django_assert_num_queries(cost):
            page(client, where)
