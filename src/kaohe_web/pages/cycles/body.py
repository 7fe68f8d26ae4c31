"""One body's own page: its names changed, or itself removed again."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles import bodies as keeping
from kaohe_web.cycles.edits import Edit
from kaohe_web.cycles.pasted import Body
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.bodies import crumbs
from kaohe_web.pages.cycles.fields import PlainText
from kaohe_web.pages.cycles.rows import Row
from kaohe_web.people.models import Department, Provider, Unit


class Names(Row):
    """A body's names; a unit has a code, the others have aliases, a provider has no order."""

    code = PlainText(label=gettext_lazy("代码"), max_length=20)
    name = PlainText(label=gettext_lazy("名称"), max_length=100)
    aliases = PlainText(
        label=gettext_lazy("别名"),
        max_length=300,
        help_text=gettext_lazy("文件里可能出现的其他叫法，用顿号隔开；系统据此对应负责部门。"),
    )
    position = forms.IntegerField(
        label=gettext_lazy("排序"),
        min_value=0,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, row: Unit | Department | Provider, data: Any = None) -> None:  # noqa: ANN401 -- a request's data
        found = words(row)
        super().__init__(
            data,
            initial={
                "code": found.code,
                "name": found.name,
                "aliases": found.aliases,
                "position": found.position,
            },
        )
        del self.fields["aliases" if isinstance(row, Unit) else "code"]
        if isinstance(row, Provider):
            del self.fields["position"]
        for field in self.fields.values():
            field.widget.attrs.pop("class", None)

    @property
    def edit(self) -> Edit[Body]:
        """What was shown, and what was typed."""
        return Edit(typed(self.seen()), typed(self.cleaned_data))


def words(row: Unit | Department | Provider) -> Body:
    """A body's own words."""
    match row:
        case Unit():
            return Body(row.name, code=row.code, position=row.position)
        case Department():
            return Body(row.name, aliases=row.aliases, position=row.position)
        case Provider():
            return Body(row.name, aliases=row.aliases)


def typed(found: Mapping[str, Any]) -> Body:
    """What a form says of a body."""
    return Body(
        found["name"],
        code=found.get("code", ""),
        aliases=found.get("aliases", ""),
        position=found.get("position") or 0,
    )


def body_page(
    request: Asked, row: Unit | Department | Provider, form: Names, status: int = 200
) -> HttpResponse:
    """The page of one body."""
    kind = row._meta.model_name  # noqa: SLF001 -- Django's own public name for it
    steps = [(row.name, "")]
    if isinstance(row, Department):
        steps = [(row.unit.name, reverse("unit", kwargs={"pk": row.unit_id})), *steps]
    context = {
        "breadcrumbs": crumbs(*steps),
        "body": row,
        "form": form,
        "save": reverse(f"{kind}_save", kwargs={"pk": row.pk}),
        "remove": reverse(f"{kind}_remove", kwargs={"pk": row.pk}),
        "back": back_of(row),
    }
    return render(request, "cycles/body.html", context, status=status)


def back_of(row: Unit | Department | Provider) -> str:
    """The list that a body stands in."""
    if isinstance(row, Department):
        return reverse("unit", kwargs={"pk": row.unit_id})
    return reverse("bodies")


def saved(
    request: Asked,
    row: Unit | Department | Provider,
    change: Callable[[Edit[Body]], object],
) -> HttpResponse:
    """Change a body's names, or show what is wrong with the form."""
    form = Names(row, request.POST)
    if not form.is_valid():
        return body_page(request, row, form, status=422)
    change(form.edit)
    messages.success(request, _("已保存"))
    return redirect(back_of(row))


def removed(request: Asked, row: Unit | Department | Provider) -> HttpResponse:
    """Remove a body that nothing rests on."""
    back, name = back_of(row), row.name
    keeping.remove(row, by=request.by, at=request.at)
    messages.success(request, _("已删除“%(name)s”") % {"name": name})
    return redirect(back)


@page("bodies.edit")
def unit_edit(request: Asked, pk: int) -> HttpResponse:
    """A unit's names."""
    row = find(request, keeping.units(request.by), pk)
    return body_page(request, row, Names(row))


@page("bodies.edit", methods=("POST",))
def unit_save(request: Asked, pk: int) -> HttpResponse:
    """Change a unit's names."""
    row = find(request, keeping.units(request.by), pk)
    return saved(
        request,
        row,
        lambda edit: keeping.change_unit(row, by=request.by, at=request.at, edit=edit),
    )


@page("bodies.edit", methods=("POST",))
def unit_remove(request: Asked, pk: int) -> HttpResponse:
    """Remove a unit entered by mistake."""
    return removed(request, find(request, keeping.units(request.by), pk))


@page("bodies.edit")
def department_edit(request: Asked, pk: int) -> HttpResponse:
    """A department's names."""
    row = find(request, keeping.departments(request.by), pk)
    return body_page(request, row, Names(row))


@page("bodies.edit", methods=("POST",))
def department_save(request: Asked, pk: int) -> HttpResponse:
    """Change a department's names."""
    row = find(request, keeping.departments(request.by), pk)
    return saved(
        request,
        row,
        lambda edit: keeping.change_department(row, by=request.by, at=request.at, edit=edit),
    )


@page("bodies.edit", methods=("POST",))
def department_remove(request: Asked, pk: int) -> HttpResponse:
    """Remove a department entered by mistake."""
    return removed(request, find(request, keeping.departments(request.by), pk))


@page("bodies.edit")
def provider_edit(request: Asked, pk: int) -> HttpResponse:
    """A data provider's names."""
    row = find(request, keeping.providers(request.by), pk)
    return body_page(request, row, Names(row))


@page("bodies.edit", methods=("POST",))
def provider_save(request: Asked, pk: int) -> HttpResponse:
    """Change a data provider's names."""
    row = find(request, keeping.providers(request.by), pk)
    return saved(
        request,
        row,
        lambda edit: keeping.change_provider(row, by=request.by, at=request.at, edit=edit),
    )


@page("bodies.edit", methods=("POST",))
def provider_remove(request: Asked, pk: int) -> HttpResponse:
    """Remove a data provider entered by mistake."""
    return removed(request, find(request, keeping.providers(request.by), pk))
