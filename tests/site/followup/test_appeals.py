"""The steps of an appeal: what each changes, what it leaves in the trail, what it refuses."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from followup.following import (
    DAY,
    RAISED,
    STANDS,
    People,
    announce,
    appeal_at,
    entries,
    last_entry,
    paper,
    result_of,
    unit_of,
)
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle, StageException, StageKind
from kaohe_web.errors import Conflict, Difference, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing.models import ReportedValue
from kaohe_web.followup import appeals, lodging, queries
from kaohe_web.followup.corrections import Correction
from kaohe_web.followup.models import Appeal
from kaohe_web.jobs.models import Notice
from kaohe_web.people.models import Role
from kaohe_web.results import runs
from kaohe_web.results.models import ScoringRun
from kaohe_web.review.models import Recusal
from world import NOW, person


def told(appeal: Appeal) -> list[tuple[str, str, str]]:
    """Who was told what of an appeal."""
    rows = Notice.objects.filter(link=appeal.get_absolute_url()).order_by("pk")
    return list(rows.values_list("post__user__login", "kind", "title"))


def lodge(run: ScoringRun, people: People, **more: Any) -> Appeal:
    """An appeal of u03 on G4."""
    given: dict[str, Any] = {"at": NOW, "part": "G4", "grounds": "漏计（示例）"} | more
    return appeals.lodge(result_of(run, "u03"), by=people.actor("office u03"), **given)


def test_an_appeal_goes_its_whole_way_and_every_step_is_noted_and_recorded(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "upheld")
    assert (appeal.state, appeal.version, appeal.due_on, appeal.decided_at) == (
        "upheld",
        4,
        (NOW + 3 * DAY).date(),
        NOW,
    )
    assert list(appeal.steps.values_list("what", "text", "by")) == [
        ("appeal.lodged", "两项标准漏计（示例）", "被考核单位质强办（示例）"),
        ("appeal.taken", "办结期限 2017-10-23", "考核办（示例）"),
        (
            "appeal.reviewed",
            "材料属实（示例）\n建议：质量技术基础综合指数改为 1.24",
            "评审员（示例）",
        ),
        ("appeal.upheld", "采纳（示例）\n更正：质量技术基础综合指数改为 1.24", "考核办（示例）"),
    ]
    rows = Entry.objects.filter(what__startswith="appeal.").order_by("seq")
    found = [
        (*row[:3], json.loads(row[3]))
        for row in rows.values_list("login", "what", "outcome", "details")
    ]
    assert found == [
        ("office-u03", "appeal.lodged", "done", {"part": "G4"}),
        ("office", "appeal.taken", "done", {"reviewer": "reviewer", "due_on": "2017-10-23"}),
        (
            "reviewer",
            "appeal.reviewed",
            "done",
            {"indicator": "quality_infrastructure_index", "value": "1.24"},
        ),
        (
            "office",
            "appeal.upheld",
            "done",
            {
                "indicator": "quality_infrastructure_index",
                "value": "1.24",
                "before": "2",
                "after": "4",
            },
        ),
    ]
    assert told(appeal) == [
        ("office", "todo", "河口县（示例）提出申诉，请受理"),
        ("reviewer", "todo", "请复核申诉：河口县（示例） 第 5 条"),
        ("office", "todo", "申诉已复核，请作出决定：河口县（示例） G4"),
        ("office-u03", "news", "申诉已有决定：采纳"),
    ]


def test_an_appeal_keeps_what_was_wanted_its_clock_and_its_papers(
    run: ScoringRun, people: People
) -> None:
    unit = people.actor("office u03")
    papers = [paper(unit, "公告（示例）.pdf"), paper(unit, "说明（示例）.pdf")]
    appeal = lodge(run, people, at=NOW + DAY, wants=Decimal(4), papers=papers)
    assert (appeal.score_before, appeal.wants, appeal.due_on) == (2, 4, dt.date(2017, 10, 26))
    (step,) = appeal.steps.all()
    assert [str(each) for each in step.papers.all()] == ["公告（示例）.pdf", "说明（示例）.pdf"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"part": "M99"}, "成绩单里没有这个条目，请重新选择"),
    ({"wants": Decimal("4.5")}, "请求得分应在 0–4 之间"),
    ({"wants": Decimal(-1)}, "请求得分应在 0–4 之间"),
]


def test_an_appeal_is_against_a_part_and_within_its_points(run: ScoringRun, people: People) -> None:
    for more, problem in WRONG:
        with pytest.raises(Invalid) as refused:
            lodge(run, people, **more)
        assert refused.value.problems == (problem,)
        assert last_entry()[1:3] == ("appeal.lodged", "refused")
    assert not Appeal.objects.exists()


def test_T30_an_appeal_after_its_time_is_refused(run: ScoringRun, people: People) -> None:
    assert lodge(run, people, at=NOW + 5 * DAY, part="M9").state == "lodged"
    sentence = "申诉期已于 2017-10-25 24 时截止，不能再提出；确需办理的，请考核办批准例外"
    with pytest.raises(WrongState) as refused:
        lodge(run, people, at=NOW + 6 * DAY)
    assert refused.value.sentence == sentence
    assert last_entry()[1:] == ("appeal.lodged", "refused", "河口县（示例） 76.79", sentence)


def test_an_exception_gives_a_unit_more_time(run: ScoringRun, people: People) -> None:
    stage = run.cycle.stages.get(kind=StageKind.APPEALS)
    stage.last_day = NOW.date()
    stage.save()
    with pytest.raises(WrongState, match="“申诉”环节已于 2017-10-20 24 时截止"):
        lodge(run, people, at=NOW + DAY)
    StageException.objects.create(
        stage=stage,
        cycle=run.cycle,
        unit=unit_of(run.cycle, "u03").unit,
        last_day=dt.date(2017, 11, 30),
        reason="示例",
        by="示例",
        at=NOW,
    )
    assert lodging.last_day(result_of(run, "u03")) == dt.date(2017, 11, 30)
    assert lodge(run, people, at=NOW + 20 * DAY).state == "lodged"
    with pytest.raises(WrongState):
        lodging.require_time(result_of(run, "u02"), NOW + DAY)


def test_only_the_result_that_stands_can_be_appealed_against(
    run: ScoringRun, people: People
) -> None:
    announce(run.cycle, people, at=NOW + DAY, after=1)
    with pytest.raises(WrongState, match="这次计分已被新的结果取代"):
        lodge(run, people, at=NOW + DAY)


def test_T55_the_same_appeal_sent_twice_is_one(run: ScoringRun, people: People) -> None:
    first, before = lodge(run, people), entries()
    assert lodge(run, people) == first
    assert (Appeal.objects.count(), entries()) == (1, before)


def test_T30_a_part_is_appealed_once_until_its_score_moves(run: ScoringRun, people: People) -> None:
    appeal_at(run, people, "dismissed", correction=STANDS)
    with pytest.raises(WrongState, match="这个条目的申诉已经有决定，得分没有再变动"):
        lodge(run, people)
    second = announce(run.cycle, people, at=NOW + DAY, after=1)
    with pytest.raises(WrongState, match="这个条目的申诉已经有决定，得分没有再变动"):
        lodge(second, people, at=NOW + DAY)
    ReportedValue.objects.filter(
        assessed=unit_of(run.cycle, "u03"), indicator="quality_infrastructure_index"
    ).update(value="0.1")
    third = announce(run.cycle, people, at=NOW + 2 * DAY, after=2)
    assert lodge(third, people, at=NOW + 2 * DAY).score_before == 1


def test_while_one_is_open_no_other_is_lodged_and_after_withdrawing_one_may(
    run: ScoringRun, people: People
) -> None:
    appeal = lodge(run, people)
    with pytest.raises(WrongState, match="这个条目已有一件申诉在办，请等它办结"):
        lodge(run, people, grounds="另一理由（示例）")
    appeals.withdraw(appeal, by=people.actor("office u03"), at=NOW, version=1)
    assert told(appeal)[1:] == [("office", "news", "申诉已撤回：河口县（示例） G4")]
    again = lodge(run, people, grounds="另一理由（示例）")
    assert (again.state, Appeal.objects.count()) == ("lodged", 2)


def test_who_marked_recused_or_belongs_to_the_unit_does_not_review(
    run: ScoringRun, people: People
) -> None:
    appeal, unit = lodge(run, people), unit_of(run.cycle, "u03")
    own = person("own", Role.ASSESSOR, unit=unit.unit)
    recused = person("recused", Role.ASSESSOR)
    Recusal.objects.create(cycle=run.cycle, assessor=recused, assessed=unit, reason="示例", at=NOW)
    assert appeals.may_review(appeal, NOW) == [people.post("reviewer")]
    for post in (people.post("marker"), own, recused, people.post("leader")):
        with pytest.raises(Invalid, match="不能复核；请另选一位"):
            appeals.take(
                appeal,
                by=people.actor("office"),
                at=NOW,
                version=1,
                reviewer=post,
                due_on=NOW.date(),
            )
    appeal.refresh_from_db()
    assert (appeal.state, appeal.reviewer) == ("lodged", None)


def test_another_reviewer_can_be_named_before_the_review(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "taken")
    other = person("other", Role.ASSESSOR)
    people.posts["other"] = other
    office = people.actor("office")
    appeals.take(appeal, by=office, at=NOW, version=2, reviewer=other, due_on=(NOW + DAY).date())
    assert [queries.appeals(people.actor(name)).count() for name in ("reviewer", "other")] == [0, 1]
    with pytest.raises(Invalid, match="办结期限不能早于今天"):
        appeals.take(
            appeal, by=office, at=NOW, version=3, reviewer=other, due_on=(NOW - DAY).date()
        )


def test_the_reviewer_sees_the_year_and_that_appeal_only(run: ScoringRun, people: People) -> None:
    mine = appeal_at(run, people, "taken")
    appeal_at(run, people, "lodged", of="u02 G4")
    reviewer = people.actor("reviewer")
    assert list(queries.appeals(reviewer)) == [mine]
    assert {step.appeal_id for step in queries.steps(reviewer)} == {mine.pk}
    assert not queries.appeals(people.actor("marker")).exists()


def test_a_unit_reads_the_review_once_it_is_decided(run: ScoringRun, people: People) -> None:
    appeal, unit = appeal_at(run, people, "reviewed"), people.actor("office u03")
    seen = queries.steps(unit).filter(appeal=appeal).values_list("what", flat=True)
    assert list(seen) == ["appeal.lodged", "appeal.taken"]
    appeals.dismiss(appeal, by=people.actor("office"), at=NOW, version=3, decision="维持（示例）")
    assert list(seen.all()) == [
        "appeal.lodged",
        "appeal.taken",
        "appeal.reviewed",
        "appeal.dismissed",
    ]
    assert not queries.steps(people.actor("office u02")).exists()


STEPS: list[tuple[str, str, dict[str, Any]]] = [
    ("take", "office", {"due_on": NOW.date()}),
    ("review", "reviewer", {"opinion": "x", "correction": STANDS}),
    ("uphold", "office", {"decision": "x", "correction": RAISED}),
    ("dismiss", "office", {"decision": "x"}),
    ("withdraw", "unit", {}),
]
ALLOWED = {
    "lodged": ["take", "withdraw"],
    "taken": ["take", "review", "withdraw"],
    "reviewed": ["uphold", "dismiss", "withdraw"],
    "upheld": [],
    "dismissed": [],
    "withdrawn": [],
}


def test_T30_a_step_out_of_its_order_is_refused_and_changes_nothing(
    run: ScoringRun, people: People
) -> None:
    for place, (state, allowed) in enumerate(ALLOWED.items(), start=1):
        unit = f"u{place:02}"
        appeal = appeal_at(run, people, state, of=f"{unit} G4")
        seen = Appeal.objects.filter(pk=appeal.pk).values().get()
        for name, who, given in STEPS:
            if name in allowed:
                continue
            more = {**given, "reviewer": people.post("reviewer")} if name == "take" else given
            before, actor = entries(), people.actor(f"office {unit}" if who == "unit" else who)
            reached = queries.appeals(actor).filter(pk=appeal.pk).exists()
            with pytest.raises(WrongState if reached else NotThere):
                getattr(appeals, name)(appeal, by=actor, at=NOW, version=appeal.version, **more)
            assert entries() == before + 1
        assert Appeal.objects.filter(pk=appeal.pk).values().get() == seen


def test_T30_in_an_archived_year_nothing_moves(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "reviewed")
    run.cycle.state = Cycle.State.ARCHIVED
    run.cycle.save()
    office = people.actor("office")
    with pytest.raises(WrongState, match="已归档"):
        appeals.uphold(appeal, by=office, at=NOW, version=3, decision="x", correction=RAISED)
    with pytest.raises(WrongState, match="已归档"):
        lodge(run, people, part="M9")
    value = ReportedValue.objects.get(assessed=appeal.assessed, indicator=RAISED.indicator)
    assert value.value == Decimal("0.74")


def test_each_step_has_its_own_role(run: ScoringRun, people: People) -> None:
    appeal = appeal_at(run, people, "reviewed")
    strangers = {
        "take": ("leader", "reviewer", "office u03"),
        "review": ("office", "leader", "office u03"),
        "uphold": ("leader", "reviewer", "office u03"),
        "dismiss": ("leader", "reviewer", "office u03"),
        "withdraw": ("office", "reviewer", "liaison u03"),
    }
    for name, _who, given in STEPS:
        more = {**given, "reviewer": people.post("reviewer")} if name == "take" else given
        for stranger in strangers[name]:
            with pytest.raises(NotAllowed):
                getattr(appeals, name)(appeal, by=people.actor(stranger), at=NOW, version=3, **more)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.version) == ("reviewed", 3)


def test_T22_T24_an_appeal_of_another_unit_is_out_of_reach(run: ScoringRun, people: People) -> None:
    appeal = lodge(run, people)
    with pytest.raises(NotThere):
        appeals.withdraw(appeal, by=people.actor("office u02"), at=NOW, version=1)
    with pytest.raises(NotThere):
        appeals.lodge(
            result_of(run, "u03"), by=people.actor("office u02"), at=NOW, part="M9", grounds="x"
        )
    assert [(each.assessed.unit.code, each.state) for each in Appeal.objects.all()] == [
        ("u03", "lodged")
    ]


def test_T56_who_saw_an_older_state_is_told_both(run: ScoringRun, people: People) -> None:
    appeal, office = appeal_at(run, people, "reviewed"), people.actor("office")
    appeals.dismiss(appeal, by=office, at=NOW, version=3, decision="维持（示例）")
    with pytest.raises(Conflict) as refused:
        appeals.uphold(appeal, by=office, at=NOW, version=3, decision="x", correction=RAISED)
    assert refused.value.differences == (Difference("状态", "驳回", "采纳"),)
    value = ReportedValue.objects.get(assessed=appeal.assessed, indicator=RAISED.indicator)
    assert value.value == Decimal("0.74")


def test_no_result_is_approved_while_an_appeal_of_an_earlier_run_is_open(
    run: ScoringRun, people: People
) -> None:
    appeal_at(run, people, "lodged")
    second = announce(run.cycle, people, at=NOW, after=1)
    later, leader = NOW + 6 * DAY, people.actor("leader")
    with pytest.raises(WrongState, match="还有 1 件申诉没有办结"):
        runs.approve(second, by=leader, at=later, version=second.version)


def test_an_open_score_that_is_settled_counts_as_raised() -> None:
    found = [
        appeals.outcome_of(before, after)
        for before, after in (
            (None, Decimal(2)),
            (Decimal(2), None),
            (None, None),
            (Decimal(2), Decimal(2)),
            (Decimal(2), Decimal("1.9")),
        )
    ]
    assert found == ["raised", "lowered", "stands", "stands", "lowered"]


def test_a_correction_without_effect_on_the_part_leaves_it_standing(
    run: ScoringRun, people: People
) -> None:
    nearly = Correction(indicator=RAISED.indicator, value=Decimal("0.75"))
    appeal = appeal_at(run, people, "upheld", correction=nearly)
    assert (appeal.score_before, appeal.score_after, appeal.outcome) == (2, 2, "stands")
