"""Papers for the seal (盖章件) and self-assessment reports: scans, never overwritten."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import starts
from kaohe_web.cycles.calendar import Window, require_running
from kaohe_web.cycles.models import AssessedUnit, StageKind
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import WrongState
from kaohe_web.filing.models import Paper
from kaohe_web.filing.stored_files import Kept
from kaohe_web.filing.windows import Windows
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor

Kind = Paper.Kind

STAGES = {
    Kind.TARGETS: (StageKind.TARGETS, StageKind.FILING),
    Kind.SELF_SCORE: (StageKind.FILING, StageKind.REVIEW),
    Kind.SELF_REPORT: (StageKind.FILING, StageKind.REVIEW),
}
"""From the first day of which stage to the last of which a paper is taken: seals take a while."""


@action("paper.uploaded", right="papers.print")
def upload(
    assessed: AssessedUnit, /, *, by: Actor, at: dt.datetime, kind: str, kept: Kept
) -> Paper:
    """Hand in a paper: a department's own, or the whole unit's by its office.

    The one that was handed in before is superseded and kept. The same file sent again is the one
    that stands there.
    """
    unit = locked(visible_units(by, assessed.cycle), assessed.pk)
    if why := why_closed(unit, Kind(kind), Windows(unit.cycle), at):
        raise WrongState(why)
    standing = Paper.objects.filter(
        assessed=unit, department=by.department_id, kind=kind, superseded_at=None
    )
    before = standing.first()
    if before is not None and before.file_id == kept.sha256:
        return before
    standing.update(superseded_at=at)
    paper = Paper.objects.create(
        assessed=unit,
        cycle=unit.cycle,
        department_id=by.department_id,
        kind=kind,
        file=kept.row(at),
        name=kept.name,
        uploaded_by=f"{by.name}（{by.title}）"[:200],
        uploaded_at=at,
    )
    details = {
        "kind": kind,
        "name": paper.name,
        "sha256": paper.file_id,
        "supersedes": before.file_id if before else "",
    }
    trail.record("paper.uploaded", paper, by=by, at=at, details=details)
    return paper


def window_of(unit: AssessedUnit, kind: Kind, windows: Windows) -> Window | None:
    """When a kind of paper is taken; ``None`` if the year has none of its stages."""
    found = [window for stage in STAGES[kind] if (window := windows.of_stage(stage, unit))]
    if not found:
        return None
    return Window(found[0].stage, max(window.last_day for window in found))


def why_closed(unit: AssessedUnit, kind: Kind, windows: Windows, at: dt.datetime) -> str:
    """Why a kind of paper is not taken now, and what to do; empty if it is."""
    try:
        require_running(unit.cycle)
    except WrongState as refusal:
        return refusal.sentence
    window = window_of(unit, kind, windows)
    if window is None:
        return _("本年度没有安排相应的环节，不收“%(paper)s”") % {"paper": kind.label}
    if at < starts(window.stage.first_day):
        said = _("“%(paper)s”%(day)s 才开始收，现在还不能上传")
        return said % {"paper": kind.label, "day": window.stage.first_day}
    if not window.open_at(at):
        said = _("“%(paper)s”已于 %(day)s 24 时截止；确需补交的，请考核办批准例外")
        return said % {"paper": kind.label, "day": window.last_day}
    return ""
