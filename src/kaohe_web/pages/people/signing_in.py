"""Signing in step by step, and out again."""

from typing import cast

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kaohe_web.pages.asked import Asked, open_page
from kaohe_web.pages.people.browsers import browser_of
from kaohe_web.pages.people.pictures import qr_picture
from kaohe_web.pages.people.sign_in_forms import Code, FirstCode, NewPassword, SignIn
from kaohe_web.people import own, second_factor, signing_in
from kaohe_web.people.actor import Actor
from kaohe_web.people.models import User
from kaohe_web.people.sealed import seal, unseal
from kaohe_web.people.sessions import held_posts
from kaohe_web.people.signing_in import Step

BOTH = ("GET", "POST")
NEXT = "next"
NEW_SECRET = "new_secret"  # noqa: S105 -- the key under which the session seals one
ADDRESSES = {
    Step.SECOND_FACTOR: "second_factor",
    Step.SET_UP: "second_factor",
    Step.NEW_PASSWORD: "new_password",
}


@open_page("登录之前谁都没有登录", methods=BOTH)
def login(request: HttpRequest) -> HttpResponse:
    """Login and password; what comes next depends on the account."""
    asked = cast("Asked", request)
    if getattr(asked, "by", None):
        return redirect("home")
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        tried = signing_in.try_password(
            typed["login"], typed["password"], origin=asked.origin, at=asked.at
        )
        if tried.user is not None:
            wanted = request.GET.get("next", "")
            signing_in.set_out(request.session, tried.user, asked.at)
            request.session[NEXT] = wanted
            return go_on(asked, tried.user)
        form.add_error(None, tried.sentence)
    return shown(request, "people/login.html", {"form": form}, wrong=bool(form.errors))


def go_on(asked: Asked, user: User) -> HttpResponse:
    """To the next step, or in."""
    step = signing_in.next_step(asked.session, user, asked.at)
    if step is not None:
        return redirect(ADDRESSES[step])
    return redirect(come_in(asked, user))


def come_in(asked: Asked, user: User) -> str:
    """Begin the session of whoever has done every step; gives where they wanted to go."""
    wanted = asked.session.pop(NEXT, "")
    asked.session.pop(NEW_SECRET, None)
    auth.login(asked, user)
    signing_in.arrive(
        asked.session,
        user,
        origin=asked.origin,
        browser=browser_of(asked.headers.get("User-Agent", "")),
        at=asked.at,
    )
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={asked.get_host()}, require_https=asked.is_secure()
    )
    return wanted if safe else reverse("home")


@open_page("登录的第二步，凭第一步的会话", methods=BOTH)
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """The code of the second factor; whoever has none yet sets it up."""
    asked = cast("Asked", request)
    user = signing_in.on_the_way(request.session, asked.at)
    if user is None:
        return redirect("login")
    step = signing_in.next_step(request.session, user, asked.at)
    if step is Step.SET_UP:
        return set_up(asked, user)
    if step is not Step.SECOND_FACTOR:
        return go_on(asked, user)
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        tried = signing_in.try_code(user, code, origin=asked.origin, at=asked.at)
        if tried.user is not None:
            signing_in.note_second_factor(request.session)
            return go_on(asked, user)
        form.add_error("code", tried.sentence)
    left = user.recovery_codes.filter(used_at=None).count()
    context = {"form": form, "recovery_codes": left}
    return shown(request, "people/second_factor.html", context, wrong=bool(form.errors))


def set_up(asked: Asked, user: User) -> HttpResponse:
    """The QR code and key of a new second factor; proven by a code, it lets in."""
    if NEW_SECRET not in asked.session:
        asked.session[NEW_SECRET] = seal(second_factor.new_secret())
    secret = unseal(asked.session[NEW_SECRET])
    form = FirstCode(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        code = second_factor.as_typed(form.cleaned_data["code"])
        if second_factor.step_of(secret, code, asked.at) is not None:
            return take_second_factor(asked, user, secret, code)
        form.add_error("code", second_factor.wrong_code())
    context = {
        "form": form,
        "secret": secret,
        "picture": qr_picture(second_factor.app_address(user, secret)),
    }
    return shown(asked, "people/second_factor_set_up.html", context, wrong=bool(form.errors))


def take_second_factor(asked: Asked, user: User, secret: str, code: str) -> HttpResponse:
    """Keep the second factor; the recovery codes are shown on this answer and never again."""
    by = on_the_way_as(asked, user)
    codes = second_factor.set_up(user, by=by, at=asked.at, secret=secret, code=code)
    signing_in.note_second_factor(asked.session)
    step = signing_in.next_step(asked.session, user, asked.at)
    href = reverse(ADDRESSES[step]) if step else come_in(asked, user)
    return shown(asked, "people/recovery_codes.html", {"codes": codes, "href": href})


def on_the_way_as(asked: Asked, user: User) -> Actor:
    """Who acts on the way in: the person in their first post."""
    return Actor(user, held_posts(user, asked.at)[0], asked.origin)


@open_page("密码过期时登录的最后一步，凭前几步的会话", methods=BOTH)
def new_password(request: HttpRequest) -> HttpResponse:
    """A new password in place of one that is too old."""
    asked = cast("Asked", request)
    user = signing_in.on_the_way(request.session, asked.at)
    if user is None:
        return redirect("login")
    if signing_in.next_step(request.session, user, asked.at) is not Step.NEW_PASSWORD:
        return go_on(asked, user)
    form = NewPassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        own.change_password(
            user,
            by=on_the_way_as(asked, user),
            at=asked.at,
            password=form.cleaned_data["password"],
        )
        signing_in.note_new_password(request.session, user)
        return go_on(asked, user)
    return shown(request, "people/new_password.html", {"form": form}, wrong=bool(form.errors))


@open_page("退出要对谁都行得通", methods=("POST",))
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; the browser forgets what it kept of us."""
    asked = cast("Asked", request)
    by = getattr(asked, "by", None)
    if by is not None:
        signing_in.leave(by, asked.at)
    auth.logout(request)
    response = redirect("login")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def shown(
    request: HttpRequest, template: str, context: dict[str, object], *, wrong: bool = False
) -> HttpResponse:
    """A page of somebody who is not signed in yet; never kept by the browser."""
    response = render(request, template, context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response
