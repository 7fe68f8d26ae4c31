"""Objections to an announced result: whose, until when, once, and the answer."""

import datetime as dt

import pytest

from kaohe_web.audit.models import Entry
from kaohe_web.errors import Conflict, Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import objections
from kaohe_web.results.models import Objection, ScoringRun, UnitResult
from results.conftest import People
from world import NOW

AT_THE_END = dt.datetime(2017, 10, 25, 23, 59, 59, tzinfo=NOW.tzinfo)


def own(run: ScoringRun, unit: str = "u01") -> UnitResult:
    """A unit's result in a run."""
    return run.units.get(assessed__unit__code=unit)


def test_a_unit_objects_and_the_office_is_told(announced: ScoringRun, people: People) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    office = people.post(Role.OFFICE)
    made = objections.raise_against(own(announced), by=by, at=AT_THE_END, text=" 第 9 条有异议 ")

    made.refresh_from_db()
    assert (made.run, made.text, made.by, made.at) == (
        announced,
        "第 9 条有异议",
        by.name,
        AT_THE_END,
    )
    assert list(Notice.objects.filter(post=office).values_list("title", "text")) == [
        ("城东区（示例）对公示结果提出异议", "第 9 条有异议")
    ]
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.what, entry.reason) == ("objection.raised", "第 9 条有异议")


def test_T30_no_objection_comes_after_the_window(announced: ScoringRun, people: People) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    too_late = AT_THE_END + dt.timedelta(seconds=1)
    with pytest.raises(WrongState, match="本次公示到 2017-10-25 24 时为止"):
        objections.raise_against(own(announced), by=by, at=too_late, text="第 9 条有异议")
    assert not Objection.objects.exists()


def test_a_result_that_is_not_announced_is_not_there_to_object_to(
    provisional: ScoringRun, people: People
) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    with pytest.raises(NotThere):
        objections.raise_against(own(provisional), by=by, at=NOW, text="第 9 条有异议")


def test_T22_nobody_objects_to_anothers_result(announced: ScoringRun, people: People) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u02")
    with pytest.raises(NotThere):
        objections.raise_against(own(announced, "u01"), by=by, at=NOW, text="第 9 条有异议")
    liaison = people.actor(Role.LIAISON, "u01")
    with pytest.raises(NotAllowed):
        objections.raise_against(own(announced), by=liaison, at=NOW, text="第 9 条有异议")
    assert not Objection.objects.exists()


def test_T55_the_same_words_twice_are_one_objection(announced: ScoringRun, people: People) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    first = objections.raise_against(own(announced), by=by, at=NOW, text="第 9 条有异议")
    second = objections.raise_against(own(announced), by=by, at=NOW, text="第 9 条有异议 ")
    assert (second, Objection.objects.count()) == (first, 1)
    assert Entry.objects.filter(what="objection.raised").count() == 1


def test_an_objection_has_words_and_so_has_its_answer(
    announced: ScoringRun, office: Actor, people: People
) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    with pytest.raises(Invalid):
        objections.raise_against(own(announced), by=by, at=NOW, text="  ")
    made = objections.raise_against(own(announced), by=by, at=NOW, text="第 9 条有异议")
    with pytest.raises(Invalid):
        objections.answer(made, by=office, at=NOW, version=1, text="")


def test_an_objection_is_answered_once_and_the_unit_is_told(
    announced: ScoringRun, office: Actor, people: People
) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    made = objections.raise_against(own(announced), by=by, at=NOW, text="第 9 条有异议")
    answered = objections.answer(made, by=office, at=NOW, version=1, text="经核对，维持")

    answered.refresh_from_db()
    assert (answered.answer, answered.answered_by, answered.answered_at, answered.version) == (
        "经核对，维持",
        office.name,
        NOW,
        2,
    )
    assert list(
        Notice.objects.filter(post=by.post, kind="news", key__contains="objection").values_list(
            "title", "text"
        )
    ) == [("你单位的异议已经答复", "经核对，维持")]
    with pytest.raises(WrongState, match="答复不能改写"):
        objections.answer(made, by=office, at=NOW, version=2, text="改为采纳")
    with pytest.raises(Conflict):
        objections.answer(made, by=office, at=NOW, version=1, text="改为采纳")
    answered.refresh_from_db()
    assert answered.answer == "经核对，维持"


def test_a_unit_does_not_answer_itself(announced: ScoringRun, people: People) -> None:
    by = people.actor(Role.UNIT_OFFICE, "u01")
    made = objections.raise_against(own(announced), by=by, at=NOW, text="第 9 条有异议")
    with pytest.raises(NotAllowed):
        objections.answer(made, by=by, at=NOW, version=1, text="采纳")
