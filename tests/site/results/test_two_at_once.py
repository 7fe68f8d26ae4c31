"""Two people doing one thing at the same moment: one of them does it, the other is told (T56)."""

import threading
from collections.abc import Callable

from django.db import connections

from kaohe_web.audit.chain import in_order, verify
from kaohe_web.audit.models import Entry
from kaohe_web.errors import Conflict, Refused
from kaohe_web.people.models import Role
from kaohe_web.results import runs
from kaohe_web.results.models import ScoringRun
from results.conftest import People
from results.loading import load_cohort, sample_city
from world import NOW


def at_once(what: Callable[[], object]) -> list[str]:
    """What comes of doing something twice at the same moment: the names of the refusals."""
    told: list[str] = []
    ready = threading.Barrier(2)

    def one() -> None:
        ready.wait()
        try:
            what()
            told.append("done")
        except Refused as refusal:
            told.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_T56_of_two_parallel_runs_and_publishers_one_wins(committed: None) -> None:
    del committed
    city, by = load_cohort(sample_city()), People().actor(Role.OFFICE)
    assert by.role == Role.OFFICE
    wins = sorted(["done", Conflict.__name__])

    assert at_once(lambda: runs.run(city, by=by, at=NOW, after=0, reason="示例")) == wins
    run = ScoringRun.objects.get()
    assert at_once(lambda: runs.announce(run, by=by, at=NOW, version=1)) == wins

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
