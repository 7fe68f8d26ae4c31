"""Every action of the smaller rooms, done once; each name is given right after it."""

from collections.abc import Iterator

from kaohe_web.cycles.models import Cycle
from kaohe_web.desk.urging import urge
from kaohe_web.jobs import failed, notices
from kaohe_web.jobs.models import Job, Notice
from kaohe_web.jobs.outbox import enqueue
from kaohe_web.keeping import trail_export, verification
from kaohe_web.keeping.reading import Wanted
from kaohe_web.rubrics import editions
from rubrics.texts import TEXT
from world import NOW, make_world


def jobs() -> Iterator[str]:
    """Messages read; work that failed tried again and given up."""
    world = make_world()
    by = world.actor("liaison")
    notice = Notice.objects.create(
        post=world.posts["liaison"], kind="news", title="通知（示例）", key="a", made_at=NOW
    )
    notices.read(notice, by=by, at=NOW)
    yield "notice.read"
    notices.read_all(None, by=by, at=NOW)
    yield "notices.read"
    officer, job = world.actor("system_officer"), enqueue("tidy", {}, key="a", at=NOW)
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED)
    failed.retry(job, by=officer, at=NOW)
    yield "job.retried"
    failed.drop(job, by=officer, at=NOW, reason="示例理由")
    yield "job.dropped"


def rubrics() -> Iterator[str]:
    """An edition adopted and handed out."""
    world = make_world()
    by = world.actor("office")
    edition = editions.adopt(None, by=by, at=NOW, text=TEXT, source="small.yaml")
    yield "rubric.adopted"
    editions.download(edition, by=by, at=NOW)
    yield "rubric.downloaded"


def keeping() -> Iterator[str]:
    """The trail checked and taken along."""
    world = make_world()
    by = world.actor("audit_officer")
    verification.ask(None, by=by, at=NOW)
    yield "audit.verify_asked"
    trail_export.export(None, by=by, at=NOW, wanted=Wanted(), form="csv")
    yield "audit.exported"


def desk() -> Iterator[str]:
    """A unit pressed."""
    world = make_world()
    assert world.cycle.state == Cycle.State.OPEN
    unit = world.assessed[0].pk
    urge(world.cycle, by=world.actor("office"), at=NOW, text="请抓紧（示例）", units=[unit])
    yield "urge.sent"
