"""Adopting an edition: kept in canonical text, once, each error that is let stand explained."""

from functools import partial

import pytest

from at_once import at_once
from cycles.told import entries, refused
from kaohe.lint.run import lint
from kaohe.nodes import Mistaken
from kaohe.reading.reader import read_rubric
from kaohe.reading.writer import fingerprint, write_rubric
from kaohe_web.errors import Invalid, NotAllowed, WrongState
from kaohe_web.rubrics import editions
from kaohe_web.rubrics.models import AcceptedFinding, RubricEdition
from kaohe_web.rubrics.queries import editions as seen
from kaohe_web.rubrics.queries import rubric_of
from rubrics.texts import TEXT, small
from world import NOW, World

WITH_ERRORS = TEXT.replace('award: {"[80, ∞)": 3, "(-∞, 80)": 0}', 'award: {"[80, ∞)": 3}')
"""Nothing is said below 80, and no reading settles it."""


def test_an_edition_keeps_the_canonical_text_and_its_fingerprint(world: World) -> None:
    edition = editions.adopt(
        None, by=world.actor("office"), at=NOW, text=TEXT, source="small.yaml", note="示政发 1 号"
    )
    edition.refresh_from_db()
    assert (edition.rubric, edition.title, edition.period) == (
        "small-example",
        "示例小细则",
        "2017",
    )
    assert edition.text == write_rubric(small())
    assert edition.fingerprint == fingerprint(small())
    assert rubric_of(edition) == small()
    assert (edition.adopted_at, edition.adopted_by, edition.note) == (
        NOW,
        "考核办（示例）",
        "示政发 1 号",
    )
    assert entries("rubric.adopted") == [
        (
            "office",
            "done",
            "示政发 1 号",
            {"fingerprint": edition.fingerprint, "source": "small.yaml", "accepted": []},
        )
    ]


def test_the_same_rubric_is_refused_kindly_however_it_is_written(world: World) -> None:
    by = world.actor("office")
    editions.adopt(None, by=by, at=NOW, text=TEXT, source="small.yaml")
    again = "# 换了注释和空行\n\n" + TEXT
    with pytest.raises(WrongState) as caught:
        editions.adopt(None, by=by, at=NOW, text=again, source="other.yaml")
    assert caught.value.sentence == (
        f"这份细则与 2017-10-20 采用的“示例小细则（{fingerprint(small())[7:15]}）”内容完全相同，"
        "不必再采用一次；请直接使用已有的版次"
    )
    assert RubricEdition.objects.filter(rubric="small-example").count() == 1
    assert refused("rubric.adopted") == [("office", caught.value.sentence)]


def test_an_error_that_no_reading_settles_needs_a_reason(world: World) -> None:
    by = world.actor("office")
    with pytest.raises(Invalid) as caught:
        editions.adopt(None, by=by, at=NOW, text=WITH_ERRORS, source="x.yaml")
    left = [found for found in lint(read_rubric(WITH_ERRORS, "x.yaml")) if found.stops]
    assert len(caught.value.problems) == len(left) > 0
    assert caught.value.problems[0].startswith("A3（K203）：")
    assert not RubricEdition.objects.filter(rubric="small-example").exists()

    reasons = {found.key: "原文如此，低于 80% 的由评审员给分" for found in left}
    edition = editions.adopt(
        None, by=by, at=NOW, text=WITH_ERRORS, source="x.yaml", reasons=reasons
    )
    assert list(edition.accepted.values_list("code", "place", "reason")) == [
        ("K203", "A3", "原文如此，低于 80% 的由评审员给分")
    ]


def test_a_blank_reason_is_none(world: World) -> None:
    left = [found for found in lint(read_rubric(WITH_ERRORS, "x.yaml")) if found.stops]
    with pytest.raises(Invalid):
        editions.adopt(
            None,
            by=world.actor("office"),
            at=NOW,
            text=WITH_ERRORS,
            source="x.yaml",
            reasons={found.key: "  " for found in left},
        )
    assert not AcceptedFinding.objects.exists()


def test_what_the_lists_cannot_hold_is_told(world: World) -> None:
    text = TEXT.replace("title: 示例小细则", "title: " + "长" * 201)
    with pytest.raises(Invalid) as caught:
        editions.adopt(None, by=world.actor("office"), at=NOW, text=text, source="x.yaml")
    assert caught.value.problems == ("名称有 201 个字，最多 200 个；请写短一些",)


def test_a_text_with_mistakes_is_not_adopted(world: World) -> None:
    with pytest.raises(Mistaken, match="文件是空的"):
        editions.adopt(None, by=world.actor("office"), at=NOW, text="", source="x.yaml")


@pytest.mark.parametrize(
    "name",
    ["leader", "unit_office", "liaison", "provider", "assessor", "system_officer", "audit_officer"],
)
def test_only_the_office_adopts(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        editions.adopt(None, by=world.actor(name), at=NOW, text=TEXT, source="x.yaml")
    assert not RubricEdition.objects.filter(rubric="small-example").exists()


def test_handing_out_an_edition_is_recorded(world: World) -> None:
    text = editions.download(world.edition, by=world.actor("liaison"), at=NOW)
    assert text == world.edition.text
    assert entries("rubric.downloaded") == [
        ("liaison", "done", "", {"fingerprint": world.edition.fingerprint})
    ]


def test_officers_see_no_edition(world: World) -> None:
    counts = {name: seen(world.actor(name)).count() for name in world.posts}
    officers = {"system_officer", "security_officer", "audit_officer"}
    assert {name for name, count in counts.items() if count == 0} == officers


def test_T55_two_people_adopting_at_once_get_one_edition(committed_world: World) -> None:
    by = committed_world.actor("office")
    adopting = partial(editions.adopt, None, by=by, at=NOW, text=TEXT, source="x.yaml")
    assert at_once(adopting, adopting) == ["WrongState", "done"]
    assert RubricEdition.objects.filter(rubric="small-example").count() == 1
