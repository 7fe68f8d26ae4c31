"""The pages of background work: what waits, what failed, what to do about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.jobs import failed, queries, registry
from kaohe_web.jobs.models import Job
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.keeping.forms import Dropping, JobNarrowing
from kaohe_web.people import rights

PER_PAGE = 50
AGAIN = (Job.State.FAILED, Job.State.DROPPED)
GIVEN_UP = (Job.State.FAILED, Job.State.WAITING)


@page("system.see")
def job_list(request: Asked) -> HttpResponse:
    """The background work, the latest first."""
    kinds = registry.load()
    form = JobNarrowing(request.GET or None, [(name, each.means) for name, each in kinds.items()])
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.jobs(request.by)
    for name in ("state", "kind"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_act = rights.may(request.by, "system.jobs")
    shown = [
        {
            "job": job,
            "means": registry.kind_in_words(job.kind),
            "again": may_act and job.state in AGAIN,
            "give_up": may_act and job.state in GIVEN_UP,
        }
        for job in found
    ]
    context = {
        "page": found,
        "shown": shown,
        "form": form,
        "dropping": Dropping(),
        "narrowed": any(wanted.values()),
    }
    return render(request, "keeping/jobs.html", context)


@page("system.jobs", methods=("POST",))
def retry(request: Asked, pk: int) -> HttpResponse:
    """Let a failed piece of work be tried again."""
    job = find(request, queries.jobs(request.by), pk)
    failed.retry(job, by=request.by, at=request.at)
    messages.success(request, _("已重新排队，稍后刷新可看到结果"))
    return redirect("jobs")


@page("system.jobs", methods=("POST",))
def drop(request: Asked, pk: int) -> HttpResponse:
    """Give up a piece of work."""
    job = find(request, queries.jobs(request.by), pk)
    form = Dropping(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有放弃：请写明理由"))
        return redirect("jobs")
    failed.drop(job, by=request.by, at=request.at, reason=form.cleaned_data["reason"])
    messages.success(request, _("已放弃这项任务"))
    return redirect("jobs")
