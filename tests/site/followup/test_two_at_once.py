"""Two people deciding one thing at the same moment: one of them does it, the other is told."""

from at_once import at_once
from followup.following import (
    RAISED,
    People,
    announce,
    appeal_at,
    case_at,
    make_people,
    make_year,
    result_of,
)
from kaohe_web.audit.chain import in_order, verify
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import ReportedValue
from kaohe_web.followup import appeals, veto_cases
from kaohe_web.followup.models import Appeal
from kaohe_web.results.models import DecidedVeto
from world import NOW


def begun() -> tuple[Cycle, People]:
    """A year with its people."""
    year = make_year()
    return year, make_people(year)


def test_T56_of_two_who_decide_a_case_one_wins(committed: None) -> None:
    del committed
    year, people = begun()
    case, leader = case_at(year, people, "answered"), people.actor("leader")
    found = at_once(
        lambda: veto_cases.decide(case, by=leader, at=NOW, version=4, document="x", text="x"),
        lambda: veto_cases.dismiss(case, by=leader, at=NOW, version=4, text="x"),
    )
    assert found == ["Conflict", "done"]
    case.refresh_from_db()
    acts = DecidedVeto.objects.filter(case_id=case.pk).exists()
    assert (case.version, case.steps.count(), acts) == (5, 5, case.state == "decided")
    assert verify(in_order()).broken is None


def test_T56_of_two_who_decide_an_appeal_one_wins(committed: None) -> None:
    del committed
    year, people = begun()
    appeal, office = appeal_at(announce(year, people), people, "reviewed"), people.actor("office")
    found = at_once(
        lambda: appeals.uphold(
            appeal, by=office, at=NOW, version=3, decision="x", correction=RAISED
        ),
        lambda: appeals.dismiss(appeal, by=office, at=NOW, version=3, decision="x"),
    )
    assert found == ["Conflict", "done"]
    appeal.refresh_from_db()
    value = ReportedValue.objects.get(assessed=appeal.assessed, indicator=RAISED.indicator)
    assert (appeal.version, str(value.value)) == (
        4,
        "1.24" if appeal.state == "upheld" else "0.74",
    )


def test_T55_an_appeal_sent_twice_at_once_is_one(committed: None) -> None:
    del committed
    year, people = begun()
    run, unit = announce(year, people), people.actor("office u03")

    def lodge() -> Appeal:
        return appeals.lodge(result_of(run, "u03"), by=unit, at=NOW, part="G4", grounds="示例")

    assert at_once(lodge, lodge) == ["done", "done"]
    assert Appeal.objects.count() == 1
