"""What tests of people share."""

import pytest

from people.door import Door
from world import World


@pytest.fixture
def door(world: World) -> Door:
    """The door of the site."""
    return Door(world)
