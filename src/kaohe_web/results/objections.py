"""Objections (异议) to an announced result: raised within the window, each one answered."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.cycles.calendar import require_running
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.jobs.models import Notice
from kaohe_web.jobs.notify import notify, posts_of
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.results import queries
from kaohe_web.results.models import Objection, ScoringRun, UnitResult
from kaohe_web.results.windows import is_over


@action("objection.raised", right="results.object")
def raise_against(result: UnitResult, /, *, by: Actor, at: dt.datetime, text: str) -> Objection:
    """Object to one's own unit's announced result; the same words twice are one objection.

    :raises WrongState: unless the run is announced and its window still open.
    """
    row = locked(queries.unit_results(by), result.pk)
    run = locked(queries.runs(by), row.run_id)
    require_running(run.cycle)
    if run.state != ScoringRun.State.ANNOUNCED or is_over(run.objections_until, at):
        raise WrongState(
            _("异议只能在公示期内提出；本次公示到 %(day)s 24 时为止")
            % {"day": run.objections_until or "—"}
        )
    if not text.strip():
        raise Invalid([_("请写明异议的内容和理由")])
    same = run.objections.filter(assessed=row.assessed_id, text=text.strip(), answered_at=None)
    found = same.first()
    if found is not None:
        return found
    made = Objection.objects.create(
        run=run, cycle=run.cycle, assessed=row.assessed, text=text.strip(), by=by.name, at=at
    )
    trail.record("objection.raised", made, by=by, at=at, reason=made.text)
    notify(
        posts_of(Role.OFFICE, at),
        kind=Notice.Kind.TODO,
        title=_("%(unit)s对公示结果提出异议") % {"unit": row.assessed},
        text=made.text,
        link=reverse("objections", kwargs={"cycle_id": run.cycle_id}),
        key=f"objection:{made.pk}:raised",
        at=at,
    )
    return made


@action("objection.answered", right="results.run")
def answer(
    objection: Objection, /, *, by: Actor, at: dt.datetime, version: int, text: str
) -> Objection:
    """Answer an objection, once.

    :raises WrongState: if it has its answer.
    """
    row = locked(queries.objections(by), objection.pk, version=version)
    require_running(row.cycle)
    if row.answered_at is not None:
        raise WrongState(_("这条异议已经答复；答复不能改写"))
    if not text.strip():
        raise Invalid([_("请写明答复")])
    row.answer, row.answered_by, row.answered_at = text.strip(), by.name, at
    row.version += 1
    row.save(update_fields=["answer", "answered_by", "answered_at", "version"])
    trail.record("objection.answered", row, by=by, at=at, reason=row.answer)
    notify(
        posts_of(Role.UNIT_OFFICE, at, unit_id=row.assessed.unit_id),
        kind=Notice.Kind.NEWS,
        title=_("你单位的异议已经答复"),
        text=row.answer,
        link=reverse("objections", kwargs={"cycle_id": row.cycle_id}),
        key=f"objection:{row.pk}:answered",
        at=at,
    )
    return row
