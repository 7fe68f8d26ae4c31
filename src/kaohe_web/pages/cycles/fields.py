"""Fields of this room's forms: plain text without hidden signs, days, long reasons."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kaohe.nodes import unseen


class PlainText(forms.CharField):
    """A text in its composed form, without characters that nobody sees."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- Django's own signature
        """The text."""
        text = unicodedata.normalize("NFC", super().clean(value))
        if unseen(text):
            raise ValidationError(_("含有看不见的字符；请删去，重新键入"))
        return text


class LongText(PlainText):
    """A text of a few lines."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:  # noqa: ANN401 -- Django's own signature
        """The day; only years that a calendar of an office can hold."""
        day = super().to_python(value)
        if day is not None and not 1990 <= day.year <= 2099:  # noqa: PLR2004 -- a typing error
            raise ValidationError(_("年份应在 1990–2099 之间"))
        return day
