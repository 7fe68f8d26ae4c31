"""Excel both ways (离线填报): a workbook handed out, filled, read against what is held, taken in.

What came back is kept by its hash between preview and import. Whatever a page sends besides is the
side chosen in each conflict: every value is read from the file again.
"""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kaohe.location import Mistake
from kaohe.nodes import Mistaken
from kaohe_web.audit import trail
from kaohe_web.clock import BEIJING
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_cycles
from kaohe_web.errors import Conflict, Invalid, NotThere, WrongState
from kaohe_web.files.configured import evidence_store
from kaohe_web.filing import (
    workbooks_filing,
    workbooks_grid,
    workbooks_queries,
    workbooks_registers,
    workbooks_write,
)
from kaohe_web.filing.models import WorkbookUpload
from kaohe_web.filing.stored_files import Kept
from kaohe_web.filing.windows import Windows
from kaohe_web.people.acting import action, locked
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import Role
from kaohe_web.sheets.filing import filing_form
from kaohe_web.sheets.grid import grid_form
from kaohe_web.sheets.marked import write_marked
from kaohe_web.sheets.merge import Side, Standing
from kaohe_web.sheets.model import Filled, Form, Issue, Rejected, Slot
from kaohe_web.sheets.preview import Preview, preview, settled
from kaohe_web.sheets.read import read_form
from kaohe_web.sheets.source import ACCEPTED
from kaohe_web.sheets.write import write_form


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to be handed out."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Review:
    """What a workbook that came back would change now, or what is wrong with it.

    ``filled`` is there unless the whole workbook cannot be taken; ``preview`` only without
    mistakes.
    """

    form: Form
    filled: Filled | None
    preview: Preview | None
    mistakes: tuple[Mistake, ...]

    @property
    def conflicts(self) -> tuple[Slot, ...]:
        """The cells that both sides changed, in their order."""
        merged = self.preview.merge.of(Standing.CONFLICT) if self.preview else ()
        return tuple((change.key, change.field) for change in merged)

    @property
    def seen(self) -> str:
        """What stands for all that this review says: a person decides on no other."""
        changes = self.preview.merge.changes if self.preview else ()
        said = [
            [each.key, each.field, each.base, each.filled, each.now]
            for each in changes
            if each.standing is not Standing.SAME
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@action("workbook.issued", right="workbook.use")
def issue(cycle: Cycle, /, *, by: Actor, at: dt.datetime) -> Book:
    """The workbook that the actor's department or body fills in, as everything stands now."""
    row = year_of(cycle, by=by)
    number = workbooks_queries.times_issued(by, row) + 1
    form = form_of(by, row, at, number=number)
    target = io.BytesIO()
    write_form(form, target, secret=sheet_secret())
    named = {"owner": form.issue.owner_title, "cycle": form.issue.cycle_title}
    name = _("%(owner)s填报表.xlsx") if form.issue.kind == "filing" else _("%(owner)s数据表.xlsx")
    thing = trail.What(
        workbooks_queries.OBJECT,
        workbooks_queries.owner_of(by),
        f"{form.title} {form.issue.cycle_title}",
        str(row.pk),
    )
    trail.record(workbooks_queries.ISSUED, thing, by=by, at=at, details={"number": number})
    return Book(name % named, target.getvalue())


@action("workbook.uploaded", right="workbook.use")
def upload(cycle: Cycle, /, *, by: Actor, at: dt.datetime, kept: Kept) -> WorkbookUpload:
    """Keep a filled workbook that came back; nothing of it is taken in yet.

    The same file sent again is the one that waits already.
    """
    row = year_of(cycle, by=by)
    if kept.type != "xlsx":
        raise Invalid([f"{kept.name}：{ACCEPTED}"])
    waiting = workbooks_queries.workbook_uploads(by, row).filter(file=kept.sha256, imported_at=None)
    there = waiting.first()
    if there is not None:
        return there
    found = WorkbookUpload.objects.create(
        cycle=row,
        department_id=by.department_id,
        provider_id=by.provider_id,
        file=kept.row(at),
        name=kept.name,
        uploaded_by=f"{by.name}（{by.title}）"[:200],
        uploaded_at=at,
    )
    details = {"name": found.name, "sha256": found.file_id}
    trail.record("workbook.uploaded", found, by=by, at=at, details=details)
    return found


def year_of(cycle: Cycle, *, by: Actor) -> Cycle:
    """The year, if the actor takes part in it.

    :raises NotThere: if not.
    """
    found = visible_cycles(by).filter(pk=cycle.pk).first()
    if found is None:
        raise NotThere(_("没有这个考核年度，或者您不能查看它；请在页面上方换一个年度"))
    return found


def review(found: WorkbookUpload, *, by: Actor, at: dt.datetime) -> Review:
    """What an uploaded workbook would change as everything stands now; writes nothing."""
    form = form_of(by, found.cycle, at)
    try:
        filled = read(found, form)
    except Rejected as rejected:
        return Review(form, rejected.filled, None, tuple(rejected.mistakes))
    except Mistaken as mistaken:
        return Review(form, None, None, tuple(mistaken.mistakes))
    return weighed(form, filled)


def read(found: WorkbookUpload, form: Form) -> Filled:
    """What was filled in.

    :raises Rejected, Mistaken: with every mistake at its cell.
    """
    with evidence_store().open(found.file_id) as source:
        return read_form(source, found.name, form, secret=sheet_secret())


def weighed(form: Form, filled: Filled) -> Review:
    """A workbook without mistakes of its own beside what is held now."""
    contradictions = workbooks_registers.settle(form, filled)
    shown = preview(form, filled)
    twice = workbooks_registers.counted_twice(form, filled, shown.merge)
    mistakes = (*shown.errors, *contradictions, *twice)
    return Review(form, filled, None if mistakes else shown, mistakes)


@action("workbook.imported", right="workbook.use")
def take_in(
    upload: WorkbookUpload,
    /,
    *,
    by: Actor,
    at: dt.datetime,
    filled: Filled,
    seen: str,
    choices: Mapping[Slot, Side],
) -> WorkbookUpload:
    """Take in a workbook that was read: all that it changes, or nothing.

    ``seen`` stands for what the person was shown. A second press finds it taken in already.

    :raises Conflict: if something changed since: then the person looks again.
    :raises Undecided: if a conflict has no side chosen.
    """
    row = locked(workbooks_queries.workbook_uploads(by, upload.cycle), upload.pk)
    if row.imported_at is not None:
        return row
    workbooks_write.lock(by, row.cycle)
    found = weighed(form_of(by, row.cycle, at), filled)
    if found.preview is None:
        raise Rejected(found.mistakes, filled)
    if found.seen != seen:
        raise Conflict(_("系统里的内容刚刚有变动，没有导入；请核对最新的预览后再确认"))
    writes = settled(found.form, filled, found.preview.merge, choices)
    changes = workbooks_write.write(writes, found.form, row.cycle, by=by, at=at)
    row.imported_at, row.written = at, len(changes)
    row.save(update_fields=["imported_at", "written"])
    details = {
        "name": row.name,
        "sha256": row.file_id,
        "issue": filled.issued.issue.number,
        "changes": changes,
    }
    trail.record("workbook.imported", row, by=by, at=at, details=details)
    return row


@action("workbook.handed_back", right="workbook.use")
def hand_back(upload: WorkbookUpload, /, *, by: Actor, at: dt.datetime, found: Review) -> Book:
    """The workbook with its mistakes marked at their cells, to be mended and uploaded again."""
    row = locked(workbooks_queries.workbook_uploads(by, upload.cycle), upload.pk)
    if found.filled is None or not found.mistakes:
        raise WrongState(_("这份表没有可标出的错误；请返回预览页查看"))
    target = io.BytesIO()
    write_marked(found.form, found.filled, found.mistakes, target, secret=sheet_secret())
    details = {"mistakes": len(found.mistakes), "sha256": row.file_id}
    trail.record("workbook.handed_back", row, by=by, at=at, details=details)
    stem = row.name.rpartition(".")[0] or row.name
    return Book(_("%(name)s（标出错误）.xlsx") % {"name": stem}, target.getvalue())


def form_of(by: Actor, cycle: Cycle, at: dt.datetime, *, number: int = 0) -> Form:
    """The form of cells that the actor's workbook is, as everything stands now; in Chinese.

    :raises WrongState: if the actor has nothing to fill in.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if by.role == Role.LIAISON:
            return form_of_filing(by, cycle, at, number)
        return form_of_grid(by, cycle, at, number)


def form_of_filing(by: Actor, cycle: Cycle, at: dt.datetime, number: int) -> Form:
    """A department's."""
    found = workbooks_filing.held(by, cycle, at)
    head = replace(
        head_of(by, cycle, at, number),
        kind="filing",
        unit=found.assessed.unit.code,
        unit_title=found.assessed.unit.name,
        owner_title=str(by.post.department) if by.post else "",
    )
    window = Windows(cycle).of_department(found.assessed, by.department_id)
    due = window.last_day if window else None
    return filing_form(workbooks_filing.sheet_of(found, head, due))


def form_of_grid(by: Actor, cycle: Cycle, at: dt.datetime, number: int) -> Form:
    """A data provider's, or the office's of a district alone."""
    found, places = workbooks_grid.own_grid(by, cycle)
    owner = by.post.provider if by.post and by.post.provider else None
    head = replace(head_of(by, cycle, at, number), owner_title=str(owner or _("考核办")))
    return grid_form(workbooks_grid.sheet_of(found, places, head, at))


def head_of(by: Actor, cycle: Cycle, at: dt.datetime, number: int) -> Issue:
    """What every issue says of itself; a department's adds its unit."""
    return Issue(
        kind="grid",
        cycle=str(cycle.pk),
        cycle_title=cycle.name,
        unit="",
        unit_title="",
        owner=workbooks_queries.owner_of(by),
        owner_title="",
        edition=cycle.edition.fingerprint,
        number=number,
        at=at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M"),
    )


def sheet_secret() -> bytes:
    """What seals the memory of our workbooks: drawn from the installation's secret."""
    return hashlib.sha256(f"kaohe sheets {settings.SECRET_KEY}".encode()).digest()
