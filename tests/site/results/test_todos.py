"""What is to be done about results, by whom and until when."""

import datetime as dt

from django.urls import reverse

from kaohe_web.jobs.todo import Todo
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import objections, runs
from kaohe_web.results.models import ScoringRun
from kaohe_web.results.todos import todos
from results.conftest import People, address
from world import NOW

DAY = dt.timedelta(days=1)
UNTIL = dt.date(2017, 10, 25)


def test_the_office_announces_answers_and_finalises(
    provisional: ScoringRun, office: Actor, leader: Actor, people: People
) -> None:
    run, where = str(provisional), address("run", provisional)
    assert todos(office, NOW) == [Todo("初步结果待公示", 1, where, detail=run)]
    announced = runs.announce(provisional, by=office, at=NOW, version=1)
    assert todos(office, NOW) == []
    own = announced.units.get(assessed__unit__code="u01")
    by = people.actor(Role.UNIT_OFFICE, "u01")
    objection = objections.raise_against(own, by=by, at=NOW, text="有异议")
    listed = reverse("objections", kwargs={"cycle_id": announced.cycle_id})
    assert todos(office, NOW) == [Todo("异议待答复", 1, listed, due=UNTIL, detail=run)]
    assert todos(office, NOW + 6 * DAY)[0].urgent
    objections.answer(objection, by=office, at=NOW, version=1, text="维持")
    runs.approve(announced, by=leader, at=NOW + 6 * DAY, version=2)
    assert todos(office, NOW) == [Todo("结果已批准，待定稿", 1, where, detail=run)]


def test_the_leader_approves_once_the_window_is_over(announced: ScoringRun, leader: Actor) -> None:
    assert todos(leader, NOW + 5 * DAY) == []
    assert todos(leader, NOW + 6 * DAY) == [
        Todo("结果待批准", 1, address("run", announced), detail=str(announced))
    ]


def test_a_unit_looks_at_its_result_while_it_may_object(
    announced: ScoringRun, people: People
) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u02")
    own = announced.units.get(assessed__unit__code="u02")
    where = reverse("score_sheet", kwargs={"cycle_id": own.cycle_id, "result_id": own.pk})
    assert todos(by, NOW) == [Todo("核对公示的成绩单", 1, where, due=UNTIL, detail=str(announced))]
    assert todos(by, NOW + 6 * DAY) == []


def test_others_have_nothing_to_do_here(announced: ScoringRun, people: People) -> None:
    for role in (Role.ASSESSOR, Role.AUDIT_OFFICER):
        assert todos(people.actor(role), NOW) == []
    assert todos(people.actor(Role.LIAISON, "u01"), NOW) == []
    assert announced.state == "announced"
