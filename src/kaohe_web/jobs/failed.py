"""Background work that failed for good: tried again, or given up, by a person."""

import datetime as dt

from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.errors import WrongState
from kaohe_web.jobs import queries
from kaohe_web.jobs.models import Job
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor


@action("job.retried", right="system.jobs")
def retry(job: Job, *, by: Actor, at: dt.datetime) -> Job:
    """Let a failed or dropped piece of work be tried again, from the first try on."""
    row = locked(queries.jobs(by), job.pk)
    if row.state not in (Job.State.FAILED, Job.State.DROPPED):
        raise WrongState(_("只有失败的或已放弃的任务才能重试；请刷新页面查看现在的状态"))
    before = row.state
    row.state, row.attempts, row.run_after, row.done_at = Job.State.WAITING, 0, at, None
    row.save(update_fields=["state", "attempts", "run_after", "done_at"])
    trail.record("job.retried", row, by=by, at=at, details={"kind": row.kind, "before": before})
    return row


@action("job.dropped", right="system.jobs")
def drop(job: Job, *, by: Actor, at: dt.datetime, reason: str) -> Job:
    """Give up a piece of work that waits or failed, with the reason."""
    row = locked(queries.jobs(by), job.pk)
    if row.state not in (Job.State.FAILED, Job.State.WAITING):
        raise WrongState(_("只有等待中的或失败的任务才能放弃；请刷新页面查看现在的状态"))
    before = row.state
    row.state, row.done_at = Job.State.DROPPED, at
    row.save(update_fields=["state", "done_at"])
    details = {"kind": row.kind, "before": before}
    trail.record("job.dropped", row, by=by, at=at, reason=reason, details=details)
    return row
