"""T42: nothing that somebody signed in is shown or given stays with the browser."""

import pytest

from counts import count
from kaohe_web.keeping import probing
from kaohe_web.people.models import Role
from rights.addresses import addresses
from rights.test_matrix import answer
from rights.things import OWN, make_things
from world import World

ROLES = count(full=list(Role), reduced=[Role.OFFICE, Role.LIAISON, Role.ASSESSOR])


@pytest.mark.parametrize("role", ROLES)
def test_T42_no_answer_to_somebody_signed_in_is_kept_by_the_browser(
    role: Role, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "MOST", 10_000)
    things, client, wrong = make_things(world), world.client(role), []
    for address in addresses():
        if not address.right:
            continue
        response = answer(client, address, things.path(address, OWN, role=role))
        said = response.headers.get("Cache-Control", "")
        if "no-store" not in said:
            wrong.append(f"{address.name}: {said}")
    assert wrong == []
