"""How parts are judged in a year: by how many people, and with which reasons offered to them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaohe.rubric.model import Part
from kaohe_web.audit import trail
from kaohe_web.cycles.asks import judged
from kaohe_web.cycles.edits import Edit, require_unchanged
from kaohe_web.cycles.models import Cycle, MarkingPlan
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.setting_up import year_to_change
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor

LONGEST_PHRASE = 200
MOST_PHRASES = 30


@dataclass(frozen=True, slots=True)
class Marking:
    """How one part is judged: by one or two, independently, and the reasons offered to them."""

    marks: int = 1
    phrases: tuple[str, ...] = ()

    def __str__(self) -> str:
        count = _("%(marks)s 人评分") % {"marks": self.marks}
        return "；".join([count, *self.phrases])


def default_phrases(part: Part) -> tuple[str, ...]:
    """The reasons that are offered where nobody has written others: of what the part asks for."""
    lacking = [_("缺少“%(evidence)s”") % {"evidence": evidence} for evidence in part.evidence]
    return (
        _("材料齐全，措施具体，成效明显"),
        *lacking,
        _("有部署，没有落实情况的材料"),
        _("只完成一部分，其余没有开展"),
        _("材料不在考核年度内"),
        _("材料与本条无关，不能证明所报情况"),
    )


def markings(cycle: Cycle) -> dict[str, Marking]:
    """How each part with a plan is judged."""
    return {
        row.part: Marking(row.marks, tuple(row.phrases.splitlines())) for row in cycle.marking.all()
    }


def plan(cycle: Cycle, parts: Iterable[Part]) -> None:
    """Enter the default plan for parts that are to be judged and have none."""
    known = set(cycle.marking.values_list("part", flat=True))
    MarkingPlan.objects.bulk_create(
        MarkingPlan(cycle=cycle, part=part.id, phrases="\n".join(default_phrases(part)))
        for part in parts
        if part.id not in known and judged(part)
    )


@action("marking.set", right="cycles.set_up")
def set_plan(
    cycle: Cycle,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    edits: Mapping[str, Edit[Marking]],
    reason: str = "",
) -> Cycle:
    """Say by how many a part is judged, and which reasons are offered.

    :raises Invalid: for an unknown part, another number than one or two, or too many words.
    :raises Conflict: if somebody changed one of the parts meanwhile.
    """
    year = year_to_change(by, cycle, reason)
    parts = {part.id: part for part in rubric_of(year).all_parts()}
    problems = [p for part, edit in edits.items() for p in faults(part, edit.now, parts)]
    if problems:
        raise Invalid(problems)
    standing = markings(year)
    changed = require_unchanged(
        edits,
        lambda part: standing.get(part, Marking()),
        label=lambda part: f"{part} {parts[part].title}",
        words=str,
    )
    for part, marking in changed.items():
        MarkingPlan.objects.update_or_create(
            cycle=year,
            part=part,
            defaults={"marks": marking.marks, "phrases": "\n".join(marking.phrases)},
        )
    details = {
        part: [str(standing.get(part, Marking())), str(marking)]
        for part, marking in changed.items()
    }
    trail.record("marking.set", year, by=by, at=at, reason=reason, details=details)
    return year


def faults(part: str, marking: Marking, parts: Mapping[str, Part]) -> Iterable[str]:
    """What is wrong with the plan of one part."""
    if part not in parts:
        yield _("评分细则里没有“%(part)s”；请刷新页面后重试") % {"part": part}
    if marking.marks not in (1, 2):
        yield _("%(part)s：只能由一人或两人评分") % {"part": part}
    if len(marking.phrases) > MOST_PHRASES:
        yield _("%(part)s：常用理由最多 %(most)s 条") % {"part": part, "most": MOST_PHRASES}
    if any(len(phrase) > LONGEST_PHRASE for phrase in marking.phrases):
        yield _("%(part)s：每条常用理由最多 %(most)s 个字") % {
            "part": part,
            "most": LONGEST_PHRASE,
        }
