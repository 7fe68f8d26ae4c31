"""Every kind of page of every role: accessible, within its window, nothing wrong in the browser."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from journeys.browsing import Window, enter
from journeys.crawling import Walk, faults, wider
from kaohe_web.people.models import Role
from kaohe_web.review.drawing import drawn
from kaohe_web.review.models import Draw
from rights.things import make_things
from world import NOW, World, make_world

LEAST = {Role.SECURITY_OFFICER: 5, Role.SYSTEM_OFFICER: 5, Role.AUDIT_OFFICER: 5}
"""How many kinds of pages there are at least, where there are few."""

ON_TELEPHONES = {Role.ASSESSOR, Role.LEADER}


@pytest.fixture
def world(site: str) -> Iterator[World]:
    """A year in which everything has happened to everybody."""
    del site
    with time_machine.travel(NOW, tick=True):
        made = make_world()
        make_things(made)
        names = [str(unit) for unit in made.units]
        Draw.objects.update(candidates="\n".join(names), drawn=drawn(names, "示例", 1)[0])
        yield made


@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_accessible_and_fits_its_window(
    role: Role, world: World, window: Callable[..., Window]
) -> None:
    opened = window()
    enter(opened, world.posts[str(role)])
    walk, wrong = Walk(opened), []
    for path in walk.pages():
        wrong += [f"{path} {fault}" for fault in faults(opened)]
        wrong += [f"{path} is wider than 1366"] * wider(opened)
    assert wrong + walk.dead == []
    assert len(walk.shapes) >= LEAST.get(role, 10)


@pytest.mark.parametrize("role", sorted(ON_TELEPHONES))
def test_reviewing_and_approving_fit_a_telephone(
    role: Role, world: World, window: Callable[..., Window]
) -> None:
    opened = window(390, 844)
    enter(opened, world.posts[str(role)])
    wrong = [path for path in Walk(opened).pages() if wider(opened)]
    assert wrong == []
