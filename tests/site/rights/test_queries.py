"""T22: numbers of others behind the question mark show nothing that is not there without them."""

import pytest
from django.http import HttpResponse

from kaohe_web.keeping import probing
from kaohe_web.people.models import Role
from rights.addresses import addresses
from rights.test_matrix import answer
from rights.things import OWN, STRANGER, Things, make_things
from world import World

BOUND = (Role.UNIT_OFFICE, Role.LIAISON, Role.PROVIDER, Role.ASSESSOR)
ASKED = {
    "unit": "assessed",
    "assessed": "assessed",
    "department": "department",
    "evidence": "evidence",
    "submission": "submission",
    "appeal": "appeal",
    "run": "run",
    "result": "result",
    "post": "post",
    "user": "user",
    "contact": "contact",
    "job": "job",
    "pk": "unit",
}
"""What might be asked for behind the question mark, and whose number is given."""

FILTERS = "state=&words=示例&kind=&label=&role=&who=示例&page=1&suggested=1&only=&show=reminders"


@pytest.fixture
def things(world: World, monkeypatch: pytest.MonkeyPatch) -> Things:
    """One of everything; nobody is held up who asks for what is refused."""
    monkeypatch.setattr(probing, "MOST", 10_000)
    return make_things(world)


def text_of(response: object) -> str:
    """What a page says; nothing for a file."""
    if not isinstance(response, HttpResponse) or not response["Content-Type"].startswith("text/"):
        return ""
    return response.content.decode()


@pytest.mark.parametrize("role", BOUND)
def test_T22_a_number_of_others_behind_the_question_mark_shows_nothing_more(
    role: Role, things: Things
) -> None:
    world, wrong = things.world, []
    stranger = str(world.units[1])
    numbers = "&".join(f"{name}={things.keys[kind, STRANGER]}" for name, kind in ASKED.items())
    client = world.client(role)
    for address in addresses():
        if "GET" not in address.methods or not address.right:
            continue
        path = things.path(address, OWN, role=role)
        plain = text_of(answer(client, address, path)).count(stranger)
        asked = text_of(answer(client, address, f"{path}?{numbers}&{FILTERS}")).count(stranger)
        if asked > plain:
            wrong.append(f"{address.name}: {asked} instead of {plain}")
    assert wrong == []
