"""Draws and site visits: published and kept, recorded part by part, and what they change."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Stage, StageKind
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.files.configured import evidence_store
from kaohe_web.review import draws, visits
from kaohe_web.review.drawing import drawn
from kaohe_web.review.models import Draw, Finding, Judgement, Visit
from review.judging import change, file, give_to, judged, mark, trail
from world import NOW, World

SEED = "示例彩票第 2017123 期"


def draw(world: World, many: int = 2, seed: str = SEED, note: str = "", **more: object) -> Draw:
    """A draw of the three units."""
    units = more.get("units", world.assessed)
    who = str(more.get("who", "office"))
    return draws.draw(
        world.cycle,
        by=world.actor(who),
        at=NOW,
        candidates=[unit.pk for unit in units],  # type: ignore[attr-defined]  # the test made it, so it is there
        seed=seed,
        many=many,
        note=note,
    )


def planned(world: World, unit: int = 0) -> Visit:
    """A visit to a unit."""
    return visits.plan(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        assessed=world.assessed[unit],
        reason="群众反映集中（示例）",
    )


def found(world: World, visit: Visit, part: str = "M8.1", who: str = "assessor") -> Finding:
    """Something found for a part."""
    return visits.add_finding(
        visit, by=world.actor(who), at=NOW, part=part, text="现场没有看到会议记录（示例）"
    )


def judge(world: World, visit: Visit, score: str, seen: int, **more: str) -> Judgement:
    """Other points for M8.1."""
    return visits.judge(
        visit,
        by=world.actor(more.get("who", "office")),
        at=NOW,
        part="M8.1",
        seen=seen,
        score=Decimal(score),
        reason=more.get("reason", "现场没有会议记录"),
    )


def test_a_draw_keeps_what_went_in_and_what_came_out(world: World) -> None:
    row = draw(world)
    names = ["城东区（示例）", "城西区（示例）", "城南区（示例）"]
    assert (row.seed, row.candidates.split("\n"), row.many, row.drawn.split("\n")) == (
        SEED,
        names,
        2,
        drawn(names, SEED, 2),
    )
    entry = Entry.objects.get(what="draw.made")
    assert json.loads(entry.details) == {
        "seed": SEED,
        "candidates": names,
        "many": "2",
        "drawn": drawn(names, SEED, 2),
    }


def test_another_draw_says_why_and_the_first_is_kept(world: World) -> None:
    first = draw(world)
    with pytest.raises(Invalid, match="已经抽过；再抽请写明原因"):
        draw(world, seed="另一期")
    second = draw(world, seed="另一期", note="首次名单漏列（示例）")
    assert list(Draw.objects.order_by("pk")) == [first, second]


def test_T55_the_same_draw_asked_for_twice_is_one(world: World) -> None:
    assert draw(world).pk == draw(world).pk
    assert len(trail("draw.made")) == 1


@pytest.mark.parametrize("many", [0, 4])
def test_no_more_are_drawn_than_there_are(world: World, many: int) -> None:
    with pytest.raises(Invalid, match="抽取个数应在 1–3 之间"):
        draw(world, many)
    assert not Draw.objects.exists()


@pytest.mark.parametrize("who", ["leader", "assessor", "unit_office"])
def test_T22_only_the_office_draws(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        draw(world, who=who)


@pytest.mark.parametrize(
    "who", ["office", "leader", "unit_office", "liaison", "provider", "assessor"]
)
def test_everybody_in_the_year_runs_the_draw_again(world: World, who: str) -> None:
    row = draw(world)
    client = world.client(who)
    here = {"cycle_id": world.cycle.pk}
    shown = client.get(reverse("draw", kwargs={**here, "draw_id": row.pk}))
    assert shown.status_code == 200
    body = shown.content.decode()
    assert SEED in body
    answer = client.post(
        reverse("draw_rerun", kwargs=here),
        {"seed": row.seed, "many": row.many, "candidates": row.candidates},
    )
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "公布的抽取相同" in told
    assert told.count("badge-good") == 2
    other = client.post(
        reverse("draw_rerun", kwargs=here),
        {"seed": "别的种子", "many": 2, "candidates": row.candidates},
    )
    assert "没有公布过这样的抽取" in other.content.decode()
    wrong = client.post(
        reverse("draw_rerun", kwargs=here), {"seed": "一", "many": 9, "candidates": "甲\n甲"}
    )
    assert wrong.status_code == 422
    assert not Entry.objects.filter(what="draw.made", login=who).exclude(login="office").exists()


@pytest.mark.parametrize("who", ["system_officer", "security_officer", "audit_officer"])
def test_officers_see_no_draw(world: World, who: str) -> None:
    row = draw(world)
    where = {"cycle_id": world.cycle.pk, "draw_id": row.pk}
    assert world.client(who).get(reverse("draw", kwargs=where)).status_code == 403


def test_the_drawn_units_are_put_on_the_list_once(world: World) -> None:
    row = draw(world)
    planned(world, 0)
    made = visits.plan_drawn(row, by=world.actor("office"), at=NOW)
    names = row.drawn.split("\n")
    assert {str(visit) for visit in made} == {n for n in names if n != "城东区（示例）"}
    assert visits.plan_drawn(row, by=world.actor("office"), at=NOW) == []
    assert Visit.objects.filter(draw=row).count() == len(made)
    assert len(trail("visits.planned")) == 1


def test_a_unit_that_was_not_drawn_is_put_on_the_list_with_a_reason(world: World) -> None:
    visit = planned(world)
    assert (visit.draw, visit.reason) == (None, "群众反映集中（示例）")
    with pytest.raises(WrongState, match="已在核查名单里"):
        planned(world)
    with pytest.raises(Invalid, match="请写明理由"):
        visits.plan(
            world.cycle,
            by=world.actor("office"),
            at=NOW,
            assessed=world.assessed[1],
            reason=" ",
        )


def test_a_visit_is_arranged_and_a_stale_arrangement_refused(world: World) -> None:
    visit = planned(world)
    office = world.actor("office")
    day = dt.date(2017, 11, 2)
    visits.arrange(visit, by=office, at=NOW, version=1, on_day=day, team="考核办一人")
    with pytest.raises(Conflict) as refused:
        visits.arrange(visit, by=office, at=NOW, version=1, on_day=None, team="另一组")
    assert [(d.label, d.now, d.mine) for d in refused.value.differences] == [
        ("日期", "2017-11-02", ""),
        ("核查组", "考核办一人", "另一组"),
    ]
    visit.refresh_from_db()
    assert (visit.on_day, visit.team, visit.version) == (day, "考核办一人", 2)
    assert json.loads(Entry.objects.get(what="visit.arranged", outcome="done").details) == {
        "on_day": ["", "2017-11-02"],
        "team": ["", "考核办一人"],
    }


def test_a_finding_is_recorded_by_an_assessor_of_the_unit(world: World) -> None:
    finding = found(world, planned(world))
    assert (finding.part, finding.by, finding.file) == ("M8.1", "评审员（示例）（评审员）", None)
    again = found(world, finding.visit)
    assert again.pk == finding.pk
    assert len(trail("finding.added")) == 1


def test_T22_an_assessor_who_judges_nothing_of_the_unit_records_nothing(world: World) -> None:
    visit = planned(world)
    with pytest.raises(NotThere):
        found(world, visit, who="third_assessor")
    for who in ("leader", "unit_office", "liaison"):
        with pytest.raises(NotAllowed):
            found(world, visit, who=who)
    assert not Finding.objects.exists()


def test_T30_findings_belong_to_the_stage_and_to_an_open_visit(world: World) -> None:
    visit = planned(world)
    Stage.objects.filter(kind=StageKind.VISITS).update(last_day=dt.date(2017, 10, 19))
    with pytest.raises(WrongState, match="“实地核查”环节已于 2017-10-19 24 时截止"):
        found(world, visit)
    Stage.objects.filter(kind=StageKind.VISITS).update(last_day=dt.date(2017, 10, 20))
    found(world, visit)
    visits.close(visit, by=world.actor("office"), at=NOW, version=1)
    with pytest.raises(WrongState, match="核查已经结束"):
        found(world, visit, "M9")
    with pytest.raises(WrongState, match="核查已经结束"):
        visits.arrange(visit, by=world.actor("office"), at=NOW, version=2, on_day=None, team="")


def test_a_visit_with_findings_is_not_cancelled(world: World) -> None:
    visit = planned(world)
    found(world, visit)
    office = world.actor("office")
    with pytest.raises(WrongState, match="已经有核查记录，不能取消"):
        visits.cancel(visit, by=office, at=NOW, version=1, reason="示例")
    other = planned(world, 1)
    visits.cancel(other, by=office, at=NOW, version=1, reason="改期（示例）")
    assert list(Visit.objects.all()) == [visit]
    assert trail("visit.cancelled")[-1][1:] == (
        "done",
        "office",
        "城西区（示例）",
        "改期（示例）",
    )


def test_points_move_by_a_finding_with_a_reason(world: World) -> None:
    file(world, "M8.1")
    row = mark(world, give_to(world, "assessor", "M8.1"), "1")
    visit = planned(world)
    with pytest.raises(WrongState, match="这一条还没有核查发现"):
        judge(world, visit, "0.5", 1)
    found(world, visit)
    with pytest.raises(Invalid, match="请写明理由"):
        judge(world, visit, "0.5", 1, reason=" ")
    with pytest.raises(Invalid, match="得分应在 0–1 之间"):
        judge(world, visit, "1.5", 1)
    with pytest.raises(Conflict):
        judge(world, visit, "0.5", 0)
    judge(world, visit, "0.5", 1)
    assert judged(row) == (Decimal("0.5"), "visit")
    entry = Entry.objects.get(what="visit.judged", outcome="done")
    assert (entry.object_name, entry.reason, json.loads(entry.details)) == (
        "城东区（示例） M8.1",
        "现场没有会议记录",
        {"judgement": ["1（single）", "0.5（visit）"]},
    )
    assert judge(world, visit, "0.5", 1).version == 2
    with pytest.raises(WrongState, match="已按“实地核查”评定"):
        change(world, row, "0.9")


def test_T22_only_the_office_moves_points_by_a_finding(world: World) -> None:
    visit = planned(world)
    found(world, visit)
    for who in ("assessor", "leader"):
        with pytest.raises(NotAllowed):
            judge(world, visit, "0.5", 0, who=who)
    assert not Judgement.objects.exists()


def test_a_finding_carries_a_file_that_is_examined_stored_and_given_out(world: World) -> None:
    visit = planned(world)
    client = world.client("assessor")
    here = {"cycle_id": world.cycle.pk, "visit_id": visit.pk}
    photo = SimpleUploadedFile("现场（示例）.txt", "现场记录".encode(), "text/plain")
    words = {"part": "M8.1", "text": "台账缺页（示例）", "file": photo}
    answer = client.post(reverse("finding_add", kwargs=here), words)
    assert answer.status_code == 302, answer.content.decode()
    finding = Finding.objects.get()
    assert finding.file is not None
    assert (finding.name, evidence_store().exists(finding.file.sha256)) == (
        "现场（示例）.txt",
        True,
    )
    given = client.get(
        reverse("finding_file", kwargs={"cycle_id": world.cycle.pk, "finding_id": finding.pk})
    )
    assert b"".join(given) == "现场记录".encode()
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Disposition"].startswith("attachment")
    stranger = world.client("third_assessor")
    url = reverse("finding_file", kwargs={"cycle_id": world.cycle.pk, "finding_id": finding.pk})
    assert stranger.get(url).status_code == 404


def test_T06_a_finding_does_not_take_what_it_says_it_is_not(world: World) -> None:
    visit = planned(world)
    here = {"cycle_id": world.cycle.pk, "visit_id": visit.pk}
    lie = SimpleUploadedFile("照片.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")
    words = {"part": "M8.1", "text": "示例", "file": lie}
    answer = world.client("assessor").post(reverse("finding_add", kwargs=here), words)
    assert answer.status_code == 422
    assert not Finding.objects.exists()


def test_an_assessor_sees_no_judgement_on_the_page_of_a_visit(world: World) -> None:
    visit = planned(world)
    found(world, visit, who="office")
    Judgement.objects.create(
        assessed=world.assessed[0],
        cycle=world.cycle,
        part="M8.1",
        score="0.7301",
        reason="示例",
        how="single",
        by="示例",
        at=NOW,
    )
    where = reverse("visit", kwargs={"cycle_id": world.cycle.pk, "visit_id": visit.pk})
    assert "0.7301" in world.client("office").get(where).content.decode()
    assert "0.7301" not in world.client("assessor").get(where).content.decode()
