"""Editions of rubrics: the list, one as a tree, its YAML, adopting one, comparing two."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe.lint.run import lint
from kaohe.reading.load import built_in_names, load_rubric
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of as rubric_of_year
from kaohe_web.files.names import attachment
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.around import in_year
from kaohe_web.pages.cycles.rubric_forms import Adoption, Offer, Pair
from kaohe_web.pages.cycles.rubric_rows import Counted, rubric_lines, spoken
from kaohe_web.people import rights
from kaohe_web.rubrics import editions as adopting
from kaohe_web.rubrics.checking import Checked, check
from kaohe_web.rubrics.difference import Difference, Impact, compare
from kaohe_web.rubrics.queries import editions, rubric_of


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about rubrics."""
    return [(_("评分细则"), reverse("rubrics")), *steps]


@page("rubrics.see")
def rubrics(request: Asked) -> HttpResponse:
    """The adopted editions, the latest first."""
    rows = editions(request.by).annotate(
        years=Count("cycle", distinct=True), stands=Count("accepted", distinct=True)
    )
    may_adopt = rights.may(request.by, "rubrics.adopt")
    context = {"breadcrumbs": crumbs(), "editions": rows, "may_adopt": may_adopt}
    return render(request, "cycles/rubrics.html", context)


@page("rubrics.see")
def rubric(request: Asked, pk: int) -> HttpResponse:
    """One edition: its items, its readings, or what lint finds in it."""
    edition = find(request, editions(request.by), pk)
    found = rubric_of(edition)
    view = request.GET.get("view", "items")
    context = {
        "breadcrumbs": crumbs((edition.title, "")),
        "edition": edition,
        "rubric": found,
        "view": view,
        "tabs": [
            {"title": title, "href": f"?view={name}", "current": view == name}
            for name, title in (
                ("items", _("条目")),
                ("readings", _("口径登记")),
                ("findings", _("检查结果")),
            )
        ],
    }
    match view:
        case "readings":
            context |= {"readings": found.readings}
        case "findings":
            findings = lint(found)
            context |= {
                "findings": findings,
                "counted": Counted.of(findings),
                "accepted": edition.accepted.all(),
            }
        case _:
            printed = "printed" in request.GET
            context |= {"lines": rubric_lines(found, printed=printed), "printed": printed}
    return render(request, "cycles/rubric.html", context)


@page("rubrics.see", cycle=True)
def cycle_rubric(request: Asked, cycle: Cycle) -> HttpResponse:
    """A year's rubric, each rule as the year's readings have it."""
    found = rubric_of_year(cycle)
    context = {
        "breadcrumbs": in_year(cycle, (_("评分细则"), "")),
        "edition": cycle.edition,
        "rubric": found,
        "lines": rubric_lines(found),
        "in_year": True,
    }
    return render(request, "cycles/cycle_rubric.html", context)


@page("rubrics.see")
def rubric_yaml(request: Asked, pk: int) -> HttpResponse:
    """The canonical YAML of an edition."""
    edition = find(request, editions(request.by), pk)
    text = adopting.download(edition, by=request.by, at=request.at)
    name = f"{edition.rubric}-{edition.fingerprint[7:15]}.yaml"
    headers = {"Content-Disposition": attachment(name)}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@page("rubrics.adopt")
def rubric_adopt(request: Asked) -> HttpResponse:
    """What may be adopted: a built-in rubric, or a file."""
    return offer_page(request, Offer())


def offer_page(request: Asked, form: Offer, status: int = 200) -> HttpResponse:
    """The page on which a rubric is offered."""
    adopted = set(editions(request.by).values_list("rubric", flat=True))
    built_in = [
        {"name": name, "rubric": load_rubric(name), "adopted": load_rubric(name).id in adopted}
        for name in built_in_names()
    ]
    context = {
        "breadcrumbs": crumbs((_("采用新的版次"), "")),
        "form": form,
        "built_in": built_in,
    }
    return render(request, "cycles/rubric_adopt.html", context, status=status)


@page("rubrics.adopt", methods=("POST",))
def rubric_check(request: Asked) -> HttpResponse:
    """What is wrong with an offered rubric, or what is to be known before it is adopted."""
    offer = Offer(request.POST, request.FILES)
    if not offer.is_valid():
        return offer_page(request, offer, status=422)
    checked = check(request.by, offer.cleaned_data["text"], offer.cleaned_data["source"])
    return checked_page(request, checked, Adoption(checked.stopping))


def checked_page(request: Asked, checked: Checked, form: Adoption) -> HttpResponse:
    """The page of a text that was looked over."""
    context = {
        "breadcrumbs": crumbs((_("采用新的版次"), reverse("rubric_adopt")), (_("检查"), "")),
        "checked": checked,
        "form": form,
        "counted": Counted.of(list(checked.findings)),
        "part_count": len(list(checked.rubric.all_parts())) if checked.rubric else 0,
    }
    status = 422 if checked.mistakes or form.errors else 200
    return render(request, "cycles/rubric_check.html", context, status=status)


@page("rubrics.adopt", methods=("POST",))
def rubric_adopt_save(request: Asked) -> HttpResponse:
    """Adopt the text that was looked over."""
    offer = Offer(request.POST)
    if not offer.is_valid():
        return offer_page(request, offer, status=422)
    checked = check(request.by, offer.cleaned_data["text"], offer.cleaned_data["source"])
    form = Adoption(checked.stopping, request.POST)
    if checked.rubric is None or not form.is_valid():
        return checked_page(request, checked, form)
    edition = adopting.adopt(
        None,
        by=request.by,
        at=request.at,
        text=checked.text,
        source=checked.source,
        note=form.cleaned_data["note"],
        reasons=form.reasons,
    )
    messages.success(request, _("已采用：%(edition)s") % {"edition": edition})
    return redirect("rubric", pk=edition.pk)


@page("rubrics.see")
def rubric_diff(request: Asked) -> HttpResponse:
    """Two editions side by side, part by part, with what each change asks to be done over."""
    seen = editions(request.by)
    form = Pair(seen, request.GET or None)
    context = {"breadcrumbs": crumbs((_("比较两个版次"), "")), "form": form, "count": seen.count()}
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        found = compare(rubric_of(old), rubric_of(new), spoken())
        context |= {"old": old, "new": new, "difference": found, "counts": counts_of(found)}
    return render(request, "cycles/rubric_diff.html", context)


def counts_of(found: Difference) -> list[dict[str, object]]:
    """How many parts each impact has, the gravest first."""
    return [
        {"impact": impact, "parts": parts}
        for impact in sorted(Impact, reverse=True)
        if impact is not Impact.NONE and (parts := found.of(impact))
    ]
