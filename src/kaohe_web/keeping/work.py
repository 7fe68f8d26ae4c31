"""What keeping does by itself every night: check the trail and the evidence, and tidy up."""

import datetime as dt
import logging

from django.utils.translation import gettext_lazy as _

from kaohe_web.jobs.registry import Progress, job
from kaohe_web.keeping import evidence, idle, tidying, verification
from kaohe_web.keeping.alarms import tell_auditors

log = logging.getLogger(__name__)


@job(verification.KIND, means=_("核验操作留痕"), daily=dt.time(2, 0))
def verify_trail(
    payload: dict[str, dict[str, str]], *, at: dt.datetime, progress: Progress
) -> dict[str, object]:
    """Check the trail; its head goes to the log, a break to the audit officers."""
    anchors = {int(seq): head for seq, head in payload.get("anchors", {}).items()}
    found = verification.check(anchors)
    log.info("trail: %s entries, head %s", found["entries"], found["head"])
    if found["broken"] or found["unguarded"]:
        log.error("trail: broken %s, unguarded %s", found["broken"], found["unguarded"])
        with progress.writing():
            tell_auditors(found, at=at)
    return found


@job("evidence.verify", means=_("校验佐证材料"), daily=dt.time(2, 30))
def verify_evidence(
    _payload: dict[str, str], *, at: dt.datetime, progress: Progress
) -> dict[str, object]:
    """Read every stored file again and compare it with its hash."""
    found = evidence.check(at, progress)
    with progress.writing():
        evidence.tell(found, at=at)
        progress.finish(found)
    return found


@job("tidy", means=_("清理过期的登录状态和已完成的任务"), daily=dt.time(3, 0))
def tidy(_payload: dict[str, str], *, at: dt.datetime, progress: Progress) -> dict[str, object]:
    """Remove what is over: sessions, failed sign-ins, work done long ago."""
    with progress.writing():
        found = tidying.tidy(at)
        progress.finish(found)
    tidying.empty_log()
    return found


@job("accounts.idle", means=_("检查长期未用的账号"), daily=dt.time(7, 30))
def find_idle(
    _payload: dict[str, str], *, at: dt.datetime, progress: Progress
) -> dict[str, object]:
    """Tell the security officers which accounts nobody has used for long."""
    with progress.writing():
        found = idle.tell(at)
        progress.finish(found)
    return found
