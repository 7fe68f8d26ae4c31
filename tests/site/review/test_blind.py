"""Blindness: nothing on any page tells an assessor another's mark before their own is given."""

from decimal import Decimal

import pytest
from django.urls import reverse

from kaohe_web.errors import NotThere
from kaohe_web.review import queries
from kaohe_web.review.disagreements import call_third
from review.judging import mark, pair
from world import NOW, World

SECRET = "只有第一位评审员知道的理由"


def seen_by(world: World, name: str) -> str:
    """Everything that an assessor can open in this room and on the page of the part."""
    client = world.client(name)
    here = {"cycle_id": world.cycle.pk}
    own = queries.own_assignments(world.actor(name), world.cycle)
    addresses = [
        reverse("queue", kwargs=here) + "?state=",
        *(reverse("mark", kwargs={**here, "assignment_id": row.pk}) for row in own),
        reverse("visits", kwargs=here),
        reverse("draws", kwargs=here),
        reverse("home"),
        reverse("notices"),
        *(
            reverse("clause", kwargs={**here, "assessed_id": row.assessed_id, "part": row.part})
            for row in own
            if row.part == "M10"
        ),
    ]
    pages = [client.get(address) for address in addresses]
    assert {page.status_code for page in pages} == {200}
    return "\n".join(page.content.decode() for page in pages)


def test_the_second_assessor_sees_nothing_of_the_first_mark(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "1.7301", SECRET)
    seen = seen_by(world, "second_assessor")
    assert "M10" in seen
    assert SECRET not in seen
    assert "1.7301" not in seen
    assert queries.other_marks(world.actor("second_assessor"), second) == []


def test_the_first_assessor_sees_the_second_mark_only_once_it_is_given(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "1.7", "我的理由")
    assert queries.other_marks(world.actor("assessor"), first) == []
    mark(world, second, "1.7301", SECRET)
    assert [row.pk for row in queries.other_marks(world.actor("assessor"), first)] == [second.pk]
    assert SECRET in seen_by(world, "assessor")


def test_names_stay_hidden_even_then(world: World) -> None:
    world.posts["second_assessor"].user.name = "第二位（示例）"
    world.posts["second_assessor"].user.save()
    first, second = pair(world)
    mark(world, first, "1.7")
    mark(world, second, "1.8")
    assert "第二位（示例）" not in seen_by(world, "assessor")


def test_the_third_assessor_does_not_see_the_two(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "3", SECRET)
    mark(world, second, "0.1234", SECRET)
    third = call_third(
        world.assessed[0],
        by=world.actor("office"),
        at=NOW,
        part="M10",
        assessor=world.posts["third_assessor"],
    )
    seen = seen_by(world, "third_assessor")
    assert "M10" in seen
    assert SECRET not in seen
    assert "0.1234" not in seen
    assert queries.other_marks(world.actor("third_assessor"), third) == []
    mark(world, third, "2.9")
    revealed = queries.other_marks(world.actor("third_assessor"), third)
    assert [row.score for row in revealed] == [Decimal(3), Decimal("0.1234")]


def test_one_who_marks_nothing_of_the_part_sees_no_mark_of_it(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "1.7", SECRET)
    mark(world, second, "1.8", SECRET)
    assert queries.other_marks(world.actor("third_assessor"), first) == []
    client = world.client("third_assessor")
    where = {"cycle_id": world.cycle.pk, "assignment_id": first.pk}
    assert client.get(reverse("mark", kwargs=where)).status_code == 404


@pytest.mark.parametrize("name", ["review_board", "assignments", "disagreements", "recusals"])
def test_assessors_do_not_open_the_pages_of_the_office(world: World, name: str) -> None:
    pair(world)
    client = world.client("assessor")
    assert client.get(reverse(name, kwargs={"cycle_id": world.cycle.pk})).status_code == 403


def test_an_assessor_cannot_read_anothers_assignment_by_its_id(world: World) -> None:
    first, second = pair(world)
    mark(world, first, "1.7", SECRET)
    rows = queries.own_assignments(world.actor("second_assessor"), world.cycle)
    assert list(rows) == [second]
    with pytest.raises(NotThere):
        mark(world, first, "1", name="second_assessor", version=2)
