"""The public list: which unit has which grade, and nothing else."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaohe_web.errors import NotThere
from kaohe_web.pages.asked import open_page
from kaohe_web.results.queries import published


@dataclass(frozen=True, slots=True)
class Published:
    """A line of the list: all that the public is told of a unit."""

    name: str
    grade: str


@open_page("公示名单：只有单位名称和等级，公示以后谁都可以看")
def public_results(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The grades of an announced or final run of a city's year."""
    run = published(cycle_id)
    if run is None:
        raise NotThere(_("没有公示中的考核结果；公示以后在这里查看"))
    rows = run.units.values_list("assessed__unit__name", "grade", "assessed__group")
    groups: dict[str, list[Published]] = {}
    for name, grade, group in rows:
        groups.setdefault(group, []).append(Published(name, grade))
    context = {
        "name": run.cycle.name,
        "final": run.state == run.State.FINAL,
        "announced_at": run.announced_at,
        "until": run.objections_until,
        "groups": groups,
    }
    return render(request, "results/public.html", context)
