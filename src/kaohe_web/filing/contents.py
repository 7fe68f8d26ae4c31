"""What is filed for a part, field by field: to be checked, compared, and remembered as accepted."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import read_number
from kaohe.rubric.model import Indicator
from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.errors import Difference
from kaohe_web.filing import values
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.models import AwardEntry, EvidenceUse, ReportedValue, Submission
from kaohe_web.filing.values import ValueEntry

Content = dict[str, str]
"""Every field by its name, in canonical text; the names are those of the form on the page."""

EVIDENCE, AWARDS = "evidence", "awards"
"""Fields that the form does not hold: the names of files, the things in a register."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What a department enters for a part; an indicator that is not in ``values`` stays."""

    self_score: Decimal | None = None
    lost_reason: str = ""
    note: str = ""
    values: Mapping[str, ValueEntry] = field(default_factory=dict)


def settled(clause: Clause, entered: Entered, rows: Mapping[str, ReportedValue]) -> Entered:
    """What was entered, kept to what this part enters; carried-over numbers stay as they are."""
    kept: dict[str, ValueEntry] = {}
    for indicator in clause.typed:
        entry = entered.values.get(indicator.id)
        if entry is None:
            continue
        row = rows.get(indicator.id)
        entry = entry.settled()
        kept[indicator.id] = entry._replace(before=row.before) if row and row.rolled else entry
    return replace(entered, values=kept)


def content_of_entered(clause: Clause, entered: Entered) -> Content:
    """What somebody is about to write."""
    found: Content = {}
    for indicator in clause.typed:
        if indicator.id in entered.values:
            found |= of_value(indicator.id, entered.values[indicator.id])
    return found | {
        "self_score": values.plain(entered.self_score),
        "lost_reason": entered.lost_reason,
        "note": entered.note,
    }


def content_of(
    clause: Clause, submission: Submission | None, rows: Mapping[str, ReportedValue]
) -> Content:
    """What the database holds."""
    found: Content = {}
    for indicator in clause.typed:
        found |= of_value(indicator.id, values.entry_of(rows.get(indicator.id)))
    return found | {
        "self_score": values.plain(submission.self_score) if submission else "",
        "lost_reason": submission.lost_reason if submission else "",
        "note": submission.note if submission else "",
    }


def of_value(indicator: str, entry: ValueEntry) -> Content:
    """The fields of one value."""
    return {
        f"{name}-{indicator}": values.plain(getattr(entry, name)) for name in ValueEntry._fields
    }


def contents_of(
    assessed: AssessedUnit,
    clauses: Collection[Clause],
    submissions: Mapping[str, Submission],
) -> dict[str, Content]:
    """What is filed for each part of a unit, with the names of its files and registered things."""
    typed = [indicator.id for clause in clauses for indicator in clause.typed]
    rows = values.rows_of(assessed, typed)
    awards = list(AwardEntry.objects.filter(assessed=assessed, indicator__in=typed))
    files: dict[str, list[str]] = {}
    uses = EvidenceUse.objects.filter(
        submission__assessed=assessed,
        submission__part__in=[clause.part.id for clause in clauses],
        evidence__withdrawn_at=None,
    )
    for part, name in uses.values_list("submission__part", "evidence__name"):
        files.setdefault(part, []).append(name)
    return {
        clause.part.id: content_of(clause, submissions.get(clause.part.id), rows)
        | {
            EVIDENCE: "、".join(sorted(files.get(clause.part.id, []))),
            AWARDS: "、".join(sorted(listed(clause, awards))),
        }
        for clause in clauses
    }


def listed(clause: Clause, awards: Iterable[AwardEntry]) -> Iterable[str]:
    """The things in a part's registers, in words."""
    registers = {str(register.indicator): register for register in clause.registers}
    for award in awards:
        if award.indicator in registers:
            level = registers[award.indicator].level(award.level)
            title = level.title if level else award.level
            yield f"{award.name}（{title}，{award.document}）"


def differences(clause: Clause, now: Content, mine: Content) -> dict[str, Difference]:
    """The fields of ``mine`` that stand otherwise now, each with both sides in words."""
    return {
        name: Difference(
            label(clause, name), shown(clause, name, now.get(name, "")), shown(clause, name, text)
        )
        for name, text in mine.items()
        if now.get(name, "") != text
    }


def since_accepted(
    clause: Clause, submission: Submission, content: Content
) -> dict[str, Difference]:
    """What changed since the unit's office last accepted it; nothing if it never did."""
    if not submission.accepted:
        return {}
    return differences(clause, json.loads(submission.accepted), content)


def as_accepted(content: Content) -> str:
    """The content as it is remembered."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def label(clause: Clause, name: str) -> str:
    """What a field is called."""
    words = {
        "self_score": _("自评得分"),
        "lost_reason": _("失分原因"),
        "note": _("备注"),
        EVIDENCE: _("佐证材料"),
        AWARDS: _("登记"),
    }
    if name in words:
        return words[name]
    of = {
        "value": _("本年数值"),
        "state": _("情况"),
        "note": _("说明"),
        "before": _("上年数值"),
    }
    kind, _dash, indicator = name.partition("-")
    return f"{title_of(clause, indicator)} · {of.get(kind, kind)}"


def shown(clause: Clause, name: str, text: str) -> str:
    """A field's text for people: the words of a state, the name of a grade."""
    kind, _dash, indicator_id = name.partition("-")
    if kind == "state" and text:
        return str(ReportedValue.State(text).label)
    indicator = indicator_of(clause, indicator_id)
    if kind in ("value", "before") and text and indicator is not None:
        return values.told(indicator, read_number(text))
    return text


def title_of(clause: Clause, indicator: str) -> str:
    """The printed title of one of the clause's indicators."""
    found = indicator_of(clause, indicator)
    return found.title if found else indicator


def indicator_of(clause: Clause, indicator: str) -> Indicator | None:
    """One of the clause's indicators by its id."""
    return next((each for each in clause.typed if each.id == indicator), None)
