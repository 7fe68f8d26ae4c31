"""The steps of a rectification: what each changes, what it leaves, what it refuses."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from followup.following import (
    DAY,
    People,
    announce,
    entries,
    lost_parts,
    make_year,
    mend_at,
    paper,
    result_of,
)
from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Conflict, Difference, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.followup import queries, rectifications
from kaohe_web.followup.models import Rectification
from kaohe_web.jobs.models import Notice
from kaohe_web.results import runs
from kaohe_web.results.losses import losses_before, losses_of
from kaohe_web.results.models import ScoringRun
from world import NOW

DUE = (NOW + 30 * DAY).date()


def order(run: ScoringRun, people: People, **more: Any) -> Rectification:
    """An order to u06 to mend M9."""
    given: dict[str, Any] = {"part": "M9", "demand": "补齐台账（示例）", "due_on": DUE} | more
    result = result_of(run, given.pop("code", "u06"))
    return rectifications.order(result, by=people.actor("office"), at=NOW, **given)


def told(row: Rectification) -> list[tuple[str, str, str]]:
    """Who was told what."""
    rows = Notice.objects.filter(link=row.get_absolute_url()).order_by("pk")
    return list(rows.values_list("post__user__login", "kind", "title"))


def test_an_order_goes_its_whole_way_and_every_step_is_noted_and_recorded(
    run: ScoringRun, people: People
) -> None:
    row = mend_at(run, people, "closed")
    assert (row.state, row.version, row.lost, row.plan, row.reported_at, row.closed_at) == (
        "closed",
        4,
        Decimal("0.6"),
        "成立专班（示例）",
        NOW,
        NOW,
    )
    assert list(row.steps.values_list("what", "text", "by")) == [
        ("rectification.ordered", "补齐台账（示例）", "考核办（示例）"),
        ("rectification.planned", "成立专班（示例）", "联络员（示例）"),
        ("rectification.reported", "已补齐（示例）", "联络员（示例）"),
        ("rectification.closed", "已到位（示例）", "考核办（示例）"),
    ]
    rows = Entry.objects.filter(what__startswith="rectification.").order_by("seq")
    assert list(rows.values_list("login", "what", "outcome", "details")) == [
        (
            "office",
            "rectification.ordered",
            "done",
            '{"due_on": "2017-11-19", "lost": "0.6", "part": "M9"}',
        ),
        ("liaison-u06", "rectification.planned", "done", ""),
        ("liaison-u06", "rectification.reported", "done", ""),
        ("office", "rectification.closed", "done", ""),
    ]
    assert told(row) == [
        ("office-u06", "todo", "请制定整改方案：生态经济区（示例） M9"),
        ("liaison-u06", "todo", "请制定整改方案：生态经济区（示例） M9"),
        ("office", "news", "整改方案已报：生态经济区（示例） M9"),
        ("office", "todo", "整改已报告，请检查：生态经济区（示例） M9"),
        ("office-u06", "news", "整改已销号：生态经济区（示例） M9"),
        ("liaison-u06", "news", "整改已销号：生态经济区（示例） M9"),
    ]


def test_a_report_that_is_not_accepted_goes_back_with_a_new_day_and_both_reports_stay(
    run: ScoringRun, people: People
) -> None:
    row, office, below = mend_at(run, people, "reported"), people.actor("office"), "liaison u06"
    later = NOW + 40 * DAY
    row = rectifications.send_back(
        row, by=office, at=NOW, version=3, reason="缺照片（示例）", due_on=DUE
    )
    assert (row.state, row.reported_at, row.due_on) == ("planned", None, DUE)
    papers = [paper(people.actor(below), "照片（示例）.pdf")]
    row = rectifications.report(
        row, by=people.actor(below), at=later, version=4, text="已补照片（示例）", papers=papers
    )
    assert (row.state, rectifications.is_late(row, later)) == ("reported", True)
    assert Entry.objects.order_by("-seq")[0].details == (
        '{"late": true, "papers": ["照片（示例）.pdf"]}'
    )
    assert list(row.steps.values_list("what", "text", "papers__name"))[2:] == [
        ("rectification.reported", "已补齐（示例）", None),
        ("rectification.returned", "缺照片（示例）", None),
        ("rectification.reported", "已补照片（示例）", "照片（示例）.pdf"),
    ]


def test_only_lost_points_of_the_result_that_stands_are_ordered(
    run: ScoringRun, people: People
) -> None:
    with pytest.raises(Invalid, match="这个条目没有失分，或得分还未定，不用整改"):
        order(run, people, code="u01")
    with pytest.raises(Invalid, match="整改期限要晚于今天"):
        order(run, people, due_on=NOW.date())
    office = people.actor("office")
    second = runs.run(run.cycle, by=office, at=NOW, after=1, reason="示例")
    with pytest.raises(WrongState, match="要对现行结果下达整改"):
        order(second, people)
    runs.announce(second, by=office, at=NOW, version=1)
    with pytest.raises(WrongState, match="要对现行结果下达整改"):
        order(run, people)
    assert not Rectification.objects.exists()
    made = order(second, people)
    with pytest.raises(WrongState, match="这个条目已经下达过整改"):
        order(run, people, demand="另一要求（示例）")
    assert list(Rectification.objects.all()) == [made]


def test_T55_the_same_order_sent_twice_is_one(run: ScoringRun, people: People) -> None:
    first, before = order(run, people), entries()
    assert order(run, people) == first
    assert (Rectification.objects.count(), entries()) == (1, before)


STEPS: list[tuple[str, str, dict[str, Any]]] = [
    ("plan", "office u06", {"text": "x"}),
    ("report", "office u06", {"text": "x"}),
    ("send_back", "office", {"reason": "x", "due_on": DUE}),
    ("close", "office", {"text": "x"}),
]
ALLOWED = {
    "ordered": ["plan"],
    "planned": ["plan", "report"],
    "reported": ["send_back", "close"],
    "closed": [],
}


@pytest.mark.parametrize("state", ALLOWED)
def test_T30_a_step_out_of_its_order_is_refused_and_changes_nothing(
    run: ScoringRun, people: People, state: str
) -> None:
    row = mend_at(run, people, state)
    seen = Rectification.objects.filter(pk=row.pk).values().get()
    for name, who, given in STEPS:
        if name in ALLOWED[state]:
            continue
        before = entries()
        with pytest.raises(WrongState, match="不能办理这一步；请刷新页面"):
            getattr(rectifications, name)(
                row, by=people.actor(who), at=NOW, version=row.version, **given
            )
        assert entries() == before + 1
    assert Rectification.objects.filter(pk=row.pk).values().get() == seen


def test_T30_in_an_archived_year_nothing_moves(run: ScoringRun, people: People) -> None:
    row = mend_at(run, people, "reported")
    run.cycle.state = Cycle.State.ARCHIVED
    run.cycle.save()
    with pytest.raises(WrongState, match="已归档"):
        rectifications.close(row, by=people.actor("office"), at=NOW, version=3, text="x")
    with pytest.raises(WrongState, match="已归档"):
        order(run, people, part="M14")


def test_who_leads_the_part_sees_it_and_nobody_elses(run: ScoringRun, people: People) -> None:
    led, other = order(run, people), order(run, people, part="G1")
    seen = {
        name: set(queries.rectifications(people.actor(name)).values_list("part", flat=True))
        for name in ("office", "leader", "office u06", "liaison u06", "office u05", "liaison u05")
    }
    assert seen == {
        "office": {"M9", "G1"},
        "leader": {"M9", "G1"},
        "office u06": {"M9", "G1"},
        "liaison u06": {"M9"},
        "office u05": set(),
        "liaison u05": set(),
    }
    assert not queries.rectifications(people.actor("reviewer")).exists()
    with pytest.raises(NotThere):
        rectifications.plan(other, by=people.actor("liaison u06"), at=NOW, version=1, text="x")
    with pytest.raises(NotThere):
        rectifications.plan(led, by=people.actor("office u05"), at=NOW, version=1, text="x")
    for who in ("leader", "reviewer", "office u06"):
        with pytest.raises(NotAllowed):
            rectifications.close(led, by=people.actor(who), at=NOW, version=1, text="x")
    with pytest.raises(NotAllowed):
        rectifications.plan(led, by=people.actor("office"), at=NOW, version=1, text="x")


def test_T56_who_saw_an_older_state_is_told_both(run: ScoringRun, people: People) -> None:
    row, office = mend_at(run, people, "reported"), people.actor("office")
    rectifications.close(row, by=office, at=NOW, version=3, text="x")
    with pytest.raises(Conflict) as refused:
        rectifications.send_back(row, by=office, at=NOW, version=3, reason="x", due_on=DUE)
    assert refused.value.differences == (Difference("状态", "已销号", "整改中"),)


def test_the_same_part_that_lost_points_the_year_before_is_known(
    year: Cycle, people: People
) -> None:
    next_year = make_year("下一年度（示例）")
    next_year.before = year
    next_year.save()
    assert losses_before(next_year) == {}
    first = announce(year, people)
    assert losses_before(next_year) == {
        code: losses_of(result_of(first, code))
        for code in ("u01", "u02", "u03", "u04", "u05", "u06")
    }
    assert losses_before(next_year)["u06"]["M9"] == Decimal("0.6")
    assert losses_before(year) == {}
    assert ("M9" in lost_parts(first, "u06"), "M9" in lost_parts(first, "u01")) == (True, False)


def test_late_is_told_by_the_day_of_the_report() -> None:
    row = Rectification(due_on=dt.date(2017, 10, 20))
    late = [rectifications.is_late(row, NOW), rectifications.is_late(row, NOW + DAY)]
    row.reported_at = NOW
    assert [*late, rectifications.is_late(row, NOW + DAY)] == [False, True, False]
