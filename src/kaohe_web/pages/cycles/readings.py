"""Readings (口径) of a year: the register, one to be settled, all defaults to be confirmed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe.rubric.interpretation import choose, interpret
from kaohe.rubric.model import Part, Rubric
from kaohe.wording.sentences import rule_sentence
from kaohe.wording.words import Words
from kaohe_web.cycles import readings as settling
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.cycles.readings import Standing, register
from kaohe_web.errors import NotThere
from kaohe_web.pages.asked import Asked, note_refusal, page
from kaohe_web.pages.cycles.around import here, year_page
from kaohe_web.pages.cycles.fields import LongText, PlainText
from kaohe_web.pages.cycles.rubric_rows import spoken


class Confirmation(forms.Form):
    """Who confirms the defaults, and why."""

    why = LongText(label=gettext_lazy("理由"))
    signer = PlainText(label=gettext_lazy("签署人"), max_length=100)
    document = PlainText(label=gettext_lazy("文号"), max_length=100, required=False)


class Settlement(Confirmation):
    """Which choice is settled."""

    field_order = ("choice", "why", "signer", "document")

    choice = forms.ChoiceField(label=gettext_lazy("读法"), widget=forms.RadioSelect)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, standing: Standing, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        default = standing.reading.chosen
        choices = [
            (
                choice.id,
                _("%(means)s（默认）") % {"means": choice.means}
                if choice.id == default
                else choice.means,
            )
            for choice in standing.reading.choices
        ]
        self.fields["choice"] = forms.ChoiceField(
            label=gettext_lazy("读法"), widget=forms.RadioSelect, choices=choices
        )
        self.order_fields(self.field_order)


@page("cycles.see", cycle=True)
def readings(request: Asked, cycle: Cycle) -> HttpResponse:
    """The register of readings: what is undecided first."""
    return register_page(request, cycle, Confirmation())


def register_page(
    request: Asked, cycle: Cycle, form: Confirmation, status: int = 200
) -> HttpResponse:
    """The page of the register."""
    standings = register(cycle)
    states = [standing.state for standing in standings]
    context = year_page(request, cycle, (_("口径"), "")) | {
        "standings": standings,
        "undecided": states.count("undecided"),
        "default": states.count("default"),
        "settled": states.count("settled"),
        "runs": cycle.runs.count(),
        "form": form,
    }
    return render(request, "cycles/readings.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def readings_confirm(request: Asked, cycle: Cycle) -> HttpResponse:
    """Settle all that rests on a default as the default has it."""
    form = Confirmation(request.POST)
    if not form.is_valid():
        return register_page(request, cycle, form, status=422)
    settled = settling.confirm_defaults(cycle, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("已按默认确认 %(count)s 条口径") % {"count": len(settled)})
    return redirect(here(cycle, "readings"))


@page("cycles.see", cycle=True)
def reading(request: Asked, cycle: Cycle, reading: str) -> HttpResponse:
    """One reading: what is unclear, the choices, what each makes of the rules."""
    standing = standing_of(request, cycle, reading)
    settled = standing.settled
    form = Settlement(
        standing,
        initial={
            "choice": standing.choice.id if standing.choice else "",
            "why": settled.why if settled else "",
            "signer": settled.signer if settled else "",
            "document": settled.document if settled else "",
            "was": settled.choice if settled else "",
        },
    )
    return reading_page(request, cycle, standing, form)


def standing_of(request: Asked, cycle: Cycle, reading: str) -> Standing:
    """The reading of that id as it stands in a year.

    :raises NotThere: if the year's rubric has none; with an entry.
    """
    for standing in register(cycle):
        if standing.reading.id == reading:
            return standing
    refusal = NotThere(_("没有这条口径；请从口径列表进入"))
    note_refusal(request, refusal)
    raise refusal


def reading_page(
    request: Asked, cycle: Cycle, standing: Standing, form: Settlement, status: int = 200
) -> HttpResponse:
    """The page of one reading."""
    rubric = rubric_of(cycle)
    steps = ((_("口径"), here(cycle, "readings")), (standing.reading.id, ""))
    context = year_page(request, cycle, *steps) | {
        "standing": standing,
        "choices": [
            {"choice": choice, "rules": rules_under(rubric, standing, choice.id)}
            for choice in standing.reading.choices
        ],
        "runs": cycle.runs.count(),
        "form": form,
    }
    return render(request, "cycles/reading.html", context, status=status)


def rules_under(rubric: Rubric, standing: Standing, choice: str) -> list[dict[str, object]]:
    """The rules that a choice sets, in words."""
    read = interpret(choose(rubric, {standing.reading.id: choice}))
    words = Words.of(rubric, spoken())
    found = standing.reading.choice(choice)
    places = {change.place for change in found.set} if found is not None else set()
    parts: list[Part] = [part for part in read.all_parts() if part.id in places]
    return [{"part": part, "rule": rule_sentence(part.rule, part.points, words)} for part in parts]


@page("cycles.set_up", methods=("POST",), cycle=True)
def reading_settle(request: Asked, cycle: Cycle, reading: str) -> HttpResponse:
    """Settle one reading."""
    standing = standing_of(request, cycle, reading)
    form = Settlement(standing, request.POST)
    if not form.is_valid():
        return reading_page(request, cycle, standing, form, status=422)
    settling.settle(
        cycle, by=request.by, at=request.at, reading=standing.reading.id, **form.cleaned_data
    )
    if cycle.runs.exists():
        messages.warning(request, _("口径已改；已有的计分结果不会自动改变，请重新计算一次成绩"))
    else:
        messages.success(request, _("口径已定"))
    return redirect(here(cycle, "readings"))
