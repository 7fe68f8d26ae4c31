"""Recusal: one's own word or the office's; open marks go back, given ones stay and are shown."""

import json

import pytest
from django.urls import reverse

from kaohe_web.audit.models import Entry
from kaohe_web.errors import Invalid, NotAllowed, NotThere, WrongState
from kaohe_web.filing.queries import submissions
from kaohe_web.jobs.models import Notice
from kaohe_web.review import queries, recusals
from kaohe_web.review.models import Assignment, Recusal
from kaohe_web.review.standing import item
from review.judging import change, file, give_to, judged, mark
from world import NOW, World


def declare(world: World, unit: int = 0, who: str = "assessor") -> Recusal:
    """An assessor's own word."""
    return recusals.declare(
        world.assessed[unit], by=world.actor(who), at=NOW, reason="配偶在该单位（示例）"
    )


def impose(world: World, unit: int = 0, name: str = "assessor", who: str = "office") -> Recusal:
    """The office's word."""
    return recusals.impose(
        world.cycle,
        by=world.actor(who),
        at=NOW,
        assessor=world.posts[name],
        assessed=world.assessed[unit],
        reason="被举报有利害关系（示例）",
    )


def test_an_assessor_recuses_themselves_and_the_open_marks_go_back(world: World) -> None:
    give_to(world, "assessor", "M9")
    recusal = declare(world)
    assert (recusal.reason, recusal.by) == ("配偶在该单位（示例）", "评审员（示例）（评审员）")
    left = Assignment.objects.filter(assessor=world.posts["assessor"])
    assert {row.assessed_id for row in left} == {world.assessed[1].pk, world.assessed[2].pk}
    found = item(world.actor("office"), world.assessed[0], "M9")
    assert found is not None
    assert (found.lacking, found.state) == (1, "missing")
    entry = Entry.objects.get(what="recusal.declared")
    assert (entry.login, entry.reason, json.loads(entry.details)) == (
        "assessor",
        "配偶在该单位（示例）",
        {"assessor": "assessor", "back": "2"},
    )
    [notice] = Notice.objects.filter(post=world.posts["office"])
    assert (notice.title, notice.text, notice.kind) == (
        "评审员（示例）对城东区（示例）回避",
        "有 2 条评审任务待重新分派。",
        "todo",
    )


def test_given_marks_stay_and_are_shown_as_such(world: World) -> None:
    file(world, "M8.1")
    row = mark(world, give_to(world, "assessor", "M8.1"), "0.8")
    declare(world)
    assert judged(row) is not None
    found = item(world.actor("office"), world.assessed[0], "M8.1")
    assert found is not None
    assert [found.is_recused(each) for each in found.assignments] == [True]
    page = world.client("office").get(
        reverse(
            "review_part",
            kwargs={
                "cycle_id": world.cycle.pk,
                "assessed_id": world.assessed[0].pk,
                "part": "M8.1",
            },
        )
    )
    assert "后来已回避" in page.content.decode()


def test_the_unit_and_its_filing_are_gone_from_the_assessor(world: World) -> None:
    file(world, "M8.1")
    row = mark(world, give_to(world, "assessor", "M8.1"), "0.8")
    by = world.actor("assessor")
    assert submissions(by, world.cycle).count() == 1
    declare(world)
    assert submissions(by, world.cycle).count() == 0
    assert not queries.own_assignments(by, world.cycle).filter(assessed=world.assessed[0]).exists()
    with pytest.raises(NotThere):
        change(world, row, "1")
    where = {"cycle_id": world.cycle.pk, "assignment_id": row.pk}
    assert world.client("assessor").get(reverse("mark", kwargs=where)).status_code == 404


def test_the_office_recuses_an_assessor_before_anything_was_assigned(world: World) -> None:
    impose(world, name="third_assessor")
    assert queries.recusals(world.actor("third_assessor"), world.cycle).count() == 1
    entry = Entry.objects.get(what="recusal.imposed")
    assert json.loads(entry.details) == {"assessor": "third_assessor", "back": "0"}
    [notice] = Notice.objects.filter(post=world.posts["third_assessor"])
    assert notice.title == "考核办决定您对城东区（示例）回避"


def test_T55_a_recusal_stands_once(world: World) -> None:
    impose(world)
    with pytest.raises(WrongState, match="已经回避，不必重复"):
        impose(world)
    with pytest.raises(NotThere):
        declare(world)
    assert Recusal.objects.count() == 1


def test_nobody_recuses_themselves_from_a_unit_they_have_nothing_of(world: World) -> None:
    with pytest.raises(NotThere):
        declare(world, who="third_assessor")


@pytest.mark.parametrize("who", ["office", "leader", "unit_office"])
def test_T22_only_assessors_speak_for_themselves(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        declare(world, who=who)


@pytest.mark.parametrize("who", ["assessor", "leader", "liaison"])
def test_T22_only_the_office_recuses_another(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        impose(world, name="second_assessor", who=who)
    assert not Recusal.objects.exists()


def test_a_recusal_has_a_reason(world: World) -> None:
    with pytest.raises(Invalid, match="请写明理由"):
        recusals.declare(world.assessed[0], by=world.actor("assessor"), at=NOW, reason=" ")
    assert Assignment.objects.count() == 3
