"""A year given another edition: what is set up follows, what was filed and run stays."""

from typing import Any

import pytest

from cycles.told import entries, new_year, notices
from kaohe.reading.load import BUILT_IN
from kaohe.reading.reader import read_rubric
from kaohe.reading.writer import fingerprint, write_rubric
from kaohe_web.cycles import edition, readings
from kaohe_web.cycles.duties import divisions
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.errors import Conflict, Invalid, NotAllowed, WrongState
from kaohe_web.rubrics.difference import Difference, Impact
from kaohe_web.rubrics.models import RubricEdition
from world import NOW, World

TEXT = (BUILT_IN / "shuangtaizi-2017.yaml").read_text("utf-8")
M32 = "          - id: M32\n"


def revised(*changes: tuple[str, str]) -> RubricEdition:
    """The built-in rubric with places of its text replaced, adopted."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    rubric = read_rubric(text, "revised.yaml")
    return RubricEdition.objects.create(
        fingerprint=fingerprint(rubric),
        rubric=rubric.id,
        title=rubric.title,
        period=rubric.period.name,
        text=write_rubric(rubric),
        source="revised.yaml",
        adopted_at=NOW,
        adopted_by="示例考核办",
    )


def change(world: World, other: RubricEdition, **changed: Any) -> Difference:
    """Give the world's year another edition as the office."""
    meant: dict[str, Any] = {
        "by": world.actor("office"),
        "at": NOW,
        "version": 1,
        "reason": "细则修订",
    }
    return edition.change(world.cycle, edition=other, **(meant | changed))


NEW_PART = (
    M32,
    "          - id: M36\n            clauses: 36\n            title: 示例新条目\n"
    "            points: 1\n            lead: 经信局\n            rule: judged\n" + M32,
)


def test_words_alone_change_no_score(world: World) -> None:
    other = revised(("title: 水利建设质量情况", "title: 水利工程建设质量情况"))
    found = edition.difference(world.cycle, other)
    assert (found.impact, [part.part.id for part in found.parts]) == (Impact.WORDING, ["G5"])


def test_readings_settled_in_the_year_hold_in_the_new_edition(world: World) -> None:
    readings.settle(
        world.cycle,
        by=world.actor("office"),
        at=NOW,
        reading="G3-fifth",
        choice="more-than",
        why="示例",
        signer="示例",
    )
    other = revised(("chosen: at-least", "chosen: more-than"))
    assert edition.difference(world.cycle, other).parts == ()


def test_a_new_part_gets_its_duties_and_its_marking_plan(world: World) -> None:
    other = revised(NEW_PART)
    found = edition.difference(world.cycle, other)
    assert [part.part.id for part in found.of(Impact.REFILE)] == ["M36"]
    change(world, other)
    world.cycle.refresh_from_db()
    assert (world.cycle.edition, world.cycle.version) == (other, 2)
    economy = world.departments["u01", "经信局"].pk
    assert divisions(world.assessed[0])["M36"].lead == economy
    assert "M36" not in divisions(world.assessed[1])
    assert world.cycle.marking.filter(part="M36").count() == 1
    assert entries("cycle.edition_changed") == [
        (
            "office",
            "done",
            "细则修订",
            {
                "edition": [world.edition.fingerprint, other.fingerprint],
                "impact": "refile",
                "parts": {"M36": "refile"},
                "gone": {},
            },
        )
    ]
    assert {(kind, title) for _, kind, title in notices()} == {
        ("news", f"评分细则换了版次：{other}")
    }
    assert len(notices()) == 5


def test_what_has_no_place_in_the_new_edition_goes_and_the_trail_keeps_it(world: World) -> None:
    by = world.actor("office")
    for reading, choice in (("G5-conversion", "by-grade"), ("G3-fifth", "more-than")):
        readings.settle(
            world.cycle,
            by=by,
            at=NOW,
            reading=reading,
            choice=choice,
            why="示例",
            signer="示例",
        )
    world.cycle.exemptions.create(
        assessed=world.assessed[0], part="M32", reason="示例", by="示例", at=NOW
    )
    other = revised(
        (M32, "          - id: M40\n"),
        ("      by-grade:\n", "      by-letter:\n"),
    )
    change(world, other)
    assert list(world.cycle.readings.values_list("reading", flat=True)) == ["G3-fifth"]
    assert not world.cycle.duties.filter(part="M32").exists()
    assert not world.cycle.exemptions.exists()
    assert world.cycle.targets.count() == 3
    ((*_, details),) = entries("cycle.edition_changed")
    assert details["gone"]["readings"] == ["G5-conversion = by-grade"]
    assert details["gone"]["exemptions"] == ["城东区（示例） M32"]
    assert len(details["gone"]["duties"]) == 3
    assert details["parts"] == {"G5": "rescore", "M40": "refile", "M32": "rescore"}
    world.cycle.refresh_from_db()
    assert rubric_of(world.cycle).id == "shuangtaizi-2017"


def test_the_same_edition_is_no_change(world: World) -> None:
    with pytest.raises(WrongState, match="本考核年度用的就是这个版次"):
        change(world, world.edition)


def test_an_open_year_is_changed_with_a_reason_only(world: World) -> None:
    other = revised(("title: 水利建设质量情况", "title: 水利"))
    with pytest.raises(Invalid, match="改动须写明理由"):
        change(world, other, reason=" ")
    year = new_year(world)
    edition.change(year, by=world.actor("office"), at=NOW, version=1, edition=other, reason="")
    assert Cycle.objects.get(pk=year.pk).edition == other
    assert notices() == []


def test_T56_an_edition_is_changed_as_it_was_seen(world: World) -> None:
    other = revised(("title: 水利建设质量情况", "title: 水利"))
    with pytest.raises(Conflict):
        change(world, other, version=9)


@pytest.mark.parametrize("name", ["leader", "unit_office", "liaison"])
def test_only_the_office_changes_the_edition(world: World, name: str) -> None:
    other = revised(("title: 水利建设质量情况", "title: 水利"))
    with pytest.raises(NotAllowed):
        change(world, other, by=world.actor(name))
    world.cycle.refresh_from_db()
    assert world.cycle.edition == world.edition
