"""The filters of a list, kept in its address: by state, and by unit where there are many."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kaohe_web.cycles.models import AssessedUnit, Cycle
from kaohe_web.cycles.queries import visible_units
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.followup.step_form import T
from kaohe_web.people import rights

EVERYTHING = ("", _("全部"))


class Narrowing(forms.Form):
    """The filters of a list."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, data: Any, *, states: list[Any], units: list[AssessedUnit]) -> None:  # noqa: ANN401 -- a QueryDict
        super().__init__(data, auto_id="filter_%s")
        self.fields["state"].choices = [EVERYTHING, *states]  # type: ignore[attr-defined]  # a ChoiceField
        named = [(str(unit.pk), str(unit)) for unit in units]
        self.fields["unit"].choices = [EVERYTHING, *named]  # type: ignore[attr-defined]  # the same
        if not units:
            del self.fields["unit"]


def narrowed(request: Asked, cycle: Cycle, rows: QuerySet[T]) -> tuple[QuerySet[T], Narrowing]:
    """The rows that the filters leave, and the filters; a filter that is none leaves all."""
    sees_all = rights.may(request.by, "results.see_all")
    units = list(visible_units(request.by, cycle)) if sees_all else []
    form = Narrowing(request.GET, states=rows.model.State.choices, units=units)
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("unit"):
        rows = rows.filter(assessed=wanted["unit"])
    return rows, form
