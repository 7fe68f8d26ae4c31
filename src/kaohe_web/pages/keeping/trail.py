"""The pages of the trail: the list with its filters, one entry in words, export, verification."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.audit import vocabulary, words
from kaohe_web.audit.anchor import anchor
from kaohe_web.files.headers import CLOSED
from kaohe_web.files.names import attachment
from kaohe_web.keeping import reading, trail_export, verification
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.keeping.forms import Narrowing, Verifying

PER_PAGE = 50
RELATED = 10


@page("audit.read")
def audit(request: Asked) -> HttpResponse:
    """The entries that are looked for, the latest first."""
    return shown(request, Verifying(), 200)


def shown(request: Asked, verifying: Verifying, status: int) -> HttpResponse:
    """The list, with the form that asks for a check."""
    years = reading.year_names()
    form = narrowing(request, years)
    wanted = form.wanted()
    found = Paginator(reading.matching(request.by, wanted), PER_PAGE)
    rows = found.get_page(request.GET.get("page"))
    context = {
        "page": rows,
        "rows": [(row, words.what_in_words(row.what)) for row in rows],
        "form": form,
        "narrowed": bool(wanted.said()),
        "query": request.GET.urlencode(),
        "checked": verification.last_check(),
        "under_way": verification.is_under_way(),
        "verifying": verifying,
        "anchor": anchor(),
    }
    return render(request, "keeping/audit.html", context, status=status)


def narrowing(request: Asked, years: dict[str, str]) -> Narrowing:
    """The filters of the address."""
    actions = sorted(vocabulary.ACTIONS.items(), key=lambda each: each[0])
    return Narrowing(request.GET or None, actions, list(years.items()))


@page("audit.read")
def entry(request: Asked, seq: int) -> HttpResponse:
    """One entry in words, with its place in the chain."""
    row = find(request, reading.entries(request.by), seq)
    same = reading.about_the_same(request.by, row)[:RELATED]
    context = {
        "entry": row,
        "what": words.what_in_words(row.what),
        "thing": words.thing_in_words(row.object_type),
        "details": words.details_in_words(row),
        "year": reading.year_names().get(row.cycle, row.cycle),
        "same": [(each, words.what_in_words(each.what)) for each in same],
        "breadcrumbs": [
            (_("操作留痕"), reverse("audit")),
            (_("第 %(seq)s 条") % {"seq": seq}, ""),
        ],
    }
    return render(request, "keeping/entry.html", context)


@page("audit.read")
def export(request: Asked) -> HttpResponse:
    """The entries that are looked for, as a table to take along."""
    wanted = narrowing(request, reading.year_names()).wanted()
    form = request.GET.get("form", "csv")
    file = trail_export.export(None, by=request.by, at=request.at, wanted=wanted, form=form)
    headers = {
        **CLOSED,
        "Content-Type": file.type,
        "Content-Disposition": attachment(file.name),
    }
    return HttpResponse(file.content, headers=headers)


@page("audit.read", methods=("POST",))
def verify(request: Asked) -> HttpResponse:
    """Have the whole trail checked."""
    form = Verifying(request.POST)
    if not form.is_valid():
        return shown(request, form, 422)
    anchors = form.cleaned_data["anchors"]
    verification.ask(None, by=request.by, at=request.at, anchors=anchors)
    messages.info(request, _("核验已开始，稍后刷新本页查看结果"))
    return redirect("audit")
