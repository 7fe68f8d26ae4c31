"""The forms of signing in, and of setting a password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaohe_web.pages.people.fields import LoginInput, NameInput, PasswordInput
from kaohe_web.people import passwords
from kaohe_web.people.models import User


class SignIn(forms.Form):
    """Login and password."""

    login = forms.CharField(
        label=_("用户名"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = PasswordInput(label=_("密码"))


class Code(forms.Form):
    """A code of the second factor, or a recovery code."""

    code = forms.CharField(
        label=_("动态口令"),
        max_length=40,
        help_text=_("手机身份验证器上的 6 位数字；手机不在身边时，填一个恢复码。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )


class FirstCode(forms.Form):
    """The code that proves that the authenticator app has the secret."""

    code = forms.CharField(
        label=_("验证器上显示的 6 位数字"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class NewPassword(forms.Form):
    """A new password for an account, typed twice."""

    password = PasswordInput(label=_("新密码"), new=True)
    again = PasswordInput(label=_("再输一次新密码"), new=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = passwords.Rules().get_help_text()

    def clean(self) -> dict[str, Any]:
        """Both the same, and what the rules ask for."""
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password is None:
            return cleaned
        for fault in passwords.faults(password, self.user):
            self.add_error("password", fault)
        if cleaned.get("again") not in (None, password):
            self.add_error("again", _("两次输入的不一样，请重新输入"))
        return cleaned


class FirstAccount(NewPassword):
    """The first security officer: login, name, password."""

    login = LoginInput()
    name = NameInput()
    field_order = ("login", "name", "password", "again")

    def clean(self) -> dict[str, Any]:
        """The password is not made of this login or name."""
        cleaned = self.cleaned_data
        self.user = User(login=cleaned.get("login", ""), name=cleaned.get("name", ""))
        return super().clean()


class OwnPassword(NewPassword):
    """A new password in place of the present one, which is asked for."""

    current = PasswordInput(label=_("现在的密码"))
    field_order = ("current", "password", "again")


class Proof(forms.Form):
    """Whoever changes the second factor proves first to be the person: by the password."""

    password = PasswordInput(label=_("现在的密码"))


class ProofWithCode(Proof):
    """The same for whoever has a second factor already: by password and code."""

    code = forms.CharField(
        label=_("现在的动态口令"),
        max_length=40,
        help_text=_("现在这部手机上的 6 位数字，或者一个恢复码。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
