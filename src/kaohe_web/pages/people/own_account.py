"""One's own account: password, second factor, sessions, posts, handovers."""

import json

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaohe_web.errors import NotThere
from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.people.browsers import browser_of
from kaohe_web.pages.people.crumbs import to_account
from kaohe_web.pages.people.pictures import qr_picture
from kaohe_web.pages.people.sign_in_forms import FirstCode, OwnPassword, Proof, ProofWithCode
from kaohe_web.pages.people.wording import moved_in_words
from kaohe_web.people import own, passwords, queries, second_factor, signing_in
from kaohe_web.people.models import User
from kaohe_web.people.sealed import seal, unseal
from kaohe_web.people.session_store import kept
from kaohe_web.people.sessions import begin, needs_second_factor

POST = ("POST",)
RENEWING = "renewed_secret"


@page("account.own")
def account(request: Asked) -> HttpResponse:
    """Everything about one's own account on one page."""
    by = request.by
    context = {
        "user": by.user,
        "all_posts": queries.own_posts(by),
        "handovers": queries.own_handovers(by),
        "session_count": queries.own_sessions(by).count(),
        "password_days": passwords.days_left(by.user, request.at),
        "recovery_codes": by.user.recovery_codes.filter(used_at=None).count(),
        "proof": Proof(),
        "required": needs_second_factor(queries.own_posts(by)),
    }
    return render(request, "people/account.html", context)


@page("account.own", methods=POST)
def switch_post(request: Asked) -> HttpResponse:
    """Act in another of one's own posts from now on."""
    post = find(request, queries.own_posts(request.by), request.POST.get("post", ""))
    own.choose_post(post, by=request.by, at=request.at)
    request.session["post"] = post.pk
    messages.success(request, _("现在以“%(post)s”的岗位办理") % {"post": post.title})
    return redirect("home")


@page("account.own")
def password(request: Asked) -> HttpResponse:
    """The form for a new password."""
    return ask_password(request, OwnPassword(user=request.by.user))


def ask_password(request: Asked, form: OwnPassword) -> HttpResponse:
    """The page that asks for a new password."""
    context = {"form": form, "breadcrumbs": to_account(_("更换密码"))}
    return render(request, "people/password.html", context, status=422 if form.errors else 200)


@page("account.own", methods=POST)
def password_change(request: Asked) -> HttpResponse:
    """Take the new password; every other session ends."""
    by = request.by
    form = OwnPassword(request.POST, user=by.user)
    if form.is_valid():
        fault = signing_in.confirm_password(by, form.cleaned_data["current"], request.at)
        if fault:
            form.add_error("current", fault)
    if form.errors:
        return ask_password(request, form)
    own.change_password(by.user, by=by, at=request.at, password=form.cleaned_data["password"])
    begin_anew(request, by.user)
    messages.success(request, _("密码已更换；您在别处的登录都已退出"))
    return redirect("account")


def begin_anew(request: Asked, user: User) -> None:
    """A new session in place of this one, which ended with all others of the account."""
    kept_of_old = {name: request.session.get(name) for name in ("post", "second_factor")}
    auth.login(request, user)
    begin(
        request.session,
        user,
        request.at,
        second_factor=kept_of_old["second_factor"] is True,
        address=request.origin.address,
        browser=browser_of(request.headers.get("User-Agent", "")),
    )
    if kept_of_old["post"] is not None:
        request.session["post"] = kept_of_old["post"]


@page("account.own")
def own_second_factor(request: Asked) -> HttpResponse:
    """First the proof that it is the person, then the new QR code."""
    return ask_proof(request, proof(request.by.user))


def ask_proof(request: Asked, form: Proof) -> HttpResponse:
    """The page that asks the person to prove who they are."""
    context = {"form": form, "breadcrumbs": to_account(_("设置动态口令"))}
    status = 422 if form.errors else 200
    return render(request, "people/own_second_factor.html", context, status=status)


def proof(user: User, data: object = None) -> Proof:
    """What the person proves themselves by."""
    return (ProofWithCode if user.totp else Proof)(data)  # type: ignore[arg-type]  # what forms take


@page("account.own", methods=POST)
def own_second_factor_begin(request: Asked) -> HttpResponse:
    """Show the QR code of a new second factor to whoever proved to be the person."""
    user, form = request.by.user, proof(request.by.user, request.POST)
    if form.is_valid():
        fault = signing_in.confirm_password(request.by, form.cleaned_data["password"], request.at)
        if fault:
            form.add_error("password", fault)
        elif user.totp:
            code = form.cleaned_data["code"]
            tried = signing_in.try_code(user, code, origin=request.origin, at=request.at)
            if tried.user is None:
                form.add_error("code", tried.sentence)
    if form.errors:
        return ask_proof(request, form)
    secret = second_factor.new_secret()
    request.session[RENEWING] = {"secret": seal(secret), "at": request.at.isoformat()}
    return scan(request, secret, FirstCode())


def scan(request: Asked, secret: str, form: FirstCode) -> HttpResponse:
    """The page with the QR code."""
    picture = qr_picture(second_factor.app_address(request.by.user, secret))
    context = {
        "form": form,
        "secret": secret,
        "picture": picture,
        "breadcrumbs": to_account(_("设置动态口令")),
    }
    status = 422 if form.errors else 200
    return render(request, "people/own_second_factor_scan.html", context, status=status)


@page("account.own", methods=POST)
def own_second_factor_set(request: Asked) -> HttpResponse:
    """Take the new second factor; its recovery codes are shown on this answer and never again."""
    noted = request.session.get(RENEWING)
    if noted is None or request.at.fromisoformat(noted["at"]) < request.at - signing_in.LASTS:
        messages.warning(request, _("放置太久，请从头再来一次"))
        return redirect("own_second_factor")
    secret, form = unseal(noted["secret"]), FirstCode(request.POST)
    if form.is_valid():
        code = second_factor.as_typed(form.cleaned_data["code"])
        if second_factor.step_of(secret, code, request.at) is not None:
            by = request.by
            codes = second_factor.set_up(by.user, by=by, at=request.at, secret=secret, code=code)
            del request.session[RENEWING]
            request.session["second_factor"] = True
            return new_codes(request, codes)
        form.add_error("code", second_factor.wrong_code())
    return scan(request, secret, form)


@page("account.own", methods=POST)
def own_recovery_codes(request: Asked) -> HttpResponse:
    """New recovery codes in place of the old ones, for whoever types the password again."""
    form = Proof(request.POST)
    if form.is_valid():
        fault = signing_in.confirm_password(request.by, form.cleaned_data["password"], request.at)
        if fault:
            form.add_error("password", fault)
    if form.errors:
        messages.error(request, _("恢复码没有更换：%(why)s") % {"why": first_error(form)})
        return redirect("account")
    user = request.by.user
    return new_codes(request, second_factor.renew_codes(user, by=request.by, at=request.at))


def first_error(form: Proof) -> str:
    """The first thing that is wrong with a form."""
    return str(next(iter(form.errors.values()))[0])


def new_codes(request: Asked, codes: list[str]) -> HttpResponse:
    """Recovery codes, shown once."""
    context = {
        "codes": codes,
        "href": reverse("account"),
        "breadcrumbs": to_account(_("恢复码")),
    }
    return render(request, "people/own_recovery_codes.html", context)


@page("account.own")
def sessions(request: Asked) -> HttpResponse:
    """Where one is signed in."""
    here = kept(request.session.session_key or "")
    rows = [(each, each.pk == here) for each in queries.own_sessions(request.by)]
    context = {"rows": rows, "breadcrumbs": to_account(_("我的登录"))}
    return render(request, "people/sessions.html", context)


@page("account.own", methods=POST)
def session_end(request: Asked) -> HttpResponse:
    """End one of one's own sessions elsewhere."""
    wanted = request.POST.get("session", "")
    found = queries.own_sessions(request.by).filter(pk=wanted).first()
    if found is None:
        raise NotThere(_("没有这个登录；它可能已经退出"))
    own.end_session(found, by=request.by, at=request.at)
    messages.success(request, _("已退出那一处的登录"))
    return redirect("sessions")


@page("account.own", methods=POST)
def sessions_end_others(request: Asked) -> HttpResponse:
    """End all sessions but this one."""
    here = queries.own_sessions(request.by).get(pk=kept(request.session.session_key or ""))
    ended = own.end_other_sessions(here, by=request.by, at=request.at)
    sentence = ngettext("已退出其他 %(count)s 处登录", "已退出其他 %(count)s 处登录", ended)
    messages.success(request, sentence % {"count": ended})
    return redirect("sessions")


@page("account.own")
def handover(request: Asked, pk: int) -> HttpResponse:
    """The receipt of a handover, for both persons and the security officer."""
    receipt = find(request, queries.handovers(request.by), pk)
    context = {
        "receipt": receipt,
        "moved": moved_in_words(json.loads(receipt.moved)),
        "breadcrumbs": to_account(_("岗位移交单")),
    }
    return render(request, "people/handover.html", context)
