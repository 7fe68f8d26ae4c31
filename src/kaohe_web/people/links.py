"""One-time links by which a person sets a password: 72 hours, used once, kept as a hash only."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.errors import Invalid, WrongState
from kaohe_web.people import passwords, sessions
from kaohe_web.people.actor import Actor, Origin
from kaohe_web.people.digests import digest
from kaohe_web.people.models import Link, User

LASTS = dt.timedelta(hours=72)


def make(user: User | None, at: dt.datetime) -> str:
    """The secret of a new link; those made before for the same account end.

    Call it in the transaction of the action that hands it out. It is given this once.
    """
    Link.objects.filter(user=user, used_at=None).delete()
    secret = secrets.token_urlsafe(32)
    Link.objects.create(user=user, digest=digest("link", secret), made_at=at, ends_at=at + LASTS)
    return secret


def find(secret: str, at: dt.datetime) -> Link | None:
    """The link of a secret, if it may still be used."""
    links = Link.objects.select_related("user")
    link = links.filter(digest=digest("link", secret), used_at=None, ends_at__gt=at).first()
    if link is not None and link.user is not None and not sessions.usable(link.user, at):
        return None
    return link


def use(secret: str, *, password: str, origin: Origin, at: dt.datetime) -> User:
    """Set the password of the link's account; the link is used up, every session ends.

    The second factor stays as it was: a link never stands in for it.

    :raises WrongState: if the link was used, ended, or its account is disabled.
    :raises Invalid: with everything that is wrong with the password.
    """
    with transaction.atomic():
        user = take(secret, at).user
        assert user is not None  # noqa: S101 -- the first link goes to first_admin
        password = passwords.composed(password)
        found = passwords.faults(password, user)
        if found:
            raise Invalid(found)
        passwords.put(user, password, at)
        sessions.end_all(user)
        trail.record("link.used", user, by=Actor(user, None, origin), at=at)
    return user


def take(secret: str, at: dt.datetime) -> Link:
    """Use up a link; of two at once only one gets it.

    :raises WrongState: if it cannot be used (any longer).
    """
    link = find(secret, at)
    if link is None or not Link.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        raise WrongState(over())
    return link


def over() -> str:
    """What to tell whoever comes with a link that is over."""
    return _("链接无效：可能已经用过、超过 72 小时，或者后来又发了新的；请联系安全管理员重新发给您")
