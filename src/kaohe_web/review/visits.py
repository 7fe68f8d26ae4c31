"""Site visits (实地核查): arranged from a draw or by choice, their findings, what they change."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import write_number
from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_open, require_running
from kaohe_web.cycles.models import AssessedUnit, Cycle, StageKind
from kaohe_web.errors import Conflict, Difference, Invalid, WrongState
from kaohe_web.filing.stored_files import Kept
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.rights import may
from kaohe_web.review import queries
from kaohe_web.review.assignments import open_year, require_reason
from kaohe_web.review.awaiting import clause_of, require_awardable
from kaohe_web.review.drawing import lines_of
from kaohe_web.review.judgements import judgement_of, lock_marks, put
from kaohe_web.review.models import Draw, Finding, Judgement, Visit


@action("visits.planned", right="review.assign")
def plan_drawn(draw: Draw, /, *, by: Actor, at: dt.datetime) -> list[Visit]:
    """Put every unit that was drawn on the list of visits; those on it already stay."""
    year = open_year(draw.cycle, by)
    row = locked(queries.draws(by, year), draw.pk)
    names = lines_of(row.drawn)
    there = set(Visit.objects.filter(cycle=year).values_list("assessed", flat=True))
    units = queries.units_to_review(by, year).filter(unit__name__in=names).exclude(pk__in=there)
    made = Visit.objects.bulk_create(Visit(cycle=year, assessed=unit, draw=row) for unit in units)
    if made:
        details = {"units": [str(visit) for visit in made]}
        trail.record("visits.planned", row, by=by, at=at, details=details)
    return made


@action("visit.planned", right="review.assign")
def plan(
    cycle: Cycle, /, *, by: Actor, at: dt.datetime, assessed: AssessedUnit, reason: str
) -> Visit:
    """Put a unit on the list of visits that was not drawn, with the reason."""
    year = open_year(cycle, by)
    unit = locked(queries.units_to_review(by, year), assessed.pk)
    require_reason(reason)
    if Visit.objects.filter(cycle=year, assessed=unit).exists():
        raise WrongState(_("%(unit)s已在核查名单里") % {"unit": unit.unit.name})
    visit = Visit.objects.create(cycle=year, assessed=unit, reason=reason.strip())
    trail.record("visit.planned", visit, by=by, at=at, reason=reason)
    return visit


@action("visit.arranged", right="review.assign")
def arrange(
    visit: Visit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    version: int,
    on_day: dt.date | None,
    team: str,
) -> Visit:
    """Say on which day a visit is, and who goes."""
    row = open_visit(visit, by=by, version=version, mine={"on_day": on_day, "team": team.strip()})
    before = arrangement(row)
    row.on_day, row.team = on_day, team.strip()
    row.version += 1
    row.save(update_fields=["on_day", "team", "version"])
    now = arrangement(row)
    details = {name: [before[name], now[name]] for name in now}
    trail.record("visit.arranged", row, by=by, at=at, details=details)
    return row


@action("visit.cancelled", right="review.assign")
def cancel(visit: Visit, /, *, by: Actor, at: dt.datetime, version: int, reason: str) -> None:
    """Take a unit off the list of visits, as long as nothing was found there."""
    row = open_visit(visit, by=by, version=version)
    require_reason(reason)
    if row.findings.exists():
        raise WrongState(_("已经有核查记录，不能取消；核查完请结束核查"))
    named = trail.named(row)
    row.delete()
    trail.record("visit.cancelled", named, by=by, at=at, reason=reason)


@action("visit.closed", right="review.assign")
def close(visit: Visit, /, *, by: Actor, at: dt.datetime, version: int) -> Visit:
    """End a visit: nothing more is recorded for it."""
    row = open_visit(visit, by=by, version=version)
    row.closed_at = at
    row.version += 1
    row.save(update_fields=["closed_at", "version"])
    details = {"findings": str(row.findings.count())}
    trail.record("visit.closed", row, by=by, at=at, details=details)
    return row


@action("finding.added", right="visits.record")
def add_finding(
    visit: Visit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    part: str,
    text: str,
    file: Kept | None = None,
) -> Finding:
    """Record what was found for a part, with a photograph or paper if there is one."""
    row = locked(queries.visits(by, visit.cycle), visit.pk)
    require_open(row.cycle, StageKind.VISITS, at=at, assessed=row.assessed)
    require_unclosed(row)
    clause_of(row.assessed, part)
    if not text.strip():
        raise Invalid([_("请写明核查发现")])
    kept = {"file": file.row(at), "name": file.name[:255]} if file else {}
    values = {"visit": row, "part": part, "text": text.strip(), "file": kept.get("file")}
    by_words = f"{by.name}（{by.title}）"[:200]
    again = row.findings.filter(**values, by=by_words).first()
    if again is not None:
        return again
    finding = Finding.objects.create(
        visit=row,
        cycle=row.cycle,
        part=part,
        text=text.strip(),
        by=by_words,
        at=at,
        **kept,
    )
    details = {
        "part": part,
        "file": file.name if file else "",
        "sha256": file.sha256 if file else "",
    }
    trail.record("finding.added", finding, by=by, at=at, details=details)
    return finding


@action("visit.judged", right="review.assign")
def judge(
    visit: Visit,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    part: str,
    seen: int,
    score: Decimal,
    reason: str,
) -> Judgement:
    """Give a part other points for what a visit found; it needs a finding and a reason.

    ``seen`` is the version of the judgement that was seen; 0 where there was none.

    :raises WrongState: once a result is announced, or nothing was found for the part.
    """
    lock_marks(visit.assessed, part)
    row = locked(queries.visits(by, visit.cycle), visit.pk)
    require_open(row.cycle, StageKind.VISITS, at=at, assessed=row.assessed)
    clause = clause_of(row.assessed, part)
    require_reason(reason)
    if not row.findings.filter(part=part).exists():
        raise WrongState(_("这一条还没有核查发现；请先记录发现，再按它调整得分"))
    before = judgement_of(row.assessed, part)
    if before is not None and (before.score, before.reason) == (score, reason.strip()):
        return before
    if (before.version if before else 0) != seen:
        raise Conflict(
            _("这一条的评定刚刚有变动，您的调整没有写入；请核对后再保存"),
            [
                Difference(
                    _("得分"), write_number(before.score) if before else "", write_number(score)
                )
            ],
        )
    if before is not None and queries.is_announced(row.cycle):
        raise WrongState(_("成绩已经公示，评定不能再改；有异议的，按申诉办理"))
    require_awardable(row.assessed, clause, score)
    who = f"{by.name}（{by.title}）"
    how = Judgement.How.VISIT
    said = put(row.assessed, clause, score=score, reason=reason.strip(), how=how, by=who, at=at)
    after = judgement_of(row.assessed, part)
    assert after is not None, "it was just written"  # noqa: S101 -- see put
    trail.record("visit.judged", after, by=by, at=at, reason=reason, details=said)
    return after


def open_visit(
    visit: Visit, *, by: Actor, version: int, mine: dict[str, object] | None = None
) -> Visit:
    """A visit that the office may change, locked; it is not closed yet."""
    visible = queries.visits(by, visit.cycle)
    rows = visible if may(by, "review.assign") else visible.none()
    row = locked(rows, visit.pk, version=version, differences=lambda now: differences(now, mine))
    require_running(row.cycle)
    require_unclosed(row)
    return row


def differences(now: Visit, mine: dict[str, object] | None) -> list[Difference]:
    """What stands now beside what was about to be written."""
    words = {"on_day": _("日期"), "team": _("核查组")}
    stands = arrangement(now)
    return [
        Difference(words[name], stands[name], str(value or ""))
        for name, value in (mine or {}).items()
    ]


def arrangement(visit: Visit) -> dict[str, str]:
    """The day and the team, as text."""
    return {"on_day": visit.on_day.isoformat() if visit.on_day else "", "team": visit.team}


def require_unclosed(visit: Visit) -> None:
    """:raises WrongState: once the visit has ended."""
    if visit.closed_at is not None:
        raise WrongState(_("核查已经结束，不能再改动"))
