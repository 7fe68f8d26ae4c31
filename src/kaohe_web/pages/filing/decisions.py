"""What is decided about filed parts: checked, returned, sent back, signed and submitted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.errors import Invalid
from kaohe_web.filing import checking, queries, submissions
from kaohe_web.filing.models import Submission
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.filing.forms import ReturnForm, SigningForm

MOST_AT_ONCE = 500


@page("filing.check", methods=("POST",), cycle=True)
def submission_check(request: Asked, cycle: Cycle) -> HttpResponse:
    """Accept one part or several; those that cannot be accepted say why."""
    visible = queries.submissions_to_check(request.by, cycle)
    ticked = []
    for pair in request.POST.getlist("checked")[:MOST_AT_ONCE]:
        key, _colon, version = pair.partition(":")
        if not version.isdigit():
            raise Invalid([_("页面送来的内容不完整；请刷新页面后再试")])
        ticked.append((find(request, visible, key), int(version)))
    if not ticked:
        messages.warning(request, _("还没有勾选要审核通过的条目"))
    accepted, refused = checking.check_all(ticked, by=request.by, at=request.at)
    if accepted:
        said = ngettext("已审核通过 %(count)s 条", "已审核通过 %(count)s 条", accepted)
        messages.success(request, said % {"count": accepted})
    for sentence in refused:
        messages.error(request, sentence)
    return redirect(reverse("filing_board", kwargs={"cycle_id": cycle.pk}))


@page("filing.check", methods=("POST",), cycle=True)
def submission_return(request: Asked, cycle: Cycle, submission_id: int) -> HttpResponse:
    """Return a part to its department, with the reason."""
    row = find(request, queries.submissions_to_check(request.by, cycle), submission_id)
    form = reason_of(request)
    checking.return_to_department(row, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已退回，部门会收到通知；只有这一条重新开放"))
    return to_part(row)


@page("filing.send_back", methods=("POST",), cycle=True)
def submission_send_back(request: Asked, cycle: Cycle, submission_id: int) -> HttpResponse:
    """Send a submitted part back, by the office or an assessor, with the reason."""
    row = find(request, queries.submissions_to_send_back(request.by, cycle), submission_id)
    form = reason_of(request)
    submissions.send_back(row, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已退回，部门和单位质强办会收到通知；只有这一条重新开放"))
    return to_part(row)


@page("filing.check", methods=("POST",), cycle=True)
def sign_off(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """Sign the unit's filing and submit it to the office."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    form = SigningForm(request.POST)
    if not form.is_valid():
        raise Invalid([str(error) for found in form.errors.values() for error in found])
    missing = {
        name.removeprefix("missing-"): str(reason)
        for name, reason in request.POST.items()
        if name.startswith("missing-") and str(reason).strip()
    }
    checking.sign_off(
        unit, by=request.by, at=request.at, note=form.cleaned_data["note"], missing=missing
    )
    messages.success(request, _("已签署并提交考核办；之后只有退回的条目才重新开放"))
    return redirect(reverse("filing_board", kwargs={"cycle_id": cycle.pk}))


@page("filing.check", methods=("POST",), cycle=True)
def resubmit(request: Asked, cycle: Cycle, assessed_id: int) -> HttpResponse:
    """Submit again what was returned and is accepted now."""
    unit = find(request, visible_units(request.by, cycle), assessed_id)
    count = checking.resubmit(unit, by=request.by, at=request.at)
    messages.success(request, _("已重新提交 %(count)s 条") % {"count": count})
    return redirect(reverse("filing_board", kwargs={"cycle_id": cycle.pk}))


def reason_of(request: Asked) -> ReturnForm:
    """The reason for a return, valid.

    :raises Invalid: with everything that is wrong.
    """
    form = ReturnForm(request.POST)
    if not form.is_valid():
        raise Invalid(
            [
                f"{form.fields[name].label if name in form.fields else ''}：{error}"
                for name, found in form.errors.items()
                for error in found
            ]
        )
    return form


def to_part(row: Submission) -> HttpResponse:
    """Back to the page of the part."""
    where = {"cycle_id": row.cycle_id, "assessed_id": row.assessed_id, "part": row.part}
    return redirect(reverse("clause", kwargs=where))
