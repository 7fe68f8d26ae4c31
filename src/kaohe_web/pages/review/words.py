"""What this room's pages say in words: states of a part and of a mark, steps taken, ways here."""

import json
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.audit.models import Entry
from kaohe_web.cycles.models import AssessedUnit, Cycle

Crumbs = list[tuple[str, str]]

PART_TONES = {
    "missing": "warn",
    "open": "info",
    "apart": "bad",
    "judged": "good",
    "idle": "neutral",
}
"""The colour of each state of a part's judging, beside its word."""

MARK_TONES = {
    "open": "warn",
    "waiting": "neutral",
    "stale": "bad",
    "given": "good",
    "idle": "neutral",
}
"""The colour of each state of a mark, beside its word."""


def part_words() -> dict[str, str]:
    """What the states of a part's judging are called."""
    return {
        "missing": _("缺评审员"),
        "open": _("评审中"),
        "apart": _("有分歧"),
        "judged": _("已评定"),
        "idle": _("由规则计分"),
    }


def mark_words() -> dict[str, str]:
    """What the states of a mark are called."""
    return {
        "open": _("待评"),
        "waiting": _("等提交"),
        "stale": _("待复看"),
        "given": _("已评"),
        "idle": _("不用评"),
    }


def steps() -> dict[str, tuple[str, str]]:
    """What the trail's names mean in the history of a part's judging, and their colours."""
    return {
        "mark.given": (_("评分"), "info"),
        "mark.changed": (_("修改评分"), "warn"),
        "assignment.passed_on": (_("改派"), "neutral"),
        "assignment.removed": (_("撤下任务"), "neutral"),
        "third_mark.called": (_("请第三人评分"), "warn"),
        "conference.called": (_("召集会商"), "warn"),
        "conference.held": (_("会商决定"), "good"),
        "conference.called_off": (_("取消会商"), "neutral"),
        "visit.judged": (_("按实地核查调整"), "good"),
    }


def history_of(entries: Iterable[Entry]) -> Iterator[dict[str, object]]:
    """Entries of the trail as a page tells them: the old and the new score, and why."""
    known = steps()
    for entry in entries:
        if entry.what not in known:
            continue
        words, tone = known[entry.what]
        details = json.loads(entry.details) if entry.details else {}
        yield {
            "at": entry.at,
            "who": f"{entry.name}（{entry.post}）" if entry.post else entry.name,
            "what": " ".join(filter(None, [words, arrow(details.get("score"))])),
            "tone": tone,
            "reason": "；".join(filter(None, [latest(details.get("reason")), entry.reason])),
        }


def arrow(change: object) -> str:
    """What a score was and became; only what it became where it was nothing."""
    if isinstance(change, list):
        return " → ".join(str(each) for each in change if each)
    return str(change or "")


def latest(change: object) -> str:
    """What a text became."""
    return str(change[-1]) if isinstance(change, list) and change else ""


def in_year(cycle: Cycle, *steps_to: tuple[str, str]) -> Crumbs:
    """The way to a page of this room."""
    return [(cycle.name, reverse("cycle", kwargs={"cycle_id": cycle.pk})), *steps_to]


def here(cycle: Cycle, name: str, **more: object) -> str:
    """The address of a page inside a year."""
    return reverse(name, kwargs={"cycle_id": cycle.pk, **more})


def to_part(assessed: AssessedUnit, part: str) -> str:
    """The page on which the judging of a part is watched over."""
    return here(assessed.cycle, "review_part", assessed_id=assessed.pk, part=part)
