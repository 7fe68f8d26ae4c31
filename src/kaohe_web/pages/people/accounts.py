"""The security officer's pages: the list of accounts, one account, inviting."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.errors import Invalid
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.people.account_forms import (
    AccountFilter,
    Expiry,
    Invitation,
    PostEnd,
    Reason,
    Renaming,
)
from kaohe_web.pages.people.crumbs import to_people
from kaohe_web.people import accounts, attempts, queries
from kaohe_web.people.account_states import WORDS, in_state, state_of
from kaohe_web.people.models import User
from kaohe_web.people.searching import with_words
from kaohe_web.people.sessions import needs_second_factor

POST = ("POST",)
PER_PAGE = 50


@page("people.manage")
def people(request: Asked) -> HttpResponse:
    """Every account, with its posts and state; filtered by the address."""
    form = AccountFilter(request.GET)
    chosen = filtered(request, form)
    shown = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(user, *WORDS[state_of(user, request.at)]) for user in shown]
    idle = in_state(queries.accounts(request.by), "idle", request.at).count()
    context = {"form": form, "page": shown, "rows": rows, "idle": idle}
    return render(request, "people/people.html", context)


def filtered(request: Asked, form: AccountFilter) -> QuerySet[User]:
    """The accounts that the filters leave."""
    found = queries.accounts(request.by)
    if not form.is_valid():
        return found
    words, role, state = (form.cleaned_data[name] for name in ("words", "role", "state"))
    if words:
        found = with_words(found, words, "name", "login")
    if role:
        found = found.filter(pk__in=queries.posts(request.by).filter(role=role).values("user"))
    return in_state(found, state, request.at) if state else found


@page("people.manage")
def person(request: Asked, pk: int) -> HttpResponse:
    """One account: its posts, its locks, and what can be done with it."""
    user = find(request, queries.accounts(request.by), pk)
    return render(request, "people/person.html", about(request, user))


def about(request: Asked, user: User) -> dict[str, Any]:
    """What the page of an account shows."""
    words, tone = WORDS[state_of(user, request.at)]
    posts = [(post, PostEnd(auto_id=f"end_{post.pk}_%s")) for post in user.posts.all()]
    return {
        "breadcrumbs": to_people(user.name),
        "person": user,
        "state": state_of(user, request.at),
        "words": words,
        "tone": tone,
        "posts_held": posts,
        "required": needs_second_factor(user.posts.all()),
        "locks": attempts.locks_of(user.login, request.at),
        "sessions": user.sessions.count(),
        "receipts": queries.handovers(request.by).filter(Q(giver=user) | Q(taker=user)),
        "link_form": Reason(auto_id="link_%s"),
        "disable_form": Reason(auto_id="disable_%s"),
        "enable_form": Reason(auto_id="enable_%s"),
        "clear_form": Reason(auto_id="clear_%s"),
        "expiry_form": Expiry(auto_id="expiry_%s", initial={"expires_on": user.expires_on}),
        "rename_form": Renaming(auto_id="rename_%s", initial={"name": user.name}),
    }


@page("people.manage")
def people_invite(request: Asked) -> HttpResponse:
    """The form for a new account."""
    return ask_invitation(request, Invitation(by=request.by, at=request.at))


def ask_invitation(request: Asked, form: Invitation) -> HttpResponse:
    """The page that asks for a new account."""
    context = {"form": form, "breadcrumbs": to_people(_("邀请人员"))}
    return render(request, "people/invite.html", context, status=422 if form.errors else 200)


@page("people.manage", methods=POST)
def people_invite_send(request: Asked) -> HttpResponse:
    """Make the account; its link is shown on this answer and never again."""
    form = Invitation(request.POST, by=request.by, at=request.at)
    if not form.is_valid():
        return ask_invitation(request, form)
    fields = {name: form.cleaned_data[name] for name in ("login", "name", "expires_on")}
    invited = accounts.invite(None, by=request.by, at=request.at, post=form.post(), **fields)
    return show_link(request, invited.user, invited.secret)


def show_link(request: Asked, user: User, secret: str) -> HttpResponse:
    """A one-time link, to be copied now: only its hash is kept."""
    href = request.build_absolute_uri(reverse("link", kwargs={"token": secret}))
    context = {"person": user, "href": href, "breadcrumbs": to_people(_("一次性链接"), user)}
    return render(request, "people/link_made.html", context)


def checked(form: forms.Form) -> dict[str, Any]:
    """What a small form holds.

    :raises Invalid: with everything that is wrong with it; the browser asks for most of it first.
    """
    if not form.is_valid():
        raise Invalid(
            [
                f"{form.fields[name].label}：{fault}" if name in form.fields else str(fault)
                for name, faults in form.errors.items()
                for fault in faults
            ]
        )
    return form.cleaned_data


@page("people.manage", methods=POST)
def person_link(request: Asked, pk: int) -> HttpResponse:
    """Make a link for a new password; shown on this answer and never again."""
    user = find(request, queries.accounts(request.by), pk)
    secret = accounts.make_link(user, by=request.by, at=request.at, **checked(Reason(request.POST)))
    return show_link(request, user, secret)


@page("people.manage", methods=POST)
def person_disable(request: Asked, pk: int) -> HttpResponse:
    """Disable an account; its sessions end at once."""
    user = find(request, queries.accounts(request.by), pk)
    accounts.disable(user, by=request.by, at=request.at, **checked(Reason(request.POST)))
    messages.success(request, _("%(name)s的账号已停用，登录已全部退出") % {"name": user.name})
    return redirect("person", pk=pk)


@page("people.manage", methods=POST)
def person_enable(request: Asked, pk: int) -> HttpResponse:
    """Enable an account again."""
    user = find(request, queries.accounts(request.by), pk)
    accounts.enable(user, by=request.by, at=request.at, **checked(Reason(request.POST)))
    messages.success(request, _("%(name)s的账号已启用") % {"name": user.name})
    return redirect("person", pk=pk)


@page("people.manage", methods=POST)
def person_expiry(request: Asked, pk: int) -> HttpResponse:
    """Set or lift the last day of an account."""
    user = find(request, queries.accounts(request.by), pk)
    accounts.set_expiry(user, by=request.by, at=request.at, **checked(Expiry(request.POST)))
    messages.success(request, _("到期日已改"))
    return redirect("person", pk=pk)


@page("people.manage", methods=POST)
def person_rename(request: Asked, pk: int) -> HttpResponse:
    """Correct the name of an account's person."""
    user = find(request, queries.accounts(request.by), pk)
    accounts.rename(user, by=request.by, at=request.at, **checked(Renaming(request.POST)))
    messages.success(request, _("姓名已更正"))
    return redirect("person", pk=pk)


@page("people.manage", methods=POST)
def person_unlock(request: Asked, pk: int) -> HttpResponse:
    """Let a login be tried again from everywhere."""
    user = find(request, queries.accounts(request.by), pk)
    accounts.unlock(user, by=request.by, at=request.at)
    messages.success(request, _("已解锁，可以再登录"))
    return redirect("person", pk=pk)


@page("people.manage", methods=POST)
def person_clear_second_factor(request: Asked, pk: int) -> HttpResponse:
    """Forget a second factor that was lost."""
    user = find(request, queries.accounts(request.by), pk)
    fields = checked(Reason(request.POST))
    accounts.clear_second_factor(user, by=request.by, at=request.at, **fields)
    messages.success(request, _("动态口令已清除；本人下次登录时重新设置"))
    return redirect("person", pk=pk)
