"""The contact list: looking, revealing one by one, registering, correcting, taking off."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.people.accounts import POST, checked
from kaohe_web.pages.people.contact_forms import ContactFilter, ContactForm, Purpose, Removal
from kaohe_web.pages.people.crumbs import to_contacts
from kaohe_web.people import contacts, queries, rights
from kaohe_web.people.bodies import Bodies
from kaohe_web.people.masks import masked
from kaohe_web.people.models import Contact
from kaohe_web.people.searching import with_words
from kaohe_web.sheets.contacts import HEADS

PER_PAGE = 50


@page("contacts.see")
def contact_list(request: Asked) -> HttpResponse:
    """The people that the actor may see, their numbers masked."""
    form = ContactFilter(request.GET)
    found = queries.contacts(request.by)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if words:
        found = with_words(found, words, "name", "body", "duty")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "rows": [(contact, in_words(contact)) for contact in shown],
        "words": words,
        **allowed(request),
    }
    return render(request, "people/contacts.html", context)


def in_words(contact: Contact) -> dict[str, str]:
    """The fields of a person as everybody may see them."""
    return {name: masked(name, getattr(contact, name)) for name in HEADS}


def allowed(request: Asked) -> dict[str, bool]:
    """What the actor may do with contacts, for the buttons."""
    return {
        f"may_{name}": rights.may(request.by, f"contacts.{name}")
        for name in ("edit", "reveal", "export")
    }


@page("contacts.see")
def contact(request: Asked, pk: int) -> HttpResponse:
    """One person: masked, with the form to correct it for whoever may."""
    found = find(request, queries.contacts(request.by), pk)
    return shown(request, found)


def shown(
    request: Asked,
    found: Contact,
    *,
    form: ContactForm | None = None,
    purpose: Purpose | None = None,
    revealed: bool = False,
) -> HttpResponse:
    """The page of a person, with a form that came back or the data in full."""
    bodies = Bodies(request.by)
    fields = in_words(found)
    if revealed:
        fields = {name: getattr(found, name) for name in HEADS}
    context: dict[str, Any] = {
        "breadcrumbs": to_contacts(found.name),
        "contact": found,
        "facts": [(HEADS[name], text) for name, text in fields.items()],
        "revealed": revealed,
        "form": form or ContactForm(bodies=bodies, contact=found),
        "purpose": purpose or Purpose(),
        "removal": Removal(auto_id="removal_%s", initial={"version": found.version}),
        "bodies": bodies.names,
        **allowed(request),
    }
    wrong = any(each is not None and each.errors for each in (form, purpose))
    return render(request, "people/contact.html", context, status=422 if wrong else 200)


@page("contacts.reveal", methods=POST)
def contact_reveal(request: Asked, pk: int) -> HttpResponse:
    """One person's data in full, on this answer only, for a stated purpose."""
    found = find(request, queries.contacts(request.by), pk)
    purpose = Purpose(request.POST)
    if not purpose.is_valid():
        return shown(request, found, purpose=purpose)
    found = contacts.reveal(found, by=request.by, at=request.at, **purpose.cleaned_data)
    return shown(request, found, revealed=True)


@page("contacts.edit")
def contact_new(request: Asked) -> HttpResponse:
    """The form for one more person."""
    return new(request, ContactForm(bodies=Bodies(request.by)))


def new(request: Asked, form: ContactForm) -> HttpResponse:
    """The page that asks for one more person."""
    context = {
        "form": form,
        "bodies": form.bodies.names,
        "breadcrumbs": to_contacts(_("登记联系人员")),
    }
    return render(request, "people/contact_new.html", context, status=422 if form.errors else 200)


@page("contacts.edit", methods=POST)
def contact_add(request: Asked) -> HttpResponse:
    """Register a person."""
    form = ContactForm(request.POST, bodies=Bodies(request.by))
    if not form.is_valid():
        return new(request, form)
    added = contacts.add(None, by=request.by, at=request.at, line=form.line())
    messages.success(request, _("已登记%(name)s") % {"name": added.name})
    return redirect("contacts")


@page("contacts.edit", methods=POST)
def contact_change(request: Asked, pk: int) -> HttpResponse:
    """Correct a person's data."""
    found = find(request, queries.editable_contacts(request.by), pk)
    form = ContactForm(request.POST, bodies=Bodies(request.by), contact=found)
    if not form.is_valid():
        return shown(request, found, form=form)
    contacts.change(
        found,
        by=request.by,
        at=request.at,
        version=form.cleaned_data["version"] or 0,
        line=form.line(),
    )
    messages.success(request, _("%(name)s的信息已改") % {"name": found.name})
    return redirect("contacts")


@page("contacts.edit", methods=POST)
def contact_remove(request: Asked, pk: int) -> HttpResponse:
    """Take a person off the list."""
    found = find(request, queries.editable_contacts(request.by), pk)
    contacts.remove(found, by=request.by, at=request.at, **checked(Removal(request.POST)))
    messages.success(request, _("已从名单中删去%(name)s") % {"name": found.name})
    return redirect("contacts")
