"""The forms of this room: which messages, whom to urge with which words."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from kaohe_web.desk.outstanding import Owing
from kaohe_web.desk.urging import LONGEST
from kaohe_web.jobs.models import Notice


class Narrowing(forms.Form):
    """Which messages are shown."""

    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部")), *Notice.Kind.choices]
    )
    unread = forms.ChoiceField(
        label=_("阅读"), required=False, choices=[("", _("全部")), ("yes", _("未读"))]
    )


class Urging(forms.Form):
    """Whom to urge, and with which words."""

    to = forms.MultipleChoiceField(
        label=_("催办对象"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个要催办的单位或部门")},
    )
    text = forms.CharField(
        label=_("催办内容"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("对方会在消息里看到这段话和您的名字"),
    )

    def __init__(self, data: object, owing: Iterable[Owing], *, text: str = "") -> None:
        super().__init__(data, initial={"text": text})  # type: ignore[arg-type]  # a POST, or none
        self.fields["to"].choices = [(each.key, each.name) for each in owing]  # type: ignore[attr-defined]  # a choice field has them

    def keys(self, sign: str) -> list[int]:
        """The chosen units (``u``) or departments (``d``), by their keys."""
        return [int(key[1:]) for key in self.cleaned_data["to"] if key[0] == sign]
