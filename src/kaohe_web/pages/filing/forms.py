"""What people fill in in this room: a part, a cell of the grid, an award, a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kaohe.quantity import write_number
from kaohe.rubric.model import Indicator
from kaohe.rubric.register import Register
from kaohe.workbook.hints import unit_words
from kaohe_web.filing import checks
from kaohe_web.filing.awards import Award
from kaohe_web.filing.contents import Entered
from kaohe_web.filing.models import AwardEntry, ReportedValue
from kaohe_web.filing.values import ValueEntry, faults, plain, told
from kaohe_web.numbers import NumberInput
from kaohe_web.pages.filing.fields import Words, field_of, lines
from kaohe_web.pages.filing.place import Place

State = ReportedValue.State


@dataclass(frozen=True, slots=True)
class ValueFields:
    """The fields of one indicator, beside what is known of it already."""

    indicator: Indicator
    counted: int | None
    rolled: bool
    before: str
    value: BoundField | None
    state: BoundField | None
    note: BoundField
    last_year: BoundField | None


class ClauseForm(forms.Form):
    """One part, as its department fills it in; its fields follow from the rubric."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    self_score = NumberInput(label=_("自评得分"), required=False)
    lost_reason = Words(label=_("失分原因"), max_length=2000, widget=lines(3))
    note = Words(label=_("备注"), max_length=2000, widget=lines(2))

    def __init__(self, place: Place, data: Mapping[str, Any] | None = None) -> None:
        self.place = place
        initial = {"version": place.version, **place.content}
        super().__init__(data, initial=initial)
        points = write_number(place.clause.part.points)
        self.fields["lost_reason"].help_text = _(
            "自评得分低于分值 %(points)s 时必须说明，写清文号和日期。"
        ) % {"points": points}
        for indicator in place.clause.typed:
            self.add_fields(indicator)

    def add_fields(self, indicator: Indicator) -> None:
        """The fields of one indicator; a counted one is not typed."""
        name, row = indicator.id, self.place.rows.get(indicator.id)
        if not self.place.registered.get(name):
            words = (indicator.definition, unit_words(indicator))
            self.fields[f"value-{name}"] = field_of(
                indicator, label=_("本年数值"), help_text="；".join(filter(None, words))
            )
            self.fields[f"state-{name}"] = forms.ChoiceField(
                label=_("情况"), choices=State.choices, required=False
            )
        self.fields[f"note-{name}"] = Words(label=_("说明"), max_length=500)
        if row is None or not row.rolled:
            self.fields[f"before-{name}"] = field_of(indicator, label=_("上年数值"))

    def values(self) -> Iterator[ValueFields]:
        """The fields, indicator by indicator."""
        for indicator in self.place.clause.typed:
            name, row = indicator.id, self.place.rows.get(indicator.id)
            yield ValueFields(
                indicator=indicator,
                counted=self.place.registered.get(name) or None,
                rolled=row is not None and row.rolled,
                before=told(indicator, row.before) if row else "",
                value=self[f"value-{name}"] if f"value-{name}" in self.fields else None,
                state=self[f"state-{name}"] if f"state-{name}" in self.fields else None,
                note=self[f"note-{name}"],
                last_year=self[f"before-{name}"] if f"before-{name}" in self.fields else None,
            )

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong, at its field."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name, fault in checks.faults(self.place.clause, self.entered(), {}):
            if name in self.fields and name not in self.errors:
                self.add_error(name, fault)
        return found

    def entered(self) -> Entered:
        """What was entered; what could not be read is not there."""
        clean = self.cleaned_data
        return Entered(
            self_score=clean.get("self_score"),
            lost_reason=clean.get("lost_reason", ""),
            note=clean.get("note", ""),
            values={each.id: self.entry(each.id) for each in self.place.clause.typed},
        )

    def entry(self, name: str) -> ValueEntry:
        """One value as it was entered."""
        clean = self.cleaned_data
        row = self.place.rows.get(name)
        return ValueEntry(
            value=clean.get(f"value-{name}"),
            state=clean.get(f"state-{name}") or State.VALUE.value,
            note=clean.get(f"note-{name}", ""),
            before=row.before if row and row.rolled else clean.get(f"before-{name}"),
        )


class CellForm(forms.Form):
    """One cell of a data provider's grid."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("情况"), choices=State.choices, required=False)
    note = Words(label=_("说明"), max_length=500)

    def __init__(
        self,
        indicator: Indicator,
        row: ReportedValue | None,
        data: Mapping[str, Any] | None = None,
        *,
        prefix: str = "",
    ) -> None:
        self.indicator, self.row = indicator, row
        initial = {"version": 0, "state": State.VALUE.value}
        if row is not None:
            initial = {"version": row.version, "state": row.state, "note": row.note}
            initial |= {"value": plain(row.value), "before": plain(row.before)}
        super().__init__(data, initial=initial, auto_id=f"{prefix}-%s" if prefix else "id_%s")
        self.fields["value"] = field_of(indicator, label=indicator.title)
        if row is None or not row.rolled:
            self.fields["before"] = field_of(indicator, label=_("上年数值"))

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong, at its field."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name, fault in faults(self.indicator, self.entry()):
            if name in self.fields and name not in self.errors:
                self.add_error(name, fault)
        return found

    def entry(self) -> ValueEntry:
        """The value as it was entered."""
        clean, row = self.cleaned_data, self.row
        return ValueEntry(
            value=clean.get("value"),
            state=clean.get("state") or State.VALUE.value,
            note=clean.get("note", ""),
            before=row.before if row and row.rolled else clean.get("before"),
        )


class AwardForm(forms.Form):
    """One thing in a register."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    name = Words(label=_("名称"), required=True, max_length=200)
    level = forms.ChoiceField(label=_("级别"))
    on_day = forms.DateField(
        label=_("日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("证书或文件的日期"),
    )
    document = Words(
        label=_("证明文件及文号"),
        required=True,
        max_length=200,
        help_text=_("没有证明文件的不能计数"),
    )
    holder = Words(label=_("获得者"), max_length=200, help_text=_("企业、工程、产品的名称"))
    approval = Words(
        label=_("批准计入的依据"), max_length=200, help_text=_("目录里没有的，经批准才能计数")
    )

    def __init__(
        self,
        register: Register,
        data: Mapping[str, Any] | None = None,
        *,
        entry: AwardEntry | None = None,
    ) -> None:
        names = ("version", "name", "level", "on_day", "document", "holder", "approval")
        initial = {name: getattr(entry, name) for name in names} if entry else {}
        super().__init__(data, initial=initial, auto_id=f"{register.indicator}-%s")
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)  # noqa: S101 -- declared above
        level.choices = [(each.id, each.title) for each in register.levels]
        self.kinds_id = f"{register.indicator}-kinds"
        self.fields["name"].widget.attrs["list"] = self.kinds_id

    def award(self) -> Award:
        """The thing as it was entered."""
        clean = self.cleaned_data
        return Award(
            name=clean["name"],
            level=clean["level"],
            on_day=clean["on_day"],
            document=clean["document"],
            holder=clean["holder"],
            approval=clean["approval"],
        )


class ReturnForm(forms.Form):
    """Why a part is sent back, and until when it is to be mended."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = Words(
        label=_("退回理由"),
        required=True,
        max_length=1000,
        widget=lines(3),
        help_text=_("填报人会看到这段话。"),
    )
    due = forms.DateField(
        label=_("补报截止日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("当天 24 时截止；填报已截止的必须写明。"),
    )


class VersionForm(forms.Form):
    """A step that needs nothing but the version that was seen."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SigningForm(forms.Form):
    """The words under a unit's filing; why a part is missing stands in ``missing-PART``."""

    note = Words(label=_("说明"), max_length=1000, widget=lines(2))


class StateFilter(forms.Form):
    """Which parts a list shows."""

    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, data: Mapping[str, Any], choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)  # noqa: S101 -- declared above
        state.choices = choices
