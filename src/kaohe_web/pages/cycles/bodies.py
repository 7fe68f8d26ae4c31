"""Bodies of the installation: the lists of units, departments and providers, and pasted lists."""

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles import bodies as keeping
from kaohe_web.cycles.pasted import bodies_of, units_of
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.people.models import Unit


class Pasted(forms.Form):
    """A list, one body a line."""

    text = forms.CharField(
        label=gettext_lazy("名单"),
        max_length=50_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page about bodies."""
    return [(_("单位与部门"), reverse("bodies")), *steps]


@page("bodies.edit")
def bodies(request: Asked) -> HttpResponse:
    """The units, with how many departments each has, and the data providers."""
    return bodies_page(request, Pasted(auto_id="units_%s"), Pasted(auto_id="providers_%s"))


def bodies_page(
    request: Asked, units_form: Pasted, providers_form: Pasted, status: int = 200
) -> HttpResponse:
    """The page of all bodies."""
    context = {
        "breadcrumbs": crumbs(),
        "units": keeping.units(request.by).annotate(
            department_count=Count("departments", distinct=True),
            years_count=Count("years", distinct=True),
        ),
        "providers": keeping.providers(request.by),
        "units_form": units_form,
        "providers_form": providers_form,
    }
    return render(request, "cycles/bodies.html", context, status=status)


@page("bodies.edit", methods=("POST",))
def units_paste(request: Asked) -> HttpResponse:
    """Enter the units of a pasted list."""
    form = Pasted(request.POST, auto_id="units_%s")
    if not form.is_valid():
        return bodies_page(request, form, Pasted(auto_id="providers_%s"), status=422)
    taken = set(keeping.units(request.by).values_list("code", flat=True))
    found = units_of(form.cleaned_data["text"], taken)
    made = keeping.add_units(None, by=request.by, at=request.at, bodies=found)
    messages.success(request, _("已登记 %(count)s 个单位") % {"count": len(made)})
    return redirect("bodies")


@page("bodies.edit", methods=("POST",))
def providers_paste(request: Asked) -> HttpResponse:
    """Enter the data providers of a pasted list."""
    form = Pasted(request.POST, auto_id="providers_%s")
    if not form.is_valid():
        return bodies_page(request, Pasted(auto_id="units_%s"), form, status=422)
    found = bodies_of(form.cleaned_data["text"])
    made = keeping.add_providers(None, by=request.by, at=request.at, bodies=found)
    messages.success(request, _("已登记 %(count)s 个数据提供单位") % {"count": len(made)})
    return redirect("bodies")


@page("bodies.edit")
def unit(request: Asked, pk: int) -> HttpResponse:
    """One unit with its departments."""
    return unit_page(request, find(request, keeping.units(request.by), pk), Pasted())


def unit_page(request: Asked, row: Unit, form: Pasted, status: int = 200) -> HttpResponse:
    """The page of one unit."""
    departments = row.departments.annotate(
        post_count=Count("post", distinct=True), duty_count=Count("duties", distinct=True)
    )
    context = {
        "breadcrumbs": crumbs((row.name, "")),
        "unit": row,
        "departments": departments,
        "form": form,
    }
    return render(request, "cycles/unit.html", context, status=status)


@page("bodies.edit", methods=("POST",))
def departments_paste(request: Asked, pk: int) -> HttpResponse:
    """Enter the departments of a pasted list."""
    row = find(request, keeping.units(request.by), pk)
    form = Pasted(request.POST)
    if not form.is_valid():
        return unit_page(request, row, form, status=422)
    found = bodies_of(form.cleaned_data["text"])
    made = keeping.add_departments(row, by=request.by, at=request.at, bodies=found)
    messages.success(request, _("已登记 %(count)s 个部门") % {"count": len(made)})
    return redirect("unit", pk=row.pk)
