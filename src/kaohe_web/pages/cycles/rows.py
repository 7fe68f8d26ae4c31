"""Tables that are typed into: each row a form that remembers what it showed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kaohe_web.cycles.edits import Edit

K = TypeVar("K")
T = TypeVar("T")


class Row(forms.Form):
    """One row: every field carries, hidden beside it, what stood there when the page was made.

    So a row is known to be changed by its own person, and to be changed by somebody else.
    """

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True
            field.required = False
            if label and not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("aria-label", f"{label} {field.label}")
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("class", "cell-input")

    def seen(self) -> dict[str, Any]:
        """What the fields showed, cleaned like what was typed; what cannot be is left raw."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            hidden = field.hidden_widget()
            shown = hidden.value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
            try:
                found[name] = field.clean(shown)
            except ValidationError:
                found[name] = shown
        return found


R = TypeVar("R", bound=Row)


def edits(rows: Mapping[K, R], read: Callable[[Mapping[str, Any]], T]) -> dict[K, Edit[T]]:
    """The rows that were changed, as what they showed and what was typed."""
    return {
        key: Edit(read(row.seen()), read(row.cleaned_data))
        for key, row in rows.items()
        if row.has_changed()
    }


def all_valid(forms_: Iterable[forms.Form]) -> bool:
    """Whether every form is valid; each one is asked, so that every mistake is shown."""
    return all([form.is_valid() for form in forms_])  # noqa: C419 -- a generator would stop early


def rows_of(
    row: type[R],
    keys: Mapping[K, str],
    shown: Callable[[K], Mapping[str, Any]],
    data: QueryDict | None = None,
    **given: Any,  # noqa: ANN401 -- whatever the row's form takes
) -> dict[K, R]:
    """A row for each key, under a prefix of its own; ``keys`` say what each row is called."""
    return {
        key: row(data, prefix=f"row{number}", initial=dict(shown(key)), label=label, **given)
        for number, (key, label) in enumerate(keys.items())
    }
