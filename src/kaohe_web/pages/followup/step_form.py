"""The form of a step: what its action asks for, and the version that the person saw."""

from typing import Generic, TypeVar

from django import forms
from django.http import QueryDict

from kaohe_web.followup.models import Appeal, Rectification, VetoCase
from kaohe_web.pages.asked import Asked

T = TypeVar("T", bound="VetoCase | Appeal | Rectification")


class StepForm(forms.Form, Generic[T]):
    """A step with a thing; once it is cleaned, its values are the keywords of its action."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, row: T, request: Asked, data: QueryDict | None = None) -> None:
        self.row: T = row
        self.request = request
        super().__init__(
            data,
            None if data is None else request.FILES,
            auto_id=f"{type(self).__name__.lower()}_%s",
            initial={"version": row.version},
        )

    @property
    def why_not(self) -> str:
        """Why the step cannot be taken now, though its state would allow it; empty if it can."""
        return ""
