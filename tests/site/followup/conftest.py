"""What tests of the follow-up share: a sample city whose result was announced, and its people."""

import pytest

from followup.following import People, announce, make_people, make_year
from kaohe_web.cycles.models import Cycle
from kaohe_web.results.models import ScoringRun


@pytest.fixture
def year(db: None) -> Cycle:
    """The sample city in a running year, everything submitted and judged; appeals are open."""
    del db
    return make_year()


@pytest.fixture
def people(year: Cycle) -> People:
    """The people of the year."""
    return make_people(year)


@pytest.fixture
def run(year: Cycle, people: People) -> ScoringRun:
    """Its first run, announced."""
    return announce(year, people)
