"""What this room's pages say in words: states, steps taken, the way to a page."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kaohe.wording.words import Lang
from kaohe_web.filing.models import Submission

State = Submission.State

TONES = {
    "none": "neutral",
    "exempt": "neutral",
    State.DRAFT: "neutral",
    State.HANDED_IN: "warn",
    State.CHECKED: "good",
    State.SUBMITTED: "info",
    State.MISSING: "bad",
    State.RETURNED: "bad",
}
"""The colour of each state of a part, beside its word."""

Crumbs = list[tuple[str, str]]


def spoken() -> Lang:
    """The language of the page, as the library's sentences know it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def state_words(state: str) -> str:
    """What a state of a part is called on the page."""
    if state == "none":
        return _("未开始")
    if state == "exempt":
        return _("不适用")
    return str(State(state).label)


def steps() -> dict[str, tuple[str, str]]:
    """What the trail's names mean in the history of a part, and their colours."""
    return {
        "submission.saved": (_("保存草稿"), "neutral"),
        "submission.handed_in": (_("报审"), "info"),
        "submission.withdrawn": (_("撤回"), "neutral"),
        "submission.checked": (_("审核通过"), "good"),
        "submission.returned": (_("单位退回"), "bad"),
        "submission.sent_back": (_("退回"), "bad"),
    }
