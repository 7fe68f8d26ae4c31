"""Parts that do not apply to a unit this year, and why."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe.rubric.interpretation import interpret
from kaohe_web.cycles import exemptions as exempting
from kaohe_web.cycles.models import AssessedUnit, Cycle, Exemption
from kaohe_web.cycles.queries import rubric_of, visible_units
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.cycles.around import here, year_page
from kaohe_web.pages.cycles.fields import LongText
from kaohe_web.pages.cycles.year_forms import offer
from kaohe_web.people.actor import Actor


class Approval(forms.Form):
    """A part that does not apply to a unit."""

    unit: "forms.ModelChoiceField[AssessedUnit]" = forms.ModelChoiceField(
        None, label=gettext_lazy("单位"), empty_label=None
    )
    part = forms.ChoiceField(label=gettext_lazy("条目"))
    reason = LongText(
        label=gettext_lazy("理由"), help_text=gettext_lazy("例如：辖区内没有水产养殖。")
    )

    def __init__(
        self, cycle: Cycle, units: QuerySet[AssessedUnit], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        offer(self, "unit", units)
        parts = [(part.id, f"{part.id} {part.title}") for part in rubric_of(cycle).all_parts()]
        self.fields["part"].choices = parts  # type: ignore[attr-defined]  # a choice


class Lifting(forms.Form):
    """Why an exemption is lifted."""

    reason = LongText(label=gettext_lazy("取消的理由"))


def exemptions_seen(by: Actor, cycle: Cycle) -> QuerySet[Exemption]:
    """The exemptions of the units that the person has to do with."""
    units = visible_units(by, cycle)
    return cycle.exemptions.filter(assessed__in=units.values("pk")).select_related(
        "assessed__unit", "cycle"
    )


@page("cycles.see", cycle=True)
def exemptions(request: Asked, cycle: Cycle) -> HttpResponse:
    """What does not apply to whom."""
    form = Approval(cycle, visible_units(request.by, cycle))
    return exemptions_page(request, cycle, form)


def exemptions_page(
    request: Asked, cycle: Cycle, form: Approval, status: int = 200
) -> HttpResponse:
    """The page of the exemptions."""
    rubric = rubric_of(cycle)
    parts = {part.id: part for part in rubric.all_parts()}
    context = year_page(request, cycle, (_("不适用"), "")) | {
        "rows": [
            {
                "exemption": row,
                "part": parts.get(row.part),
                "lifting": Lifting(auto_id=f"lift{row.pk}_%s"),
            }
            for row in exemptions_seen(request.by, cycle).order_by("assessed__position", "id")
        ],
        "treatment": interpret(rubric).not_applicable.treatment,
        "runs": cycle.runs.count(),
        "has_units": visible_units(request.by, cycle).exists(),
        "form": form,
    }
    return render(request, "cycles/exemptions.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def exemption_approve(request: Asked, cycle: Cycle) -> HttpResponse:
    """Approve that a part does not apply to a unit."""
    form = Approval(cycle, visible_units(request.by, cycle), request.POST)
    if not form.is_valid():
        return exemptions_page(request, cycle, form, status=422)
    exempting.approve(cycle, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已登记为不适用"))
    return redirect(here(cycle, "exemptions"))


@page("cycles.set_up", methods=("POST",), cycle=True)
def exemption_lift(request: Asked, cycle: Cycle, pk: int) -> HttpResponse:
    """Lift an exemption."""
    row = find(request, exemptions_seen(request.by, cycle), pk)
    form = Lifting(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明为什么取消"))
        return redirect(here(cycle, "exemptions"))
    exempting.lift(row, by=request.by, at=request.at, reason=form.cleaned_data["reason"])
    messages.success(request, _("已取消，这一条目恢复考核"))
    return redirect(here(cycle, "exemptions"))
