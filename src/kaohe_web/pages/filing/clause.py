"""The page of one part: filled in by its department, read by everybody who has to do with it."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.cycles.models import Cycle
from kaohe_web.errors import Conflict
from kaohe_web.filing import checks, submissions
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.filing.clause_shown import (
    between,
    chosen,
    preview_of,
    settled_states,
    shown,
    wrong,
)
from kaohe_web.pages.filing.forms import ClauseForm, VersionForm
from kaohe_web.pages.filing.place import find_own, find_place
from kaohe_web.pages.templatetags.kaohe_pages import beijing_time


@page("filing.see", cycle=True)
def clause(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """What is asked, what is filed, what it would score, and the next step."""
    place = find_place(request, cycle, assessed_id, part)
    return shown(request, place, ClauseForm(place))


@page("filing.fill", methods=("POST",), cycle=True)
def submission_save(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """Save a draft: pressed, or by itself while somebody types."""
    place = find_own(request, cycle, assessed_id, part)
    form = ClauseForm(place, chosen(request, place))
    if not form.is_valid():
        return wrong(request, place, form)
    assert place.duty is not None, "found by its duty"  # noqa: S101 -- see find_own
    try:
        submission = submissions.save(
            place.duty,
            by=request.by,
            at=request.at,
            version=form.cleaned_data["version"],
            entered=form.entered(),
        )
    except Conflict as conflict:
        # not the middleware's page: here the person chooses between the two sides
        return between(request, cycle, form, conflict)
    if not request.accepts("text/html"):
        fields = {"version": submission.version, **settled_states(form)}
        return JsonResponse({"fields": fields, "saved_at": beijing_time(request.at)})
    messages.success(request, _("已保存"))
    return redirect(reverse("clause", kwargs=place.address))


@page("filing.fill", methods=("POST",), cycle=True)
def submission_hand_in(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """Save and hand in to the unit's office; what is missing is said at its field."""
    place = find_own(request, cycle, assessed_id, part)
    form = ClauseForm(place, chosen(request, place))
    if form.is_valid():
        for name, lack in checks.lacking(place.clause, form.entered(), place.registered):
            form.add_error(name if name in form.fields else None, lack)
    if not form.is_valid():
        return wrong(request, place, form)
    assert place.duty is not None, "found by its duty"  # noqa: S101 -- see find_own
    try:
        submissions.hand_in(
            place.duty,
            by=request.by,
            at=request.at,
            version=form.cleaned_data["version"],
            entered=form.entered(),
        )
    except Conflict as conflict:
        # as above
        return between(request, cycle, form, conflict)
    messages.success(request, _("已报审，等待单位质强办审核"))
    return redirect(reverse("clause", kwargs=place.address))


@page("filing.fill", methods=("POST",), cycle=True)
def submission_withdraw(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """Take a part back before it is checked."""
    place = find_own(request, cycle, assessed_id, part)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return wrong(request, place, ClauseForm(place))
    assert place.duty is not None, "found by its duty"  # noqa: S101 -- see find_own
    submissions.withdraw(place.duty, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已撤回，可以继续修改"))
    return redirect(reverse("clause", kwargs=place.address))


@page("filing.fill", methods=("POST",), cycle=True)
def clause_preview(request: Asked, cycle: Cycle, assessed_id: int, part: str) -> HttpResponse:
    """What the values as they are typed would score, and why; nothing is saved."""
    place = find_own(request, cycle, assessed_id, part)
    form = ClauseForm(place, request.POST)
    form.is_valid()
    # without the request: a part of a page needs nothing of what surrounds pages
    return HttpResponse(render_to_string("filing/preview.html", preview_of(place, form)))
