"""What surrounds a page of results: the way here, the views of a run, the file handed out."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.files.headers import CLOSED
from kaohe_web.files.names import attachment
from kaohe_web.results.exports import File
from kaohe_web.results.models import ScoringRun

Crumbs = list[tuple[str, str]]


def crumbs(cycle: Cycle, *more: tuple[str, str]) -> Crumbs:
    """The way to a page of results."""
    runs = (_("考核结果"), reverse("runs", kwargs={"cycle_id": cycle.pk}))
    return [year_crumb(cycle), runs, *more]


def year_crumb(cycle: Cycle) -> tuple[str, str]:
    """The way to the year itself."""
    return (cycle.name, reverse("cycle", kwargs={"cycle_id": cycle.pk}))


def run_crumbs(run: ScoringRun, *more: str) -> Crumbs:
    """The way to a page of a run."""
    here = _("第 %(number)s 次计分") % {"number": run.number}
    return crumbs(run.cycle, (here, address("run", run)), *((title, "") for title in more))


def address(name: str, run: ScoringRun) -> str:
    """An address of a run."""
    return reverse(name, kwargs={"cycle_id": run.cycle_id, "run_id": run.pk})


def run_tabs(run: ScoringRun, current: str) -> list[dict[str, object]]:
    """The views of a run."""
    titles = {"run": _("排名"), "run_heat_map": _("热力图"), "run_means": _("参评范围与平均值")}
    if run.supersedes_id is not None:
        titles["run_moved"] = _("与上次相比")
    return [
        {"title": title, "href": address(name, run), "current": name == current}
        for name, title in titles.items()
    ]


def handed_out(file: File) -> HttpResponse:
    """A file as a download under its Chinese name; nothing in it can run."""
    headers = {"Content-Disposition": attachment(file.name), **CLOSED}
    return HttpResponse(file.content, content_type=file.type, headers=headers)
