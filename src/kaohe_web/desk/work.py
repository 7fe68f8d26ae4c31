"""What the desk does by itself every morning: remind of what is due."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from kaohe_web.audit import trail
from kaohe_web.desk.reminders import held_posts, remind
from kaohe_web.jobs.registry import Progress, job
from kaohe_web.people.actor import SYSTEM


@job("reminders.send", means=_("发出到期提醒"), daily=dt.time(8, 0))
def send_reminders(
    _payload: dict[str, str], *, at: dt.datetime, progress: Progress
) -> dict[str, object]:
    """Remind everybody of what is due; who was reminded today is not reminded again."""
    told = 0
    posts = list(held_posts(at))
    for done, post in enumerate(posts):
        with progress.writing():
            told += remind(post, at) > 0
        progress(100 * done // len(posts))
    found: dict[str, object] = {"people": told}
    with progress.writing():
        trail.record("reminders.sent", None, by=SYSTEM, at=at, details=found)
        progress.finish(found)
    return found
