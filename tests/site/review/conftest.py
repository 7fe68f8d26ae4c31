"""What tests of judging share."""

import datetime as dt

import pytest

from kaohe_web.cycles.models import Stage, StageKind
from world import World


@pytest.fixture
def closed(world: World) -> World:
    """The year after judging: its last day was the day before."""
    Stage.objects.filter(cycle=world.cycle, kind=StageKind.REVIEW).update(
        last_day=dt.date(2017, 10, 19)
    )
    return world
