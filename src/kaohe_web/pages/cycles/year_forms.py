"""Forms of a year's own pages: made, copied, described, archived, given another edition."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaohe_web.clock import day_of
from kaohe_web.cycles.models import Cycle
from kaohe_web.cycles.years import Description
from kaohe_web.numbers import NumberInput
from kaohe_web.pages.cycles.fields import DayField, LongText, PlainText
from kaohe_web.rubrics.models import RubricEdition


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field be chosen from some rows; editions are told apart by day and fingerprint."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    if rows.model is RubricEdition:
        field.label_from_instance = edition_label  # type: ignore[assignment,method-assign]  # Django's own way is a class more


def edition_label(edition: RubricEdition) -> str:
    """An edition among others of the same title."""
    day = day_of(edition.adopted_at)
    return gettext("%(title)s · %(day)s 采用 · %(fingerprint)s") % {
        "title": edition.title,
        "day": day,
        "fingerprint": edition.fingerprint[7:15],
    }


class Described(forms.Form):
    """What a year is called, when it is, how wide its margins are."""

    name = PlainText(
        label=_("名称"), max_length=100, help_text=_("例如：2026–2027 年度质量工作考核")
    )
    first_day = DayField(label=_("考核年度首日"))
    last_day = DayField(label=_("考核年度末日"), help_text=_("末日当天计算在内。"))
    threshold = NumberInput(
        label=_("分歧界限（占分值的百分之几）"),
        help_text=_("两人评分相差超过分值的这个比例，须第三人评分或会商。"),
    )
    appeal_days = forms.IntegerField(
        label=_("申诉期（天）"),
        help_text=_("公示后几天内可以提出申诉，也是每件申诉通常的办结期限。"),
        min_value=1,
        max_value=90,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    objection_days = forms.IntegerField(
        label=_("公示期（天）"),
        min_value=1,
        max_value=90,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    @property
    def description(self) -> Description:
        """The description, once the form is valid."""
        names = Description.__dataclass_fields__
        return Description(**{name: self.cleaned_data[name] for name in names})


class NewYear(Described):
    """A year to be made."""

    field_order = ("name", "scope", "edition", "first_day", "last_day")

    scope = forms.ChoiceField(
        label=_("范围"), choices=Cycle.Scope.choices, widget=forms.RadioSelect
    )
    edition: "forms.ModelChoiceField[RubricEdition]" = forms.ModelChoiceField(
        None, label=_("评分细则"), empty_label=None
    )

    def __init__(self, editions: QuerySet[RubricEdition], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        offer(self, "edition", editions)


class CopiedYear(Described):
    """A year to be made of another one."""

    field_order = ("before", "edition", "name", "first_day", "last_day")

    before: "forms.ModelChoiceField[Cycle]" = forms.ModelChoiceField(
        None, label=_("从哪一年复制"), empty_label=None
    )
    edition: "forms.ModelChoiceField[RubricEdition]" = forms.ModelChoiceField(
        None, label=_("评分细则"), empty_label=None
    )

    def __init__(
        self,
        cycles: QuerySet[Cycle],
        editions: QuerySet[RubricEdition],
        *args: Any,  # noqa: ANN401 -- Django's own signature
        **kwargs: Any,  # noqa: ANN401 -- the same
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "before", cycles)
        offer(self, "edition", editions)


class DescribedAgain(Described):
    """A year to be described anew, as it was when the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Versioned(forms.Form):
    """A step that rests on what the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Archiving(Versioned):
    """Archiving a year; a note where it has no final result."""

    note = LongText(
        label=_("说明"), required=False, help_text=_("还没有最终结果而要归档的，请写明原因。")
    )


class OtherEdition(forms.Form):
    """The edition that a year is to be compared with."""

    edition: "forms.ModelChoiceField[RubricEdition]" = forms.ModelChoiceField(
        None, label=_("换用的版次"), empty_label=None
    )

    def __init__(self, editions: QuerySet[RubricEdition], data: Any = None) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data)
        offer(self, "edition", editions)


class EditionChange(Versioned):
    """Giving a year another edition."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    reason = LongText(label=_("更换的理由"), help_text=_("各单位会收到通知；这段话会留痕。"))
