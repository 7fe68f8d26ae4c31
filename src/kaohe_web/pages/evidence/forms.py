"""What people fill in beside files: the period they cover, who may see them, where to look."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaohe_web.cycles.models import AssessedUnit
from kaohe_web.filing.clauses import Clause
from kaohe_web.filing.evidence_period import Period
from kaohe_web.filing.models import Evidence, EvidenceUse, Paper
from kaohe_web.pages.cycles.fields import DayField
from kaohe_web.pages.filing.fields import Words

MOST_PAGES = 100_000


class Covering(forms.Form):
    """Which period a file covers, and who may see it."""

    label = forms.ChoiceField(
        label=gettext_lazy("标记"),
        choices=Evidence.Label.choices,
        help_text=gettext_lazy(
            "敏感：只有本部门、本单位质强办、考核办、领导小组和获准的评审员能看。"
        ),
    )
    period_first = DayField(label=gettext_lazy("材料所属期间起"), required=False)
    period_last = DayField(label=gettext_lazy("材料所属期间止"), required=False)

    def clean(self) -> dict[str, Any]:
        """A period does not end before it begins."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first: dt.date | None = found.get("period_first")
        last: dt.date | None = found.get("period_last")
        if first and last and last < first:
            self.add_error("period_last", _("末日早于首日，请核对日期"))
        return found

    @property
    def period(self) -> Period:
        """The period as it was typed."""
        return Period(self.cleaned_data["period_first"], self.cleaned_data["period_last"])


class Describing(Covering):
    """The same of a file that is there."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: Evidence) -> "Describing":
        """The form as it stands for a file."""
        return cls(
            initial={
                "label": row.label,
                "period_first": row.period_first,
                "period_last": row.period_last,
                "version": row.version,
            }
        )


class Pointing(forms.Form):
    """At which page of a file a part is proved."""

    page = forms.IntegerField(
        label=gettext_lazy("页码"), min_value=1, max_value=MOST_PAGES, required=False
    )
    note = Words(
        label=gettext_lazy("说明"),
        max_length=200,
        help_text=gettext_lazy("如：第三段，活动时间和参加人数"),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @classmethod
    def of(cls, use: EvidenceUse) -> "Pointing":
        """The form as it stands for a use."""
        initial = {"page": use.page, "note": use.note, "version": use.version}
        return cls(initial=initial, auto_id=f"point{use.pk}_%s")


class Attaching(forms.Form):
    """Which file is used for a further part, and where to look in it."""

    evidence = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    page = forms.IntegerField(
        label=gettext_lazy("页码"),
        min_value=1,
        max_value=MOST_PAGES,
        required=False,
        widget=forms.NumberInput(attrs={"class": "page-input"}),
    )


class EvidenceFilter(forms.Form):
    """Which evidence a list shows."""

    unit = forms.ChoiceField(label=gettext_lazy("单位"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("条款"), required=False)
    label = forms.ChoiceField(label=gettext_lazy("标记"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("情况"), required=False)
    words = forms.CharField(label=gettext_lazy("文件名"), required=False, max_length=100)

    def __init__(
        self, data: Mapping[str, Any], units: Iterable[AssessedUnit], clauses: Iterable[Clause]
    ) -> None:
        super().__init__(data)
        every = [("", _("全部"))]
        named = [(str(unit.pk), str(unit)) for unit in units]
        self.choose("unit", [*every, *named])
        if len(named) == 1:
            del self.fields["unit"]
        self.choose("part", [*every, *map(option, clauses)])
        self.choose("label", [*every, *Evidence.Label.choices])
        self.choose("state", [*every, *STATES])

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """What a field offers."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = choices


def option(clause: Clause) -> tuple[str, str]:
    """A part as it is chosen."""
    return clause.part.id, f"{'、'.join(clause.numbers)} {clause.part.title}"


IN_FORCE, UNUSED, OLD, WITHDRAWN = "in_force", "unused", "old", "withdrawn"
STATES = (
    (UNUSED, gettext_lazy("没有条款在用")),
    (OLD, gettext_lazy("旧版本")),
    (WITHDRAWN, gettext_lazy("已撤下")),
)
"""What evidence may be; without a choice that in force is shown."""


class PaperKind(forms.Form):
    """Which paper is handed in."""

    kind = forms.ChoiceField(choices=Paper.Kind.choices)
