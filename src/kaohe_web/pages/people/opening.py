"""Doors that nobody need be signed in for: one-time links, sample links, the language."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.i18n import set_language as django_set_language

from kaohe_web.errors import NotThere
from kaohe_web.pages.asked import Asked, open_page
from kaohe_web.pages.people.sign_in_forms import FirstAccount, NewPassword
from kaohe_web.pages.people.signing_in import BOTH, come_in, shown
from kaohe_web.people import first_admin, links, sample_links, signing_in
from kaohe_web.people.models import User


@open_page("一次性链接本身就是凭证", methods=BOTH)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by a one-time link; looking at the page does not use it up."""
    asked = cast("Asked", request)
    found = links.find(token, asked.at)
    if found is None:
        response = shown(request, "people/link_over.html", {"sentence": links.over()})
        response.status_code = 404
        return response
    if found.user is None:
        return first_account(asked, token)
    form = NewPassword(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        links.use(token, password=password, origin=asked.origin, at=asked.at)
        messages.success(request, _("密码已设好，请登录"))
        return redirect("login")
    context = {"form": form, "user": found.user, "ends_at": found.ends_at}
    return shown(request, "people/link.html", context, wrong=bool(form.errors))


def first_account(asked: Asked, token: str) -> HttpResponse:
    """The first security officer of an empty installation chooses login and password."""
    form = FirstAccount(asked.POST or None, user=User())
    if asked.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("login", "name", "password")}
        first_admin.begin(token, **fields, origin=asked.origin, at=asked.at)
        messages.success(asked, _("账号已建好，请登录；第一次登录要设置动态口令"))
        return redirect("login")
    return shown(asked, "people/first_account.html", {"form": form}, wrong=bool(form.errors))


@open_page("示例城市的角色链接，只在本机的示例里有")
def sample_link(request: HttpRequest, token: str) -> HttpResponse:
    """Walk into the sample city in a role; there is no such page anywhere else."""
    asked = cast("Asked", request)
    post = sample_links.post_of(token)
    if post is None:
        raise NotThere(_("没有这一页；请从登录页进入"))
    signing_in.set_out(request.session, post.user, asked.at)
    signing_in.note_second_factor(request.session)
    come_in(asked, post.user)
    request.session["post"] = post.pk
    return redirect("home")


@open_page("登录页也要能换语言", methods=("POST",))
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Chinese or English, kept in a cookie."""
    return django_set_language(request)
