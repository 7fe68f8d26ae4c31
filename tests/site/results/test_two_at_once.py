"""Two people doing one thing at the same moment: one of them does it, the other is told (T56)."""

from functools import partial

from at_once import at_once
from kaohe_web.audit.chain import in_order, verify
from kaohe_web.audit.models import Entry
from kaohe_web.errors import Conflict
from kaohe_web.people.models import Role
from kaohe_web.results import runs
from kaohe_web.results.models import ScoringRun
from results.conftest import People
from results.loading import load_cohort, sample_city
from world import NOW


def test_T56_of_two_parallel_runs_and_publishers_one_wins(committed: None) -> None:
    del committed
    city, by = load_cohort(sample_city()), People().actor(Role.OFFICE)
    assert by.role == Role.OFFICE
    wins = sorted(["done", Conflict.__name__])

    scoring = partial(runs.run, city, by=by, at=NOW, after=0, reason="示例")
    assert at_once(scoring, scoring) == wins
    run = ScoringRun.objects.get()
    announcing = partial(runs.announce, run, by=by, at=NOW, version=1)
    assert at_once(announcing, announcing) == wins

    run.refresh_from_db()
    assert (run.state, run.version) == ("announced", 2)
    entries = Entry.objects.order_by("seq")
    assert sorted(entries.values_list("what", "outcome")) == [
        ("results.announced", "done"),
        ("results.announced", "refused"),
        ("results.run", "done"),
        ("results.run", "refused"),
    ]
    assert verify(in_order()).broken is None
