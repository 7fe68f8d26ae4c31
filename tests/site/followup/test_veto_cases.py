"""The steps of a veto case: what each changes, what it leaves in the trail, what it refuses."""

import datetime as dt
import json
from typing import Any

import pytest

from followup.following import DAY, EVENT, People, case_at, entries, last_entry, paper, unit_of
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Conflict, Difference, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.followup import queries, veto_cases
from kaohe_web.followup.models import VetoCase
from kaohe_web.jobs.models import Notice
from kaohe_web.results.models import DecidedVeto
from world import NOW

ON_DAY = dt.date(2017, 3, 1)


def history(case: VetoCase) -> list[tuple[str, str, str, str]]:
    """The steps that were taken: what, in which words, which document, by whom."""
    return list(case.steps.values_list("what", "text", "document", "by"))


def told(case: VetoCase) -> list[tuple[str, str, str]]:
    """Who was told what of a case."""
    rows = Notice.objects.filter(link=case.get_absolute_url()).order_by("pk")
    return list(rows.values_list("post__user__login", "kind", "title"))


def acts(case: VetoCase) -> bool:
    """Whether the case acts on the score."""
    return DecidedVeto.objects.filter(case_id=case.pk).exists()


def opened(cycle: Cycle, people: People, **more: Any) -> VetoCase:
    """A case that the office opens over u02."""
    given: dict[str, Any] = {"veto": "V1", "event": EVENT, "on_day": ON_DAY} | more
    unit = unit_of(cycle, "u02")
    return veto_cases.open_case(unit, by=people.actor("office"), at=NOW, **given)


def test_a_case_goes_its_whole_way_and_every_step_is_noted_and_recorded(
    year: Cycle, people: People
) -> None:
    case = case_at(year, people, "lifted", code="u02")
    assert (case.state, case.version, case.authority, case.document, case.answer_until) == (
        "lifted",
        6,
        "示例省市监局",
        "示认〔2017〕1 号",
        (NOW + 3 * DAY).date(),
    )
    assert set(json.loads(case.answers).values()) == {True}
    assert history(case) == [
        ("veto.opened", EVENT, "", "考核办（示例）"),
        ("veto.determined", "示例：determine", "示认〔2017〕1 号", "考核办（示例）"),
        ("veto.notified", "示例：notify", "示告〔2017〕1 号", "考核办（示例）"),
        ("veto.answered", "示例：answer", "", "被考核单位质强办（示例）"),
        ("veto.decided", "示例：decide", "示决〔2017〕1 号", "领导小组（示例）"),
        ("veto.lifted", "示例：lift", "示解〔2017〕1 号", "领导小组（示例）"),
    ]
    rows = Entry.objects.order_by("seq").values_list("login", "what", "outcome", "object_name")
    assert list(rows) == [
        ("office", "veto.opened", "done", "城西区（示例） V1"),
        ("office", "veto.determined", "done", "城西区（示例） V1"),
        ("office", "veto.notified", "done", "城西区（示例） V1"),
        ("office-u02", "veto.answered", "done", "城西区（示例） V1"),
        ("leader", "veto.decided", "done", "城西区（示例） V1"),
        ("leader", "veto.lifted", "done", "城西区（示例） V1"),
    ]
    assert told(case) == [
        ("office-u02", "todo", "一票否决事项告知，请在期限内陈述申辩"),
        ("office", "news", "城西区（示例）已陈述申辩"),
        ("leader", "todo", "城西区（示例）已陈述申辩"),
        ("office", "news", "一票否决事项已作出决定"),
        ("office-u02", "news", "一票否决事项已作出决定"),
        ("office", "news", "一票否决已解除"),
        ("office-u02", "news", "一票否决已解除"),
    ]
    assert not acts(case)


def test_a_step_keeps_its_papers(year: Cycle, people: People) -> None:
    office = people.actor("office")
    case = opened(year, people, papers=[paper(office, "专报（示例）.pdf")])
    (step,) = case.steps.all()
    assert [str(each) for each in step.papers.all()] == ["专报（示例）.pdf"]
    details = json.loads(Entry.objects.get(what="veto.opened").details)
    assert details == {"veto": "V1", "on_day": "2017-03-01", "papers": ["专报（示例）.pdf"]}


def test_T55_an_event_sent_twice_is_one_case(year: Cycle, people: People) -> None:
    first = opened(year, people)
    assert opened(year, people) == first
    assert (VetoCase.objects.count(), entries()) == (1, 1)
    other = opened(year, people, event="示例：另一事件")
    assert (other.pk != first.pk, VetoCase.objects.count()) == (True, 2)


WRONG: list[tuple[dict[str, Any], str]] = [
    (
        {"on_day": dt.date(2016, 8, 31)},
        "事件发生在 2016-08-31，不在考核年度 2016-09-01 至 2017-08-31 之内；请在其所属年度立案",
    ),
    ({"on_day": dt.date(2017, 10, 21)}, "事件发生日期 2017-10-21 还没有到，请核对"),
    ({"veto": "V9"}, "评分细则里没有这个否决项，请重新选择"),
]


def test_an_event_outside_the_year_or_the_rubric_is_refused(year: Cycle, people: People) -> None:
    for more, problem in WRONG:
        with pytest.raises(Invalid) as refused:
            opened(year, people, **more)
        assert refused.value.problems == (problem,)
        assert last_entry() == ("office", "veto.opened", "refused", "城西区（示例）", problem)
    assert not VetoCase.objects.exists()


def test_a_legal_test_without_all_its_answers_is_refused(year: Cycle, people: People) -> None:
    case = case_at(year, people, "opened")
    tests = veto_cases.veto_of(year, "V1").test
    with pytest.raises(Invalid) as refused:
        veto_cases.determine(
            case,
            by=people.actor("office"),
            at=NOW,
            version=1,
            authority="示例",
            document="示例",
            answers={tests[0]: True},
            text="示例",
        )
    assert refused.value.problems == tuple(f"请回答认定要件：{test}" for test in tests[1:])


def test_the_unit_learns_of_its_case_when_it_is_told_and_reads_all_steps(
    year: Cycle, people: People
) -> None:
    unit, stranger = people.actor("office u02"), people.actor("office u01")
    case_at(year, people, "determined")
    assert not queries.veto_cases(unit).exists()
    told = case_at(year, people, "notified", event="示例：另一事件")
    assert list(queries.veto_cases(unit)) == [told]
    assert queries.steps(unit).filter(case=told).count() == 3
    assert [queries.veto_cases(stranger).count(), queries.steps(stranger).count()] == [0, 0]
    liaison = people.actor("liaison u02")
    assert not queries.veto_cases(liaison).exists()


def test_a_case_dismissed_before_the_unit_was_told_stays_unknown_to_it(
    year: Cycle, people: People
) -> None:
    case = case_at(year, people, "opened")
    veto_cases.dismiss(case, by=people.actor("leader"), at=NOW, version=1, text="示例")
    assert not queries.veto_cases(people.actor("office u02")).exists()
    assert told(case) == [("office", "news", "一票否决事项不予否决")]


def test_T30_nobody_decides_before_the_unit_was_heard_or_its_time_is_over(
    year: Cycle, people: People
) -> None:
    case, leader = case_at(year, people, "notified"), people.actor("leader")
    sentence = "陈述申辩期到 2017-10-23 24 时才满，单位还没有陈述；现在不能决定"
    for at in (NOW, NOW + 3 * DAY):
        with pytest.raises(WrongState) as refused:
            veto_cases.decide(case, by=leader, at=at, version=3, document="示例", text="示例")
        assert refused.value.sentence == sentence
    assert last_entry() == ("leader", "veto.decided", "refused", "城西区（示例） V1", sentence)
    case.refresh_from_db()
    assert (case.state, case.version, case.steps.count()) == ("notified", 3, 3)
    assert not acts(case)

    veto_cases.decide(case, by=leader, at=NOW + 4 * DAY, version=3, document="示例", text="示例")
    assert acts(case)


def test_a_legal_test_that_is_not_met_decides_no_veto(year: Cycle, people: People) -> None:
    case, leader = case_at(year, people, "answered", met=False), people.actor("leader")
    with pytest.raises(WrongState, match="认定要件不成立：事件发生在考核年度内；"):
        veto_cases.decide(case, by=leader, at=NOW, version=4, document="示例", text="示例")
    done = veto_cases.dismiss(case, by=leader, at=NOW, version=4, text="要件不成立（示例）")
    assert (done.state, acts(case)) == ("dismissed", False)


def test_T30_a_statement_comes_in_its_time(year: Cycle, people: People) -> None:
    case, unit = case_at(year, people, "notified"), people.actor("office u02")
    with pytest.raises(WrongState, match="陈述申辩已于 2017-10-23 24 时截止"):
        veto_cases.answer(case, by=unit, at=NOW + 4 * DAY, version=3, text="示例")
    done = veto_cases.answer(case, by=unit, at=NOW + 3 * DAY, version=3, text="示例")
    assert done.state == "answered"


STEPS: list[tuple[str, str, dict[str, Any]]] = [
    ("determine", "office", {"authority": "x", "document": "x", "answers": {}}),
    ("notify_unit", "office", {"document": "x", "until": NOW.date()}),
    ("answer", "office u02", {}),
    ("decide", "leader", {"document": "x"}),
    ("dismiss", "leader", {}),
    ("lift", "leader", {"document": "x"}),
]
ALLOWED = {
    "opened": ["determine", "dismiss"],
    "determined": ["notify_unit", "dismiss"],
    "notified": ["answer", "decide", "dismiss"],
    "answered": ["decide", "dismiss"],
    "decided": ["lift"],
    "dismissed": [],
    "lifted": [],
}


def test_T30_a_step_out_of_its_order_is_refused_and_changes_nothing(
    year: Cycle, people: People
) -> None:
    for state, allowed in ALLOWED.items():
        case = case_at(year, people, state, event=f"示例：{state}")
        seen = VetoCase.objects.filter(pk=case.pk).values().get()
        for name, who, given in STEPS:
            if name in allowed:
                continue
            before, actor = entries(), people.actor(who)
            reached = queries.veto_cases(actor).filter(pk=case.pk).exists()
            with pytest.raises(WrongState if reached else NotThere):
                getattr(veto_cases, name)(
                    case, by=actor, at=NOW, version=case.version, text="x", **given
                )
            assert entries() == before + 1
        assert VetoCase.objects.filter(pk=case.pk).values().get() == seen


def test_T30_in_an_archived_year_nothing_moves(year: Cycle, people: People) -> None:
    case = case_at(year, people, "answered")
    year.state = Cycle.State.ARCHIVED
    year.save()
    with pytest.raises(WrongState, match="本考核年度已归档，不能再改动"):
        veto_cases.decide(
            case, by=people.actor("leader"), at=NOW, version=4, document="x", text="x"
        )
    with pytest.raises(WrongState, match="本考核年度已归档，不能再改动"):
        opened(year, people)
    assert [step.what for step in queries.unscored(year)] == []


def test_two_persons_handle_and_decide(year: Cycle, people: People) -> None:
    case = case_at(year, people, "answered")
    for who in ("office", "office u02", "reviewer", "liaison u02"):
        with pytest.raises(NotAllowed):
            veto_cases.decide(case, by=people.actor(who), at=NOW, version=4, document="x", text="x")
    with pytest.raises(NotAllowed):
        veto_cases.open_case(
            unit_of(year, "u02"),
            by=people.actor("leader"),
            at=NOW,
            veto="V1",
            event="x",
            on_day=ON_DAY,
        )
    assert Entry.objects.filter(outcome="refused").count() == 5


def test_another_units_office_does_not_reach_the_case(year: Cycle, people: People) -> None:
    case = case_at(year, people, "notified")
    with pytest.raises(NotThere):
        veto_cases.answer(case, by=people.actor("office u01"), at=NOW, version=3, text="x")
    case.refresh_from_db()
    assert case.state == "notified"


def test_T56_who_saw_an_older_state_is_told_both(year: Cycle, people: People) -> None:
    case, leader = case_at(year, people, "answered"), people.actor("leader")
    veto_cases.decide(case, by=leader, at=NOW, version=4, document="x", text="x")
    with pytest.raises(Conflict) as refused:
        veto_cases.dismiss(case, by=leader, at=NOW, version=4, text="x")
    assert refused.value.differences == (Difference("状态", "决定否决", "不予否决"),)
    case.refresh_from_db()
    assert (case.state, acts(case)) == ("decided", True)
