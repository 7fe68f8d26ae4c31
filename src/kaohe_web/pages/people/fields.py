"""Form fields of this room: logins, names, passwords, days."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kaohe_web.people import names, passwords


class LoginInput(forms.CharField):
    """A login for a new account."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        kwargs.setdefault("label", _("用户名"))
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault(
            "help_text", _("3–40 位英文字母、数字和 . _ -，不分大小写；定下后不能改。")
        )
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- the same
        """The login as it is kept."""
        text = super().clean(value)
        fault = names.login_fault(text)
        if fault:
            raise ValidationError(fault)
        return names.as_login(text)


class NameInput(forms.CharField):
    """A person's name."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- the same
        kwargs.setdefault("label", _("姓名"))
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- the same
        """The name as it is kept."""
        text = super().clean(value)
        fault = names.name_fault(text)
        if fault:
            raise ValidationError(fault)
        return names.as_name(text)


class PasswordInput(forms.CharField):
    """A password, exactly as typed, in one form of Unicode."""

    def __init__(self, *, new: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 -- the same
        completion = "new-password" if new else "current-password"
        widget = forms.PasswordInput(attrs={"autocomplete": completion})
        super().__init__(strip=False, max_length=1000, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- the same
        """The password; Django's own check for NUL tells it plainly too."""
        return passwords.composed(super().clean(value))


class DayInput(forms.DateField):
    """A day, chosen or typed."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- the same
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
