"""Every action on results and what follows them, done once; each name is given right after it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from followup.following import (
    DAY,
    EVENT,
    RAISED,
    STANDS,
    People,
    make_people,
    make_year,
    result_of,
    unit_of,
)
from kaohe_web.cycles.models import Cycle
from kaohe_web.followup import appeals, rectifications, veto_cases
from kaohe_web.followup.models import VetoCase
from kaohe_web.results import exports, objections, runs
from kaohe_web.results.models import ScoringRun
from kaohe_web.results.observed import Basis
from world import NOW

WHY = "示例理由"
LATER = NOW + 20 * DAY
"""When the windows for objections and appeals are over."""


def results() -> Iterator[str]:
    """Runs, from the first to the bulletin; objections; what is handed out."""
    year = make_year()
    people = make_people(year)
    office, leader = people.actor("office"), people.actor("leader")
    yield from given_out(year, people)
    run = runs.run(year, by=office, at=NOW, after=0, reason=WHY)
    yield "results.run"
    run = runs.announce(run, by=office, at=NOW, version=1)
    yield "results.announced"
    yield from of_a_run(run, people)
    yield from objected(run, people)
    run.refresh_from_db()
    run = runs.approve(run, by=leader, at=LATER, version=run.version)
    yield "results.approved"
    runs.finalise(run, by=office, at=LATER, version=run.version)
    yield "results.finalised"


def given_out(year: Cycle, people: People) -> Iterator[str]:
    """What is handed out of a year as it stands."""
    by = people.actor("office")
    exports.data(year, by=by, at=NOW)
    yield "results.data_exported"
    exports.live_table(year, by=by, at=NOW, table="ranking", form="csv", basis=Basis.SUBMITTED)
    yield "results.standing_exported"


def of_a_run(run: ScoringRun, people: People) -> Iterator[str]:
    """What is handed out of a run, and done over again with it."""
    by = people.actor("office")
    exports.archive(run, by=by, at=NOW)
    yield "results.archive_exported"
    exports.run_table(run, by=by, at=NOW, table="ranking", form="xlsx")
    yield "results.table_exported"
    exports.score_sheet(result_of(run, "u01"), by=by, at=NOW, form="xlsx")
    yield "results.sheet_exported"
    assert runs.reproduce(run, by=by, at=NOW).identical
    yield "results.reproduced"


def objected(run: ScoringRun, people: People) -> Iterator[str]:
    """An objection and its answer."""
    own = people.actor("office u01")
    objection = objections.raise_against(result_of(run, "u01"), by=own, at=NOW, text=WHY)
    yield "objection.raised"
    objections.answer(objection, by=people.actor("office"), at=NOW, version=1, text=WHY)
    yield "objection.answered"


def followup() -> Iterator[str]:
    """Veto cases, appeals, rectifications."""
    year = make_year()
    people = make_people(year)
    yield from vetoes(year, people)
    run = runs.run(year, by=people.actor("office"), at=NOW, after=0, reason=WHY)
    yield "results.run"
    run = runs.announce(run, by=people.actor("office"), at=NOW, version=1)
    yield "results.announced"
    yield from appealed(run, people)
    yield from mended(run, people)


def vetoes(year: Cycle, people: People) -> Iterator[str]:
    """A case decided and lifted; another dismissed."""
    office, leader = people.actor("office"), people.actor("leader")
    for code in ("u02", "u04"):
        unit, on_day = unit_of(year, code), dt.date(2017, 3, 1)
        case = veto_cases.open_case(unit, by=office, at=NOW, veto="V1", event=EVENT, on_day=on_day)
        yield "veto.opened"
        yield from heard(case, people, code)
        version = VetoCase.objects.get(pk=case.pk).version
        if code == "u04":
            veto_cases.dismiss(case, by=leader, at=NOW, version=version, text=WHY)
            yield "veto.dismissed"
            continue
        said: dict[str, Any] = {"by": leader, "at": NOW, "text": WHY}
        veto_cases.decide(case, version=version, document="示决〔2017〕1 号", **said)
        yield "veto.decided"
        veto_cases.lift(case, version=version + 1, document="示解〔2017〕1 号", **said)
        yield "veto.lifted"


def heard(case: VetoCase, people: People, code: str) -> Iterator[str]:
    """What comes before a decision: determined, notified, answered."""
    office, tests = people.actor("office"), veto_cases.veto_of(case.cycle, "V1").test
    veto_cases.determine(
        case,
        by=office,
        at=NOW,
        version=1,
        authority="示例省市监局",
        document="示认〔2017〕1 号",
        answers=dict.fromkeys(tests, True),
        text=WHY,
    )
    yield "veto.determined"
    veto_cases.notify_unit(
        case,
        by=office,
        at=NOW,
        version=2,
        document="示告〔2017〕1 号",
        until=(NOW + 3 * DAY).date(),
        text=WHY,
    )
    yield "veto.notified"
    veto_cases.answer(case, by=people.actor(f"office {code}"), at=NOW, version=3, text=WHY)
    yield "veto.answered"


def appealed(run: ScoringRun, people: People) -> Iterator[str]:
    """One appeal upheld, one dismissed, one withdrawn."""
    office, due = people.actor("office"), (NOW + 3 * DAY).date()
    reviewer = people.post("reviewer")
    for code, part, correction in (("u03", "G4", RAISED), ("u06", "M9", STANDS)):
        own = people.actor(f"office {code}")
        appeal = appeals.lodge(result_of(run, code), by=own, at=NOW, part=part, grounds=WHY)
        yield "appeal.lodged"
        appeal = appeals.take(appeal, by=office, at=NOW, version=1, reviewer=reviewer, due_on=due)
        yield "appeal.taken"
        by = people.actor("reviewer")
        appeal = appeals.review(
            appeal, by=by, at=NOW, version=2, opinion=WHY, correction=correction
        )
        yield "appeal.reviewed"
        if correction is RAISED:
            appeals.uphold(
                appeal, by=office, at=NOW, version=3, decision=WHY, correction=correction
            )
            yield "appeal.upheld"
        else:
            appeals.dismiss(appeal, by=office, at=NOW, version=3, decision=WHY)
            yield "appeal.dismissed"
    own = people.actor("office u06")
    third = appeals.lodge(result_of(run, "u06"), by=own, at=NOW, part="M14", grounds=WHY)
    yield "appeal.lodged"
    appeals.withdraw(third, by=own, at=NOW, version=1)
    yield "appeal.withdrawn"


def mended(run: ScoringRun, people: People) -> Iterator[str]:
    """A rectification reported twice, and closed."""
    office, below = people.actor("office"), people.actor("liaison u06")
    due = (NOW + 30 * DAY).date()
    row = rectifications.order(
        result_of(run, "u06"), by=office, at=NOW, part="M9", demand=WHY, due_on=due
    )
    yield "rectification.ordered"
    row = rectifications.plan(row, by=below, at=NOW, version=1, text=WHY)
    yield "rectification.planned"
    row = rectifications.report(row, by=below, at=NOW, version=2, text=WHY)
    yield "rectification.reported"
    row = rectifications.send_back(row, by=office, at=NOW, version=3, reason=WHY, due_on=due)
    yield "rectification.returned"
    row = rectifications.report(row, by=below, at=NOW, version=4, text=WHY)
    yield "rectification.reported"
    rectifications.close(row, by=office, at=NOW, version=5, text=WHY)
    yield "rectification.closed"
