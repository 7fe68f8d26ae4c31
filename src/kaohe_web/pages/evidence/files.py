"""Files themselves: downloaded, and looked at page by page."""

from django.http import FileResponse, HttpResponse

from kaohe_web.cycles.models import Cycle
from kaohe_web.files.headers import PREVIEW_HEADERS
from kaohe_web.filing import evidence_queries as queries
from kaohe_web.filing.evidence_pictures import picture_of
from kaohe_web.filing.papers_queries import papers
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.downloads import send_file


@page("evidence.see", cycle=True)
def evidence_download(request: Asked, cycle: Cycle, pk: int) -> FileResponse:
    """A file of evidence."""
    row = find(request, queries.evidence(request.by, cycle), pk)
    return send_file(request, row, row.file, row.name)


@page("evidence.see", cycle=True)
def evidence_preview(request: Asked, cycle: Cycle, pk: int, number: int) -> HttpResponse:
    """A page of a file as a picture; asked again for each page whether the person may see it."""
    row = find(request, queries.evidence(request.by, cycle), pk)
    return HttpResponse(picture_of(row.file, number), headers=PREVIEW_HEADERS)


@page("evidence.see", cycle=True)
def paper_download(request: Asked, cycle: Cycle, pk: int) -> FileResponse:
    """A paper that was handed in."""
    paper = find(request, papers(request.by, cycle), pk)
    return send_file(request, paper, paper.file, paper.name)
