"""What hangs on a post, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HANGING: dict[str, Promise] = {
    "jobs.notice": _("站内消息"),
    "jobs.reminder": _("到期提醒"),
    "followup.appeal": _("申诉复核"),
    "review.assignment": _("评审分派"),
    "review.recusal": _("回避申请"),
}
"""What can hang on a post, by the names of the tables; a test finds what is missing."""


def moved_in_words(counts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What moved with a post, and how many of each."""
    return [(str(HANGING.get(label, label)), number) for label, number in sorted(counts.items())]
