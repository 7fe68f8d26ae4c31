"""The papers that were put forward with a step, given out to whoever sees the step."""

from django.http import FileResponse

from kaohe_web.cycles.models import Cycle
from kaohe_web.followup import queries
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.downloads import send_file


@page("files.download", cycle=True)
def step_paper(request: Asked, cycle: Cycle, paper_id: int) -> FileResponse:
    """One paper."""
    paper = find(request, queries.papers(request.by).filter(cycle=cycle), paper_id)
    return send_file(request, paper, paper.file, paper.name)
