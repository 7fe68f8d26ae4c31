"""Who said what behind a score: who entered each value, judged each part, filed which evidence."""

from collections import defaultdict

from kaohe.quantity import write_number
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.models import Evidence, EvidenceUse, ReportedValue, Submission
from kaohe_web.results.scoring import Plain
from kaohe_web.review.models import Judgement

Sources = dict[str, Plain]
"""By unit: ``entered`` by indicator; ``judged``, ``filed`` and ``evidence`` by part."""


def sources_of(cycle: Cycle) -> Sources:
    """The sources of every unit of a year as they stand, to be frozen with its scores."""
    found: Sources = defaultdict(
        lambda: {"entered": {}, "judged": {}, "filed": {}, "evidence": defaultdict(list)}
    )
    units = dict(cycle.units.values_list("pk", "unit__code"))
    for value in ReportedValue.objects.filter(cycle=cycle):
        found[units[value.assessed_id]]["entered"][value.indicator] = entered(value)
    for judgement in Judgement.objects.filter(cycle=cycle):
        found[units[judgement.assessed_id]]["judged"][judgement.part] = judged(judgement)
    for submission in Submission.objects.filter(cycle=cycle).select_related("department"):
        found[units[submission.assessed_id]]["filed"][submission.part] = filed(submission)
    for use in uses(cycle):
        of = found[units[use.submission.assessed_id]]["evidence"]
        of[use.submission.part].append(shown(use))
    return found


def uses(cycle: Cycle) -> list[EvidenceUse]:
    """The evidence in force, part by part: what was withdrawn is not, nor what a part left.

    A part that was closed keeps the version that it was submitted with.
    """
    return list(
        EvidenceUse.objects.filter(
            submission__cycle=cycle,
            evidence__withdrawn_at=None,
        ).select_related("evidence", "submission")
    )


def entered(value: ReportedValue) -> Plain:
    """Where a value comes from."""
    at = value.entered_at.astimezone(BEIJING).isoformat() if value.entered_at else ""
    return {
        "by": value.entered_by,
        "at": at,
        "source": value.source,
        "note": value.note,
        "state": value.state,
    }


def judged(judgement: Judgement) -> Plain:
    """How points came about."""
    return {
        "by": judgement.by,
        "at": judgement.at.astimezone(BEIJING).isoformat(),
        "how": judgement.how,
        "reason": judgement.reason,
    }


def filed(submission: Submission) -> Plain:
    """What the department said itself."""
    own = submission.self_score
    return {
        "department": submission.department.name,
        "self_score": None if own is None else write_number(own),
        "lost_reason": submission.lost_reason,
    }


def shown(use: EvidenceUse) -> Plain:
    """One file, and the page to look at; what is sensitive is not named in any result."""
    sensitive = use.evidence.label == Evidence.Label.SENSITIVE
    return {
        "id": use.evidence_id,
        "name": "" if sensitive else use.evidence.name,
        "page": use.page,
        "sha256": use.evidence.file_id,
    }
