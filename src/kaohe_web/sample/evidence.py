"""The evidence that the sample city's departments and units gave with what they filed."""

import datetime as dt

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import AssessedUnit, Duty
from kaohe_web.filing import evidence, papers
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.evidence_period import Period
from kaohe_web.filing.models import EvidenceUse, Paper, Submission
from kaohe_web.filing.stored_files import Kept, keep
from kaohe_web.people.actor import Actor
from kaohe_web.sample.materials import Material, scan_of, upload_of

WITH_EVIDENCE = ("G2.1", "M8.1", "M10", "M14", "M23")
"""The parts for which every unit gives files, as the rubric names them."""

MOST = 3
SHARED, SHARING = "M8.1", "M9"
"""The part whose policy paper is evidence for the other one too."""


def give(duty: Duty, clause: Clause, *, by: Actor, at: dt.datetime) -> None:
    """Upload what the part asks for."""
    cycle, part = duty.cycle, clause.part
    if part.id == SHARING:
        share(duty, by=by, at=at)
    titles = part.evidence[:MOST] if part.id in WITH_EVIDENCE else ()
    until = max(cycle.first_day, min(cycle.last_day, day_of(at)))
    for number, title in enumerate(titles, start=1):
        paper = material(duty.assessed, part.id, title, cycle.first_day.year, number)
        evidence.upload(
            duty.assessed,
            by=by,
            at=at,
            part=part.id,
            kept=keep(upload_of(paper), by=by, at=at),
            period=Period(cycle.first_day, until),
        )


def give_last_years(duty: Duty, part: str, title: str, *, by: Actor, at: dt.datetime) -> None:
    """Upload last year's file of a part again, with last year's period: the page says both."""
    first, last = duty.cycle.first_day, duty.cycle.last_day
    before = Period(first.replace(year=first.year - 1), last.replace(year=last.year - 1))
    paper = material(duty.assessed, part, title, first.year - 1, 1)
    evidence.upload(
        duty.assessed,
        by=by,
        at=at,
        part=duty.part,
        kept=keep(upload_of(paper), by=by, at=at),
        period=before,
    )


def share(duty: Duty, *, by: Actor, at: dt.datetime) -> None:
    """Use a file of another part, with the page to look at."""
    used = EvidenceUse.objects.filter(
        submission__assessed=duty.assessed, submission__part=SHARED, evidence__file__pages=MOST
    )
    for use in used[:1]:
        evidence.attach(
            use.evidence, by=by, at=at, part=duty.part, page=2, note="第二页：绩效评价办法"
        )


def replace_first(row: Submission, *, by: Actor, at: dt.datetime) -> None:
    """Put a better version in the place of a part's first file."""
    use = row.evidence_uses.select_related("evidence").order_by("pk")[0]
    better = Material("机构与人员文件（补充文号）", str(row.assessed.unit), at.year, 9, pages=2)
    evidence.replace(use.evidence, by=by, at=at, kept=keep(scan_of(better), by=by, at=at))


def hand_in_papers(assessed: AssessedUnit, *, by: Actor, at: dt.datetime) -> None:
    """The whole unit's scans with its seal."""
    for number, kind in enumerate((Paper.Kind.SELF_SCORE, Paper.Kind.SELF_REPORT), start=71):
        kept = scan(assessed, str(kind.label), number, by=by, at=at)
        papers.upload(assessed, by=by, at=at, kind=kind, kept=kept)


def scan(assessed: AssessedUnit, title: str, number: int, *, by: Actor, at: dt.datetime) -> Kept:
    """A scan that a unit's office sends, in the store."""
    number += 100 * assessed.unit.position
    paper = Material(title, str(assessed.unit), at.year, number, pages=2)
    return keep(scan_of(paper), by=by, at=at)


def material(assessed: AssessedUnit, part: str, title: str, year: int, number: int) -> Material:
    """A paper for a part, with a number that no other has; those of policies have several pages."""
    number += 100 * assessed.unit.position + 10 * WITH_EVIDENCE.index(part)
    return Material(title, str(assessed.unit), year, number, MOST if "文件" in title else 1)
