"""Giving evidence (佐证材料): uploaded once, used by many parts, replaced, never lost.

A file changes only while every part that uses it is open to its department. Old versions stay
where closed parts use them, and in the list of versions. Files are locked before parts, and parts
in one order, so that no two actions wait for each other.
"""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_running
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.errors import Conflict, Invalid, WrongState
from kaohe_web.filing import evidence_queries as queries
from kaohe_web.filing.evidence_opened import closed_parts, open_part
from kaohe_web.filing.evidence_period import NO_PERIOD, Period, period_of, told
from kaohe_web.filing.evidence_words import clauses_in_words
from kaohe_web.filing.models import Evidence, EvidenceUse, Submission
from kaohe_web.filing.stored_files import Kept
from kaohe_web.filing.windows import Windows, require_filing
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor

Label = Evidence.Label
MOST_NOTE = 200


@action("evidence.uploaded", right="evidence.upload")
def upload(
    assessed: AssessedUnit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    part: str,
    kept: Kept,
    label: str = Label.INTERNAL,
    period: Period = NO_PERIOD,
) -> EvidenceUse:
    """Put an uploaded file to a part as evidence.

    A file that the department gave before is not given twice: the part uses the one there is. Sent
    again to the same part, nothing is written.
    """
    same = same_file(assessed, kept.sha256, by=by, lock=True)
    place = open_part(assessed, part, by=by, at=at)
    check_period(period)
    # somebody who sent the same file at the same moment may have been first at this part
    same = same or same_file(assessed, kept.sha256, by=by)
    if same is not None:
        use = EvidenceUse.objects.filter(evidence=same, submission=place.submission).first()
        if use is not None:
            return use
        if label == Label.SENSITIVE and same.label != label:
            same.label = label
            same.version += 1
            same.save(update_fields=["label", "version"])
    row = same or Evidence.objects.create(
        assessed=place.assessed,
        cycle=place.assessed.cycle,
        department_id=by.department_id,
        file=kept.row(at),
        name=kept.name,
        label=label,
        period_first=period.first,
        period_last=period.last,
        uploaded_by=f"{by.name}（{by.title}）"[:200],
        uploaded_at=at,
    )
    use = EvidenceUse.objects.create(evidence=row, submission=place.begun())
    details = details_of(row) | {"part": part, "reused": same is not None}
    trail.record("evidence.uploaded", row, by=by, at=at, details=details)
    return use


def same_file(
    assessed: AssessedUnit, sha256: str, *, by: Actor, lock: bool = False
) -> Evidence | None:
    """The evidence that the actor's own department gave of the same content, if it stands."""
    own = queries.evidence_to_change(by, assessed.cycle).filter(
        assessed=assessed, department=by.department_id, file=sha256, replaced_by=None
    )
    own = own.order_by("pk")
    return (own.select_for_update(of=("self",)) if lock else own).first()


@action("evidence.attached", right="evidence.upload")
def attach(
    evidence: Evidence,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    part: str,
    page: int | None = None,
    note: str = "",
) -> EvidenceUse:
    """Use a file that is there already for a further part (一份材料多处引用)."""
    row = locked(queries.evidence(by, evidence.cycle).filter(withdrawn_at=None), evidence.pk)
    require_latest(row)
    place = open_part(row.assessed, part, by=by, at=at)
    check_pointer(row, page, note)
    submission = place.begun()
    there = EvidenceUse.objects.filter(evidence=row, submission=submission).first()
    if there is not None:
        return there
    use = EvidenceUse.objects.create(evidence=row, submission=submission, page=page, note=note)
    details = details_of(row) | {"part": part} | pointer(use)
    trail.record("evidence.attached", row, by=by, at=at, details=details)
    return use


@action("evidence.detached", right="evidence.upload")
def detach(use: EvidenceUse, /, *, by: Actor, at: dt.datetime) -> None:
    """Take a file from a part; it stays with the unit, and with the other parts that use it."""
    require_open(use.evidence.assessed, [use.submission], by=by, at=at)
    row = locked(queries.uses_to_change(by, use.submission.cycle), use.pk)
    details = details_of(row.evidence) | {"part": row.submission.part} | pointer(row)
    trail.record("evidence.detached", row.evidence, by=by, at=at, details=details)
    row.delete()


@action("evidence.pointed", right="evidence.upload")
def point(
    use: EvidenceUse,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    page: int | None,
    note: str,
) -> EvidenceUse:
    """Say at which page of a file a part is proved, and what is to be seen there."""
    require_open(use.evidence.assessed, [use.submission], by=by, at=at)
    row = locked(queries.uses_to_change(by, use.submission.cycle), use.pk)
    check_pointer(row.evidence, page, note)
    before = pointer(row)
    if (row.page, row.note) == (page, note):
        return row
    require_version(row.version, version)
    row.page, row.note = page, note
    row.version += 1
    row.save(update_fields=["page", "note", "version"])
    details = {"part": row.submission.part, "before": before, "after": pointer(row)}
    trail.record("evidence.pointed", row.evidence, by=by, at=at, details=details)
    return row


@action("evidence.described", right="evidence.upload")
def describe(
    evidence: Evidence,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    label: str,
    period: Period,
) -> Evidence:
    """Say which period a file covers, and who may see it.

    To hide what proves sensitive is allowed at any time while the year runs.
    """
    row, uses = own(evidence, by=by)
    check_period(period)
    now = period_of(row)
    if (label, period) == (row.label, now):
        return row
    require_version(row.version, version)
    if label == Label.SENSITIVE and period == now:
        require_running(row.cycle)
    else:
        require_latest(row)
        require_free(row, uses, by=by, at=at)
    before = details_of(row)
    row.label = label
    row.period_first, row.period_last = period.first, period.last
    row.version += 1
    row.save(update_fields=["label", "period_first", "period_last", "version"])
    details = {"before": before, "after": details_of(row)}
    trail.record("evidence.described", row, by=by, at=at, details=details)
    return row


@action("evidence.replaced", right="evidence.upload")
def replace(evidence: Evidence, /, *, by: Actor, at: dt.datetime, kept: Kept) -> Evidence:
    """Put a new version in the place of a file, wherever the part that uses it is open.

    Closed parts keep the version that they were submitted with. Sent again, nothing is written.
    """
    row, uses = own(evidence, by=by)
    newer = Evidence.objects.filter(replaces=row).first()
    if newer is not None and newer.file_id == kept.sha256:
        return newer
    require_latest(row)
    closed = closed_parts(row.assessed, [use.submission for use in uses], by=by, at=at)
    uses = uses_of(row)  # a use may have ended before its part was locked
    moved = [use for use in uses if use.submission.part not in closed]
    if uses and not moved:
        raise WrongState(_("不能换新版本：%(why)s") % {"why": next(iter(closed.values()))})
    if not uses:
        require_window(row, by=by, at=at)
    if kept.sha256 == row.file_id:
        raise Invalid([_("新文件和现在的版本内容完全一样，没有换；请核对选的文件")])
    new = Evidence.objects.create(
        assessed=row.assessed,
        cycle=row.cycle,
        department=row.department,
        file=kept.row(at),
        name=kept.name,
        label=row.label,
        period_first=row.period_first,
        period_last=row.period_last,
        replaces=row,
        uploaded_by=f"{by.name}（{by.title}）"[:200],
        uploaded_at=at,
    )
    for use in moved:
        use.evidence = new
        use.page = use.page if use.page and use.page <= (new.file.pages or use.page) else None
        use.version += 1
        use.save(update_fields=["evidence", "page", "version"])
    details = details_of(new) | {
        "before": details_of(row),
        "parts": [use.submission.part for use in moved],
        "kept_by": list(closed),
    }
    trail.record("evidence.replaced", new, by=by, at=at, details=details)
    return new


@action("evidence.withdrawn", right="evidence.upload")
def withdraw(evidence: Evidence, /, *, by: Actor, at: dt.datetime) -> Evidence:
    """Take a file back from every part that uses it; it stays on record."""
    row, uses = own(evidence, by=by)
    require_free(row, uses, by=by, at=at)
    row.withdrawn_at = at
    row.version += 1
    row.save(update_fields=["withdrawn_at", "version"])
    details = details_of(row) | {"parts": [use.submission.part for use in uses]}
    trail.record("evidence.withdrawn", row, by=by, at=at, details=details)
    return row


def own(evidence: Evidence, *, by: Actor) -> tuple[Evidence, list[EvidenceUse]]:
    """The evidence, locked, and every use of it.

    :raises NotThere: if the actor may not change it.
    """
    row = locked(queries.evidence_to_change(by, evidence.cycle), evidence.pk)
    return row, uses_of(row)


def uses_of(row: Evidence) -> list[EvidenceUse]:
    """Every use of a file, whoever sees it."""
    uses = EvidenceUse.objects.filter(evidence=row).select_related("submission")
    return list(uses.order_by("pk"))


def require_free(
    row: Evidence, uses: Collection[EvidenceUse], *, by: Actor, at: dt.datetime
) -> None:
    """:raises WrongState: unless every part that uses a file is open to the actor now."""
    if uses:
        require_open(row.assessed, [use.submission for use in uses], by=by, at=at)
    else:
        require_window(row, by=by, at=at)


def require_open(
    assessed: AssessedUnit, submissions: Collection[Submission], *, by: Actor, at: dt.datetime
) -> None:
    """:raises WrongState: unless evidence of these parts may be changed now."""
    closed = closed_parts(assessed, submissions, by=by, at=at)
    if not closed:
        return
    if len(submissions) == 1:
        raise WrongState(next(iter(closed.values())))
    raise WrongState(
        _("%(clauses)s正在使用这份材料，而它已不能修改：%(why)s")
        % {
            "clauses": clauses_in_words(assessed.cycle, closed),
            "why": next(iter(closed.values())),
        }
    )


def require_window(row: Evidence, *, by: Actor, at: dt.datetime) -> None:
    """:raises WrongState: unless filing is open: for what no part uses."""
    window = Windows(row.cycle).of_department(row.assessed, by.department_id)
    require_filing(row.cycle, window, None, at)


def require_latest(row: Evidence) -> None:
    """:raises WrongState: if there is a newer version."""
    if Evidence.objects.filter(replaces=row).exists():
        raise WrongState(_("这份材料已有新版本；请打开新版本再办理"))


def require_version(now: int, seen: int) -> None:
    """:raises Conflict: if somebody else changed it meanwhile."""
    if now != seen:
        raise Conflict(_("别人刚刚改过这份材料的说明，您的修改没有写入；请刷新页面核对后再改"))


def check_period(period: Period) -> None:
    """:raises Invalid: for a period that ends before it begins."""
    if period.first and period.last and period.last < period.first:
        raise Invalid([_("材料所属期间的末日早于首日；请核对日期")])


def check_pointer(row: Evidence, page: int | None, note: str) -> None:
    """:raises Invalid: for a page that the file does not have, with what it has."""
    problems = []
    if page is not None and row.file.pages and page > row.file.pages:
        said = _("“%(name)s”只有 %(pages)s 页，没有第 %(page)s 页；请核对页码")
        problems.append(said % {"name": row.name, "pages": row.file.pages, "page": page})
    if page is not None and page < 1:
        problems.append(_("页码从 1 开始；请核对页码"))
    if len(note) > MOST_NOTE:
        problems.append(_("说明超过 %(most)s 字；请缩短") % {"most": MOST_NOTE})
    if problems:
        raise Invalid(problems)


def details_of(row: Evidence) -> dict[str, object]:
    """What the trail keeps of a file."""
    return {
        "name": row.name,
        "sha256": row.file_id,
        "label": row.label,
        "period": told(period_of(row)),
    }


def pointer(use: EvidenceUse) -> dict[str, object]:
    """What the trail keeps of where to look."""
    return {"page": str(use.page or ""), "note": use.note}
