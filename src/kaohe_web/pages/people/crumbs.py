"""The ways to the pages of this room."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.people.models import User

Crumbs = list[tuple[str, str]]


def to_account(title: str) -> Crumbs:
    """By one's own account."""
    return [(_("账号与密码"), reverse("account")), (title, "")]


def to_people(title: str, person: User | None = None) -> Crumbs:
    """By the list of accounts, and one of them."""
    before = [(_("账号与岗位"), reverse("people"))]
    if person is not None:
        before.append((person.name, reverse("person", kwargs={"pk": person.pk})))
    return [*before, (title, "")]


def to_contacts(title: str) -> Crumbs:
    """By the contact list."""
    return [(_("联系人员名单"), reverse("contacts")), (title, "")]
