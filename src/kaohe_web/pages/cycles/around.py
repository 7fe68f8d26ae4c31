"""What stands around this room's pages: the way here, who may change things, why."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles.models import Cycle
from kaohe_web.pages.asked import Asked
from kaohe_web.pages.cycles.fields import LongText
from kaohe_web.people import rights

Crumbs = list[tuple[str, str]]


def here(cycle: Cycle, name: str, **more: object) -> str:
    """The address of a page inside a year."""
    return reverse(name, kwargs={"cycle_id": cycle.pk, **more})


def in_year(cycle: Cycle, *steps: tuple[str, str]) -> Crumbs:
    """The way to a page inside a year."""
    return [(_("考核年度"), reverse("cycles")), (cycle.name, here(cycle, "cycle")), *steps]


def year_page(
    request: Asked, cycle: Cycle, *steps: tuple[str, str], right: str = "cycles.set_up"
) -> dict[str, Any]:
    """The context that every page inside a year shares; ``may_change`` says whether to offer it."""
    archived = cycle.state == Cycle.State.ARCHIVED
    return {
        "breadcrumbs": in_year(cycle, *steps),
        "may_change": rights.may(request.by, right) and not archived,
        "archived": archived,
        "is_open": cycle.state == Cycle.State.OPEN,
    }


class Why(forms.Form):
    """The reason of a change; a year that is open asks for one."""

    reason = LongText(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("考核年度已经启动，每次改动都要写明理由，并留痕。"),
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        if cycle.state != Cycle.State.OPEN:
            del self.fields["reason"]

    @property
    def given(self) -> str:
        """The reason, empty where none is asked for."""
        return str(self.cleaned_data.get("reason", ""))
