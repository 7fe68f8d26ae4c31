"""The three officers (三员): there is always one of each kind that can sign in.

A standing officer is one without an end: the account active, without expiry, with a password, the
post without a last day. Once there is one of a kind, the last one stays; triggers in the database
hold the same, for whoever comes past these functions.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaohe_web.errors import WrongState
from kaohe_web.people.models import OFFICERS, Post, Role, User


def standing(role: str) -> QuerySet[User]:
    """The standing officers of a kind."""
    posts = Post.objects.filter(role=role, last_day=None)
    return User.objects.filter(
        ~Q(password__startswith="!"),  # noqa: S106 -- the mark of an unusable one
        ~Q(password=""),
        is_active=True,
        expires_on=None,
        pk__in=posts.values("user"),
    ).order_by("pk")


def require_another(user: User, *, roles: tuple[str, ...] = OFFICERS) -> None:
    """Let nothing end the standing of the last officer of a kind; call it before the change.

    Locks all officers first, so that two cannot end each other at the same time.

    :raises WrongState: if the account is the last one standing of one of the roles.
    """
    officers = Post.objects.filter(role__in=OFFICERS)
    list(User.objects.filter(pk__in=officers.values("user")).order_by("pk").select_for_update())
    for role in roles:
        left = list(standing(role).values_list("pk", flat=True))
        if left == [user.pk]:
            raise WrongState(
                _("%(name)s是最后一位能登录的%(role)s；请先任命另一位，并让其设好密码")
                % {"name": user.name, "role": Role(role).label}
            )
