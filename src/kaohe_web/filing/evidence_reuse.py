"""Files that were given before: for another part, last year, by another unit (重复使用).

Found by the hash of their content. What another unit gave is told to nobody but those who compare
units: the office and the leaders by name, assessors without.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.filing.evidence_queries import evidence
from kaohe_web.filing.evidence_words import clauses_in_words
from kaohe_web.filing.models import Evidence
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role

KNOW_NAMES = (Role.OFFICE, Role.LEADER)
COMPARE = (*KNOW_NAMES, Role.ASSESSOR)


def notes(by: Actor, cycle: Cycle, rows: Collection[Evidence]) -> dict[int, list[str]]:
    """What is to be said of each file that was given before, by its key; always four queries."""
    hashes = {row.file_id for row in rows}
    same: dict[str, list[Evidence]] = defaultdict(list)
    others = Evidence.objects.filter(file__in=hashes, withdrawn_at=None, replaced_by=None)
    others = others.select_related("assessed__unit", "cycle__edition", "department")
    for other in others.prefetch_related("uses__submission").order_by("-cycle__first_day", "pk"):
        same[other.file_id].append(other)
    seen = set(evidence(by, cycle).filter(file__in=hashes).values_list("pk", flat=True))
    return {row.pk: list(told(by, row, same[row.file_id], seen)) for row in rows}


def told(by: Actor, row: Evidence, same: Collection[Evidence], seen: set[int]) -> Iterator[str]:
    """What the actor is told of one file."""
    unit = row.assessed.unit_id
    for other in same:
        if other.pk == row.pk or other.assessed.unit_id != unit:
            continue
        if other.cycle_id == row.cycle_id:
            if other.pk in seen:
                yield here(other)
        elif other.cycle.first_day < row.cycle.first_day and is_known(by, other):
            yield before(row, other)
    elsewhere = [other for other in same if other.assessed.unit_id != unit]
    if by.role in COMPARE and elsewhere:
        yield others_gave(by, elsewhere)


def is_known(by: Actor, other: Evidence) -> bool:
    """Whether what the unit gave in an earlier year may be told: a department knows its own."""
    return by.role != Role.LIAISON or other.department_id == by.department_id


def here(other: Evidence) -> str:
    """That the same file was given a second time in the same year."""
    who = str(other.department or _("单位质强办"))
    if clauses := used_for(other):
        return _("这份文件已用于%(clauses)s（%(who)s上传）") % {"clauses": clauses, "who": who}
    return _("%(who)s已上传过这份文件") % {"who": who}


def before(row: Evidence, other: Evidence) -> str:
    """That the same file was given in an earlier year."""
    last = row.cycle.before_id == other.cycle_id or is_year_before(row.cycle, other.cycle)
    said = {"clauses": used_for(other) or _("未归入条款"), "cycle": other.cycle.name}
    if last:
        return _("去年用过（%(clauses)s，%(cycle)s）") % said
    return _("以前用过（%(clauses)s，%(cycle)s）") % said


def is_year_before(now: Cycle, other: Cycle) -> bool:
    """Whether another year ends within the year before this one begins."""
    return (now.first_day - other.last_day).days in range(-31, 32)


def others_gave(by: Actor, elsewhere: Collection[Evidence]) -> str:
    """That other units gave the same file."""
    if by.role in KNOW_NAMES:
        named = "、".join(dict.fromkeys(place(other) for other in elsewhere))
        return _("别的单位也交了同一份文件：%(units)s") % {"units": named}
    return _("别的单位也交了同一份文件")


def place(other: Evidence) -> str:
    """Whose a file is, and for which part."""
    clauses = used_for(other)
    return f"{other.assessed}（{clauses}）" if clauses else str(other.assessed)


def used_for(other: Evidence) -> str:
    """The parts that use a file, in words; empty if none does."""
    parts = [use.submission.part for use in other.uses.all()]
    return clauses_in_words(other.cycle, parts) if parts else ""
