"""The first account of an empty installation: made by whoever opens the link that ``serve`` prints.

There is no default account: login and password are chosen by that person, a security officer, who
then invites the others.
"""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.clock import day_of
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people import accounts, links, passwords, posts
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.models import Role, User
from kaohe_web.people.posts import NewPost


def first_link(at: dt.datetime) -> str | None:
    """The path of a link that makes the first security officer; ``None`` if there is anybody.

    Each one ends those before it: only the latest works, for 72 hours, once.
    """
    with transaction.atomic():
        if User.objects.exists():
            return None
        return reverse("link", kwargs={"token": links.make(None, at)})


def begin(
    secret: str, *, login: str, name: str, password: str, origin: Origin, at: dt.datetime
) -> User:
    """Make the first security officer, with the password chosen.

    :raises WrongState: if the link is over, or there is an account already.
    :raises Invalid: with everything that is wrong with login, name or password.
    """
    with transaction.atomic():
        links.take(secret, at)
        if User.objects.exists():
            raise WrongState(_("本系统已有账号；请由安全管理员发邀请链接"))
        user = accounts.make(login, name, at)
        password = passwords.composed(password)
        found = passwords.faults(password, user)
        if found:
            raise Invalid(found)
        post = posts.put(user, NewPost(Role.SECURITY_OFFICER, day_of(at)), at)
        passwords.put(user, password, at)
        trail.record("installation.begun", user, by=Actor(user, post, origin), at=at)
    return user
