"""The way of a run: what is frozen, what each step changes, and what it refuses."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from kaohe.nodes import Mistaken
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle, SettledReading, Stage, StageKind
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing.models import ReportedValue
from kaohe_web.followup.models import Appeal
from kaohe_web.jobs.models import Notice
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import objections, runs
from kaohe_web.results.models import ScoringRun
from kaohe_web.review.models import Judgement
from results.conftest import People
from results.loading import load_cohort
from world import NOW

State = ScoringRun.State
DAY = dt.timedelta(days=1)
AFTER_WINDOW = NOW + 6 * DAY


def trail() -> list[tuple[str, str, str, str]]:
    """What the trail holds: what, outcome, to what, why."""
    rows = Entry.objects.order_by("seq")
    return list(rows.values_list("what", "outcome", "object_name", "reason"))


def appeal(run: ScoringRun, state: str = "lodged") -> Appeal:
    """An appeal against a run, not decided yet."""
    return Appeal.objects.create(
        cycle=run.cycle,
        run=run,
        assessed=run.cycle.units.all()[0],
        part="M9",
        grounds="示例",
        state=state,
        lodged_at=NOW,
        due_on=NOW.date(),
    )


def test_a_run_freezes_edition_readings_inputs_and_result(city: Cycle, office: Actor) -> None:
    SettledReading.objects.create(
        cycle=city, reading="G6.2-steps", choice="full", why="示例", signer="示例", at=NOW
    )
    made = runs.run(city, by=office, at=NOW, after=0, reason="初评结束 ")

    made.refresh_from_db()
    result = json.loads(made.result)
    assert (made.number, made.state, made.reason, made.version) == (
        1,
        "provisional",
        "初评结束",
        1,
    )
    assert (made.edition, made.made_by, made.made_at) == (city.edition, office.name, NOW)
    assert json.loads(made.readings) == {"G6.2-steps": "full"}
    assert result["readings"] == {"G6.2-steps": "full"}
    assert result["fingerprint"] == city.edition.fingerprint
    assert json.loads(made.inputs)["rubric"] == "shuangtaizi-2017"
    assert made.digest.startswith("sha256:")
    assert len(made.digest) == len("sha256:") + 64
    assert list(made.units.values_list("assessed__unit__code", "total", "grade", "rank")) == [
        (unit["id"], Decimal(unit["total"]), unit["grade"], unit["rank"])
        for unit in result["units"]
    ]
    entry = Entry.objects.get()
    assert (entry.what, entry.object_name, entry.cycle) == ("results.run", str(made), str(city.pk))
    assert json.loads(entry.details) == {
        "number": "1",
        "digest": made.digest,
        "fingerprint": city.edition.fingerprint,
        "supersedes": "",
    }


def test_nothing_that_changes_later_reaches_a_run(
    provisional: ScoringRun, city: Cycle, office: Actor
) -> None:
    before = (provisional.inputs, provisional.result, provisional.digest)
    ReportedValue.objects.filter(cycle=city).update(value="1")
    Judgement.objects.filter(cycle=city).delete()

    provisional.refresh_from_db()
    assert (provisional.inputs, provisional.result, provisional.digest) == before
    assert runs.reproduce(provisional, by=office, at=NOW).holds


def test_a_later_run_supersedes_a_provisional_one_and_says_so(
    provisional: ScoringRun, city: Cycle, office: Actor
) -> None:
    again = runs.run(city, by=office, at=NOW, after=1, reason="补记一项评定")

    provisional.refresh_from_db()
    assert (provisional.state, provisional.version) == ("superseded", 2)
    assert (again.number, again.state, again.supersedes) == (2, "provisional", provisional)


def test_an_announced_run_stands_until_the_next_one_is_announced(
    announced: ScoringRun, city: Cycle, office: Actor
) -> None:
    again = runs.run(city, by=office, at=NOW, after=1, reason="申诉采纳")
    announced.refresh_from_db()
    assert announced.state == "announced"

    runs.announce(again, by=office, at=NOW, version=1)
    announced.refresh_from_db()
    assert announced.state == "superseded"
    assert list(city.runs.values_list("number", "state")) == [(2, "announced"), (1, "superseded")]


def test_two_who_run_at_once_make_one_run(
    provisional: ScoringRun, city: Cycle, office: Actor
) -> None:
    with pytest.raises(Conflict, match="刚刚有人计过分"):
        runs.run(city, by=office, at=NOW, after=0, reason="同时点了两次")

    assert city.runs.get() == provisional
    assert trail()[-1] == (
        "results.run",
        "refused",
        city.name,
        "刚刚有人计过分；请刷新页面，看过那一次的结果再决定",
    )


def test_a_run_needs_a_reason(city: Cycle, office: Actor) -> None:
    with pytest.raises(Invalid, match="请写明这次计分的原因"):
        runs.run(city, by=office, at=NOW, after=0, reason=" \n")
    assert not city.runs.exists()


@pytest.mark.parametrize("state", [Cycle.State.SETUP, Cycle.State.ARCHIVED])
def test_only_a_running_year_is_scored(city: Cycle, office: Actor, state: str) -> None:
    Cycle.objects.update(state=state)
    with pytest.raises(WrongState):
        runs.run(city, by=office, at=NOW, after=0, reason="示例")
    assert not city.runs.exists()


def test_mistakes_in_the_data_are_told_and_nothing_is_frozen(city: Cycle, office: Actor) -> None:
    ReportedValue.objects.filter(
        assessed__unit__code="u02", indicator="vegetable_pass_rate"
    ).update(value="101")
    with pytest.raises(Mistaken, match="101 大于 100"):
        runs.run(city, by=office, at=NOW, after=0, reason="示例")
    assert not city.runs.exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ASSESSOR, Role.AUDIT_OFFICER])
def test_nobody_but_the_office_runs_announces_or_finalises(
    provisional: ScoringRun, city: Cycle, people: People, role: Role
) -> None:
    by = people.actor(role)
    with pytest.raises(NotAllowed):
        runs.run(city, by=by, at=NOW, after=1, reason="示例")
    with pytest.raises(NotAllowed):
        runs.announce(provisional, by=by, at=NOW, version=1)
    with pytest.raises(NotAllowed):
        runs.finalise(provisional, by=by, at=NOW, version=1)
    provisional.refresh_from_db()
    assert (provisional.state, city.runs.count()) == ("provisional", 1)


def test_nobody_but_the_leader_approves(announced: ScoringRun, office: Actor) -> None:
    with pytest.raises(NotAllowed):
        runs.approve(announced, by=office, at=AFTER_WINDOW, version=2)
    announced.refresh_from_db()
    assert announced.state == "announced"


def test_announcing_sets_the_window_and_tells_every_unit(
    provisional: ScoringRun, office: Actor, people: People
) -> None:
    told = [people.post(Role.UNIT_OFFICE, "u01"), people.post(Role.LIAISON, "u02")]
    row = runs.announce(provisional, by=office, at=NOW, version=1)

    row.refresh_from_db()
    assert (row.state, row.announced_at, row.version) == ("announced", NOW, 2)
    assert row.objections_until == dt.date(2017, 10, 25)
    assert list(Notice.objects.order_by("post").values_list("post", "title", "text")) == [
        (
            post.pk,
            "考核结果已公示，请核对本单位成绩单",
            "如有异议，请在 2017-10-25 24 时前提出",
        )
        for post in told
    ]
    assert trail()[-1] == ("results.announced", "done", str(row), "")


def test_an_open_result_is_announced_only_with_a_reason(city: Cycle, office: Actor) -> None:
    Judgement.objects.filter(assessed__unit__code="u03", part="M9").delete()
    run = runs.run(city, by=office, at=NOW, after=0, reason="示例")
    with pytest.raises(Invalid, match="这些单位的得分还未定：河口县（示例）；"):
        runs.announce(run, by=office, at=NOW, version=1)
    run.refresh_from_db()
    assert run.state == "provisional"

    runs.announce(run, by=office, at=NOW, version=1, open_reason="第 9 条另行评定")
    run.refresh_from_db()
    assert (run.state, run.open_reason) == ("announced", "第 9 条另行评定")


def test_what_changed_since_it_was_scored_is_not_announced(
    provisional: ScoringRun, city: Cycle, office: Actor
) -> None:
    Judgement.objects.filter(cycle=city, part="M9").update(score="0.1")
    with pytest.raises(WrongState, match="请重新计分"):
        runs.announce(provisional, by=office, at=NOW, version=1)
    SettledReading.objects.create(
        cycle=city, reading="G3-fifth", choice="at-least", why="示例", signer="示例", at=NOW
    )
    again = runs.run(city, by=office, at=NOW, after=1, reason="示例")
    SettledReading.objects.update(choice="more-than")
    with pytest.raises(WrongState, match="口径"):
        runs.announce(again, by=office, at=NOW, version=1)


def test_an_announcement_needs_its_stage_open(provisional: ScoringRun, office: Actor) -> None:
    Stage.objects.filter(kind=StageKind.RESULTS).update(
        first_day=dt.date(2017, 10, 1), last_day=dt.date(2017, 10, 10)
    )
    with pytest.raises(WrongState, match="“结果公示”环节已于 2017-10-10 24 时截止"):
        runs.announce(provisional, by=office, at=NOW, version=1)
    Stage.objects.filter(kind=StageKind.RESULTS).delete()
    assert runs.announce(provisional, by=office, at=NOW, version=1).state == "announced"


def test_the_whole_way_to_the_final_result(
    announced: ScoringRun, office: Actor, leader: Actor
) -> None:
    approved = runs.approve(announced, by=leader, at=AFTER_WINDOW, version=2, note="同意")
    assert (approved.state, approved.approved_by) == ("approved", leader.name)
    final = runs.finalise(approved, by=office, at=AFTER_WINDOW + DAY, version=3)

    final.refresh_from_db()
    assert (final.state, final.version) == ("final", 4)
    assert (final.approved_at, final.final_at) == (AFTER_WINDOW, AFTER_WINDOW + DAY)
    assert [(what, why) for what, _, _, why in trail()] == [
        ("results.run", "初评结束"),
        ("results.announced", ""),
        ("results.approved", "同意"),
        ("results.finalised", ""),
    ]


def test_T30_nothing_is_approved_before_the_last_second_of_the_window(
    announced: ScoringRun, leader: Actor
) -> None:
    last_second = dt.datetime.combine(dt.date(2017, 10, 25), dt.time(23, 59, 59), NOW.tzinfo)
    with pytest.raises(WrongState, match="到 2017-10-25 24 时才结束"):
        runs.approve(announced, by=leader, at=last_second, version=2)
    announced.refresh_from_db()
    assert (announced.state, announced.version) == ("announced", 2)
    first_second = last_second + dt.timedelta(seconds=1)
    assert runs.approve(announced, by=leader, at=first_second, version=2).state == "approved"


def test_T30_nothing_is_approved_before_the_appeal_period_ends(
    announced: ScoringRun, city: Cycle, leader: Actor
) -> None:
    Cycle.objects.update(appeal_days=15)
    first, last = dt.date(2017, 10, 1), dt.date(2027, 12, 31)
    Stage.objects.create(cycle=city, kind=StageKind.APPEALS, first_day=first, last_day=last)
    with pytest.raises(WrongState, match="到 2017-11-04 24 时才结束"):
        runs.approve(announced, by=leader, at=AFTER_WINDOW, version=2)
    assert runs.approve(announced, by=leader, at=NOW + 16 * DAY, version=2).state == "approved"


def test_T30_nothing_is_approved_with_an_objection_unanswered_or_an_appeal_undecided(
    announced: ScoringRun, office: Actor, leader: Actor, people: People
) -> None:
    own = announced.units.get(assessed__unit__code="u01")
    by = people.actor(Role.UNIT_OFFICE, "u01")
    objection = objections.raise_against(own, by=by, at=NOW, text="第 9 条有异议")
    with pytest.raises(WrongState, match="还有 1 条异议没有答复"):
        runs.approve(announced, by=leader, at=AFTER_WINDOW, version=2)
    objections.answer(objection, by=office, at=NOW, version=1, text="维持")
    pending = appeal(announced)
    with pytest.raises(WrongState, match="还有 1 件申诉没有办结"):
        runs.approve(announced, by=leader, at=AFTER_WINDOW, version=2)
    Appeal.objects.filter(pk=pending.pk).update(state="dismissed", decided_at=NOW)
    appeal(announced, "withdrawn")
    assert runs.approve(announced, by=leader, at=AFTER_WINDOW, version=2).state == "approved"


@pytest.mark.parametrize("step", ["announce", "approve", "finalise"])
def test_T30_no_step_is_taken_out_of_order(
    announced: ScoringRun, office: Actor, leader: Actor, step: str
) -> None:
    wrong = {"announce": "announced", "approve": "provisional", "finalise": "announced"}
    ScoringRun.objects.update(state=wrong[step])
    by = leader if step == "approve" else office
    with pytest.raises(WrongState, match="不能办理这一步"):
        getattr(runs, step)(announced, by=by, at=AFTER_WINDOW, version=2)
    announced.refresh_from_db()
    assert (announced.state, announced.version) == (wrong[step], 2)


def test_T30_an_older_run_is_not_approved_beside_a_newer_one(
    announced: ScoringRun, city: Cycle, office: Actor, leader: Actor
) -> None:
    runs.run(city, by=office, at=NOW, after=1, reason="申诉采纳")
    with pytest.raises(WrongState, match="已经有更新的第 2 次计分"):
        runs.approve(announced, by=leader, at=AFTER_WINDOW, version=2)


def test_T56_of_two_publishers_one_wins(provisional: ScoringRun, office: Actor) -> None:
    runs.announce(provisional, by=office, at=NOW, version=1)
    with pytest.raises(Conflict):
        runs.announce(provisional, by=office, at=NOW, version=1)
    assert [(what, outcome) for what, outcome, _, _ in trail()] == [
        ("results.run", "done"),
        ("results.announced", "done"),
        ("results.announced", "refused"),
    ]


def test_a_run_of_a_year_that_is_not_the_actors_is_not_there(
    provisional: ScoringRun, people: People
) -> None:
    Cycle.objects.update(state=Cycle.State.SETUP)
    with pytest.raises(NotThere):
        runs.approve(provisional, by=people.actor(Role.LEADER), at=NOW, version=1)


def test_a_tampered_run_does_not_reproduce(provisional: ScoringRun, office: Actor) -> None:
    tampered = provisional.result.replace('"total": "96.19"', '"total": "97.19"')
    assert tampered != provisional.result
    ScoringRun.objects.update(result=tampered)
    found = runs.reproduce(provisional, by=office, at=NOW)
    assert (found.intact, found.identical, found.holds) == (False, False, False)
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.what, json.loads(entry.details)) == (
        "results.reproduced",
        {"digest": provisional.digest, "identical": False, "intact": False},
    )


def test_a_tampered_explanation_breaks_the_seal(provisional: ScoringRun, office: Actor) -> None:
    unit = provisional.units.all()[0]
    unit.detail = unit.detail.replace("材料齐全", "材料不齐")
    unit.save()
    found = runs.reproduce(provisional, by=office, at=NOW)
    assert (found.intact, found.identical) == (False, True)


def test_a_year_without_units_is_not_scored(office: Actor) -> None:
    cycle = load_cohort({"units": []})
    with pytest.raises(Mistaken, match="请至少写一个被考核单位"):
        runs.run(cycle, by=office, at=NOW, after=0, reason="示例")
