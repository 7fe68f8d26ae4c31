"""The pages of one's messages: the list, one read, all read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kaohe_web.desk.gathering import current_year
from kaohe_web.jobs import notices as actions
from kaohe_web.jobs import queries
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.desk.forms import Narrowing

PER_PAGE = 30


@page("notices.own")
def notice_list(request: Asked) -> HttpResponse:
    """The messages to one's present post, the latest first."""
    rows = queries.notices(request.by)
    form = Narrowing(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("unread"):
        rows = rows.filter(read_at=None)
    request.cycle = current_year(request.by)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "narrowed": any(wanted.values()),
    }
    return render(request, "desk/notices.html", context)


@page("notices.own", methods=("POST",))
def read(request: Asked, pk: int) -> HttpResponse:
    """Note that a message was read, and go where it leads."""
    notice = find(request, queries.notices(request.by), pk)
    row = actions.read(notice, by=request.by, at=request.at)
    if url_has_allowed_host_and_scheme(row.link, allowed_hosts=None):
        return redirect(row.link)
    return redirect("notices")


@page("notices.own", methods=("POST",))
def read_all(request: Asked) -> HttpResponse:
    """Note that every message was read."""
    count = actions.read_all(None, by=request.by, at=request.at)
    messages.success(request, _("%(count)s 条消息已标为已读") % {"count": count})
    return redirect("notices")
