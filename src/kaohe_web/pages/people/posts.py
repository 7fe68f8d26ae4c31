"""The security officer's pages on posts: giving, ending, handing over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaohe_web.pages.asked import Asked, find, page
from kaohe_web.pages.people.account_forms import HandOver, PostEnd, PostForm
from kaohe_web.pages.people.accounts import POST, checked
from kaohe_web.pages.people.crumbs import to_people
from kaohe_web.pages.people.wording import moved_in_words
from kaohe_web.people import posts, queries
from kaohe_web.people.models import Post, User


@page("people.manage")
def post_new(request: Asked, pk: int) -> HttpResponse:
    """The form for one more post."""
    user = find(request, queries.accounts(request.by), pk)
    return ask_post(request, user, PostForm(by=request.by, at=request.at))


def ask_post(request: Asked, user: User, form: PostForm) -> HttpResponse:
    """The page that asks for one more post."""
    context = {"person": user, "form": form, "breadcrumbs": to_people(_("增加岗位"), user)}
    return render(request, "people/post_new.html", context, status=422 if form.errors else 200)


@page("people.manage", methods=POST)
def post_give(request: Asked, pk: int) -> HttpResponse:
    """Give an account one more post."""
    user = find(request, queries.accounts(request.by), pk)
    form = PostForm(request.POST, by=request.by, at=request.at)
    if not form.is_valid():
        return ask_post(request, user, form)
    given = posts.give(user, by=request.by, at=request.at, post=form.post())
    messages.success(request, _("已任%(post)s") % {"post": given.title})
    return redirect("person", pk=pk)


@page("people.manage", methods=POST)
def post_end(request: Asked, pk: int) -> HttpResponse:
    """Say on which day a post ends."""
    post = find(request, queries.posts(request.by), pk)
    posts.end(post, by=request.by, at=request.at, **checked(PostEnd(request.POST)))
    messages.success(request, _("任职结束日期已定"))
    return redirect("person", pk=post.user_id)


@page("people.manage")
def post_hand_over(request: Asked, pk: int) -> HttpResponse:
    """What hangs on a post, and the form for who takes it."""
    post = find(request, queries.posts(request.by), pk)
    return asked_for(request, post, HandOver(by=request.by, post=post))


def asked_for(request: Asked, post: Post, form: HandOver) -> HttpResponse:
    """The page that asks who takes a post."""
    moved = moved_in_words(posts.hanging_on(post))
    context = {
        "post": post,
        "moved": moved,
        "form": form,
        "breadcrumbs": to_people(_("移交岗位"), post.user),
    }
    return render(request, "people/hand_over.html", context, status=422 if form.errors else 200)


@page("people.manage", methods=POST)
def post_hand_over_confirm(request: Asked, pk: int) -> HttpResponse:
    """Give the post to another account; the receipt follows."""
    post = find(request, queries.posts(request.by), pk)
    form = HandOver(request.POST, by=request.by, post=post)
    if not form.is_valid():
        return asked_for(request, post, form)
    receipt = posts.hand_over(post, by=request.by, at=request.at, **form.cleaned_data)
    messages.success(request, _("岗位已移交，下面是移交单"))
    return redirect("handover", pk=receipt.pk)
