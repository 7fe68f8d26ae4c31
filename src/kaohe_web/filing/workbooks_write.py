"""Writing what a workbook changes: by the same doors as the pages, all of it or nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from kaohe.quantity import read_number
from kaohe_web.cycles.models import Cycle, Duty
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import Invalid
from kaohe_web.filing import awards, queries, submissions, values
from kaohe_web.filing.awards import Award
from kaohe_web.filing.clauses import year_of
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import AwardEntry, ReportedValue, Submission
from kaohe_web.filing.values import ValueEntry
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.sheets.filing import INDICATOR, PART
from kaohe_web.sheets.merge import Write
from kaohe_web.sheets.model import ENTRY, Form, Record

State = ReportedValue.State
Changed = list[list[str]]
"""What was changed: whose, which field, before, after."""


def lock(by: Actor, cycle: Cycle) -> None:
    """Let nobody else write what the actor's workbook holds until the action ends."""
    if by.role == Role.LIAISON:
        rows = queries.duties_to_fill(by, cycle).order_by("pk").select_for_update(of=("self",))
        list(rows)
    else:
        mine = queries.provided_to_enter(by, cycle).order_by("pk")
        list(mine.select_for_update(of=("self",)))


def write(
    writes: Collection[Write], form: Form, cycle: Cycle, *, by: Actor, at: dt.datetime
) -> Changed:
    """Write everything that is to be written; gives what changed.

    :raises Invalid: with what a page would not have taken either.
    """
    if by.role == Role.LIAISON:
        write_filing(writes, form, cycle, by=by, at=at)
    else:
        write_grid(writes, cycle, by=by, at=at)
    return [change for each in writes for change in told(form, each)]


def write_filing(
    writes: Iterable[Write], form: Form, cycle: Cycle, *, by: Actor, at: dt.datetime
) -> None:
    """Write a department's parts with their indicators, then its registers."""
    duties = {duty.part: duty for duty in queries.duties_to_fill(by, cycle)}
    assessed = next(iter(duties.values())).assessed
    entered_with = year_of(cycle).clauses(assessed.type).entered_with
    parts: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    entries = []
    for each in writes:
        match each.key:
            case (kind, part) if kind == PART:
                parts[part][""] = each.values
            case (kind, indicator) if kind == INDICATOR:
                parts[entered_with[indicator]][indicator] = each.values
            case _:
                entries.append(each)
    rows = values.rows_of(assessed, list(entered_with))
    held = {row.part: row for row in queries.submissions(by, cycle).filter(assessed=assessed)}
    for part, changed in parts.items():
        save_part(duties[part], held.get(part), rows, changed, by=by, at=at)
    for each in entries:
        write_entry(duties[next(iter(duties))], each, form, by=by, at=at)


def save_part(
    duty: Duty,
    submission: Submission | None,
    rows: Mapping[str, ReportedValue],
    changed: Mapping[str, Mapping[str, str]],
    *,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Save one part: what the workbook changes, beside what stands."""
    own = changed.get("", {})
    self_score = submission.self_score if submission else None
    if "self_score" in own:
        self_score = number_of(own["self_score"])
    entered = Entered(
        self_score=self_score,
        lost_reason=own.get("lost_reason", submission.lost_reason if submission else ""),
        note=own.get("note", submission.note if submission else ""),
        values={
            name: entry_after(values.entry_of(rows.get(name)), of)
            for name, of in changed.items()
            if name
        },
    )
    version = submission.version if submission else 0
    submissions.save(duty, by=by, at=at, version=version, entered=entered)


def entry_after(entry: ValueEntry, changed: Mapping[str, str]) -> ValueEntry:
    """A value with what a workbook changes of it."""
    if "value" in changed:
        entry = entry._replace(value=number_of(changed["value"]))
    if "before" in changed:
        entry = entry._replace(before=number_of(changed["before"]))
    if "state" in changed:
        entry = entry._replace(state=changed["state"] or State.VALUE.value)
    if "note" in changed:
        entry = entry._replace(note=changed["note"])
    return entry.settled()


def number_of(text: str) -> Decimal | None:
    """The number of a cell; ``None`` for an empty one."""
    return read_number(text) if text else None


def write_entry(duty: Duty, each: Write, form: Form, *, by: Actor, at: dt.datetime) -> None:
    """Register, correct or strike one thing."""
    record = form.record(each.key)
    assert record is not None, "settled() gives no other"  # noqa: S101 -- see sheets.preview
    after = {**record.values, **each.values}
    if each.new:
        add_entry(duty, after, by=by, at=at)
        return
    entry = queries.awards_to_change(by, duty.cycle).get(pk=each.key[1])
    if each.gone or after["indicator"] != entry.indicator:
        awards.remove(entry, by=by, at=at, version=entry.version)
        if not each.gone:
            add_entry(duty, after, by=by, at=at)
        return
    awards.change(entry, by=by, at=at, version=entry.version, award=award_of(after))


def add_entry(duty: Duty, after: Mapping[str, str], *, by: Actor, at: dt.datetime) -> AwardEntry:
    """Register a thing."""
    return awards.add(
        duty.assessed, by=by, at=at, indicator=after["indicator"], award=award_of(after)
    )


def award_of(after: Mapping[str, str]) -> Award:
    """A thing as a row of the workbook names it."""
    return Award(
        name=after["name"],
        level=after["level"],
        on_day=dt.date.fromisoformat(after["on_day"]),
        document=after["document"],
        holder=after.get("holder", ""),
        approval=after.get("approval", ""),
    )


def write_grid(writes: Iterable[Write], cycle: Cycle, *, by: Actor, at: dt.datetime) -> None:
    """Write a provider's values, row by row; the units and duties are read once for all.

    The workbook's own checks and its locks were asked under the lock that is held now.
    """
    units = {unit.unit.code: unit for unit in visible_units(by, cycle)}
    duties = {each.indicator: each for each in queries.provided_to_enter(by, cycle)}
    held = {(row.assessed_id, row.indicator): row for row in queries.provided_values(by, cycle)}
    rubric = year_of(cycle).rubric
    problems = []
    for each in writes:
        _value, code, indicator = each.key
        unit = units[code]
        row = held.get((unit.pk, indicator)) or ReportedValue(
            assessed=unit, cycle=cycle, indicator=indicator, version=0
        )
        entry = entry_after(values.entry_of(row), each.values)
        asked = next(known for name, known in rubric.indicators.items() if name == indicator)
        problems += [
            _("%(unit)s %(indicator)s：%(fault)s")
            % {"unit": unit, "indicator": asked.title, "fault": fault}
            for _name, fault in values.faults(asked, entry)
        ]
        values.put(row, entry, source=str(duties[indicator].provider), by=by, at=at)
    if problems:
        raise Invalid(problems)


def told(form: Form, each: Write) -> Iterable[list[str]]:
    """What was changed of one record, in words."""
    record = form.record(each.key)
    assert record is not None, "settled() gives no other"  # noqa: S101 -- see sheets.preview
    title = title_of(record, each)
    for name, after in each.values.items():
        kind = record.fields[name].kind
        before = record.values.get(name, "") if not each.new else ""
        yield [title, record.fields[name].title, kind.words(before), kind.words(after)]


def title_of(record: Record, each: Write) -> str:
    """Whose record it is; a new entry by its name."""
    if each.key[:1] == (ENTRY,) and each.values.get("name"):
        return f"{record.title}：{each.values['name']}"
    return record.title
