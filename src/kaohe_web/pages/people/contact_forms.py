"""The forms of the contact list: one person, purposes, a workbook."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaohe_web.people.bodies import Bodies
from kaohe_web.people.contacts import SHORTEST_PURPOSE
from kaohe_web.people.masks import masked
from kaohe_web.people.models import Contact
from kaohe_web.sheets.contact_fields import ROOM, read_field
from kaohe_web.sheets.contacts import HEADS
from kaohe_web.sheets.contacts import Contact as Line

MASKED = ("phone", "mobile", "fax", "email")
CLEAR = ("无", "none")
"""What is typed over a number that should be no more: its field is empty while it is kept."""

HINTS = {
    "phone": _("如 0427-1234567；几个号码用顿号隔开。"),
    "mobile": _("11 位手机号码。"),
    "fax": _("如 0427-1234567。"),
    "email": _("如 lianxi@example.gov.cn。"),
}


class ContactField(forms.CharField):
    """One column of the contact list, read in its one form."""

    def __init__(self, name: str, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own signature
        self.name = name
        super().__init__(max_length=ROOM.get(name), **kwargs)
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: Any) -> str:  # noqa: ANN401 -- the same
        """The text in its one form."""
        text: str = super().clean(value)
        if text in CLEAR:
            return text
        read, fault = read_field(self.name, text)
        if fault:
            raise ValidationError(fault)
        return read


class ContactForm(forms.Form):
    """One person of the list; of one who is there, what is masked stays unless typed anew."""

    name = ContactField("name", label=_("姓名"))
    body = ContactField("body", label=_("所在单位"))
    gender = forms.ChoiceField(
        label=_("性别"),
        required=False,
        choices=[("", _("不填")), ("男", _("男")), ("女", _("女"))],
    )
    duty = ContactField("duty", label=_("职务"), required=False)
    phone = ContactField("phone", label=_("办公电话"), required=False)
    mobile = ContactField("mobile", label=_("手机"), required=False)
    fax = ContactField("fax", label=_("传真"), required=False)
    email = ContactField("email", label=_("电子邮件"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own signature
        bodies: Bodies,
        contact: Contact | None = None,
        **kwargs: Any,  # noqa: ANN401 -- the same
    ) -> None:
        if contact is not None:
            shown = {name: getattr(contact, name) for name in HEADS if name not in MASKED}
            kwargs["initial"] = {**shown, "version": contact.version}
        super().__init__(*args, **kwargs)
        self.bodies, self.contact = bodies, contact
        self.fields["body"].widget.attrs["list"] = "bodies"
        for name in MASKED:
            self.fields[name].help_text = self.hint(name)

    def hint(self, name: str) -> str:
        """What is kept of a masked field, and how to change it."""
        held = masked(name, getattr(self.contact, name)) if self.contact else ""
        if not held:
            return str(HINTS[name])
        return gettext("现为 %(held)s；留空不改，填“无”则删去。") % {"held": held}

    def clean_body(self) -> str:
        """A body that the person may register people of."""
        body: str = self.cleaned_data["body"]
        fault = self.bodies.fault(body)
        if fault:
            raise ValidationError(fault)
        return body

    def line(self) -> Line:
        """The person as a line of the list."""
        fields = {name: self.cleaned_data[name] for name in HEADS}
        for name in MASKED:
            if fields[name] in CLEAR:
                fields[name] = ""
            elif not fields[name] and self.contact is not None:
                fields[name] = getattr(self.contact, name)
        return Line(**fields)


class Purpose(forms.Form):
    """What personal data is wanted for; the trail keeps it."""

    purpose = forms.CharField(
        label=_("用途"),
        min_length=SHORTEST_PURPOSE,
        max_length=200,
        help_text=_("如：通知实地核查的时间。用途和查看时间会留痕。"),
    )


class Removal(forms.Form):
    """Why a person is taken off the list."""

    reason = forms.CharField(label=_("原因"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class Upload(forms.Form):
    """A contact list as a workbook."""

    file = forms.FileField(
        label=_("名单文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("只收 .xlsx，不超过 10 MB。"),
    )


class ContactFilter(forms.Form):
    """The filters of the contact list; numbers are sealed and cannot be searched."""

    words = forms.CharField(label=_("姓名、单位或职务"), required=False, max_length=50)
