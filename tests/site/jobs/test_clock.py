"""T57: a clock that is put back asks for no day's work twice, and leaves none out."""

import datetime as dt
from collections import Counter

import pytest

from kaohe_web.clock import BEIJING
from kaohe_web.jobs import recurring, registry
from kaohe_web.jobs.models import Job

pytestmark = pytest.mark.django_db

MIDNIGHT = dt.datetime(2017, 10, 21, 0, 30, tzinfo=BEIJING)
HOURS, YEAR = dt.timedelta(hours=2), dt.timedelta(days=365)


def planned(*instants: dt.datetime) -> dict[str, int]:
    """How often each day's tidying is asked for, by a new worker at each instant."""
    registry.load()
    for at in instants:
        recurring.plan(at, set())
    keys = Job.objects.filter(kind="tidy").values_list("key", flat=True)
    return dict(Counter(key.removeprefix("tidy:") for key in keys))


@pytest.mark.parametrize("back", [HOURS, dt.timedelta(minutes=31)])
def test_T57_a_clock_put_back_over_midnight_asks_for_no_day_twice(back: dt.timedelta) -> None:
    day_before, next_day = MIDNIGHT - HOURS, MIDNIGHT + 4 * HOURS
    found = planned(day_before, MIDNIGHT, MIDNIGHT - back, MIDNIGHT, next_day, next_day - HOURS)
    assert found == {"2017-10-20": 1, "2017-10-21": 1}


def test_T57_a_clock_a_year_ahead_and_back_again_leaves_no_day_out() -> None:
    noon = MIDNIGHT + 6 * HOURS
    found = planned(noon, noon + YEAR, noon, noon + dt.timedelta(days=1))
    assert found == {"2017-10-21": 1, "2018-10-21": 1, "2017-10-22": 1}
