"""What tests of the site share."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker

from trail_off import turn
from world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """A small running year."""
    del db
    return make_world()


@pytest.fixture
def trail_goes_too(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Puts the triggers of the trail back once the tables are empty again."""
    del django_db_setup
    yield
    with django_db_blocker.unblock():
        turn("on")


@pytest.fixture
def committed(trail_goes_too: None, transactional_db: None) -> Iterator[None]:
    """A database in which every transaction is committed, the trail's entries too."""
    del trail_goes_too, transactional_db
    yield
    turn("off")


@pytest.fixture
def committed_world(committed: None) -> World:
    """A small running year in which every transaction is committed."""
    del committed
    return make_world()


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test begins in Chinese, whatever language the last one's pages were asked in."""
    with translation.override("zh-hans"):
        yield
