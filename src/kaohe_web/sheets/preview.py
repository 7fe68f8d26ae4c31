"""What an uploaded workbook would change, in rows that people read before they confirm."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kaohe.location import Location, Mistake
from kaohe.nodes import shown
from kaohe_web.sheets.merge import Change, Merge, Side, Standing, Write, merge
from kaohe_web.sheets.model import (
    ENTRY,
    Filled,
    Form,
    Held,
    Key,
    Record,
    Rejected,
    Slot,
    is_new,
)

EMPTY = "（空）"
CHANGED_HERE = (Standing.FILE, Standing.CONFLICT)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One field that is not as it was issued: what it was, what it is here and there.

    ``before`` is what the site holds now, ``after`` what it will hold if nothing is decided
    otherwise. ``place`` is the cell (填报表!D7); empty for what is not in the workbook.
    """

    key: Key
    field: str
    title: str
    what: str
    standing: Standing
    issued: str
    filled: str
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The merge of a workbook with what the site holds now, before anything is written.

    ``errors`` are changes that cannot be made now, whatever is decided; with any of them nothing
    is written. ``stale`` if the site changed something since the workbook was issued.
    """

    merge: Merge
    rows: tuple[PreviewRow, ...]
    errors: tuple[Mistake, ...]
    warnings: tuple[str, ...]
    stale: bool

    @property
    def conflicts(self) -> tuple[PreviewRow, ...]:
        """The rows that somebody has to decide."""
        return tuple(row for row in self.rows if row.standing is Standing.CONFLICT)


def preview(form: Form, filled: Filled) -> Preview:
    """What a workbook that was read without mistakes would change on the site as it is now."""
    known = {key: values for key, values in filled.values.items() if form.record(key) is not None}
    base = {
        key: still_asked(form, key, held)
        for key, held in filled.issued.base.items()
        if key in known or key in form.records
    }
    merged = merge(base, known, form.held())
    errors = [
        *locked_errors(form, filled, merged),
        *torn_errors(form, filled, certain(merged), merged),
    ]
    changes = [c for c in merged.changes if c.standing is not Standing.SAME]
    rows = tuple(row_of(form, filled, change) for change in changes)
    now = form.held()
    stale = any(key in base and base[key].version != held.version for key, held in now.items())
    stale = stale or any(c.standing is not Standing.FILE for c in changes)
    return Preview(merged, rows, tuple(errors), tuple(filled.warnings), stale)


def still_asked(form: Form, key: Key, held: Held) -> Held:
    """What was issued of a record, without fields that are no longer asked for."""
    record = form.record(key)
    fields = record.fields if record is not None else {}
    return held._replace(values={f: v for f, v in held.values.items() if f in fields})


def settled(
    form: Form, filled: Filled, merged: Merge, choices: Mapping[Slot, Side]
) -> tuple[Write, ...]:
    """What is to be written once every conflict is decided.

    :raises Undecided: if one is not.
    :raises Rejected: if what the two sides come to contradicts itself, or may not be changed now.
    """
    writes = merged.writes(choices)
    errors = [*locked_errors(form, filled, merged), *torn_errors(form, filled, writes, merged)]
    if errors:
        raise Rejected(errors, filled)
    return writes


def certain(merged: Merge) -> tuple[Write, ...]:
    """What is written whatever is decided: the records in which nothing is in conflict."""
    undecided = {change.key for change in merged.of(Standing.CONFLICT)}
    clear = tuple(change for change in merged.changes if change.key not in undecided)
    return Merge(clear, merged.now).writes()


def torn_errors(
    form: Form, filled: Filled, writes: Iterable[Write], merged: Merge
) -> Iterator[Mistake]:
    """What contradicts itself only since the site was changed too: each side alone was right."""
    for write in writes:
        record, held = form.record(write.key), merged.now.get(write.key)
        if record is None or write.gone:
            continue
        values = {**(held.values if held is not None else {}), **write.values}
        for fault in record.check(values):
            if not fault.serious:
                continue
            place = filled.places.get((write.key, fault.field), "")
            message = (
                f"“{title_of(record, write.key, filled)}”在下载以后系统里也改过，"
                f"与这张表合起来不对：{fault.message}"
            )
            yield Mistake(shown(str(Location(filled.file, place))), shown(message))


def row_of(form: Form, filled: Filled, change: Change) -> PreviewRow:
    """A change in words."""
    record = form.record(change.key)
    assert record is not None  # noqa: S101 -- preview() left out what the site does not ask for
    asked = record.fields[change.field]

    def words(value: str) -> str:
        return asked.kind.words(value) or EMPTY

    return PreviewRow(
        change.key,
        change.field,
        title_of(record, change.key, filled),
        asked.title,
        change.standing,
        words(change.base),
        words(change.filled),
        words(change.now),
        words(change.value()),
        filled.places.get((change.key, change.field), ""),
    )


def title_of(record: Record, key: Key, filled: Filled) -> str:
    """What a row of the preview is about; a new entry by the name that was typed for it."""
    if is_new(key):
        name = filled.values.get(key, {}).get("name", "")
        return f"{record.title}：{name}" if name else record.title
    if key[:1] == (ENTRY,) and not record.values:
        held = filled.issued.base.get(key)
        return held.values.get("name", "") if held is not None else record.title
    return record.title


def locked_errors(form: Form, filled: Filled, merged: Merge) -> list[Mistake]:
    """What was changed in rows that may not be changed now."""
    found = []
    for change in merged.of(*CHANGED_HERE):
        record = form.record(change.key)
        if record is None or not record.locked:
            continue
        place = filled.places.get((change.key, change.field), "")
        message = (
            f"“{record.title}”现在不能改（{record.locked}），而表里改了这一格；"
            "请改回原来的内容，或等退回后再改"
        )
        found.append(Mistake(shown(str(Location(filled.file, place))), shown(message)))
    return found
