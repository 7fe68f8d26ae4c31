"""What each person is told to do about cases, appeals and rectification, until when, and where."""

import datetime as dt

from followup.following import DAY, People, announce, appeal_at, case_at, mend_at
from kaohe_web.cycles.models import Cycle
from kaohe_web.followup.todos import todos
from kaohe_web.results.models import ScoringRun
from world import NOW

Asked = tuple[str, int, dt.date | None, bool]


def asked(people: People, who: str, at: dt.datetime = NOW) -> list[Asked]:
    """What somebody is asked: title, count, last day, whether it is late."""
    return [
        (each.title, each.count, each.due, each.urgent) for each in todos(people.actor(who), at)
    ]


def test_a_case_asks_the_office_then_the_unit_then_the_leader(year: Cycle, people: People) -> None:
    case_at(year, people, "opened", event="示例：一")
    case_at(year, people, "determined", event="示例：二")
    case_at(year, people, "notified", event="示例：三")
    case_at(year, people, "answered", event="示例：四")
    until = (NOW + 3 * DAY).date()
    assert asked(people, "office") == [("办理一票否决事项", 2, None, False)]
    assert asked(people, "office u02") == [("陈述申辩", 1, until, False)]
    assert asked(people, "leader") == [("决定一票否决事项", 1, None, False)]
    later = NOW + 4 * DAY
    assert asked(people, "office u02", later) == []
    assert asked(people, "leader", later) == [("决定一票否决事项", 2, None, False)]
    assert asked(people, "office u01") == asked(people, "reviewer") == []


def test_an_appeal_asks_the_office_then_its_reviewer_then_the_office(
    run: ScoringRun, people: People
) -> None:
    appeal_at(run, people, "lodged", of="u01 M9")
    appeal_at(run, people, "taken", of="u02 G4")
    appeal_at(run, people, "reviewed", of="u03 G4")
    lodged, taken = (NOW + 5 * DAY).date(), (NOW + 3 * DAY).date()
    assert asked(people, "office") == [
        ("受理申诉", 1, lodged, False),
        ("决定申诉", 1, taken, False),
    ]
    assert asked(people, "reviewer") == [("复核申诉", 1, taken, False)]
    assert asked(people, "reviewer", NOW + 4 * DAY) == [("复核申诉", 1, taken, True)]


def test_what_was_decided_asks_for_a_new_run_until_there_is_one(
    run: ScoringRun, people: People
) -> None:
    appeal = appeal_at(run, people, "upheld")
    appeal.steps.update(at=NOW + DAY)
    assert asked(people, "office") == [("决定已作出，待重新计分", 1, None, False)]
    announce(run.cycle, people, at=NOW + 2 * DAY, after=1)
    assert asked(people, "office") == []


def test_an_order_asks_the_unit_and_its_department_then_the_office(
    run: ScoringRun, people: People
) -> None:
    mend_at(run, people, "ordered", part="M9")
    mend_at(run, people, "planned", part="M14")
    mend_at(run, people, "reported", part="M15.2", code="u01")
    due = (NOW + 30 * DAY).date()
    wanted = [("制定整改方案", 1, due, False), ("落实整改并报告", 1, due, False)]
    assert asked(people, "office u06") == asked(people, "liaison u06") == wanted
    assert asked(people, "liaison u06", NOW + 31 * DAY) == [
        ("制定整改方案", 1, due, True),
        ("落实整改并报告", 1, due, True),
    ]
    assert asked(people, "office") == [("检查整改", 1, None, False)]
    assert asked(people, "liaison u01") == []


def test_an_archived_year_asks_nothing(run: ScoringRun, people: People) -> None:
    appeal_at(run, people, "lodged")
    mend_at(run, people, "ordered")
    Cycle.objects.update(state=Cycle.State.ARCHIVED)
    assert [asked(people, who) for who in people.posts] == [[] for _who in people.posts]


def test_each_line_leads_to_its_list(run: ScoringRun, people: People) -> None:
    appeal_at(run, people, "lodged")
    (todo,) = todos(people.actor("office"), NOW)
    assert (todo.link, todo.detail) == (f"/cycles/{run.cycle_id}/appeals/", "示例年度")
