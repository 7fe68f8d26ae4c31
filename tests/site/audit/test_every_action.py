"""T44: every action, done once and refused once, leaves one entry each, with how it went."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import get_resolver

from audit.done_elsewhere import desk, jobs, keeping, rubrics
from audit.done_in_cycles import cycles
from audit.done_in_filing import filing
from audit.done_in_people import people
from audit.done_in_results import followup, results
from audit.done_in_review import review
from kaohe_web.audit.models import Entry
from kaohe_web.errors import NotAllowed
from kaohe_web.people.acting import ACTIONS
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from world import NOW, person

ROOMS: dict[str, Callable[[], Iterator[str]]] = {
    "people": people,
    "cycles": cycles,
    "filing": filing,
    "review": review,
    "results": results,
    "followup": followup,
    "rubrics": rubrics,
    "jobs": jobs,
    "keeping": keeping,
    "desk": desk,
}
"""What does every action of a room once, and gives its name right after it."""


WITHIN = {"workbook.imported": ["submission.saved"]}
"""Actions that consist of others: each of these leaves its own entry before."""

get_resolver().url_patterns  # noqa: B018 -- asking for the addresses loads every room


def room_of(name: str) -> str:
    """The room that an action stands in."""
    return ACTIONS[name].__module__.split(".")[1]


def of_room(room: str) -> list[str]:
    """The actions of a room."""
    return sorted(name for name in ACTIONS if room_of(name) == room)


def length() -> int:
    """How long the trail is."""
    return Entry.objects.count()


def test_every_room_with_actions_is_driven() -> None:
    assert {room_of(name) for name in ACTIONS} == ROOMS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("room", ROOMS)
def test_T44_every_action_that_is_done_leaves_one_entry(room: str) -> None:
    before, done = length(), set()
    for name in ROOMS[room]():
        found = Entry.objects.filter(seq__gt=before).values_list("what", "outcome")
        assert list(found) == [(each, "done") for each in (*WITHIN.get(name, ()), name)]
        before = length()
        done.add(name)
    assert set(of_room(room)) - done == set()


@pytest.mark.django_db
@pytest.mark.parametrize("room", ROOMS)
def test_T44_every_action_that_is_refused_leaves_one_entry(room: str) -> None:
    postless = Actor(person("postless", Role.LEADER).user, None)
    for name in of_room(room):
        before = length()
        with pytest.raises(NotAllowed):
            ACTIONS[name](None, by=postless, at=NOW)
        found = Entry.objects.filter(seq__gt=before).values_list("what", "outcome", "login")
        assert list(found) == [(name, "refused", "postless")]
