"""Numbers in the database: canonical text, so that no database ever makes them binary."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from kaohe.quantity import NotANumber, read_number, write_number
from kaohe.workbook.typed import FULL_WIDTH

if TYPE_CHECKING:
    _Text = models.Field[Any, Any]
else:
    _Text = models.CharField

LONGEST = 40
"""Characters: 12 digits before and 12 after the point for values, more for sums and means."""


def typed_number(text: str) -> Decimal:
    """A number as a person types it: full-width digits and the signs − － are read too.

    Nothing else is taken for a digit: 10² is not 102, nor ① a 1.

    :raises NotANumber: for anything that is not a plain decimal.
    """
    return read_number(text.translate(FULL_WIDTH).strip())


class NumberField(_Text):
    """An exact decimal, kept as its canonical text (``2.85``); ``None`` is no value.

    Never compared or added up in SQL: text has another order than numbers.
    """

    if TYPE_CHECKING:
        _pyi_private_set_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> Decimal | None:
        """The number of a row."""
        return None if value is None or value == "" else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:  # noqa: ANN401 -- Django's own signature
        """The number of whatever was assigned; a binary float is a bug."""
        if value is None or value == "":
            return None
        if isinstance(value, Decimal):
            return value
        if isinstance(value, str):
            try:
                return typed_number(value)
            except NotANumber as error:
                raise ValidationError(str(error)) from error
        raise TypeError(f"a number is a Decimal or text, not {type(value).__name__}")

    def get_prep_value(self, value: Any) -> str | None:  # noqa: ANN401 -- Django's own signature
        """The canonical text."""
        number = self.to_python(value)
        return None if number is None else write_number(number)


class NumberInput(forms.CharField):
    """A form's field for an exact number; an empty one is ``None``."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """The number, or ``None``."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed_number(text)
        except NotANumber as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        """How a stored number stands in the field."""
        return write_number(value) if isinstance(value, Decimal) else value
