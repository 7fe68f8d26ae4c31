"""T57: days are Beijing's, whatever zone the server is in; 29 February is one of them."""

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from kaohe_web.audit import trail
from kaohe_web.audit.chain import in_order, verify
from kaohe_web.audit.models import Entry
from kaohe_web.clock import BEIJING, day_of, ends, starts
from kaohe_web.cycles.calendar import require_open
from kaohe_web.cycles.models import Stage, StageKind
from kaohe_web.errors import WrongState
from kaohe_web.pages.cycles.cycles import a_year_later
from kaohe_web.people.actor import Nobody
from world import NOW, World

SECOND = dt.timedelta(seconds=1)
LEAP = dt.date(2028, 2, 29)
ZONES = ("Asia/Shanghai", "UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu")


@pytest.fixture(params=ZONES)
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that stands in another zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("server_zone")
def test_T57_a_deadline_is_the_same_instant_in_whatever_zone_the_server_is(world: World) -> None:
    stage = Stage.objects.filter(cycle=world.cycle, kind=StageKind.FILING)
    stage.update(first_day=dt.date(2017, 11, 1), last_day=dt.date(2017, 11, 30))
    last = dt.datetime(2017, 11, 30, 15, 59, 59, tzinfo=dt.UTC)
    for at in (last, last.astimezone(), last.astimezone(BEIJING)):
        require_open(world.cycle, StageKind.FILING, at=at)
        assert day_of(at) == dt.date(2017, 11, 30)
        with pytest.raises(WrongState):
            require_open(world.cycle, StageKind.FILING, at=at + SECOND)


def test_T57_a_stage_may_end_on_29_february(world: World) -> None:
    stage = Stage.objects.filter(cycle=world.cycle, kind=StageKind.FILING)
    stage.update(first_day=LEAP, last_day=LEAP)
    require_open(world.cycle, StageKind.FILING, at=starts(LEAP))
    require_open(world.cycle, StageKind.FILING, at=ends(LEAP) - SECOND)
    assert ends(LEAP) == dt.datetime(2028, 3, 1, tzinfo=BEIJING)
    with pytest.raises(WrongState, match="2028-02-29 24 时截止"):
        require_open(world.cycle, StageKind.FILING, at=ends(LEAP))


def test_T57_a_year_after_29_february_is_a_day_that_there_is() -> None:
    assert [a_year_later(LEAP), a_year_later(dt.date(2027, 2, 28))] == [
        dt.date(2029, 2, 28),
        dt.date(2028, 2, 28),
    ]


@pytest.mark.django_db
def test_T57_a_clock_that_jumps_changes_no_order_of_the_trail() -> None:
    instants = [NOW, NOW - dt.timedelta(hours=2), NOW + dt.timedelta(days=365), NOW]
    for number, at in enumerate(instants, 1):
        trail.record("urge.sent", trail.What("thing", str(number)), by=Nobody(), at=at)
    assert list(Entry.objects.values_list("object_id", "at")) == [
        (str(number), at) for number, at in enumerate(instants, 1)
    ]
    assert verify(in_order()).broken is None
