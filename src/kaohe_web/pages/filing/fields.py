"""Fields of this room's forms: words without anything unseen, numbers as people type them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kaohe.location import Location
from kaohe.nodes import Kind, Mistakes, unseen
from kaohe.quantity import read_number, write_number
from kaohe.rubric.model import Indicator
from kaohe.workbook.typed import typed_number
from kaohe_web.filing.values import plain
from kaohe_web.sheets.measured import USE_THE_STATE
from kaohe_web.sheets.texts import tidy

LONGEST_TYPED = 200


class Words(forms.CharField):
    """A text with one kind of newline and nothing in it that nobody sees."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """The text as it is kept."""
        return tidy(super().to_python(value) or "")

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """The text, or what is wrong with it."""
        hidden = unseen(str(value or ""))
        if hidden:
            code = f"U+{ord(hidden):04X}"
            raise ValidationError(
                _("含有看不见的字符 %(code)s；请删去它，重新键入") % {"code": code}
            )
        return super().clean(value)


def lines(rows: int) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class Measured(forms.CharField):
    """An indicator's value as it is typed: the same that a cell of the workbook takes.

    In a percentage 93.2, 93.2% and ９３．２％ are the same.
    """

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        self.percent = indicator.unit.name == "percent"
        kwargs.setdefault("max_length", LONGEST_TYPED)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """The number, or ``None``."""
        text = super().clean(value)
        if not text:
            return None
        mistakes = Mistakes()
        here = Location("", "")
        scalar = typed_number(text, here, mistakes, percent=self.percent, advice=USE_THE_STATE)
        if scalar.kind is not Kind.NUMBER:
            raise ValidationError([mistake.message for mistake in mistakes.found])
        return read_number(write_number(read_number(scalar.text)))

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """How a stored number stands in the field."""
        return value if isinstance(value, str) else plain(value)


class Graded(forms.TypedChoiceField):
    """A grade by its name; its value is the place of the grade, the best first."""

    def __init__(self, indicator: Indicator, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        grades = [(str(place), name) for place, name in enumerate(indicator.values, 1)]
        kwargs.setdefault("required", False)
        super().__init__(
            choices=[("", _("（未填）")), *grades], coerce=read_number, empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """How a stored place stands in the field."""
        return value if isinstance(value, str) else plain(value)


def field_of(indicator: Indicator, **kwargs: Any) -> forms.Field:  # noqa: ANN401 -- of any field
    """The field of an indicator's value."""
    return Graded(indicator, **kwargs) if indicator.values else Measured(indicator, **kwargs)
