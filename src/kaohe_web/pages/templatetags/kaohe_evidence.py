"""The evidence of a part, for the pages of other rooms that show it beside their own."""

from typing import Any, cast

from django import template
from django.template import Context

from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.filing.models import StoredFile, Submission
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.evidence.pane import Pane, pane
from kaohe_web.pages.evidence.panel import Panel, panel

register = template.Library()


@register.simple_tag(takes_context=True)
def evidence_of(
    context: Context, submission: Submission | None, assessed: AssessedUnit | None, part: str
) -> Panel | None:
    """The evidence of a submission, or of a part that nobody has begun."""
    asked = cast("Asked", context["request"])
    if submission:
        return panel(asked.by, submission.assessed, submission.part, asked.at)
    if assessed and part:
        return panel(asked.by, assessed, part, asked.at)
    return None


@register.simple_tag
def pane_of(found: Any, page: int) -> Pane:  # noqa: ANN401 -- evidence as a template holds it
    """A page of a file to look at beside something else."""
    return pane(found, page)


@register.filter
def size_in_words(file: StoredFile) -> str:
    """The size of a file as people say it; whole numbers only."""
    for unit, bytes_in in (("MB", 1024 * 1024), ("KB", 1024)):
        if file.size >= bytes_in:
            tenths = file.size * 10 // bytes_in
            return f"{tenths // 10}.{tenths % 10} {unit}"
    return f"{file.size} B"
