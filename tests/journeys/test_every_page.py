"""Every kind of page of every role: accessible, within its window, nothing wrong in the browser."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from counts import count
from journeys.browsing import Window, enter
from journeys.crawling import Walk, faults, shape_of, wider
from kaohe_web.people.models import Role
from kaohe_web.review.drawing import drawn
from kaohe_web.review.models import Draw
from rights.things import make_things
from world import NOW, World, make_world

LEAST = {Role.SECURITY_OFFICER: 5, Role.SYSTEM_OFFICER: 5, Role.AUDIT_OFFICER: 5}
"""How many kinds of pages there are at least, where there are few."""

SEEING_MOST = [Role.OFFICE, Role.LEADER, Role.ASSESSOR, Role.LIAISON]
"""Those who see most kinds of pages between them."""

TOGETHER = count(full=[[role] for role in Role], reduced=[SEEING_MOST[::2], SEEING_MOST[1::2]])
"""Those who share what was examined: with full counts each role's every page is, for itself."""

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


@pytest.mark.parametrize("roles", TOGETHER, ids="-".join)
def test_every_page_is_accessible_and_fits_its_window(
    roles: list[Role], world: World, window: Callable[..., Window]
) -> None:
    examined: set[str] = set()
    for role in roles:
        opened = window()
        enter(opened, world.posts[str(role)])
        walk, wrong = Walk(opened), []
        for path in walk.pages():
            wrong += [f"{path} is wider than 1366"] * wider(opened)
            if shape_of(path) not in examined:
                wrong += [f"{path} {fault}" for fault in faults(opened)]
                examined.add(shape_of(path))
        assert wrong + walk.dead == [], role
        assert len(walk.shapes) >= LEAST.get(role, 10)


@pytest.mark.parametrize("role", sorted(ON_TELEPHONES))
def test_reviewing_and_approving_fit_a_telephone(
    role: Role, world: World, window: Callable[..., Window]
) -> None:
    opened = window(390, 844)
    enter(opened, world.posts[str(role)])
    wrong = [path for path in Walk(opened).pages() if wider(opened)]
    assert wrong == []
