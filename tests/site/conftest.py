"""What tests of the site share."""

import pytest

from world import NOW, World, make_world


@pytest.fixture
def world(db: None) -> World:
    """A small running year."""
    del db
    return make_world()


@pytest.fixture
def now() -> object:
    """The instant at which the tests act."""
    return NOW
