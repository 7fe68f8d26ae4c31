"""Which data provider enters which indicator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe.rubric.interpretation import interpret
from kaohe_web.cycles import bodies
from kaohe_web.cycles import provided as providing
from kaohe_web.cycles.asks import measured, printed_provider, title_of, to_be_provided
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.queries import rubric_of
from kaohe_web.pages.asked import Asked, page
from kaohe_web.pages.cycles.around import Why, here, year_page
from kaohe_web.pages.cycles.rows import Row, all_valid, edits, rows_of
from kaohe_web.people.models import Provider


class ProvidedRow(Row):
    """Who provides an indicator."""

    provider = forms.TypedChoiceField(
        label=gettext_lazy("数据提供单位"), coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, providers: list[Provider], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        names = [(each.pk, each.name) for each in providers]
        self.fields["provider"].choices = [("", _("由单位报送")), *names]  # type: ignore[attr-defined]  # a choice


def provided_rows(
    cycle: Cycle, providers: list[Provider], data: QueryDict | None = None
) -> dict[str, ProvidedRow]:
    """A row for each indicator that a rule reads."""
    rubric = interpret(rubric_of(cycle))
    standing = providing.providers(cycle)
    names = {str(indicator): title_of(rubric, indicator) for indicator in measured(rubric)}
    return rows_of(
        ProvidedRow,
        names,
        lambda indicator: {"provider": standing.get(indicator)},
        data,
        providers=providers,
    )


@page("cycles.set_up", cycle=True)
def provided(request: Asked, cycle: Cycle) -> HttpResponse:
    """The indicators, and who provides each."""
    providers = list(bodies.providers(request.by))
    rows = provided_rows(cycle, providers)
    return provided_page(request, cycle, rows, Why(cycle=cycle))


def provided_page(
    request: Asked, cycle: Cycle, rows: dict[str, ProvidedRow], why: Why, status: int = 200
) -> HttpResponse:
    """The page of the providers."""
    rubric = interpret(rubric_of(cycle))
    needed, reading = to_be_provided(rubric), measured(rubric)
    standing = providing.providers(cycle)
    lines = [
        {
            "id": indicator,
            "title": title_of(rubric, indicator),
            "row": rows[indicator],
            "parts": parts,
            "needed": indicator in needed,
            "lacking": indicator in needed and indicator not in standing,
            "printed": printed_provider(rubric, indicator, parts),
        }
        for indicator, parts in reading.items()
    ]
    context = year_page(request, cycle, (_("数据提供"), "")) | {
        "lines": sorted(lines, key=lambda line: not line["needed"]),
        "lacking": sum(bool(line["lacking"]) for line in lines),
        "has_provider": bodies.providers(request.by).exists(),
        "why": why,
        "prefilling": Why(cycle=cycle, auto_id="prefill_%s"),
    }
    return render(request, "cycles/provided.html", context, status=status)


@page("cycles.set_up", methods=("POST",), cycle=True)
def provided_save(request: Asked, cycle: Cycle) -> HttpResponse:
    """Say who provides an indicator."""
    rows = provided_rows(cycle, list(bodies.providers(request.by)), request.POST)
    why = Why(request.POST, cycle=cycle)
    if not (all_valid(rows.values()) & why.is_valid()):
        return provided_page(request, cycle, rows, why, status=422)
    changed = edits(rows, lambda typed: typed["provider"])
    if changed:
        providing.set_providers(
            cycle, by=request.by, at=request.at, edits=changed, reason=why.given
        )
        messages.success(request, _("已保存 %(count)s 行") % {"count": len(changed)})
    else:
        messages.info(request, _("没有改动"))
    return redirect(here(cycle, "provided"))


@page("cycles.set_up", methods=("POST",), cycle=True)
def provided_prefill(request: Asked, cycle: Cycle) -> HttpResponse:
    """Give indicators the providers that the rubric names."""
    why = Why(request.POST, cycle=cycle)
    reason = why.given if why.is_valid() else ""
    given = providing.prefill(cycle, by=request.by, at=request.at, reason=reason)
    messages.success(request, _("按细则填好 %(count)s 个指标的提供单位") % {"count": len(given)})
    return redirect(here(cycle, "provided"))
