"""Downloads: tables as CSV and Excel, a year's data, a run's archive; each one recorded."""

from django.http import HttpResponse

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.results.around import handed_out
from kaohe_web.pages.results.live import basis_of
from kaohe_web.pages.results.runs import runs_of
from kaohe_web.pages.results.sheets import results_of
from kaohe_web.results import exports


@page("results.export", cycle=True)
def run_export(request: Asked, cycle: Cycle, run_id: int, table: str, form: str) -> HttpResponse:
    """A table of a run."""
    row = find(request, runs_of(request, cycle), run_id)
    by, at = request.by, request.at
    return handed_out(exports.run_table(row, by=by, at=at, table=table, form=form))


@page("results.export", cycle=True)
def run_archive(request: Asked, cycle: Cycle, run_id: int) -> HttpResponse:
    """A run with everything that made it."""
    row = find(request, runs_of(request, cycle), run_id)
    return handed_out(exports.archive(row, by=request.by, at=request.at))


@page("results.export", cycle=True)
def data_export(request: Asked, cycle: Cycle) -> HttpResponse:
    """The year's data as ``kaohe score`` reads it."""
    return handed_out(exports.data(cycle, by=request.by, at=request.at))


@page("results.export", cycle=True)
def standing_export(request: Asked, cycle: Cycle, table: str, form: str) -> HttpResponse:
    """A table of the year as it stands."""
    by, at, basis = request.by, request.at, basis_of(request)
    file = exports.live_table(cycle, by=by, at=at, table=table, form=form, basis=basis)
    return handed_out(file)


@page("results.see", cycle=True)
def sheet_export(request: Asked, cycle: Cycle, result_id: int, form: str) -> HttpResponse:
    """A unit's score sheet."""
    result = find(request, results_of(request, cycle), result_id)
    return handed_out(exports.score_sheet(result, by=request.by, at=request.at, form=form))
