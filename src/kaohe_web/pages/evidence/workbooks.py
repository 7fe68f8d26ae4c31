"""Excel both ways: the workbook handed out, brought back, looked at, taken in or handed back."""

from itertools import islice

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.location import Mistake
from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.files.headers import download_headers
from kaohe_web.files.kinds import TYPES
from kaohe_web.filing import workbooks, workbooks_queries
from kaohe_web.filing.models import WorkbookUpload
from kaohe_web.filing.stored_files import keep
from kaohe_web.filing.workbooks import Book, Review
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.people.models import Role
from kaohe_web.sheets import marked
from kaohe_web.sheets.merge import Side, Standing, Undecided
from kaohe_web.sheets.model import Slot
from kaohe_web.sheets.preview import PreviewRow
from kaohe_web.sheets.source import ACCEPTED

A_PAGE = 300
"""So many changes are listed; all of them are taken in."""

EARLIER = 10


@page("workbook.use", cycle=True)
def workbook(request: Asked, cycle: Cycle) -> HttpResponse:
    """Where the workbook is fetched and brought back; what waits to be taken in."""
    uploads = workbooks_queries.workbook_uploads(request.by, cycle)
    context = {
        "liaison": request.by.role == Role.LIAISON,
        "closed": why_nothing(request, cycle),
        "waiting": uploads.filter(imported_at=None).first(),
        "earlier": list(uploads.exclude(imported_at=None)[:EARLIER]),
        "accepted": ACCEPTED,
        "issued": workbooks_queries.times_issued(request.by, cycle),
        "breadcrumbs": [*way_to(cycle)[:-1], (_("离线填报"), "")],
    }
    return render(request, "evidence/workbook.html", context)


def why_nothing(request: Asked, cycle: Cycle) -> str:
    """Why the person has no workbook to fill in; empty if there is one."""
    try:
        workbooks.form_of(request.by, cycle, request.at)
    except WrongState as refusal:
        return refusal.sentence
    return ""


@page("workbook.use", cycle=True)
def workbook_download(request: Asked, cycle: Cycle) -> HttpResponse:
    """The workbook as everything stands now."""
    return sent(workbooks.issue(cycle, by=request.by, at=request.at))


@page("workbook.use", methods=("POST",), cycle=True)
def workbook_upload(request: Asked, cycle: Cycle) -> HttpResponse:
    """Bring a filled workbook back; it is shown before anything of it is taken in."""
    file = request.FILES.get("file")
    if file is None:
        raise Invalid([_("没有选择文件；请选择填好的 .xlsx 表")])
    kept = keep(file, by=request.by, at=request.at)
    found = workbooks.upload(cycle, by=request.by, at=request.at, kept=kept)
    return redirect(address_of(found))


@page("workbook.use", cycle=True)
def workbook_preview(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """What a workbook would change, or what is wrong with it."""
    found = find(request, workbooks_queries.workbook_uploads(request.by, cycle), pk)
    if found.imported_at is not None:
        return render(request, "evidence/workbook_done.html", around(cycle, found))
    review = workbooks.review(found, by=request.by, at=request.at)
    return shown(request, found, review)


def shown(
    request: Asked,
    found: WorkbookUpload,
    review: Review,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a workbook that waits to be taken in."""
    context = around(found.cycle, found) | {"review": review, "problem": problem}
    if review.preview is None:
        context["mistakes"] = told(review)
        return render(request, "evidence/workbook_wrong.html", context, status=status)
    rows = review.preview.rows
    of_file = [row for row in rows if row.standing is Standing.FILE]
    of_site = [row for row in rows if row.standing in (Standing.SITE, Standing.BOTH)]
    context |= {
        "conflicts": with_choices(request, review.preview.conflicts),
        "changes": list(islice(of_file, A_PAGE)),
        "changes_count": len(of_file),
        "site": list(islice(of_site, A_PAGE)),
        "site_count": len(of_site),
        "warnings": review.preview.warnings,
        "stale": review.preview.stale,
        "issue": review.filled.issued.issue if review.filled else None,
    }
    return render(request, "evidence/workbook_preview.html", context, status=status)


def told(review: Review) -> list[tuple[Mistake, str, str]]:
    """Each mistake with which thing its cell is for, and what was typed into it."""
    if review.filled is None:
        return [(mistake, "", "") for mistake in review.mistakes]
    slots = marked.slots_of(review.filled, review.mistakes)
    return [
        (mistake, *marked.told(review.form, review.filled, slots.get(mistake.at)))
        for mistake in review.mistakes
    ]


def with_choices(
    request: Asked, conflicts: tuple[PreviewRow, ...]
) -> list[tuple[str, PreviewRow, str]]:
    """Each conflict with the name of its choice, and the side that was chosen already."""
    names = [f"side-{place}" for place, _row in enumerate(conflicts)]
    return [
        (name, row, request.POST.get(name, "")) for name, row in zip(names, conflicts, strict=True)
    ]


@page("workbook.use", methods=("POST",), cycle=True)
def workbook_confirm(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Take in all that a workbook changes; what nobody decided is asked for again."""
    found = find(request, workbooks_queries.workbook_uploads(request.by, cycle), pk)
    if found.imported_at is not None:
        return redirect(address_of(found))
    review = workbooks.review(found, by=request.by, at=request.at)
    if review.filled is None or review.preview is None:
        return shown(request, found, review, status=422)
    if review.seen != request.POST.get("seen"):
        problem = _("打开预览以后，系统里的内容又有变动；下面是最新的预览，请核对后再确认")
        return shown(request, found, review, problem=problem, status=409)
    try:
        done = workbooks.take_in(
            found,
            by=request.by,
            at=request.at,
            filled=review.filled,
            seen=review.seen,
            choices=choices_of(request, review),
        )
    except Undecided as undecided:
        # not the middleware's page: here the person chooses
        return shown(request, found, review, problem=str(undecided), status=422)
    messages.success(request, _("已导入，写入 %(count)s 处") % {"count": done.written})
    return redirect(address_of(found))


def choices_of(request: Asked, review: Review) -> dict[Slot, Side]:
    """The side that the person chose in each conflict."""
    found: dict[Slot, Side] = {}
    for place, slot in enumerate(review.conflicts):
        match request.POST.get(f"side-{place}"):
            case "file":
                found[slot] = "file"
            case "site":
                found[slot] = "site"
    return found


@page("workbook.use", cycle=True)
def workbook_marked(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """A workbook with mistakes, handed back with its bad cells marked."""
    found = find(request, workbooks_queries.workbook_uploads(request.by, cycle), pk)
    review = workbooks.review(found, by=request.by, at=request.at)
    return sent(workbooks.hand_back(found, by=request.by, at=request.at, found=review))


def sent(book: Book) -> HttpResponse:
    """A workbook as a download."""
    return HttpResponse(book.content, headers=download_headers(book.name, TYPES["xlsx"]))


def around(cycle: Cycle, found: WorkbookUpload) -> dict[str, object]:
    """What every page about an uploaded workbook shows."""
    return {"found": found, "breadcrumbs": [*way_to(cycle), (found.name, "")]}


def address_of(found: WorkbookUpload) -> str:
    """The page of an uploaded workbook."""
    where = {"cycle_id": found.cycle_id, "pk": found.pk}
    return reverse("workbook_preview", kwargs=where)


def way_to(cycle: Cycle) -> list[tuple[str, str]]:
    """The way to this room's page."""
    listed = reverse("workbook", kwargs={"cycle_id": cycle.pk})
    return [(cycle.name, ""), (_("离线填报"), listed)]
